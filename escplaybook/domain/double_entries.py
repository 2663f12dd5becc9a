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


def double_entries(entries: Iterable[Entry]) -> list[DoubleEntry]:
    """Every pair that probably tells of the same thing, those with most reasons first."""
    listed = sorted(entries, key=lambda one: (one.created, one.key))
    titles = [_words(one.title) for one in listed]
    weights = _weights(titles)
    found = []
    for a, b in _pairs(listed, titles, weights):
        why = tuple(_reasons(listed[a], listed[b], _common(titles[a], titles[b], weights), weights))
        if why:
            found.append(DoubleEntry(listed[a], listed[b], why))
    return sorted(found, key=lambda double: (-len(double.reasons), double.first.key, double.second.key))


def _reasons(one: Entry, other: Entry, titles: float, weights: Mapping[str, float]) -> Iterator[str]:
    codes = sorted(set(one.error_codes) & set(other.error_codes))
    if titles >= TITLES_ALIKE:
        yield "titles alike" if one.title != other.title else "the same title"
    if codes and titles >= WITH_CODE:
        yield f"same error code {codes[0]}"
    if titles >= WITH_CODE and one.symptoms.strip():
        symptoms = _common(_words(one.symptoms), _words(other.symptoms), weights)
        if symptoms >= SYMPTOMS_ALIKE:
            yield "symptoms alike"


def _pairs(
    entries: Sequence[Entry], titles: Sequence[frozenset[str]], weights: Mapping[str, float]
) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(titles):
        for word in sorted(words, key=lambda word: (-weights[word], word))[:RARE]:
            blocks[word].append(at)
        for code in entries[at].error_codes:
            blocks[f"code {code}"].append(at)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= CROWD:
            for pair in combinations(members, 2):
                if pair not in seen and pair[0] != pair[1]:
                    seen.add(pair)
                    yield pair


def _common(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The weight of the words in both, as a share of the weight of all."""
    whole = sum(weights.get(word, 1.0) for word in one | other)
    return sum(weights.get(word, 1.0) for word in one & other) / whole if whole else 0.0


def _weights(titles: Sequence[frozenset[str]]) -> dict[str, float]:
    times = Counter(word for words in titles for word in words)
    return {word: math.log(1 + len(titles) / count) for word, count in times.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
