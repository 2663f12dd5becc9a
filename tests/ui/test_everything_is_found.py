"""Ctrl+K finds every kind of record there is, and each hit opens where the record is."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.absences import Absence
from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition
from escplaybook.domain.identity import new_id
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.readings import ChapterOutline, Outline, question_on, reading_of
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.suggestions import Side, Suggestion
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.uses import Outcome, Use
from escplaybook.domain.waivers import Waiver
from escplaybook.store.kinds import KINDS
from tests.conftest import NOW
from tests.ui.hands import BORN, agreement, blocker, opened, stored, vendor

CTRL = Qt.KeyboardModifier.ControlModifier

FIRST_WEEK = Outline("new-engineer-first-week", "A first week", "1.0", (ChapterOutline("01-monday.md", "Monday"),))

PAGES = {
    "entry": "knowledge", "annotation": "knowledge", "use": "knowledge", "contact": "contacts", "absence": "duty",
    "rotation": "duty", "vendor": "vendors", "agreement": "agreements", "deployment": "deployments",
    "severity": "matrix", "level": "matrix", "cell": "matrix", "right": "matrix", "trigger": "matrix",
    "sub-class": "matrix", "blocker-definition": "matrix",
    "blocker": "blockers", "waiver": "audit", "edition": "editions",
    "point-of-contact": "deployments", "question": "deployments", "suggestion": "vendors",
    "reading": "playbooks", "reading-question": "playbooks",
}  # fmt: skip
WITHIN = {"annotation": "entry", "use": "entry", "point-of-contact": "deployment", "question": "deployment"}
WITHIN |= {"suggestion": "vendor", "reading-question": "reading"}
"""Kinds that open another record, and which."""


@pytest.fixture
def one_of_each(book, entry, contact):
    known = entry("Gyroscope drifts", workaround="Restart the gyroscope.")
    person, partner = contact("Gyro Contacter"), vendor("Gyro Vendoring")
    harbour = Deployment(new_id(NOW), "Gyro deploying", **BORN)
    group = PointOfContact(new_id(NOW), harbour.id, "Gyro board", **BORN, person=person.id)
    caution = AnnotationKind.CAUTION
    shift = Shift(NOW, timedelta(days=7), "FREQ=WEEKLY", (person.id,))
    duty = contact("On call")
    records = {
        "entry": known, "contact": person, "vendor": partner, "deployment": harbour, "point-of-contact": group,
        "annotation": Annotation(new_id(NOW), known.id, "workaround", "Restart", caution, "gyro noted", "Kim", **BORN),
        "use": Use(new_id(NOW), known.id, Outcome.WORKED, "Kim", NOW, **BORN, note="gyro used"),
        "absence": Absence(new_id(NOW), person.id, NOW, NOW + timedelta(days=3), **BORN, reason="Gyro holiday"),
        "rotation": Rotation(new_id(NOW), duty.id, "Gyro turns", **BORN, shifts=(shift,)),
        "agreement": agreement(partner, "Gyro paper"),
        "severity": SeverityDefinition(new_id(NOW), Severity.S2, "Gyro critical", **BORN),
        "level": Level(new_id(NOW), 2, "Gyro team", **BORN),
        "blocker-definition": BlockerDefinition(new_id(NOW), "A gyroscope drifting off", **BORN),
        "sub-class": SubClass(new_id(NOW), CauseClass.EXTERNAL, "Gyro supplier", **BORN),
        "cell": Cell(new_id(NOW), Severity.S2, 2, **BORN, owner=person.id, outcome="gyro outcome"),
        "trigger": Trigger(new_id(NOW), "Gyro alarm", **BORN, subject="gyro"),
        "right": DecisionRight(new_id(NOW), "Gyro rollback", **BORN, decider=person.id),
        "edition": Edition(new_id(NOW), 1, **BORN, title="Gyro edition"),
        "blocker": blocker("Gyro stalls"),
        "question": Question(new_id(NOW), group.id, "Why gyro wobbles?", NOW, **BORN, asked_by="Board"),
        "suggestion": Suggestion(
            new_id(NOW), partner.id, "vendor", "Gyro hotline moved", "Sam", **BORN, side=Side.OPERATOR
        ),
    }  # fmt: skip
    cell = records["cell"].id
    records["reading"] = reading_of(FIRST_WEEK, "Gyro Reader", NOW, mentor="Kim")
    records["reading-question"] = question_on(records["reading"], FIRST_WEEK, "01-monday.md", "May gyro spin?", NOW)
    records["waiver"] = Waiver(new_id(NOW), "M04", cell, "cell", "Gyro tolerated", "Kim", NOW.date(), **BORN)
    first = (SeverityDefinition(new_id(NOW), Severity.S1, "Critical", **BORN), Level(new_id(NOW), 1, "Team", **BORN))
    stored(book, duty, *first, *records.values())
    return records


WORDS = {
    "entry": "gyroscope drifts", "annotation": "gyro noted", "use": "gyro used", "contact": "gyro contacter",
    "absence": "absence 24 nov 2026", "rotation": "gyro turns", "vendor": "gyro vendoring", "agreement": "gyro paper",
    "deployment": "gyro deploying", "severity": "gyro critical", "level": "gyro team", "cell": "gyro outcome",
    "right": "gyro rollback", "trigger": "gyro alarm", "waiver": "gyro tolerated", "edition": "gyro edition",
    "sub-class": "gyro supplier", "blocker-definition": "gyroscope drifting off",
    "blocker": "gyro stalls", "point-of-contact": "gyro board",
    "question": "gyro wobbles",
    "suggestion": "gyro hotline", "reading": "gyro reader", "reading-question": "gyro spin",
}  # fmt: skip


def test_no_kind_of_record_is_left_out():
    assert set(PAGES) == set(WORDS)
    told_elsewhere = {"matrix-review"}  # a review is read with the week it closes
    assert {kind.name for kind in KINDS} - set(PAGES) == told_elsewhere


@pytest.mark.parametrize("kind", PAGES)
def test_a_hit_opens_where_the_record_is(desk, one_of_each, qtbot, kind):
    window = opened(desk, qtbot, "today")
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.palette_box
    qtbot.keyClicks(palette.box.line, WORDS[kind])
    qtbot.waitUntil(lambda: [choice.kind for choice in palette.table.records()][:1] == [kind])
    qtbot.keyClick(palette.box.line, Qt.Key.Key_Return)
    assert window.rooms.current_name() == PAGES[kind]
    if kind == "cell":
        square = window.page.grid.current()
        assert (square.severity, square.level.rank) == (Severity.S2, 2)
    else:
        assert window.page.place().record == one_of_each[WITHIN.get(kind, kind)].id
    window.close()
