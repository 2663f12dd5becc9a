"""Outsiders and what is at stake, from the command line."""

import json

import pytest

NIGHT = ("--at", "2026-11-24T02:41:00+00:00")


@pytest.fixture
def filled(run, book, contact, now):
    from escplaybook.services import editing

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
