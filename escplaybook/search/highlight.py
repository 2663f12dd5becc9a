"""Which words of a text were searched for."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from escplaybook.store.index import fold


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


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The stem, as near to FTS5's porter as makes no difference for marking."""
    return _stemmer()(word)


def folded_in_place(text: str) -> str:
    """The text with case and accents folded letter by letter: it keeps its length, so that places found in it hold."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


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
