"""Searches kept in the rail: saved with Ctrl+D, named, counted, asked again, renamed, removed; all of it undone."""

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.knowledge import Entry
from escplaybook.services.saved_searches import SavedSearch, save, saved_searches
from escplaybook.store import records
from tests.ui.hands import heard, opened, stored

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, known, qtbot):
    made = opened(desk, qtbot, "knowledge")
    made.search_here()
    yield made
    made.close()


def listed(window) -> dict[str, str]:
    return {name: button._note for name, button in window.rail.saved.buttons.items()}


def keep(window, qtbot, text: str, name: str) -> None:
    window.search_here()
    qtbot.keyClicks(window.top.box.line, text)
    qtbot.keyClick(window.top.box.line, Qt.Key.Key_D, CTRL)
    line = window.rail.saved.line
    assert line.hasFocus()
    qtbot.keyClicks(line, name)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_ctrl_d_keeps_the_search_and_its_name_is_typed_at_once(window, qtbot, desk):
    said = heard(desk)
    keep(window, qtbot, "system:identity", "Identity")
    assert said == [
        "Saved the search “system:identity”.",
        "The saved search “system:identity” is now called “Identity”.",
    ]
    assert window.top.box.line.hasFocus()
    assert saved_searches(desk.memory) == [SavedSearch("Identity", "system:identity", ("entry",))]
    qtbot.waitUntil(lambda: listed(window) == {"Identity": "2"})
    assert "finds 2" in window.rail.saved.buttons["Identity"].accessibleDescription()


def test_escape_leaves_the_search_its_own_text_as_name(window, qtbot, desk):
    qtbot.keyClicks(window.top.box.line, "webhook")
    qtbot.mouseClick(window.top.box.keeper, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.rail.saved.line, "Oth")
    qtbot.keyClick(window.rail.saved.line, Qt.Key.Key_Escape)
    assert list(listed(window)) == ["webhook"]
    assert window.top.box.line.hasFocus()


def test_counts_follow_what_changes(window, qtbot, desk, book, entry):
    keep(window, qtbot, "system:identity", "Identity")
    qtbot.waitUntil(lambda: listed(window) == {"Identity": "2"})
    stored(book, entry("Tokens expire early", system="identity"))
    qtbot.waitUntil(lambda: listed(window) == {"Identity": "3"})


def test_a_saved_search_is_asked_again_from_any_page(window, qtbot):
    keep(window, qtbot, "system:identity", "Identity")
    window.go_to_page("contacts")
    qtbot.mouseClick(window.rail.saved.buttons["Identity"], Qt.MouseButton.LeftButton)
    assert (window.rooms.current_name(), window.top.box.text()) == ("knowledge", "system:identity")
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() == 2)


def test_it_is_renamed_and_removed_by_keyboard_and_each_is_undone(window, qtbot, desk):
    keep(window, qtbot, "webhook", "Hooks")
    button = window.rail.saved.buttons["Hooks"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_F2)
    qtbot.keyClicks(window.rail.saved.line, "Webhooks")
    qtbot.keyClick(window.rail.saved.line, Qt.Key.Key_Return)
    assert list(listed(window)) == ["Webhooks"]
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert list(listed(window)) == ["Hooks"]
    button = window.rail.saved.buttons["Hooks"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Delete)
    assert listed(window) == {}
    assert not window.rail.saved.isVisible()
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert list(listed(window)) == ["Hooks"]
    assert records.count(desk.book, Entry) == 3  # what was found was never touched


def test_a_name_that_another_search_has_is_refused(window, qtbot, desk):
    save(desk.memory, SavedSearch("Hooks", "webhook", ("entry",)))
    keep(window, qtbot, "scim", "hooks")
    assert "choose another name" in window.messages.text.text()
    assert list(listed(window)) == ["Hooks", "scim"]


def test_one_saved_for_everything_opens_where_everything_is_found(window, qtbot, desk):
    save(desk.memory, SavedSearch("Identity anywhere", "identity"))
    window.saved.show()
    qtbot.mouseClick(window.rail.saved.buttons["Identity anywhere"], Qt.MouseButton.LeftButton)
    assert window.palette_box.isVisible()
    assert window.palette_box.box.text() == "identity"
