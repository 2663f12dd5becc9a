"""Who alone speaks with outsiders, who does now, and by when they are owed an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.dues import dues
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.programme import Programme
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.speaking import answer_by, answered, groups_of, questions_of, who_speaks, who_speaks_for
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
POINTS = (ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=NOW.date()),)
HARBOUR = Deployment(id="d", name="Harbour ERP", zone="Europe/Stockholm", hours="Mon-Fri 07:00-18:00", **BORN)


@pytest.fixture
def people(contact):
    return {
        "ana": replace(contact("Ana Ferreira", points=POINTS), id="ana"),
        "jun": replace(contact("Jun Park", points=POINTS, zone="Asia/Seoul"), id="jun"),
    }


def group(**fields):
    usual = {"id": "g", "deployment": "d", "group": "Customer board", "person": "ana", "deputy": "jun"}
    return PointOfContact(**(BORN | usual | fields))


def question(text="When is the rehearsal?", **fields):
    usual = {"id": text, "point_of_contact": "g", "asked": NOW - timedelta(hours=2)}
    return Question(text=text, **(BORN | usual | fields))


def programme(people, *groups, questions=(), deployments=(HARBOUR,)):
    return Programme(people, (), (), deployments, (), (), (), (), (), points_of_contact=groups, questions=questions)


def test_the_person_speaks_and_the_deputy_when_the_person_is_off_duty(people):
    found = programme(people, group())
    assert who_speaks(found, group(), NOW).now.name == "Ana Ferreira"
    off = people | {"ana": replace(people["ana"], hours="Mon-Fri 09:00-17:00")}
    told = who_speaks(programme(off, group()), group(), NOW)
    assert (told.person.name, told.now.name) == ("Ana Ferreira", "Jun Park")
    assert told.why == "off duty, Tue 03:41 in Stockholm; reachable Mon-Fri 09:00-17:00"


def test_a_groups_own_hours_are_on_the_persons_clock(people):
    mine = group(hours="Mon-Fri 09:00-12:00", deputy=None)
    told = who_speaks(programme(people, mine), mine, NOW)
    assert (told.now, told.why) == (None, "answers them Mon–Fri\xa009:00–12:00 only")
    assert who_speaks(programme(people, mine), mine, NOW + timedelta(hours=6)).now.name == "Ana Ferreira"


def test_where_neither_can_nobody_does(people):
    gone = {name: replace(person, retired=NOW) for name, person in people.items()}
    told = who_speaks(programme(gone, group()), group(), NOW)
    assert told.now is None
    assert "no longer in use" in told.why
    nobody = group(person=None, deputy=None)
    assert who_speaks(programme(people, nobody), nobody, NOW).why == "nobody is named"


def test_whoever_has_nobody_of_their_own_talks_to_the_deployments(people):
    whole = replace(HARBOUR, point_of_contact="jun", deputy="ana")
    assert who_speaks_for(programme(people, deployments=(whole,)), whole, NOW).now.name == "Jun Park"


def test_groups_stand_by_name_and_those_taken_out_are_gone(people):
    made = (group(id="2", group="works council"), group(id="1", group="Customer board"), group(id="3", retired=NOW))
    assert [one.id for one in groups_of(programme(people, *made), "d")] == ["1", "2"]


@pytest.mark.parametrize(
    ("asked", "owed"),
    [
        ("2026-11-24T10:00", "2026-11-25T10:00"),
        ("2026-11-27T16:30", "2026-11-30T16:30"),  # Friday: on Monday
        ("2026-11-28T09:00", "2026-11-30T09:00"),  # Saturday
        ("2026-10-23T10:00", "2026-10-26T10:00"),  # over the night in which the clocks go back
    ],
)
def test_an_answer_is_owed_by_the_same_hour_of_the_next_working_day(asked, owed):
    stockholm = ZoneInfo("Europe/Stockholm")
    at = datetime.fromisoformat(asked).replace(tzinfo=stockholm).astimezone(UTC)
    by = answer_by(question(asked=at), HARBOUR)
    assert by == datetime.fromisoformat(owed).replace(tzinfo=stockholm)


def test_a_project_that_works_on_sundays_answers_on_sundays():
    gulf = replace(HARBOUR, hours="Sun-Thu 08:00-17:00", zone="Asia/Dubai")
    thursday = datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Asia/Dubai"))
    assert answer_by(question(asked=thursday), gulf) == thursday + timedelta(days=3)
    assert answer_by(question(asked=thursday), replace(gulf, hours="")) == thursday + timedelta(days=1)


def test_what_waits_comes_first_and_the_latest_answer_next(people):
    asked = (
        question("a", asked=NOW - timedelta(days=3), answered=NOW - timedelta(days=2), answer="x"),
        question("b", asked=NOW - timedelta(hours=1)),
        question("c", asked=NOW - timedelta(days=2), answered=NOW - timedelta(days=1), answer="x"),
        question("d", asked=NOW - timedelta(hours=5)),
        question("e", retired=NOW),
    )
    assert [one.id for one in questions_of(programme(people, group(), questions=asked), "g")] == ["d", "b", "c", "a"]


def test_an_answer_is_given_once(people):
    done = answered(question(), "On Friday.", NOW, "Ana Ferreira")
    assert (done.answer, done.answered, done.answered_by) == ("On Friday.", NOW, "Ana Ferreira")
    with pytest.raises(InvalidRecord, match="answered already, by Ana Ferreira"):
        answered(done, "On Saturday.", NOW, "Jun Park")
    with pytest.raises(InvalidRecord, match="Write down the answer"):
        answered(question(), " ", NOW, "Jun Park")


def test_today_tells_of_groups_without_a_voice_and_of_answers_that_are_owed(people):
    late = question("How long?", asked=NOW - timedelta(days=2), asked_by="Astrid Bergström")
    made = (group(), group(id="h", group="Works council", person=None, deputy=None))
    whole = replace(HARBOUR, point_of_contact="jun")
    told = dues(programme(people, *made, questions=(question(), late), deployments=(whole,)), NOW)
    assert [(item.what, item.action, item.is_overdue(NOW)) for item in told] == [
        ("Astrid Bergström asks: “How long?”", "answer", True),
        ("Harbour ERP, Works council: nobody talks to them", "name one", True),
        ("Customer board asks: “When is the rehearsal?”", "answer", False),
    ]
    over = replace(whole, retired=NOW)
    assert dues(programme(people, *made, questions=(late,), deployments=(over,)), NOW) == []


def test_who_is_away_is_stood_in_for_and_a_duty_is_answered_by_whose_turn_it_is(people, contact):
    away = Absence(id="a", contact="ana", start=NOW - timedelta(days=1), end=NOW + timedelta(days=1), **BORN)
    found = replace(programme(people, group()), absences=(away,))
    told = who_speaks(found, group(), NOW)
    assert told.now.name == "Jun Park"
    assert told.why.startswith("away until")
    shift = Shift(NOW - timedelta(hours=1), timedelta(hours=8), "FREQ=DAILY", ("jun",))
    desk = replace(contact("Service desk", points=()), id="desk")
    duty = Rotation(id="r", contact="desk", name="Desk", shifts=(shift,), **BORN)
    found = replace(programme(people | {"desk": desk}, group(person="desk", deputy=None)), rotations=(duty,))
    told = who_speaks(found, group(person="desk", deputy=None), NOW)
    assert (told.person.name, told.now.name, told.why) == ("Service desk", "Jun Park", "")
