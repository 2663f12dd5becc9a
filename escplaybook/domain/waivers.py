"""Waivers: findings of the audit that somebody answers for leaving as they are, for a reason and until a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escplaybook.domain.errors import InvalidRecord

LONGEST = timedelta(days=366)
"""A waiver is looked at again once a year at least (a leap year's days): this program's own choice."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Lets the rule `rule` (`M04`) pass on the record `about` (an id) of kind `about_kind`.

    `until` is the last day it holds; `by` is who answers for it.
    """

    id: str
    rule: str
    about: str
    about_kind: str
    reason: str
    by: str
    until: date
    created: datetime
    updated: datetime
    key: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidRecord("Say why this may stay as it is; whoever reads the audit next asks.")
        if not self.by.strip():
            raise InvalidRecord("Say who answers for leaving it so.")
        if self.until < self.created.date():
            raise InvalidRecord(f"{self.until:%-d %b %Y} is over; a waiver holds until a day to come.")
        if self.until - self.created.date() > LONGEST:
            raise InvalidRecord("A waiver holds for a year at most; look at it again then.")

    def holds(self, today: date) -> bool:
        """Whether the rule may pass on that day."""
        return self.retired is None and today <= self.until
