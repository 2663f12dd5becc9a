"""Ingrid plans a year in which the two integration leads change seats, sees it in a table, and makes four drafts."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.absences import Absence
from escplaybook.domain.editions import Edition
from escplaybook.services import editing, publishing_matrix
from escplaybook.store import records
from escplaybook.store.programme import programme
from tests.ui.hands import heard, opened
from tests.ui.programmes import fill


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "rotating")
    yield made
    made.close()


def among(page, *people):
    page.form.fields["among"].set_value([{"person": one.id} for one in people])
    page.form.changed.emit()


def fill_in(page, name, text):
    page.form.fields[name].setText(text)
    page.form.fields[name].changed.emit()


def shown(page):
    columns = range(page.table.columnCount())
    return [[page.table.index(row, column).data() for column in columns] for row in range(page.table.rowCount())]


def test_who_stands_on_the_level_takes_part_and_the_plan_is_seen_at_once(window, people):
    page = window.page
    assert page.form.values()["start"] == "2026-11-30", "the coming Monday"
    named = [row["person"] for row in page.form.values()["among"]]
    assert {people[name].id for name in ("mara", "jun", "layla", "hubert")} == set(named)
    among(page, people["mara"], people["jun"])
    fill_in(page, "start", "2027-01-04")
    assert shown(page) == [
        ["4 Jan 2027", "Jun Park", "Mara Lindqvist"],
        ["5 Apr 2027", "Mara Lindqvist", "Jun Park"],
        ["5 Jul 2027", "Jun Park", "Mara Lindqvist"],
        ["4 Oct 2027", "Mara Lindqvist", "Jun Park"],
    ]
    heads = [page.table.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert heads == ["From", "Integration lead\nMara Lindqvist now", "Second integration lead\nJun Park now"]
    told = page.text.toPlainText()
    assert "owns 4 cells" in told
    assert "Cells that hang on one person" in told


def test_four_drafts_are_made_by_one_key_and_go_with_one_undo(window, people, book, desk, qtbot):
    page = window.page
    among(page, people["mara"], people["jun"])
    fill_in(page, "start", "2027-01-04")
    assert page.draft.text() == "Make 4 drafts"
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    editions = records.everything(book, Edition, "number")
    assert [one.title[-8:] for one in editions] == ["(1 of 4)", "(2 of 4)", "(3 of 4)", "(4 of 4)"]
    assert window.rooms.current_name() == "editions", "where they are signed"
    assert window.page.edition().id == editions[0].id
    desk.undo()
    assert records.everything(book, Edition) == []


def test_a_draft_that_is_signed_by_both_is_published_from_the_day_it_was_planned_for(window, people, book, desk, qtbot):
    page = window.page
    among(page, people["mara"], people["jun"])
    fill_in(page, "start", "2027-01-04")
    page.make_drafts()
    first = records.everything(book, Edition, "number")[0]
    for who, side in (("ruth", "engineering"), ("ana", "business")):
        first = publishing_matrix.review(book, first, side, people[who], desk.now())
    desk.bridge.look()
    desk.go("edition", first.id)
    acting = window.page.acting
    assert acting.publish.text() == "Publish from then"
    qtbot.mouseClick(acting.publish, Qt.MouseButton.LeftButton)
    stored = records.get(book, Edition, first.id)
    assert stored.effective is not None
    assert stored.effective.astimezone().date() == date(2027, 1, 4)
    assert stored.applied is None


def test_what_cannot_be_planned_is_said_in_the_place_of_the_table(window, people, book, desk):
    page = window.page
    among(page, people["mara"])
    assert page.pane.state.sentence.text().startswith("Roles rotate among two people or more")
    assert not page.draft.isEnabled()
    among(page, people["mara"], people["jun"])
    assert page.draft.isEnabled()
    fill_in(page, "every", "soon")
    assert "“soon” is no span of time" in page.pane.state.sentence.text()
    fill_in(page, "every", "2 w")
    fill_in(page, "start", "")
    assert page.pane.state.sentence.text().startswith("Say on which day the first term begins")


def test_whoever_is_away_is_passed_over_and_an_empty_seat_is_refused(window, people, book, desk):
    page = window.page
    among(page, people["mara"], people["jun"])
    fill_in(page, "start", "2027-01-04")
    begin = desk.now().replace(year=2027, month=1, day=4, hour=0, minute=0)
    editing.add(book, Absence("leave", people["jun"].id, begin, begin + timedelta(days=60), begin, begin), desk.now())
    desk.bridge.look()
    assert shown(page)[0][-1] == "Jun Park"
    assert "nobody" in shown(page)[0]
    assert "From 4 Jan 2027 nobody can take the seat of" in page.text.toPlainText()
    said = heard(desk)
    page.make_drafts()
    assert "nothing was drafted" in said[-1]
    assert records.everything(book, Edition) == []


def test_with_owners_only_those_who_back_each_other_up_stay_and_the_page_says_why(window, people):
    page = window.page
    among(page, people["mara"], people["jun"])
    page.form.fields["owners_only"].set_value(True)
    page.form.changed.emit()
    told = page.text.toPlainText()
    assert "Everybody would keep their seat" in told
    assert "Jun Park cannot take the seat of Integration lead: backs up S1, level 1" in told


def test_another_level_brings_its_own_people(window, people, book):
    page = window.page
    field = page.form.fields["level"]
    field.set_value(2)
    field.changed.emit()
    named = {row["person"] for row in page.form.values()["among"]}
    assert named == {people["deniz"].id, people["ruth"].id}
    assert page.plan is not None
    assert {one.level for seat in page.plan.seats for one in seat.cells} == {2}
    assert programme(book).editions == ()


def test_a_book_without_a_matrix_says_what_belongs_here(desk, qtbot):
    window = opened(desk, qtbot, "rotating")
    assert window.page.pane.state.headline.text() == "No roles to rotate yet"
    assert not window.page.draft.isEnabled()
    window.close()
