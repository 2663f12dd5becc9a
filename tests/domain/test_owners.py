"""Whoever answers for a record settles what others suggest about it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.owners import owner_of, record_with
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
VENDOR = Vendor(id="v", name="Tidewater", **BORN)
PAPER = Agreement(id="ag", vendor="v", kind=AgreementKind.NDA, end=date(2028, 1, 1), owner="ana", **BORN)
GROUP = PointOfContact(id="g", deployment="d", group="Board", person="jun", deputy="ana", **BORN)
HARBOUR = Deployment(id="d", name="Harbour", deputy="jun", **BORN)
CELLS = (
    Cell(id="c2", severity=Severity.S2, level=2, owner="jun", **BORN),
    Cell(id="c1", severity=Severity.S1, level=2, owner="ana", backup="jun", **BORN),
    Cell(id="c0", severity=Severity.S1, level=1, stage="go-live", owner="jun", **BORN),
)


@pytest.fixture
def found(contact):
    people = {"ana": replace(contact("Ana"), id="ana", deputy="jun"), "jun": replace(contact("Jun"), id="jun")}
    lists = ((VENDOR,), (PAPER,), (HARBOUR,), (), (), CELLS, (), ())
    return Programme(people, *lists, points_of_contact=(GROUP,))


@pytest.mark.parametrize(
    ("record", "owner"),
    [
        (VENDOR, "ana"),
        (PAPER, "ana"),
        (HARBOUR, "jun"),
        (GROUP, "jun"),
        (Question(id="q", point_of_contact="g", text="When?", asked=NOW, **BORN), "jun"),
        (CELLS[1], "ana"),
        (DecisionRight(id="r", decision="Roll back", alternate="jun", **BORN), "jun"),
        (Blocker(id="b", title="Stops", severity=Severity.S1, observed=NOW, acknowledged_by="ana", **BORN), "ana"),
        (Absence(id="a", contact="ana", start=NOW, end=NOW + timedelta(days=1), **BORN), "ana"),
        (Level(id="l", rank=2, name="Manager", **BORN), "ana"),
        (Level(id="l1", rank=1, name="Lead", **BORN), None),
        (SeverityDefinition(id="s", severity=Severity.S2, name="Slips", **BORN), "jun"),
        (Entry(id="e", title="Login loops", **BORN), None),
        (Vendor(id="w", name="Nobody’s", **BORN), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_record_has_its_owner(found, record, owner):
    told = owner_of(found, record)
    assert (told.id if told else None) == owner


def test_who_has_left_owns_nothing_more(found):
    ana = replace(found.contacts["ana"], retired=NOW)
    left = replace(found, contacts={**found.contacts, "ana": ana})
    assert owner_of(left, PAPER) is None
    assert owner_of(left, CELLS[1]).id == "jun"
    assert owner_of(left, ana).id == "jun"


def test_a_record_is_found_by_its_id(found):
    assert record_with(found, "v") is VENDOR
    assert record_with(found, "ana").name == "Ana"
    assert record_with(found, "nowhere") is None
