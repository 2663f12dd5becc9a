"""The search box offers operators, their values and late searches; by keyboard alone, and never over what is typed."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.hands import opened


@pytest.fixture
def window(desk, known, qtbot):
    made = opened(desk, qtbot, "knowledge")
    made.search_here()
    yield made
    made.close()


def offered(window) -> list[tuple[str, str]]:
    return [(line.words, line.note) for line in window.completer.list.table.records()]


def press(window, qtbot, key) -> None:
    qtbot.keyClick(window.top.box.line, key)


def typed(window, qtbot, text: str) -> None:
    qtbot.keyClicks(window.top.box.line, text)


def titles(window) -> list[str]:
    return [hit.title for hit in window.page.hits.table.records()]


def test_an_operator_and_then_its_value_are_completed_by_keyboard(window, qtbot):
    typed(window, qtbot, "sys")
    qtbot.waitUntil(window.completer.list.isVisible)
    assert offered(window) == [("system:", "the system it happens in")]
    press(window, qtbot, Qt.Key.Key_Tab)
    assert window.top.box.text() == "system:"
    qtbot.waitUntil(lambda: offered(window) == [("system:identity", "2"), ("system:integration", "1")])
    press(window, qtbot, Qt.Key.Key_Down)
    press(window, qtbot, Qt.Key.Key_Down)
    press(window, qtbot, Qt.Key.Key_Return)
    assert window.top.box.text() == "system:integration "
    assert window.top.box.line.hasFocus()
    qtbot.waitUntil(lambda: titles(window) == ["Webhook deliveries stop after a certificate change"])
    assert not window.completer.list.isVisible()


def test_what_is_typed_stays_typed_unless_an_offer_is_taken(window, qtbot):
    typed(window, qtbot, "st")
    qtbot.waitUntil(window.completer.list.isVisible)
    typed(window, qtbot, "op certificate")
    assert window.top.box.text() == "stop certificate"
    qtbot.waitUntil(lambda: not window.completer.list.isVisible())
    typed(window, qtbot, " st")
    qtbot.waitUntil(window.completer.list.isVisible)
    press(window, qtbot, Qt.Key.Key_Return)  # no line is current: Return opens the hit, as ever
    assert window.top.box.text() == "stop certificate st"
    assert window.page.detail.record is not None


def test_escape_closes_the_list_and_keeps_the_text(window, qtbot):
    typed(window, qtbot, "st")
    qtbot.waitUntil(window.completer.list.isVisible)
    press(window, qtbot, Qt.Key.Key_Escape)
    assert not window.completer.list.isVisible()
    assert (window.top.box.text(), window.top.box.line.hasFocus()) == ("st", True)


def test_walking_past_the_last_offer_gives_the_keys_back_to_the_box(window, qtbot):
    typed(window, qtbot, "sys")
    qtbot.waitUntil(window.completer.list.isVisible)
    press(window, qtbot, Qt.Key.Key_Down)
    assert window.completer.list.view.currentIndex().isValid()
    press(window, qtbot, Qt.Key.Key_Down)
    assert not window.completer.list.view.currentIndex().isValid()


def test_an_empty_box_offers_the_searches_that_led_somewhere(window, qtbot):
    typed(window, qtbot, "webhook")
    qtbot.waitUntil(lambda: len(titles(window)) == 1)
    press(window, qtbot, Qt.Key.Key_Down)  # opens the hit
    for _ in "webhook":
        press(window, qtbot, Qt.Key.Key_Backspace)
    assert offered(window) == [("webhook", "searched lately")]
    press(window, qtbot, Qt.Key.Key_Tab)
    assert window.top.box.text() == "webhook"
    qtbot.waitUntil(lambda: len(titles(window)) == 1)


def test_a_page_without_a_search_offers_nothing(window, qtbot):
    window.go_to_page("today")
    window.top.box.line.setFocus()
    assert not window.completer.list.isVisible()
