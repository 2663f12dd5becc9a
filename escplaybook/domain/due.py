"""One thing that asks to be done: what, by when, about which record, and what settles it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from escplaybook.domain.identity import Record


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `due` is None where it should have been done all along; `risk` sorts, 0 first.

    `field` is the record's field that is to be filled in or renewed, where that settles it.
    """

    what: str
    due: datetime | None
    record: Record
    action: str
    risk: int
    field: str = ""

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time has passed; what has no time is overdue."""
        return self.due is None or self.due <= now


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day, in UTC; a contract's day has no zone of its own."""
    return None if day is None else datetime.combine(day, time(23, 59, 59), UTC)
