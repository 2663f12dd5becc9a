"""The matrix edited like a spreadsheet: ranges copied, pasted, filled, cleared and typed, each one stroke to undo."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from escplaybook.domain.classification import Severity
from escplaybook.domain.matrix import Cell
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.painting import square_words
from escplaybook.ui.matrix.sheets import Sheet
from tests.ui.matrix_hands import CTRL, at, opened, press, said, stand_on, type_into
from tests.ui.programmes import fill

SHIFT = Qt.KeyboardModifier.ShiftModifier
MIN = timedelta(minutes=1)


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot)
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def choose(
    page, qtbot, severity: Severity, rank: int, down: int = 0, right: int = 0, sheet: Sheet | None = None
) -> None:
    """Stand on a square and stretch the selection with Shift and the arrows."""
    stand_on(page, severity, rank, sheet)
    for _ in range(down):
        press(qtbot, page.grid.view, Qt.Key.Key_Down, SHIFT)
    for _ in range(right):
        press(qtbot, page.grid.view, Qt.Key.Key_Right, SHIFT)


def told(window) -> str:
    return window.messages.text.text()


def owners(page, *places: tuple[Severity, int]) -> list[str]:
    found = (at(page, *place).owner for place in places)
    return [person.name if person else "" for person in found]


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# ranges


def test_a_range_is_chosen_by_keys_and_stays_chosen_when_something_changes(page, qtbot):
    choose(page, qtbot, Severity.S1, 1, down=1, right=1)
    assert [[one.owner.name for one in row] for row in page.grid.selected()] == [["Mara Lindqvist", "Deniz Aydin"]] * 2
    page._refresh(frozenset({Cell}))
    assert len(page.grid.selected()) == len(page.grid.selected()[0]) == 2


def test_a_range_is_chosen_by_dragging(page, qtbot):
    view = page.grid.view
    first, last = (view.visualRect(page.grid.table.index(*where)).center() for where in ((1, 0), (2, 2)))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view.viewport(), last)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert [(row[0].severity, len(row)) for row in page.grid.selected()] == [(Severity.S2, 3), (Severity.S3, 3)]


# copy and paste


def test_copied_squares_are_text_for_a_spreadsheet(window, page, qtbot):
    choose(page, qtbot, Severity.S1, 3, down=1, right=1)
    press(qtbot, page.grid.view, Qt.Key.Key_C, CTRL)
    assert clipboard() == (
        "Ingrid Solberg; no backup; answer 30 min; resolve 2 h\t"
        "Paul Adeyemi; backup Ana Ferreira; answer 1 h; resolve 4 h\n"
        "Ingrid Solberg; no backup; answer 2 h; resolve 8 h\t"
        "Paul Adeyemi; backup Ana Ferreira; answer 4 h; resolve 1 d\n"
    )
    assert told(window) == "Copied 4 cells."


def test_a_range_is_pasted_in_one_stroke_and_taken_back_in_one(window, page, qtbot):
    choose(page, qtbot, Severity.S1, 1, right=1)
    press(qtbot, page.grid.view, Qt.Key.Key_C, CTRL)
    stand_on(page, Severity.S3, 2)
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert owners(page, (Severity.S3, 2), (Severity.S3, 3)) == ["Mara Lindqvist", "Deniz Aydin"]
    assert at(page, Severity.S3, 2).cell.acknowledge == 5 * MIN
    assert told(window) == "Paste 2 cells"
    window.messages.offer.click()
    assert owners(page, (Severity.S3, 2), (Severity.S3, 3)) == ["Deniz Aydin", "Ingrid Solberg"]


def test_one_copied_square_fills_all_that_are_chosen(window, page, qtbot):
    stand_on(page, Severity.S2, 2)
    press(qtbot, page.grid.view, Qt.Key.Key_C, CTRL)
    choose(page, qtbot, Severity.S3, 1, down=1, right=1)
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert {at(page, severity, rank).owner.name for severity in (Severity.S3, Severity.S4) for rank in (1, 2)} == {
        "Deniz Aydin"
    }
    assert told(window) == "Paste 4 cells"


def test_what_comes_from_a_spreadsheet_is_read_as_people_write_it(window, page, qtbot, book):
    QGuiApplication.clipboard().setText('ruth\t"Jun Park\nbackup Mara"\r\n20 min; resolve 3 h\tnot escalated\r\n')
    stand_on(page, Severity.S1, 1)
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert owners(page, (Severity.S1, 1), (Severity.S1, 2)) == ["Ruth Mensah", "Jun Park"]
    assert at(page, Severity.S1, 1).backup.name == "Jun Park"  # what the text does not say stays
    assert at(page, Severity.S1, 2).backup.name == "Mara Lindqvist"
    assert (at(page, Severity.S2, 1).cell.acknowledge, at(page, Severity.S2, 1).cell.resolve) == (20 * MIN, 180 * MIN)
    assert at(page, Severity.S2, 2).cell.not_escalated


def test_a_paste_that_cannot_be_is_refused_in_its_square_and_nothing_is_half_pasted(window, page, qtbot, book):
    before = records.everything(book, Cell)
    QGuiApplication.clipboard().setText("ruth\tJon Nobody\tmara; backup mara\tanswer 9 d")
    stand_on(page, Severity.S1, 1)
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert records.everything(book, Cell) == before
    assert told(window) == (
        "S1 Project manager: Nobody is called “Jon Nobody”; write a name as it stands in the contacts, or add the "
        "person there. 2 more cannot be either. Nothing was pasted."
    )
    refused = page.grid.delegate.refused
    assert [why[:19] for why in refused.values()] == [
        "Nobody is called “J",
        "The backup must be ",
        "The targets are the",
    ]
    tall = page.grid.view.rowHeight(0)
    press(qtbot, page.grid.view, Qt.Key.Key_Delete)
    assert page.grid.delegate.refused == {}
    assert page.grid.view.rowHeight(0) < tall


def test_a_paste_over_the_edge_is_refused(window, page, qtbot, book):
    before = records.everything(book, Cell)
    QGuiApplication.clipboard().setText("mara\tjun")
    stand_on(page, Severity.S1, 4)
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert told(window).startswith("What was copied is 1 × 2 squares and goes over the edge here; nothing was pasted.")
    assert records.everything(book, Cell) == before


def test_a_square_copied_from_the_default_matrix_sets_a_stage_apart_and_an_equal_one_does_not(
    window, page, qtbot, book
):
    stand_on(page, Severity.S1, 1)
    press(qtbot, page.grid.view, Qt.Key.Key_C, CTRL)
    stand_on(page, Severity.S1, 1, Sheet(stage="testing"))
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert told(window) == "Nothing to change: the squares hold that already."
    stand_on(page, Severity.S2, 1, Sheet(stage="testing"))
    press(qtbot, page.grid.view, Qt.Key.Key_V, CTRL)
    assert told(window) == "Paste into S2 Team lead, Testing"
    assert at(page, Severity.S2, 1).is_own


# fill and clear


def test_a_column_is_filled_down_in_one_stroke(window, page, qtbot):
    choose(page, qtbot, Severity.S1, 1, down=3)
    press(qtbot, page.grid.view, Qt.Key.Key_D, CTRL)
    assert told(window) == "Fill Mara Lindqvist down 3 cells"
    assert {at(page, severity, 1).cell.acknowledge for severity in Severity} == {5 * MIN}
    window.messages.offer.click()
    assert at(page, Severity.S4, 1).cell.acknowledge == 1440 * MIN


def test_a_row_is_filled_right_and_one_square_takes_what_stands_before_it(window, page, qtbot):
    choose(page, qtbot, Severity.S1, 1, right=2)
    press(qtbot, page.grid.view, Qt.Key.Key_R, CTRL)
    assert told(window) == "Fill Mara Lindqvist right 2 cells"
    assert owners(page, (Severity.S1, 2), (Severity.S1, 3)) == ["Mara Lindqvist"] * 2
    stand_on(page, Severity.S2, 2)
    press(qtbot, page.grid.view, Qt.Key.Key_D, CTRL)
    assert told(window) == "Fill Mara Lindqvist down 1 cell"


def test_delete_goes_back_to_what_is_inherited(window, page, qtbot, people):
    choose(page, qtbot, Severity.S1, 3, down=1, sheet=Sheet(stage="integration"))
    assert at(page, Severity.S1, 3).is_own
    press(qtbot, page.grid.view, Qt.Key.Key_Delete)
    assert told(window) == "Use what is inherited again for 2 cells"
    assert not at(page, Severity.S1, 3).is_own
    assert at(page, Severity.S2, 3).owner == people["ingrid"]
    press(qtbot, page.grid.view, Qt.Key.Key_Delete)
    assert told(window).startswith("Nothing is set here")
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert at(page, Severity.S1, 3).is_own


def test_delete_empties_a_square_of_the_default_matrix(window, page, qtbot):
    stand_on(page, Severity.S1, 4)
    press(qtbot, page.grid.view, Qt.Key.Key_Delete)
    assert told(window) == "Empty S1 Executive sponsor"
    assert at(page, Severity.S1, 4).cell is None


# writing in place


def test_a_name_typed_over_a_square_is_its_owner_and_enter_goes_on_below(window, page, qtbot):
    stand_on(page, Severity.S1, 1)
    qtbot.keyClicks(page.grid.view, "r")
    field = page.grid.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "uth m")
    press(qtbot, field, Qt.Key.Key_Return)
    assert told(window) == "Make Ruth Mensah owner of S1 Team lead"
    assert page.grid.view.hasFocus()
    assert page.grid.current().severity is Severity.S2
    qtbot.keyClicks(page.grid.view, "9")
    qtbot.keyClicks(field, "0 min")
    press(qtbot, field, Qt.Key.Key_Tab)
    assert at(page, Severity.S2, 1).cell.acknowledge == 90 * MIN
    assert page.grid.current().level.rank == 2
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert owners(page, (Severity.S1, 1)) == ["Mara Lindqvist"]


def test_what_is_typed_and_cannot_be_stays_to_be_mended(window, page, qtbot, book):
    stand_on(page, Severity.S1, 1)
    qtbot.keyClicks(page.grid.view, "x")
    field = page.grid.field
    press(qtbot, field, Qt.Key.Key_Return)
    assert told(window).startswith("S1 Team lead: Nobody is called “x”")
    assert told(window).endswith("Nothing was changed.")
    assert field.isVisible()
    assert field.property("wrong")
    assert field.text() == "x"
    field.setText("jun")
    press(qtbot, field, Qt.Key.Key_Return)
    assert told(window).endswith("The backup must be another person than the owner. Nothing was changed.")
    press(qtbot, field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert page.grid.view.hasFocus()
    assert owners(page, (Severity.S1, 1)) == ["Mara Lindqvist"]


def test_f2_writes_on_in_what_stands_there(page, qtbot):
    stand_on(page, Severity.S1, 2)
    press(qtbot, page.grid.view, Qt.Key.Key_F2)
    assert page.grid.field.text() == "Deniz Aydin; backup Ruth Mensah; answer 15 min; resolve 1 h"
    page.grid.field.setText("Deniz Aydin; backup Ruth Mensah; answer 10 min; act 20 min; resolve 1 h")
    press(qtbot, page.grid.field, Qt.Key.Key_Backtab)
    cell = at(page, Severity.S1, 2).cell
    assert (cell.acknowledge, cell.act) == (10 * MIN, 20 * MIN)
    assert page.grid.current().level.rank == 1


def test_control_and_enter_write_the_same_into_all_that_are_chosen(window, page, qtbot):
    choose(page, qtbot, Severity.S1, 1, down=3)
    qtbot.keyClicks(page.grid.view, "b")
    qtbot.keyClicks(page.grid.field, "ackup ana")
    press(qtbot, page.grid.field, Qt.Key.Key_Return, CTRL)
    assert told(window) == "Write “backup ana” in 4 cells"
    assert {at(page, severity, 1).backup.name for severity in Severity} == {"Ana Ferreira"}
    assert at(page, Severity.S4, 1).cell.acknowledge == 1440 * MIN
    assert len(page.grid.selected()) == 4


def test_going_elsewhere_takes_what_was_written(page, qtbot, window):
    stand_on(page, Severity.S3, 1)
    qtbot.keyClicks(page.grid.view, "j")
    qtbot.keyClicks(page.grid.field, "un; no backup")
    page.heading.stages.setFocus()
    assert owners(page, (Severity.S3, 1)) == ["Jun Park"]
    assert at(page, Severity.S3, 1).backup is None
    assert QApplication.focusWidget() is page.heading.stages


def test_the_menu_of_the_table_offers_what_the_keys_do(page):
    offered = [action.text() for action in page.grid.view.actions()]
    assert offered == ["Write in it", "Copy", "Paste", "Fill down", "Fill right", "Clear what is set here"]


def test_a_book_for_reading_is_copied_from_and_left_alone(path, book, people, theme, qtbot, now):
    book.close()
    path.chmod(0o400)
    desk = Desk(Book.open(path), theme, clock=lambda: now)
    window = opened(desk, qtbot)
    page = window.page
    stand_on(page, Severity.S1, 1)
    press(qtbot, page.grid.view, Qt.Key.Key_C, CTRL)
    assert clipboard().startswith("Mara Lindqvist")
    stand_on(page, Severity.S2, 2)
    for key in (Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_R):
        press(qtbot, page.grid.view, key, CTRL)
    press(qtbot, page.grid.view, Qt.Key.Key_Delete)
    qtbot.keyClicks(page.grid.view, "m")
    assert not page.grid.field.isVisible()
    assert owners(page, (Severity.S2, 2)) == ["Deniz Aydin"]
    window.close()
    desk.close()


# from afar, and by which clock


def test_the_table_stands_alone_for_the_projector_until_something_beside_it_is_wanted(window, page, qtbot):
    stand_on(page, Severity.S1, 1)
    narrow = page.grid.view.width()
    press(qtbot, window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not page.beside.isVisible())
    qtbot.waitUntil(lambda: page.grid.view.width() > narrow)
    page._desk.theme.set_zoom(2.0)
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: page.grid.view.horizontalScrollBar().maximum() == 0)
    page._desk.theme.set_zoom(1.0)
    assert page.beside.focus_target() not in page.panes()
    press(qtbot, page.grid.view, Qt.Key.Key_Return)
    assert page.beside.isVisible()
    assert page.beside.square.currentWidget() is page.beside.square.form


def test_targets_in_business_hours_say_so_in_the_square_and_beside_it(page, qtbot, book):
    stand_on(page, Severity.S4, 2)
    page.beside.square.edit()
    fields = page.beside.square.form.form.fields
    type_into(qtbot, fields["calendar"], "Mon-Fri 08:00-16:00 in Europe/Oslo, holidays of QQ")
    page.save()
    assert fields["calendar"].property("wrong")
    type_into(qtbot, fields["calendar"], "Mon-Fri 08:00-16:00 in Europe/Oslo, holidays NO")
    type_into(qtbot, fields["resolve"], "1 h")
    page.save()
    assert fields["resolve"].property("wrong"), "resolved before it is answered"
    type_into(qtbot, fields["resolve"], "9 d")
    page.save()
    assert at(page, Severity.S4, 2).cell.calendar == "Mon-Fri 08:00-16:00 in Europe/Oslo, holidays of NO"
    assert "in business hours" in [run for words in square_words(at(page, Severity.S4, 2)) for run, _ in words.runs]
    assert "Counted Mon–Fri\N{NO-BREAK SPACE}08:00–16:00 in Oslo, without holidays of NO" in said(page)
