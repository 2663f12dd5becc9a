import os
import shutil
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import BookUnusable
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing, keeping
from escplaybook.store import backup, checking, migrations, records
from escplaybook.store import book as book_module
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.store.places import file_system


def refusal(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BookUnusable) as told:
        Book.open(path)
    if before is not None:
        assert path.read_bytes() == before, "the file was touched"
    sentence = str(told.value)
    assert "\n" not in sentence
    return sentence


def faults(path: Path) -> list[str]:
    """What the program says of a book that may be damaged, whether it opens or not."""
    try:
        with Book.open(path) as opened:
            return [f"damaged {part}: {what}" for part, what in checking.trouble(opened)]
    except BookUnusable as told:
        return [str(told)]


def test_a_new_book_is_private_and_durable(book, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    pragma = {
        name: book.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")
    }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1}
    assert book.connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL


def test_a_missing_book_says_how_to_make_one(tmp_path):
    assert "escplaybook new --book" in refusal(tmp_path / "none.db")


def test_a_folder_is_no_book(tmp_path):
    assert "not a file" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3", b"\0" * 4096])
def test_what_is_not_sqlite_is_left_as_it_is(tmp_path, content):
    path = tmp_path / "b.db"
    path.write_bytes(content)
    assert "not a book" in refusal(path)


def test_another_programs_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE moz_places (id)")
    foreign.close()
    assert "another program" in refusal(path)


def test_a_book_from_a_newer_program_is_refused_with_a_way_out(book, path):
    book.connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    book.close()
    assert "Update this program" in refusal(path)


def test_a_truncated_book_is_told_as_damaged_and_left_alone(book, path, entry, now):
    for number in range(50):
        editing.apply(book, "Add", Edit(None, entry(f"Blocker {number}", cause="clock " * 500)), now=now)
    book.close()
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    assert "damaged" in " ".join(faults(path))


def test_a_read_only_book_opens_for_reading_and_refuses_to_be_written(book, path, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    book.close()
    path.chmod(0o444)
    before = path.read_bytes()
    with Book.open(path) as opened:
        assert opened.read_only
        assert records.count(opened, Entry) == 1
        assert opened.age(now)[0] == now
        with pytest.raises(BookUnusable, match="for reading only"):
            editing.apply(opened, "Add", Edit(None, entry()), now=now)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["b.db"]


def test_reading_a_copy_sees_what_was_not_yet_checkpointed(book, path, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    path.chmod(0o444)
    with Book.open(path) as opened:
        assert records.count(opened, Entry) == 1


def test_a_book_on_a_network_file_system_is_only_read(book, path, monkeypatch):
    book.close()
    monkeypatch.setattr(book_module, "lies_on_network", lambda _: True)
    with Book.open(path) as opened:
        assert opened.read_only


def test_the_innermost_mount_decides_about_the_file_system():
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0\n/dev/sdb /home/dana/local\\040disk ext4 rw 0 0\n"
    assert file_system(Path("/srv/b.db"), mounts) == "ext4"
    assert file_system(Path("/home/dana/b.db"), mounts) == "nfs4"
    assert file_system(Path("/home/dana/local disk/b.db"), mounts) == "ext4"


def test_a_book_held_by_another_program_is_told_and_unharmed(book, path, entry, now, monkeypatch):
    other = sqlite.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book.connection.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(BookUnusable, match="Another program has been writing"):
        editing.apply(book, "Add", Edit(None, entry()), now=now)
    other.execute("ROLLBACK")
    other.close()
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    assert records.count(book, Entry) == 1


def test_a_full_disk_is_told_and_loses_nothing(book, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    pages = book.connection.execute("PRAGMA page_count").fetchone()[0]
    book.connection.execute(f"PRAGMA max_page_count = {pages + 1}")  # SQLite answers as on a full disk
    with pytest.raises(BookUnusable, match="full"):
        editing.apply(book, "Add", Edit(None, entry(cause="x " * 100_000)), now=now)
    book.connection.execute("PRAGMA max_page_count = 1000000")
    assert records.count(book, Entry) == 1
    assert not list(checking.trouble(book))


def test_an_old_engine_is_refused(path, monkeypatch):
    monkeypatch.setattr(book_module, "OLDEST_ENGINE", (99, 0, 0))
    with pytest.raises(BookUnusable, match="can lose saved work"):
        Book.open(path)


def test_an_older_book_is_backed_up_before_it_is_brought_up_to_date(book, path, entry, now, monkeypatch):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    book.close()

    def another_table(db):
        db.conn.execute("CREATE TABLE later (id TEXT)")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, another_table))
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    with Book.open(path) as newer:
        assert newer.connection.execute("PRAGMA user_version").fetchone()[0] == migrations.VERSION
        assert newer.connection.execute("SELECT count(*) FROM later").fetchone()[0] == 0
    (kept,) = path.parent.glob("b.db.before-schema-*")
    monkeypatch.undo()
    with Book.open(kept) as old:
        assert records.count(old, Entry) == 1


def test_a_failing_migration_leaves_the_book_as_it_was(book, path, monkeypatch):
    book.close()

    def broken(db):
        db.conn.execute("CREATE TABLE half (id TEXT)")
        db.conn.execute("CREATE NONSENSE")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, broken))
        patch.setattr(migrations, "VERSION", migrations.VERSION + 1)
        with pytest.raises(BookUnusable):
            Book.open(path)
    with Book.open(path) as same:
        assert same.connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone()[0] == 0


