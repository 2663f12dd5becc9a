"""A rotation of roles over a programme: who sits where, who cannot, who is passed over, and what hangs on whom then."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.absences import Absence
from escplaybook.domain.audit_case import Case
from escplaybook.domain.audit_rules_ownership import single_point_of_failure
from escplaybook.domain.classification import Severity
from escplaybook.domain.editions import Edition
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.living_matrix import living, with_content
from escplaybook.domain.role_rotation import AWAY_SHARE, Wish, content_of, plan, planned_start, title_of
from escplaybook.domain.rotations import Rotation, Shift
from tests.conftest import NOW
from tests.domain.clean import BORN, cell, person, programme, with_more, with_one

START = date(2027, 1, 4)
QUARTER = timedelta(weeks=13)
UTC = NOW.tzinfo


def teams(*owners, level=1, backups=()):
    """The clean programme with a stage of its own for each of these people on a level."""
    found = programme()
    known = {name: person(name, role=f"Lead of {name}") for name in (*owners, *backups)}
    found = replace(found, contacts=found.contacts | known)
    pairs = zip(owners, backups or ["ruth"] * len(owners), strict=True)
    own = [
        cell(Severity.S1, level, id=f"{owner}-cell", stage=stage, owner=owner, backup=backup)
        for stage, (owner, backup) in zip(("integration", "testing", "go-live", "hypercare"), pairs, strict=False)
    ]
    return with_more(found, "cells", *own)


def wish(*among, level=1, start=START, every=QUARTER, times=4, **more):
    return Wish(level, among, start, every, times, **more)


def away(who, start, days):
    begin = datetime.combine(start, time(), UTC)
    return Absence(f"away {who} {start}", who, begin, begin + timedelta(days=days), **BORN)


THREE = teams("alva", "bo", "cem", backups=("ana", "ana", "ana"))


def names(found):
    return [term.people for term in found.terms]


def test_three_teams_hand_their_lead_round_until_everybody_has_had_every_role():
    told = plan(THREE, wish("alva", "bo", "cem", times=3), NOW)
    assert [seat.name for seat in told.seats] == ["Lead of alva", "Lead of bo", "Lead of cem"]
    assert [(term.start, term.end) for term in told.terms] == [
        (START, START + QUARTER),
        (START + QUARTER, START + 2 * QUARTER),
        (START + 2 * QUARTER, START + 3 * QUARTER),
    ]
    first, second, third = names(told)
    assert sorted(first) == sorted(second) == ["alva", "bo", "cem"]
    for seat, holder in enumerate(("alva", "bo", "cem")):
        assert {holder, first[seat], second[seat]} == {"alva", "bo", "cem"}
    assert third == ("alva", "bo", "cem"), "everybody is through, and the round begins again"


def test_the_matrix_of_a_term_differs_by_nothing_but_the_people_on_the_seats():
    told = plan(THREE, wish("alva", "bo", "cem"), NOW)
    content = content_of(THREE, told.seats, told.terms[0])
    changed = [one.id for one, other in zip(living(THREE).cells, content.cells, strict=True) if one != other]
    assert changed == ["alva-cell", "bo-cell", "cem-cell"]
    assert tuple(one.owner for one in content.cells if one.id in changed) == told.terms[0].people
    assert replace(content, cells=()) == replace(living(THREE), cells=())


def test_whoever_owns_and_backs_up_hands_over_both_so_that_nobody_backs_up_themselves():
    found = teams("alva", "bo", backups=("bo", "alva"))
    told = plan(found, wish("alva", "bo", times=1), NOW)
    assert names(told) == [("bo", "alva")]
    content = content_of(found, told.seats, told.terms[0])
    pairs = [(one.owner, one.backup) for one in content.cells if one.id in ("alva-cell", "bo-cell")]
    assert pairs == [("bo", "alva"), ("alva", "bo")]
    stuck = plan(found, wish("alva", "bo", times=1, owners_only=True), NOW)
    assert stuck.is_standstill
    assert [(one.person, one.why) for one in stuck.barred] == [
        ("bo", "backs up S1, integration, level 1"),
        ("alva", "backs up S1, testing, level 1"),
    ]


def test_whoever_takes_a_seat_is_its_deputy_no_longer():
    found = with_one(THREE, "cells", "alva-cell", deputies=("bo", "cem", "jun"))
    told = plan(found, wish("alva", "bo", "cem"), NOW)
    for term in told.terms:
        (held,) = (one for one in content_of(found, told.seats, term).cells if one.id == "alva-cell")
        assert held.deputies == tuple(one for one in ("bo", "cem", "jun") if one != held.owner)


def test_nobody_is_put_next_to_a_level_they_stand_on():
    found = teams("alva", "bo", backups=("ana", "ana"))
    told = plan(found, wish("alva", "bo", "deniz", times=6), NOW)
    assert {(one.person, one.seat.holder) for one in told.barred} == {("deniz", "alva"), ("deniz", "bo")}
    assert told.barred[0].why == "stands on S1, level 2, next to S1, integration, level 1"
    assert all("deniz" not in people for people in names(told))
    further = plan(found, wish("alva", "bo", "ingrid", times=6), NOW)
    assert any("ingrid" in people for people in names(further)), "level 3 is not next to level 1"


def test_whoever_is_away_for_a_quarter_of_the_term_is_passed_over():
    second = START + QUARTER
    found = teams("alva", "bo", backups=("ana", "ana"))
    found = replace(found, contacts=found.contacts | {"dag": person("dag")})
    gone = with_more(found, "absences", away("alva", second, 30), away("dag", START, 20))
    told = plan(gone, wish("alva", "bo", "dag"), NOW)
    assert [term.away for term in told.terms] == [(), ("alva",), (), ()]
    assert "alva" not in told.terms[1].people
    twice = with_more(found, "absences", away("alva", second, 15), away("alva", second + timedelta(days=10), 20))
    assert plan(twice, wish("alva", "bo", "dag"), NOW).terms[1].away == ("alva",), "days that overlap count once: 30"
    once = with_more(found, "absences", away("alva", second, 15), away("alva", second + timedelta(days=1), 20))
    assert plan(once, wish("alva", "bo", "dag"), NOW).terms[1].away == (), "21 days are no quarter of 91"


def test_a_seat_that_nobody_can_take_is_told():
    found = with_more(teams("alva", "bo", backups=("ana", "ana")), "absences", away("alva", START, 60))
    told = plan(found, wish("alva", "bo"), NOW)
    assert [(term.start, seat.holder) for term, seat in told.empty] in ([(START, "alva")], [(START, "bo")])


def test_who_carries_too_much_is_named_by_the_rule_of_the_audit_before_and_after():
    found = with_one(programme(), "contacts", "mara", role="Lead")
    extra = [cell(code, 1, id=f"x{code}{stage}", stage=stage) for code in Severity for stage in ("testing", "go-live")]
    found = with_more(found, "cells", *extra)
    alone = with_one(found, "cells", "S1-1", backup=None)
    assert [one.record.id for one in single_point_of_failure(Case(alone, NOW))] == ["mara", "jun"]
    newcomers = replace(alone, contacts=alone.contacts | {"nils": person("nils")})
    told = plan(newcomers, wish("mara", "nils", times=1, owners_only=True), NOW)
    loads = {one.person: one for one in told.loads}
    assert names(told) == [("nils",)]
    assert (loads["mara"].named, loads["mara"].only, loads["mara"].is_too_many) == ((12, 0), (1, 0), (True, False))
    assert (loads["nils"].named, loads["nils"].only, loads["nils"].is_too_many) == ((0, 12), (0, 1), (False, True))
    assert loads["jun"].is_too_many == (True, True), "whoever else carries too much is named as well"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"among": ("alva",)}, "among two people or more"),
        ({"among": ("alva", "alva")}, "among two people or more"),
        ({"every": timedelta(hours=36)}, "whole days"),
        ({"every": timedelta(0)}, "whole days"),
        ({"times": 0}, "1 to 26 terms"),
        ({"times": 27}, "1 to 26 terms"),
        ({"start": date(2026, 11, 23)}, "23 Nov 2026 is over"),
        ({"level": 9}, "has no level 9"),
        ({"among": ("paul", "ana")}, "None of these people stands on level 1"),
        ({"among": ("alva", "gone")}, "Gone is no longer in use"),
        ({"among": ("alva", "nobody")}, "Somebody is no longer in use"),
        ({"among": ("alva", "desk")}, "Desk is a duty"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_one_sentence(asked, told):
    shift = Shift(NOW, timedelta(days=7), "FREQ=WEEKLY", ("bo",))
    found = teams("alva", "bo", backups=("jun", "jun"))
    more = {"gone": person("gone", retired=NOW), "desk": person("desk")}
    found = replace(found, contacts=found.contacts | more)
    found = with_more(found, "rotations", Rotation("desk turns", "desk", "Desk", **BORN, shifts=(shift,)))
    usual = {"level": 1, "among": ("alva", "bo"), "start": START, "every": QUARTER, "times": 4}
    with pytest.raises(InvalidRecord, match=told):
        plan(found, Wish(**(usual | asked)), NOW)


def test_two_seats_of_the_same_role_are_told_apart_by_their_holders():
    found = teams("alva", "bo", backups=("ana", "ana"))
    for name in ("alva", "bo"):
        found = with_one(found, "contacts", name, role="Lead")
    told = plan(found, wish("alva", "bo", times=1), NOW)
    assert [seat.name for seat in told.seats] == ["Lead (Alva)", "Lead (Bo)"]


def test_the_title_of_a_draft_carries_the_day_it_is_meant_for():
    told = plan(THREE, wish("alva", "bo", "cem"), NOW)
    edition = Edition("e", 2, title=title_of(told, 1), **BORN)
    assert edition.title == "Roles on level 1 from 2027-04-05 (2 of 4)"
    assert planned_start(edition) == START + QUARTER
    assert planned_start(replace(edition, title="Roles on level 1")) is None


PEOPLE = ("alva", "bo", "cem", "dag", "eli")


@st.composite
def programmes(draw):
    """A level whose stages up to four people own and back up, others on the levels around it, some of them away."""
    found = programme()
    found = replace(found, contacts=found.contacts | {name: person(name) for name in PEOPLE}, cells=())
    someone = st.sampled_from((*PEOPLE, "mara", "jun", None))
    cells = []
    for level in (1, 2, 3):
        for stage in draw(st.sets(st.sampled_from(("", "testing", "go-live")), min_size=1)):
            owner, backup = draw(someone), draw(someone)
            pair = {"owner": owner, "backup": backup if backup != owner else None}
            cells.append(cell(Severity.S1, level, id=f"{level}{stage}", stage=stage, **pair))
    found = with_more(found, "cells", *cells)
    gone = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 30), st.integers(1, 30)), max_size=4))
    leaves = [away(who, START + timedelta(days=first), days) for who, first, days in gone]
    found = with_more(found, "absences", *{one.id: one for one in leaves}.values())
    among = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=5, unique=True))
    asked = wish(*among, level=draw(st.sampled_from((1, 2))), every=timedelta(days=10), times=3)
    return found, replace(asked, owners_only=draw(st.booleans()))


@given(programmes())
def test_no_rule_is_broken_that_was_kept_before_whatever_the_matrix(case):
    found, asked = case
    try:
        told = plan(found, asked, NOW)
    except InvalidRecord:
        return
    for term in told.terms:
        sitting = [one for one in term.people if one is not None]
        assert len(sitting) == len(set(sitting))
        for one in sitting:
            assert not _gone(found, one, term)
        if None in term.people:
            continue
        content = content_of(found, told.seats, term)  # a cell with one person as owner and backup is refused there
        then = with_content(found, content)
        assert _next_to_themselves(then) <= _next_to_themselves(found)


def _gone(found, one, term):
    days = [term.start + timedelta(days=number) for number in range((term.end - term.start).days)]
    noon = [datetime.combine(day, time(12), UTC) for day in days]
    return sum(found.roster.absence_of(one, at) is not None for at in noon) >= AWAY_SHARE * len(days)


def _next_to_themselves(found):
    """Whoever stands on two levels that follow each other, with the two cells."""
    return {
        (one, low.id, high.id)
        for low, high in Case(found, NOW).steps
        if high.level - low.level == 1
        for one in {low.owner, low.backup} & {high.owner, high.backup}
        if one is not None
    }
