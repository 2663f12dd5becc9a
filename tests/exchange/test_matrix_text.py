"""The matrix as a text that a team keeps under versions: written, read back, and refused by the line."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import place_of, says
from escplaybook.domain.errors import Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import living
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Comparator, Trigger
from escplaybook.exchange.matrix_text import write_matrix
from escplaybook.exchange.matrix_text_reading import read_matrix
from escplaybook.services.sample import make_sample
from escplaybook.store.programme import programme
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}


def person(number, name, deputy=None, email="", retired=None):
    points = (ContactPoint(PointKind.EMAIL, email),) if email else ()
    return Contact(
        id=f"p{number}", key=f"CO-{number:04d}", name=name, deputy=deputy, points=points, retired=retired, **BORN
    )


def programme_of(people, deployments=(), **lists):
    empty = {"vendors": (), "agreements": (), "severities": (), "levels": (), "cells": (), "rights": ()}
    contacts = {one.id: one for one in people}
    return Programme(contacts=contacts, deployments=tuple(deployments), blockers=(), **(empty | lists))


PEOPLE = (
    person(1, "Mara Lindqvist", "p2", "mara@lighthouse.example"),
    person(2, "Jun Park"),
    person(3, "Ruth Mensah"),
    person(4, "Ruth Mensah"),
)
HARBOUR = Deployment(id="d1", key="DP-0001", name="Harbour ERP", **BORN)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
words = texts.filter(str.strip)
spans = st.integers(1, 86_400_000).map(lambda seconds: timedelta(seconds=seconds))
stages = st.sampled_from(["", "testing", "go-live"]) | texts
nobody_or_any = st.sampled_from([None, "p1", "p2", "p3", "p4"])
homes = st.sampled_from([None, "d1", "d2"])
causes = st.sampled_from([None, *CauseClass])


@st.composite
def cells(draw):
    owner, backup = draw(nobody_or_any), draw(nobody_or_any)
    others = st.sampled_from([one for one in ("p1", "p2", "p3", "p4") if one not in (owner, backup)])
    targets = sorted(draw(st.lists(spans, min_size=3, max_size=3)))
    named = dict(zip(("acknowledge", "act", "resolve"), targets, strict=True))
    return Cell(
        id=new_id(NOW),
        severity=draw(st.sampled_from(Severity)),
        level=draw(st.integers(1, 5)),
        deployment=draw(homes),
        stage=draw(stages),
        cause_class=draw(causes),
        owner=owner,
        backup=None if backup == owner else backup,
        deputies=tuple(draw(st.lists(others, max_size=2, unique=True))),
        entry_criterion=draw(texts),
        outcome=draw(texts),
        not_escalated=draw(st.booleans()),
        **{name: span for name, span in named.items() if draw(st.booleans())},
        **BORN,
    )


rights = st.builds(
    lambda **fields: DecisionRight(id=new_id(NOW), **BORN, **fields),
    decision=words,
    deployment=homes,
    stage=stages,
    severity=st.sampled_from([None, *Severity]),
    threshold=texts,
    decider=nobody_or_any,
    alternate=nobody_or_any,
    expires=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
triggers = st.builds(
    lambda **fields: Trigger(
        id=new_id(NOW), subject="error rate", comparator=Comparator.ABOVE, value="5", unit="%", **BORN, **fields
    ),
    name=words,
    duration=spans,
    side_conditions=st.sampled_from([(), ("downstream blocked",), ("not paid", "load running")]),
    observer=st.just("Gateway dashboard, every minute"),
    level=st.integers(1, 4),
    deployment=homes,
    stage=stages,
)
definitions = st.builds(
    lambda **fields: SeverityDefinition(id=new_id(NOW), **BORN, **fields),
    severity=st.sampled_from(Severity),
    name=texts,
    criteria=texts,
    examples=st.lists(texts, max_size=3).map(tuple),
    cadence=st.none() | spans,
    users_from=st.none() | st.integers(1, 100),
)
levels = st.builds(
    lambda **fields: Level(id=new_id(NOW), **BORN, **fields), rank=st.integers(1, 6), name=words, purpose=texts
)
definitions_of_blockers = st.builds(
    lambda **fields: BlockerDefinition(id=new_id(NOW), **BORN, **fields),
    text=words,
    counts=st.lists(texts, max_size=2).map(tuple),
    does_not_count=st.lists(texts, max_size=2).map(tuple),
    kinds=st.lists(texts, max_size=2).map(tuple),
)
sub_classes = st.builds(
    lambda **fields: SubClass(id=new_id(NOW), **BORN, **fields),
    cause_class=st.sampled_from(CauseClass),
    name=st.sampled_from(["customer’s IT", "port: authority", "- a", "null"]),
    counterpart=texts,
    meaning=texts,
)
names = st.sampled_from(["Mara Lindqvist", "CO-0002", "null", "12", "- a", "mara@lighthouse.example"]) | words


@st.composite
def programmes(draw):
    people = [
        person(number, draw(names), deputy, draw(st.sampled_from(["", "mara@lighthouse.example"])))
        for number, deputy in ((1, "p2"), (2, None), (3, "p4"), (4, "p1"))
    ]
    homes = [Deployment(id=f"d{number}", key=f"DP-{number:04d}", name=draw(names), **BORN) for number in (1, 2)]
    return programme_of(
        people,
        homes,
        severities=tuple(draw(st.lists(definitions, max_size=4, unique_by=place_of))),
        levels=tuple(draw(st.lists(levels, max_size=4, unique_by=place_of))),
        definitions=tuple(draw(st.lists(definitions_of_blockers, max_size=1))),
        sub_classes=tuple(draw(st.lists(sub_classes, max_size=3, unique_by=place_of))),
        cells=tuple(draw(st.lists(cells(), max_size=6, unique_by=place_of))),
        rights=tuple(draw(st.lists(rights, max_size=4))),
        triggers=tuple(draw(st.lists(triggers, max_size=3))),
    )


def read(tmp_path, text, found):
    path = tmp_path / "matrix.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_matrix(path, found, NOW)


@settings(max_examples=40)
@given(found=programmes(), only=st.sampled_from([None, "d1"]))
def test_what_is_written_is_read_back_and_written_the_same_to_the_byte(tmp_path_factory, found, only):
    content = living(found, only)
    text = write_matrix(content, found, only)
    home, back = read(tmp_path_factory.mktemp("text"), text + ("" if only or content.records() else "{}"), found)
    assert home == only
    assert write_matrix(back, found, only) == text
    assert {one.id: says(one) for one in back.records()} == {one.id: says(one) for one in content.records()}
    shuffled = replace(content, cells=content.cells[::-1], rights=content.rights[::-1])
    assert write_matrix(shuffled, found, only) == text, "the order in the book does not matter"


def test_the_sample_programme_goes_out_and_comes_back_whole(book, tmp_path, now):
    make_sample(book, now)
    found = programme(book)
    text = write_matrix(living(found), found)
    _, back = read(tmp_path, text, found)
    assert set(back.records()) == set(living(found).records())
    assert write_matrix(back, found) == text
    assert "\n    owner: Mara Lindqvist\n" in text
    assert not re.search(r"^.{3,}: .*: ", "\n".join(line for line in text.split("\n") if "owner" in line), re.M)


def test_people_go_by_name_mail_or_key_whichever_a_person_writes(tmp_path):
    found = programme_of(PEOPLE, levels=(Level(id="l", rank=1, name="Team lead", **BORN),))
    for word in ("mara lindqvist", "CO-0001", "co-0001", "MARA@lighthouse.example"):
        _, content = read(tmp_path, f"cells:\n- {{severity: S1, level: 1, owner: {word}}}\n", found)
        assert content.cells[0].owner == "p1"
    cell = Cell(id="c", severity=Severity.S1, level=1, owner="p4", **BORN)
    assert "owner: CO-0004\n" in write_matrix(replace(content, cells=(cell,)), found), "two are called Ruth Mensah"


CELL = "cells:\n- severity: S1\n  level: 1\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cels: []", "line 1: “cels” is no section of a matrix; there are deployment, definitions, severities"),
        (CELL + "  ownr: Jun Park\n", "line 4: “ownr” is no fact of a cell"),
        (CELL + "  ownr:\n", "line 4: “ownr” is no fact of a cell"),
        (CELL + "  owner: Bob\n", "line 4: no contact of this book is called “Bob”"),
        (CELL + "  owner: Ruth Mensah\n", "line 4: several contacts are called “Ruth Mensah”; say which by its key"),
        (CELL + "  deployment: Castellan\n", "line 4: no deployment of this book is called “Castellan”"),
        (CELL + "  owner: [Jun Park, Mara Lindqvist]\n", "line 4: one place has one owner and one backup"),
        (CELL + "  owner: Jun Park\n  owner: Mara Lindqvist\n", "line 5: “owner” stands here twice"),
        (CELL + "  owner: Jun Park\n  backup: CO-0002\n", "line 2: The backup must be another person than the owner"),
        (CELL + "  deputies: [Jun Park, Bob]\n", "line 4: no contact of this book is called “Bob”"),
        (CELL + "  deputies: Jun Park\n", "line 4: a list belongs here"),
        (CELL + "  owner: Jun Park\n  deputies: [CO-0002]\n", "line 2: A deputy must be another person than owner and"),
        (CELL + "  deputies: [Jun Park, CO-0002]\n", "line 2: Somebody is named twice among the deputies"),
        (
            CELL + "  owner: Jun Park\n- {severity: S1, level: 1, owner: Mara Lindqvist}\n",
            "line 5: S1, level 1 has two owners: it stands in line 2 already",
        ),
        (
            CELL + "  acknowledge: 1 h\n  resolve: 30 min\n",
            "line 5: S1, level 1: resolve within 30 min is sooner than acknowledge within 1 h",
        ),
        (
            CELL + "  acknowledge: 1 h\n- {severity: S2, level: 1, acknowledge: 30 min}\n",
            "line 4: S1, level 1: acknowledge within 1 h is longer than the 30 min of S2",
        ),
        (CELL + "  acknowledge: soon\n", "line 4: “soon” is no span of time"),
        (CELL + "  cause_class: foreign\n", "line 4: “foreign” is none of internal, external"),
        (CELL + "  not_escalated: perhaps\n", "line 4: “perhaps” is neither true nor false"),
        ("cells:\n- severity: S1\n", "line 2: a cell lacks its “level”"),
        ("cells:\n- {severity: S1, level: ²}\n", "line 2: “²” is no whole number"),
        (
            "sub_classes:\n- {cause_class: internal, name: vendor}\n",
            "line 2: “vendor” is a sub-class of external causes",
        ),
        ("sub_classes:\n- {cause_class: foreign, name: x}\n", "line 2: “foreign” is none of internal, external"),
        (
            "sub_classes:\n- {cause_class: external, name: API}\n- {cause_class: external, name: api}\n",
            "line 3: this has two meanings: it stands in line 2 already",
        ),
        ("definitions:\n- {text: One}\n- {text: Two}\n", "line 3: this has two meanings: it stands in line 2 already"),
        ('definitions:\n- {text: " "}\n', "line 2: Say in a sentence or two what a blocker is"),
        ("definitions:\n- {counts: [a failed load]}\n", "line 2: a definition lacks its “text”"),
        ("levels:\n- {rank: 1, name: Lead}\n- {rank: 1, name: Head}\n", "line 3: this has two meanings"),
        ("rights:\n- {decision: Roll back, expires: soon}\n", "line 2: “soon” is no day"),
        (
            "triggers:\n- name: Late\n  subject: load is late\n  duration: 5 min\n  observer: Monitor\n",
            "line 3: “late” cannot be measured",
        ),
        (
            "deputies:\n- {person: Jun Park, deputy: Mara Lindqvist}\n",
            "line 2: Mara Lindqvist → Jun Park → Mara Lindqvist stand in for each other in a ring",
        ),
        ("deployment: Harbour ERP\n" + CELL, "line 3: the file is of one deployment"),
        ("cells: many\n", "line 1: a list belongs here"),
        (CELL + "  channel: !!python/object/apply:os.getcwd []\n", "line 4:"),
        ("cells: [", "line 1:"),
        ("", "line 1: the file is empty"),
    ],
)
def test_what_cannot_be_is_refused_by_its_line(tmp_path, text, told):
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, text, programme_of(PEOPLE, [HARBOUR]))
    assert str(refused.value).startswith("matrix.yaml, line ")
    assert told in str(refused.value)


def test_a_ring_and_an_inversion_that_the_book_has_itself_stop_no_draft(tmp_path):
    """The audit names them; a file that only repeats them can be read."""
    ring = (person(1, "Ana", "p2"), person(2, "Jun", "p1"))
    waiting = [
        Cell(id=str(minutes), severity=severity, level=1, owner="p1", acknowledge=timedelta(minutes=minutes), **BORN)
        for severity, minutes in ((Severity.S1, 45), (Severity.S2, 30))
    ]
    found = programme_of(ring, cells=tuple(waiting))
    text = write_matrix(living(found), found)
    assert "person: Ana" in text
    _, back = read(tmp_path, text, found)
    assert back.cells == tuple(waiting)
    with pytest.raises(Unreadable, match="S1, level 1: acknowledge within 50 min is longer than the 30 min of S2"):
        read(tmp_path, text.replace("45 min", "50 min"), found)


def test_a_review_of_another_condition_is_no_review_of_this_one(tmp_path):
    trigger = Trigger(
        id="t",
        name="Sync stands still",
        subject="data sync blocked",
        duration=timedelta(minutes=60),
        observer="Queue monitor",
        engineering="p1",
        engineering_on=date(2026, 11, 1),
        **BORN,
    )
    found = programme_of(PEOPLE, triggers=(trigger,))
    text = write_matrix(living(found), found)
    assert read(tmp_path, text, found)[1].triggers == (trigger,)
    (changed,) = read(tmp_path, text.replace("1 h", "30 min"), found)[1].triggers
    assert (changed.id, changed.duration, changed.engineering) == ("t", timedelta(minutes=30), None)
