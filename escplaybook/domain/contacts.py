"""Contacts: the people who can be called, and the ways to reach them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.origins import Origin

NAME_LIMIT = 1_000
"""Characters of a name; the longest of real people have a few hundred."""


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
    """One way to reach a person, as written down. `verified` is the day somebody last proved that it works.

    `failed` is the day it was last tried in vain, `failed_how` what happened then. `hours`, on the person's clock,
    say when to try it before others; empty means at any time.
    """

    kind: PointKind
    value: str
    label: str = ""
    verified: date | None = None
    verified_how: str = ""
    verified_by: str = ""
    failed: date | None = None
    failed_how: str = ""
    hours: str = ""
    privacy: Privacy = Privacy.PRINT

    def __post_init__(self) -> None:
        if not self.value.strip():
            raise InvalidRecord("A contact point needs a number or an address.")
        parse_hours(self.hours)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. `points` stand in the order to try them; `zone` is an IANA name; `hours` as `domain.hours` writes them.

    `deputy` is the id of the contact who stands in. Empty `hours` mean that the person may be called at any time.
    `country` (ISO 3166, two letters) is where numbers without a country code are dialled.
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
    country: str = ""
    zone: str = "UTC"
    hours: str = ""
    deputy: str | None = None
    photo: Attachment | None = None
    languages: tuple[str, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    origin: Origin | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the contact a name.")
        if len(self.name) > NAME_LIMIT:
            raise InvalidRecord(f"Keep the name under {NAME_LIMIT:,} characters.")
        if self.country and not (len(self.country) == 2 and self.country.isascii() and self.country.isupper()):
            raise InvalidRecord(f"A country is two capital letters, such as DE; “{self.country}” is none.")
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
