"""Outsiders and what is at stake, from the command line."""

import json

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.domain.matrix import Cell, Level
from escplaybook.services import editing
from escplaybook.store import records

NIGHT = ("--at", "2026-11-24T02:41:00+00:00")


@pytest.fixture
def filled(run, book, contact, now):
    for name in ("Ana Ferreira", "Jun Park"):
        editing.add(book, contact(name, hours="Mon-Fri 09:00-17:00" if name.startswith("Ana") else ""), now)
    run("deployments", "add", "Harbour ERP", "--money-a-day", "40000", "--currency", "EUR", *NIGHT)
    code, _, errors = run("liaison", "add", "Customer board", "--person", "CO-0001", "--deputy", "CO-0002", *NIGHT)
    assert (code, errors) == (0, "")
    return run


def test_who_alone_talks_to_a_group_and_who_does_now(filled):
    (told,) = json.loads(filled("liaison", "list", "--json", *NIGHT)[1])
    assert (told["key"], told["group"], told["deployment_name"]) == ("PC-0001", "Customer board", "Harbour ERP")
    assert told["speaks"]["name"] == "Ana Ferreira"
    assert told["speaks_now"]["name"] == "Jun Park"
    assert told["why"].startswith("off duty")
    assert "now Jun Park (off duty" in filled("liaison", "list", *NIGHT)[1]
    filled("liaison", "edit", "PC-0001", "--channel", "weekly call", *NIGHT)
    assert filled("liaison", "retire", "PC-0001", *NIGHT)[0] == 0
    assert json.loads(filled("liaison", "list", "--json", *NIGHT)[1]) == []


def test_a_question_waits_until_it_is_answered(filled):
    filled("blockers", "add", "Orders stop", "--severity", "S1", *NIGHT)
    code, _, _ = filled(
        *("questions", "ask", "PC-0001", "When is the rehearsal?", "--from", "Astrid", "--blocker", "BL-0001", *NIGHT)
    )
    assert code == 0
    later = ("--at", "2026-11-26T08:00:00+00:00")
    (waiting,) = json.loads(filled("questions", "list", "--json", *later)[1])
    assert (waiting["text"], waiting["asked_by"], waiting["overdue"]) == ("When is the rehearsal?", "Astrid", True)
    assert waiting["answer_by"] == "2026-11-25T02:41:00+00:00"
    assert any(
        item["key"] == "QU-0001" and item["overdue"] for item in json.loads(filled("today", "--json", *later)[1])
    )
    filled("questions", "answer", "QU-0001", "On Friday.", "--by", "Ana Ferreira", *later)
    assert json.loads(filled("questions", "list", "--json", *later)[1]) == []
    (done,) = json.loads(filled("questions", "list", "--all", "--json", *later)[1])
    assert (done["answer"], done["answered_by"], done["overdue"]) == ("On Friday.", "Ana Ferreira", False)
    code, _, errors = filled("questions", "answer", "QU-0001", "No, Saturday.")
    assert (code, "answered already" in errors) == (1, True)
    assert filled("undo")[0] == 0
    assert len(json.loads(filled("questions", "list", "--json", *later)[1])) == 1


def test_a_blocker_says_what_stands_at_risk(filled):
    filled("blockers", "add", "Orders stop", "--severity", "S1", *NIGHT)
    noon = ("--at", "2026-11-25T14:41:00+00:00")
    (told,) = json.loads(filled("blockers", "list", "--json", *noon)[1])
    assert (told["stake"]["money_a_day"], told["stake"]["currency"], told["stake"]["so_far"]) == (40000, "EUR", 60000)
    assert "S1 and S2 count whole" in told["stake"]["rule"]
    assert json.loads(filled("show", "BL-0001", "--json", *noon)[1])["stake"]["so_far"] == 60000
    assert "60,000 EUR so far" in filled("blockers", "list", *noon)[1]
    assert "(40,000 EUR a day, 60,000 EUR so far)" in json.loads(filled("today", "--json", *noon)[1])[0]["what"]


def test_who_is_asked_tells_who_talks_to_outsiders_and_what_is_at_stake(filled, book, now):
    born = {"created": now, "updated": now}
    editing.add(book, Level(id="l", rank=1, name="Team lead", **born), now)
    editing.add(
        book, Cell(id="c", severity=Severity.S1, level=1, owner=records.by_key(book, "CO-0002").id, **born), now
    )
    code, out, errors = filled("who", "--severity", "S1", "--json", *NIGHT)
    assert (code, errors) == (0, "")
    told = json.loads(out)
    (board,) = told["outsiders"]
    assert (board["group"], board["speaks"]["name"], board["speaks_now"]["name"]) == (
        *("Customer board", "Ana Ferreira", "Jun Park"),
    )
    assert told["stake"] == {"money_a_day": 40000, "currency": "EUR", "reputation": ""}
    assert "Customer board: only Jun Park talks to them now (off duty" in filled("who", "--severity", "S1", *NIGHT)[1]
