"""Calendars (.ics), as mail programs and servers write them: read into events, each by itself.

A time zone may be named as IANA does, as Windows does, or be described in the file; what comes out always has an IANA
name. A changed time of a series is left out of the series and follows as an event of its own.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.recurrence import YEARS, check_series
from escplaybook.exchange.calendar_events import Event
from escplaybook.exchange.calendar_zones import Zones
from escplaybook.exchange.contact_items import LONGEST_NAME, LONGEST_POINT, in_one_line
from escplaybook.exchange.files import files
from escplaybook.exchange.text import bytes_of, decode

SUFFIXES = (".ics", ".ical", ".ifb", ".icalendar")

SIZE_LIMIT = 50_000_000
"""Bytes in one calendar: many years of a busy office."""

_EVENT = "BEGIN:VEVENT", "END:VEVENT"
_ZONE = "BEGIN:VTIMEZONE", "END:VTIMEZONE"
_CALLED_OFF = re.compile(r"^METHOD:CANCEL\s*$", re.IGNORECASE | re.MULTILINE)
_NEEDED = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS")


@dataclass(frozen=True, slots=True)
class Item:
    """One event: where it stands, and what it says or the reason why it cannot be used.

    A `floating` one is meant by the clock of whom it concerns, wherever they are: its zone is UTC for the time being.
    `is_called_off` tells that it will not happen after all, `deputy` who stands in, as written.
    """

    source: str
    event: Event | None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    floating: bool = False
    is_called_off: bool = False
    deputy: str = ""


@dataclass(slots=True)
class _Read:
    """An event before it is known what else the file says of its series."""

    item: Item
    series: str = ""
    replaces: datetime | None = None
    left_out: set[datetime] = field(default_factory=set)


def read(paths: Sequence[Path]) -> Iterator[Item]:
    """Each event in the calendars at or below `paths`, one after the other; `file.ics#3 (Holiday)` is a third one.

    Raises Unreadable if one of `paths` is not there.
    """
    for path, source in files(paths, lambda path: path.suffix.casefold() in SUFFIXES):
        try:
            yield from read_text(decode(bytes_of(path, SIZE_LIMIT))[0], source)
        except Unreadable as error:
            yield Item(source, None, str(error))


def read_text(text: str, source: str) -> Iterator[Item]:
    """Each event of one calendar. Raises Unreadable if there is none in it."""
    if not text.strip():
        raise Unreadable("The file is empty.")
    events = _blocks(text, *_EVENT)
    if not events:
        raise Unreadable("The calendar holds no event; each begins with a line BEGIN:VEVENT.")
    zones = Zones(block for block in _blocks(text, *_ZONE) if block)
    cancelled = bool(_CALLED_OFF.search(text))
    found = [
        _one(block, f"{source}#{number}", zones, is_called_off=cancelled) for number, block in enumerate(events, 1)
    ]
    yield from _settled(found)


def _blocks(text: str, begin: str, end: str) -> list[str]:
    """The parts of the text from a line `begin` to its line `end`; an empty one where the end is missing."""
    blocks: list[str] = []
    lines: list[str] | None = None
    for line in text.split("\n"):
        word = line.strip().upper()
        if word == begin:
            if lines is not None:
                blocks.append("")
            lines = []
        if lines is not None:
            lines.append(line)
        if word == end and lines is not None:
            blocks.append("\n".join(lines))
            lines = None
    return blocks if lines is None else [*blocks, ""]


def _one(block: str, source: str, zones: Zones, *, is_called_off: bool) -> _Read:
    try:
        if not block:
            raise Unreadable("The event breaks off: its line END:VEVENT is missing.")
        parts = _component(block)
        read_one = _event(parts, source, zones)
    except (Unreadable, InvalidRecord) as error:
        return _Read(Item(source, None, str(error)))
    status = str(parts.get("STATUS", "")).strip().upper()
    read_one.item = replace(read_one.item, is_called_off=is_called_off or status == "CANCELLED")
    return read_one


def _component(block: str) -> Any:
    """The event of a block of lines. Raises Unreadable if it is damaged where it matters."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of guesses at zones, which are not made by icalendar here
            found = Calendar.from_ical(f"BEGIN:VCALENDAR\n{block}\nEND:VCALENDAR").walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Unreadable("The event is damaged: what begins in it does not end.") from None
    if len(found) != 1:
        raise Unreadable("The event is damaged: it lies within another.")
    event: Any = found[0]
    for name, _ in event.errors:
        if name is None or name.upper() in _NEEDED:
            raise Unreadable(f"The event is damaged: its {name or 'lines'} cannot be read.")
    for name in ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID"):
        if isinstance(event.get(name), list):
            raise Unreadable(f"The event says its {name} twice.")
    return event


