"""A lead takes somebody out of use who stands in the matrix, and is asked who takes over."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.classification import Severity
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell
from escplaybook.store import records
from tests.ui.hands import BORN, NOW, opened, stored


@pytest.fixture
def people(book, contact):
    deniz, mara, paul = contact("Deniz Aksoy", team="Integration"), contact("Mara Lindqvist"), contact("Paul Ek")
    cell = Cell(id=new_id(NOW), severity=Severity.S1, level=2, owner=deniz.id, backup=mara.id, **BORN)
    return stored(book, deniz, mara, paul, cell)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "contacts")
    yield made
    made.close()


def test_a_contact_says_where_it_is_named(window, people):
    window.page.detail.open(people[0].id)
    assert "owner: S1, level 2" in window.page.reading.text.toPlainText()
    window.page.detail.open(people[2].id)
    assert "Nothing in the book names it" in window.page.reading.text.toPlainText()


def test_retiring_asks_who_takes_over_and_is_one_stroke(window, desk, people, book, qtbot):
    detail = window.page.detail
    detail.open(people[0].id)
    qtbot.mouseClick(window.page.reading.retire, Qt.MouseButton.LeftButton)
    panel = detail.handing_over
    assert detail.currentWidget() is panel
    assert panel.person.currentText() == "Mara Lindqvist"
    assert panel.why.text() == "stands beside Deniz Aksoy in 1 cell"
    qtbot.keyClick(panel.take_over, Qt.Key.Key_Space)

    cell = records.by_key(book, people[3].key)
    assert (cell.owner, cell.backup) == (people[1].id, None)
    assert records.by_key(book, people[0].key).retired is not None
    assert window.messages.text.text() == "Retire Deniz Aksoy, Mara Lindqvist takes over"
    desk.undo()
    assert records.by_key(book, people[3].key) == people[3]
    assert records.by_key(book, people[0].key).retired is None


def test_the_places_may_stay_as_they_are(window, people, book, qtbot):
    window.page.detail.open(people[0].id)
    window.page.detail.retire()
    qtbot.mouseClick(window.page.detail.handing_over.leave_places, Qt.MouseButton.LeftButton)
    assert records.by_key(book, people[0].key).retired is not None
    assert records.by_key(book, people[3].key).owner == people[0].id


def test_esc_leaves_everything_as_it_was(window, people, book):
    window.page.detail.open(people[0].id)
    window.page.detail.retire()
    assert window.page.step_out()
    assert window.page.detail.currentWidget() is window.page.reading
    assert records.by_key(book, people[0].key) == people[0]


def test_nobody_named_means_nobody_asked(window, people, book):
    window.page.detail.open(people[2].id)
    window.page.detail.retire()
    assert records.by_key(book, people[2].key).retired is not None
