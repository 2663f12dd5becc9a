"""Copies of a book that are known to be whole, and the way back."""

from datetime import datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from escplaybook.domain.errors import BookUnusable
from escplaybook.store import migrations
from escplaybook.store.book import Book
from escplaybook.store.copying import trouble_in, verified_copy


def back_up(book: Book, target: Path) -> Path:
    """Write a verified copy of the book to `target`, which must not exist yet."""
    if target.exists():
        raise BookUnusable(f"{target} exists already and was left as it is; choose another name for the backup.")
    verified_copy(book.connection, target)
    return target


def backup_name(book: Book, now: datetime) -> Path:
    """Where a backup made at `now` goes if nobody says otherwise: a `backups` folder beside the book."""
    return book.path.parent / "backups" / f"{book.path.stem}-{now:%Y%m%d-%H%M%S}.backup"


def latest_backup(book: Book) -> Path | None:
    """The newest backup beside the book, or None."""
    found = sorted((book.path.parent / "backups").glob(f"{book.path.stem}-*.backup"))
    return found[-1] if found else None


def restore(book: Book, source: Path, now: datetime) -> Path:
    """Put the backup `source` in the book's place, for every program that has it open.

    The present state is first kept as a backup of its own; returns where. Raises BookUnusable if the backup is not
    whole or not a book; then nothing was changed.
    """
    if book.read_only:
        raise BookUnusable(f"{book.path} is open for reading only; nothing was restored.")
    with Book.open(source, read_only=True) as backup:
        trouble = trouble_in(backup.connection)
        if trouble:
            raise BookUnusable(f"{source} is damaged ({trouble}); nothing was restored.")
        kept = back_up(book, backup_name(book, now))
        try:
            backup.connection.backup(book.connection)
            book.connection.execute("PRAGMA journal_mode = WAL")
            if book.connection.execute("PRAGMA user_version").fetchone()[0] < migrations.VERSION:
                migrations.migrate(book.connection)
        except sqlite.Error as error:
            raise BookUnusable(f"{source} could not be restored ({error}); the state before is {kept}.") from error
    return kept
