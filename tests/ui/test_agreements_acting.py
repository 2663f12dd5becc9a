"""A lead acts on what agreements ask for, keeps their papers, and reads in a blocker what they cover."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.vendors import Vendor
from escplaybook.store import blobs, records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Place
from tests.ui.hands import agreement, blocker, heard, opened, stored, vendor

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
    assert page.reading.text.hasFocus()
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


def test_the_list_warns_of_insurance_although_the_agreement_is_in_force(page, tidewater):
    made = open_one(page, tidewater, insurance_until=date(2026, 12, 18))
    row = page._row_of(made)
    assert row.meta[:2] == (("in force", "muted"), ("insurance until 18 Dec 2026", "warn"))


def test_what_was_decided_warns_in_the_list_no_more(page, qtbot, tidewater):
    open_one(page, tidewater, **WAITING)
    assert page._row_of(page.reading.record).meta[0] == ("notice is due", "warn")
    qtbot.mouseClick(act(page, "Let it renew"), Qt.MouseButton.LeftButton)
    assert page._row_of(page.reading.record).meta[0] == ("notice is due", "muted")


def test_whoever_stands_on_an_act_stays_there_while_minutes_pass(page, desk, tidewater):
    open_one(page, tidewater, **WAITING)
    act(page, "Seen").setFocus()
    desk.ticker.minute.emit()
    assert act(page, "Seen").hasFocus()


def test_the_history_tells_acts_and_papers_and_brings_a_paper_back(page, qtbot, book, tidewater, tmp_path):
    made = open_one(page, tidewater, **WAITING)
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    page.reading.documents.attach(paper)
    page.reading.documents.take_off(page.reading.record.documents[0])
    qtbot.mouseClick(act(page, "Seen"), Qt.MouseButton.LeftButton)
    page.detail.show_history()
    table = page.detail.history.table
    assert table.rowCount() == 4
    versions = (table.record(row).line.edit.after for row in range(4))
    version = next(one for one in versions if one.documents)
    page.detail.history.restore_wanted.emit(version)
    (back,) = records.get(book, Agreement, made.id).documents
    assert blobs.data_of(book, back) == paper.read_bytes()


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


def test_the_deadlines_go_into_a_calendar_file(page, qtbot, desk, tidewater, tmp_path, monkeypatch):
    open_one(page, tidewater, **WAITING)
    target, said = tmp_path / "deadlines.ics", heard(desk)
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    (button,) = [one for one in page.hits.findChildren(QPushButton) if "calendar" in one.accessibleName()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == [f"The deadlines ahead are in {target} (1); open it with your calendar."]
    assert b"DTSTART;VALUE=DATE:20261231" in target.read_bytes()
