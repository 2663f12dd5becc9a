"""Contacts written as vCard 3.0, which every phone and mail program reads."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from io import StringIO

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.exchange.vcard_lines import is_a_line
from escplaybook.exchange.vcard_photo import line_of
from escplaybook.exchange.vcard_points import BRIDGE, PRIVACY
from escplaybook.exchange.vcard_points import HOURS as HOURS_OF_POINT
from escplaybook.exchange.vcard_reading import (
    COUNTRY,
    CUT,
    DEPUTY,
    HOURS,
    NO_COUNTRY,
    UNREAD,
    UNREAD_LINE,
    implied_country,
    is_for_few,
)

_HEAD_OF = {
    PointKind.PHONE: "TEL;TYPE=VOICE",
    PointKind.MOBILE: "TEL;TYPE=CELL",
    PointKind.PAGER: "TEL;TYPE=PAGER",
    PointKind.EMAIL: "EMAIL;TYPE=INTERNET",
    PointKind.CHAT: "IMPP",
}
_TYPES_FOR_LABELS = ("work", "home")


DataOf = Callable[[Attachment], bytes | None]
"""Gives the bytes of a photo, or None if they are not to be had."""


def _no_data(_photo: Attachment) -> None:
    return None


def write(contacts: Iterable[Contact], *, private: bool = False, data_of: DataOf = _no_data) -> str:
    """The contacts as one vCard file; see `cards`."""
    return "".join(cards(contacts, private=private, data_of=data_of))


def cards(contacts: Iterable[Contact], *, private: bool = False, data_of: DataOf = _no_data) -> Iterator[str]:
    """The card of each contact, its lines ended and folded as the standard asks.

    Private points, and what their cards said beyond the fields of a contact, are left out unless `private`.
    Verification is never written: it is this book's own evidence.
    """
    listed = list(contacts)
    uids = {contact.id: _uid(contact) for contact in listed}
    for contact in listed:
        data = data_of(contact.photo) if contact.photo is not None else None
        yield "".join(map(_folded, _card(contact, uids, data, private)))


def _card(contact: Contact, uids: dict[str, str], photo: bytes | None, private: bool) -> Iterator[str]:
    extra = [pair for pair in contact.origin.extra if _is_whole(*pair)] if private and contact.origin else []
    points = [point for point in contact.points if private or point.privacy is not Privacy.PRIVATE]
    usual = Privacy.TEAM if any(is_for_few(key.partition(";")[0], value) for key, value in extra) else Privacy.PRINT
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{_escaped(uids[contact.id])}"
    yield f"FN:{_escaped(contact.name)}"
    if not any(_is(key, "N") for key, _ in extra):
        yield f"N:{_structured(contact.name)}"
    if contact.organisation or contact.team:
        yield f"ORG:{_escaped(contact.organisation)}" + (f";{_escaped(contact.team)}" if contact.team else "")
    yield from _described(contact, uids)
    if contact.country != implied_country([value for key, value in extra if _is(key, "ADR")], points):
        yield f"{COUNTRY}:{contact.country or NO_COUNTRY}"
    for number, point in enumerate(points, start=1):
        yield from _point(point, f"item{number}.", usual)
    if contact.photo is not None and photo is not None:
        yield line_of(contact.photo, photo)
    yield from (f"{key}:{value}" for key, value in extra)
    if private and contact.origin:
        yield from (f"{UNREAD_LINE}:{_escaped(line)}" for key, line in contact.origin.extra if key == UNREAD)
    yield f"REV:{contact.updated.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "END:VCARD"


def _described(contact: Contact, uids: dict[str, str]) -> Iterator[str]:
    deputy = uids.get(contact.deputy, contact.deputy) if contact.deputy else ""
    zone = "" if contact.zone == "UTC" else contact.zone
    texts = {"TITLE": contact.role, "TZ;VALUE=TEXT": zone, HOURS: contact.hours, DEPUTY: deputy, "NOTE": contact.notes}
    yield from (f"{head}:{_escaped(text)}" for head, text in texts.items() if text)
    yield from (f"LANG:{_escaped(language)}" for language in contact.languages)
    if contact.tags:
        yield "CATEGORIES:" + ",".join(map(_escaped, contact.tags))


def _is(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name};")


def _point(point: ContactPoint, group: str, usual: Privacy) -> Iterator[str]:
    """The line of a point; its label is a type, or for want of one the label of a group of lines."""
    address = "URL" if "://" in point.value else "TEL"
    head = _HEAD_OF.get(point.kind, f"{address};TYPE={BRIDGE.upper()}")
    if point.label in _TYPES_FOR_LABELS:
        head += f";TYPE={point.label.upper()}"
    if point.privacy is not usual:
        head += f";{PRIVACY}={point.privacy.upper()}"
    if point.hours:
        head += f';{HOURS_OF_POINT}="{point.hours}"'
    if not point.label or point.label in _TYPES_FOR_LABELS:
        yield f"{head}:{_escaped(point.value)}"
    else:
        yield f"{group}{head}:{_escaped(point.value)}"
        yield f"{group}X-ABLabel:{_escaped(point.label)}"


def _uid(contact: Contact) -> str:
    return contact.origin.uid if contact.origin else contact.id


def _structured(name: str) -> str:
    """The name in five fields, as well as one can know: the last word for the family's."""
    given, _, family = name.rpartition(" ")
    return f"{_escaped(family)};{_escaped(given)};;;"


def _is_whole(key: str, value: str) -> bool:
    """Whether a line of the former card can be written again."""
    return key != UNREAD and not value.endswith(CUT) and is_a_line(f"{key}:{value}")


def _escaped(text: str) -> str:
    from vobject.base import backslashEscape

    return str(backslashEscape(text))


def _folded(line: str) -> str:
    from vobject.base import foldOneLine

    if line.isascii():  # a photo; vobject takes a third of a second for each megabyte
        parts = [line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))]
        return "\r\n ".join(parts) + "\r\n"
    folded = StringIO()
    foldOneLine(folded, line)
    return folded.getvalue()
