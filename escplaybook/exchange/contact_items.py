"""What vCards and tables of people have in common: the item they are read into, clean text, and whose card it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind

LONGEST_NAME = 200
"""Letters in a name, role, organisation, team or label. What is longer is no name, and no page holds it."""

LONGEST_POINT = 500
LONGEST_NOTE = 100_000

_CALLED = (PointKind.PHONE, PointKind.MOBILE, PointKind.PAGER)

Whole = tuple[str, str, tuple[str, ...]]
"""A person as far as they can be told from others: name, organisation, numbers and addresses."""

TRAPS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, halves of characters, and signs that turn the direction of what follows: with one of these, a
name can pose as another. Line ends and tabs are not among them."""

BREAKS = re.compile(r"[\n\r\t]")


@dataclass(frozen=True, slots=True)
class Item:
    """One card or row: where it stands, and its contact or the reason why it has none.

    `deputy` is whoever stands in, as written: a uid, an e-mail address, a key or a name. `says` names the fields
    that the source speaks of at all, a point by its kind; empty means every one. `files` are the bytes of what the
    contact attaches.
    """

    source: str
    record: Contact | None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    deputy: str = ""
    says: tuple[str, ...] = ()
    files: tuple[bytes, ...] = ()


def in_one_line(text: str) -> str:
    """The text without traps, line ends and tabs as blanks."""
    return TRAPS.sub("", BREAKS.sub(" ", text)).strip()


def in_lines(text: str) -> str:
    """The text of several lines without traps."""
    return TRAPS.sub("", text).strip()


def cut(text: str, limit: int, what: str, warnings: list[str]) -> str:
    """The text, cut at `limit` with a warning that calls it `what`."""
    if len(text) <= limit:
        return text
    warnings.append(f"The {what} had {len(text):,} letters; it was cut after {limit:,}.")
    return text[:limit].rstrip()


def uid_of(uid: str, contact: Contact, met: dict[str, Whole]) -> str:
    """By what to know this person when the file comes in again: its own uid, else the first that nobody in `met` has.

    That is the first e-mail address, else name, organisation and every point together (there are two people of one
    name, and two behind one address). A card that says the same again gets the same. Adds it to `met`.
    """
    whole = (contact.name.casefold(), contact.organisation.casefold(), tuple(p.value for p in contact.points))
    addresses = [p.value.casefold() for p in contact.points if p.kind is PointKind.EMAIL and "@" in p.value]
    derived = (*(f"mailto:{address}" for address in addresses[:1]), _digest(*whole))
    if len(uid) > LONGEST_POINT:
        uid = _digest(uid)
    found = uid or next(one for one in derived if met.get(one, whole) == whole or one == derived[-1])
    met.setdefault(found, whole)
    return found


def _digest(*parts: object) -> str:
    return f"name:{sha256(repr(parts).encode()).hexdigest()[:16]}"


def undialled(points: Iterable[ContactPoint]) -> Iterator[str]:
    """A warning for each number that has no digit: it is kept as written, and nobody can be called by it."""
    for point in points:
        is_written_to = point.kind is PointKind.PAGER and "@" in point.value
        if point.kind in _CALLED and not is_written_to and not any(map(str.isdigit, point.value)):
            yield f"“{point.value[:40]}” is no number that can be dialled; it is kept as it is written."


def distinct(points: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """The points in their order, each once."""
    return tuple(dict.fromkeys(points))
