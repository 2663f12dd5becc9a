"""Who really answers when people are away and take turns."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place
from escplaybook.domain.recurrence import local_instant
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.routing import ladder, points_at, who_answers, who_decides
from tests.conftest import NOW

BERLIN = "Europe/Berlin"


def berlin(wall: str) -> datetime:
    return local_instant(datetime.fromisoformat(wall), BERLIN)


def away(person, start: str, end: str, **fields) -> Absence:
    return Absence(person.name, person.id, berlin(start), berlin(end), NOW, NOW, zone=BERLIN, **fields)


def weekly(duty, *members, name: str = "Integration on call") -> Rotation:
    ids = tuple(member.id for member in members)
    shift = Shift(berlin("2026-11-23 09:00"), timedelta(days=7), "FREQ=WEEKLY;BYDAY=MO", ids, BERLIN)
    return Rotation("r", duty.id, name, NOW, NOW, shifts=(shift,))


def asked(at, people, owner, backup=None, absences=(), rotations=()):
    cell = Cell("c", Severity.S1, 1, NOW, NOW, owner=owner.id, backup=backup.id if backup else None)
    answer = who_answers(cell, at, {one.id: one for one in people}, Roster(absences, rotations))
    return answer.contact.name if answer.contact else None, answer.why


def test_who_is_away_is_passed_over_and_whoever_stands_in_is_asked_before_the_backup(contact):
    deniz, ruth, backup = (contact(name, zone=BERLIN) for name in ("Deniz Aksoy", "Ruth Mensah", "Ines Okafor"))
    holiday = away(deniz, "2026-12-24 18:00", "2027-01-04 08:00", reason="holiday", deputy=ruth.id)
    people = (deniz, ruth, backup)
    name, why = asked(berlin("2026-12-25 03:00"), people, deniz, backup, [holiday])
    assert name == "Ruth Mensah"
    assert why == (
        "Deniz Aksoy (owner): away until Mon 4 Jan 08:00, holiday; Ruth Mensah stands in",
        "stands in for Deniz Aksoy, reachable at any time, Fri 03:00 in Berlin",
    )
    assert asked(berlin("2027-01-04 08:00"), people, deniz, backup, [holiday])[0] == "Deniz Aksoy"
    assert asked(berlin("2026-12-25 03:00"), people, deniz, backup, [replace(holiday, deputy=None)])[0] == "Ines Okafor"


def test_the_deputies_of_a_cell_are_asked_after_the_backup_and_before_anybodys_own_deputy(contact):
    deniz, ruth, ines, own, silent = (
        contact(name, zone=BERLIN) for name in ("Deniz Aksoy", "Ruth Mensah", "Ines Okafor", "Own Deputy", "Silent")
    )
    deniz, silent = replace(deniz, deputy=own.id, points=()), replace(silent, points=())
    cell = Cell("c", Severity.S1, 1, NOW, NOW, owner=deniz.id, backup=silent.id, deputies=(silent.id + "x", ruth.id))
    known = {one.id: one for one in (deniz, ruth, ines, own, silent)}
    answer = who_answers(cell, NOW, known)
    assert answer.contact == ruth
    assert answer.why == (
        "Deniz Aksoy (owner): no number or address known",
        "Silent (backup): no number or address known",
        "deputy, reachable at any time, Tue 03:41 in Berlin",
    )
    assert who_answers(replace(cell, deputies=()), NOW, known).contact == own
    only = replace(cell, owner=None, backup=None, deputies=(silent.id,))
    assert who_answers(only, NOW, known).why == ("no owner named", "Silent (deputy): no number or address known")


@pytest.mark.parametrize("deputies", [("o",), ("b",), ("x", "x")])
def test_a_cell_refuses_a_deputy_who_is_asked_there_already(deputies):
    with pytest.raises(InvalidRecord):
        Cell("c", Severity.S1, 1, NOW, NOW, owner="o", backup="b", deputies=deputies)


def test_of_whole_days_the_last_one_is_told(contact):
    deniz = contact("Deniz Aksoy", zone="America/New_York")
    days = away(deniz, "2026-12-24", "2026-12-27", all_day=True)
    _, why = asked(berlin("2026-12-25 03:00"), [deniz], deniz, absences=[days])
    assert why[0] == "Deniz Aksoy (owner): away to the end of Sat 26 Dec"


def test_who_stands_in_and_is_away_too_hands_on_and_a_ring_of_them_ends(contact):
    first, second, third = (contact(name, zone=BERLIN) for name in ("First", "Second", "Third"))
    span = ("2026-12-24 18:00", "2027-01-04 08:00")
    gone = [away(first, *span, deputy=second.id), away(second, *span, deputy=third.id)]
    at = berlin("2026-12-25 03:00")
    assert asked(at, (first, second, third), first, absences=gone)[0] == "Third"
    ring = [*gone, away(third, *span, deputy=first.id)]
    name, why = asked(at, (first, second, third), first, absences=ring)
    assert name is None
    assert [reason.split(" (")[0] for reason in why] == ["First", "Second", "Third", "no backup named"]


def test_a_duty_is_answered_by_whom_its_turn_it_is(contact):
    desk = contact("Integration on call", points=())
    mara, jun = contact("Mara", zone=BERLIN), contact("Jun", zone=BERLIN)
    people, rotations = (desk, mara, jun), [weekly(desk, mara, jun)]
    name, why = asked(berlin("2026-11-24 03:00"), people, desk, rotations=rotations)
    assert (name, why) == (
        "Mara",
        ("owner, on duty in “Integration on call” until Mon 30 Nov 09:00, reachable at any time, Tue 03:00 in Berlin",),
    )
    assert asked(berlin("2026-11-30 09:00"), people, desk, rotations=rotations)[0] == "Jun"
    assert asked(berlin("2026-12-07 09:00"), people, desk, rotations=rotations)[0] == "Mara"
    name, why = asked(berlin("2026-11-23 08:00"), people, desk, rotations=rotations)
    assert name is None
    assert why[0] == "Integration on call (owner): nobody has the turn; Mara has it from Mon 09:00"


def test_who_has_the_turn_and_is_away_or_off_duty_is_stood_in_for(contact):
    desk = contact("On call", points=())
    mara = contact("Mara", zone=BERLIN, hours="Mon-Fri 08:00-18:00")
    jun = contact("Jun", zone=BERLIN)
    mara = replace(mara, deputy=jun.id)
    at, people, rotations = berlin("2026-11-24 03:00"), (desk, mara, jun), [weekly(desk, mara)]
    name, why = asked(at, people, desk, rotations=rotations)
    assert name == "Jun"
    assert why[0].startswith("Mara (owner, on duty in “Integration on call” until Mon 30 Nov 09:00): off duty")
    sick = away(mara, "2026-11-24 00:00", "2026-11-25 00:00", deputy=jun.id, reason="ill")
    name, why = asked(berlin("2026-11-24 10:00"), people, desk, absences=[sick], rotations=rotations)
    assert (name, why[1]) == ("Jun", "stands in for Mara, reachable at any time, Tue 10:00 in Berlin")


def test_nobody_is_asked_twice_even_if_they_have_the_turn(contact):
    desk = contact("On call", points=())
    mara = contact("Mara", zone=BERLIN, hours="Mon-Fri 08:00-18:00")
    at = berlin("2026-11-24 03:00")
    name, why = asked(at, (desk, mara), mara, desk, rotations=[weekly(desk, mara)])
    assert name is None
    assert why[1] == "On call (backup): Mara has the turn and was asked already"


def test_duties_that_stand_for_each_other_end(contact):
    one, other = contact("One", points=()), contact("Other", points=())
    rotations = [weekly(one, other), replace(weekly(other, one), id="r2")]
    name, why = asked(berlin("2026-11-24 03:00"), (one, other), one, rotations=rotations)
    assert name is None
    assert (
        why[-2] == "Other (owner, on duty in “Integration on call” until Mon 30 Nov 09:00): One has the turn and "
        "was asked already"
    )


def test_who_has_the_turn_has_the_rights_of_the_duty_while_it_lasts(contact):
    desk, mara, jun, boss = contact("On call", points=()), contact("Mara"), contact("Jun"), contact("Boss")
    right = DecisionRight("d", "roll back", NOW, NOW, decider=desk.id, alternate=boss.id)
    people = {one.id: one for one in (desk, mara, jun, boss)}
    roster = Roster((), [weekly(desk, mara, jun)])
    assert who_decides(right, berlin("2026-11-24 03:00"), people, roster) == mara
    assert who_decides(right, berlin("2026-12-01 03:00"), people, roster) == jun
    assert who_decides(right, berlin("2026-11-20 03:00"), people, roster) == boss
    gone = Roster([away(mara, "2026-11-24 00:00", "2026-11-25 00:00", deputy=jun.id)], [weekly(desk, mara, jun)])
    assert who_decides(right, berlin("2026-11-24 03:00"), people, gone) == boss, "deputies inherit no rights"
    (rung,) = ladder(
        Place(Severity.S1),
        berlin("2026-11-24 03:00"),
        levels=[Level("l", 1, "Lead", NOW, NOW)],
        cells=[Cell("c", Severity.S1, 1, NOW, NOW, owner=desk.id)],
        rights=[right],
        contacts=people,
        roster=roster,
    )
    assert (rung.owner, rung.answers, rung.points, rung.rights) == (desk, mara, mara.points, (right,))


def test_numbers_outside_their_hours_come_last(contact):
    office = ContactPoint(PointKind.PHONE, "1", hours="Mon-Fri 09:00-17:00")
    mobile, night = ContactPoint(PointKind.MOBILE, "2"), ContactPoint(PointKind.PAGER, "3", hours="Mon-Sun 20:00-08:00")
    mara = contact("Mara", points=(office, mobile, night), zone=BERLIN)
    told = [points_at(mara, datetime(2026, 11, 24, hour, tzinfo=UTC)) for hour in (10, 18, 23)]
    assert [[point.value for point in points] for points in told] == [["1", "2", "3"], ["2", "1", "3"], ["2", "3", "1"]]
