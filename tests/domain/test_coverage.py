"""Every hour to come, looked at twice: quickly, and slowly and obviously."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.absences import Absence
from escplaybook.domain.availability import Availability
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.coverage import by_hour, coverage
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, cell_for
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.routing import who_answers
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
POINT = ContactPoint(PointKind.MOBILE, "+44 7700 900 101")
ZONES = ("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "UTC")
HOURS = ("", "Mon-Fri 09:00-17:00", "Mon-Sun 22:00-06:00", "Sat 10:00-14:00")
NAMES = ("ann", "ben", "cho", "dia", "duty")
STARTS = (
    datetime(2026, 3, 28, 20, tzinfo=UTC),  # clocks go forward in Europe
    datetime(2026, 10, 24, 20, tzinfo=UTC),  # and back
    datetime(2026, 10, 3, 12, tzinfo=UTC),  # half an hour forward on Lord Howe
    datetime(2026, 11, 1, 0, tzinfo=UTC),  # back in Newfoundland
)


def person(id_: str, **fields: object) -> Contact:
    return Contact(id=id_, name=id_.capitalize(), **({"points": (POINT,)} | BORN | fields))  # type: ignore[arg-type]


def cell(level: int, owner: str | None, backup: str | None = None, **fields: object) -> Cell:
    usual = {"severity": Severity.S1, "acknowledge": timedelta(minutes=15)}
    return Cell(id=f"{level}{fields}", level=level, owner=owner, backup=backup, **(usual | BORN | fields))  # type: ignore[arg-type]


LEVELS = tuple(Level(id=str(rank), rank=rank, name=f"Level {rank}", **BORN) for rank in (1, 2))


def programme(*people: Contact, cells: tuple[Cell, ...] = (), **fields: object) -> Programme:
    usual = {"severities": (), "vendors": (), "agreements": (), "deployments": (), "rights": (), "blockers": ()}
    known = {one.id: one for one in people}
    return Programme(contacts=known, levels=LEVELS, cells=cells, **(usual | fields))  # type: ignore[arg-type]


people = st.builds(
    lambda id_, zone, hours, deputy, has_point, left: person(
        id_,
        zone=zone,
        hours=hours,
        deputy=deputy if deputy != id_ else None,
        points=(POINT,) if has_point else (),
        retired=left,
    ),
    st.just("x"),
    st.sampled_from(ZONES),
    st.sampled_from(HOURS),
    st.sampled_from((*NAMES, None)),
    st.sampled_from((True, True, True, False)),
    st.sampled_from((None, None, None, STARTS[1] + timedelta(hours=7))),
)


@st.composite
def rosters(draw, start):
    """Some absences, and a rotation for the duty."""
    absences = tuple(
        Absence(
            id=f"a{number}",
            contact=name,
            start=start + timedelta(hours=draw(st.integers(-10, 30))),
            end=start + timedelta(hours=draw(st.integers(31, 60))),
            deputy=draw(st.sampled_from([one for one in (*NAMES, None) if one != name])),
            **BORN,
        )
        for number, name in enumerate(draw(st.lists(st.sampled_from(NAMES), max_size=3)))
    )
    members = tuple(draw(st.lists(st.sampled_from(NAMES[:4]), min_size=1, max_size=3)))
    shift = Shift(
        start - timedelta(days=2), timedelta(hours=draw(st.integers(5, 12))), "FREQ=DAILY", members, "Europe/Berlin"
    )
    rotation = Rotation(id="r", contact="duty", name="On call", shifts=(shift,), **BORN)
    return absences, draw(st.sampled_from(((), (rotation,))))


@given(st.data())
@settings(max_examples=60)
def test_a_month_at_once_says_what_each_hour_says(data):
    start = data.draw(st.sampled_from(STARTS))
    known = {name: data.draw(people) for name in NAMES}
    known = {name: person_as(one, name) for name, one in known.items()}
    absences, rotations = data.draw(rosters(start))
    roster = Roster(absences, rotations)
    hours = [start + timedelta(hours=number) for number in range(40)]
    owner, backup = data.draw(st.tuples(st.sampled_from((*NAMES, None)), st.sampled_from((*NAMES, None))))
    if owner is not None and owner == backup:
        backup = None
    others = st.sampled_from([one for one in NAMES if one not in (owner, backup)])
    asked = cell(1, owner, backup, deputies=tuple(data.draw(st.lists(others, max_size=3, unique=True))))
    found = Availability(known, roster, hours).who_answers(asked.people)
    answers = [who_answers(asked, hour, known, roster).contact for hour in hours]
    assert found == [one.id if one is not None else None for one in answers]


def person_as(one: Contact, name: str) -> Contact:
    deputy = one.deputy if one.deputy != name else None
    fields = {"zone": one.zone, "hours": one.hours, "points": one.points, "retired": one.retired}
    return person(name, deputy=deputy, **fields)


@given(st.data())
@settings(max_examples=25)
def test_the_share_the_holes_and_the_waits_are_those_of_a_slow_look_at_every_hour(data):
    start = data.draw(st.sampled_from(STARTS))
    known = {name: person_as(data.draw(people), name) for name in NAMES}
    absences, rotations = data.draw(rosters(start))
    pairs = st.sampled_from([(None, None), ("ann", None), ("ben", "cho"), ("duty", "dia"), ("cho", "ann")])
    last = data.draw(st.sampled_from([(), ("dia",), ("duty", "ann")]))
    cells = (
        cell(1, *data.draw(pairs)),
        cell(2, "ben", data.draw(st.sampled_from(["cho", None])), deputies=last),
        cell(1, *data.draw(pairs), stage="go-live", cause_class=CauseClass.EXTERNAL),
        cell(2, None, None, stage="testing", not_escalated=True),
    )
    right = DecisionRight(id="d", decision="Roll back", decider=data.draw(st.sampled_from(NAMES)), **BORN)
    whole = programme(*known.values(), cells=cells, absences=absences, rotations=rotations, rights=(right,))
    found = coverage(whole, start, 1)
    roster = Roster(absences, rotations)
    assert {square.place.stage for square in found.squares} == {
        "initiation",
        "integration",
        "testing",
        "go-live",
        "hypercare",
    }
    for square in found.squares:
        answers = [slowly(whole, roster, square.place, start + timedelta(hours=number)) for number in range(24 * 8)]
        assert list(square.covered) == [None not in one.values() for one in answers[:24]]
        empty = {(rank, number) for number, one in enumerate(answers[:24]) for rank, who in one.items() if who is None}
        told = {
            (hole.level, number)
            for hole in square.holes
            for number in range(24)
            if hole.start <= start + timedelta(hours=number) < hole.end
        }
        assert told == empty
        reached = [0 if any(one.values()) else None for one in answers]
        assert square.to_human == slow_wait(reached)
        assert square.to_right == slow_wait(
            [minutes_to(one, right, roster, start + timedelta(hours=number)) for number, one in enumerate(answers)]
        )
    flags = [flag for square in found.squares for flag in square.covered]
    assert found.share == sum(flags) / len(flags)


def slowly(whole: Programme, roster: Roster, place: Place, at: datetime) -> dict[int, str | None]:
    """Who answers at each level of a square at one instant."""
    answers: dict[int, str | None] = {}
    for level in LEVELS:
        here = cell_for(whole.cells, place, level.rank)
        if here is not None and not here.not_escalated:
            one = who_answers(here, at, whole.contacts, roster).contact
            answers[level.rank] = one.id if one is not None else None
    return answers


def minutes_to(answers: dict[int, str | None], right: DecisionRight, roster: Roster, at: datetime) -> int | None:
    turn = roster.on_duty(right.decider or "", at)
    holders = {right.decider, turn.member if turn is not None else None}
    waited = 0
    for _, who in sorted(answers.items()):
        if who is not None and who in holders:
            return waited
        waited += 15 if who is not None else 0
    return None


def slow_wait(reached: list[int | None]) -> int | None:
    """From each of the first 24 hours, the shortest way over any later hour; the longest of these."""
    waits = [
        min((one + 60 * later for later, one in enumerate(reached[hour:]) if one is not None), default=None)
        for hour in range(24)
    ]
    return None if None in waits else max(one for one in waits if one is not None)


def test_a_hole_says_where_when_and_why():
    mara = person("mara", zone="Europe/Stockholm", hours="Mon-Fri 08:00-17:00")
    whole = programme(mara, person("jun"), cells=(cell(1, "mara"), cell(2, "jun")))
    found = coverage(whole, datetime(2026, 11, 24, 2, 41, tzinfo=UTC), 1)
    first = found.holes[0]
    assert (first.level, first.start, first.end) == (1, at(24, 2), at(24, 7))
    assert first.why == "Mara (owner): off duty, Tue 03:00 in Stockholm; reachable Mon-Fri 08:00-17:00; no backup named"
    assert found.share == pytest.approx(9 / 24)
    assert (found.to_human, found.to_right) == (0, None)
    assert by_hour(found, Severity.S1)[5:7] == [1.0, 1.0]
    assert by_hour(found, Severity.S2) == []


def test_the_wait_for_a_person_and_for_the_right_are_told_apart():
    boss = person("boss", zone="UTC", hours="Mon-Fri 09:00-17:00")
    right = DecisionRight(id="d", decision="Roll back", decider="boss", **BORN)
    whole = programme(person("jun"), boss, cells=(cell(1, "jun"), cell(2, "boss")), rights=(right,))
    found = coverage(whole, datetime(2026, 11, 24, tzinfo=UTC), 2)
    assert found.to_human == 0
    assert found.to_right == 16 * 60 + 15  # from 17:00 until the next morning at nine, and level 1 has 15 minutes


def test_a_level_that_is_given_business_hours_makes_the_right_wait_for_the_morning():
    right = DecisionRight(id="r", decision="roll back", decider="ben", **BORN)
    counted = cell(1, "ann", calendar="Mon-Fri 08:00-16:00 in UTC")
    found = programme(person("ann"), person("ben"), cells=(counted, cell(2, "ben")), rights=(right,))
    asked = coverage(found, datetime(2026, 11, 24, 0, tzinfo=UTC), 1)
    by_the_clock = replace(found, cells=(replace(counted, calendar=""), found.cells[1]))
    assert coverage(by_the_clock, datetime(2026, 11, 24, 0, tzinfo=UTC), 1).to_right == 15
    assert asked.to_right == 16 * 60 + 15  # what comes in at 16:00 is let lapse at 08:15


def test_a_stage_asks_for_its_own_rights():
    own = DecisionRight(id="d", decision="Roll back", stage="testing", decider="jun", **BORN)
    other = DecisionRight(id="e", decision="Spend", decider="boss", **BORN)
    whole = programme(person("jun"), person("boss"), cells=(cell(1, "boss"), cell(2, "jun")), rights=(own, other))
    found = {one.place.stage: one.to_right for one in coverage(whole, NOW, 1).squares}
    assert (found["testing"], found["go-live"]) == (15, 0)


def test_an_empty_matrix_covers_nothing():
    found = coverage(programme(), NOW, 1)
    assert (found.share, found.squares, found.holes, found.to_human) == (0.0, (), (), 0)


def at(day: int, hour: int) -> datetime:
    return datetime.combine(datetime(2026, 11, day, tzinfo=UTC), time(hour), UTC)
