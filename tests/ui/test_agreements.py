"""A lead keeps agreements true: what they cover, how they stand, and the last day on which notice counts."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.edits import Edit
from escplaybook.domain.vendors import Vendor
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from tests.ui.hands import NOW, agreement, elsewhere, follow, heard, opened, stored, vendor
from tests.ui.programmes import person

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tidewater(book: Book) -> Vendor:
    (made,) = stored(book, vendor())
    return made


@pytest.fixture
def window(desk, tidewater, qtbot):
    made = opened(desk, qtbot, "agreements")
    yield made
    made.close()


@pytest.fixture
def page(window):
    return window.page


def open_one(page, partner: Vendor, **fields) -> Agreement:
    """Put an agreement in the book and open it."""
    (made,) = stored(page._desk.book, agreement(partner, **fields))
    page.detail.open(made.id)
    return made


def field(page, name: str):
    return page.form.form.fields[name]


def type_into(qtbot, page, name: str, text: str) -> None:
    field(page, name).setFocus()
    field(page, name).selectAll()
    qtbot.keyClicks(field(page, name), text)


def test_an_agreement_that_renews_itself_shows_the_coming_notice_day(page, tidewater):
    open_one(
        page,
        tidewater,
        end=date(2025, 1, 31),
        renewal=Renewal.TACIT,
        term_months=12,
        notice_months=1,
    )
    assert page.reading.standing.text() == "Renews itself unless notice is given by 31 Dec 2026 (in 37 days)"
    told = page.reading.text.toPlainText()
    assert "31 Jan 2027" in told
    assert "It renews itself by 12 months at a time. Notice is due a month before the end." in told
    assert "notice by 31 Dec 2026" in page.hits.table.index(0, 0).data()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"signed": None}, "Not signed: it protects nobody yet"),
        ({"end": date(2026, 11, 7)}, "Lapsed 17 days ago: it protects nobody any more"),
        ({"end": date(2026, 12, 24)}, "In force, ends in 30 days"),
        ({"end": date(2027, 1, 31), "notice_days": 40}, "In force; notice counts until 22 Dec 2026 (in 28 days)"),
        ({"start": date(2027, 1, 1)}, "Signed, not begun yet"),
        ({"end": None, "renewal": Renewal.EVERGREEN}, "In force"),
        ({"end": date(2028, 6, 30), "notice_months": 3}, "In force until 30 Jun 2028, notice by 30 Mar 2028"),
    ],
)
def test_how_an_agreement_stands_is_one_sentence(page, tidewater, fields, said):
    open_one(page, tidewater, **fields)
    assert page.reading.standing.text() == said


def test_what_asks_for_something_stands_first(page, book: Book, tidewater):
    other = vendor("Aardvark Networks")
    stored(
        book,
        other,
        agreement(other, "In force"),
        agreement(tidewater, "Unsigned", signed=None),
        agreement(tidewater, "Lapsed", end=date(2026, 11, 7)),
        agreement(other, "Ending", end=date(2026, 12, 24)),
    )
    assert [one.title for one in page.hits.table.records()] == ["Lapsed", "Ending", "Unsigned", "In force"]


def test_every_field_of_a_new_agreement_is_kept(page, qtbot, book: Book, tidewater):
    (ingrid,) = stored(book, person("ingrid"))
    qtbot.mouseClick(page.hits.adder, Qt.MouseButton.LeftButton)
    for name, word in (("form", "int"), ("mutual", "both"), ("renewal", "ren")):
        field(page, name).setFocus()
        qtbot.keyClicks(field(page, name), word)
    for name, text in {
        "title": "Hold-harmless 2027",
        "scope": "Failed transfers.",
        "carve_outs": "Fines.",
        "cap": "The yearly fee",
        "duty_to_defend": "They pay the lawyers",
        "insurance": "Harbour Mutual 88",
        "signed": "2026-11-01",
        "start": "2026-11-02",
        "end": "2027-10-31",
        "term_months": "24",
        "notice_months": "3",
        "notice_days": "5",
        "insurance_until": "2027-06-17",
        "notice_address": "contracts@tidewater.example",
        "notes": "Ask for a higher cap.",
    }.items():
        type_into(qtbot, page, name, text)
    for name, words in {"parties": ("Tidewater Ltd", "Harbourlight"), "signatories": ("Ana Ferreira, COO",)}.items():
        for word in words:
            qtbot.mouseClick(field(page, name).adder, Qt.MouseButton.LeftButton)
            qtbot.keyClicks(field(page, name).editors[-1].fields["name"], word)
    qtbot.keyClicks(field(page, "owner").lineEdit(), "Ingrid")
    field(page, "owner").lineEdit().setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CTRL)
    made = page.reading.record
    assert made is not None
    assert (made.vendor, made.owner, made.kind) == (tidewater.id, ingrid.id, AgreementKind.HOLD_HARMLESS)
    assert (made.form, made.mutual, made.renewal) == (HoldHarmlessForm.INTERMEDIATE, True, Renewal.TACIT)
    assert (made.signed, made.start, made.end) == (date(2026, 11, 1), date(2026, 11, 2), date(2027, 10, 31))
    assert (made.term_months, made.notice_months, made.notice_days) == (24, 3, 5)
    assert (made.insurance_until, made.cap) == (date(2027, 6, 17), "The yearly fee")
    assert (made.scope, made.carve_outs, made.notes) == ("Failed transfers.", "Fines.", "Ask for a higher cap.")
    assert made.notice_address == "contracts@tidewater.example"
    assert (made.duty_to_defend, made.insurance) == ("They pay the lawyers", "Harbour Mutual 88")
    assert (made.parties, made.signatories) == (("Tidewater Ltd", "Harbourlight"), ("Ana Ferreira, COO",))


def test_what_was_saved_from_the_owners_field_leaves_no_draft_behind(page, qtbot, book: Book, tidewater):
    stored(book, person("ingrid"))
    made = open_one(page, tidewater)
    page.detail.edit()
    field(page, "owner").setFocus()
    qtbot.keyClicks(field(page, "owner").lineEdit(), "Ingrid")
    qtbot.keyClick(field(page, "owner").lineEdit(), Qt.Key.Key_S, CTRL)
    assert records.get(book, Agreement, made.id).owner is not None
    page.detail.leave_form()
    page.detail._draft.keep()
    assert page.detail._draft.kept(made.id) is None


def test_what_the_days_come_to_is_said_while_they_are_typed(page, qtbot):
    page.new("Support")
    type_into(qtbot, page, "end", "2027-01-31")
    assert page.form.consequence.text() == "It ends on 31 Jan 2027."
    type_into(qtbot, page, "notice_months", "1")
    assert page.form.consequence.text() == "It ends on 31 Jan 2027. Notice counts until 31 Dec 2026."
    assert not field(page, "term_months").isEnabled()
    field(page, "renewal").setFocus()
    qtbot.keyClicks(field(page, "renewal"), "ren")
    assert field(page, "term_months").isEnabled()
    assert "needs the months it renews by" in page.form.consequence.text()


def test_a_day_nobody_can_read_is_refused_at_its_field(page, qtbot, book: Book, desk, tidewater):
    before = open_one(page, tidewater)
    said = heard(desk)
    page.detail.edit()
    type_into(qtbot, page, "end", "31.12.2027")
    page.save()
    assert "“31.12.2027” is no date" in said[-1]
    assert field(page, "end").hasFocus()
    assert field(page, "end").property("wrong")
    assert records.get(book, Agreement, before.id) == before


def test_a_renewal_is_taken_back(page, qtbot, tidewater):
    open_one(page, tidewater, end=date(2026, 11, 7))
    qtbot.mouseClick(page.reading.edit, Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "end", "2028-11-07")
    page.save()
    assert page.reading.standing.text() == "In force until 7 Nov 2028"
    qtbot.keyClick(page.reading.text, Qt.Key.Key_Z, CTRL)
    assert page.reading.standing.text().startswith("Lapsed")
    qtbot.mouseClick(page.reading.history, Qt.MouseButton.LeftButton)
    assert page.detail.history.table.rowCount() == 3


def test_the_vendor_asked_for_wins_over_a_draft_and_what_was_typed_stays(page, qtbot, book: Book):
    (other,) = stored(book, vendor("Aardvark Networks"))
    page.new()
    qtbot.keyClicks(field(page, "title"), "Half a title")
    page.show_place(page.place())
    page.add_with(other.id)
    assert field(page, "title").text() == "Half a title"
    assert field(page, "vendor").currentText() == "Aardvark Networks"


def test_an_agreement_with_a_retired_vendor_is_mended_under_its_name(page, qtbot, book: Book, tidewater, now):
    stored(book, vendor("Aardvark Networks"))
    open_one(page, tidewater)
    editing.apply(book, "Retire", Edit(tidewater, replace(tidewater, retired=now)), now=now)
    page.detail.edit()
    assert field(page, "vendor").currentText() == "Tidewater Middleware"


def test_a_draft_is_gone_on_with_under_the_names_of_vendor_and_owner(window, page, qtbot, book: Book, tidewater):
    (ingrid,) = stored(book, person("ingrid"))
    open_one(page, tidewater, owner=ingrid.id)
    page.detail.edit()
    type_into(qtbot, page, "cap", "One million")
    window.go_to_page("vendors")
    window.go_to_page("agreements")
    qtbot.mouseClick(window.messages.offer, Qt.MouseButton.LeftButton)
    assert field(page, "cap").text() == "One million"
    assert field(page, "vendor").currentText() == "Tidewater Middleware"
    assert field(page, "owner").currentText().startswith("Ingrid Solberg")


def test_vendor_and_owner_are_links(window, page, book: Book, tidewater):
    (ingrid,) = stored(book, person("ingrid"))
    open_one(page, tidewater, owner=ingrid.id)
    follow(page.reading.text, f"record:{ingrid.key}")
    assert window.page.detail.record.name == "Ingrid Solberg"


def test_without_a_vendor_the_page_leads_to_the_vendors(desk, qtbot):
    window = opened(desk, qtbot, "agreements")
    (button,) = window.page.hits.pane.state.buttons
    assert button.text() == "Add a vendor first"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.rooms.current_name() == "vendors"
    window.close()


def test_a_signature_put_in_by_another_program_appears(page, path, desk, tidewater):
    made = open_one(page, tidewater, signed=None)
    elsewhere(path, Edit(made, replace(made, signed=NOW.date())))
    desk.ticker.second.emit()
    assert page.reading.standing.text() == "In force until 31 Dec 2028"


def test_a_book_for_reading_adds_no_agreement(path, book: Book, theme, tidewater, qtbot):
    stored(book, agreement(tidewater))
    with Book.open(path, read_only=True) as shut:
        desk = Desk(shut, theme, clock=lambda: NOW)
        window = opened(desk, qtbot, "agreements")
        window.page.step(0)
        reading = window.page.reading
        assert reading.standing.text() == "In force until 31 Dec 2028"
        for button in (reading.edit, reading.retire, reading.give_notice, window.page.hits.adder, reading.documents):
            assert button.isHidden()
        window.close()
        desk.close()


def test_the_list_of_agreements_keeps_qts_rules(page, tidewater, qtmodeltester):
    open_one(page, tidewater)
    qtmodeltester.check(page.hits.table)
