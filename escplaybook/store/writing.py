"""The one writer: record, history and search entry in one transaction, then the news of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from escplaybook.domain.edits import Edit, Stroke
from escplaybook.domain.errors import ChangedElsewhere, InvalidRecord
from escplaybook.store import blobs, history, index, records
from escplaybook.store.book import Book
from escplaybook.store.kinds import Kind, kind_of
from escplaybook.store.rows import columns, hash_of, to_json, to_row


def write(book: Book, stroke: Stroke, *edits: Edit, files: Iterable[bytes] = ()) -> tuple[Edit, ...]:
    """Store every edit with its history and its search entry, or none of them, and the `files` that they attach.

    Returns the edits as stored: a new record without a key has been given its own. Raises ChangedElsewhere if a
    stored record is no longer `edit.before`, InvalidRecord if it holds what is no text, BookUnusable if the book
    cannot be written.
    """
    with book.writing():
        for data in files:
            blobs.put(book, data)
        stored = tuple(_stored(book, edit) for edit in edits)
        history.note(book, stroke, stored)
        index.refresh(book, stored)
    book.announce(frozenset(type(edit.record) for edit in stored))
    return stored


def note_meta(book: Book, name: str, value: str) -> None:
    """Remember a fact about the book itself, in place of what was noted under that name. Raises BookUnusable."""
    with book.writing():
        book.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _stored(book: Book, edit: Edit) -> Edit:
    kind = kind_of(type(edit.record))
    _refuse_stale(book, kind, edit)
    if edit.after is None:
        book.connection.execute(f"DELETE FROM {kind.table} WHERE id = ?", (edit.record.id,))
        return edit
    if edit.before is None:
        _refuse_twice(book, edit.after)
    record = _numbered(book, kind, edit.after)
    try:
        row = to_row(record) | {"hash": hash_of(to_json(record))}
    except UnicodeEncodeError as error:
        raise InvalidRecord(
            "Something in it is no text (half a character, or bytes that are no UTF-8); nothing was stored. "
            "Type it anew."
        ) from error
    book.connection.execute(_upsert(kind), tuple(row.values()))
    return Edit(edit.before, record)


def _refuse_stale(book: Book, kind: Kind, edit: Edit) -> None:
    row = book.connection.execute(f"SELECT hash FROM {kind.table} WHERE id = ?", (edit.record.id,)).fetchone()
    expected = hash_of(to_json(edit.before)) if edit.before is not None else None
    if (row["hash"] if row else None) != expected:
        raise ChangedElsewhere(
            f"{edit.record.key or 'This record'} was changed elsewhere meanwhile. "
            "Nothing was overwritten; look at it again and repeat your change."
        )


def _refuse_twice(book: Book, record: Any) -> None:
    """What came from outside is in the book once, also if two programs bring it in at the same time."""
    origin = getattr(record, "origin", None)
    there: Any = records.by_origin(book, type(record), origin.uid) if origin else None
    if there is not None:
        raise ChangedElsewhere(
            f"{there.key} came in from the same source meanwhile; nothing is in the book twice. "
            "Import again: only what is missing comes in."
        )


def _numbered(book: Book, kind: Kind, record: Any) -> Any:
    """Give a new record the next key of its kind. A key is never given twice, not even after a deletion."""
    if not record.key:
        row = book.connection.execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET last = last + 1 RETURNING last",
            (kind.name,),
        ).fetchone()
        return replace(record, key=f"{kind.prefix}-{row['last']:04d}")
    number = record.key.rpartition("-")[2]
    if number.isdigit():
        book.connection.execute(
            "INSERT INTO counters VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)",
            (kind.name, int(number)),
        )
    return record


def _upsert(kind: Kind) -> str:
    names = tuple(f'"{name}"' for name in (*columns(kind.type), "hash"))  # quoted: “end”, “references”
    return (
        f"INSERT INTO {kind.table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT (id) DO UPDATE SET {_assignments(names)}"
    )


def _assignments(names: Iterable[str]) -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in names if name != '"id"')
