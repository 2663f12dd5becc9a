import json

import pytest


@pytest.fixture
def filled(run, book, contact, now):
    """A small programme: two people, two levels, one S1 cell each, one deployment at go-live."""
    from datetime import date, timedelta

    from escplaybook.domain.classification import Severity
    from escplaybook.domain.deployments import Deployment, StageDates
    from escplaybook.domain.edits import Edit
    from escplaybook.domain.matrix import Cell, DecisionRight, Level
    from escplaybook.services import editing

    born = {"created": now, "updated": now}
    mara = contact("Mara Lindqvist", hours="Mon-Fri 08:00-17:00")
    ruth = contact("Ruth Mensah", phone="+44 7700 900 214", zone="Europe/London")
    made = [
        mara,
        ruth,
        Deployment(
            id="d", name="Harbour ERP", stages=(StageDates("go-live", date(2026, 11, 1), date(2026, 12, 31)),), **born
        ),
        Level(id="l1", rank=1, name="Team lead", **born),
        Level(id="l2", rank=2, name="Project manager", **born),
        Cell(id="c1", severity=Severity.S1, level=1, owner=mara.id, acknowledge=timedelta(minutes=5), **born),
        Cell(id="c2", severity=Severity.S1, level=2, owner=ruth.id, acknowledge=timedelta(minutes=15), **born),
        DecisionRight(id="r", decision="roll back the release", stage="go-live", decider=ruth.id, **born),
    ]
    editing.apply(book, "Set up", *(Edit(None, record) for record in made), now=now)
    return run


def test_who_answers_at_three_on_a_holiday(filled):
    code, out, _ = filled("who", "--severity", "S1", "--at", "2026-12-25T20:00:00+01:00", "--json")
    told = json.loads(out)
    assert (code, told["stage"], told["at"]) == (0, "go-live", "2026-12-25T19:00:00+00:00")
    first, second = told["ladder"]
    assert first["owner"] == {"key": "CO-0001", "name": "Mara Lindqvist"}
    assert first["answers"] is None
    assert "off duty, Fri 20:00 in Stockholm" in first["why"][0]
    assert second["answers"]["name"] == "Ruth Mensah"
    (point,) = second["points"]
    assert (point["kind"], point["value"], point["verified"]) == ("mobile", "+44 7700 900 214", None)
    assert (point["e164"], point["state"], point["fault"]) == ("+447700900214", "never verified", None)
    assert second["acknowledge_by"] == "2026-12-25T19:15:00+00:00"
    assert second["decision_rights"] == ["roll back the release"]
    assert "Ruth Mensah" in filled("who", "--severity", "S1")[1]


def test_who_without_a_matrix_says_what_to_do(run):
    run("new")
    code, _, errors = run("who", "--severity", "S1")
    assert (code, errors) == (1, "The matrix names nobody for S1; fill in its cells first.\n")


def test_an_instant_without_offset_is_wrong_usage(filled):
    code, _, errors = filled("who", "--severity", "S1", "--at", "2026-12-25T03:00:00")
    assert code == 2
    assert "lacks its offset" in errors


def test_today_lists_what_is_due(filled):
    told = json.loads(filled("today", "--json", "--at", "2026-11-24T02:41:00Z")[1])
    assert {"what", "due", "kind", "key", "action"} <= set(told[0])
    assert ("cell", "name a backup") in {(item["kind"], item["action"]) for item in told}


