"""Printing from a book, to a file that is whole or not there, and telling later whether the paper still holds."""

import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound, PlaybookError, Unreadable
from escplaybook.domain.uses import Outcome
from escplaybook.services import editing, using
from escplaybook.services.printing import Unprintable, pdf_of, print_to, save
from escplaybook.services.printing_verify import verify
from escplaybook.services.sheets.wishes import Wish


@pytest.fixture
def add(book, now):
    """Adds a record to the book and gives it back as stored."""

    def build(record):
        return editing.apply(book, "Add", Edit(None, record), now=now)[0].after

    return build


@pytest.fixture
def change(book, now):
    def build(record, **fields):
        changed = replace(record, **fields, updated=now + timedelta(hours=1))
        return editing.apply(book, "Change", Edit(record, changed), now=now)[0].after

    return build


def text_of(pdf):
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_an_entry_is_printed_by_its_key(book, add, entry, now, tmp_path):
    add(entry(symptoms="Users loop."))
    target = tmp_path / "sheet.pdf"
    print_to(book, Wish("entry", "kb-0001"), target, at=now, author="Dana")
    assert "Users loop." in text_of(target)


def test_the_preview_is_the_very_pdf(book, add, entry, now, tmp_path):
    add(entry())
    target = tmp_path / "sheet.pdf"
    print_to(book, Wish("entry", "KB-0001"), target, at=now, author="Dana")
    assert target.read_bytes() == pdf_of(book, Wish("entry", "KB-0001"), at=now, author="Dana")


def test_the_contact_sheet_has_everyone_but_the_retired(book, add, contact, now, tmp_path):
    add(contact("Mara Lindqvist"))
    add(contact("Deniz Aydın", retired=now))
    target = tmp_path / "contacts.pdf"
    print_to(book, Wish("contact-sheet"), target, at=now, size="Letter")
    assert "Mara Lindqvist" in text_of(target)
    assert "Deniz" not in text_of(target)


def test_a_key_of_something_else_or_of_nothing_is_refused(book, add, contact, now):
    add(contact())
    with pytest.raises(NotFound, match="not a known blocker"):
        pdf_of(book, Wish("entry", "CO-0001"), at=now)
    with pytest.raises(NotFound):
        pdf_of(book, Wish("entry", "KB-0099"), at=now)


def test_a_book_without_contacts_prints_no_empty_sheet(book, now):
    with pytest.raises(NotFound, match="no contacts"):
        pdf_of(book, Wish("contact-sheet"), at=now)


def test_what_cannot_be_printed_is_named_before_and_printed_only_when_asked(book, add, entry, now, tmp_path):
    add(entry("Launch \ue123 fails"))
    target = tmp_path / "sheet.pdf"
    with pytest.raises(Unprintable, match=r"U\+E123.*“Launch") as told:
        print_to(book, Wish("entry", "KB-0001"), target, at=now)
    assert len(told.value.texts) == 1
    assert not target.exists()
    print_to(book, Wish("entry", "KB-0001"), target, at=now, with_replacements=True)
    assert "[U+E123]" in text_of(target)


