"""What veterans know stands beside the passage it is about."""

import pytest

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow

WIDE, NARROW = (1600, 1000), (1000, 700)


@pytest.fixture
def note(book, known, now):
    made = Annotation(
        id=new_id(now),
        entry=known[0].id,
        field="steps",
        quote="Open UDP 123",
        kind=AnnotationKind.CAUTION,
        text="Ask the firewall team first.",
        author="Ines Okafor",
        created=now,
        updated=now,
    )
    (stored,) = editing.apply(book, "Note", Edit(None, made), now=now)
    return stored.after


@pytest.fixture
def window(desk, known, note, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("knowledge", known[0].id))
    yield made
    made.close()


def test_a_note_stands_in_the_margin_at_its_passage(window, qtbot):
    reading = window.page.reading
    (label,) = reading.margin.cards
    qtbot.waitUntil(label.isVisible)
    assert "Ask the firewall team first." in label.label.text()
    passage = reading.text.document().find("Open UDP 123")
    middle = reading.text.cursorRect(passage).center()
    assert label.geometry().left() > middle.x()
    assert abs(label.geometry().top() - middle.y()) < 30
    (marked,) = reading.text.extraSelections()
    assert marked.cursor.selectedText() == "Open UDP 123"


def test_where_the_pane_is_narrow_the_note_stands_below_its_field(window, qtbot):
    window.resize(*NARROW)
    reading = window.page.reading
    qtbot.waitUntil(lambda: "Caution “Open UDP 123”: Ask the firewall team first." in reading.text.toPlainText())
    assert not any(label.isVisible() for label in reading.margin.cards)
    window.resize(*WIDE)
    qtbot.waitUntil(lambda: "Ask the firewall team" not in reading.text.toPlainText())


def test_finding_a_note_opens_what_it_is_about(window, known, note):
    window.go(Place("contacts"))
    window.go(Place("annotation", note.id))
    assert window.page.reading.record.id == known[0].id


def test_a_note_taken_back_leaves_the_margin(window, desk):
    desk.undo()
    assert window.page.reading.margin.cards == []


def test_a_note_whose_passage_is_gone_is_still_seen(window, book, known, now):
    editing.change(book, known[0], now, steps=())
    assert window.page.reading.margin.cards == []
    text = window.page.reading.text.toPlainText()
    assert "Notes whose passage is gone" in text
    assert "stood beside “Open UDP 123”: Ask the firewall team first." in text
