"""What was worked out from a book and holds until the book changes."""

from typing import Any
from weakref import WeakKeyDictionary

from escplaybook.store.book import Book

FULL = 1_000
"""Values after which all are forgotten."""

_MEMORIES: WeakKeyDictionary[Book, tuple[tuple[int, int], dict[Any, Any]]] = WeakKeyDictionary()


def memory(book: Book) -> dict[Any, Any]:
    """Values by any key; empty again as soon as this or another program has written to the book."""
    version = int(book.connection.execute("PRAGMA data_version").fetchone()[0])
    stamp = (version, int(book.connection.total_changes))
    kept = _MEMORIES.get(book)
    if kept is None or kept[0] != stamp or len(kept[1]) >= FULL:
        kept = _MEMORIES[book] = (stamp, {})
    return kept[1]
