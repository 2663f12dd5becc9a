"""Suggestions: what anyone would change in a record, left there for its owner to settle."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from escplaybook.domain.errors import InvalidRecord


class Side(StrEnum):
    """From where a suggestion comes."""

    DEVELOPER = "developer"
    OPERATOR = "operator"
    SECURITY = "security"
    PRODUCT = "product"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A wish about the record `about` (an id) of kind `about_kind`; `field` narrows it down, empty for the whole.

    Whoever settles it says why in `answer`.
    """

    id: str
    about: str
    about_kind: str
    text: str
    author: str
    created: datetime
    updated: datetime
    key: str = ""
    field: str = ""
    side: Side = Side.OTHER
    outcome: Outcome = Outcome.OPEN
    answer: str = ""
    settled: datetime | None = None
    settled_by: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidRecord("Write what you suggest.")
        if (self.outcome is Outcome.OPEN) != (self.settled is None):
            raise InvalidRecord("A suggestion is settled when it is accepted or declined.")