def test_a_blocker_is_raised_taken_and_resolved_once(filled):
    at = ("--at", "2026-11-24T02:41:00Z")
    assert filled("blockers", "add", "Sync stops", "--severity", "S1", "--ticket", "OPS-4471", *at)[1] == (
        "Raised BL-0001 “Sync stops”.\n"
    )
    assert filled("blockers", "acknowledge", "BL-1", "--by", "CO-1", "--at", "2026-11-24T02:50:00Z")[0] == 0
    code, _, errors = filled("blockers", "acknowledge", "BL-1", "--at", "2026-11-24T02:55:00Z")
    assert (code, errors.split(",")[0]) == (1, "BL-0001 was acknowledged already")
    assert filled("blockers", "resolve", "BL-1", "--resolution", "queue purged", "--at", "2026-11-24T04:00:00Z")[0] == 0
    (told,) = json.loads(filled("blockers", "list", "--all", "--json")[1])
    assert (told["state"], told["stage"], told["acknowledged"]) == ("resolved", "go-live", "2026-11-24T02:50:00+00:00")
    assert filled("blockers", "list")[1] == ""
    filled("contacts", "add", "Jun Park")
    assert filled("undo")[1] == "Undone: Add “Jun Park”.\n", "a blocker's log is never undone"
    assert filled("undo")[2].startswith("Other records still name this one"), "what it names must stay"


def test_vendors_and_agreements_tell_their_days(run):
    run("new")
    run("vendors", "add", "Tidewater Middleware", "--system", "data sync", "--entitlement", "TM-4471-E")
    code, _, errors = run("agreements", "add", "VE-1", "hold-harmless", "--form", "limited", "--mutual")
    assert (code, errors) == (1, "An agreement that is not evergreen needs the day it ends.\n")
    days = ("--signed", "2024-01-15", "--end", "2025-03-31", "--notice-months", "3")
    run("agreements", "add", "VE-1", "hold-harmless", *days, "--renewal", "tacit", "--term-months", "12")
    told = json.loads(run("agreements", "due", "--json", "--at", "2026-11-24T00:00:00Z")[1])
    assert [(t["end"], t["notice_by"], t["state"]) for t in told] == [("2027-03-31", "2026-12-31", "notice window")]
    assert json.loads(run("agreements", "due", "--json", "--at", "2026-06-01T00:00:00Z")[1]) == []


def test_a_deadline_in_business_hours_names_its_day_and_says_why(filled):
    calendar = "Mon-Fri 08:00-16:00 in Europe/Oslo, holidays of NO"
    code, out, _ = filled("matrix", "set", "--severity", "S1", "--level", "2", "--calendar", calendar)
    assert code == 0
    code, out, _ = filled("who", "--severity", "S1", "--at", "2026-12-24T20:00:00+01:00", "--json")
    second = json.loads(out)["ladder"][1]
    assert second["acknowledge_by"] == "2026-12-28T07:15:00+00:00"
    why = "counted Mon–Fri\N{NO-BREAK SPACE}08:00–16:00 in Oslo, from Mon 08:00, Fri 25 Dec is Christmas Day"
    assert second["counted"] == why
    out = filled("who", "--severity", "S1", "--at", "2026-12-24T20:00:00+01:00")[1]
    assert "answers by Mon " in out
    assert f"due then because {why}" in out


def test_a_calendar_nobody_knows_is_refused_in_a_sentence(filled):
    code, _, errors = filled(
        "matrix",
        "set",
        "--severity",
        "S1",
        "--level",
        "2",
        "--calendar",
        "Mon-Fri 08:00-16:00 in Europe/Oslo, holidays of ZZ",
    )
    assert (code, errors) == (1, "No holidays are known for “ZZ”; write a country like SE, or DE-BY.\n")


def test_what_to_have_ready_stands_with_the_ladder(filled, book, now):
    from escplaybook.domain.classification import Severity
    from escplaybook.domain.edits import Edit
    from escplaybook.domain.matrix import SeverityDefinition
    from escplaybook.services import editing

    intake = ("Milestone at risk and by when", "What is contained")
    stops = SeverityDefinition(id="s", severity=Severity.S1, name="Stops", created=now, updated=now, intake=intake)
    editing.apply(book, "Add", Edit(None, stops), now=now)
    assert "Have ready: Milestone at risk and by when; What is contained\n" in filled("who", "--severity", "S1")[1]
    assert json.loads(filled("who", "--severity", "S1", "--json")[1])["have_ready"] == list(intake)
