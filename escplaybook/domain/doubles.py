"""Doubles: two contacts that are probably one person, with the reasons; nothing is merged because of them alone.

Names are compared without what differs between programs and not between people: capitals, order, titles, accents of
Latin letters, Arabic and Hebrew vowel signs. Marks that make another letter (й, が) stay.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from escplaybook.domain.contacts import Contact, PointKind

ALIKE = 0.86
"""From this share of equal letters on two names are alike: one letter in eight may differ."""

SHARED = 4
"""An address or number that more people have is a team's, and tells nothing about who is who."""

CROWD = 60
"""Names are not compared letter by letter where more people have one that begins so: it would take minutes."""

_TITLES = frozenset(re.findall(r"\w+", "dr prof ing dipl mag msc phd mba mr mrs ms mme herr frau sr jr"))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"})
_UMLAUTS = re.compile("([aou])e")
_WORD = re.compile(r"\w+")
_CALLED = frozenset({PointKind.PHONE, PointKind.MOBILE, PointKind.PAGER})
_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Double:
    """Two contacts in use, the older first. `reasons` say why they are probably one, the strongest first."""

    first: Contact
    second: Contact
    reasons: tuple[str, ...]


def doubles(contacts: Iterable[Contact]) -> list[Double]:
    """Every pair that is probably one person, those with most reasons first."""
    known = {one.id: _Known.of(one) for one in sorted(contacts, key=lambda one: (one.created, one.key))}
    found = []
    for first, second in _pairs(list(known.values())):
        why = tuple(_reasons(first, second))
        if why:
            found.append(Double(first.contact, second.contact, why))
    return sorted(found, key=lambda double: (-len(double.reasons), double.first.name.casefold(), double.second.key))


def reasons(ours: Contact, theirs: Contact) -> tuple[str, ...]:
    """Why the two are probably one person; nothing if they are not."""
    return tuple(_reasons(_Known.of(ours), _Known.of(theirs)))


def name_of(contact: Contact) -> str:
    """The name as it is compared: its words in one order, without what differs between programs."""
    return " ".join(sorted(_words(contact.name)))


def addresses_of(contact: Contact) -> frozenset[str]:
    """The e-mail addresses in small letters."""
    return frozenset(
        point.value.strip().casefold().removeprefix("mailto:")
        for point in contact.points
        if point.kind is PointKind.EMAIL and "@" in point.value
    )


def values_of(contact: Contact) -> frozenset[str]:
    """All numbers and addresses, as written."""
    return frozenset(point.value for point in contact.points)


@dataclass(frozen=True, slots=True)
class _Known:
    """A contact with what is compared of it; the numbers by their digits."""

    contact: Contact
    words: tuple[str, ...]
    name: str
    organisation: str
    addresses: frozenset[str]
    numbers: Mapping[str, str]

    @staticmethod
    def of(contact: Contact) -> "_Known":
        words = tuple(sorted(_words(contact.name)))
        called = ((_digits(point.value), point.value) for point in contact.points if point.kind in _CALLED)
        numbers = {digits: value for digits, value in called if len(digits) >= _LEAST_DIGITS}
        organisation = " ".join(_words(contact.organisation))
        return _Known(contact, words, " ".join(words), organisation, addresses_of(contact), numbers)


def _reasons(one: _Known, other: _Known) -> Iterator[str]:
    is_named_alike, is_same_name = _are_alike(one, other), one.name == other.name != ""
    addresses, numbers = sorted(one.addresses & other.addresses), _shared_numbers(one, other)
    same_place = one.organisation == other.organisation
    one_place_unknown = not (one.organisation and other.organisation)
    if addresses:
        yield f"same e-mail address {addresses[0]}"
    if is_same_name and same_place and one.organisation:
        yield "same name and organisation"
    elif is_same_name and (same_place or one_place_unknown or addresses or numbers):
        yield "same name"
    elif is_named_alike and (addresses or numbers or (same_place and one.organisation)):
        yield "names alike" + ("" if addresses or numbers else " in one organisation")
    if numbers and is_named_alike:
        yield f"same number {numbers[0]}"


def _pairs(known: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """The pairs worth a closer look, each once: comparing all of 10,000 would be 50 million."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        for block in set(_blocks(one)):
            blocks[block].append(at)
    seen: set[tuple[int, int]] = set()
    for (what, _), members in blocks.items():
        if len(members) > (SHARED if what == "address" else CROWD):
            continue
        for pair in combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield known[pair[0]], known[pair[1]]


def _blocks(one: _Known) -> Iterator[tuple[str, str]]:
    yield from (("address", address) for address in one.addresses)
    yield from (("number", f"{number[-_LEAST_DIGITS:]} {word[:2]}") for number in one.numbers for word in one.words)
    if one.name:
        yield "name", f"{one.name} {one.organisation}"
        yield "name", one.name
    for word in one.words:
        if len(word) > 2 or not word.isascii():
            yield from (("alike", f"{word} {rest[:1]} {one.organisation}") for rest in one.words if rest is not word)


def _are_alike(one: _Known, other: _Known) -> bool:
    """Whether the names may be one person's: nearly the same letters, or the same but for words that are left out."""
    if not one.words or not other.words:
        return False
    if one.name == other.name:
        return True
    fewer, more = sorted((one.words, other.words), key=len)
    if len(fewer) > 1 and all(any(_is_short_for(word, whole) for whole in more) for word in fewer):
        return True
    letters = SequenceMatcher(None, one.name, other.name, autojunk=False)
    return letters.quick_ratio() >= ALIKE and letters.ratio() >= ALIKE


def _is_short_for(word: str, whole: str) -> bool:
    return word == whole or (len(word) == 1 and whole.startswith(word)) or (len(whole) == 1 and word.startswith(whole))


def _shared_numbers(one: _Known, other: _Known) -> list[str]:
    """Numbers that both have, also where one is written with the country's code and the other without."""
    return sorted(value for a, value in one.numbers.items() if any(_is_same_number(a, b) for b in other.numbers))


def _is_same_number(one: str, other: str) -> bool:
    if one == other:
        return True
    here, there = one.lstrip("0"), other.lstrip("0")
    shorter, longer = sorted((here, there), key=len)
    is_national = one.startswith("0") != other.startswith("0")
    return is_national and len(shorter) >= _LEAST_DIGITS and longer.endswith(shorter) and len(longer) - len(shorter) < 4


def _digits(number: str) -> str:
    """The number's digits, a country's code without its 00; what follows an extension's sign is left out."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in re.split("[xX;,#]|ext", number)[0] if sign.isdigit())
    return digits[2:] if digits.startswith("00") else digits


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    plain = "".join(_without_accents(unicodedata.normalize("NFKC", name).casefold()))
    words = _WORD.findall(unicodedata.normalize("NFC", _UMLAUTS.sub(r"\1", plain.translate(_LETTERS))))
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def _without_accents(text: str) -> Iterator[str]:
    """The letters without marks that only say how they sound. Decomposed first: ü is u with a mark."""
    is_latin = False
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign):
            is_vowel_sign = "\u0591" <= sign <= "\u05c7" or "\u0610" <= sign <= "\u061a" or "\u064b" <= sign <= "\u0670"
            if not is_latin and not is_vowel_sign:
                yield sign
        elif sign != "\u0640":  # the stroke that makes an Arabic word longer
            is_latin = sign < "\u0250" or "\u0370" <= sign <= "\u03ff"
            yield sign
