"""A lead goes through the numbers that are to be proved, by keyboard alone, and goes on after a break."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import Cell
from escplaybook.services import editing
from escplaybook.services.printing import pdf_of
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from tests.conftest import NOW
from tests.ui.hands import BORN, elsewhere, opened, stored, vendor

LONG_AGO = NOW.date() - timedelta(days=200)


@pytest.fixture
def people(book, contact):
    """Mara is called for S1 on two numbers, Jun for S2; Tidewater's line was proved 120 days ago."""
    first = ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=LONG_AGO)
    second = ContactPoint(PointKind.PHONE, "+46 70 174 06 32", verified=LONG_AGO - timedelta(days=1))
    mara = contact("Mara Lindqvist", points=(first, second), role="Team lead", hours="Mon-Fri 08:00-17:00")
    jun = contact("Jun Park", "+44 7700 900 214", zone="Asia/Seoul")
    cells = [
        Cell(id=severity, severity=severity, level=1, owner=owner.id, **BORN)
        for severity, owner in ((Severity.S1, mara), (Severity.S2, jun))
    ]
    return stored(book, mara, jun, vendor(), *cells)


@pytest.fixture
def window(desk, people, qtbot):
    made = opened(desk, qtbot, "verifying")
    yield made
    made.close()


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key, wherever the keys go."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def points(book, person):
    return records.get(book, Contact, person.id).points


def listed(page):
    return [check.point.value for check in page.table.records()]


def test_the_round_is_gone_through_by_keyboard_alone(window, qtbot, book, people):
    page, card = window.page, window.page.card
    mara, jun = people[:2]
    assert listed(page) == ["+46 70 174 06 32", "+46 70 174 06 31", "+44 7700 900 214", "+49 30 23125 014"]
    assert card.hasFocus()
    assert (card.name.text(), card.number.text()) == ("Mara Lindqvist", "+46 70 174 06 32")
    assert card.proof.text() == "verified 201 days ago, out of date"
    assert card.why.text() == "called for S1 · Team lead"
    assert "off duty now" in card.clock.text()

    press(qtbot, Qt.Key.Key_R)
    assert points(book, mara)[1].verified == NOW.date()
    assert points(book, mara)[1].verified_how == "called"
    assert card.number.text() == "+46 70 174 06 31"
    assert page.told.text() == "1 of 4 done"

    press(qtbot, Qt.Key.Key_N)
    assert card.reason.hasFocus()
    qtbot.keyClicks(card.reason, "no longer in service")
    press(qtbot, Qt.Key.Key_Return)
    assert points(book, mara)[0].failed_how == "no longer in service"
    assert (card.number.text(), page.told.text()) == ("+44 7700 900 214", "2 of 4 done · 1 not reached")

    press(qtbot, Qt.Key.Key_C)
    qtbot.keyClicks(card.value, "+44 7700 900 215")
    press(qtbot, Qt.Key.Key_Return)
    point = points(book, jun)[0]
    assert (point.value, point.verified) == ("+44 7700 900 215", NOW.date())
    assert card.name.text() == "Tidewater Middleware"

    press(qtbot, Qt.Key.Key_S)
    assert page.pane.state.headline.text() == "Through with the list"
    assert page.told.text() == "3 of 4 done · 1 put off · 1 not reached"
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points(book, jun)[0].value == "+44 7700 900 214"
    assert listed(page) == ["+44 7700 900 214"]


def test_the_round_goes_on_where_it_was_left_after_a_restart(window, qtbot, path, theme, now):
    press(qtbot, Qt.Key.Key_S)
    press(qtbot, Qt.Key.Key_R)
    window.close()
    desk = Desk(Book.open(path), theme, clock=lambda: now)
    again = opened(desk, qtbot, "verifying")
    assert again.page.told.text() == "1 of 4 done · 1 put off"
    assert listed(again.page) == ["+44 7700 900 214", "+49 30 23125 014"]
    again.close()
    desk.close()


def test_one_goes_back_to_what_was_said_too_soon(window, qtbot, book, people):
    page, card = window.page, window.page.card
    assert not card.back.isEnabled()
    press(qtbot, Qt.Key.Key_S)
    press(qtbot, Qt.Key.Key_R)
    press(qtbot, Qt.Key.Key_B)
    assert card.number.text() == "+46 70 174 06 31"
    assert card.proof.text() == "verified today"
    press(qtbot, Qt.Key.Key_N)
    press(qtbot, Qt.Key.Key_Return)  # a reason is not asked for twice
    assert points(book, people[0])[0].failed_how == "no answer"
    press(qtbot, Qt.Key.Key_B)
    press(qtbot, Qt.Key.Key_B)
    assert card.number.text() == "+46 70 174 06 32"
    assert "+46 70 174 06 32" in listed(page)


