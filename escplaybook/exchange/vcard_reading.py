"""One vCard read as a contact. What a contact has no field for is kept in its origin, in order, to be written back."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy, zone_named
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.origins import Origin
from escplaybook.exchange.contact_items import LONGEST_NAME, LONGEST_NOTE, TRAPS, cut, in_lines, in_one_line, undialled
from escplaybook.exchange.countries import country_called, country_dialled
from escplaybook.exchange.vcard_lines import Property, properties_in
from escplaybook.exchange.vcard_photo import photo_from
from escplaybook.exchange.vcard_points import is_a_point, labels_in, point_from, preferred_first

T = TypeVar("T")

UNREAD = "unreadable line"
"""The key in `origin.extra` of a line that is no property."""

HOURS, DEPUTY, COUNTRY = "X-ESCPLAYBOOK-HOURS", "X-ESCPLAYBOOK-DEPUTY", "X-ESCPLAYBOOK-COUNTRY"
"""What no property of a vCard says, under names that other programs pass over."""

UNREAD_LINE = "X-ESCPLAYBOOK-UNREADABLE"
"""The property in which a line that is none is written again."""

NO_COUNTRY = "none"
"""Says that the country is not known where the card's numbers or addresses would name one."""

CUT = "…"
"""The end of a line that was too long to keep whole."""

_LONGEST_EXTRA = 2_000
_MOST_EXTRA = 200
_NOT_PEOPLE = frozenset({"group", "location", "application", "device"})


@dataclass(frozen=True, slots=True)
class ReadCard:
    """A card's contact, its own uid if it has one, who stands in as written, its photo, and what to tell."""

    contact: Contact
    uid: str
    deputy: str
    warnings: tuple[str, ...]
    files: tuple[bytes, ...] = ()


def contact_from(data: bytes, now: datetime) -> ReadCard:
    """The contact that one card holds; its origin lacks the uid. Raises Unreadable or InvalidRecord with the reason."""
    reading = properties_in(data)
    card = _Card(reading.properties, reading.warnings)
    card.refuse_what_is_no_person()
    photo, files = card.photo(reading.photos)
    uid, deputy = card.first("UID", reads=_uid), card.first(DEPUTY, reads=_one_line)
    points = card.points()
    organisation, team = card.first("ORG", reads=_organisation) or ("", "")
    changed = card.first("REV", reads=_instant) or now
    contact = Contact(
        id=new_id(now),
        name=card.name(organisation, points),
        created=changed,
        updated=changed,
        role=card.short("role", card.first("TITLE", "ROLE", reads=_one_line)),
        organisation=card.short("organisation", organisation),
        team=card.short("team", team),
        points=points,
        country=card.country(points),
        zone=card.zone(),
        hours=card.first(HOURS, reads=_one_line) or "",
        photo=photo,
        languages=card.every("LANG", reads=lambda found: [_one_line(found)]),
        notes=card.notes(),
        tags=card.every("CATEGORIES", reads=lambda found: [in_one_line(word) for word in found.listed()]),
    )
    extra = (*card.left(), *((UNREAD, _shortened(line)) for line in reading.unread))
    if reading.unread:
        card.warnings.append(_told(reading.unread))
    if len(extra) > _MOST_EXTRA:
        card.warnings.append(f"Of {len(extra):,} lines that a contact has no field for {_MOST_EXTRA} were kept.")
    if any(TRAPS.search(found.value) for found in reading.properties):
        card.warnings.append("Control characters, or signs that turn the direction of text, were taken out.")
    card.warnings += undialled(points)
    kept = replace(contact, origin=Origin("", extra=extra[:_MOST_EXTRA]))
    return ReadCard(kept, uid or "", deputy or "", tuple(card.warnings), files)


