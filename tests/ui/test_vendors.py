"""A lead keeps third parties true: their ladder, the numbers they ask for, and what is agreed with them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.vendors import Entitlement, Promise, SeverityName, Vendor
from escplaybook.services import editing
from escplaybook.store import history, records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from tests.ui.hands import NOW, agreement, blocker, elsewhere, follow, heard, opened, stored, vendor

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tidewater(book: Book) -> Vendor:
    (made,) = stored(book, vendor())
    return made


@pytest.fixture
def window(desk, tidewater, qtbot):
    made = opened(desk, qtbot, "vendors")
    made.page.step(0)
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def type_into(qtbot, page, name: str, text: str) -> None:
    field = page.form.form.fields[name]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_every_field_of_a_new_vendor_is_kept(page, qtbot, book: Book):
    qtbot.mouseClick(page.hits.adder, Qt.MouseButton.LeftButton)
    plain = {
        "name": "Halyard Payments",
        "systems": "payments, checkout",
        "how_to_get_through": "Telephone first.",
        "S1": "Red",
        "S1_respond": "15 min",
        "S1_restore": "4 h",
        "portal": "https://halyard.example",
        "tags": "money",
        "zone": "Europe/London",
        "hours": "Mon-Fri 09:00-17:00",
        "notes": "Ask for Ian.",
    }
    for name, text in plain.items():
        type_into(qtbot, page, name, text)
    rows = {
        "levels": (
            "Merchant line",
            "+44 20 7946 0730, ops@halyard.example",
            "15 min",
            "Mon-Fri 09:00-18:00",
            "America/New_York",
        ),
        "entitlements": ("HP-1", "2026-12-10", ""),
    }
    for name, texts in rows.items():
        qtbot.mouseClick(page.form.form.fields[name].adder, Qt.MouseButton.LeftButton)
        for part, text in zip(page.form.form.fields[name].editors[0].fields.values(), texts, strict=True):
            qtbot.keyClicks(part, text)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CTRL)
    made = page.reading.record
    assert (made.name, made.systems, made.tags) == ("Halyard Payments", ("payments", "checkout"), ("money",))
    assert [(point.kind, point.value) for point in made.levels[0].points] == [
        ("phone", "+44 20 7946 0730"),
        ("email", "ops@halyard.example"),
    ]
    assert made.levels[0].answers_within == timedelta(minutes=15)
    assert (made.levels[0].hours, made.levels[0].zone) == ("Mon-Fri 09:00-18:00", "America/New_York")
    assert made.entitlements == (Entitlement("HP-1", until=date(2026, 12, 10)),)
    assert made.promises == (Promise(Severity.S1, timedelta(minutes=15), timedelta(hours=4)),)
    assert made.severity_names == (SeverityName(Severity.S1, "Red"),)
    assert (made.zone, made.hours, made.portal) == ("Europe/London", "Mon-Fri 09:00-17:00", "https://halyard.example")
    assert (made.how_to_get_through, made.notes) == ("Telephone first.", "Ask for Ian.")
    told = page.reading.text.toPlainText()
    for expected in (
        "Telephone first.",
        "1 · Merchant line · answers within 15 min",
        "09:00–18:00 there = 14:00–23:00 here · closed now, opens 14:00 here",
        "HP-1 · runs out in 16 days",
        "answer in 15 min, restored in 4 h",
        "Red",
        "Ask for Ian.",
    ):
        assert expected in told


def test_saving_an_unchanged_number_keeps_the_proof_that_it_works(page, qtbot, book: Book, tidewater):
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "name", "Tidewater")
    page.save()
    after = records.get(book, Vendor, tidewater.id)
    assert (after.name, after.levels) == ("Tidewater", tidewater.levels)
    assert "verified 120 days ago" in page.reading.text.toPlainText()


def test_a_change_is_taken_back_and_its_history_tells_of_both(page, qtbot, book: Book, desk, tidewater):
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "name", "Tidewater Ltd")
    page.save()
    qtbot.keyClick(page.reading.text, Qt.Key.Key_Z, CTRL)
    assert page.reading.title.text() == "Tidewater Middleware"
    qtbot.mouseClick(page.reading.history, Qt.MouseButton.LeftButton)
    assert [version.line.stroke.way for version in page.detail.history.table.records()] == ["undo", "do", "do"]
    assert len(history.of_record(book, tidewater.id)) == 3


def test_what_was_typed_survives_leaving_and_is_offered_again(window, page, qtbot):
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "notes", "Half a sentence")
    window.go_to_page("contacts")
    window.go_to_page("vendors")
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert page.form.form.fields["notes"].value() == "Half a sentence"


def test_hours_nobody_can_read_are_refused_at_their_field(page, qtbot, book: Book, desk, tidewater):
    said = heard(desk)
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "hours", "mornings")
    page.save()
    assert "mornings" in said[-1]
    assert page.form.form.fields["hours"].property("wrong")
    assert records.get(book, Vendor, tidewater.id) == tidewater


def test_the_list_and_the_reading_say_whether_anybody_is_there_now(page, book: Book, desk, tidewater):
    assert "03:41 there (Berlin) · closed now, opens 07:00 here" in page.reading.standing.text()
    assert "closed now" in page.hits.table.index(0, 0).data()
    edit = Edit(tidewater, replace(tidewater, hours="Mon-Fri 03:00-05:00"))
    editing.apply(book, "Open", edit, now=NOW)
    assert "03:41 there (Berlin) · open now" in page.reading.standing.text()
    assert "open now" in page.hits.table.index(0, 0).data()


def test_an_agreement_is_added_with_the_vendor_that_is_open(window, page, qtbot, tidewater, book: Book):
    stored(book, vendor("Aardvark Networks"))
    page.detail.open(tidewater.id)
    assert "None written down" in page.reading.text.toPlainText()
    qtbot.mouseClick(page.reading.add_agreement, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "agreements"
    form = window.page.form.form
    assert form.fields["vendor"].currentText() == "Tidewater Middleware"
    qtbot.keyClicks(form.fields["title"], "Hold-harmless 2027")
    for name, text in (("signed", "2026-11-01"), ("end", "2027-10-31")):
        form.fields[name].setFocus()
        qtbot.keyClicks(form.fields[name], text)
    window.page.save()
    window.go_to_page("vendors")
    told = page.reading.text.toPlainText()
    assert "Tidewater Middleware: Hold-harmless 2027" in told
    assert "until 31 Oct 2027" in told


def test_the_agreements_of_a_vendor_are_links(window, page, book: Book, tidewater):
    (made,) = stored(book, agreement(tidewater, "Support 2028"))
    follow(page.reading.text, f"record:{made.key}")
    assert window.rooms.current_name() == "agreements"
    assert window.page.reading.record.id == made.id


def test_what_another_program_writes_about_the_open_vendor_appears(page, path, desk, tidewater):
    elsewhere(path, Edit(tidewater, replace(tidewater, how_to_get_through="Ask for Rasmus.")))
    desk.ticker.second.emit()
    assert "Ask for Rasmus." in page.reading.text.toPlainText()


def test_a_book_for_reading_adds_nothing_to_a_vendor(path, book: Book, theme, tidewater, qtbot):
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: NOW)
        window = opened(desk, qtbot, "vendors")
        window.page.step(0)
        reading = window.page.reading
        assert reading.title.text() == "Tidewater Middleware"
        for button in (reading.edit, reading.retire, reading.add_agreement, window.page.hits.adder):
            assert button.isHidden()
        window.close()
        desk.close()


def test_the_list_of_vendors_keeps_qts_rules(page, qtmodeltester):
    qtmodeltester.check(page.hits.table)


def test_a_promise_stands_beside_how_it_was_kept(page, book: Book, tidewater):
    promised = Promise(Severity.S1, timedelta(hours=1), timedelta(hours=4))
    editing.change(book, tidewater, NOW, promises=(promised,))
    theirs = {"cause_class": CauseClass.EXTERNAL, "system": "Webhooks", "observed": NOW - timedelta(days=2)}
    for hours in (3, 9):
        stored(book, blocker("Deliveries stop", resolved=NOW - timedelta(days=2) + timedelta(hours=hours), **theirs))
    page.detail.open(tidewater.id)
    told = page.reading.text.toPlainText()
    assert "answer in 1 h, restored in 4 h\nrestored in time 1 of 2 times" in told
    assert "from when our first level was told" in told
