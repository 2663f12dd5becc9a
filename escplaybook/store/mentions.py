"""Where a record is mentioned: the records whose texts name its key, as a link or plainly."""

from typing import Any

from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_named

MOST = 50
"""Records told at once; a key named more often is found by searching for it."""


def mentions_of(book: Book, record: Any, *, most: int = MOST) -> list[Any]:
    """The records in use that mention this one in their texts, those changed last first.

    The full-text table has every key as two words that follow each other.
    """
    prefix, _, number = record.key.rpartition("-")
    if not prefix or not number.isdigit():
        return []
    rows = book.connection.execute(
        "SELECT kind, record FROM searchable WHERE number IN (SELECT rowid FROM found WHERE found MATCH ?) "
        "AND record <> ? AND retired = 0 ORDER BY updated DESC, number LIMIT ?",
        (f'{{title symptoms remedy rest}}: "{prefix} {number}"', record.id, most),
    ).fetchall()
    found = (records.find(book, kind_named(row["kind"]).type, row["record"]) for row in rows)
    return [one for one in found if one is not None]
