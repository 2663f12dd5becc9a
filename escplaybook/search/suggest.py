"""Typing errors and what was probably meant."""

import re
from collections.abc import Mapping
from dataclasses import replace

from escplaybook.search.question import Question, Words
from escplaybook.search.vocabulary import begins_a_word, completions, records_with
from escplaybook.store.book import Book
from escplaybook.store.index import fold
from escplaybook.store.remembered import memory

SHORTEST, LONG, LONGEST = 4, 9, 42
"""Letters of a word below which nothing is mended: too many words are alike; from which two errors are; and above
which no word of the vocabulary is near."""


def mended(book: Book, question: Question) -> tuple[Question, dict[str, str]]:
    """The question with its typing errors mended, and what was put for what.

    Only plain words that stand nowhere in the book, stem or not, are mended. One that begins a word that does is taken
    as a beginning, unless it is likelier misspelt.
    """
    changes: dict[str, str] = {}
    words = tuple(_mended(book, each, changes) for each in question.words)
    return replace(question, words=words), changes


def rewritten(text: str, changes: Mapping[str, str]) -> str:
    """The text as typed, with the changes made."""
    return re.sub(r"[^\W_]+", lambda found: changes.get(fold(found[0]), found[0]), text)


def candidates(book: Book, word: str, limit: int = 5) -> list[str]:
    """Words of the book that may have been meant, likeliest first: by letters changed, moved, left out or put in.

    Words with digits are never offered: codes are not misspelt, they are others.
    """
    from rapidfuzz.distance import OSA  # counts two letters that changed places as one error; Whoosh counts two
    from whoosh.spelling import ListCorrector

    furthest = 2 if len(word) >= LONG else 1
    words = _vocabulary(book)
    near = ListCorrector(words).suggest(word, limit=100, maxdist=2)
    judged = [
        (distance, other[:1] != word[:1], -records_with(book, other), other)
        for other in near
        if (distance := OSA.distance(word, other)) <= furthest
    ]
    return [other for *_, other in sorted(judged)[:limit]]


def _mended(book: Book, words: Words, changes: dict[str, str]) -> Words:
    word = words.parts[0]
    if len(words.parts) > 1 or not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or not word.isascii():
        return words
    if words.is_begun:
        if begins_a_word(book, word):
            return words
    elif records_with(book, word) or _stem_stands(book, word):
        return words
    ends = () if words.is_begun else completions(book, word)
    known = memory(book)
    if ("meant", word) not in known:
        known["meant", word] = candidates(book, word, limit=1)
    meant: list[str] = known["meant", word]
    if ends and (not meant or records_with(book, meant[0]) <= sum(records_with(book, end) for end in ends)):
        return replace(words, is_begun=True)
    if not meant:
        return words
    changes[word] = meant[0]
    return replace(words, parts=(meant[0],), is_begun=False)


def _stem_stands(book: Book, word: str) -> bool:
    row = book.connection.execute("SELECT 1 FROM found WHERE found MATCH ? LIMIT 1", (f'"{word}"',)).fetchone()
    return row is not None


def _vocabulary(book: Book) -> list[str]:
    """The book's words without digits, in order; 50 ms to read at 100,000 entries."""
    known = memory(book)
    if "vocabulary" not in known:
        rows = book.connection.execute("SELECT word FROM words WHERE word NOT GLOB '*[0-9]*' ORDER BY word")
        known["vocabulary"] = [row[0] for row in rows]
    words: list[str] = known["vocabulary"]
    return words
