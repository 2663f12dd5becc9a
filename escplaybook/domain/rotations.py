"""Rotations: people who take turns at a duty, week by week or around the world with the sun."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import DAYS as DAY_WORDS
from escplaybook.domain.hours import Span, parse_hours
from escplaybook.domain.recurrence import DAYS, Series, check_series, every, local_instant, rhythm_of, rule_words

LONGEST_TURN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn that comes again and again: it begins on the wall clock of `zone` and lasts `length` on that clock.

    `start` (UTC) is its first beginning, `rule` an RFC 5545 RRULE (“FREQ=WEEKLY;BYDAY=MO”); `members` are ids of
    contacts, the first of whom has the first turn. The next turn ends one that would still last.
    """

    start: datetime
    length: timedelta
    rule: str
    members: tuple[str, ...]
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.length <= timedelta(0):
            raise InvalidRecord("A turn must last some time.")
        if self.length > LONGEST_TURN:
            raise InvalidRecord("A turn cannot last longer than a year; hand over sooner.")
        if not self.members:
            raise InvalidRecord("A turn needs at least one person to take it.")
        zone_named(self.zone)
        check_series(self.start, self.rule, self.zone)

    @property
    def series(self) -> Series:
        """Every turn, whoever has it."""
        wall = self.start.astimezone(zone_named(self.zone)).replace(tzinfo=None)
        return Series(self.start, local_instant(wall + self.length, self.zone), self.zone, self.rule)

    @property
    def first(self) -> datetime:
        """The first beginning on the clock of its zone."""
        return self.start.astimezone(zone_named(self.zone)).replace(tzinfo=None)

    @property
    def rhythm(self) -> str:
        """“every week on Mon 09:00”; “Mon-Fri 08:00-17:00” for one that comes day by day."""
        if hours := hours_of(self):
            return hours
        return f"{rule_words(self.rule, self.first)} {self.first:%H:%M}"


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who takes turns for `contact` (an id): the duty that the matrix names, such as “Integration on call”.

    Of shifts that overlap, the one listed first has the duty.
    """

    id: str
    contact: str
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    shifts: tuple[Shift, ...] = ()
    notes: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the rotation a name.")
        if any(self.contact in shift.members for shift in self.shifts):
            raise InvalidRecord("A duty cannot take turns with itself; name the people who share it.")


LENGTHS = {"day": 1, "week": 7, "2 weeks": 14, "3 weeks": 21, "4 weeks": 28}
"""How long people keep a duty before they hand it over, in days."""


def handed_over_every(rhythm: str, first: datetime, zone: str, members: tuple[str, ...]) -> Shift:
    """A shift around the clock that is handed over every week, day, …, for the first time at that wall-clock time."""
    if rhythm not in LENGTHS:
        raise InvalidRecord(f"“{rhythm}” is no rhythm for a duty; there are {', '.join(LENGTHS)}.")
    length = timedelta(days=LENGTHS[rhythm])
    return Shift(local_instant(first, zone), length, every(rhythm, first), members, zone)


def handover_of(shift: Shift) -> str:
    """The rhythm by which a shift is handed over around the clock; empty if it is another kind of shift."""
    known = rhythm_of(shift.rule, shift.first)
    is_round = known is not None and known[1] is None and LENGTHS.get(known[0]) == shift.length / timedelta(days=1)
    return known[0] if known is not None and is_round else ""


def within_hours(hours: str, first: date, zone: str, members: tuple[str, ...]) -> Shift:
    """A shift in the same hours (“Mon-Fri 08:00-17:00”) from the day `first` on; the members take it day by day."""
    spans = parse_hours(hours)
    if len(spans) != 1:
        raise InvalidRecord(f"The hours of a shift read like “Mon-Fri 08:00-17:00”; “{hours}” does not.")
    (span,) = spans
    day = next(
        first + timedelta(days=step) for step in range(7) if (first + timedelta(days=step)).weekday() in span.days
    )
    days = ",".join(DAYS[one] for one in sorted(span.days))
    rule = "FREQ=DAILY" if len(span.days) == 7 else f"FREQ=WEEKLY;BYDAY={days}"
    return Shift(local_instant(datetime.combine(day, span.start), zone), _length(span), rule, members, zone)


def hours_of(shift: Shift) -> str:
    """The hours that `within_hours` made this shift of; empty if it is another kind of shift."""
    frequency, _, listed = shift.rule.partition(";BYDAY=")
    days = [DAYS.index(one) for one in listed.split(",") if one in DAYS] if listed else list(range(7))
    runs_on = days == list(range(days[0], days[-1] + 1)) if days else False
    if not runs_on or shift.length >= timedelta(days=1) or frequency != ("FREQ=WEEKLY" if listed else "FREQ=DAILY"):
        return ""
    end = (shift.first + shift.length).time()
    named = DAY_WORDS[days[0]] if len(days) == 1 else f"{DAY_WORDS[days[0]]}-{DAY_WORDS[days[-1]]}"
    return f"{named} {shift.first:%H:%M}-{'24:00' if end == time(0) else f'{end:%H:%M}'}"


def _length(span: Span) -> timedelta:
    start, end = (datetime.combine(date(2001, 1, 1), at) for at in (span.start, span.end))
    return end - start if end > start else end + timedelta(days=1) - start
