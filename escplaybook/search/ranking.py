"""In what order records answer: the full ranking once a question stands, the quick tiers while it is typed.

The full ranking is FTS5's bm25: records with all words first; if these are few, then those with some. While typing,
nothing is weighed that the next key could turn round, so that a record once seen stays until it no longer fits: first
the beginning in titles and tags, then anywhere, the last written first; then what the words already whole find.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from escplaybook.search.matching import ANYTHING, Condition, expression
from escplaybook.search.nearness import HEAD, nearer_first
from escplaybook.search.question import Words, finished
from escplaybook.search.vocabulary import telling
from escplaybook.store.book import Book

COUNTED = 1_000
"""Hits are counted up to here; a total of COUNTED means “this many or more”."""

ENOUGH = 20
"""With so many records that have all words, those that have only some are left out."""

WHOLE_BUDGET, TYPING_BUDGET = 100_000, 2_000
"""How many records with some of the words are weighed: the rarest words that fit must be there, others only help.
A thousand take about 1 ms."""

_BM25 = "bm25(found, 2.5, 0.5, 0.5, 0.5, 1.0, 0.0)"
"""Weights of title, symptoms, remedy, rest, tags, facets. Their ratios favour the title; their level matters because
FTS5 fixes k1 at 1.2 (https://sqlite.org/fts5.html#the_bm25_function): halved weights act as k1 = 2.4. Measured on the
odd questions of Cranfield, kept by the even ones: `packaging/bench`."""


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers of records (rows of `searchable`) with their scores, best first, and how many there are in all."""

    scored: tuple[tuple[int, float], ...]
    total: int


def ranked(book: Book, words: Sequence[Words], within: Condition, wanted: int) -> Order:
    """The best `wanted` records under the condition, all of the words or some of them weighed."""
    if not words:
        return by_update(book, within, wanted)
    strict, loose = strict_and_loose(book, words, within)
    many = max(wanted, HEAD)
    asked = telling(words)
    scored = dict(nearer_first(book, asked, _weighed(book, strict, within, many)))
    if loose and len(scored) < wanted:
        for number, score in nearer_first(book, asked, _weighed(book, loose, within, many)):
            scored.setdefault(number, score)
    total = _count(book, loose or strict, within, COUNTED)
    return Order(tuple(islice(scored.items(), wanted)), total)


def strict_and_loose(book: Book, words: Sequence[Words], within: Condition) -> tuple[str, str]:
    """MATCH expressions: for all the words, and for some of them; the second is empty where the first finds ENOUGH."""
    words = telling(words)
    strict = " AND ".join(expression(book, "found", each) for each in words)
    matched = _count(book, strict, within, ENOUGH)
    if matched >= ENOUGH or (matched and len(words) == 1):
        return strict, ""
    some = telling([part for each in words for part in _parts(each)])
    return strict, _some_of(book, some, within, WHOLE_BUDGET) if len(some) > 1 else ""


def while_typing(book: Book, words: Sequence[Words], typed: Condition, found: Condition, wanted: int) -> Order:
    """The first `wanted` records while the last word may be only begun.

    `typed` and `found` are the same condition for the two tables.
    """
    if not words:
        return by_update(book, found, wanted)
    needed = [
        *telling([each for each in words if not each.is_begun] or words),
        *(each for each in words if each.is_begun),
    ]
    parts = [expression(book, "typed", each) for each in dict.fromkeys(needed)]
    everywhere = " AND ".join(parts)
    numbers = dict.fromkeys(_last_written(book, f"{{title tags}} : ({everywhere})", typed, wanted))
    anywhere = _last_written(book, everywhere, typed, max(wanted, COUNTED))
    numbers |= dict.fromkeys(anywhere)
    for known in ([each for each in words if not each.is_begun], [finished(each) for each in words]):
        if known and len(numbers) < wanted and (some := _some_of(book, telling(known), found, TYPING_BUDGET)):
            numbers |= dict.fromkeys(number for number, _ in _weighed(book, some, found, wanted))
    scored = tuple((number, 1 / (place + 1)) for place, number in enumerate(islice(numbers, wanted)))
    return Order(scored, min(len(numbers), COUNTED))


def by_update(book: Book, within: Condition, wanted: int) -> Order:
    """Everything under the condition, the latest change first. The total is exact."""
    rows = book.connection.execute(
        f"SELECT number FROM found JOIN searchable ON number = found.rowid WHERE found MATCH ?{_also(within)} "
        "ORDER BY updated DESC, number DESC",
        (within.narrowed(""), *within.values),
    ).fetchall()
    return Order(tuple((row[0], 0.0) for row in rows[:wanted]), len(rows))


def _some_of(book: Book, words: Iterable[Words], within: Condition, budget: int) -> str:
    """The expression for records that hold the rarest of the words; the commoner ones only add to their weight.

    Words are taken from the rarest on, as long as they stand in no more than `budget` records together.
    """
    said = {expression(book, "found", each) for each in words}
    counted = sorted((count, each) for each in said if (count := _count(book, each, within, budget + 1)))
    spent = 0
    needed: list[str] = []
    helpful: list[str] = []
    for count, each in counted:
        spent += count
        (helpful if needed and spent > budget else needed).append(each)
    some = f"({' OR '.join(needed)})" if needed else ""
    # what ANYTHING matches has no weight: the helpful words need not stand there
    return f"{some} AND ({' OR '.join((ANYTHING, *helpful))})" if helpful else some


def _parts(words: Words) -> Iterable[Words]:
    """What of an identifier or phrase is worth finding alone: words of two letters on, pairs of Chinese characters."""
    if len(words.parts) == 1:
        yield words
    else:
        yield from (Words((part,), column=words.column) for part in words.parts if len(part) > 1)
        pairs = zip(words.parts, words.parts[1:], strict=False)
        yield from (Words(pair, column=words.column) for pair in pairs if not any(part.isascii() for part in pair))


def _weighed(book: Book, match: str, within: Condition, wanted: int) -> list[tuple[int, float]]:
    return [
        (row[0], -row[1])
        for row in book.connection.execute(
            f"SELECT found.rowid, {_BM25} AS weight FROM found{_joined(within)} WHERE found MATCH ?{_also(within)} "
            "ORDER BY weight, found.rowid DESC LIMIT ?",
            (within.narrowed(match), *within.values, wanted),
        )
    ]


def _last_written(book: Book, match: str, within: Condition, wanted: int) -> list[int]:
    rows = book.connection.execute(
        f"SELECT typed.rowid FROM typed{_joined(within, 'typed')} WHERE typed MATCH ?{_also(within)} "
        "ORDER BY typed.rowid DESC LIMIT ?",
        (within.narrowed(match), *within.values, wanted),
    )
    return [row[0] for row in rows]


def _count(book: Book, match: str, within: Condition, most: int) -> int:
    inner = f"SELECT 1 FROM found{_joined(within)} WHERE found MATCH ?{_also(within)} LIMIT ?"
    values = (within.narrowed(match), *within.values, most)
    return int(book.connection.execute(f"SELECT count(*) FROM ({inner})", values).fetchone()[0])


def _joined(within: Condition, table: str = "found") -> str:
    return f" JOIN searchable ON searchable.number = {table}.rowid" if within.where else ""


def _also(within: Condition) -> str:
    return f" AND {within.where}" if within.where else ""