def test_a_backup_is_whole_and_comes_back(book, path, contact, now):
    (made,) = editing.apply(book, "Add", Edit(None, contact("Jon Tailor")), now=now)
    kept = backup.back_up(book, backup.backup_name(book, now))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    editing.apply(book, "Rename", Edit(made.after, replace(made.after, name="John Taylor")), now=now)
    with Book.open(path) as second_program:
        before = backup.restore(book, kept, now.replace(hour=5))
        assert records.everything(second_program, Contact)[0].name == "Jon Tailor"
    assert not list(checking.trouble(book))
    with Book.open(before) as present:
        assert records.everything(present, Contact)[0].name == "John Taylor"
    assert backup.latest_backup(book.path) == before


def test_a_backup_never_writes_over_anything(book, path, now):
    target = path.with_name("mine.backup")
    target.write_text("precious")
    with pytest.raises(BookUnusable, match="left as it is"):
        backup.back_up(book, target)
    assert target.read_text() == "precious"


def test_a_damaged_backup_is_not_restored(book, path, entry, now):
    editing.apply(book, "Add", Edit(None, entry(cause="x" * 20_000)), now=now)
    kept = backup.back_up(book, path.with_name("b.backup"))
    content = bytearray(kept.read_bytes())
    content[4096:8192] = os.urandom(4096)
    kept.write_bytes(content)
    with pytest.raises(BookUnusable):
        backup.restore(book, kept, now)
    assert records.count(book, Entry) == 1
    assert not list(checking.trouble(book))


def test_check_sees_a_flipped_letter_in_a_record(book, entry, now):
    editing.apply(book, "Add", Edit(None, entry(cause="the clock runs ahead")), now=now)
    book.connection.execute("UPDATE entries SET cause = 'the clock runs behind'")
    parts = {part for part, _ in checking.trouble(book)}
    assert {"records", "search"} <= parts


def test_check_sees_a_forged_history(book, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now, author="dana")
    editing.apply(book, "Add", Edit(None, entry("Another")), now=now, author="dana")
    book.connection.execute("UPDATE strokes SET author = 'lee' WHERE rowid = 1")
    assert [part for part, _ in checking.trouble(book)] == ["history"]


def test_check_sees_a_lost_search_entry_and_rebuild_mends_it(book, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    book.connection.execute("DELETE FROM searchable")
    assert {part for part, _ in checking.trouble(book)} == {"search"}
    keeping.rebuild_search(book)
    assert not list(checking.trouble(book))


def test_drafts_are_remembered_beside_the_book(path):
    memory = Memory(path)
    memory.remember("draft:1", {"title": "half a"})
    memory.close()
    again = Memory(path)
    assert again.names("draft:") == ["draft:1"]
    assert again.recall("draft:1") == {"title": "half a"}
    again.forget("draft:1")
    assert again.recall("draft:1", "none") == "none"
    again.close()


def test_a_spoilt_memory_is_no_reason_to_stop(path):
    path.with_name("b.db.local").write_bytes(b"rubbish" * 1000)
    memory = Memory(path)
    memory.remember("window", [1])
    assert memory.recall("window") == [1]
    memory.close()


def test_a_copied_book_is_a_book_of_its_own(book, path, entry, now):
    editing.apply(book, "Add", Edit(None, entry()), now=now)
    book.close()
    other = path.with_name("copy.db")
    shutil.copy(path, other)
    with Book.open(other) as copy:
        assert records.count(copy, Entry) == 1
