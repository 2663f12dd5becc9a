"""Doubles among known blockers: two entries that probably tell of the same thing, with the reasons.

Words count by how rare they are: that two titles share “SCIM” says much, that they share “fails” says little.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from escplaybook.domain.knowledge import Entry

TITLES_ALIKE, SYMPTOMS_ALIKE, WITH_CODE = 0.72, 0.6, 0.35
"""Shares of rare words that two texts have in common: titles alone, titles with symptoms, titles with an error code."""

RARE = 3
"""Of each title so many of the rarest words are looked up; two titles about the same thing share one of them."""

CROWD = 40
"""A word that more titles have than this leads nowhere."""

_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class DoubleEntry:
    """Two entries in use, the older first, and why they are probably one."""

    first: Entry
    second: Entry
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Titled:
    """What of an entry is compared first: its title and its error codes."""

    id: str
    title: str
    error_codes: tuple[str, ...] = ()


class Titles:
    """The titles of many entries, in which those like a given one are found without reading the entries."""

    def __init__(self, known: Iterable[Titled | Entry]) -> None:
        self._known = list(known)
        self._words = [_words(one.title) for one in self._known]
        self._weights = _Weights(self._words)
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._known):
            for block in self._blocks_of(self._words[at], one.error_codes):
                self._blocks[block].append(at)

    def near(self, entry: Entry) -> list[str]:
        """The ids of those that are worth a closer look."""
        blocks = self._blocks_of(_words(entry.title), entry.error_codes)
        found = (self._blocks.get(block, []) for block in blocks)
        return list(dict.fromkeys(self._known[at].id for members in found if len(members) <= CROWD for at in members))

    def reasons(self, one: Entry, other: Entry) -> tuple[str, ...]:
        """Why the two probably tell of the same thing; nothing if they do not."""
        return tuple(_reasons(one, other, self._weights))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of places that are worth a closer look, each once, the earlier place first."""
        seen: set[tuple[int, int]] = set()
        for members in self._blocks.values():
            if len(members) <= CROWD:
                for pair in combinations(members, 2):
                    if pair not in seen and pair[0] != pair[1]:
                        seen.add(pair)
                        yield pair

    def _blocks_of(self, words: Iterable[str], codes: Iterable[str]) -> list[str]:
        rarest = sorted(words, key=lambda word: (-self._weights[word], word))[:RARE]
        return [*rarest, *(f"code {code}" for code in codes)]


def double_entries(entries: Iterable[Entry]) -> list[DoubleEntry]:
    """Every pair that probably tells of the same thing, those with most reasons first."""
    listed = sorted(entries, key=lambda one: (one.created, one.key))
    titles = Titles(listed)
    pairs = ((listed[a], listed[b]) for a, b in titles.pairs())
    found = [DoubleEntry(*pair, why) for pair in pairs if (why := titles.reasons(*pair))]
    return sorted(found, key=lambda double: (-len(double.reasons), double.first.key, double.second.key))


class _Weights(dict[str, float]):
    """How much a word says; one that stands in no title says most."""

    def __init__(self, titles: Sequence[frozenset[str]]) -> None:
        times = Counter(word for words in titles for word in words)
        super().__init__({word: math.log(1 + len(titles) / count) for word, count in times.items()})
        self._most = math.log(1 + max(1, len(titles)))

    def __missing__(self, word: str) -> float:
        return self._most


def _reasons(one: Entry, other: Entry, weights: Mapping[str, float]) -> Iterator[str]:
    codes = sorted(set(one.error_codes) & set(other.error_codes))
    titles = _common(_words(one.title), _words(other.title), weights)
    if titles >= TITLES_ALIKE:
        yield "titles alike" if one.title != other.title else "the same title"
    if codes and titles >= WITH_CODE:
        yield f"same error code {codes[0]}"
    if titles >= WITH_CODE and one.symptoms.strip():
        symptoms = _common(_words(one.symptoms), _words(other.symptoms), weights)
        if symptoms >= SYMPTOMS_ALIKE:
            yield "symptoms alike"


def _common(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The weight of the words in both, as a share of the weight of all."""
    whole = sum(weights[word] for word in one | other)
    return sum(weights[word] for word in one & other) / whole if whole else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
