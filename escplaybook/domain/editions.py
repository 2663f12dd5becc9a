"""Editions of the matrix: what one says, who signed it, from when it holds, and which one holds at an instant."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from escplaybook.domain.causes import SubClass
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.triggers import Trigger


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who is asked where `person` cannot be: both are contacts' ids."""

    person: str
    deputy: str


@dataclass(frozen=True, slots=True)
class MatrixContent:
    """Everything a matrix says at one moment: its records in use, and who stands in for the people they name."""

    severities: tuple[SeverityDefinition, ...] = ()
    levels: tuple[Level, ...] = ()
    cells: tuple[Cell, ...] = ()
    rights: tuple[DecisionRight, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    deputies: tuple[StandIn, ...] = ()
    sub_classes: tuple[SubClass, ...] = ()
    definitions: tuple[BlockerDefinition, ...] = ()

    def records(self) -> tuple[Any, ...]:
        """Its records, all kinds in turn."""
        frame = (*self.definitions, *self.severities, *self.levels, *self.sub_classes)
        return (*frame, *self.cells, *self.rights, *self.triggers)


class EditionStatus(StrEnum):
    """How far an edition has come."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    SCHEDULED = "scheduled"
    EFFECTIVE = "effective"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the matrix; its content never changes. Without `deployment` it is of the whole matrix.

    `engineering` and `business` are the contacts who reviewed it, two different people. `effective` is the instant
    from which it holds, `applied` the one at which the living matrix became what it says. `adopted_by` took it as
    standard operating procedure on `adopted_on`.
    """

    id: str
    number: int
    created: datetime
    updated: datetime
    key: str = ""
    content: MatrixContent = MatrixContent()
    title: str = ""
    deployment: str | None = None
    engineering: str | None = None
    engineering_at: datetime | None = None
    business: str | None = None
    business_at: datetime | None = None
    effective: datetime | None = None
    applied: datetime | None = None
    adopted_by: str | None = None
    adopted_on: date | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if self.engineering is not None and self.engineering == self.business:
            raise InvalidRecord("Two sides review an edition: engineering and business sign as two different people.")

    @property
    def is_reviewed(self) -> bool:
        """Whether both sides stand by it."""
        return self.engineering is not None and self.business is not None


@dataclass(frozen=True, slots=True)
class MatrixReview:
    """A weekly look at what changed in the matrix and what went stale, signed by one contact at `at`."""

    id: str
    by: str
    at: datetime
    created: datetime
    updated: datetime
    key: str = ""
    note: str = ""
    retired: datetime | None = None


def status_of(edition: Edition, editions: Iterable[Edition], now: datetime) -> EditionStatus:
    """How far the edition has come at `now`; one that a later one has taken the place of is retired."""
    if edition.retired is not None and edition.retired <= now:
        return EditionStatus.RETIRED
    if edition.effective is None:
        return EditionStatus.REVIEWED if edition.is_reviewed else EditionStatus.DRAFT
    if edition.effective > now:
        return EditionStatus.SCHEDULED
    over = (one for one in editions if one.deployment in (None, edition.deployment))
    latest = max((one for one in over if _holds(one, now)), key=_since, default=edition)
    return EditionStatus.EFFECTIVE if latest.id == edition.id else EditionStatus.RETIRED


def effective_at(editions: Iterable[Edition], at: datetime, deployment: str | None = None) -> Edition | None:
    """The edition that holds for a deployment at `at`: the latest of its own and of the whole matrix; None if none."""
    holding = (one for one in editions if one.deployment in (None, deployment) and _holds(one, at))
    return max(holding, key=_since, default=None)


def content_at(editions: Iterable[Edition], at: datetime, otherwise: MatrixContent) -> MatrixContent:
    """What the editions that hold at `at` say together: the whole matrix, deployments with their own later part.

    Where none holds, `otherwise` does.
    """
    listed = sorted((one for one in editions if _holds(one, at)), key=_since)
    whole = effective_at(listed, at)
    content = otherwise if whole is None else whole.content
    for one in listed:
        if one.deployment is not None and (whole is None or _since(one) > _since(whole)):
            content = with_part(content, one.content, one.deployment)
    return content


def part_of(content: MatrixContent, deployment: str) -> MatrixContent:
    """What of a matrix is set for one deployment alone: its cells, rights and triggers."""
    return MatrixContent(
        cells=tuple(one for one in content.cells if one.deployment == deployment),
        rights=tuple(one for one in content.rights if one.deployment == deployment),
        triggers=tuple(one for one in content.triggers if one.deployment == deployment),
    )


def with_part(content: MatrixContent, part: MatrixContent, deployment: str | None) -> MatrixContent:
    """The matrix with another part for that deployment; without one, the part is the whole."""
    if deployment is None:
        return part
    return replace(
        content,
        cells=(*(one for one in content.cells if one.deployment != deployment), *part.cells),
        rights=(*(one for one in content.rights if one.deployment != deployment), *part.rights),
        triggers=(*(one for one in content.triggers if one.deployment != deployment), *part.triggers),
    )


def place_of(record: Any) -> tuple[Hashable, ...]:
    """By what a record of the matrix is the same one in two editions, whatever else it says there."""
    match record:
        case BlockerDefinition():
            return ("definition",)
        case SeverityDefinition():
            return ("severity", record.severity)
        case Level():
            return ("level", record.rank)
        case SubClass():
            return ("sub-class", record.cause_class, " ".join(record.name.split()).casefold())
        case Cell():
            return ("cell", record.deployment, record.stage, record.cause_class, record.severity, record.level)
        case DecisionRight():
            return ("right", record.deployment, record.stage, record.severity, record.decision)
        case Trigger():
            return ("trigger", record.deployment, record.stage, record.severity, record.name)
    raise TypeError(f"{type(record).__name__} does not stand in a matrix")


def paired(before: Iterable[Any], after: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The records of two matrices side by side, None where one has no counterpart; those of one place in turn.

    Where several stand in one place, those with the same id belong together, then those that say the same.
    """
    was: dict[Hashable, list[Any]] = {}
    for record in before:
        was.setdefault(place_of(record), []).append(record)
    then = list(after)
    partners: dict[int, Any] = {}
    for belongs in (_same_id, _same_words, _anything):
        for number, record in enumerate(then):
            left = was.get(place_of(record), [])
            found = next((one for one in left if number not in partners and belongs(one, record)), None)
            if found is not None:
                partners[number] = found
                left.remove(found)
    pairs = [(partners.get(number), record) for number, record in enumerate(then)]
    return [*pairs, *((record, None) for left in was.values() for record in left)]


def _same_id(one: Any, other: Any) -> bool:
    return bool(one.id == other.id)


def _same_words(one: Any, other: Any) -> bool:
    return says(one) == says(other)


def _anything(_one: Any, _other: Any) -> bool:
    return True


BOOKKEEPING = frozenset({"id", "key", "created", "updated", "retired"})
"""The fields by which the book keeps a record; all others are what the matrix says."""


def says(record: Any) -> tuple[tuple[str, Any], ...]:
    """What a record of the matrix says, field by field."""
    return tuple((one.name, getattr(record, one.name)) for one in fields(record) if one.name not in BOOKKEEPING)


def _holds(edition: Edition, at: datetime) -> bool:
    return (
        edition.effective is not None and edition.effective <= at and (edition.retired is None or edition.retired > at)
    )


def _since(edition: Edition) -> tuple[datetime, int]:
    assert edition.effective is not None
    return edition.effective, edition.number
