"""Vendors: third parties with a ladder of their own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import parse_hours


@dataclass(frozen=True, slots=True)
class VendorLevel:
    """A rung of the vendor's ladder: whom to ask for, how to reach them, how soon they promise to answer.

    `hours` on the clock of `zone` are its own; where both are empty the vendor's hold.
    """

    name: str
    points: tuple[ContactPoint, ...] = ()
    answers_within: timedelta | None = None
    hours: str = ""
    zone: str = ""

    def __post_init__(self) -> None:
        parse_hours(self.hours)
        if self.zone:
            zone_named(self.zone)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A number the vendor asks for before it helps: contract, customer or support id, and what it covers.

    `until` is the last day it counts.
    """

    number: str
    covers: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SeverityName:
    """What the vendor calls our severity; the wrong word in their portal can cost days."""

    ours: Severity
    theirs: str


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon the vendor has promised to answer, and to restore service, at one of our severities."""

    severity: Severity
    respond: timedelta | None = None
    restore: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Vendor:
    """A third party. `hours` are its support hours in its `zone`; empty means around the clock.

    `systems` are the systems it answers for, by the names entries and blockers use. `how_to_get_through` is Markdown.
    """

    id: str
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    levels: tuple[VendorLevel, ...] = ()
    portal: str = ""
    entitlements: tuple[Entitlement, ...] = ()
    zone: str = "UTC"
    hours: str = ""
    severity_names: tuple[SeverityName, ...] = ()
    promises: tuple[Promise, ...] = ()
    systems: tuple[str, ...] = ()
    how_to_get_through: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the vendor a name.")
        zone_named(self.zone)
        parse_hours(self.hours)

    def name_of(self, severity: Severity) -> str:
        """What the vendor calls this severity; empty if nobody wrote it down."""
        return next((name.theirs for name in self.severity_names if name.ours == severity), "")
