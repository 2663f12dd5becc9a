"""Which words of an opened record were searched for."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from escplaybook.store.index import fold


def matcher(words: Sequence[str]) -> Callable[[str], bool]:
    """Whether a word is one of `words`, told by its stem, case and accents aside."""
    from whoosh.lang.porter import stem  # 60 ms to import, needed only once something is found

    stems = {stem(fold(word)) for word in words}

    @lru_cache(maxsize=4096)
    def is_hit(word: str) -> bool:
        return stem(fold(word)) in stems

    return is_hit