class _Card:
    """A card's properties being used up; what nobody takes is left."""

    def __init__(self, properties: list[Property], warnings: list[str]) -> None:
        self.warnings = warnings
        self._labels = labels_in(properties)
        self._left = [found for found in properties if not (found.group and found.name == "X-ABLABEL")]

    def first(self, *names: str, reads: Callable[[Property], T]) -> T | None:
        """What `reads` makes of the first property it can read, looked for by one name after the other."""
        for found in (found for name in names for found in self._left if found.name == name):
            try:
                value = reads(found)
            except (ValueError, OverflowError):
                continue
            self._left.remove(found)
            return value
        return None

    def every(self, name: str, reads: Callable[[Property], list[str]]) -> tuple[str, ...]:
        """All words that `reads` finds in the properties of that name, each once."""
        taken = self._take(lambda found: found.name == name)
        return tuple(dict.fromkeys(word for found in taken for word in reads(found) if word))

    def short(self, what: str, text: str | None) -> str:
        """The text, or its beginning if it is too long for any page."""
        return cut(text or "", LONGEST_NAME, what, self.warnings)

    def refuse_what_is_no_person(self) -> None:
        """Raise Unreadable for a distribution list, a room or a machine."""
        for found in self._take(lambda found: found.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND")):
            if (kind := found.value.strip().casefold()) in _NOT_PEOPLE:
                raise Unreadable(f"The card is a {kind}, not a person; bring in its members by cards of their own.")

    def name(self, organisation: str, points: tuple[ContactPoint, ...]) -> str:
        """Whose card it is, by the best there is. Raises Unreadable for a card that leads to nobody."""
        structured = next((found for found in self._left if found.name == "N"), None)
        name = self.first("FN", reads=_one_line) or ""
        composed = _composed(structured) if structured else ""
        if structured and (not name or name.split() == composed.split()):
            self._left.remove(structured)  # otherwise it says more than the name, and is kept
        addresses = [point.value for point in sorted(points, key=lambda point: point.kind is not PointKind.EMAIL)]
        nickname = next((_one_line(found) for found in self._left if found.name == "NICKNAME"), "")
        name = name or composed or nickname or organisation or next(iter(addresses), "")
        if not name:
            raise Unreadable("The card is empty: it names nobody, and no way to reach anybody.")
        return self.short("name", name)

    def points(self) -> tuple[ContactPoint, ...]:
        """Every way to reach the person, as they stand in the card, preferred ones before others of their property."""
        for_few = any(is_for_few(found.name, found.value) for found in self._left)
        privacy = Privacy.TEAM if for_few else Privacy.PRINT
        points: dict[ContactPoint, None] = {}
        for found in preferred_first([found for found in self._left if is_a_point(found)]):
            point = point_from(found, self._labels.get(found.group, ""), privacy)
            if point is not None:
                self._left.remove(found)
                points[point] = None
        return tuple(points)

    def photo(self, photos: list[str]) -> tuple[Attachment | None, tuple[bytes, ...]]:
        """The first photo that can be shown, with its bytes; of the others it is told why they were left out."""
        kept: tuple[Attachment, bytes] | None = None
        reasons = []
        for value in photos:
            if kept is not None:
                reasons.append("a contact has one only")
                continue
            try:
                kept = photo_from(value)
            except Unreadable as error:
                reasons.append(str(error))
        for reason in dict.fromkeys(reasons):
            self.warnings.append(f"{'A further' if kept else 'The'} photo was left out: {reason}.")
        return (kept[0], (kept[1],)) if kept else (None, ())

    def country(self, points: tuple[ContactPoint, ...]) -> str:
        """Where the numbers are dialled: as the card says, else by its one address, else by its numbers."""
        said = self.first(COUNTRY, reads=_country)
        return self.implied_country(points) if said is None else said

    def implied_country(self, points: tuple[ContactPoint, ...]) -> str:
        """What addresses and numbers say of the country."""
        return implied_country([found.value for found in self._left if found.name == "ADR"], points)

    def zone(self) -> str:
        """The time zone, if the card names a place: an offset would be wrong for half of the year."""
        for found in (found for found in self._left if found.name == "TZ"):
            try:
                zone = zone_named(_one_line(found)).key
            except InvalidRecord:
                self.warnings.append(f"“{_one_line(found)[:40]}” names no time zone; choose one, it is taken for UTC.")
                continue
            self._left.remove(found)
            return zone
        return "UTC"

    def notes(self) -> str:
        """The notes, one below the other."""
        texts = [in_lines(found.words()) for found in self._take(lambda found: found.name == "NOTE")]
        return cut("\n\n".join(text for text in texts if text), LONGEST_NOTE, "note", self.warnings)

    def left(self) -> Iterator[tuple[str, str]]:
        """What nobody took: the beginning of each line, and its value in one line."""
        for found in self._left:
            if found.name == UNREAD_LINE:
                yield UNREAD, _shortened(_one_line(found))
            elif found.name != "PRODID":
                if len(found.value) > _LONGEST_EXTRA:
                    told = f"{found.name} has {len(found.value):,} letters; its beginning was kept."
                    self.warnings.append(told)
                yield in_one_line(_head_of(found, self._labels.get(found.group, ""))), _shortened(found.value)

    def _take(self, wanted: Callable[[Property], bool]) -> list[Property]:
        taken = [found for found in self._left if wanted(found)]
        self._left = [found for found in self._left if not wanted(found)]
        return taken


def is_for_few(name: str, value: str) -> bool:
    """Whether the property says that the card is not for everybody."""
    return name == "CLASS" and value.strip().upper() != "PUBLIC"


def implied_country(addresses: Sequence[str], points: Sequence[ContactPoint]) -> str:
    """What the addresses (as ADR writes them), or else the numbers, say of the country; empty if several or none."""
    parted = (re.split(r"(?<!\\);", address) for address in addresses)
    named = {country_called(parts[6]) for parts in parted if len(parts) == 7} - {""}
    if len(named) == 1:
        return named.pop()
    called = (point.value for point in points if point.kind in (PointKind.PHONE, PointKind.MOBILE))
    return "" if named else country_dialled(called)


def _country(found: Property) -> str:
    code = _one_line(found)
    if code.casefold() == NO_COUNTRY:
        return ""
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise ValueError
    return code.upper()


def _one_line(found: Property) -> str:
    return in_one_line(found.words())


def _uid(found: Property) -> str:
    return _one_line(found).removeprefix("urn:uuid:")


def _composed(found: Property) -> str:
    """A structured name as it is spoken: family first, and without a gap, in Chinese, Japanese and Korean."""
    parts = [in_one_line(" ".join(filter(None, part))) for part in found.fields()] + [""] * 5
    family, given, additional, prefix, suffix = parts[:5]
    if _is_far_eastern(family) and _is_far_eastern(given):
        return family + given
    return " ".join(part for part in (prefix, given, additional, family, suffix) if part)


def _is_far_eastern(text: str) -> bool:
    return bool(text) and all("\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in text)


def _organisation(found: Property) -> tuple[str, str]:
    """The organisation, and the unit in it as the team."""
    first, *units = (in_one_line(",".join(part)) for part in found.fields())
    return first, ", ".join(unit for unit in units if unit)


def _instant(found: Property) -> datetime:
    instant = datetime.fromisoformat(found.value.strip())
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _head_of(found: Property, label: str) -> str:
    """The beginning of a property's line: its name and parameters, the label of its group among them."""
    params = {**({"TYPE": list(found.kinds)} if found.kinds else {}), **found.params}
    if label:
        params["X-LABEL"] = [label]
    told = (f"{name}={','.join(map(_param, values))}" for name, values in params.items())
    return ";".join([found.name, *told])


def _param(value: str) -> str:
    value = value.replace('"', "'")
    return f'"{value}"' if any(sign in value for sign in ",;:") else value


def _shortened(line: str) -> str:
    text = in_one_line(line.replace("\n", "\\n"))
    return text if len(text) <= _LONGEST_EXTRA else text[: _LONGEST_EXTRA - 1] + CUT


def _told(unread: list[str]) -> str:
    first = _shortened(unread[0])[:60]
    if len(unread) == 1:
        return f"A line could not be read and is kept as it stands: “{first}”"
    return f"{len(unread)} lines could not be read and are kept as they stand; the first is “{first}”"
