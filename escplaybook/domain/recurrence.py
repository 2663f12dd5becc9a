"""Times that come again by a rule of calendars (RFC 5545, RRULE), on the wall clock of a zone.

Nine in the morning stays nine in the morning when the clocks change, for the end as for the start: a weekend away
ends on Monday at eight. An hour that a spring night skips is taken for the one after it, an hour that an autumn night
has twice for the first of the two.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, islice, pairwise, takewhile
from zoneinfo import ZoneInfo

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord

YEARS = range(1900, 3000)
"""The years in which anything recurring may start."""

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

RHYTHMS = {
    "day": "FREQ=DAILY",
    "weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "week": "FREQ=WEEKLY;BYDAY={}",
    "2 weeks": "FREQ=WEEKLY;INTERVAL=2;BYDAY={}",
    "3 weeks": "FREQ=WEEKLY;INTERVAL=3;BYDAY={}",
    "4 weeks": "FREQ=WEEKLY;INTERVAL=4;BYDAY={}",
    "month": "FREQ=MONTHLY",
    "year": "FREQ=YEARLY",
}
"""How often people say that something comes again, each with its rule; its day of the week goes into the braces."""

_OF_DAYS = {"INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"}
_PARTS = {
    "YEARLY": _OF_DAYS | {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"},
    "MONTHLY": _OF_DAYS | {"BYMONTHDAY", "BYSETPOS"},
    "WEEKLY": _OF_DAYS,
    "DAILY": _OF_DAYS | {"BYMONTHDAY"},
    "HOURLY": _OF_DAYS | {"BYMONTHDAY"},
}
"""What may be said with each frequency. Every second or minute is no rhythm for people, and days of the year, week
numbers and the like with the short ones would be looked for through the centuries."""

_LARGEST = {
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYSETPOS": 366,
    "BYHOUR": 23,
    "BYMINUTE": 59,
    "BYSECOND": 59,
}
_NARROWING = ("BYMONTH", "BYMONTHDAY", "BYDAY")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_VALUE = re.compile(r"[A-Z0-9+-]+(?:,[A-Z0-9+-]+)*")
_LONGEST_RULE = 500
_SLACK = timedelta(days=2)
"""More than any clock is ahead of another."""


@dataclass(frozen=True, slots=True)
class Span:
    """The `number`-th time (from 0, those left out counted too): from `start` until just before `end`, in UTC."""

    number: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Series:
    """Every time that a rule brings round; without a rule the first one alone.

    `start` and `end` (UTC) are those of the first time, which happens whether the rule names it or not. A series
    `by_days` goes from midnight to midnight. `excluded` are starts that do not happen.
    """

    start: datetime
    end: datetime
    zone: str
    rule: str = ""
    excluded: tuple[datetime, ...] = ()
    by_days: bool = False

    def spans(self, since: datetime, until: datetime) -> Iterator[Span]:
        """Those that lie at least partly between `since` and `until`, in their order."""
        excluded = frozenset(self.excluded)
        for span in takewhile(lambda span: span.start < until, self._after(since)):
            if span.end > since and span.start not in excluded:
                yield span

    def handed_over(self, since: datetime, until: datetime) -> Iterator[Span]:
        """As `spans`, but each ends at the latest when the next one starts."""
        for span, following in pairwise(chain(self._after(since), (None,))):
            if span is None or span.start >= until:
                return
            end = min(span.end, following.start) if following else span.end
            if end > since:
                yield replace(span, end=end)

    def _after(self, since: datetime) -> Iterator[Span]:
        """Each one from about `since` on, those left out too."""
        zone = zone_named(self.zone)
        first, last = (_wall(instant, zone, by_days=self.by_days) for instant in (self.start, self.end))
        length = last - first if last > first else self.end - self.start
        over = since.replace(tzinfo=None) - length - _SLACK
        if first > over:
            yield Span(0, self.start, self.end)
        for number, wall in enumerate(_later(self.rule, first, self.zone), 1):
            if wall > over:
                start, end = _instant(wall, zone), _instant(wall + length, zone)
                yield Span(number, start, end if end > start else start + length)


def check_series(start: datetime, rule: str, zone: str, *, by_days: bool = False) -> None:
    """Raises InvalidRecord, with a sentence that says why, if the rule cannot be read or never comes round."""
    if start.year not in YEARS:
        raise InvalidRecord(f"The year {start.year} is too far away; give one from {YEARS[0]} to {YEARS[-1]}.")
    if rule:
        _check(rule, _wall(start, zone_named(zone), by_days=by_days), zone)


def local_instant(wall: datetime, zone: str) -> datetime:
    """The instant (UTC) at which the clock of `zone` shows that time."""
    return _instant(wall, zone_named(zone))


def every(word: str, first: datetime, last: date | None = None) -> str:
    """The rule for a word of RHYTHMS, for something that happens first at that wall-clock time, to a last day.

    Raises InvalidRecord if it is none of them.
    """
    if word not in RHYTHMS:
        raise InvalidRecord(f"“{word}” is no rhythm; there are {', '.join(RHYTHMS)}.")
    rule = RHYTHMS[word].format(DAYS[first.weekday()])
    return f"{rule};UNTIL={last:%Y%m%d}" if last is not None else rule


def rhythm_of(rule: str, first: datetime) -> tuple[str, date | None] | None:
    """The word that makes this rule (see `every`) and its last day; None for any other rule."""
    body, _, until = rule.partition(";UNTIL=")
    if until and not re.fullmatch(r"[0-9]{8}", until):
        return None
    word = next((word for word in RHYTHMS if every(word, first) == body), None)
    return (word, datetime.strptime(until, "%Y%m%d").date() if until else None) if word else None


def rule_words(rule: str, first: datetime) -> str:
    """What a rule says in words, as far as there are some: “every week on Fri to 31 Dec 2026”; empty without a rule."""
    if not rule:
        return ""
    known = rhythm_of(rule, first)
    if known is None:
        return f"by the rule {rule}"
    word, last = known
    day = f" on {first:%a}" if word.endswith("weeks") or word == "week" else ""
    return f"every {word}{day}" + (f" to {last:%-d %b %Y}" if last else "")


@lru_cache(maxsize=4096)
def _check(rule: str, first: datetime, zone: str) -> None:
    parts = _parts(rule)
    days = [number for number in parts.get("BYMONTHDAY", "").split(",") if number]
    is_short = parts["FREQ"] in ("DAILY", "HOURLY")
    if is_short and parts.get("INTERVAL", "1") != "1" and any(name in parts for name in _NARROWING):
        raise InvalidRecord(f"“{rule}” leaves out days twice over; repeat it every day, week, month or year instead.")
    if is_short and days and "BYMONTH" in parts:
        raise InvalidRecord(f"“{rule}” names days of months day by day; repeat it every year instead.")
    if days and "BYMONTH" in parts and not _is_on_a_calendar(parts["BYMONTH"], days):
        raise InvalidRecord(_never(rule))
    try:
        found = next(iter(_rule(rule, first, zone)), None)
    except (ValueError, TypeError, IndexError, KeyError, OverflowError):  # as dateutil refuses, case by case
        raise InvalidRecord(_unreadable(rule)) from None
    if found is None:
        raise InvalidRecord(_never(rule))


def _is_on_a_calendar(months: str, days: Iterable[str]) -> bool:
    """Whether one of these months ever has one of these days; without a look at each year to come."""
    longest = max((monthrange(2000, int(month))[1] for month in months.split(",") if 1 <= int(month) <= 12), default=0)
    return any(abs(int(day)) <= longest for day in days)


def _never(rule: str) -> str:
    return f"“{rule}” never comes round; name days that there are."


def _parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name. Raises InvalidRecord if one is not known, or there twice."""
    parts: dict[str, str] = {}
    for pair in rule.split(";") if len(rule) <= _LONGEST_RULE else [""]:
        name, _, value = pair.partition("=")
        if name in parts or not _VALUE.fullmatch(value):
            raise InvalidRecord(_unreadable(rule[:80]))
        parts[name] = value
    frequency = parts.get("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY"):
        raise InvalidRecord("Nothing here may come again every second or minute; repeat it every day, week or year.")
    if frequency not in _PARTS or not parts.keys() - {"FREQ"} <= _PARTS[frequency]:
        raise InvalidRecord(_unreadable(rule))
    if any("," in parts.get(name, "") for name in ("BYMINUTE", "BYSECOND")):
        raise InvalidRecord("A rule may name one minute of the hour only; write the others down by themselves.")
    for name, largest in _LARGEST.items():
        if any(int(number) > largest for number in re.findall(r"[0-9]+", parts.get(name, ""))):
            raise InvalidRecord(f"“{name}={parts[name]}” goes beyond {largest}.")
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not (parts[name].isdecimal() and 1 <= int(parts[name]) <= 10_000):
            raise InvalidRecord(f"“{name}={parts[name]}” is no number from 1 to 10,000.")
    return parts


