"""Which records stand at the head of the list while a word is being typed.

What has been seen does not vanish: a record that stood there at one beginning of a word stands there at every longer
one that it still matches. So the head at “tok” is what of the head at “to” still matches, then titles and tags that
match, then texts that do, the last written first. No score could promise this: a longer beginning turns scores round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from escplaybook.search.engine import last_written, written_since
from escplaybook.search.matching import Condition, expression
from escplaybook.search.question import Words
from escplaybook.store.book import Book
from escplaybook.store.remembered import memory

HEAD = 20
"""Records that do not vanish."""

COUNTED = 1_000
"""Hits are counted up to here; a total of COUNTED means “this many or more”."""

LONGEST = 32
"""Letters of a word after which earlier beginnings are no longer looked at."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of the records at the head, and of all that match, both the best first."""

    head: tuple[int, ...]
    matching: tuple[int, ...]


def standing(book: Book, whole: Sequence[str], begun: Words | None, within: Condition, wanted: int) -> Standing:
    """What stands once the words `whole` (expressions for `typed`) are there and `begun` is being typed."""
    known = memory(book)
    seen = Standing((), ())
    for beginning in _beginnings(begun):
        key = (tuple(whole), beginning, within, wanted)
        if key not in known:
            match = " AND ".join((*whole, *([expression(book, "typed", beginning)] if beginning else [])))
            known[key] = _next(book, match, within, seen.head, wanted)
        seen = known[key]
    return seen


def _next(book: Book, match: str, within: Condition, earlier: Sequence[int], wanted: int) -> Standing:
    titled = last_written(book, f"{{title tags}} : ({match})", within, max(wanted, HEAD))
    matching = last_written(book, match, within, max(wanted, COUNTED))
    still = set(matching)
    if earlier and len(matching) >= COUNTED and min(earlier) < matching[-1]:
        still = written_since(book, match, within, min(earlier))
    kept = [number for number in earlier if number in still]
    head = list(dict.fromkeys((*kept, *titled, *matching)))[:HEAD]
    head.sort(key=lambda number: (number not in titled, -number))
    return Standing(tuple(head), tuple(dict.fromkeys((*head, *titled, *matching))))


def _beginnings(begun: Words | None) -> list[Words | None]:
    """Every beginning of the word up to what has been typed of it."""
    if begun is None:
        return [None]
    *before, last = begun.parts
    first = max(1, len(last) - LONGEST)
    return [replace(begun, parts=(*before, last[:end])) for end in range(first, len(last) + 1)]
