"""Ruth goes through what is new in the matrix line by line, leaves and comes back, signs once, and takes it back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt

from escplaybook.domain.editions import MatrixReview
from escplaybook.services import editing, publishing_matrix, reviewing_matrix
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.grouped import OPEN
from tests.ui.hands import heard, opened
from tests.ui.programmes import fill

SPACE, RETURN = Qt.Key.Key_Space, Qt.Key.Key_Return


@pytest.fixture
def people(book):
    return fill(book)


@pytest.fixture
def later(desk, people, book):
    """A review was signed a minute after the programme was put in; now it is six days later."""
    reviewing_matrix.sign(book, people["deniz"], desk.now() + timedelta(minutes=1), "All well")
    then = desk.now() + timedelta(days=6)
    desk.now = lambda: then
    return then


@pytest.fixture
def window(desk, later, qtbot):
    made = opened(desk, qtbot, "matrix")
    yield made
    made.close()


def change(desk, **fields):
    """The S1 cell of level 1 is changed."""
    book = desk.book
    cell = next(one for one in programme(book).cells if (one.severity, one.level, one.stage) == ("S1", 1, ""))
    editing.change(book, cell, desk.now(), **fields)
    desk.bridge.look()


def come(window, qtbot):
    """Go to the page and wait for what it has to show."""
    window._desk.go("reviewing")
    page = window.page
    page.week = None
    page.refresh()
    qtbot.waitUntil(lambda: page.week is not None)
    return page


def lines(page):
    return [line.words for line in page.list.table.records()]


def answered(qtbot, page, act):
    with qtbot.waitSignal(page._latest.answered):
        act()


def test_what_changed_stands_first_and_each_line_leads_to_its_record(window, desk, qtbot):
    change(desk, acknowledge=timedelta(minutes=10), resolve=timedelta(minutes=20))
    qtbot.mouseClick(window.page.heading.review, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "reviewing"
    page = come(window, qtbot)
    assert lines(page)[:2] == ["S1 acknowledge, level 1: 5 → 10 min", "S1 resolve, level 1: 30 → 20 min"]
    headings = [line.heading for line in page.list.table.records() if line.heading]
    assert headings[0] == "Changed · 2"
    assert "Since Deniz Aydin signed 6 days ago" in page.told.text()
    page.list.setFocus()
    qtbot.keyClick(page.list, RETURN)
    assert window.rooms.current_name() == "matrix"
    square = window.page.grid.current()
    assert (square.severity, square.level.rank) == ("S1", 1)


def test_a_line_that_went_stale_leads_to_where_it_is_settled(window, desk, people, book, qtbot):
    then = desk.now() + timedelta(days=30)
    desk.now = lambda: then
    page = come(window, qtbot)
    stale = next(line for line in page.list.table.records() if line.of.part == "stale" and line.step == "Verify")
    page.list.stand_at(page.list.table.row_of(stale.id))
    page.list.setFocus()
    qtbot.keyClick(page.list, RETURN)
    assert window.rooms.current_name() == "verifying"


def test_lines_are_ticked_by_the_space_bar_and_stay_so_for_the_next_program(window, desk, path, qtbot):
    change(desk, acknowledge=timedelta(minutes=10), resolve=timedelta(minutes=20))
    page = come(window, qtbot)
    total = len(lines(page))
    page.list.setFocus()
    page.list.stand_at(0)
    qtbot.keyClick(page.list, SPACE)
    assert page.list.currentIndex().row() == 1, "the next line that was not seen"
    assert [line.icon for line in page.list.table.records()][:2] == ["circle-check", OPEN]
    assert f"1 of {total} seen" in page.told.text()
    memory = Memory(path)
    assert len(reviewing_matrix.Seen(memory).of(page.week)) == 1
    memory.close()
    page.list.stand_at(0)
    qtbot.keyClick(page.list, SPACE)
    assert f"0 of {total} seen" in page.told.text(), "the same key takes it back"


def test_a_click_on_the_circle_ticks_and_a_click_on_the_step_leads_on(window, desk, qtbot):
    change(desk, acknowledge=timedelta(minutes=10))
    page = come(window, qtbot)
    box = page.list.visualRect(page.list.table.index(0, 0))
    view, left = page.list.viewport(), Qt.MouseButton.LeftButton
    middle = QPoint(box.left() + box.width() // 3, box.bottom() - 20)
    qtbot.mouseClick(view, left, pos=middle)
    assert page.list.table.record(0).icon == OPEN, "a click on the words only stands there"
    qtbot.mouseClick(view, left, pos=QPoint(box.left() + 16, box.bottom() - 20))
    assert page.list.table.record(0).icon == "circle-check"
    qtbot.mouseClick(view, left, pos=QPoint(box.right() - 30, box.bottom() - 20))
    assert window.rooms.current_name() == "matrix"


def test_what_changes_again_is_to_be_looked_at_again(window, desk, qtbot):
    change(desk, acknowledge=timedelta(minutes=10))
    page = come(window, qtbot)
    page.mark_all()
    assert page._left() == 0
    answered(qtbot, page, lambda: change(desk, acknowledge=timedelta(minutes=12)))
    unseen = [line.words for line in page.list.table.records() if line.icon == OPEN]
    assert unseen == ["S1 acknowledge, level 1: 5 → 12 min"]


def test_signing_waits_until_every_line_was_seen_then_takes_one_key_and_one_undo(window, desk, people, book, qtbot):
    change(desk, acknowledge=timedelta(minutes=10))
    page = come(window, qtbot)
    said = heard(desk)
    page.signing.who.set_value(people["ruth"].id)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert said[-1].endswith("not been looked at yet. Nothing was signed.")
    assert len(records.everything(book, MatrixReview)) == 1
    page.mark_all()
    page.signing.note.setText("Ten minutes are enough")
    answered(qtbot, page, lambda: qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
    latest = programme(book).matrix_reviews[-1]
    assert (latest.by, latest.note) == (people["ruth"].id, "Ten minutes are enough")
    assert lines(page) == []
    assert page.pane.state.headline.text() == "Nothing new"
    assert page.signing.table.index(0, 0).data().startswith("Ruth Mensah, just now")
    answered(qtbot, page, desk.undo)
    assert len(programme(book).matrix_reviews) == 1
    assert page._left() == 0, "what was ticked is ticked still"
    assert lines(page)[0] == "S1 acknowledge, level 1: 5 → 10 min"


def test_a_week_without_news_is_signed_by_one_key(window, desk, book, people, later, qtbot):
    reviewing_matrix.sign(book, people["ruth"], later - timedelta(minutes=1))
    page = come(window, qtbot)
    (button,) = page.pane.state.buttons
    assert button.text() == "Sign as Ruth Mensah", "who signed last"
    button.setFocus()
    answered(qtbot, page, lambda: qtbot.keyClick(button, RETURN))
    assert len(programme(book).matrix_reviews) == 3


def test_the_overdue_review_on_today_leads_here(window, desk, people, book, later, qtbot):
    draft = publishing_matrix.draft_of_living(book, later)
    for who, side in (("mara", "engineering"), ("ana", "business")):
        draft = publishing_matrix.review(book, draft, side, people[who], later)
    publishing_matrix.publish(book, draft, later, later)
    then = later + timedelta(days=9)
    desk.now = lambda: then
    window.go_to_page("today")
    rows = window.page.table.records()
    row = next(at for at, one in enumerate(rows) if one.due.action == "review the week")
    window.page.view.setCurrentIndex(window.page.table.index(row, 0))
    qtbot.keyClick(window.page.view, RETURN)
    assert window.rooms.current_name() == "reviewing"


def test_a_book_that_may_only_be_read_shows_the_week_and_offers_no_signature(path, book, people, theme, now, qtbot):
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: now + timedelta(days=6))
        window = opened(desk, qtbot, "matrix")
        page = come(window, qtbot)
        assert lines(page)
        page.mark_all()
        page.sign()
        assert not page.signing.sign.isEnabled()
        assert programme(book).matrix_reviews == ()
        window.close()
        desk.close()


def test_a_deputy_who_changed_leads_to_the_person(window, desk, people, book, qtbot):
    mara = records.get(book, type(people["mara"]), people["mara"].id)
    editing.change(book, mara, desk.now() - timedelta(days=1), deputy=people["jun"].id)
    reviewing_matrix.sign(book, people["ruth"], desk.now() - timedelta(hours=1))
    editing.change(book, replace(mara, deputy=people["jun"].id, updated=desk.now() - timedelta(days=1)), desk.now(),
                   deputy=people["ruth"].id)  # fmt: skip
    desk.bridge.look()
    page = come(window, qtbot)
    assert "Deputy of Mara Lindqvist: Jun Park → Ruth Mensah" in lines(page)
    line = next(one for one in page.list.table.records() if one.words.startswith("Deputy of"))
    page._go(line)
    assert window.rooms.current_name() == "contacts"
