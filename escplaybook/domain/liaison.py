"""Speaking with outsiders: the single point of contact of each stakeholder group, and what was asked and answered."""

from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import parse_hours


@dataclass(frozen=True, slots=True)
class PointOfContact:
    """The only person to whom a stakeholder group talks. `deployment`, `person` and `deputy` are ids.

    `group` is the group by its own name (“Customer board”); `hours` on the person's clock, empty for any time;
    `channel` where the group is answered.
    """

    id: str
    deployment: str
    group: str
    created: datetime
    updated: datetime
    key: str = ""
    person: str | None = None
    deputy: str | None = None
    hours: str = ""
    channel: str = ""
    notes: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.group.strip():
            raise InvalidRecord("Name the stakeholder group.")
        if self.person is not None and self.person == self.deputy:
            raise InvalidRecord("The deputy must be another person than the single point of contact.")
        parse_hours(self.hours)


@dataclass(frozen=True, slots=True)
class Question:
    """What an outsider asked, and the answer. `point_of_contact` and `blocker` are ids, `asked_by` is a name."""

    id: str
    point_of_contact: str
    text: str
    asked: datetime
    created: datetime
    updated: datetime
    key: str = ""
    asked_by: str = ""
    blocker: str | None = None
    answer: str = ""
    answered: datetime | None = None
    answered_by: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidRecord("Write down what was asked.")
        if self.answered is not None and not self.answer.strip():
            raise InvalidRecord("Write down the answer that was given.")
        if self.answered is not None and self.answered < self.asked:
            raise InvalidRecord("A question cannot be answered before it was asked.")
