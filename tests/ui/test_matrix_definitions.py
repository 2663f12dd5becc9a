"""What the matrix is made of is read and mended beside it: severities, levels, decision rights."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import DecisionRight, Level, SeverityDefinition
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.ui.desk import Place
from escplaybook.ui.matrix.sheets import Sheet, Square, square_at
from escplaybook.ui.matrix.words import criteria_line
from tests.conftest import NOW
from tests.ui.matrix_hands import CTRL, opened, press, type_into
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


def open_list(page, kind) -> None:
    page.heading.definitions.click()
    page.definitions.select(kind)
    page.definitions.step(0)


def titles(page) -> list[str]:
    return [page.definitions.row_of(record).title for record in page.definitions.table.records()]


def test_a_click_on_a_head_opens_the_severity_or_the_level(page, qtbot):
    page.grid.down.sectionClicked.emit(1)
    assert page.beside.definition.severity == Severity.S2
    assert "A ticket carries" in page.beside.details[SeverityDefinition].reading.text.toPlainText()
    press(qtbot, page.beside.focus_target(), Qt.Key.Key_Escape)
    press(qtbot, page.definitions.view, Qt.Key.Key_Escape)
    assert page.left.currentWidget() is page.pane
    assert page.grid.view.hasFocus()
    page.grid.across.sectionClicked.emit(2)
    assert page.beside.definition.name == "Director"


def test_criteria_cadence_and_intake_are_mended_in_one_form(page, qtbot, book):
    open_list(page, SeverityDefinition)
    detail = page.beside.details[SeverityDefinition]
    detail.edit()
    fields = detail.form.form.fields
    fields["criteria"].set_value("- **Payroll** stops\n- orders are lost")
    type_into(qtbot, fields["cadence"], "every so often")
    press(qtbot, fields["cadence"], Qt.Key.Key_S, CTRL)
    assert fields["cadence"].property("wrong")
    type_into(qtbot, fields["cadence"], "20 min")
    fields["intake"].set_value("- Since when\n\n- Who sees it")
    press(qtbot, fields["cadence"], Qt.Key.Key_S, CTRL)
    stored = next(one for one in records.everything(book, SeverityDefinition) if one.severity == Severity.S1)
    assert stored.cadence == timedelta(minutes=20)
    assert stored.intake == ("Since when", "Who sees it")
    assert criteria_line(stored) == "Payroll stops"  # as it stands before the row, without its Markdown


def test_another_level_goes_on_top_and_can_be_taken_out_of_use(page, qtbot, book):
    open_list(page, Level)
    assert page.definitions.add.text() == "Add level 5"
    qtbot.mouseClick(page.definitions.add, Qt.MouseButton.LeftButton)
    detail = page.beside.details[Level]
    type_into(qtbot, detail.form.form.fields["name"], "Board")
    press(qtbot, detail.form.form.fields["name"], Qt.Key.Key_S, CTRL)
    assert titles(page)[-1] == "5 · Board"
    assert page.grid.table.columnCount() == 5
    detail.retire()
    assert page.grid.table.columnCount() == 4
    assert page.definitions.add.text() == "Add level 6"  # cells go by the rank, so it is never given again


def test_a_decision_right_is_written_found_and_taken_back(window, page, qtbot, book, people):
    open_list(page, DecisionRight)
    assert len(titles(page)) == 3
    press(qtbot, window, Qt.Key.Key_N, CTRL)
    detail = page.beside.details[DecisionRight]
    fields = detail.form.form.fields
    type_into(qtbot, fields["decision"], "spend")
    type_into(qtbot, fields["threshold"], "up to 20,000 EUR")
    type_into(qtbot, fields["decider"], "paul")
    type_into(qtbot, fields["stage"], "Go-live")
    type_into(qtbot, fields["expires"], "next year")
    press(qtbot, fields["expires"], Qt.Key.Key_S, CTRL)
    assert "is no date" in window.messages.text.text()
    type_into(qtbot, fields["expires"], "2026-12-31")
    press(qtbot, fields["expires"], Qt.Key.Key_S, CTRL)
    stored = next(right for right in records.everything(book, DecisionRight) if right.decision == "spend")
    assert (stored.decider, stored.stage, stored.expires) == (people["paul"].id, "go-live", date(2026, 12, 31))
    assert page.definitions.current() == stored
    detail.retire()
    assert titles(page)[-1] == "Spend (up to 20,000 EUR)"
    assert ("no longer in use", "warn") in page.definitions.row_of(page.definitions.current()).meta
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert page.definitions.current().retired is None


def test_a_decider_who_has_left_stays_named_until_somebody_else_is(page, qtbot, book, people):
    right = next(one for one in records.everything(book, DecisionRight) if one.decider == people["deniz"].id)
    editing.apply(book, "Retire", Edit(people["deniz"], replace(people["deniz"], retired=NOW)), now=NOW)
    page.show_place(Place("matrix", right.id))
    detail = page.beside.details[DecisionRight]
    detail.edit()
    assert detail.form.form.fields["decider"].currentText() == "Deniz Aydin · Project manager"
    type_into(qtbot, detail.form.form.fields["threshold"], "within the first hour")
    detail.save()
    stored = records.find(book, DecisionRight, right.id)
    assert (stored.decider, stored.threshold) == (people["deniz"].id, "within the first hour")


def test_a_right_is_gone_to_by_its_id(window, page, book):
    right = records.everything(book, DecisionRight)[2]
    window._desk.go_to(right)
    assert page.beside.definition == right
    assert page.definitions.current() == right
    assert page.place() == Place("matrix", right.id)
    window.go(Place("matrix"))
    assert page.left.currentWidget() is page.pane


def test_own_levels_can_be_written_in_place_of_the_usual_ones(desk, qtbot, book):
    window = opened(desk, qtbot)
    page = window.page
    qtbot.mouseClick(page.pane.state.buttons[1], Qt.MouseButton.LeftButton)
    form = page.beside.details[Level].form
    assert form.heading.text() == "Level 1"
    type_into(qtbot, form.form.fields["name"], "On call")
    press(qtbot, form.form.fields["name"], Qt.Key.Key_S, CTRL)
    press(qtbot, page.definitions.view, Qt.Key.Key_Escape)
    press(qtbot, page.definitions.view, Qt.Key.Key_Escape)
    assert page.grid.table.columnCount() == 1
    assert criteria_line(None) == "not defined yet"
    open_list(page, SeverityDefinition)
    assert page.definitions.add.text() == "Define S1"
    window.close()


STAGES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(derandomize=True, deadline=None)
@given(
    st.sampled_from(Severity),
    st.integers(min_value=1, max_value=99),
    st.none() | st.uuids().map(str),
    STAGES,
    st.none() | st.sampled_from(CauseClass),
)
def test_an_address_leads_back_to_its_square(severity, rank, deployment, stage, cause):
    sheet = Sheet(deployment, stage, cause)
    level = Level(id="", rank=rank, name="-", created=NOW, updated=NOW)
    address = Square(sheet, severity, level, None, False, None, None).address
    assert square_at(address) == (sheet, severity, rank)


@pytest.mark.parametrize(
    "text", ["", "S1", "S5.1///", "S1.x///", "S1.1/never//", "01a20b6d-9260-77c4-b93c-6e952267de3c"]
)
def test_what_is_no_address_leads_nowhere(text):
    assert square_at(text) is None


def test_the_causes_every_book_knows_are_listed_and_described(page, qtbot, book):
    open_list(page, SubClass)
    assert titles(page) == ["approval", "priority", "resource", "API", "regulator", "vendor"]
    page.definitions.step(+5)
    assert page.beside.nothing.headline.text() == "vendor"
    qtbot.mouseClick(page.beside.nothing.buttons[0], Qt.MouseButton.LeftButton)
    fields = page.beside.details[SubClass].form.form.fields
    assert (fields["name"].value(), fields["cause_class"].value()) == ("vendor", CauseClass.EXTERNAL)
    type_into(qtbot, fields["counterpart"], "Their duty manager")
    press(qtbot, fields["counterpart"], Qt.Key.Key_S, CTRL)
    (stored,) = records.everything(book, SubClass)
    assert (stored.key, stored.name, stored.counterpart) == ("SC-0001", "vendor", "Their duty manager")
    assert len(titles(page)) == 6
    assert "Their duty manager" in page.beside.details[SubClass].reading.text.toPlainText()


def test_a_cause_of_one_s_own_is_added_and_none_is_described_twice(window, page, qtbot, book):
    open_list(page, SubClass)
    page.definitions.view.setCurrentIndex(page.definitions.table.index(0, 0))
    qtbot.mouseClick(page.definitions.add, Qt.MouseButton.LeftButton)
    fields = page.beside.details[SubClass].form.form.fields
    type_into(qtbot, fields["name"], "port authority")
    fields["cause_class"].set_value(CauseClass.EXTERNAL)
    press(qtbot, fields["name"], Qt.Key.Key_S, CTRL)
    assert "port authority" in titles(page)
    page.beside.new(SubClass, [], 1)
    type_into(qtbot, fields["name"], "Port Authority")
    fields["cause_class"].set_value(CauseClass.EXTERNAL)
    press(qtbot, fields["name"], Qt.Key.Key_S, CTRL)
    assert window.messages.text.text().startswith("“port authority” is described already, as SC-0001")
    assert len(records.everything(book, SubClass)) == 1


def test_what_a_blocker_is_is_written_down_once_and_changed(window, page, qtbot, book):
    open_list(page, BlockerDefinition)
    assert page.definitions.pane.state.headline.text() == "Nowhere stands what a blocker is"
    qtbot.mouseClick(page.definitions.add, Qt.MouseButton.LeftButton)
    detail = page.beside.details[BlockerDefinition]
    fields = detail.form.form.fields
    press(qtbot, fields["counts"], Qt.Key.Key_S, CTRL)
    assert window.messages.text.text() == "Say in a sentence or two what a blocker is."
    fields["text"].set_value("An obstacle that stalls a **milestone**.")
    fields["counts"].set_value("- a failed load\n\n- a lost key")
    press(qtbot, fields["counts"], Qt.Key.Key_S, CTRL)
    (stored,) = records.everything(book, BlockerDefinition)
    assert (stored.key, stored.counts) == ("BD-0001", ("a failed load", "a lost key"))
    assert not page.definitions.add.isVisibleTo(page.definitions), "there is one, and one is enough"
    assert "Counts as one" in detail.reading.text.toPlainText()
    assert titles(page) == ["What a blocker is"]
