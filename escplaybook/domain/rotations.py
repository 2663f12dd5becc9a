"""Rotations: people who take turns at a duty, week by week or around the world with the sun."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.recurrence import Series, check_series, local_instant

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
