"""A blocker is answered by the edition it was raised under, whatever is published while it is open."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.audit import audit
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.dues import blocker_firings, blocker_ladder, dues
from escplaybook.domain.editions import Edition, MatrixContent, StandIn, part_of
from escplaybook.domain.edits import Edit
from escplaybook.domain.facts import Fact
from escplaybook.domain.living_matrix import (
    by_edition,
    edition_of,
    edits_towards,
    living,
    newer_edition,
    pinned,
    raised_under,
)
from escplaybook.domain.matrix import Cell
from escplaybook.domain.programme import Programme
from tests.conftest import NOW
from tests.domain.clean import BORN, cell, programme, trigger, with_one

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SIGNED = {"engineering": "mara", "business": "ana"}
FIRST = Edition("first", 3, **BORN, content=living(programme()), effective=NOW - 5 * HOUR, applied=NOW, **SIGNED)
FOUND = replace(programme(), editions=(FIRST,))
FACTS = (Fact(NOW - 3 * HOUR, "data sync blocked"),)
OPEN = Blocker("open", "Orders stop", Severity.S1, NOW - 2 * HOUR, deployment="harbour", stage="integration",
               notified=NOW - 110 * MINUTE, facts=FACTS, **BORN)  # fmt: skip


def published(found: Programme, content: MatrixContent, hours: int = -1, **fields: Any) -> Programme:
    """The programme after that matrix was published as its next edition: everything it says is put in force."""
    edition = Edition(f"e{hours}", 4, **BORN, content=content, effective=NOW + hours * HOUR, **(SIGNED | fields))
    lists = {name: {one.id: one for one in getattr(found, name)} for name in _LISTS}
    people = dict(found.contacts)
    for edit in edits_towards(found, edition, NOW):
        _put(edit, people, lists)
    matrix: Any = {name: tuple(by_id.values()) for name, by_id in lists.items()}
    return replace(found, contacts=people, editions=(*found.editions, replace(edition, applied=NOW)), **matrix)


_LISTS = ("severities", "levels", "cells", "rights", "triggers", "sub_classes", "definitions")


def _put(edit: Edit, people: dict[str, Any], lists: dict[str, dict[str, Any]]) -> None:
    record: Any = edit.after
    if record.id in people:
        people[record.id] = record
        return
    kind = type(record).__name__
    name = {"Cell": "cells", "Trigger": "triggers", "Level": "levels", "DecisionRight": "rights"}.get(kind)
    name = name or {"SeverityDefinition": "severities", "BlockerDefinition": "definitions"}[kind]
    lists[name][record.id] = record


PEOPLE = tuple(FOUND.contacts)
spans = st.none() | st.integers(1, 500).map(lambda number: number * MINUTE)


@st.composite
def changed(draw, held: Cell) -> Cell:
    owner, backup, *deputies = draw(st.lists(st.sampled_from((*PEOPLE, None)), min_size=2, max_size=4, unique=True))
    named = tuple(one for one in deputies if one is not None)
    fields = {"acknowledge": draw(spans), "resolve": draw(spans), "not_escalated": draw(st.booleans())}
    return replace(held, owner=owner, backup=backup, deputies=named, **fields)


@st.composite
def matrices(draw) -> MatrixContent:
    """Another matrix: cells changed or taken out, levels renamed or taken out, other triggers, other deputies."""
    now = living(FOUND)
    kept = draw(st.lists(st.sampled_from(now.cells), unique=True, max_size=8))
    levels = draw(st.lists(st.sampled_from(now.levels), unique=True))
    one = trigger(duration=draw(st.integers(1, 300)) * MINUTE, level=draw(st.integers(1, 4)))
    own = trigger(id="own", name="Another", subject="open", duration=draw(st.integers(1, 90)) * MINUTE)
    pairs = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=2))
    return replace(
        now,
        cells=tuple(draw(changed(held)) for held in kept),
        levels=tuple(replace(level, name=draw(st.sampled_from(["Lead", "Head"]))) for level in levels),
        triggers=draw(st.sampled_from([(), (one,), (one, own)])),
        deputies=tuple({person: StandIn(person, other) for person, other in pairs if person != other}.values()),
    )


@settings(max_examples=60)
@given(first=matrices(), second=matrices())
def test_publishing_an_edition_changes_nothing_for_an_open_blocker(first, second):
    stuck = raised_under(FOUND, OPEN, NOW - 2 * HOUR)
    assert stuck.edition == "first"
    before = blocker_ladder(FOUND, stuck), blocker_firings(FOUND, stuck, NOW)
    assert before[0], "there is something that could change"
    assert before[1]
    after = published(FOUND, first)
    assert _told(blocker_ladder(after, stuck)) == _told(before[0])
    assert blocker_firings(after, stuck, NOW) == before[1]
    after = published(after, second, hours=0)
    assert _told(blocker_ladder(after, stuck)) == _told(before[0])
    assert blocker_firings(after, stuck, NOW) == before[1]


def _told(rungs: Any) -> list[tuple[Any, ...]]:
    return [
        (
            one.level,
            one.cell,
            one.answers and one.answers.id,
            one.starts,
            one.acknowledge_by,
            one.act_by,
            one.resolve_by,
        )
        for one in rungs
    ]


def test_what_is_raised_after_goes_by_the_new_one_and_the_old_one_is_told_of_it():
    slower = replace(living(FOUND), cells=(*FOUND.cells[1:], cell(Severity.S1, 1, acknowledge=4 * MINUTE)))
    after = published(FOUND, slower)
    stuck = raised_under(FOUND, OPEN, NOW - 2 * HOUR)
    assert edition_of(after, stuck).number == 3
    assert newer_edition(after, stuck, NOW).number == 4
    assert newer_edition(after, stuck, NOW - 90 * MINUTE) is None, "it had not come into force yet"
    assert newer_edition(after, replace(stuck, resolved=NOW), NOW) is None
    later = raised_under(after, OPEN, NOW)
    assert (edition_of(after, later).number, newer_edition(after, later, NOW)) == (4, None)
    sums = [blocker_ladder(after, one)[0].acknowledge_by - one.notified for one in (stuck, later)]
    assert sums == [5 * MINUTE, 4 * MINUTE]


def test_today_and_the_audit_go_by_the_edition_too():
    faster = replace(living(FOUND), cells=tuple(replace(one, acknowledge=MINUTE) for one in FOUND.cells), triggers=())
    taken = with_one(FOUND, "blockers", "blocker", edition="first")
    after = published(replace(taken, blockers=(*taken.blockers, replace(OPEN, edition="first"))), faster)
    late = [one for one in audit(after, NOW) if one.rule.id == "M75"]
    assert late == [], "it was taken in the five minutes that it had"
    assert [one.rule.id for one in audit(with_one(after, "blockers", "blocker", edition=None), NOW)].count("M75") == 1
    (due,) = (one for one in dues(after, NOW) if one.action == "escalate")
    assert due.what.endswith("by “Data sync blocked”")
    (taking,) = (one for one in dues(after, NOW) if one.action == "acknowledge")
    assert taking.due == NOW, "level 4 has its hour: 5, 15 and 30 minutes went by before"


def test_without_an_edition_a_blocker_goes_by_the_matrix_as_it_stands():
    bare = replace(FOUND, editions=())
    stuck = raised_under(bare, OPEN, NOW)
    assert stuck.edition is None
    assert pinned(bare, stuck) is bare
    assert newer_edition(FOUND, stuck, NOW) == FIRST


def test_a_deployment_s_own_edition_stands_upon_the_whole_matrix_of_its_time():
    own = cell(Severity.S1, 2, id="own", deployment="harbour", acknowledge=7 * MINUTE)
    part = part_of(replace(living(FOUND), cells=(own,)), "harbour")
    mine = published(FOUND, part, hours=-3, deployment="harbour")
    stuck = raised_under(mine, OPEN, NOW - 2 * HOUR)
    assert edition_of(mine, stuck).deployment == "harbour"
    before = _told(blocker_ladder(mine, stuck))
    everything = published(mine, replace(living(FOUND), cells=(cell(Severity.S1, 1, acknowledge=MINUTE),)))
    assert _told(blocker_ladder(everything, stuck)) == before
    assert [rung.acknowledge_by - rung.starts for rung in blocker_ladder(everything, stuck)][:2] == [
        5 * MINUTE,
        7 * MINUTE,
    ]


def test_whoever_has_left_is_passed_over_though_the_edition_names_them():
    stuck = raised_under(FOUND, OPEN, NOW - 2 * HOUR)
    gone = with_one(FOUND, "contacts", "mara", retired=NOW - 3 * HOUR)
    assert blocker_ladder(gone, stuck)[0].answers.id == "jun"


def test_a_trigger_is_told_by_the_key_it_got_when_it_came_into_force():
    nameless = replace(FIRST, content=replace(FIRST.content, triggers=(replace(trigger(), key=""),)))
    found = with_one(FOUND, "triggers", "trigger", key="TR-0001")
    assert by_edition(found, nameless).triggers[0].key == "TR-0001"
