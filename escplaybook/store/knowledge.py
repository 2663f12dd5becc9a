"""Questions about known blockers and what is noted on them."""

import json
from collections.abc import Iterable, Iterator

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.double_entries import Titled
from escplaybook.store.book import Book
from escplaybook.store.rows import from_row

_IN_USE = "retired IS NULL AND superseded_by IS NULL"


def notes_on(book: Book, entry_id: str) -> list[Annotation]:
    """The mentors' notes on an entry that are not retired, superseded ones too, oldest first."""
    return [note for note in all_notes_on(book, entry_id) if note.retired is None]


def all_notes_on(book: Book, entry_id: str) -> list[Annotation]:
    """The mentors' notes on an entry, retired ones too, oldest first."""
    rows = book.connection.execute("SELECT * FROM annotations WHERE entry = ? ORDER BY created, key", (entry_id,))
    return [from_row(Annotation, row) for row in rows]


def noted(book: Book) -> set[str]:
    """The ids of the entries with notes in use."""
    rows = book.connection.execute(f"SELECT DISTINCT entry FROM annotations WHERE {_IN_USE}")
    return {row["entry"] for row in rows}


def is_noted(book: Book, entry_id: str) -> bool:
    """Whether an entry has a note in use."""
    query = f"SELECT 1 FROM annotations WHERE entry = ? AND {_IN_USE} LIMIT 1"
    return book.connection.execute(query, (entry_id,)).fetchone() is not None


def annotated(book: Book) -> Iterable[str]:
    """The ids of the entries that have notes, in the order of their keys."""
    rows = book.connection.execute(
        "SELECT id FROM entries WHERE id IN (SELECT entry FROM annotations) ORDER BY key"
    ).fetchall()
    return [row["id"] for row in rows]


def titles(book: Book) -> Iterator[Titled]:
    """The titles and error codes of the entries in use, without reading all that stands in them."""
    for row in book.connection.execute("SELECT id, title, error_codes FROM entries WHERE retired IS NULL ORDER BY id"):
        yield Titled(row["id"], row["title"], tuple(json.loads(row["error_codes"])))
