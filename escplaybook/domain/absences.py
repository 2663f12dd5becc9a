"""Absences: when somebody cannot act, once or again and again, and who stands in meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.contacts import zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.origins import Origin
from escplaybook.domain.recurrence import Series, check_series


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
