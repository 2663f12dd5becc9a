"""Questions that any kind of record answers."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of, kind_of_key
from escplaybook.store.rows import from_row

R = TypeVar("R", bound=Record)


def get(book: Book, record_type: type[R], record_id: str) -> R:
    """The record with that id. Raises NotFound."""
    found = find(book, record_type, record_id)
    if found is None:
        raise NotFound("This record is no longer in the book.")
    return found


def find(book: Book, record_type: type[R], record_id: str) -> R | None:
    """The record with that id, or None."""
    return _one(book, record_type, "id", record_id)


_DIGITS = 19
"""No key has more; Python refuses to read numbers of thousands of them."""


def by_key(book: Book, key: str) -> Record:
    """The record that answers to `key`; `kb-1` finds KB-0001. Raises NotFound."""
    kind = kind_of_key(key)
    number = key.rpartition("-")[2]
    whole = f"{kind.prefix}-{int(number):04d}" if number.isdecimal() and len(number) < _DIGITS else key.upper()[:80]
    found: Record | None = _one(book, kind.type, "key", whole)
    if found is None:
        raise NotFound(f"Nothing in this book is called {whole}.")
    return found


def by_origin(book: Book, record_type: type[R], uid: str) -> R | None:
    """The record imported under that uid of its source, or None."""
    return _one(book, record_type, "origin_uid", uid)


def everything(book: Book, record_type: type[R], order: str = "key") -> list[R]:
    """All records of a kind, retired ones too, ordered by a column."""
    rows = book.connection.execute(f"SELECT * FROM {kind_of(record_type).table} ORDER BY {order}")
    return [from_row(record_type, row) for row in rows]


def some(book: Book, record_type: type[R], ids: Iterable[str]) -> Iterator[R]:
    """The records with these ids that are there, in the order asked for."""
    return (record for record_id in ids if (record := find(book, record_type, record_id)) is not None)


def count(book: Book, record_type: type[Record]) -> int:
    """How many records of that kind the book holds, retired ones not counted."""
    table = kind_of(record_type).table
    return int(book.connection.execute(f"SELECT count(*) FROM {table} WHERE retired IS NULL").fetchone()[0])


def _one(book: Book, record_type: type[R], column: str, value: str) -> R | None:
    table = kind_of(record_type).table
    row = book.connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,)).fetchone()
    found: Any = None if row is None else from_row(record_type, row)
    return found  # type: ignore[no-any-return]
