"""Ranked hits for what a person typed."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from escplaybook.search.engine import count, everything, latest, riskiest
from escplaybook.search.matching import Condition, scope
from escplaybook.search.query import parse
from escplaybook.search.question import Question, without_joints
from escplaybook.search.ranking import Order, ranked, while_typing
from escplaybook.search.snippets import snippeter
from escplaybook.search.standing import COUNTED as COUNTED
from escplaybook.search.suggest import mended, rewritten
from escplaybook.search.waiting import is_worklist
from escplaybook.store.book import Book
from escplaybook.store.index import facet_token, fold

BEGUN, TOLD, FIRST = 3, 20, 10
"""A title counts as begun from so many letters on; so many are looked up, for longer titles are shortened there; and so
many records at most stand first for it."""


class Interrupted(Exception):
    """The search was called off by `book.interrupt()`: the next key has been pressed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `snippet` is HTML: escaped text with `<mark>` around what was hit.

    Scores compare hits of one answer only. `confidence` and `queues` (those of any day) are said of entries only.
    """

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
    confidence: str
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found. `corrected` is the text really searched for, if a typing error was mended.

    `total` is exact below `COUNTED`, which means “this many or more”, and where everything was asked for.
    `words` are those to highlight in an opened record: hand them to `highlight.matcher`.
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
    """The records that answer to `text`, best first; any text will do, none finds everything, latest change first,
    and what stands in a queue by its risk.

    A record whose key, title or error code is the very text comes first. `typing` says that the last word may be only
    begun. Relative dates count from `now`, or from the book's last change. `as_typed` mends no typing errors.
    Raises Interrupted.
    """
    with interruptible():
        question, corrected = understood(book, text, now, typing=typing, as_typed=as_typed)
        order = _order(book, text, question, kinds, offset + limit, typing)
        hits = _hits(book, order.scored[offset : offset + limit], question.named())
    return Answer(text, corrected, order.total, hits, question.named())


def understood(
    book: Book, text: str, now: datetime | None, *, typing: bool = False, as_typed: bool = False
) -> tuple[Question, str | None]:
    """The question a text asks of this book, and the text without typing errors if it had any."""
    question = parse(text, now or last_change(book), typing=typing)
    if as_typed:
        return question, None
    question, changes = mended(book, question)
    return question, rewritten(text, changes) if changes else None


def last_change(book: Book) -> datetime:
    """When the book was last written in: the day that relative dates count from unless another is given."""
    said = book.connection.execute("SELECT max(updated) FROM searchable").fetchone()[0]
    return datetime.fromisoformat(said) if said else datetime.fromtimestamp(0, UTC)


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn SQLite's interrupt into Interrupted."""
    try:
        yield
    except sqlite.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise Interrupted from error


def _order(book: Book, text: str, question: Question, kinds: Collection[str], wanted: int, typing: bool) -> Order:
    if question.is_empty:
        numbers, total = everything(book, kinds, wanted)
        return Order(tuple((number, 0.0) for number in numbers), total)
    found = scope(book, "found", question.conditions, kinds)
    if not question.words:
        ordered = riskiest if any(map(is_worklist, question.conditions)) else latest
        numbers = ordered(book, found, wanted)
        order = Order(tuple((number, 0.0) for number in numbers), count(book, "", found, COUNTED))
    elif typing:
        order = while_typing(book, question.words, scope(book, "typed", question.conditions, kinds), found, wanted)
    else:
        order = ranked(book, question.words, found, wanted)
    within = scope(book, "found", (), kinds)
    first = _exactly(book, text, within)
    if not typing and not question.conditions:
        first += [number for number in _beginning(book, text, within) if number not in first]
    if not first:
        return order
    best = max((score for _, score in order.scored), default=0.0)
    scored = dict.fromkeys(first, best + 1) | {number: score for number, score in order.scored if number not in first}
    return Order(tuple(scored.items())[:wanted], max(order.total, len(scored)))


def _exactly(book: Book, text: str, within: Condition) -> list[int]:
    """The records whose key, title or code is the very text, in this order."""
    said = text.strip()
    if not any(letter.isalnum() for letter in said):
        return []
    numbers: list[int] = []
    for facet in ("key", "title", "code"):
        rows = book.connection.execute(
            "SELECT number, searchable.title FROM found JOIN searchable ON number = found.rowid "
            "WHERE found MATCH ? ORDER BY number DESC LIMIT 10",
            (within.narrowed(f'facets : "{facet_token(facet, said)}"'),),
        )
        # the token leaves out blanks and marks, which is right for codes but may be operators in words
        numbers += [row[0] for row in rows if facet != "title" or _letters(row[1]) == _letters(said)]
    return numbers


def _beginning(book: Book, text: str, within: Condition) -> list[int]:
    """The records whose title begins with the very text: what stood on top while it was typed stays there after."""
    said = fold(" ".join(text.split()))
    if len(said) < BEGUN:
        return []
    token = facet_token("title", said[:TOLD])[:-1]
    rows = book.connection.execute(
        "SELECT number, searchable.title FROM found JOIN searchable ON number = found.rowid "
        "WHERE found MATCH ? ORDER BY number DESC LIMIT 50",
        (within.narrowed(f'facets : "{token}" *'),),
    )
    return [row[0] for row in rows if fold(without_joints(row[1])).startswith(said)][:FIRST]


def _letters(title: str) -> list[str]:
    return fold(without_joints(title)).split()


def _hits(book: Book, scored: Sequence[tuple[int, float]], words: Sequence[str]) -> tuple[Hit, ...]:
    places = ", ".join("?" * len(scored))
    rows = book.connection.execute(
        f"SELECT * FROM searchable WHERE number IN ({places})", [number for number, _ in scored]
    )
    by_number = {row["number"]: row for row in rows}
    snippet = snippeter(words)
    return tuple(_hit(by_number[number], score, snippet) for number, score in scored if number in by_number)


def _hit(row: Any, score: float, snippet: Callable[[str], str]) -> Hit:
    return Hit(
        kind=row["kind"],
        id=row["record"],
        key=row["key"],
        title=without_joints(row["title"]),
        snippet=snippet(without_joints("\n".join(filter(None, (row["symptoms"], row["remedy"], row["rest"]))))),
        score=score,
        severity=row["severity"],
        stage=row["stage"],
        system=row["system"],
        state=row["state"],
        updated=row["updated"],
        confidence=row["confidence"],
        queues=tuple(json.loads(row["queues"])),
    )
