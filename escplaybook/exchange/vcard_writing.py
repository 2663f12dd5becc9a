"""Contacts written as vCard 3.0, which every phone and mail program reads."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from io import StringIO

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.exchange.vcard_lines import is_a_line
from escplaybook.exchange.vcard_points import BRIDGE, PRIVACY
from escplaybook.exchange.vcard_reading import CUT, DEPUTY, HOURS, UNREAD

_HEAD_OF = {
    PointKind.PHONE: "TEL;TYPE=VOICE",
    PointKind.MOBILE: "TEL;TYPE=CELL",
    PointKind.PAGER: "TEL;TYPE=PAGER",
    PointKind.EMAIL: "EMAIL;TYPE=INTERNET",
    PointKind.CHAT: "IMPP",
}
_TYPES_FOR_LABELS = ("work", "home")


def write(contacts: Iterable[Contact], *, private: bool = False) -> str:
    """The contacts as one vCard file, its lines ended and folded as the standard asks.

    Private points, and what their cards said beyond the fields of a contact, are left out unless `private`.
    Verification is never written: it is this book's own evidence.
    """
    listed = list(contacts)
    uids = {contact.id: _uid(contact) for contact in listed}
    lines = (line for contact in listed for line in _card(contact, uids, private))
    return "".join(map(_folded, lines))


def _card(contact: Contact, uids: dict[str, str], private: bool) -> Iterator[str]:
    extra = [pair for pair in contact.origin.extra if _is_whole(*pair)] if private and contact.origin else []
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{_escaped(uids[contact.id])}"
    yield f"FN:{_escaped(contact.name)}"
    if not any(key == "N" or key.startswith("N;") for key, _ in extra):
        yield f"N:{_structured(contact.name)}"
    if contact.organisation or contact.team:
        yield f"ORG:{_escaped(contact.organisation)}" + (f";{_escaped(contact.team)}" if contact.team else "")
    yield from _described(contact, uids)
    for number, point in enumerate(contact.points, start=1):
        if private or point.privacy is not Privacy.PRIVATE:
            yield from _point(point, f"item{number}.")
    yield from (f"{key}:{value}" for key, value in extra)
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


def _point(point: ContactPoint, group: str) -> Iterator[str]:
    """The line of a point; its label is a type, or for want of one the label of a group of lines."""
    address = "URL" if "://" in point.value else "TEL"
    head = _HEAD_OF.get(point.kind, f"{address};TYPE={BRIDGE.upper()}")
    if point.label in _TYPES_FOR_LABELS:
        head += f";TYPE={point.label.upper()}"
    if point.privacy is not Privacy.PRINT:
        head += f";{PRIVACY}={point.privacy.upper()}"
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

    folded = StringIO()
    foldOneLine(folded, line)
    return folded.getvalue()
