"""The escalation matrix: severities, levels, cells and decision rights, and which of them hold where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escplaybook.domain.business_time import parse_calendar
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord


@dataclass(frozen=True, slots=True)
class SeverityDefinition:
    """What a severity means: `name` in two words, `criteria` of business impact (Markdown), examples.

    `cadence` is the promised time between updates; `intake` is what a ticket must carry. `users_from` (per cent) and
    `money_from` (a day) are where the severity begins, if the book draws that line elsewhere than `domain.impact`.
    """

    id: str
    severity: Severity
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    criteria: str = ""
    examples: tuple[str, ...] = ()
    cadence: timedelta | None = None
    channels: str = ""
    intake: tuple[str, ...] = ()
    users_from: int | None = None
    money_from: int | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if self.users_from is not None and not 0 < self.users_from <= 100:
            raise InvalidRecord("A severity begins at a share of the users from 1 to 100 %.")
        if self.money_from is not None and self.money_from <= 0:
            raise InvalidRecord("A severity begins at more than no money a day.")


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder: 1 is asked first. `purpose` says what a level is there to bring about."""

    id: str
    rank: int
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    purpose: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if self.rank < 1:
            raise InvalidRecord("Levels count from 1.")
        if not self.name.strip():
            raise InvalidRecord("Give the level a name.")


@dataclass(frozen=True, slots=True)
class Cell:
    """Who answers for one severity at one level, and by when.

    An empty `deployment`, `stage` or `cause_class` means any: the most exact cell wins (see `cell_for`). Targets
    count from the moment the level is reached, in the time of `calendar` (see `domain.business_time`; empty for 24×7).
    `owner`, `backup` and the `deputies` are contacts' ids; the deputies are asked after the two, in their order.
    """

    id: str
    severity: Severity
    level: int
    created: datetime
    updated: datetime
    key: str = ""
    deployment: str | None = None
    stage: str = ""
    cause_class: CauseClass | None = None
    owner: str | None = None
    backup: str | None = None
    entry_criterion: str = ""
    outcome: str = ""
    acknowledge: timedelta | None = None
    act: timedelta | None = None
    resolve: timedelta | None = None
    channel: str = ""
    not_escalated: bool = False
    calendar: str = ""
    deputies: tuple[str, ...] = ()
    retired: datetime | None = None

    def __post_init__(self) -> None:
        for target in (self.acknowledge, self.act, self.resolve):
            if target is not None and target <= timedelta(0):
                raise InvalidRecord("A target must allow more than zero time.")
        if self.owner is not None and self.owner == self.backup:
            raise InvalidRecord("The backup must be another person than the owner.")
        if {self.owner, self.backup} & set(self.deputies):
            raise InvalidRecord("A deputy must be another person than owner and backup.")
        if len(set(self.deputies)) < len(self.deputies):
            raise InvalidRecord("Somebody is named twice among the deputies; name each of them once.")
        parse_calendar(self.calendar)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who is named, in the order in which they are asked."""
        return (*(one for one in (self.owner, self.backup) if one is not None), *self.deputies)


@dataclass(frozen=True, slots=True)
class DecisionRight:
    """Who may decide what, up to which threshold. Empty `deployment`, `stage` or `severity` mean any.

    `decider` and `alternate` are contacts' ids; `expires` is the last day the right holds.
    """

    id: str
    decision: str
    created: datetime
    updated: datetime
    key: str = ""
    deployment: str | None = None
    stage: str = ""
    severity: Severity | None = None
    threshold: str = ""
    decider: str | None = None
    alternate: str | None = None
    evidence: str = ""
    expires: date | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.decision.strip():
            raise InvalidRecord("Say what may be decided.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the matrix one stands. `deployment` is an id or None, `stage` may be empty.

    Without a `cause_class` one sees what holds for internal and external causes alike.
    """

    severity: Severity
    stage: str = ""
    cause_class: CauseClass | None = CauseClass.INTERNAL
    deployment: str | None = None


def cell_for(cells: Iterable[Cell], place: Place, level: int) -> Cell | None:
    """The cell that holds at `place` on `level`: the most exact one that applies, or None.

    Exactness counts deployment before stage before cause class. Of two equally exact ones the older holds.
    """
    applying = [
        cell
        for cell in cells
        if cell.retired is None
        and cell.severity == place.severity
        and cell.level == level
        and cell.deployment in (None, place.deployment)
        and cell.stage in ("", place.stage)
        and cell.cause_class in (None, place.cause_class)
    ]
    return min(applying, key=_inexactness, default=None)


def is_set_at(cell: Cell, place: Place) -> bool:
    """Whether the cell is set for exactly this place; else it is inherited there."""
    return (cell.deployment, cell.stage, cell.cause_class) == (place.deployment, place.stage, place.cause_class)


def rights_of(rights: Iterable[DecisionRight], place: Place, contact: str, today: date) -> list[DecisionRight]:
    """The decision rights that this contact holds at `place` on `today`, as decider or alternate."""
    return [right for right in rights_at(rights, place, today) if contact in (right.decider, right.alternate)]


def rights_at(rights: Iterable[DecisionRight], place: Place, today: date) -> list[DecisionRight]:
    """The decision rights that hold at `place` on `today`, whoever has them."""
    return [
        right
        for right in rights
        if right.retired is None
        and right.deployment in (None, place.deployment)
        and right.stage in ("", place.stage)
        and right.severity in (None, place.severity)
        and (right.expires is None or right.expires >= today)
    ]


def _inexactness(cell: Cell) -> tuple[bool, bool, bool, str]:
    return (cell.deployment is None, cell.stage == "", cell.cause_class is None, cell.id)
