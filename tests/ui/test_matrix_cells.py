"""A cell is mended in its form: what cannot be is refused, nothing typed is lost, everything can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.classification import Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import Cell
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.ui.matrix.painting import findings_of
from tests.conftest import NOW
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


def test_a_missing_backup_is_red_and_one_step_from_being_named(window, page, qtbot, people):
    square = stand_on(page, Severity.S1, 3)
    assert findings_of(square) == [("Hours without anybody", "bad"), ("No backup", "warn")]
    assert "S1, level 3 has no backup" in said(page)
    qtbot.mouseClick(page.beside.square.reading.buttons["backup"], Qt.MouseButton.LeftButton)
    field = page.beside.square.form.form.fields["backup"]
    assert QApplication.focusWidget() in (field, field.lineEdit())
    type_into(qtbot, field, "ruth")
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    assert findings_of(at(page, Severity.S1, 3)) == [("On two levels", "warn")]  # she stands in on level 2, too
    assert window.messages.text.text() == "Make Ruth Mensah backup of S1 Director"
    window.messages.offer.click()
    assert ("No backup", "warn") in findings_of(at(page, Severity.S1, 3))


def test_a_target_nobody_can_read_is_refused_and_nothing_is_lost(window, page, qtbot, book):
    before = stand_on(page, Severity.S1, 1).cell
    page.beside.square.edit()
    field = page.beside.square.form.form.fields["act"]
    type_into(qtbot, field, "as soon as possible")
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    told = "“as soon as possible” is no span of time; write it like 15 min, 1 h or 2 d."
    assert window.messages.text.text() == told
    assert field.property("wrong")
    assert field.hasFocus()
    assert field.text() == "as soon as possible"
    assert records.find(book, Cell, before.id) == before
    type_into(qtbot, field, "15 min")
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    assert records.find(book, Cell, before.id).act == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("nobody we know", "Nobody is called just “nobody we know”"),
        ("an", "Nobody is called just “an”"),  # Deniz Aydin is not, but Ana and Ruth Mensah could be meant
        ("mara", "The backup must be another person than the owner."),
    ],
)
def test_a_backup_who_cannot_be_is_refused_in_a_sentence(window, page, qtbot, book, typed, told):
    before = stand_on(page, Severity.S1, 1).cell
    page.beside.square.edit()
    field = page.beside.square.form.form.fields["backup"]
    type_into(qtbot, field, typed)
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    assert window.messages.text.text().startswith(told)
    assert field.property("wrong")
    assert records.find(book, Cell, before.id) == before


def test_deputies_are_added_in_rows_and_told_beside_the_table(window, page, qtbot, book, people):
    before = stand_on(page, Severity.S1, 1).cell
    page.beside.square.edit()
    field = page.beside.square.form.form.fields["deputies"]
    for name in ("ruth", "ana"):
        qtbot.mouseClick(field.adder, Qt.MouseButton.LeftButton)
        type_into(qtbot, field.editors[-1].fields["person"], name)
    qtbot.mouseClick(field.editors[1].up, Qt.MouseButton.LeftButton)
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    stored = records.find(book, Cell, before.id)
    assert stored.deputies == ()
    assert "Nobody is called just “ana”" in window.messages.text.text()  # Ruth Mensah may be meant as well
    type_into(qtbot, field.editors[0].fields["person"], "ana ferreira")
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    assert records.find(book, Cell, before.id).deputies == (people["ana"].id, people["ruth"].id)
    assert window.messages.text.text() == "Change the deputies of S1 Team lead"
    told = said(page)
    assert told.index("Backup") < told.index("Deputy") < told.index("Ana Ferreira") < told.index("Ruth Mensah")
    assert at(page, Severity.S1, 1).deputies == (people["ana"], people["ruth"])


def test_who_has_left_is_red_and_one_step_from_being_followed(page, qtbot, book, people):
    cell = stand_on(page, Severity.S3, 1).cell
    editing.apply(book, "Retire", Edit(people["mara"], replace(people["mara"], retired=NOW)), now=NOW)
    assert findings_of(at(page, Severity.S3, 1)) == [("Owner has left", "bad")]
    assert "S3, level 1 is owned by Mara Lindqvist, who is no longer in use" in said(page)
    qtbot.mouseClick(page.beside.square.reading.buttons["owner"], Qt.MouseButton.LeftButton)
    field = page.beside.square.form.form.fields["owner"]
    assert field.value() == people["mara"].id  # opening the form alone takes nobody away
    type_into(qtbot, field, "ana ferreira")
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    assert records.find(book, Cell, cell.id).owner == people["ana"].id
    assert findings_of(at(page, Severity.S3, 1)) == []


def test_lines_of_a_longer_text_stay_lines(page, book):
    cell = stand_on(page, Severity.S1, 1).cell
    told = "Call twice.\n\nThen the bridge, room 31."
    editing.apply(book, "Change", Edit(cell, replace(cell, channel=told, outcome=told)), now=NOW)
    page.beside.square.edit()
    page.beside.square.form.form.fields["entry_criterion"].set_value("Always")
    page.save()
    stored = records.find(book, Cell, cell.id)
    assert (stored.channel, stored.outcome, stored.entry_criterion) == (told, told, "Always")


def test_nobody_is_named_by_emptying_the_field(page, qtbot, book):
    before = stand_on(page, Severity.S1, 1).cell
    page.beside.square.edit()
    field = page.beside.square.form.form.fields["backup"]
    field.lineEdit().selectAll()
    press(qtbot, field.lineEdit(), Qt.Key.Key_Delete)
    press(qtbot, field, Qt.Key.Key_S, CTRL)
    assert records.find(book, Cell, before.id).backup is None


def test_walking_on_keeps_what_was_typed(window, page, qtbot, book):
    before = stand_on(page, Severity.S1, 1).cell
    page.beside.square.edit()
    type_into(qtbot, page.beside.square.form.form.fields["channel"], "bridge 31")
    stand_on(page, Severity.S1, 2)
    assert records.find(book, Cell, before.id) == before
    stand_on(page, Severity.S1, 1)
    assert window.messages.text.text().startswith("You were editing this")
    window.messages.offer.click()
    assert page.beside.square.form.form.fields["channel"].value() == "bridge 31"
    page.save()
    assert records.find(book, Cell, before.id).channel == "bridge 31"


def test_stepping_out_drops_the_changes_until_one_goes_on(window, page, qtbot):
    stand_on(page, Severity.S1, 1)
    page.beside.square.edit()
    type_into(qtbot, page.beside.square.form.form.fields["channel"], "bridge 31")
    press(qtbot, page.beside.square.form, Qt.Key.Key_Escape)
    assert page.beside.square.currentWidget() is page.beside.square.reading
    assert page.grid.view.hasFocus()
    page.grid.step(+1)  # and then it was wanted after all
    window.messages.offer.click()
    assert page.grid.current().level.rank == 1
    assert page.beside.square.form.form.fields["channel"].value() == "bridge 31"


def test_a_cell_that_stood_otherwise_comes_back_from_its_history(page, qtbot, book):
    before = stand_on(page, Severity.S1, 1).cell
    page.beside.square.edit()
    type_into(qtbot, page.beside.square.form.form.fields["channel"], "bridge 31")
    page.save()
    qtbot.mouseClick(page.beside.square.reading.buttons["history"], Qt.MouseButton.LeftButton)
    history = page.beside.square.history
    assert history.view.hasFocus()
    assert "bridge 31" in history.difference.toPlainText()
    press(qtbot, history.view, Qt.Key.Key_Down)
    assert "Mara Lindqvist" in history.difference.toPlainText()  # by name, never by id
    qtbot.mouseClick(history.restore, Qt.MouseButton.LeftButton)
    assert records.find(book, Cell, before.id).channel == ""
    assert page.beside.square.currentWidget() is page.beside.square.reading


def test_a_level_that_is_not_asked_says_so(page, qtbot, book):
    stand_on(page, Severity.S4, 2)
    page.beside.square.edit()
    page.beside.square.form.form.fields["not_escalated"].set_value(True)
    page.save()
    assert page.grid.view.currentIndex().data() == "S4, Project manager: not escalated"
    assert "does not climb to this level" in said(page)
