"""Absences: when somebody cannot act, once or again and again, and who stands in meanwhile."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.origins import Origin
from escplaybook.domain.recurrence import YEARS, Series, check_series, local_instant, rule_words

_MOMENT = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))"
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?)?"
)


@dataclass(frozen=True, slots=True)
class Absence:
    """A time from `start` until just before `end` (UTC) in which `contact` (an id) cannot act.

    `rule` repeats it as an RFC 5545 RRULE (“FREQ=WEEKLY;BYDAY=FR”) on the wall clock of `zone`; `excluded` are starts
    that do not happen. An `all_day` absence begins and ends at midnight there. `deputy` (an id) stands in; without one
    the contact's own deputy does.
    """

    id: str
    contact: str
    start: datetime
    end: datetime
    created: datetime
    updated: datetime
    key: str = ""
    zone: str = "UTC"
    all_day: bool = False
    rule: str = ""
    excluded: tuple[datetime, ...] = ()
    deputy: str | None = None
    reason: str = ""
    origin: Origin | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidRecord("An absence must end after it starts.")
        if self.deputy == self.contact:
            raise InvalidRecord("Nobody can stand in for themselves; name another deputy.")
        zone_named(self.zone)
        check_series(self.start, self.rule, self.zone, by_days=self.all_day)

    @property
    def series(self) -> Series:
        """Every time that it happens."""
        return Series(self.start, self.end, self.zone, self.rule, self.excluded, self.all_day)

    @property
    def first(self) -> datetime:
        """Its first start by the clock of its zone."""
        return self.start.astimezone(zone_named(self.zone)).replace(tzinfo=None)

    @property
    def last(self) -> datetime:
        """Its first end by the clock of its zone; of whole days the last one."""
        local = self.end.astimezone(zone_named(self.zone)).replace(tzinfo=None)
        return local - timedelta(minutes=1) if self.all_day else local

    @property
    def rhythm(self) -> str:
        """How it comes again, in words; empty if it does not."""
        return rule_words(self.rule, self.first)


def told_span(start: datetime, end: datetime, zone: str, now: datetime, *, by_days: bool) -> str:
    """“24 Dec – 3 Jan” of whole days, else “24 Dec 18:00 – 4 Jan 08:00”, by the clock of `zone`.

    The year stands with what lies in another year than now, unless that is less than two months away.
    """
    first, last = (instant.astimezone(zone_named(zone)) for instant in (start, end))
    if by_days:
        last -= timedelta(minutes=1)

    def day(local: datetime) -> str:
        is_far = local.year != now.year and abs(local - now) > timedelta(days=60)
        return f"{local:%-d %b %Y}" if is_far else f"{local:%-d %b}"

    if by_days:
        return day(first) if first.date() == last.date() else f"{day(first)} – {day(last)}"
    if first.date() == last.date():
        return f"{day(first)} {first:%H:%M}–{last:%H:%M}"
    return f"{day(first)} {first:%H:%M} – {day(last)} {last:%H:%M}"


def time_away(first: str, last: str, zone: str) -> tuple[datetime, datetime, bool]:
    """Start and end (UTC) of an absence, as people write them on the clock of `zone`, and whether it is whole days.

    Days read 2026-12-24 or 24.12.2026, the last one counts; with a time behind it, 2026-12-24 18:00. An empty `last`
    means the first day alone. Raises InvalidRecord.
    """
    start, is_day = local_time(first)
    end, ends_on_day = local_time(last or first)
    if is_day is not ends_on_day:
        raise InvalidRecord("Give both start and end a time of day, or neither of them.")
    if is_day:
        end += timedelta(days=1)
    if end <= start:
        raise InvalidRecord("An absence must end after it starts.")
    return local_instant(start, zone), local_instant(end, zone), is_day


def local_time(text: str) -> tuple[datetime, bool]:
    """The wall-clock time that people write so, and whether it is a whole day. Raises InvalidRecord."""
    found = _MOMENT.fullmatch(text.strip())
    try:
        assert found is not None
        year, month, day = (int(found[name] or found[f"{name}2"]) for name in "ymd")
        moment = datetime(year, month, day, int(found["hour"] or 0), int(found["minute"] or 0))
    except (AssertionError, ValueError):
        raise InvalidRecord(f"“{text[:40]}” is no day; write it like 2026-12-24 or 2026-12-24 18:00.") from None
    if year not in YEARS:
        raise InvalidRecord(f"The year {year} is too far away; give one from {YEARS[0]} to {YEARS[-1]}.")
    return moment, found["hour"] is None
