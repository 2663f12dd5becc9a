"""The time zones that a calendar names: by IANA's names, by those of Windows, or described in the file."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Calendar, Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.recurrence import local_instant

_TRIED_FROM = datetime(2025, 1, 1, tzinfo=UTC)
_TRIED = tuple(_TRIED_FROM + timedelta(days=7 * week) for week in range(3 * 52))
"""The instants at which a described zone must agree with one of IANA's: every week of three years."""


class Zones:
    """The zones of one calendar. What the file says of a zone holds for that file alone."""

    def __init__(self, described: Iterable[str]) -> None:
        self._described: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for block in described:
            if name := _value(block, "TZID"):
                self._described[name] = block

    @staticmethod
    def instant(wall: datetime, zone: str) -> datetime:
        """The instant (UTC) at which the clock of that zone shows that time."""
        return local_instant(wall, zone)

    def name_of(self, value: Any, moment: object = None) -> str:
        """The IANA name of the zone of a time (of that `moment` of a list); empty for a time without one.

        Raises Unreadable if it is not known.
        """
        moment = getattr(value, "dt", None) if moment is None else moment
        named = str(value.params.get("TZID", "")).strip('"')
        if isinstance(moment, datetime) and str(moment.tzinfo) == "UTC":  # whatever zone is named beside it
            return "UTC"
        if named:
            if named not in self._names:
                self._names[named] = self._found(named)
            return self._names[named]
        return ""

    def _found(self, named: str) -> str:
        known = _known(named)
        if not known and named in self._described:
            block = self._described[named]
            known = _known(_value(block, "X-LIC-LOCATION")) or _like(block)
        if not known:
            raise Unreadable(f"Its time zone “{named[:60]}” is not known; name it as in Europe/Berlin.")
        return known


def _known(named: str) -> str:
    """The IANA zone of that name, of a path that ends in it, or of Windows' name for it; empty if there is none."""
    parts = named.split("/")
    tried = [named, "/".join(parts[-3:]), "/".join(parts[-2:]), WINDOWS_TO_OLSON.get(named, "")]
    return next((name for name in tried if name in _all()), "")


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=256)
def _like(block: str) -> str:
    """The IANA zone whose clock goes as the described one; empty if none does."""
    try:
        (component,) = Calendar.from_ical(f"BEGIN:VCALENDAR\n{block}\nEND:VCALENDAR").walk("VTIMEZONE")
        assert isinstance(component, Timezone)
        described: tzinfo = component.to_tz(lookup_tzid=False)
        offsets = [at.astimezone(described).utcoffset() for at in _TRIED]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, InvalidRecord):
        return ""
    for name in dict.fromkeys((*WINDOWS_TO_OLSON.values(), *sorted(_all()))):
        zone = ZoneInfo(name)
        if all(at.astimezone(zone).utcoffset() == offset for at, offset in zip(_TRIED, offsets, strict=True)):
            return name
    return ""


def _value(block: str, name: str) -> str:
    for line in block.split("\n"):
        head, _, value = line.partition(":")
        if head.partition(";")[0].strip().upper() == name:
            return value.strip().strip('"')
    return ""
