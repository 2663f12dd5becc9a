"""Anchors: how a note keeps hold of a passage while the text around it, and the passage itself, are edited.

A passage is remembered as the Web Annotation Data Model does (W3C 2017, 4.2.4 and 4.2.5): its words, the words before
and after it, and its position. It is found again in the order of certainty that Brush et al. ("Robust annotation
positioning in digital documents", CHI 2001) found readers to expect: untouched, word for word, alike, lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

CONTEXT = 32
"""Characters remembered before and after a passage, as the annotation program Hypothesis keeps them."""

ALIKE = 0.72
"""How alike (difflib's `ratio`) a reworded passage must be. Of 30,000 pairs of sentences in the starter library those
that mean different things reach 0.65 at most (difflib's manual calls 0.6 a close match; that is for whole texts). A
note at the wrong passage does more harm than one that asks where it belongs."""

SEARCHED = 4_000
"""Characters in which a reworded passage is looked for, 0.4 s at worst; text rewritten further is a new one."""

LOOKED_AT = 50_000
"""Characters from which the nearest sentence is offered to somebody who mistyped a passage."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of a plain text: its words, up to CONTEXT characters on either side, and where it began."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    position: int = 0


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of the passage from `start` to `end`, without white space at its ends."""
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    end -= len(passage) - len(passage.rstrip())
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def found(anchor: Anchor, text: str) -> int | None:
    """Where the passage stands word for word: where most of its context agrees, else nearest to where it was.

    None if it stands nowhere.
    """
    places = _places(anchor.quote, text)
    return max(places, key=lambda at: (_agreeing(anchor, text, at), -abs(at - anchor.position), -at), default=None)


def followed(anchor: Anchor, before: str, after: str) -> Anchor | None:
    """The anchor once the text `before` has become `after`; None if its passage is lost.

    What stands wholly before or behind everything that was edited is where it was. A passage that was edited is where
    it stands word for word, else where a passage like it (see ALIKE) stands in what was edited. One that was lost
    before is found again only word for word.
    """
    start = found(anchor, before)
    if start is None:
        at = found(anchor, after)
        return None if at is None else anchor_at(after, at, at + len(anchor.quote))
    end = start + len(anchor.quote)
    head, tail = _untouched(before, after)
    if end <= head:
        return anchor_at(after, start, end)
    grown = len(after) - len(before)
    if start >= len(before) - tail:
        return anchor_at(after, start + grown, end + grown)
    now = anchor_at(before, start, end)
    at = found(now, after)
    if at is not None:
        return anchor_at(after, at, at + len(now.quote))
    alike = _alike(now, after, min(start, head), max(end + grown, len(after) - tail))
    return anchor_at(after, *alike) if alike else None


def spoken(words: str, text: str) -> tuple[int, int] | None:
    """Where a passage that somebody typed first stands, whatever the white space in it; None if it does not."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    there = re.search(pattern, text) if pattern else None
    return there.span() if there else None


def nearest(words: str, text: str) -> str:
    """The line or sentence of `text` that is most like `words`; empty if there is none."""
    parts = [part.strip() for part in re.split(r"\n|(?<=[.!?;:])\s", text[:LOOKED_AT]) if part.strip()]
    matcher = SequenceMatcher(None, b=words.casefold()[:SEARCHED], autojunk=False)

    def likeness(part: str) -> float:
        matcher.set_seq1(part.casefold()[:SEARCHED])
        longest = matcher.find_longest_match().size
        return longest / max(1, len(words)) + matcher.ratio()

    return max(parts, key=likeness, default="")


def _places(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _agreeing(anchor: Anchor, text: str, at: int) -> int:
    """How many characters of the context stand around the passage, counted away from it."""
    end = at + len(anchor.quote)
    before = text[max(0, at - len(anchor.prefix)) : at]
    return _common(anchor.prefix[::-1], before[::-1]) + _common(anchor.suffix, text[end : end + len(anchor.suffix)])


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _untouched(before: str, after: str) -> tuple[int, int]:
    """How much of a text, from its beginning and from its end, was not edited."""
    head = _common(before, after)
    return head, _common(before[head:][::-1], after[head:][::-1])


def _alike(anchor: Anchor, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The run of whole words between `start` and `end` that is most like the passage; of equals the nearest."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    length = len(anchor.quote)
    if end - start > SEARCHED or length > SEARCHED:
        return None
    words = [word.span() for word in _WORD.finditer(text, start, end)]
    shortest, longest = length * ALIKE / (2 - ALIKE), length * (2 - ALIKE) / ALIKE  # beyond, no ratio reaches ALIKE
    matcher = SequenceMatcher(None, b=anchor.quote, autojunk=False)
    best: tuple[float, int, tuple[int, int]] | None = None
    for first, (begin, _) in enumerate(words):
        for _, stop in words[first:]:
            if stop - begin > longest:
                break
            if stop - begin < shortest:
                continue
            matcher.set_seq1(text[begin:stop])
            least = best[0] if best else ALIKE
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least or matcher.ratio() < least:
                continue
            candidate = (matcher.ratio(), -abs(begin - anchor.position), (begin, stop))
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None
