"""Who writes a known blocker down sees what looks like it, may read that first, and loses nothing of what was typed."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.hands import opened


@pytest.fixture
def page(desk, known, qtbot):
    window = opened(desk, qtbot, "knowledge")
    window.page.new()
    yield window.page
    window.close()


def test_what_looks_like_it_is_shown_while_the_title_is_typed(page, qtbot):
    assert not page.alike.isVisible()
    qtbot.keyClicks(page.form.form.fields["title"], "Webhook deliv")
    qtbot.waitUntil(page.alike.isVisible)
    (button,) = page.alike.buttons
    assert button.accessibleName() == "KB-0003 Webhook deliveries stop after a certificate change"


def test_it_is_read_first_and_what_was_typed_is_gone_on_with(page, qtbot, known):
    title = page.form.form.fields["title"]
    qtbot.keyClicks(title, "Webhook deliv")
    qtbot.waitUntil(page.alike.isVisible)
    qtbot.mouseClick(page.alike.buttons[0], Qt.MouseButton.LeftButton)
    assert page.detail.record.id == known[2].id
    assert page.detail.currentWidget() is not page.form
    qtbot.mouseClick(page.window().messages.offer, Qt.MouseButton.LeftButton)
    assert page.detail.currentWidget() is page.form
    assert title.value() == "Webhook deliv"


def test_nothing_is_shown_for_one_that_is_only_mended(page, qtbot, known):
    page.step_out()
    page.hits.chosen.emit(known[2].id)
    page.detail.edit()
    qtbot.keyClicks(page.form.form.fields["title"], " again")
    assert not page.alike.finder.is_asked
    assert not page.alike.isVisible()
