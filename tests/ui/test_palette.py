"""Ctrl+K goes to anything and does anything, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.services.saved_searches import SavedSearch, save
from escplaybook.ui.desk import Place
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.recents import note_search
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
    offered = ["Raise it as a blocker at hand", "Write it down as a known blocker"]
    qtbot.waitUntil(lambda: shown(window) == offered)
    assert "Nothing" in window.palette_box.hint.text()


@pytest.mark.parametrize(("steps", "page"), [(0, "blockers"), (1, "knowledge")])
def test_what_nothing_answers_to_is_written_down_from_there(window, qtbot, steps, page):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    line = window.palette_box.box.line
    qtbot.keyClicks(line, "zzzqqq breaks")
    qtbot.waitUntil(lambda: len(shown(window)) == 2)
    for _ in range(steps):
        qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.rooms.current_name() == page
    assert window.page.form.values()["title"] == "zzzqqq breaks"


def test_a_word_like_the_one_typed_is_offered(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    line = window.palette_box.box.line
    qtbot.keyClicks(line, "webhxxk")
    qtbot.waitUntil(lambda: len(shown(window)) == 2)
    line.setText("webhokk tag:none")
    window.palette_box.box.typed.emit(line.text())
    qtbot.waitUntil(lambda: shown(window)[:1] == ["webhook"])
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.palette_box.box.text() == "webhook"
    qtbot.waitUntil(lambda: shown(window)[:1] == ["Webhook deliveries stop after a certificate change"])


def test_searches_of_late_and_saved_ones_are_offered_and_asked_again(window, qtbot, desk):
    note_search(desk, "entry", "system:identity")
    save(desk.memory, SavedSearch("Open loops", "login", ("entry",)))
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    line = window.palette_box.box.line
    assert shown(window)[:2] == ["system:identity", "Open loops"]
    qtbot.keyClicks(line, "open l")
    qtbot.waitUntil(lambda: "Open loops" in shown(window) and "system:identity" not in shown(window))
    while window.palette_box.view.currentIndex().data(RECORD).row.title != "Open loops":
        qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (window.rooms.current_name(), window.top.box.text()) == ("knowledge", "login")
