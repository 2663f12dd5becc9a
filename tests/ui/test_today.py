"""A lead begins the day: what is due, the riskiest first, each one key from the place that settles it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from escplaybook.domain.agreements import Renewal
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from tests.ui.hands import BORN, NOW, agreement, blocker, click_row, elsewhere, opened, stand_on, stored, vendor
from tests.ui.programmes import fill


@pytest.fixture
def window(desk, qtbot):
    made = opened(desk, qtbot, "today")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def told(page) -> list[str]:
    return [row.due.what for row in page.table.records()]


def badge(window) -> str:
    return window.rail.buttons["today"].accessibleDescription()


def test_a_lapsed_agreement_is_first_as_long_as_nothing_is_blocked(page, book: Book):
    fill(book)
    partner = vendor()
    stored(
        book,
        partner,
        agreement(partner, "Hold-harmless 2025", end=date(2026, 11, 7)),
        agreement(partner, "Support", renewal=Renewal.TACIT, end=date(2027, 1, 31), term_months=12, notice_months=1),
    )
    assert told(page)[0] == "Tidewater Middleware: Hold-harmless 2025 has lapsed"
    first = page.table.record(0)
    assert (first.when, first.is_overdue, first.action) == ("17 days ago", True, "Renew or retire")
    assert "Tidewater Middleware: Support renews itself unless notice is given" in told(page)
    stored(book, blocker("Orders stop", Severity.S1))
    assert told(page)[0].startswith("“Orders stop” is not acknowledged")


def test_the_badge_counts_what_is_overdue(window, page, book: Book, now):
    assert badge(window) == ""
    partner = vendor(levels=())
    lapsed, *_ = stored(
        book,
        agreement(partner, "Lapsed", end=date(2026, 11, 7)),
        partner,
        agreement(partner, "Ends soon", end=date(2026, 12, 24)),
    )
    assert page.told.text() == "2 to do, 1 of them overdue"
    assert badge(window) == "1 due"
    editing.apply(book, "Renew", Edit(lapsed, replace(lapsed, end=date(2029, 1, 1))), now=now)
    assert badge(window) == ""


def test_return_goes_to_the_record_and_back_leads_here_again(window, page, qtbot, book: Book):
    partner = vendor()
    stored(book, partner, agreement(partner, "Hold-harmless 2025", end=date(2026, 11, 7)))
    stand_on(page.view, 0)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.rooms.current_name() == "agreements"
    assert window.page.reading.title.text() == "Tidewater Middleware: Hold-harmless 2025"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is page


def test_a_click_on_a_gap_in_the_matrix_goes_to_that_square(window, page, qtbot, book: Book):
    fill(book)
    row = told(page).index("S1, level 3 has no backup")
    page.view.scrollTo(page.table.index(row, 0))
    click_row(qtbot, page.view, row)
    assert window.rooms.current_name() == "matrix"
    square = window.page.grid.current()
    assert (square.severity, square.level.rank) == (Severity.S1, 3)


def test_each_group_is_headed_once_the_most_urgent_first(page, book: Book):
    fill(book)
    stored(book, blocker("Orders stop"), blocker("A typing error", Severity.S4))
    headings = [row.heading for row in page.table.records() if row.heading]
    assert headings == ["First", "Soon", "When there is time"]
    risks = [row.due.risk for row in page.table.records()]
    assert risks == sorted(risks)


def test_an_acknowledgement_by_another_program_shows_within_a_second(page, path, book: Book, desk):
    (raised,) = stored(book, blocker("Orders stop"))
    assert told(page) == ["“Orders stop” is not acknowledged; nobody is to answer"]
    elsewhere(path, Edit(raised, replace(raised, acknowledged=NOW)))
    desk.ticker.second.emit()
    assert told(page) == ["“Orders stop” is acknowledged, not resolved"]


def test_an_agreement_that_simply_ends_is_not_said_to_renew_itself(page, book: Book):
    partner = vendor(levels=())
    stored(book, partner, agreement(partner, "Relay contract", end=date(2027, 1, 31), notice_months=1))
    assert told(page) == ["Tidewater Middleware: Relay contract takes notice only until then"]


def test_the_row_one_is_on_stays_when_something_more_urgent_comes_up(page, book: Book):
    partner = vendor()
    stored(book, partner, agreement(partner, "Lapsed", end=date(2026, 11, 7)))
    stand_on(page.view, 0)
    stored(book, blocker("Orders stop"))
    assert page.view.currentIndex().row() == 1


def test_what_is_due_tells_how_far_away_it_is_as_the_clock_goes_on(book: Book, theme, qtbot):
    clock = [NOW]
    desk = Desk(book, theme, clock=lambda: clock[0])
    window = opened(desk, qtbot, "today")
    fill(book)
    stored(book, blocker("Orders stop", observed=NOW))
    first = window.page.table.record(0)
    assert (first.when, first.is_overdue) == ("in 5 min", False)
    clock[0] = NOW + timedelta(minutes=3)
    desk.ticker.tick()
    assert window.page.table.record(0).when == "in 2 min"
    window.close()
    desk.close()


def test_nothing_due_is_said_calmly(page, book: Book, now):
    assert "stand here" in page.pane.state.sentence.text(), "a new book says what will be found here"
    (harbour,) = stored(book, Deployment(id=new_id(NOW), name="Harbour ERP", **BORN))
    assert told(page) == ["Harbour ERP has no single point of contact"]
    editing.apply(book, "Retire", Edit(harbour, replace(harbour, retired=now)), now=now)
    assert page.pane.state.headline.text() == "Nothing is due"
    assert page.told.text() == ""


def test_the_list_of_due_things_keeps_qts_rules(page, book: Book, qtmodeltester):
    fill(book)
    qtmodeltester.check(page.table)


def settled(page, sentence: str, qtbot) -> None:
    """Press Return on the line that says so."""
    row = next(row for row, said in enumerate(told(page)) if sentence in said)
    stand_on(page.view, row)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)


def test_a_cell_without_backup_opens_its_form_at_the_backup(window, page, book: Book, qtbot):
    named = fill(book)
    settled(page, "has no backup", qtbot)
    form = window.page.beside.square.form
    assert window.page.beside.square.currentWidget() is form
    assert form.form.fields["backup"].hasFocus() or form.form.fields["backup"].lineEdit().hasFocus()
    form.form.fields["backup"].set_value(named["ana"].id)
    window.page.save()
    assert window.messages.text.text().startswith("Make Ana Ferreira backup of")


def test_a_blocker_nobody_has_taken_asks_who_takes_it(window, page, book: Book, qtbot):
    fill(book)
    stored(book, blocker("Orders stop", Severity.S1))
    settled(page, "is not acknowledged", qtbot)
    assert window.page.reading.taker.isVisible()


def test_a_person_who_cannot_be_reached_is_verified_at_once(window, page, book: Book, qtbot):
    fill(book)
    sentence = next(said for said in told(page) if "cannot be reached" in said)
    settled(page, sentence, qtbot)
    assert window.rooms.current_name() == "verifying"
    assert window.page.card.check.holder.name in sentence


def test_a_deployment_without_a_voice_opens_its_form(window, page, book: Book, qtbot):
    stored(book, Deployment(id=new_id(NOW), name="Quay Portal", **BORN))
    settled(page, "Quay Portal has no single point of contact", qtbot)
    assert window.page.detail.currentWidget() is window.page.form
    assert window.page.form.form.fields["point_of_contact"].lineEdit().hasFocus()