def test_a_target_that_cannot_be_written_is_one_sentence_and_leaves_nothing(tmp_path):
    for target in (tmp_path / "nowhere" / "a.pdf", tmp_path):
        with pytest.raises(PlaybookError, match=r"could not be written .*nothing was left half done"):
            save(b"%PDF", target)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_earlier_print_as_it_was(tmp_path):
    target = tmp_path / "a.pdf"
    save(b"%PDF-earlier", target)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))  # no file may grow beyond it, as on a full disk
    try:
        with pytest.raises(PlaybookError, match="could not be written"):
            save(b"x" * 5_000, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert target.read_bytes() == b"%PDF-earlier"
    assert list(tmp_path.iterdir()) == [target]


@pytest.fixture
def somebody() -> Iterator[Path]:
    """A folder that everybody can reach, and for its time one who is not root, who may write anything."""
    folder, is_root = Path(tempfile.mkdtemp()), os.geteuid() == 0
    folder.chmod(0o777)
    if is_root:
        os.seteuid(65534)
    yield folder
    if is_root:
        os.seteuid(0)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_written_is_not_replaced_either(somebody):
    target = somebody / "a.pdf"
    target.write_bytes(b"%PDF-kept")
    target.chmod(0o400)
    with pytest.raises(PlaybookError, match=r"could not be written \(Permission denied\)"):
        save(b"%PDF-new", target)
    assert target.read_bytes() == b"%PDF-kept"
    assert list(somebody.iterdir()) == [target]


def test_a_folder_that_may_not_be_written_to_gets_no_half_file(somebody):
    shelf = somebody / "shelf"
    shelf.mkdir()
    shelf.chmod(0o500)
    with pytest.raises(PlaybookError, match=r"could not be written \(Permission denied\)"):
        save(b"%PDF-new", shelf / "a.pdf")
    assert list(shelf.iterdir()) == []
    shelf.chmod(0o700)


def test_a_print_made_through_a_link_lands_where_the_link_points(tmp_path):
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    save(b"%PDF-old", real)
    link.symlink_to(real)
    save(b"%PDF-new", link)
    assert link.is_symlink()
    assert real.read_bytes() == b"%PDF-new"


def test_a_fresh_print_agrees_with_the_book(book, add, entry, now, tmp_path):
    add(entry())
    print_to(book, Wish("entry", "KB-0001"), tmp_path / "a.pdf", at=now)
    found = verify(book, tmp_path / "a.pdf")
    assert found.is_current
    assert (found.sheet, found.printed) == ("entry", now)
    assert [(record.kind, record.key, record.state) for record in found.records] == [("entry", "KB-0001", "agrees")]


def test_a_stale_print_says_which_fields_changed(book, add, change, entry, now, tmp_path):
    stored = add(entry(cause="Unknown."))
    print_to(book, Wish("entry", "KB-0001"), tmp_path / "a.pdf", at=now)
    change(stored, cause="A cookie flag.", tags=("sso",))
    found = verify(book, tmp_path / "a.pdf")
    assert not found.is_current
    assert [(record.state, record.fields) for record in found.records] == [("changed", ("cause", "tags"))]


def test_a_failure_since_makes_a_print_stale_and_a_success_does_not(book, add, entry, now, tmp_path):
    stored = add(entry(remedy="Mend the clock."))
    print_to(book, Wish("entry", "KB-0001"), tmp_path / "a.pdf", at=now)
    using.record(book, stored, using.use_of(stored, Outcome.WORKED, now), now)
    assert verify(book, tmp_path / "a.pdf").is_current
    using.record(book, stored, using.use_of(stored, Outcome.FAILED, now), now)
    found = verify(book, tmp_path / "a.pdf")
    assert [(record.key, record.state) for record in found.records] == [("KB-0001", "agrees"), ("US-0002", "missing")]


def test_a_change_taken_back_makes_the_print_good_again(book, add, change, entry, now, tmp_path):
    stored = add(entry())
    print_to(book, Wish("entry", "KB-0001"), tmp_path / "a.pdf", at=now)
    change(stored, cause="A cookie flag.")
    editing.undo(book, now)
    assert verify(book, tmp_path / "a.pdf").is_current


def test_a_contact_sheet_tells_who_changed_who_is_gone_and_who_is_missing(book, add, change, contact, now, tmp_path):
    mara, ruth = add(contact("Mara Lindqvist")), add(contact("Ruth Mensah"))
    print_to(book, Wish("contact-sheet"), tmp_path / "a.pdf", at=now)
    change(mara, points=(ContactPoint(PointKind.MOBILE, "+46 70 174 06 32"),))
    editing.apply(book, "Delete", Edit(ruth, None), now=now)
    add(contact("Deniz Aydın"))
    found = verify(book, tmp_path / "a.pdf")
    assert {(record.key, record.state, record.fields) for record in found.records} == {
        ("CO-0001", "changed", ("points",)),
        ("CO-0002", "gone", ()),
        ("CO-0003", "missing", ()),
    }


def test_a_file_that_is_no_print_of_this_program_is_refused(book, tmp_path):
    from pypdf import PdfWriter

    foreign, noise, missing = tmp_path / "foreign.pdf", tmp_path / "noise.pdf", tmp_path / "none.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(foreign)
    noise.write_bytes(b"%PDF-1.5\n" + bytes(range(256)) * 40)
    for path in (foreign, noise):
        with pytest.raises(Unreadable, match="was not printed by this program"):
            verify(book, path)
    with pytest.raises(Unreadable, match="cannot be read"):
        verify(book, missing)


def test_a_print_that_was_tampered_with_is_refused_not_crashed_on(book, tmp_path):
    from pypdf import PdfWriter

    from escplaybook.paper.page import RECORDS

    broken = (b"[]", b"{", b'{"sheet": 1, "printed": 2, "records": [{"kind": "cat"}]}', b"\xff")
    for number, text in enumerate(broken):
        path = tmp_path / f"{number}.pdf"
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.add_attachment(RECORDS, text)
        writer.write(path)
        with pytest.raises(Unreadable):
            verify(book, path)
