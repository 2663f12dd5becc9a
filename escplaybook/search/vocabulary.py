"""The words that stand in the book, and those that say nothing in a question."""

import re
from collections.abc import Sequence
from functools import cache

from escplaybook.search.question import Words
from escplaybook.store.book import Book

_TELLING = re.compile(
    "above|after|again|against|before|below|between|down|during|few|further|more|most|no|not|off|on|once|only|out|over"
    "|own|same|under|until|up|while"
)
"""Words that tell blockers apart, though a general list of stop words has them: down, off, not, out, only, after."""

_LAST = "\U0010ffff"


def records_with(book: Book, word: str) -> int:
    """In how many records the word stands, unstemmed."""
    row = book.connection.execute("SELECT records FROM words WHERE word = ?", (word,)).fetchone()
    return int(row[0]) if row else 0


def completions(book: Book, beginning: str, limit: int = 20) -> tuple[str, ...]:
    """The most frequent words that begin so."""
    rows = book.connection.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? ORDER BY records DESC, word LIMIT ?",
        (beginning, beginning + _LAST, limit),
    )
    return tuple(row[0] for row in rows)


def begins_a_word(book: Book, beginning: str) -> bool:
    """Whether any word begins so."""
    row = book.connection.execute(
        "SELECT 1 FROM words WHERE word >= ? AND word < ? LIMIT 1", (beginning, beginning + _LAST)
    ).fetchone()
    return row is not None


def telling(words: Sequence[Words]) -> tuple[Words, ...]:
    """The words without those that say nothing (“the”, “what”); all of them if none would be left."""
    return tuple(each for each in words if each.is_begun or each.parts[0] not in _idle() or len(each.parts) > 1) or (
        tuple(words)
    )


@cache
def _idle() -> frozenset[str]:
    from whoosh.lang.stopwords import stoplists  # 15 ms to import

    return frozenset(word for word in stoplists["en"] if not _TELLING.fullmatch(word))
