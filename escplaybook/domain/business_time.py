"""Business hours: the calendar by which a target is counted, and when a span of such time has run out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import hours_words, is_open, parse_hours

DAY = timedelta(days=1)

LOOKED_AHEAD = 3_660
"""Days that are searched for the end of a span; what is not over in ten years has no deadline."""

_WRITTEN = re.compile(
    r"(?P<hours>\S.*?) in (?P<zone>[\w+/-]+)(?:, holidays (?:of )?(?P<region>[A-Z]{2}(?:-[A-Z0-9]{1,3})?))?"
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Open in `hours` on the clock of `zone`, closed on the holidays of `region` (ISO 3166; empty for none)."""

    hours: str
    zone: str
    region: str = ""

    def is_open(self, at: datetime) -> bool:
        """Whether time counts at the aware instant `at`."""
        local = at.astimezone(zone_named(self.zone))
        return is_open(self.hours, local) and not self.holiday(local.date())

    def holiday(self, day: date) -> str:
        """What the holiday on that day is called; empty if it is none, or nothing is known of the region's."""
        return _holidays(self.region).get(day) or "" if self.region else ""

    def words(self) -> str:
        """The calendar in a few words: “Mon–Fri 08:00–17:00 in Stockholm, without holidays of SE”."""
        told = f"{hours_words(self.hours)} in {self.zone.rpartition('/')[2].replace('_', ' ')}"
        return f"{told}, without holidays of {self.region}" if self.region else told


@lru_cache(maxsize=512)
def parse_calendar(text: str) -> Calendar | None:
    """The calendar that `text` says: “Mon-Fri 08:00-17:00 in Europe/Berlin, holidays of DE-BY”; None for 24×7.

    Whether anything is known of a region's holidays is asked by `checked_calendar`, which takes longer.
    Raises InvalidRecord if the text cannot be read.
    """
    if not text.strip():
        return None
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise InvalidRecord(
            f"“{text.strip()}” is no calendar; write it like "
            "“Mon-Fri 08:00-17:00 in Europe/Berlin, holidays of DE-BY”, or nothing for 24×7."
        )
    parse_hours(found["hours"])
    zone_named(found["zone"])
    return Calendar(found["hours"], found["zone"], found["region"] or "")


def checked_calendar(text: str) -> str:
    """The calendar as it is kept, from what a person wrote; “24×7” is empty. Raises InvalidRecord if it cannot be."""
    if text.strip().casefold() in ("24x7", "24×7", "24/7"):
        return ""
    calendar = parse_calendar(text)
    if calendar is None:
        return ""
    if calendar.region and not _is_known(calendar.region):
        raise InvalidRecord(f"No holidays are known for “{calendar.region}”; write a country like SE, or DE-BY.")
    told = f"{calendar.hours} in {calendar.zone}"
    return f"{told}, holidays of {calendar.region}" if calendar.region else told


def due_after(start: datetime, span: timedelta, text: str = "") -> datetime | None:
    """When `span` of the calendar's time has passed since `start` (UTC); of the clock's if it is 24×7.

    A whole day of the span is a working day: the same time on the next day that is open. What is over after those is
    counted minute by minute. None if that is not within ten years.
    """
    calendar = parse_calendar(text)
    if calendar is None:
        return start + span
    days, left = divmod(span, DAY)
    if days:
        start = _after_days(calendar, _opening(calendar, start), days)
    if not left:
        return _opening(calendar, start)
    for begin, end in open_times(calendar, start):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return None


def open_times(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of time (UTC) that count, from `start` on, for ten years."""
    zone = zone_named(calendar.zone)
    day = start.astimezone(zone).date()
    for offset in range(LOOKED_AHEAD):
        edges = _edges(calendar, zone, day + timedelta(days=offset))
        for begin, end in pairwise(edges):
            if end > start and calendar.is_open(begin):
                yield max(begin, start), end


def why_due(start: datetime, due: datetime, text: str) -> str:
    """Why something is due when it is: “counted Mon–Fri 08:00–17:00 in Oslo, from Tue 08:00”; empty if 24×7."""
    calendar = parse_calendar(text)
    if calendar is None:
        return ""
    zone = zone_named(calendar.zone)
    told = [f"counted {hours_words(calendar.hours)} in {calendar.zone.rpartition('/')[2].replace('_', ' ')}"]
    begin = _opening(calendar, start)
    if begin > start:
        told.append(f"from {begin.astimezone(zone):%a %H:%M}")
    first, last = start.astimezone(zone).date(), due.astimezone(zone).date()
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if (name := calendar.holiday(day)) and is_workday(calendar, day):
            told.append(f"{day:%a %-d %b} is {name}")
    return ", ".join(told)


def _opening(calendar: Calendar, start: datetime) -> datetime:
    """`start`, or when it opens next."""
    return next((begin for begin, _ in open_times(calendar, start)), start)


def _after_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The same time of the day so many working days later."""
    zone = zone_named(calendar.zone)
    local = start.astimezone(zone)
    day = local.date()
    while days:
        day += DAY
        days -= is_workday(calendar, day) and not calendar.holiday(day)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def is_workday(calendar: Calendar, day: date) -> bool:
    """Whether the hours name that day of the week."""
    spans = parse_hours(calendar.hours)
    return not spans or any(day.weekday() in span.days for span in spans)


def _edges(calendar: Calendar, zone: ZoneInfo, day: date) -> list[datetime]:
    """The instants of a local day at which hours may open or close, its two midnights among them."""
    begin, end = (datetime.combine(day + timedelta(days=step), time(0), zone).astimezone(UTC) for step in (0, 1))
    walls = {wall for span in parse_hours(calendar.hours) for wall in (span.start, span.end)}
    edges = {begin, end}
    for wall in walls:
        for fold in (0, 1):  # a clock that is put back shows a time twice
            edges.add(datetime.combine(day, wall, zone).replace(fold=fold).astimezone(UTC))
    if begin.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset():
        edges.add(_shift(begin, end, zone))
    return sorted(edge for edge in edges if begin <= edge <= end)


def _shift(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The instant between the two at which the clock is put on or back."""
    before = begin.astimezone(zone).utcoffset()
    low, high = 0, int((end - begin).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (begin + timedelta(seconds=middle)).astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return begin + timedelta(seconds=high)


def _is_known(region: str) -> bool:
    import holidays  # 0.13 s to import

    country, _, part = region.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    return country in known and (not part or part in known[country])


@lru_cache(maxsize=64)
def _holidays(region: str) -> Mapping[date, str]:
    """The region's holidays by their day; they are worked out year by year as they are asked for."""
    if not _is_known(region):
        return {}
    import holidays

    country, _, part = region.partition("-")
    found: Mapping[date, str] = holidays.country_holidays(country, subdiv=part or None, language="en_US")
    return found
