"""A lead reads the matrix sheet by sheet and sets who answers, by keyboard alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import Cell, Level, SeverityDefinition
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.matrix.sheets import Sheet
from escplaybook.ui.window import MainWindow
from tests.ui.matrix_hands import CTRL, at, opened, press, said, stand_on, type_into
from tests.ui.programmes import fill


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot)
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


# the first matrix


def test_an_empty_matrix_offers_a_start_and_takes_it_back(desk, qtbot, book):
    window = opened(desk, qtbot)
    page = window.page
    assert page.pane.currentWidget() is page.pane.state
    assert not page.heading.stages.isVisible()
    page.panes()[0].setFocus()
    press(qtbot, page.panes()[0], Qt.Key.Key_Space)
    assert [level.name for level in records.everything(book, Level, "rank")] == [
        "Team lead",
        "Project manager",
        "Director",
        "Executive sponsor",
    ]
    assert len(records.everything(book, SeverityDefinition)) == 4
    assert page.grid.view.hasFocus()
    assert page.grid.current().cell is None
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert page.pane.currentWidget() is page.pane.state
    window.close()


def test_an_empty_cell_is_filled_in_without_a_mouse(desk, qtbot, book, contact, now):
    mara, jun = contact("Mara Lindqvist", role="Integration lead"), contact("Jun Park")
    editing.apply(book, "Add", Edit(None, mara), Edit(None, jun), now=now)
    window = opened(desk, qtbot)
    page = window.page
    page.pane.state.buttons[0].click()
    press(qtbot, page.grid.view, Qt.Key.Key_Down)
    press(qtbot, page.grid.view, Qt.Key.Key_Right)
    press(qtbot, page.grid.view, Qt.Key.Key_Return)
    fields = page.beside.square.form.form.fields
    assert fields["owner"].hasFocus() or fields["owner"].lineEdit().hasFocus()
    type_into(qtbot, fields["owner"], "integration")
    assert fields["owner"].currentText() == "Mara Lindqvist · Integration lead"
    type_into(qtbot, fields["backup"], "jun park")
    type_into(qtbot, fields["acknowledge"], "90 minutes")
    type_into(qtbot, fields["resolve"], "1,5 d")
    press(qtbot, fields["resolve"], Qt.Key.Key_S, CTRL)
    (cell,) = records.everything(book, Cell)
    assert (cell.severity, cell.level, cell.owner, cell.backup) == (Severity.S2, 2, mara.id, jun.id)
    assert (cell.acknowledge, cell.resolve) == (timedelta(minutes=90), timedelta(hours=36))
    assert (cell.deployment, cell.stage, cell.cause_class) == (None, "", None)
    assert page.grid.view.hasFocus()
    spoken = page.grid.view.currentIndex().data()
    assert spoken == "S2, Project manager: Mara Lindqvist, backup Jun Park, answer 1 h 30 min, resolve 1 d 12 h"
    assert window.messages.text.text() == "Set S2 Project manager"
    window.close()


# sheets, and what they inherit


def test_a_stage_shows_what_it_inherits_and_what_is_its_own(page, people):
    stand_on(page, Severity.S1, 3, Sheet(stage="integration"))
    assert page.heading.stages.tabText(page.heading.stages.currentIndex()) == "Integration"
    assert at(page, Severity.S1, 3).is_own
    assert at(page, Severity.S1, 3).backup == people["ruth"]
    assert not at(page, Severity.S1, 1).is_own
    assert at(page, Severity.S1, 1).owner == people["mara"]
    assert page.grid.legend.text().endswith("14 of 16 cells inherited.")


def test_the_stages_of_a_deployment_have_tabs_too(page, people):
    tabs = [page.heading.stages.tabText(tab) for tab in range(page.heading.stages.count())]
    assert tabs == ["Any stage", "Initiation", "Integration", "Testing", "Go-live", "Hypercare"]
    page.heading.deployment.set_value(people["harbour"].id)
    page.heading.deployment.changed.emit()
    tabs = [page.heading.stages.tabText(tab) for tab in range(page.heading.stages.count())]
    assert tabs[-1] == "Probelauf mit Echtdaten"


def test_external_causes_climb_another_ladder(page, people):
    assert at(page, Severity.S2, 2).owner == people["deniz"]
    page.heading.cause.set_value(CauseClass.EXTERNAL)
    page.heading.cause.changed.emit()
    assert at(page, Severity.S2, 2).owner == people["ruth"]
    assert at(page, Severity.S2, 2).is_own
    page.heading.cause.set_value(CauseClass.INTERNAL)
    page.heading.cause.changed.emit()
    assert at(page, Severity.S2, 2).owner == people["deniz"]
    assert not at(page, Severity.S2, 2).is_own


def test_a_cell_tells_where_it_is_set_apart_and_goes_there(page, qtbot, people):
    stand_on(page, Severity.S1, 3)
    assert "Integration: Ingrid Solberg" in said(page)
    stand_on(page, Severity.S2, 2)
    assert "external causes: Ruth Mensah" in said(page)
    button = next(b for b in page.beside.square.reading.buttons.values() if "Ruth Mensah" in b.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.heading.sheet() == Sheet(cause_class=CauseClass.EXTERNAL)
    assert page.grid.current().owner == people["ruth"]


def test_what_is_inherited_is_set_for_the_stage_and_given_back(window, page, qtbot, book, people):
    square = stand_on(page, Severity.S1, 2, Sheet(stage="testing"))
    base = square.cell
    assert "Inherited from the default matrix" in said(page)
    press(qtbot, page.grid.view, Qt.Key.Key_Return)
    assert page.beside.square.currentWidget() is page.beside.square.reading  # asked first what is meant
    press(qtbot, QApplication.focusWidget(), Qt.Key.Key_Space)
    fields = page.beside.square.form.form.fields
    assert fields["owner"].value() == people["deniz"].id  # begins as what was inherited
    type_into(qtbot, fields["owner"], "ingrid solberg")
    press(qtbot, fields["owner"], Qt.Key.Key_S, CTRL)
    square = at(page, Severity.S1, 2)
    assert square.is_own
    assert (square.cell.stage, square.owner) == ("testing", people["ingrid"])
    assert records.find(book, Cell, base.id) == base  # the default matrix is as it was
    assert "Set for Testing, in place of the default matrix" in said(page)

    qtbot.mouseClick(page.beside.square.reading.buttons["retire"], Qt.MouseButton.LeftButton)
    assert at(page, Severity.S1, 2).cell == base
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert at(page, Severity.S1, 2).owner == people["ingrid"]


def test_one_goes_from_an_inherited_cell_to_where_it_is_set(page, qtbot):
    base = stand_on(page, Severity.S3, 1, Sheet(stage="testing")).cell
    qtbot.mouseClick(page.beside.square.reading.buttons["source"], Qt.MouseButton.LeftButton)
    assert page.heading.sheet() == Sheet()
    assert page.grid.current().cell == base
    assert page.grid.current().is_own


# what the pane says


def test_the_cell_tells_rights_hours_and_whether_the_number_is_proved(page, people):
    stand_on(page, Severity.S1, 3, Sheet(stage="integration"))
    told = said(page)
    assert "Oslo, 03:41 there · off duty" in told
    assert "Ready: one number verified 9 days ago" in told
    assert "Change the design (up to 20 days of work)" in told
    assert "Authorise a temporary workaround (up to 72 h)" in told
    assert "Roll back" not in told  # is Deniz's, at testing
    stand_on(page, Severity.S1, 2, Sheet(stage="testing"))
    assert "Roll back" in said(page)
    stand_on(page, Severity.S1, 4)
    assert "Not: mobile verified 140 days ago, out of date" in said(page)


def test_a_change_made_elsewhere_shows_at_once(page, book, people, now):
    cell = stand_on(page, Severity.S2, 1).cell
    editing.apply(book, "Change", Edit(cell, replace(cell, owner=people["ana"].id)), now=now)
    assert page.grid.current().owner == people["ana"]
    assert "Ana Ferreira" in said(page)


# going about


def test_today_leads_to_the_cell_and_back_leads_away_again(window, qtbot, book):
    cell = next(c for c in programme(book).cells if c.stage == "go-live")
    window.go(Place("today"))
    window._desk.go_to(cell)
    page = window.page
    assert page.heading.sheet() == Sheet(cell.deployment, "go-live")
    assert page.grid.current().cell == cell
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page.place().page == "today"
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.page.grid.current().cell == cell


def test_f6_walks_table_pane_and_stages(window, page, qtbot):
    page.grid.view.setFocus()
    seen = []
    for _ in range(3):
        seen.append(QApplication.focusWidget())
        press(qtbot, window, Qt.Key.Key_F6)
    assert seen == [page.grid.view, page.beside.square.reading.buttons["edit"], page.heading.stages]
    press(qtbot, page.heading.stages, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    page.heading.stages.setFocus()
    press(qtbot, page.heading.stages, Qt.Key.Key_Right)
    assert page.heading.sheet() == Sheet(stage="initiation")


def test_the_square_one_was_on_is_there_after_a_restart(desk, people, qtbot):
    first = opened(desk, qtbot)
    stand_on(first.page, Severity.S3, 2, Sheet(stage="testing"))
    first.close()
    second = MainWindow(desk)
    qtbot.addWidget(second)
    qtbot.waitUntil(lambda: second.page.heading.sheet() == Sheet(stage="testing"))
    assert second.page.grid.current().severity == Severity.S3
    assert second.page.grid.current().level.rank == 2
    second.close()


def test_everything_fits_a_small_window_with_the_longest_names(window, page, qtbot):
    window.resize(1100, 700)
    stand_on(page, Severity.S2, 3, Sheet(stage="integration"))
    qtbot.waitUntil(lambda: page.grid.view.width() < 600)
    page.grid.fit()
    assert page.grid.current().owner.name.startswith("Hubertus")
    assert page.grid.view.horizontalScrollBar().maximum() == 0
    assert page.beside.square.reading.area.horizontalScrollBar().maximum() == 0
    rows = range(page.grid.table.rowCount())
    assert all(page.grid.view.rowHeight(row) >= page.grid.view.sizeHintForRow(row) for row in rows)


def test_the_table_keeps_the_rules_of_its_trade(page, qtmodeltester):
    qtmodeltester.check(page.grid.table)


def test_a_book_for_reading_offers_nothing_to_change(path, book, people, theme, qtbot, now):
    book.close()
    path.chmod(0o400)
    desk = Desk(Book.open(path), theme, clock=lambda: now)
    window = opened(desk, qtbot)
    page = window.page
    stand_on(page, Severity.S1, 3)
    assert all(name in ("rights", "audit") or name.startswith("go:") for name in page.beside.square.reading.buttons)
    press(qtbot, page.grid.view, Qt.Key.Key_Return)
    assert page.beside.square.currentWidget() is page.beside.square.reading
    page.heading.definitions.click()
    assert not page.definitions.add.isVisible()
    window.close()
    desk.close()
