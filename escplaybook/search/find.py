"""Ranked hits for what a person typed."""

import html
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from escplaybook.search.query import Query, parse
from escplaybook.store.book import Book

COUNTED = 1_000
"""Hits are counted up to here; a total of COUNTED means “this many or more”."""


class Interrupted(Exception):
    """The search was called off by `book.connection.interrupt()`: the next key has been pressed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `snippet` is HTML: escaped text with `<mark>` around what was hit."""

    kind: str
    id: str
    key: str
    title: str
    snippet: str
    score: float
    severity: str
    stage: str
    system: str
    state: str
    updated: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found. `corrected` is the text really searched for, if a typing error was mended.

    `total` is exact below COUNTED. `words` are those to highlight in an opened record.
    """

    query: str
    corrected: str | None
    total: int
    hits: tuple[Hit, ...]
    words: tuple[str, ...]


def find(
    book: Book,
    text: str,
    *,
    kinds: Collection[str] = (),
    limit: int = 50,
    offset: int = 0,
    typing: bool = False,
    now: datetime | None = None,
    as_typed: bool = False,
) -> Answer:
    """The records that answer to `text`, best first; any text will do, none finds everything, latest change first.

    `typing` says that the last word is still being typed. `as_typed` mends no typing errors. Raises Interrupted.
    """
    query = parse(text, now or datetime.now(UTC), typing=typing)
    with interruptible():
        rows = _rows(book, query, kinds, limit, offset)
        total = _total(book, query, kinds)
    return Answer(text, None, total, tuple(_hit(row) for row in rows), query.words)


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn SQLite's interrupt into Interrupted."""
    try:
        yield
    except sqlite.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise Interrupted from error


_COLUMNS = "kind, record, key, searchable.title, severity, stage, searchable.system, state, updated"


def _rows(book: Book, query: Query, kinds: Collection[str], limit: int, offset: int) -> list[Any]:
    where, values = _kinds(kinds)
    if not query.match:
        sql = f"SELECT {_COLUMNS}, '' AS snippet, 0.0 AS score FROM searchable WHERE {where} ORDER BY updated DESC"
    else:
        sql = (
            f"SELECT {_COLUMNS}, snippet(found, -1, char(2), char(3), '…', 24) AS snippet, -bm25(found, 5, 1, 1, 1, 2, 0)"
            f" AS score FROM found JOIN searchable ON number = found.rowid WHERE found MATCH ? AND {where}"
            " ORDER BY score DESC"
        )
        values = [query.match, *values]
    return list(book.connection.execute(sql + " LIMIT ? OFFSET ?", (*values, limit, offset)))


def _total(book: Book, query: Query, kinds: Collection[str]) -> int:
    where, values = _kinds(kinds)
    inner = f"SELECT 1 FROM searchable WHERE {where}"
    if query.match:
        inner = f"SELECT 1 FROM found JOIN searchable ON number = found.rowid WHERE found MATCH ? AND {where}"
        values = [query.match, *values]
    row = book.connection.execute(f"SELECT count(*) FROM ({inner} LIMIT {COUNTED})", values).fetchone()
    return int(row[0])


def _kinds(kinds: Collection[str]) -> tuple[str, list[str]]:
    if not kinds:
        return "retired = 0", []
    return f"retired = 0 AND kind IN ({', '.join('?' * len(kinds))})", list(kinds)


def _hit(row: Any) -> Hit:
    return Hit(
        kind=row["kind"],
        id=row["record"],
        key=row["key"],
        title=row["title"],
        snippet=html.escape(row["snippet"]).replace("\2", "<mark>").replace("\3", "</mark>"),
        score=row["score"],
        severity=row["severity"],
        stage=row["stage"],
        system=row["system"],
        state=row["state"],
        updated=row["updated"],
    )