def test_asking_is_left_by_esc_and_letters_typed_there_are_no_keys(window, qtbot, book, people):
    card = window.page.card
    press(qtbot, Qt.Key.Key_C)
    qtbot.keyClicks(card.value, "rsnbm")
    assert card.value.text() == "rsnbm"
    press(qtbot, Qt.Key.Key_Escape)
    assert card.asking_new.isHidden()
    assert card.hasFocus()
    assert points(book, people[0])[1].value == "+46 70 174 06 32"


def test_a_corrected_number_that_nobody_called_is_still_to_be_proved(window, qtbot, book, people):
    press(qtbot, Qt.Key.Key_C)
    window.page.card.value.set_value("+46 70 174 06 99")
    only = window.page.card.only
    qtbot.keyClick(only, Qt.Key.Key_Space)
    assert points(book, people[0])[1] == replace(people[0].points[1], value="+46 70 174 06 99", verified=None)
    assert "+46 70 174 06 99" in listed(window.page)


def test_a_mail_is_opened_only_when_somebody_asks(window, qtbot, book, people, monkeypatch, contact):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    address = ContactPoint(PointKind.EMAIL, "mara@harbourlight.example", failed=NOW.date())
    mara = records.get(book, Contact, people[0].id)
    editing.apply(book, "x", Edit(mara, replace(mara, points=(address,))), now=NOW)
    window.page.refresh()
    window.page.view.setCurrentIndex(window.page.table.index(window.page.table.rowCount() - 1, 0))
    card = window.page.card
    assert (card.number.text(), card.how.value(), asked) == (address.value, "mailed", [])
    card.setFocus()
    press(qtbot, Qt.Key.Key_M)
    assert asked == [QUrl("mailto:mara@harbourlight.example")]
    press(qtbot, Qt.Key.Key_R)
    assert points(book, people[0])[0].verified_how == "mailed"


def test_a_printed_list_is_keyed_in(window, qtbot, book, people):
    pdf_of(book, Wish("call-list"), at=NOW)
    page = window.page
    page.key_in.click()
    assert page.keying.text.hasFocus()
    page.keying.text.setPlainText("1 ok\n2 failed engaged\n9 ok")  # QTest types no line breaks
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert points(book, people[0])[1].verified == NOW.date()
    assert points(book, people[0])[0].failed_how == "engaged"
    assert page.keying.text.value() == "9 ok"
    assert page.keying.unread.text() == "No list that is remembered here has a line 9."
    assert window.messages.text.text() == "2 results keyed in"
    press(qtbot, Qt.Key.Key_Escape)
    assert page.right.currentWidget() is page.pane
    assert page.card.hasFocus()


def test_what_another_program_proved_is_no_longer_asked(window, qtbot, book, people, path, desk):
    mara = records.get(book, Contact, people[0].id)
    proved = tuple(replace(point, verified=NOW.date()) for point in mara.points)
    elsewhere(path, Edit(mara, replace(mara, points=proved)))
    desk.bridge.look()
    assert listed(window.page) == ["+44 7700 900 214", "+49 30 23125 014"]


def test_the_round_is_reached_from_contacts_today_and_the_palette(window, qtbot, people):
    window.go(Place("contacts"))
    assert window.page.round.text() == "Verify 4 numbers"
    window.page.round.click()
    assert window.rooms.current_name() == "verifying"
    window.go(Place("today"))
    window.page.round.click()
    assert window.rooms.current_name() == "verifying"
    window.go(Place("contacts"))
    window.find_anything(">verif")
    press(qtbot, Qt.Key.Key_Return)
    assert window.rooms.current_name() == "verifying"


def test_when_all_is_proved_the_page_says_so(desk, book, contact, qtbot):
    stored(book, contact(points=(ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=NOW.date()),)))
    window = opened(desk, qtbot, "verifying")
    assert window.page.pane.state.headline.text() == "Every number is proved"
    window.page.step(1)
    window.close()


def test_a_line_of_today_leads_to_the_very_number(window, qtbot, people):
    jun = people[1]
    window.go(Place("verifying", jun.id))
    assert window.page.card.number.text() == "+44 7700 900 214"
    assert window.page.table.record(window.page.view.currentIndex().row()).holder.id == jun.id
    press(qtbot, Qt.Key.Key_S)
    window.go(Place("today"))
    window.go(Place("verifying", jun.id))
    assert window.page.card.number.text() == "+44 7700 900 214"  # put off, and asked for all the same


def test_where_there_are_no_numbers_none_is_said_to_be_proved(desk, qtbot):
    window = opened(desk, qtbot, "verifying")
    assert window.page.pane.state.headline.text() == "No numbers yet"
    window.close()
