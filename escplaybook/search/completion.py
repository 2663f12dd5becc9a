"""What may be meant by the few letters before the cursor: an operator, or a value of one that stands there."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from escplaybook.search.facets import facets
from escplaybook.search.find import find
from escplaybook.search.question import DATES, FIELDS
from escplaybook.store.book import Book
from escplaybook.store.index import FACETS, fold, words_in
from escplaybook.store.writers import people_by, writers

LETTERS = 2
"""An operator is offered from so many letters on."""

OFFERED = 8
"""Offers at most."""

_ENTRIES, _PEOPLE = ("entry",), ("contact",)

OPERATORS: dict[str, tuple[str, ...]] = {
    "system": (),
    "stage": (),
    "sev": (),
    "domain": ("entry", "blocker"),
    "cause": (),
    "vendor": _ENTRIES,
    "tag": (),
    "state": (),
    "confidence": _ENTRIES,
    "queue": _ENTRIES,
    "has": (*_ENTRIES, *_PEOPLE),
    "is": (),
    "author": (),
    "team": _PEOPLE,
    "zone": _PEOPLE,
    "kind": (),
    "title": (),
    "key": (),
    "code": (*_ENTRIES, *_PEOPLE),
    "updated": (),
    "created": (),
}
"""The operators that are offered, in this order, each with the kinds of record it tells apart; empty for any."""

DAYS = ("today", "<7d", "<30d", ">30d", ">90d", ">1y")

_HAS = {"workaround": _ENTRIES, "remedy": _ENTRIES, "note": _ENTRIES, "use": _ENTRIES, "deputy": _PEOPLE}
_HAS |= {"attachment": _ENTRIES, "photo": _PEOPLE}
_IS = {"stale": _ENTRIES, "retired": ()}

_NAME = re.compile(r"(?<![^\s(-])[A-Za-z]+\Z")
_VALUE = re.compile(rf'(?<![^\s(-])({"|".join((*FIELDS, *DATES))}):("[^"]*|[^\s"()]*)\Z', re.IGNORECASE)
_REST_OF_WORD = re.compile(r'[^\s()"]*"?')


@dataclass(frozen=True, slots=True)
class Offer:
    """`text` is what is put for what was begun; a `count` of None means that nothing was counted."""

    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What the letters from `start` to `end` of the text may become; they are the word in which the cursor stands."""

    start: int = 0
    end: int = 0
    offers: tuple[Offer, ...] = ()


def complete(
    book: Book, text: str, cursor: int, kinds: Collection[str] = (), now: datetime | None = None
) -> Completion:
    """What is offered for the word before the `cursor`, values with how many hits of the other words have each.

    Raises Interrupted.
    """
    left = text[:cursor]
    if value := _VALUE.search(left):
        start, end = value.start(), cursor + _length_of_rest(text, cursor)
        rest = f"{text[:start].rstrip('-')} {text[end:]}"
        offers = _values(book, value[1].lower(), value[2].strip('"'), rest, kinds, now)
        return Completion(start, end, tuple(offers)[:OFFERED])
    name = _NAME.search(left)
    if name is None or len(name[0]) < LETTERS or left.count('"') % 2:
        return Completion()
    offers = (Offer(f"{one}:") for one in operators(kinds) if one.startswith(name[0].lower()))
    return Completion(name.start(), cursor + _length_of_rest(text, cursor), tuple(offers))


def operators(kinds: Collection[str] = ()) -> list[str]:
    """The operators that tell records of these kinds apart."""
    asked = [name for name, about in OPERATORS.items() if _concerns(about, kinds)]
    return [name for name in asked if name != "kind" or len(kinds) != 1]


def completed(text: str, completion: Completion, offer: Offer) -> tuple[str, int]:
    """The text with the offer put in, and where the cursor then stands: behind it, and behind a blank after a value."""
    before, after = text[: completion.start], text[completion.end :].lstrip()
    put = offer.text if offer.text.endswith(":") else f"{offer.text} "
    return f"{before}{put}{after}", len(before) + len(put)


def _values(
    book: Book, name: str, begun: str, rest: str, kinds: Collection[str], now: datetime | None
) -> Iterator[Offer]:
    for value, count in _known_values(book, name, rest, kinds, now):
        if value != begun and _begins(value, begun):
            yield Offer(f"{name}:{_quoted(value)}", count)


def _known_values(
    book: Book, name: str, rest: str, kinds: Collection[str], now: datetime | None
) -> Iterator[tuple[str, int | None]]:
    facet = FIELDS.get(name, "")
    if name in DATES:
        yield from ((day, None) for day in DAYS)
    elif facet in (*FACETS, "tag", "queue"):
        yield from facets(book, rest, kinds, now).get(facet, ())
    elif facet in ("has", "is"):
        for value, about in (_HAS if facet == "has" else _IS).items():
            if _concerns(about, kinds):
                yield value, find(book, f"{rest} {name}:{value}", kinds=kinds, limit=1, now=now, as_typed=True).total
    elif facet == "author":
        yield from writers(book).items()
    elif facet in ("team", "zone"):
        yield from people_by(book, facet).items()


def _begins(value: str, begun: str) -> bool:
    """Whether the value, or a word of it, begins so."""
    letters = fold(begun)
    return not letters or fold(value).startswith(letters) or any(word.startswith(letters) for word in words_in(value))


def _concerns(about: Collection[str], kinds: Collection[str]) -> bool:
    return not about or not kinds or not set(about).isdisjoint(kinds)


def _length_of_rest(text: str, cursor: int) -> int:
    found = _REST_OF_WORD.match(text, cursor)
    return found.end() - cursor if found else 0


def _quoted(value: str) -> str:
    plain = value.replace('"', " ").strip()
    return f'"{plain}"' if re.search(r"[\s()]", plain) else plain
