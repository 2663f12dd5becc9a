"""Vendors: third parties with a ladder of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import ContactPoint, zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import hours_words, is_open, moved, next_opening, parse_hours

ENTITLEMENT_WARNING = timedelta(days=30)
"""How long before a number stops counting it asks for attention: a month is what an order takes."""


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

        for listed in (self.severity_names, self.promises):
            ours = [one.ours if isinstance(one, SeverityName) else one.severity for one in listed]
            if len(ours) != len(set(ours)):
                raise InvalidRecord("Say only once what the vendor calls a severity, and what it promises at it.")

    def name_of(self, severity: Severity) -> str:
        """What the vendor calls this severity; empty if nobody wrote it down."""
        return next((name.theirs for name in self.severity_names if name.ours == severity), "")

    def promise_at(self, severity: Severity) -> Promise | None:
        """What the vendor has promised at this severity, if anything."""
        return next((one for one in self.promises if one.severity == severity), None)


@dataclass(frozen=True, slots=True)
class SupportHours:
    """Weekly hours on the clock of a zone; empty hours mean around the clock."""

    hours: str
    zone: str

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at `at`."""
        return is_open(self.hours, at.astimezone(zone_named(self.zone)))

    def opens(self, at: datetime) -> datetime | None:
        """When somebody is there next, in UTC; None if somebody is there at `at`."""
        if self.is_open(at):
            return None
        opening = next_opening(self.hours, at.astimezone(zone_named(self.zone)))
        return opening.astimezone(UTC) if opening is not None else None

    def there(self) -> str:
        """The hours on their clock, as they are read: “Mon–Fri 09:00–18:00”."""
        return hours_words(self.hours)

    def here(self, at: datetime) -> str:
        """The hours on the clock of `at`, by the difference that holds at that instant; empty if there is none.

        Where the days are the same only the times are said: “03:00–12:00”.
        """
        offset = at.astimezone(zone_named(self.zone)).utcoffset() or timedelta(0)
        ahead = (at.utcoffset() or timedelta(0)) - offset
        if not self.hours or not ahead:
            return ""
        shifted = moved(self.hours, ahead)
        days = [[span.days for span in parse_hours(text)] for text in (self.hours, shifted)]
        if days[0] == days[1] and len(days[0]) == 1:
            shifted = shifted.partition(" ")[2]
        return hours_words(shifted)


@dataclass(frozen=True, slots=True)
class Restored:
    """How long it took until blockers of one severity were resolved, against what was promised.

    A time within the promise is one that the vendor kept for certain; a longer one may be ours, as the log counts from
    when our own first level was told and does not say when the vendor was.
    """

    promise: Promise
    took: tuple[timedelta, ...]

    @property
    def kept(self) -> int:
        """How many of them were resolved in time."""
        return sum(span <= self.promise.restore for span in self.took if self.promise.restore is not None)


def hours_of(vendor: Vendor, level: VendorLevel | None = None) -> SupportHours:
    """When a level answers; without one, or where it has no hours and zone of its own, when the vendor does."""
    if level is None or not (level.hours or level.zone):
        return SupportHours(vendor.hours, vendor.zone)
    return SupportHours(level.hours, level.zone or vendor.zone)


def who_answers_for(system: str, vendors: Iterable[Vendor]) -> Vendor | None:
    """The vendor in use that answers for a system, by the name entries and blockers use."""
    wanted = system.casefold()
    current = (vendor for vendor in vendors if vendor.retired is None and wanted)
    return next((one for one in current if wanted in (name.casefold() for name in one.systems)), None)


def restored(vendor: Vendor, blockers: Iterable[Blocker]) -> tuple[Restored, ...]:
    """What the blockers' log says of each promise to restore: resolved ones with an external cause in its systems."""
    systems = {name.casefold() for name in vendor.systems}
    over = [
        (blocker.severity, blocker.resolved - (blocker.notified or blocker.observed))
        for blocker in blockers
        if blocker.resolved is not None
        and blocker.retired is None
        and blocker.cause_class is CauseClass.EXTERNAL
        and blocker.system.casefold() in systems
    ]
    return tuple(
        Restored(promise, tuple(span for severity, span in over if severity == promise.severity))
        for promise in vendor.promises
        if promise.restore is not None
    )
