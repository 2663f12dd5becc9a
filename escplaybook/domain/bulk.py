"""One field changed in many contacts: what would become of each, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from escplaybook.domain.contacts import Contact, PointKind, Privacy
from escplaybook.domain.errors import InvalidRecord


class Field(StrEnum):
    """What can be changed in many contacts at once."""

    TEAM = "team"
    ORGANISATION = "organisation"
    ROLE = "role"
    ZONE = "zone"
    HOURS = "hours"
    COUNTRY = "country"
    DEPUTY = "deputy"
    LANGUAGES = "languages"
    TAG_ADDED = "tag added"
    TAG_REMOVED = "tag removed"
    PRIVACY = "privacy of every point"
    PRIVACY_OF_PHONES = "privacy of numbers"


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one contact. `after` is None if the change is refused; `refusal` says why.

    `was` and `will_be` are the field in words, for the preview.
    """

    contact: Contact
    after: Contact | None
    was: str = ""
    will_be: str = ""
    refusal: str = ""

    @property
    def id(self) -> str:
        """The contact's."""
        return self.contact.id

    @property
    def is_change(self) -> bool:
        """Whether anything would be written."""
        return self.after is not None and self.after != self.contact


def plan(contacts: Iterable[Contact], field: Field, value: Any, known: Mapping[str, Contact]) -> list[Planned]:
    """What `field` set to `value` would make of each contact.

    A deputy is a contact's id or None, languages are a tuple, privacy is a Privacy, all else is text. `known` are all
    contacts by id.
    """
    return [_planned(contact, field, value, known) for contact in contacts]


def changed(planned: Iterable[Planned], now: datetime) -> list[tuple[Contact, Contact]]:
    """The contacts to write, before and after."""
    return [(one.contact, replace(one.after, updated=now)) for one in planned if one.is_change and one.after]


def _planned(contact: Contact, field: Field, value: Any, known: Mapping[str, Contact]) -> Planned:
    was = words_of(contact, field, known)
    try:
        after = _with(contact, field, value)
    except InvalidRecord as error:
        return Planned(contact, None, was, refusal=str(error))
    return Planned(contact, after, was, words_of(after, field, known))


def _with(contact: Contact, field: Field, value: Any) -> Contact:
    match field:
        case Field.TAG_ADDED:
            return replace(contact, tags=tuple(dict.fromkeys((*contact.tags, value))) if value else contact.tags)
        case Field.TAG_REMOVED:
            return replace(contact, tags=tuple(tag for tag in contact.tags if tag.casefold() != value.casefold()))
        case Field.PRIVACY | Field.PRIVACY_OF_PHONES:
            kinds = (PointKind.PHONE, PointKind.MOBILE) if field is Field.PRIVACY_OF_PHONES else tuple(PointKind)
            points = (replace(one, privacy=value) if one.kind in kinds else one for one in contact.points)
            return replace(contact, points=tuple(points))
        case _:
            return replace(contact, **{field.value: value})


def words_of(contact: Contact, field: Field, known: Mapping[str, Contact]) -> str:
    """The field of a contact in words; empty for nothing."""
    match field:
        case Field.TAG_ADDED | Field.TAG_REMOVED:
            return ", ".join(contact.tags)
        case Field.LANGUAGES:
            return ", ".join(contact.languages)
        case Field.DEPUTY:
            deputy = known.get(contact.deputy or "")
            return deputy.name if deputy is not None else ""
        case Field.PRIVACY | Field.PRIVACY_OF_PHONES:
            kinds = (PointKind.PHONE, PointKind.MOBILE) if field is Field.PRIVACY_OF_PHONES else tuple(PointKind)
            held = {point.privacy for point in contact.points if point.kind in kinds}
            return ", ".join(privacy.value for privacy in Privacy if privacy in held)
        case _:
            return str(getattr(contact, field.value))
