"""Copies of a book that are known to be whole, and the way back."""

import os
from datetime import datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.errors import BookDamaged, BookUnusable
from escplaybook.store import migrations
from escplaybook.store.book import Book, set_aside
from escplaybook.store.copying import copy_all, trouble_in, verified_copy


def back_up(book: Book, target: Path) -> Path:
    """Write a verified copy of the book to `target`, which must not exist yet."""
    if os.path.lexists(target):
        raise BookUnusable(f"{target} exists already and was left as it is; choose another name for the backup.")
    verified_copy(book.connection, target)
    return target


def backup_name(book: Book, now: datetime) -> Path:
    """Where a backup made at `now` goes if nobody says otherwise: a `backups` folder beside the book."""
    return book.path.parent / "backups" / f"{book.path.stem}-{now:%Y%m%d-%H%M%S}.backup"


def latest_backup(path: Path) -> Path | None:
    """The newest backup beside the book at `path`, or None."""
    found = sorted((path.parent / "backups").glob(f"{path.stem}-*.backup"))
    return found[-1] if found else None


def restore(book: Book, source: Path, now: datetime) -> Path:
    """Put the backup `source` in the book's place, for every program that has it open.

    The present state is first kept as a backup of its own; returns where. Raises BookUnusable if the backup is not
    whole or not a book; then nothing was changed.
    """
    book.refuse_reading_only()
    with Book.open(source, read_only=True) as backup:
        trouble = trouble_in(backup.connection)
        if trouble:
            raise BookUnusable(f"{source} is damaged ({trouble}); nothing was restored.")
        kept = back_up(book, backup_name(book, now))
        try:
            copy_all(backup.connection, book.connection)
            book.connection.execute("PRAGMA journal_mode = WAL")
            if book.connection.execute("PRAGMA user_version").fetchone()[0] < migrations.VERSION:
                migrations.migrate(book.connection)
        except sqlite.Error as error:
            raise BookUnusable(f"{source} could not be restored ({error}); the state before is {kept}.") from error
    return kept


def put_in_place(path: Path, source: Path, now: datetime) -> Path | None:
    """Restore `source` at `path`, whatever state the book there is in; returns where that state is kept.

    A book that is damaged is set aside as it is, with what SQLite keeps beside it; None if there was none at all.
    """
    if not path.exists():
        _make_of(source, path)
        return None
    try:
        with Book.open(path) as book:
            return restore(book, source, now)
    except BookDamaged:
        with Book.open(source, read_only=True):  # before anything moves: is there something to put in its place?
            pass
        aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
        set_aside(path, aside)
        try:
            _make_of(source, path)
        except BookUnusable:
            set_aside(aside, path)
            raise
        return aside


def _make_of(source: Path, path: Path) -> None:
    with Book.open(source, read_only=True) as backup:
        verified_copy(backup.connection, path)
    Book.open(path).close()
