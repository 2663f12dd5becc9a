"""A lead keeps agreements true: what they cover, how they stand, and the last day on which notice counts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.edits import Edit
from escplaybook.domain.vendors import Vendor
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from tests.ui.hands import NOW, agreement, blocker, elsewhere, follow, heard, opened, stored, vendor
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


WAITING = {"end": date(2027, 1, 31), "renewal": Renewal.TACIT, "term_months": 12, "notice_months": 1}


def act(page, word: str):
    return next(button for button in page.reading.acting.buttons if button.text().startswith(word))


def test_what_it_covers_is_the_first_thing_to_read(page, tidewater):
    open_one(page, tidewater, kind=AgreementKind.HOLD_HARMLESS, form=HoldHarmlessForm.BROAD, carve_outs="fines")
    told = page.reading.text.toPlainText().splitlines()
    assert told[0] == "What does this cover?"
    assert "Tidewater Middleware must hold you harmless even where you are alone at fault." in told[1]
    assert "But not: fines." in page.reading.text.toPlainText()


def test_a_deadline_is_settled_beside_its_sentence_and_undone(page, qtbot, book: Book, tidewater):
    made = open_one(page, tidewater, **WAITING)
    assert [button.text() for button in page.reading.acting.buttons] == [
        "Notice given …",
        "Let it renew itself",
        "Renewed …",
        "Seen",
    ]
    assert act(page, "Seen").accessibleDescription() == "Notice counts until 31 Dec 2026, in 37 days"
    qtbot.mouseClick(act(page, "Let it renew"), Qt.MouseButton.LeftButton)
    assert page.reading.acting.isHidden()
    assert [one.act for one in records.get(book, Agreement, made.id).acted] == ["left to renew"]
    assert "left to renew itself (notice of 31 Dec 2026" in page.reading.text.toPlainText()
    qtbot.keyClick(page.reading.text, Qt.Key.Key_Z, CTRL)
    assert records.get(book, Agreement, made.id).acted == ()
    assert not page.reading.acting.isHidden()


def test_a_renewal_asks_until_when_and_moves_the_end(page, qtbot, book: Book, desk, tidewater):
    made = open_one(page, tidewater, end=date(2026, 12, 24))
    said = heard(desk)
    qtbot.mouseClick(act(page, "Renewed"), Qt.MouseButton.LeftButton)
    acting = page.reading.acting
    assert acting.day.hasFocus()
    qtbot.keyClicks(acting.day, "24.12.2027")
    qtbot.keyClick(acting.day, Qt.Key.Key_Return)
    assert "“24.12.2027” is no date" in said[-1]
    acting.day.clear()
    qtbot.keyClicks(acting.day, "2027-12-24")
    qtbot.keyClicks(acting.note, "same price")
    qtbot.keyClick(acting.note, Qt.Key.Key_Return)
    after = records.get(book, Agreement, made.id)
    assert (after.end, after.acted[0].note, after.acted[0].by) == (date(2027, 12, 24), "same price", desk.author)
    assert acting.isHidden()


def test_notice_can_be_given_long_before_anything_asks_and_escape_leaves_the_question(page, qtbot, book, tidewater):
    made = open_one(page, tidewater, **(WAITING | {"end": date(2027, 12, 31)}))
    qtbot.mouseClick(page.reading.give_notice, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.reading.acting.note, Qt.Key.Key_Escape)
    assert page.reading.acting.isHidden()
    assert records.get(book, Agreement, made.id) == made
    qtbot.mouseClick(page.reading.give_notice, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.reading.acting.do, Qt.MouseButton.LeftButton)
    assert "Notice was given on 24 Nov 2026: it ends on 31 Dec 2027" in page.reading.text.toPlainText()
    assert page.reading.give_notice.isHidden()


def test_a_retired_agreement_asks_for_nothing(page, tidewater, now):
    open_one(page, tidewater, **WAITING, retired=now)
    assert page.reading.acting.isHidden()
    assert page.reading.give_notice.isHidden()


def test_the_list_is_narrowed_to_a_state_from_its_menu(page, qtbot, book: Book, tidewater):
    stored(
        book,
        agreement(tidewater, "In force"),
        agreement(tidewater, "Lapsed", end=date(2026, 11, 7)),
        agreement(tidewater, "Lapsed elsewhere", end=date(2026, 11, 8)),
    )
    menu = page.hits.menus["state"].menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["in force\t1", "lapsed\t2"]
    menu.actions()[1].trigger()
    assert [one.title for one in page.hits.table.records()] == ["Lapsed", "Lapsed elsewhere"]
    page.search("state:lapsed else")
    assert [one.title for one in page.hits.table.records()] == ["Lapsed elsewhere"]
    page.search("state:unsigned")
    assert page.hits.table.rowCount() == 0
    assert "No agreement answers to" in page.hits.pane.state.sentence.text()


def test_papers_are_attached_opened_saved_and_taken_off(page, qtbot, book, desk, tidewater, tmp_path, monkeypatch):
    open_one(page, tidewater)
    paper = tmp_path / "signed & sealed.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    documents, opened_urls = page.reading.documents, []
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_: (str(paper), ""))
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened_urls.append(url) or True)
    qtbot.mouseClick(documents.adder, Qt.MouseButton.LeftButton)
    opener, saver, remover = documents.chips[0].findChildren(QPushButton)
    assert opener.accessibleName() == "Open signed & sealed.pdf"
    qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    place = Path(opened_urls[0].toLocalFile())
    assert (place.name, place.read_bytes()) == (paper.name, paper.read_bytes())
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(b"older")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(copy), ""))
    qtbot.mouseClick(saver, Qt.MouseButton.LeftButton)
    assert copy.read_bytes() == paper.read_bytes()
    qtbot.mouseClick(remover, Qt.MouseButton.LeftButton)
    assert page.reading.record.documents == ()
    assert documents.chips == []
    desk.undo()
    assert [one.name for one in page.reading.record.documents] == [paper.name]
    assert len(documents.chips) == 1


def test_a_paper_too_large_is_told_in_one_sentence(page, desk, tidewater, tmp_path):
    open_one(page, tidewater)
    large, said = tmp_path / "large.pdf", heard(desk)
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    page.reading.documents.attach(large)
    assert said == ["“large.pdf” has 20 MB; 20 MB can be attached. Nothing was changed; attach a smaller copy."]
    assert page.reading.record.documents == ()


def test_a_blocker_and_who_to_call_say_what_protects_you(window, book: Book, tidewater):
    shape = {"kind": AgreementKind.HOLD_HARMLESS, "form": HoldHarmlessForm.INTERMEDIATE}
    raised, _ = stored(book, blocker(system="Webhooks"), agreement(tidewater, "Protection", **shape))
    window.go(Place("blockers", raised.id))
    told = window.page.detail.reading.text.toPlainText()
    assert "Tidewater Middleware: what protects you" in told
    assert "Tidewater Middleware must hold you harmless unless you are alone at fault." in told


def test_a_vendor_without_protection_is_a_warning_in_a_blocker(window, book: Book, tidewater):
    (raised,) = stored(book, blocker(system="webhooks"))
    window.go(Place("blockers", raised.id))
    assert "No hold-harmless agreement is written down" in window.page.detail.reading.text.toPlainText()


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
