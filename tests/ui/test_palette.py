"""Ctrl+K goes to anything and does anything, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.ui.desk import Place
from escplaybook.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, known, book, contact, now, qtbot):
    editing.apply(book, "Add", Edit(None, contact("Mara Lindqvist", role="Team lead")), now=now)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.go(Place("knowledge"))
    yield made
    made.close()


def shown(window) -> list[str]:
    return [choice.row.title for choice in window.palette_box.table.records()]


def test_a_name_leads_to_the_contact_from_any_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.palette_box
    assert palette.isVisible()
    assert palette.box.line.hasFocus()
    qtbot.keyClicks(palette.box.line, "mara")
    qtbot.waitUntil(lambda: shown(window)[:1] == ["Mara Lindqvist"])
    qtbot.keyClick(palette.box.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.rooms.current_name() == "contacts"
    assert window.page.reading.title.text() == "Mara Lindqvist"


def test_a_greater_sign_lists_what_can_be_done(window, qtbot, desk):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    line = window.palette_box.box.line
    qtbot.keyClicks(line, ">larger")
    assert shown(window) == ["Larger"]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.theme.zoom == 1.1
    assert window.messages.text.text() == "Shown at 110 %"


def test_typing_a_greater_sign_into_the_search_box_does_the_same(window, qtbot):
    window.search_here()
    qtbot.keyClicks(window.top.box.line, ">")
    assert window.palette_box.isVisible()
    assert window.top.box.text() == ""
    assert "Undo the last change" in shown(window)


def test_an_empty_line_offers_what_was_opened_lately(window, qtbot, known):
    window.page.hits.chosen.emit(known[1].id)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert shown(window)[0] == known[1].title


def test_escape_closes_it_and_gives_the_keys_back(window, qtbot):
    window.page.hits.view.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.palette_box.box.line, "saml")
    qtbot.keyClick(window.palette_box.box.line, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()
    assert window.page.hits.view.hasFocus()


def test_the_arrow_keys_go_round(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.palette_box
    qtbot.keyClicks(palette.box.line, ">go to")
    count = palette.table.rowCount()
    assert count > 2
    qtbot.keyClick(palette.box.line, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == count - 1
    qtbot.keyClick(palette.box.line, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 0


def test_nothing_found_is_said(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.palette_box.box.line, "zzzqqq")
    qtbot.waitUntil(lambda: shown(window) == [])
    assert "Nothing" in window.palette_box.hint.text()
