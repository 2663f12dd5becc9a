"""In what order records answer: the full ranking once a question stands, the quick tiers while it is typed.

The full ranking is FTS5's bm25: records with all words first; if these are few, then those with some; in both, words
side by side count a little more. While typing, `search.standing` says what is at the head.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from escplaybook.search.engine import count, last_written, weighed
from escplaybook.search.matching import ANYTHING, Condition, expression
from escplaybook.search.nearness import HEAD, nearer_first
from escplaybook.search.question import Words, finished
from escplaybook.search.standing import COUNTED, standing
from escplaybook.search.vocabulary import telling
from escplaybook.store.book import Book
from escplaybook.store.remembered import memory

ENOUGH = 20
"""With so many records that have all words, those that have only some are left out."""

WHOLE_BUDGET, TYPING_BUDGET = 20_000, 2_000
"""How many records with some of the words are weighed: the rarest words that fit must be there, others only help.
A thousand take about 1 ms."""


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers of records (rows of `searchable`) with their scores, best first, and how many there are in all."""

    scored: tuple[tuple[int, float], ...]
    total: int


def ranked(book: Book, words: Sequence[Words], within: Condition, wanted: int) -> Order:
    """The best `wanted` records under the condition, all of the words or some of them weighed."""
    strict, loose = strict_and_loose(book, words, within)
    many = max(wanted, HEAD)
    asked = telling(words)
    scored = dict(nearer_first(book, asked, weighed(book, strict, within, many)))
    if loose and len(scored) < wanted:
        for number, score in nearer_first(book, asked, weighed(book, loose, within, many)):
            scored.setdefault(number, score)
    total = count(book, loose or strict, within, COUNTED)
    return Order(tuple(islice(scored.items(), wanted)), total)


def strict_and_loose(book: Book, words: Sequence[Words], within: Condition) -> tuple[str, str]:
    """MATCH expressions: for all the words, and for some of them; the second is empty where the first finds ENOUGH."""
    words = telling(words)
    strict = " AND ".join(expression(book, "found", each) for each in words)
    matched = count(book, strict, within, ENOUGH)
    if matched >= ENOUGH or (matched and len(words) == 1):
        return strict, ""
    some = telling([part for each in words for part in _parts(each)])
    return strict, _some_of(book, some, within, WHOLE_BUDGET) if len(some) > 1 else ""


def while_typing(book: Book, words: Sequence[Words], typed: Condition, found: Condition, wanted: int) -> Order:
    """The first `wanted` records while the last word may be only begun.

    `typed` and `found` are the same condition for the two tables. The words already whole also find by their stems, as
    the last one does where nothing begins so.
    """
    begun = words[-1] if words[-1].is_begun else None
    whole = telling(words[:-1] if begun else words)
    stands = standing(book, [expression(book, "typed", each) for each in whole], begun, typed, wanted)
    numbers = dict.fromkeys(stands.matching)
    for known in (whole, telling([finished(each) for each in words])):
        if known and len(numbers) < wanted:
            numbers |= dict.fromkeys(_at_once(book, known, typed, found, wanted))
    scored = tuple((number, 1 / (place + 1)) for place, number in enumerate(islice(numbers, wanted)))
    return Order(scored, min(len(numbers), COUNTED))


def _at_once(book: Book, words: Sequence[Words], typed: Condition, found: Condition, wanted: int) -> list[int]:
    """What whole words find within a few milliseconds: records with all of them, then the best with the rarest."""
    memo = memory(book)
    key = ("at once", words, typed, wanted)
    if key not in memo:
        all_of = last_written(book, " AND ".join(expression(book, "typed", each) for each in words), typed, wanted)
        needed, _ = _rarest(book, words, found, TYPING_BUDGET)
        best = weighed(book, " OR ".join(needed), found, wanted) if needed else []
        memo[key] = [*all_of, *(number for number, _ in best)]
    numbers: list[int] = memo[key]
    return numbers


def _some_of(book: Book, words: Iterable[Words], within: Condition, budget: int) -> str:
    """The expression for records that hold one of the rarest words; the commoner ones only add to their weight."""
    needed, helpful = _rarest(book, words, within, budget)
    if not needed:
        needed, helpful = helpful[:1], helpful[1:]
    some = f"({' OR '.join(needed)})" if needed else ""
    # what ANYTHING matches has no weight: the helpful words need not stand there
    return f"{some} AND ({' OR '.join((ANYTHING, *helpful))})" if helpful else some


def _rarest(book: Book, words: Iterable[Words], within: Condition, budget: int) -> tuple[list[str], list[str]]:
    """Expressions for the rarest of the words that stand in no more than `budget` records together, and for the others.

    Words that stand nowhere are left out.
    """
    said = {expression(book, "found", each) for each in words}
    counted = sorted((matched, each) for each in said if (matched := count(book, each, within, budget + 1)))
    spent = 0
    needed: list[str] = []
    helpful: list[str] = []
    for matched, each in counted:
        spent += matched
        (needed if spent <= budget else helpful).append(each)
    return needed, helpful


def _parts(words: Words) -> Iterable[Words]:
    """What of an identifier or phrase is worth finding alone: words of two letters on, pairs of Chinese characters."""
    if len(words.parts) == 1:
        yield words
    else:
        yield from (Words((part,), column=words.column) for part in words.parts if len(part) > 1)
        pairs = zip(words.parts, words.parts[1:], strict=False)
        yield from (Words(pair, column=words.column) for pair in pairs if not any(part.isascii() for part in pair))