def _unreadable(rule: str) -> str:
    return f"“{rule}” is no rule that can be read; write it like FREQ=WEEKLY;BYDAY=FR or FREQ=YEARLY."


def _later(rule: str, first: datetime, zone: str) -> Iterator[datetime]:
    """The wall-clock times after the first one."""
    if not rule:
        return iter(())
    count = _parts(rule).get("COUNT")
    later = (wall for wall in _rule(rule, first, zone) if wall != first)
    return islice(later, int(count) - 1) if count else later


def _rule(rule: str, first: datetime, zone: str) -> Iterable[datetime]:
    from dateutil.rrule import rrulestr  # 30 ms to import, needed where something recurs

    parts = {name: value for name, value in _parts(rule).items() if name != "COUNT"}
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_until(parts['UNTIL'], zone):%Y%m%dT%H%M%S}"
    found: Iterable[datetime] = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=first)
    return found


def _until(text: str, zone: str) -> datetime:
    """The last wall-clock time at which a rule may bring something round; a day counts to its end."""
    found = _UNTIL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    if found[2] is None:
        return datetime.combine(datetime.strptime(found[1], "%Y%m%d"), time(23, 59, 59))
    wall = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")
    return wall.replace(tzinfo=UTC).astimezone(zone_named(zone)).replace(tzinfo=None) if found[3] else wall


def _wall(instant: datetime, zone: ZoneInfo, *, by_days: bool) -> datetime:
    local = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    return (
        datetime.combine(local, time()) if by_days else local
    )  # where the clocks change at midnight, a day starts at 1


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)
