"""Anyone suggests a change of any record from the command line; its owner settles it there too."""

import json

import pytest

from escplaybook.services import editing
from escplaybook.store import records

NOON = ("--at", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def filled(run, book, now):
    run("contacts", "add", "Hanna Brandt", "--phone", "+44 20 7946 0700", *NOON)
    run("vendors", "add", "Tidewater", *NOON)
    run("agreements", "add", "VE-0001", "support", "--end", "2028-01-01", *NOON)
    editing.change(book, records.by_key(book, "AG-0001"), now, owner=records.by_key(book, "CO-0001").id)
    code, _, errors = run(
        *("suggest", "VE-0001", "Name the staging queue too.", "--side", "operator", "--field", "how-to-get-through"),
        *NOON,
    )
    assert (code, errors) == (0, "")
    return run


def test_a_suggestion_waits_at_the_record_and_on_its_owners_today(filled):
    (told,) = json.loads(filled("suggestions", "list", "--json")[1])
    assert (told["key"], told["about_key"], told["side"], told["field"]) == (
        *("SU-0001", "VE-0001", "operator", "how_to_get_through"),
    )
    assert (told["outcome"], told["settles"]) == ("open", "Hanna Brandt")
    shown = json.loads(filled("show", "VE-0001", "--json")[1])
    assert [one["text"] for one in shown["suggestions"]] == ["Name the staging queue too."]
    assert "Name the staging queue too." in filled("show", "VE-0001")[1]
    due = [item for item in json.loads(filled("today", "--json", *NOON)[1]) if item["key"] == "SU-0001"]
    assert "for VE-0001 “Tidewater”: “Name the staging queue too.”; Hanna Brandt is to settle it" in due[0]["what"]
    assert (due[0]["action"], due[0]["overdue"]) == ("accept or decline", False)


def test_it_is_accepted_once_and_that_can_be_undone(filled):
    code, out, _ = filled("suggestions", "accept", "SU-0001", "--answer", "Done.", "--json")
    told = json.loads(out)
    assert (code, told["outcome"], told["answer"]) == (0, "accepted", "Done.")
    assert json.loads(filled("suggestions", "list", "--json")[1]) == []
    assert json.loads(filled("show", "VE-0001", "--json")[1])["suggestions"] == []
    code, _, errors = filled("suggestions", "decline", "SU-0001", "--answer", "No.")
    assert (code, "accepted already" in errors) == (1, True)
    filled("undo")
    assert [one["outcome"] for one in json.loads(filled("suggestions", "list", "--json")[1])] == ["open"]


def test_a_no_is_owed_a_reason(filled):
    code, _, errors = filled("suggestions", "decline", "SU-0001")
    assert (code, "Say why you decline it" in errors) == (1, True)
    assert filled("suggestions", "decline", "SU-0001", "--answer", "Staging has no queue.")[0] == 0
    (told,) = json.loads(filled("suggestions", "list", "--all", "--about", "VE-0001", "--json")[1])
    assert (told["outcome"], told["answer"]) == ("declined", "Staging has no queue.")


def test_any_kind_of_record_takes_one_but_a_suggestion(filled):
    filled("entries", "add", "Login loops")
    filled("deployments", "add", "Harbour ERP")
    filled("liaison", "add", "Customer board")
    for key in ("KB-0001", "DP-0001", "CO-0001", "AG-0001", "PC-0001"):
        assert filled("suggest", key, "Say it shorter.", "--side", "product")[0] == 0
    assert filled("suggest", "SU-0001", "Really?", "--side", "other")[0] == 1
    code, _, errors = filled("suggest", "KB-0001", "x", "--side", "security", "--field", "colour")
    assert (code, "“colour” is no field of KB-0001" in errors) == (1, True)
    code, _, errors = filled("suggest", "KB-0001", " ", "--side", "security")
    assert (code, errors) == (1, "Write what you suggest.\n")
    due = [item["what"] for item in json.loads(filled("today", "--json")[1]) if item["kind"] == "suggestion"]
    assert any("for a known blocker: “Say it shorter.”" in what for what in due)
