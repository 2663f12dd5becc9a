"""A lead changes one field of many contacts from the command line."""

import json

import pytest

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.store import records


@pytest.fixture
def people(book, contact, now):
    made = [contact(name, team="Integration") for name in ("Mara", "Jun")] + [contact("Paul", team="Direction")]
    return [edit.after for edit in editing.apply(book, "Add", *(Edit(None, one) for one in made), now=now)]


def teams(book) -> list[str]:
    return [one.team for one in records.everything(book, Contact)]


def test_a_whole_team_is_renamed_in_one_stroke_and_one_undo(run, book, people):
    words = ("contacts", "change-many", "--team", "integration", "--field", "team", "--to", "Interfaces")
    code, out, _ = run(*words, "--dry-run")
    assert (code, teams(book)) == (0, ["Integration", "Integration", "Direction"])
    assert "CO-0001  Mara  Integration → Interfaces" in out
    assert "2 contacts would change." in out
    assert "2 contacts changed." in run(*words)[1]
    assert teams(book) == ["Interfaces", "Interfaces", "Direction"]
    assert "Change the team of 2 contacts" in run("undo")[1]
    assert teams(book) == ["Integration", "Integration", "Direction"]


def test_who_cannot_take_the_change_is_left_out_and_told(run, book, people):
    code, out, _ = run(
        "contacts", "change-many", "CO-0001", "CO-0002", "--field", "deputy", "--to", "CO-0001", "--json"
    )
    told = json.loads(out)
    assert code == 3
    assert [(one["key"], one["changes"]) for one in told] == [("CO-0001", False), ("CO-0002", True)]
    assert told[0]["refused"] == "Mara cannot be their own deputy."
    assert records.by_key(book, "CO-0002").deputy == people[0].id


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Say which contacts"),
        (("CO-0001", "--team", "Integration"), "Name the contacts or describe them, not both"),
        (("--team", "Nobody"), "No contact is chosen by that"),
    ],
)
def test_what_is_meant_must_be_clear(run, people, words, sentence):
    code, _, told = run("contacts", "change-many", *words, "--field", "team", "--to", "X")
    assert code == 1
    assert sentence in told


def test_privacy_takes_its_own_words_only(run, people):
    code, _, told = run("contacts", "change-many", "CO-0001", "--field", "privacy of numbers", "--to", "secret")
    assert (code, "Privacy is one of print, team, private" in told) == (1, True)