def _event(parts: Any, source: str, zones: Zones) -> _Read:
    if "DTSTART" not in parts:
        raise Unreadable("The event does not say when it begins.")
    first = parts["DTSTART"]
    all_day = not isinstance(first.dt, datetime)
    zone = "" if all_day else zones.name_of(first)
    start = _instant(first, zones, zone)
    end = _end(parts, start, zones, zone, all_day=all_day)
    title = in_one_line(str(parts.get("SUMMARY", "")))[:LONGEST_NAME]
    if end <= start:
        raise Unreadable("The event ends before or as it begins.")
    rule = parts["RRULE"].to_ical().decode().upper() if "RRULE" in parts else ""
    check_series(start, rule, zone or "UTC", by_days=all_day)
    uid = in_one_line(str(parts.get("UID", "")))[:LONGEST_POINT] or f"{start.isoformat()} {title}"
    other = parts.get("RECURRENCE-ID")
    if other is not None and str(other.params.get("RANGE", "")).upper() == "THISANDFUTURE":
        raise Unreadable("It changes a series from one day on; end the series there and begin another.")
    event = Event(
        uid,
        title,
        start,
        end,
        zone or "UTC",
        all_day=all_day,
        rule="" if other is not None else rule,
        excluded=tuple(_excluded(parts, first, zones, zone)),
        people=_people(parts),
    )
    told = ("Its additional days (RDATE) were left out; add them here.",) if "RDATE" in parts else ()
    item = Item(f"{source} ({title[:60]})" if title else source, event, "", told, floating=not zone)
    return _Read(item, uid, _instant(other, zones, zone) if other is not None else None)


def _end(parts: Any, start: datetime, zones: Zones, zone: str, *, all_day: bool) -> datetime:
    if "DTEND" in parts:
        return _instant(parts["DTEND"], zones, zone)
    if "DURATION" in parts:
        length = parts["DURATION"].dt
        if not isinstance(length, timedelta) or abs(length) > timedelta(days=366_000):
            raise Unreadable("The event lasts no length of time that can be read.")
        return start + length
    if all_day:
        return start + timedelta(days=1)
    raise Unreadable("The event does not say when it ends.")


def _instant(value: Any, zones: Zones, zone: str) -> datetime:
    """The instant of a date or time; one without a zone by the clock of `zone`, or left floating as if it were UTC."""
    moment = value.dt
    if isinstance(moment, datetime):
        return _at(moment, zones.name_of(value) or zone)
    if not isinstance(moment, date):
        raise Unreadable("The event has a time of day where a date belongs.")
    return _at(datetime.combine(moment, time()), zone)


def _at(wall: datetime, zone: str) -> datetime:
    if wall.year not in YEARS:
        raise Unreadable(f"The year {wall.year} is too far away.")
    return Zones.instant(wall.replace(tzinfo=None, fold=0), zone or "UTC")


def _excluded(parts: Any, first: Any, zones: Zones, zone: str) -> Iterator[datetime]:
    """The starts that do not happen; a bare date leaves out what would begin on that day."""
    listed = parts.get("EXDATE", [])
    for dates in listed if isinstance(listed, list) else [listed]:
        for one in dates.dts:
            if isinstance(one.dt, datetime):
                yield _at(one.dt, zones.name_of(dates, one.dt) or zone)
            elif isinstance(one.dt, date):
                at = first.dt.time() if isinstance(first.dt, datetime) else time()
                yield _at(datetime.combine(one.dt, at), zone)


def _people(parts: Any) -> tuple[str, ...]:
    """The addresses of organiser and attendees, in small letters."""
    found: dict[str, None] = {}
    for name in ("ORGANIZER", "ATTENDEE"):
        value = parts.get(name, [])
        for one in value if isinstance(value, list) else [value]:
            address = in_one_line(str(one)).casefold().removeprefix("mailto:")
            if "@" in address:
                found[address] = None
    return tuple(found)


def _settled(found: Sequence[_Read]) -> Iterator[Item]:
    """The events; what was changed in a series is left out there and is an event of its own."""
    changed: dict[str, set[datetime]] = {}
    for one in found:
        if one.replaces is not None:
            changed.setdefault(one.series, set()).add(one.replaces)
    for one in found:
        event = one.item.event
        if event is None:
            yield one.item
        elif one.replaces is not None:
            yield replace(one.item, event=replace(event, uid=f"{event.uid}#{one.replaces:%Y%m%dT%H%M%SZ}"))
        else:
            excluded = tuple(sorted({*event.excluded, *changed.get(one.series, ())}))
            yield replace(one.item, event=replace(event, excluded=excluded))
