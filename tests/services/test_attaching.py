"""The papers of a record are kept byte for byte, through undo, restore, backup and handover."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.attachments import SIZE_LIMIT
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.services import attaching, editing
from escplaybook.store import blobs, history, records
from escplaybook.store.backup import back_up
from escplaybook.store.book import Book
from escplaybook.store.handover import hand_over
from tests.conftest import NOW
from tests.ui.hands import agreement, stored, vendor

DATA = bytes(range(256)) * 1000


@pytest.fixture
def kept(book: Book) -> Agreement:
    partner = vendor()
    _, made = stored(book, partner, agreement(partner))
    return made


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "signed.pdf"
    path.write_bytes(DATA)
    return path


def now_in(book: Book, record: Agreement) -> Agreement:
    return records.get(book, Agreement, record.id)


def test_what_was_attached_comes_back_after_undo_and_redo(book, kept, paper):
    with_paper = attaching.attach(book, kept, paper, NOW)
    assert blobs.data_of(book, with_paper.documents[0]) == DATA
    editing.undo(book, NOW)
    assert now_in(book, kept).documents == ()
    editing.redo(book, NOW)
    assert blobs.data_of(book, now_in(book, kept).documents[0]) == DATA


def test_a_paper_taken_off_and_changed_is_whole_in_an_earlier_version(book, kept, paper):
    first = attaching.attach(book, kept, paper, NOW)
    without = attaching.detach(book, first, "signed.pdf", NOW)
    paper.write_bytes(b"another")
    second = attaching.attach(book, without, paper, NOW)
    assert blobs.data_of(book, second.documents[0]) == b"another"
    before = next(
        line.edit.before
        for line in history.of_record(book, kept.id)
        if line.edit.before is not None and line.edit.before.documents
    )
    restored = replace(before, updated=NOW)
    editing.apply(book, "Restore", Edit(second, restored), now=NOW)
    assert blobs.data_of(book, now_in(book, kept).documents[0]) == DATA


def test_a_backup_holds_the_papers(book, kept, paper, tmp_path):
    with_paper = attaching.attach(book, kept, paper, NOW)
    back_up(book, tmp_path / "backup.db")
    with Book.open(tmp_path / "backup.db", read_only=True) as copy:
        assert blobs.data_of(copy, with_paper.documents[0]) == DATA


def test_a_handover_leaves_the_papers_out_and_says_so(book, kept, paper, tmp_path):
    attaching.attach(book, kept, paper, NOW)
    hand_over(book, tmp_path / "handover.db", NOW)
    assert DATA[:5000] not in (tmp_path / "handover.db").read_bytes()
    with Book.open(tmp_path / "handover.db", read_only=True) as copy:
        (one,) = now_in(copy, kept).documents
        assert one.name == "signed.pdf"
        with pytest.raises(NotFound, match="is not in this copy of the book; open the book it was made from"):
            blobs.data_of(copy, one)


def test_another_file_of_the_same_name_gets_a_number_and_the_same_file_is_refused(book, kept, paper):
    first = attaching.attach(book, kept, paper, NOW)
    with pytest.raises(PlaybookError, match="attached to AG-0001 already"):
        attaching.attach(book, first, paper, NOW)
    paper.write_bytes(b"another")
    second = attaching.attach(book, first, paper, NOW)
    assert [one.name for one in second.documents] == ["signed.pdf", "signed (2).pdf"]


def test_a_file_too_large_or_not_there_is_refused_in_one_sentence(book, kept, tmp_path):
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    told = "“large.pdf” has 20 MB; 20 MB can be attached. Nothing was changed; attach a smaller copy."
    with pytest.raises(PlaybookError) as error:
        attaching.attach(book, kept, large, NOW)
    assert str(error.value) == told
    for path in (tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(PlaybookError, match="There is no file"):
            attaching.attach(book, kept, path, NOW)
    assert now_in(book, kept) == kept


def test_an_opened_paper_is_a_private_copy_for_reading(book, kept, paper, tmp_path):
    (one,) = attaching.attach(book, kept, paper, NOW).documents
    place = attaching.put_out(book, one, tmp_path)
    assert (place.name, place.read_bytes()) == ("signed.pdf", DATA)
    assert stat.S_IMODE(place.stat().st_mode) == 0o400
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["setup.exe", "run.SH", "open me.desktop"])
def test_a_program_is_never_opened(book, kept, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"#!/bin/sh\n")
    (one,) = attaching.attach(book, kept, path, NOW).documents
    with pytest.raises(PlaybookError, match="is a program and was not opened"):
        attaching.put_out(book, one, tmp_path)


def test_saving_where_something_is_leaves_it_unless_it_may_be_replaced(book, kept, paper, tmp_path):
    (one,) = attaching.attach(book, kept, paper, NOW).documents
    target = tmp_path / "there.pdf"
    target.write_bytes(b"mine")
    with pytest.raises(PlaybookError, match="is there already"):
        attaching.save_as(book, one, target)
    assert target.read_bytes() == b"mine"
    attaching.save_as(book, one, target, may_replace=True)
    assert target.read_bytes() == DATA
    with pytest.raises(PlaybookError, match="could not be written"):
        attaching.save_as(book, one, tmp_path / "no folder" / "x.pdf")
