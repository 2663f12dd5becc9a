"""A lead narrows the contacts down, chooses many, and changes one field of all of them."""

import pytest
from PySide6.QtCore import QPoint, Qt

from escplaybook.domain.contacts import Contact
from escplaybook.store import records
from escplaybook.ui.desk import Place
from tests.ui.hands import opened, stored


@pytest.fixture
def people(book, contact):
    mara, jun = contact("Mara", team="Integration"), contact("Jun", team="Integration", zone="Asia/Seoul")
    return stored(book, mara, jun, contact("Paul", team="Direction", deputy=mara.id))


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "contacts-table")
    yield made
    made.close()


def names(page) -> list[str]:
    return [page.table.index(row, 0).data() for row in range(page.table.rowCount())]


def teams(book) -> list[str]:
    return [one.team for one in records.everything(book, Contact, "name")]


def test_the_table_is_narrowed_down_and_sorted(window, qtbot):
    page = window.page
    assert names(page) == ["Jun", "Mara", "Paul"]
    page.filters["team"].setCurrentIndex(page.filters["team"].findData("Integration"))
    page.filters["team"].activated.emit(0)
    assert names(page) == ["Jun", "Mara"]
    head = page.view.horizontalHeader()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, head.height() // 2))
    assert names(page) == ["Mara", "Jun"]
    qtbot.keyClicks(page.words, "seoul")
    assert names(page) == ["Jun"]
    qtbot.keyClicks(page.words, "x")
    assert page.pane.state.headline.text() == "Nobody is so"
    qtbot.mouseClick(page.pane.state.buttons[0], Qt.MouseButton.LeftButton)
    assert sorted(names(page)) == ["Jun", "Mara", "Paul"]


def test_many_are_changed_with_a_preview_and_taken_back_at_once(window, desk, book, qtbot):
    page, panel = window.page, window.page.panel
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.heading.text() == "Change 3 contacts"
    assert not panel.change.isEnabled()
    qtbot.keyClicks(panel.line, "Direction")
    assert panel.told.text() == "2 would change, 1 stay as they are."
    assert [one.contact.name for one in panel.table.records()] == ["Jun", "Mara"]
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert teams(book) == ["Direction"] * 3
    assert window.messages.text.text() == "Change the team of 2 contacts"
    assert len(page.chosen()) == 3
    desk.undo()
    assert teams(book) == ["Integration", "Integration", "Direction"]


def test_who_cannot_is_left_out_and_says_why(window, book, people, qtbot):
    page, panel = window.page, window.page.panel
    page.view.selectAll()
    panel.field.setCurrentIndex(panel.field.findText("Deputy"))
    panel.field.activated.emit(0)
    panel.person.set_value(people[0].id)
    panel.person.changed.emit()
    assert "1 are left out" in panel.told.text()
    qtbot.mouseClick(panel.change, Qt.MouseButton.LeftButton)
    found = {one.name: one.deputy for one in records.everything(book, Contact)}
    assert found == {"Mara": None, "Jun": people[0].id, "Paul": people[0].id}


def test_a_field_can_be_emptied(window, book, qtbot):
    panel = window.page.panel
    window.page.view.selectAll()
    qtbot.keyClicks(panel.line, "x")
    qtbot.keyClick(panel.line, Qt.Key.Key_Backspace)
    assert panel.change.isEnabled()
    panel.change.click()
    assert teams(book) == ["", "", ""]


def test_return_opens_the_contact_and_esc_goes_back_to_the_list(window, people, qtbot):
    page = window.page
    page.step(-9)
    page.view.activated.emit(page.view.currentIndex())
    assert window.rooms.current_name() == "contacts"
    assert window.page.detail.record.name == "Jun"
    window.go(Place("contacts-table"))
    window.page.view.setFocus()
    qtbot.keyClick(window.page.view, Qt.Key.Key_Escape)
    assert window.rooms.current_name() == "contacts"


def test_the_table_opens_with_those_with_whom_something_is_amiss(window):
    window.go(Place("contacts-table", "without deputy"))
    assert names(window.page) == ["Jun", "Mara"]
    assert window.rail.buttons["contacts"].isChecked()


def test_an_empty_book_offers_the_first_contact(desk, qtbot):
    window = opened(desk, qtbot, "contacts-table")
    qtbot.mouseClick(window.page.pane.state.buttons[0], Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "contacts"
    assert window.page.detail.currentWidget() is window.page.form
    window.close()
