"""Which font prints which character, in which order: any script a name is written in, or a warning beforehand."""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from escplaybook.paper import installed
from escplaybook.paper.fonts import Face, first, registered, shipped

T = TypeVar("T")

# Characters whose glyph is the same whatever stands beside them: Latin, Greek, Cyrillic, punctuation, signs,
# Hebrew, joined Arabic, Chinese, Japanese, Korean. What is not among them goes through HarfBuzz.
_STEADY = re.compile(
    r"[\u0020-\u02ff\u0370-\u0482\u048a-\u05f4\u060c-\u061f\u0640\u064b-\u066f\u0670\u06d4\u06f0-\u06f9"
    r"\u1d00-\u1dbf\u1e00-\u1fff\u2000-\u20cf\u2100-\u2dff\u2e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\ufb00-\ufb06\ufb1d-\ufdff\ufe10-\ufe1f\ufe30-\ufeff\uff00-\uffef\U00010000-\U0010ffff]*"
)
_FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_JOINED = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_NUMBER = re.compile(r"\+?\(?\d+(?:[ \xa0()./:-]+\d+)+|\+\d+")
_APART = "\u2066\u2069"
"""Unicode's marks around what keeps a direction of its own."""
_LONGEST_WORD = 64
_JOINERS = "\u200c\u200d"
_LEADING_VOWEL = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]")
_FOLLOWING_VOWEL = re.compile("[\u0e30\u0e32\u0e33\u0e45\u0e46\u0eb0\u0eb2\u0eb3]")
"""Vowels of Thai and Lao that are letters of their own and yet belong to the consonant beside them."""

_VIRAMA = 9
"""Unicode's class of the signs that join two consonants of India's scripts into one."""

_SPACES = dict.fromkeys(map(ord, "\u202f\u2007"), "\xa0")


class Run(NamedTuple):
    """Characters of one font. `shaped` ones are drawn glyph by glyph, the others as they stand."""

    font: str
    text: str
    shaped: bool
    width: float
    """At type size 1."""


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """A word, font by font, in the order in which it is read.

    What no font carries stands there as `[U+1F680]`; what has no ink of its own (controls, marks of direction)
    is left out.
    """
    return _runs_of_word(text, face) if len(text) <= _LONGEST_WORD else tuple(_runs(text, face))


def measured(run: Run) -> Run:
    """The same run with the width that its text has."""
    own = registered(run.font)
    wide = sum(glyph.advance for glyph in own.shape(run.text)) / 1000 if run.shaped else own.width(run.text)
    return run._replace(width=wide)


def unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """For every text that holds characters no font here can print: which, and where. Empty if all is well."""
    listed, told = tuple(texts), []
    missing = {character for character in set().union(*listed) if not _is_printable(character)}
    for text in listed if missing else ():
        lost = [character for character in dict.fromkeys(text) if character in missing]
        if lost:
            named = ", ".join(f"{_shown(character)} (U+{ord(character):04X})" for character in lost[:5])
            more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
            told.append(f"{named}{more} in “{_shortened(text)}”")
    return tuple(dict.fromkeys(told))


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of a script read from the right."""
    if not _FROM_THE_RIGHT.search(text):
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in strong if direction in {"L", "R", "AL"}), "L") != "L"


def has_right_to_left(text: str) -> bool:
    """Whether any of it is read from the right, so that a line of it must be put into visual order."""
    return bool(_FROM_THE_RIGHT.search(text))


def is_bound(before: str, after: str) -> bool:
    """Whether a line never breaks between the two characters: a mark, a vowel sign or a joined consonant follows."""
    if unicodedata.category(after) in {"Mn", "Mc", "Me"} or after in _JOINERS or before == _JOINERS[1]:
        return True
    is_virama = unicodedata.combining(before) == _VIRAMA
    return is_virama or bool(_LEADING_VOWEL.match(before)) or bool(_FOLLOWING_VOWEL.match(after))


def in_visual_order(line: Sequence[tuple[str, T]], *, right_to_left: bool) -> list[tuple[str, T]]:
    """The characters of one line from left to right, each with what came with it; brackets turned where needed.

    `right_to_left` is the direction of the paragraph that the line is of. (Unicode Annex 9, by python-bidi.)
    """
    from bidi.mirror import MIRRORED

    characters = [character for character, _ in line]
    levels = _levels("".join(characters), "LR"[right_to_left])
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        order = list(_turned(order, [depth >= level for depth in levels]))
    return [
        (MIRRORED.get(characters[place], characters[place]) if levels[place] % 2 else characters[place], line[place][1])
        for place in order
    ]


def _turned(order: Sequence[int], is_deep: Sequence[bool]) -> Iterator[int]:
    """The same places, each run of deep ones turned round (rule L2)."""
    for is_turned, places in itertools.groupby(order, is_deep.__getitem__):
        part = list(places)
        yield from reversed(part) if is_turned else part


def _levels(text: str, direction: str) -> list[int]:
    """The depth of each character: even reads from the left, odd from the right.

    python-bidi gives levels only as a printed structure, and one for each byte of UTF-8. Numbers in groups are set
    apart from the text around them: without that, `+44 20 7946` in a line of Arabic would read `7946 20 44+`.
    """
    import bidi

    apart = _NUMBER.sub(f"{_APART[0]}\\g<0>{_APART[1]}", text)
    printed: str = bidi.get_display(apart, base_dir=direction, debug=True)
    listed = printed.rpartition("levels: [")[2].partition("paragraphs:")[0]
    of_bytes = [int(level) for level in re.findall(r"Level\(\s*(\d+)", listed)]
    starts = itertools.accumulate((len(character.encode()) for character in apart), initial=0)
    return [of_bytes[start] for start, character in zip(starts, apart, strict=False) if character not in _APART]


@functools.lru_cache(maxsize=16384)
def _runs_of_word(text: str, face: Face) -> tuple[Run, ...]:
    return tuple(_runs(text, face))


def _runs(text: str, face: Face) -> Iterator[Run]:
    usual = first(face)
    if usual.carried.issuperset(text) and _STEADY.fullmatch(text):
        yield measured(Run(usual.fontName, text, False, 0.0))
        return
    found: list[tuple[str, str]] = []
    for character in _visible(text).lstrip(_JOINERS):
        name = _font_of(character, face) or ""
        if unicodedata.combining(character) and found and character in registered(found[-1][0]).carried:
            name = found[-1][0]  # a mark stays with its letter
        written = character if name else f"[U+{ord(character):04X}]"
        name = name or usual.fontName
        if found and (found[-1][0] == name or character in _JOINERS):
            found[-1] = (found[-1][0], found[-1][1] + written)
        else:
            found.append((name, written))
    yield from (_run(name, part) for name, part in found)


def _run(name: str, text: str) -> Run:
    if _JOINED.search(text):
        text = _reshaper().reshape(text)
    if not _STEADY.fullmatch(text):
        return measured(Run(name, text, True, 0.0))
    return measured(Run(name, text.translate(dict.fromkeys(map(ord, _JOINERS))), False, 0.0))


@functools.cache
def _reshaper() -> "ArabicReshaper":  # type: ignore[name-defined]  # noqa: F821  # imported late: it costs start-up
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def _visible(text: str) -> str:
    text = text.translate(_SPACES)
    return "".join(character for character in text if not _is_inkless(character) or character in _JOINERS)


@functools.lru_cache(maxsize=4096)
def _is_inkless(character: str) -> bool:
    """Controls, direction marks, soft hyphens and variation selectors: nothing to print, nothing to miss."""
    if unicodedata.category(character) in {"Cc", "Cf"}:
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_printable(character: str) -> bool:
    return character.isspace() or _is_inkless(character) or _font_of(character, Face.REGULAR) is not None


@functools.lru_cache(maxsize=65536)
def _font_of(character: str, face: Face) -> str | None:
    if unicodedata.category(character) in {"Co", "Cs"}:
        return None  # private characters mean something else in every font
    for own in shipped(face):
        if character in own.carried:
            return str(own.fontName)
    return installed.font_with(character)


def _shown(character: str) -> str:
    return "\ufffd" if unicodedata.category(character) in {"Co", "Cs", "Cn"} else character


def _shortened(text: str) -> str:
    """The beginning of a text as an error can show it."""
    plain = "".join(map(_shown, " ".join(text.split())))
    return plain if len(plain) <= 40 else plain[:39] + "…"
