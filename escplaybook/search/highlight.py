"""Which words of a text were searched for."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, islice

from escplaybook.store.index import fold

LOOKS = 16
"""Places in one text at which a word is looked for."""

Span = tuple[int, int]


def matcher(words: Sequence[str]) -> Callable[[str], bool]:
    """Whether a word is one of `words` (`Answer.words`), told by its stem, case and accents aside.

    One that ends in `*` is any word that begins so. A run of Chinese is one word to whoever asks: it is hit if it holds
    what was searched for.
    """
    folded = [fold(word) for word in words]
    whole = {stem(word) for word in folded if not word.endswith("*")}
    begun = tuple(word[:-1] for word in folded if word.endswith("*") and len(word) > 1)
    runs = [word.rstrip("*") for word in folded if not word.isascii()]

    @lru_cache(maxsize=4096)
    def is_hit(word: str) -> bool:
        word = fold(word)
        return stem(word) in whole or word.startswith(begun) or any(run in word for run in runs)

    return is_hit


def places(words: Sequence[str]) -> Callable[[str], list[tuple[Span, str]]]:
    """Finds where `words` stand in a text: spans in order, each with the `root` of its word."""
    roots = tuple(dict.fromkeys(map(root, words)))
    is_hit = matcher(words)

    def find_in(text: str) -> list[tuple[Span, str]]:
        text = folded_in_place(text)
        return sorted(chain.from_iterable(_places(text, each, is_hit) for each in roots))

    return find_in


def _places(folded: str, shared: str, is_hit: Callable[[str], bool]) -> Iterator[tuple[Span, str]]:
    if len(shared) < 3 and shared.isascii():  # stands inside words at every turn: look where words begin, not often
        begun = (_WORD.match(folded, start) for start in islice(_starts(folded, shared), LOOKS // 4))
        yield from ((found.span(), shared) for found in begun if found and is_hit(found[0]))
        return
    place = folded.find(shared)
    for _ in range(LOOKS):
        if place < 0:
            return
        end = _end_of_word(folded, place) if shared.isascii() else place + len(shared)
        is_start = not shared.isascii() or place == 0 or not folded[place - 1].isalnum()
        if is_start and is_hit(folded[place:end]):
            yield (place, end), shared
        place = folded.find(shared, end)


def _starts(folded: str, letters: str) -> Iterator[int]:
    """Where words begin so: behind a blank, or if none does, behind anything that is no letter."""
    padded, blank = f" {folded}", f" {letters}"
    start = padded.find(blank)
    if start < 0:
        yield from (found.start() for found in re.finditer(rf"(?<![^\W_]){re.escape(letters)}", folded))
    while start >= 0:
        yield start
        start = padded.find(blank, start + 1)


def _end_of_word(text: str, start: int) -> int:
    found = _WORD.match(text, start)
    return found.end() if found else start


def root(word: str) -> str:
    """The letters that the word's inflections share: queries and query stem to “queri”, they share “quer”."""
    word = fold(word)
    if word.endswith("*") or not word.isascii():
        return word.rstrip("*")
    return stem(word).rstrip("ei") or word


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The stem, as near to FTS5's porter as makes no difference for marking."""
    return _stemmer()(word)


def folded_in_place(text: str) -> str:
    """The text with case and accents folded letter by letter: it keeps its length, so that places found in it hold."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


_WORD = re.compile(r"[^\W_]*")


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()[:1]
        self[code] = letter
        return letter


_LETTERS = _Letters()


@cache
def _stemmer() -> Callable[[str], str]:
    from whoosh.lang import porter  # 15 ms to import, needed only once something is found

    stemmer: Callable[[str], str] = porter.stem
    return stemmer
