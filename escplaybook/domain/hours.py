"""Weekly hours as people write them: `Mon-Fri 09:00-17:00, Sat 10:00-14:00`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from escplaybook.domain.errors import InvalidRecord

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"(?P<first>[A-Z][a-z]{2})(?:-(?P<last>[A-Z][a-z]{2}))? (?P<start>\d{2}:\d{2})-(?P<end>\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """Open on `days` (0 is Monday) from `start` until just before `end`, wall clock.

    `end` 00:00 means midnight; an `end` before `start` runs into the next day.
    """

    days: tuple[int, ...]
    start: time
    end: time


@lru_cache(maxsize=4_096)
def parse_hours(text: str) -> tuple[Span, ...]:
    """The spans that `text` names; none for empty text, which means always open.

    Raises InvalidRecord if the text cannot be read or names a time nobody has.
    """
    spans = []
    for part in (part.strip() for part in text.split(",") if part.strip()):
        found = _SPAN.fullmatch(part)
        if not found:
            raise InvalidRecord(f"Hours read like “Mon-Fri 09:00-17:00, Sat 10:00-14:00”; “{part}” does not.")
        spans.append(Span(_days(found["first"], found["last"] or found["first"]), *_times(found)))
    return tuple(spans)


def is_open(text: str, local: datetime) -> bool:
    """Whether the hours in `text` contain the wall-clock instant `local`."""
    spans = parse_hours(text)
    return not spans or any(_contains(span, local) for span in spans)


def moved(text: str, by: timedelta) -> str:
    """The same hours on a clock that is `by` ahead: `Mon-Fri 22:00-06:00` an hour ahead is `Mon-Fri 23:00-07:00`."""
    return ", ".join(_moved(span, by) for span in parse_hours(text))


def next_opening(text: str, local: datetime) -> datetime | None:
    """When the hours begin next after the aware instant `local`, on its clock; None if they never do (always open)."""
    for days in range(8):
        day = local.date() + timedelta(days=days)
        for start in sorted(span.start for span in parse_hours(text) if day.weekday() in span.days):
            at = datetime.combine(day, start, local.tzinfo).astimezone(UTC)  # a clock that is put back shows it twice
            if at > local and is_open(text, at.astimezone(local.tzinfo)):
                return at.astimezone(local.tzinfo)
    return None


def hours_words(text: str) -> str:
    """Hours as they are read: their spans unbroken, with a dash between days and times; “at any time” if empty."""
    spans = (span.strip().replace(" ", "\xa0").replace("-", "–") for span in text.split(","))
    return ", ".join(filter(None, spans)) or "at any time"


def _moved(span: Span, by: timedelta) -> str:
    start, end = (datetime.combine(date(2001, 1, 1), at) + by for at in (span.start, span.end))  # that day is a Monday
    shift = (start.date() - date(2001, 1, 1)).days
    first, last = (DAYS[(day + shift) % 7] for day in (span.days[0], span.days[-1]))
    if len(span.days) == 7:
        first, last = DAYS[0], DAYS[-1]
    days = first if len(span.days) == 1 else f"{first}-{last}"
    return f"{days} {start:%H:%M}-{'24:00' if end.time() == time(0) else f'{end:%H:%M}'}"


def _contains(span: Span, local: datetime) -> bool:
    now, today = local.time().replace(tzinfo=None), local.weekday()
    if span.start < span.end or span.end == time(0):
        return today in span.days and span.start <= now and (span.end == time(0) or now < span.end)
    yesterday = (today - 1) % 7
    return (today in span.days and now >= span.start) or (yesterday in span.days and now < span.end)


def _days(first: str, last: str) -> tuple[int, ...]:
    if first not in DAYS or last not in DAYS:
        raise InvalidRecord(f"Days are {', '.join(DAYS)}; “{first}-{last}” is not among them.")
    start, end = DAYS.index(first), DAYS.index(last)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _times(found: re.Match[str]) -> tuple[time, time]:
    try:
        end = "00:00" if found["end"] == "24:00" else found["end"]
        return time.fromisoformat(found["start"]), time.fromisoformat(end)
    except ValueError:
        raise InvalidRecord(f"No clock shows {found['start']}-{found['end']}.") from None
