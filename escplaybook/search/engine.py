"""The few statements that are put to the full-text tables. A record is named by its number in `searchable`."""

from collections.abc import Collection
from typing import Any

from escplaybook.search.matching import Condition, Table
from escplaybook.store.book import Book

BM25 = "bm25(found, 1.8, 0.6, 0.6, 0.6, 1.2, 0.0)"
"""Weights of title, symptoms, remedy, rest, tags, facets. Their ratios favour the title; their level matters because
FTS5 fixes k1 at 1.2 (https://sqlite.org/fts5.html#the_bm25_function): weights of 0.6 act as k1 = 2. Chosen on the odd
questions of Cranfield; they help 40 of the 62 even ones whose answer they change."""

Scored = list[tuple[int, float]]


def weighed(book: Book, match: str, within: Condition, wanted: int) -> Scored:
    """The best by FTS5's bm25, each with its score, higher is better."""
    return [
        (row[0], -row[1])
        for row in book.connection.execute(
            f"SELECT found.rowid, {BM25} AS weight FROM {_source('found', within)} "
            "ORDER BY weight, found.rowid DESC LIMIT ?",
            (within.narrowed(match), *within.values, wanted),
        )
    ]


def last_written(book: Book, match: str, within: Condition, wanted: int) -> list[int]:
    """Those that match in `typed`, the last written first: the one order FTS5 gives without looking at all of them."""
    rows = book.connection.execute(
        f"SELECT typed.rowid FROM {_source('typed', within)} ORDER BY typed.rowid DESC LIMIT ?",
        (within.narrowed(match), *within.values, wanted),
    )
    return [row[0] for row in rows]


def written_since(book: Book, match: str, within: Condition, first: int) -> set[int]:
    """Those that match in `typed` and were written no earlier than the record of that number."""
    rows = book.connection.execute(
        f"SELECT typed.rowid FROM {_source('typed', within)} AND typed.rowid >= ?",
        (within.narrowed(match), *within.values, first),
    )
    return {row[0] for row in rows}


def count(book: Book, match: str, within: Condition, most: int) -> int:
    """How many match in `found`, counted no further than `most`."""
    inner = f"SELECT 1 FROM {_source('found', within)} LIMIT ?"
    values = (within.narrowed(match), *within.values, most)
    return int(book.connection.execute(f"SELECT count(*) FROM ({inner})", values).fetchone()[0])


def latest(book: Book, within: Condition, wanted: int) -> list[int]:
    """Those under the condition, the latest change first."""
    return _ordered(book, within, "updated DESC, number DESC", wanted)


def riskiest(book: Book, within: Condition, wanted: int) -> list[int]:
    """Those under the condition, the worst severity first, then what nobody has looked at for longest."""
    return _ordered(book, within, "severity = '', severity, reviewed, number", wanted)


def _ordered(book: Book, within: Condition, order: str, wanted: int) -> list[int]:
    rows = book.connection.execute(
        f"SELECT number FROM searchable WHERE number IN (SELECT found.rowid FROM {_source('found', within)}) "
        f"ORDER BY {order} LIMIT ?",
        (within.narrowed(""), *within.values, wanted),
    )
    return [row[0] for row in rows]


def everything(book: Book, kinds: Collection[str], wanted: int) -> tuple[list[int], int]:
    """Every record of these kinds that is not retired, the latest change first; and how many there are."""
    where, values = "retired = 0", list(kinds)
    if kinds:
        where += f" AND kind IN ({', '.join('?' * len(kinds))})"
    run: Any = book.connection.execute
    rows = run(
        f"SELECT number FROM searchable WHERE {where} ORDER BY updated DESC, number DESC LIMIT ?", (*values, wanted)
    )
    total = run(f"SELECT count(*) FROM searchable WHERE {where}", values)
    return [row[0] for row in rows], int(total.fetchone()[0])


def _source(table: Table, within: Condition) -> str:
    joined = f" JOIN searchable ON searchable.number = {table}.rowid" if within.where else ""
    also = f" AND {within.where}" if within.where else ""
    return f"{table}{joined} WHERE {table} MATCH ?{also}"
