"""Contacts: the people who can be called, and the ways to reach them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.origins import Origin


class PointKind(StrEnum):
    """The ways to reach a person."""

    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    CHAT = "chat"
    PAGER = "pager"
    BRIDGE = "bridge"


class Privacy(StrEnum):
    """Who may see a contact point: anyone who holds the paper, the team on screen, or only this book."""

    PRINT = "print"
    TEAM = "team"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a person, as written down. `verified` is the day somebody last proved that it works."""

    kind: PointKind
    value: str
    label: str = ""
    verified: date | None = None
    verified_how: str = ""
    privacy: Privacy = Privacy.PRINT

    def __post_init__(self) -> None:
        if not self.value.strip():
            raise InvalidRecord("A contact point needs a number or an address.")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. `points` stand in the order to try them; `zone` is an IANA name; `hours` as `domain.hours` writes them.

    `deputy` is the id of the contact who stands in. Empty `hours` mean that the person may be called at any time.
    """

    id: str
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    role: str = ""
    organisation: str = ""
    team: str = ""
    points: tuple[ContactPoint, ...] = ()
    zone: str = "UTC"
    hours: str = ""
    deputy: str | None = None
    languages: tuple[str, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    origin: Origin | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the contact a name.")
        if self.deputy == self.id:
            raise InvalidRecord(f"{self.name} cannot be their own deputy.")
        zone_named(self.zone)
        parse_hours(self.hours)


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises InvalidRecord if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidRecord(f"No time zone is called “{name}”; use a name like Europe/Berlin.") from None
