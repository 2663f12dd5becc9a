"""Suggestions: what anyone would change in a record, left there for its owner to settle."""

import dataclasses
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from escplaybook.domain.errors import InvalidRecord

SETTLED_WITHIN = timedelta(days=7)
"""How long a suggestion may wait: the programme is reviewed every week, and who hears nothing suggests nothing more."""

UNTOUCHED = frozenset({"id", "key", "created", "updated", "retired", "origin"})
"""Fields that the book or a source keeps, so that nobody suggests anything about them."""


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


def suggestible(record_type: type[Any]) -> tuple[str, ...]:
    """The names of the fields of a record about which something can be suggested."""
    return tuple(field.name for field in dataclasses.fields(record_type) if field.name not in UNTOUCHED)


def settled(suggestion: Suggestion, outcome: Outcome, answer: str, now: datetime, by: str) -> Suggestion:
    """The suggestion as its owner settles it.

    Raises InvalidRecord if it is settled already, or is declined without a reason.
    """
    if suggestion.outcome is not Outcome.OPEN:
        raise InvalidRecord(f"{suggestion.key} was {suggestion.outcome} already, by {suggestion.settled_by}.")
    if outcome is Outcome.DECLINED and not answer.strip():
        raise InvalidRecord("Say why you decline it; whoever suggested it took the trouble to.")
    return replace(suggestion, outcome=outcome, answer=answer.strip(), settled=now, settled_by=by, updated=now)
