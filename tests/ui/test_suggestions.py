"""Anyone leaves a suggestion on any record; whoever it belongs to settles it where it stands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.edits import Edit
from escplaybook.domain.suggestions import Outcome, Side, Suggestion
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from tests.ui.hands import BORN, NOW, agreement, blocker, elsewhere, heard, opened, stored, vendor

LEFT = Qt.MouseButton.LeftButton


def suggestion(about, text="Name the staging queue too.", **fields) -> Suggestion:
    usual = {"id": text, "about": about.id, "about_kind": "vendor", "author": "Dana", "side": Side.OPERATOR}
    return Suggestion(text=text, **(BORN | usual | fields))


@pytest.fixture
def tidewater(book: Book, contact):
    hanna, made = stored(book, contact("Hanna Brandt"), vendor())
    stored(book, agreement(made, owner=hanna.id))
    return made


@pytest.fixture
def window(desk, tidewater, qtbot):
    made = opened(desk, qtbot, "vendors")
    made.page.step(0)
    yield made
    made.close()


@pytest.fixture
def panel(window):
    return window.page.reading.suggestions


def told(panel) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel))


def test_a_suggestion_is_left_by_keyboard_and_can_be_taken_back(window, panel, qtbot, book: Book):
    assert panel.isHidden()
    window.page.reading.suggest.setFocus()
    qtbot.keyClick(window.page.reading.suggest, Qt.Key.Key_Return)
    assert panel.draft.text.hasFocus()
    panel.draft.side.set_value(Side.SECURITY)
    panel.draft.field.set_value("how_to_get_through")
    qtbot.keyClicks(panel.draft.text, "Name the staging queue too.")
    qtbot.keyClick(panel.draft.text, Qt.Key.Key_Return)
    (made,) = records.everything(book, Suggestion)
    assert (made.text, made.side, made.field, made.about_kind) == (
        *("Name the staging queue too.", Side.SECURITY, "how_to_get_through", "vendor"),
    )
    assert panel.draft.isHidden()
    assert "on: How to get through\nName the staging queue too.\nHanna Brandt is to settle it" in told(panel)
    assert QApplication.focusWidget() is window.page.reading.text
    qtbot.keyClick(window.page.reading.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert records.everything(book, Suggestion) == []
    assert panel.isHidden()


def test_esc_leaves_without_suggesting_and_the_record_stays(window, panel, qtbot, book: Book, tidewater):
    qtbot.mouseClick(window.page.reading.suggest, LEFT)
    qtbot.keyClicks(panel.draft.text, "Never mind")
    qtbot.keyClick(panel.draft.text, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert window.page.reading.record.id == tidewater.id
    assert records.everything(book, Suggestion) == []


def test_the_owner_accepts_and_it_is_told_on_demand(window, panel, qtbot, book: Book, tidewater):
    stored(book, suggestion(tidewater))
    (accept, _), *_ = panel.verdicts
    assert accept.accessibleName() == "Accept …: Name the staging queue too."
    qtbot.mouseClick(accept, LEFT)
    qtbot.keyClicks(panel.verdict.answer, "Added.")
    qtbot.keyClick(panel.verdict.answer, Qt.Key.Key_Return)
    (made,) = records.everything(book, Suggestion)
    assert (made.outcome, made.answer, made.settled) == (Outcome.ACCEPTED, "Added.", NOW)
    assert (panel.verdicts, panel.settled.text()) == ([], "1 settled suggestion")
    assert "Name the staging" not in told(panel)
    qtbot.mouseClick(panel.settled, LEFT)
    assert "Accepted by " in told(panel)
    assert "just now: Added." in told(panel)


def test_a_no_is_owed_a_reason(panel, qtbot, book: Book, desk, tidewater):
    stored(book, suggestion(tidewater))
    said = heard(desk)
    qtbot.mouseClick(panel.verdicts[0][1], LEFT)
    qtbot.keyClick(panel.verdict.answer, Qt.Key.Key_Return)
    assert said[-1].startswith("Say why you decline it")
    qtbot.keyClicks(panel.verdict.answer, "Staging has no queue.")
    qtbot.mouseClick(panel.verdict.do, LEFT)
    assert records.everything(book, Suggestion)[0].outcome is Outcome.DECLINED


def test_another_programs_suggestion_appears_and_that_of_another_record_does_not(window, panel, path, desk, tidewater):
    elsewhere(path, Edit(None, suggestion(tidewater)))
    desk.ticker.second.emit()
    assert "Suggested by Dana (operator), just now\nName the staging queue too." in told(panel)
    (other,) = stored(desk.book, vendor("Aardvark Networks"))
    window.page.detail.open(other.id)
    assert panel.isHidden()


def test_today_leads_to_the_record(window, desk, book: Book, tidewater):
    stored(book, suggestion(tidewater))
    window.go(Place("today"))
    (row,) = [row for row in window.page.table.records() if "suggests for" in row.due.what]
    assert "Hanna Brandt is to settle it" in row.due.what
    desk.settling.emit(row.due)
    assert window.rooms.current_name() == "vendors"
    assert window.page.reading.record.id == tidewater.id
    assert window.page.reading.suggestions.verdicts[0][0].hasFocus()


@pytest.mark.parametrize("page", ["contacts", "blockers", "agreements", "knowledge", "deployments"])
def test_every_page_of_records_takes_suggestions(page, window, qtbot, book: Book, known):
    stored(book, blocker())
    if page == "deployments":
        from escplaybook.domain.deployments import Deployment

        stored(book, Deployment(id="d", name="Harbour ERP", **BORN))
    window.go(Place(page))
    qtbot.waitUntil(lambda: window.page.hits.table.rowCount() > 0)
    window.page.step(0)
    reading = window.page.reading
    qtbot.mouseClick(reading.suggest, LEFT)
    qtbot.keyClicks(reading.suggestions.draft.text, "Say it shorter.")
    qtbot.keyClick(reading.suggestions.draft.text, Qt.Key.Key_Return)
    (made,) = records.everything(book, Suggestion)
    assert made.about == reading.record.id


def test_a_book_for_reading_shows_them_and_takes_none(path, book: Book, theme, tidewater, qtbot):
    stored(book, suggestion(tidewater))
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: NOW)
        window = opened(desk, qtbot, "vendors")
        window.page.step(0)
        reading = window.page.reading
        assert reading.suggest.isHidden()
        assert "Name the staging queue too." in told(reading.suggestions)
        assert all(button.isHidden() for pair in reading.suggestions.verdicts for button in pair)
        window.close()
        desk.close()


def test_a_cell_of_the_matrix_takes_them_too(desk, qtbot, book: Book):
    from tests.ui.programmes import fill

    fill(book)
    window = opened(desk, qtbot, "matrix")
    window.page.step(+1)
    reading = window.page.beside.square.reading
    qtbot.mouseClick(reading.buttons["suggest"], LEFT)
    qtbot.keyClicks(reading.suggestions.draft.text, "Half an hour is too long.")
    qtbot.keyClick(reading.suggestions.draft.text, Qt.Key.Key_Return)
    (made,) = records.everything(book, Suggestion)
    assert (made.about, made.about_kind) == (reading.square.cell.id, "cell")
    assert "Half an hour is too long." in told(reading.suggestions)
    window.close()
