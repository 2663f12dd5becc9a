"""A book that a disk has spoilt, another program holds, or that has no room: one sentence, and a way back."""

import os

import pytest
from pysqlite3 import dbapi2 as sqlite3

from escplaybook.cli.main import cli
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import BookUnusable
from escplaybook.services import editing
from escplaybook.store import backup, checking, copying, migrations, records
from escplaybook.store import book as book_module
from escplaybook.store.book import Book


@pytest.fixture
def kept(book, path, entry, now):
    """A backup of a book with one entry; the book itself is closed."""
    editing.apply(book, "Add", Edit(None, entry(cause="x" * 20_000)), now=now)
    kept = backup.back_up(book, path.with_name("kept.backup"))
    book.close()
    return kept


def cut_short(path):
    os.truncate(path, 9_000)


def spoil_pages(path):
    content = bytearray(path.read_bytes())
    content[3 * 4096 :] = bytes(byte ^ 0x55 for byte in content[3 * 4096 :])
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [cut_short, spoil_pages])
def test_a_backup_takes_a_damaged_books_place_and_what_was_there_is_kept(path, kept, now, spoil):
    spoil(path)
    spoilt = path.read_bytes()
    aside = backup.put_in_place(path, kept, now)
    assert aside is not None
    assert aside.read_bytes() == spoilt
    with Book.open(path) as restored:
        assert not list(checking.trouble(restored))
        assert records.by_key(restored, "KB-0001").cause == "x" * 20_000


def test_a_backup_becomes_the_book_where_there_is_none(path, kept, now):
    path.unlink()
    assert backup.put_in_place(path, kept, now) is None
    with Book.open(path) as restored:
        assert records.by_key(restored, "KB-0001").key == "KB-0001"


def test_a_damaged_book_stays_where_it_is_while_there_is_nothing_to_put_in_its_place(path, kept, now):
    cut_short(path)
    spoilt = path.read_bytes()
    kept.write_text("no backup at all")
    with pytest.raises(BookUnusable, match="not a book"):
        backup.put_in_place(path, kept, now)
    assert path.read_bytes() == spoilt


def test_check_answers_no_for_a_book_too_damaged_to_open(run, path, kept):
    cut_short(path)
    code, out, _ = run("check")
    assert code == 3
    assert "escplaybook restore BACKUP" in out


def test_a_page_that_cannot_be_read_is_told_whoever_reads(run, path, book, entry, now):
    for number in range(60):
        editing.apply(book, "Add", Edit(None, entry(f"Blocker {number}", cause="x" * 9_000)), now=now)
    first = book.connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entries'").fetchone()[0]
    book.close()
    with path.open("r+b") as file:
        file.seek((first - 1) * 4096)
        file.write(b"\xff" * 3_000)
    code, out, errors = run("entries", "list")
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert "is damaged" in errors


@pytest.mark.parametrize("spoilt", ["no JSON", '[{"kind":"telepathy","value":"+1"}]', "[3]", "3"])
def test_a_row_that_holds_no_record_is_told(run, path, spoilt):
    run("new")
    run("contacts", "add", "Mara Lindqvist", "--mobile", "+46 70 174 06 31")
    with sqlite3.connect(path) as direct:
        direct.execute("UPDATE contacts SET points = ?", (spoilt,))
    direct.close()
    code, _, errors = run("contacts", "list")
    assert (code, errors.count("\n")) == (1, 1)
    assert "CO-0001 is damaged" in errors
    code, out, _ = run("check")
    assert code == 3
    assert "CO-0001 cannot be read" in out


@pytest.mark.parametrize("spoilt", ["no JSON", '{"id":3}'])
def test_a_spoilt_line_of_the_history_is_told(run, path, spoilt):
    run("new")
    run("entries", "add", "Login loops")
    with sqlite3.connect(path) as direct:
        direct.execute("UPDATE history SET after = ?", (spoilt,))
    direct.close()
    for words in (("history",), ("history", "KB-0001"), ("undo",)):
        code, _, errors = run(*words)
        assert (code, errors.count("\n")) == (1, 1), words
        assert "Line 1 of the history is damaged" in errors
    assert run("check")[0] == 3


def test_nothing_is_restored_into_a_book_another_program_holds(path, kept, now, monkeypatch):
    monkeypatch.setattr(copying, "BUSY_SECONDS", 0.0)
    with Book.open(path) as book:
        book.connection.execute("PRAGMA busy_timeout = 0")
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookUnusable, match="could not be restored"):
            backup.restore(book, kept, now)
        holder.execute("ROLLBACK")
        holder.close()
        assert not list(checking.trouble(book))


def test_a_held_book_is_not_called_damaged(run, path, book, monkeypatch):
    monkeypatch.setattr(book_module, "BUSY_SECONDS", 0.0)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    code, out, errors = run("check")
    assert (code, out) == (1, "")
    assert "Another program" in errors
    holder.close()


def test_half_a_book_is_not_left_in_the_way(path, monkeypatch):
    def full(_):
        raise book_module.sqlite.OperationalError("database or disk is full")

    monkeypatch.setattr(migrations, "migrate", full)
    with pytest.raises(BookUnusable, match="full"):
        Book.create(path)
    assert not list(path.parent.iterdir())


def test_a_book_on_a_full_disk_can_still_be_read(path, kept, monkeypatch):
    """SQLite needs room for its lock file even to read, and says “disk I/O error” where there is none."""
    real = book_module._refuse_newer

    def no_room(where, connection):
        if connection.execute("PRAGMA database_list").fetchone()["file"] == str(path):
            raise book_module.sqlite.OperationalError("disk I/O error")
        real(where, connection)

    monkeypatch.setattr(book_module, "_refuse_newer", no_room)
    with Book.open(path) as opened:
        assert opened.read_only
        assert records.by_key(opened, "KB-0001").key == "KB-0001"


def test_a_name_no_file_can_have_is_told(path):
    for make_or_open in (Book.create, Book.open):
        with pytest.raises(BookUnusable, match="too long"):
            make_or_open(path.with_name("x" * 300))


def test_a_book_nobody_may_read_is_trouble_not_wrong_usage():
    readable = {
        (command.name, parameter.name)
        for command in cli.commands.values()
        for parameter in command.params
        if getattr(parameter.type, "readable", False)
    }
    assert not readable


def test_nothing_is_stored_in_a_book_that_was_taken_away_while_open(book, path, entry, now):
    """SQLite goes on writing to a file that has no name any more, and all of it is gone when the program ends."""
    aside = path.with_name("aside.db")
    path.rename(aside)
    with pytest.raises(BookUnusable, match="nothing was stored"):
        editing.apply(book, "Add", Edit(None, entry()), now=now)
    Book.create(path).close()
    with pytest.raises(BookUnusable, match="nothing was stored"):
        editing.apply(book, "Add", Edit(None, entry()), now=now)
    aside.replace(path)
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    assert records.by_key(book, "KB-0001").key == "KB-0001"
