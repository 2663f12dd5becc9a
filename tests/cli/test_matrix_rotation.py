"""A lead plans a year of terms from the command line: who sits where, four drafts in one stroke, one undo."""

import json
from datetime import timedelta

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.editions import Edition, EditionStatus, status_of
from escplaybook.domain.role_rotation import planned_start
from escplaybook.services import editing, publishing_matrix
from escplaybook.store import records
from escplaybook.store.programme import programme
from tests.conftest import NOW
from tests.ui.programmes import fill

ROTATE = ("matrix", "rotate", "--level", "1", "--from", "2027-01-04", "--every", "13 w", "--at", NOW.isoformat())


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def keys(book, people):
    """The keys of Mara and Jun, who own and back up level 1."""
    return ",".join(people[name].key for name in ("mara", "jun"))


def editions(book):
    return records.everything(book, Edition, "number")


def test_four_drafts_come_of_one_stroke_and_go_with_one_undo(run, book, keys):
    code, out, _ = run(*ROTATE, "--among", keys)
    assert code == 0
    first = " ".join(out.splitlines()[0].split())
    assert first == "04 Jan 2027 Integration lead: Jun Park Second integration lead: Mara Lindqvist"
    assert "Drafted ED-0001, ED-0002, ED-0003, ED-0004; each holds once both sides have signed it" in out
    listed = editions(book)
    assert [str(planned_start(one)) for one in listed] == ["2027-01-04", "2027-04-05", "2027-07-05", "2027-10-04"]
    assert {status_of(one, listed, NOW) for one in listed} == {EditionStatus.DRAFT}
    assert run("undo")[0] == 0
    assert editions(book) == []


def test_a_dry_run_tells_the_plan_and_writes_nothing(run, book, people, keys):
    code, out, _ = run(*ROTATE, "--among", keys, "--times", "2", "--dry-run", "--json")
    told = json.loads(out)
    assert code == 0
    assert [seat["name"] for seat in told["seats"]] == ["Integration lead", "Second integration lead"]
    assert [[one["name"] for one in term["people"]] for term in told["terms"]] == [
        ["Jun Park", "Mara Lindqvist"],
        ["Mara Lindqvist", "Jun Park"],
    ]
    assert [(term["until"], term["edition"]) for term in told["terms"]] == [("2027-04-05", None), ("2027-07-05", None)]
    assert {"seats", "terms", "barred", "loads", "level"} == set(told)
    mara = next(one for one in told["loads"] if one["person"]["name"] == "Mara Lindqvist")
    assert set(mara) == {"person", "only_name_on", "named_on", "too_many"}
    assert editions(book) == []


def test_nothing_changes_before_both_sides_have_signed_and_the_day_has_come(run, book, people, keys):
    run(*ROTATE, "--among", keys, "--times", "1")
    (draft,) = editions(book)
    mara, jun = people["mara"].id, people["jun"].id
    before = [(one.owner, one.backup) for one in programme(book).cells]
    swapped = [tuple({mara: jun, jun: mara}.get(one, one) for one in pair) for pair in before]
    for who, side in (("ruth", "engineering"), ("ana", "business")):
        draft = publishing_matrix.review(book, draft, side, people[who], NOW)
    assert [(one.owner, one.backup) for one in programme(book).cells] == before
    publishing_matrix.publish(book, draft, NOW, NOW)
    assert [(one.owner, one.backup) for one in programme(book).cells] == swapped


def test_what_leads_nowhere_is_refused_and_nothing_is_drafted(run, book, keys, people):
    code, _, errors = run(*ROTATE, "--among", keys, "--owners-only")
    assert code == 1
    assert "Everybody would keep their seat; nothing was drafted. Jun Park backs up S1, level 1." in errors
    assert "or let the backups change seats too" in errors
    code, _, errors = run(*ROTATE, "--among", people["mara"].key)
    assert (code, errors) == (1, "Roles rotate among two people or more; nothing was planned. Name another one.\n")
    begin = NOW.replace(month=12, day=20, hour=0, minute=0)
    editing.add(book, Absence("leave", people["jun"].id, begin, begin + timedelta(days=120), NOW, NOW), NOW)
    code, _, errors = run(*ROTATE, "--among", keys)
    assert "From 4 Jan 2027 nobody of them can take the seat of" in errors
    assert editions(book) == []
