"""Which records name which others by id: what stands behind “where used”, replacing and merging."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.uses import Use
from escplaybook.domain.vendors import Vendor

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Reference:
    """A field of `holder` that holds the id of a `target`. `role` is what it makes of the target, in words.

    `is_fact` says that it tells what was: nobody is put in there when somebody else takes over.
    """

    holder: type[Any]
    field: str
    target: type[Any]
    role: str
    is_fact: bool = False


REFERENCES = (
    Reference(Cell, "owner", Contact, "owner"),
    Reference(Cell, "backup", Contact, "backup"),
    Reference(Cell, "deputies", Contact, "deputy in the matrix"),
    Reference(Cell, "deployment", Deployment, "deployment"),
    Reference(DecisionRight, "decider", Contact, "decider"),
    Reference(DecisionRight, "alternate", Contact, "alternate"),
    Reference(DecisionRight, "deployment", Deployment, "deployment"),
    Reference(Deployment, "point_of_contact", Contact, "single point of contact"),
    Reference(Deployment, "deputy", Contact, "deputy for outsiders"),
    Reference(PointOfContact, "person", Contact, "single point of contact"),
    Reference(PointOfContact, "deputy", Contact, "deputy for outsiders"),
    Reference(PointOfContact, "deployment", Deployment, "deployment"),
    Reference(Rotation, "shifts", Contact, "takes turns"),
    Reference(Rotation, "contact", Contact, "duty that is shared"),
    Reference(Contact, "deputy", Contact, "deputy"),
    Reference(Absence, "deputy", Contact, "stands in"),
    Reference(Absence, "contact", Contact, "is away", is_fact=True),
    Reference(Agreement, "vendor", Vendor, "vendor"),
    Reference(Agreement, "owner", Contact, "answers for it"),
    Reference(Blocker, "owner", Contact, "owner", is_fact=True),
    Reference(Blocker, "acknowledged_by", Contact, "acknowledged it", is_fact=True),
    Reference(Blocker, "deployment", Deployment, "deployment", is_fact=True),
    Reference(Blocker, "entry", Entry, "known blocker used", is_fact=True),
    Reference(Blocker, "edition", Edition, "works by it", is_fact=True),
    Reference(Trigger, "engineering", Contact, "reviewed it for engineering", is_fact=True),
    Reference(Trigger, "business", Contact, "reviewed it for business", is_fact=True),
    Reference(Trigger, "deployment", Deployment, "deployment"),
    Reference(Edition, "engineering", Contact, "reviewed it for engineering", is_fact=True),
    Reference(Edition, "business", Contact, "reviewed it for business", is_fact=True),
    Reference(Edition, "adopted_by", Contact, "adopted it", is_fact=True),
    Reference(Edition, "deployment", Deployment, "deployment"),
    Reference(MatrixReview, "by", Contact, "signed it", is_fact=True),
    Reference(Use, "entry", Entry, "was used", is_fact=True),
    Reference(Use, "blocker", Blocker, "was used on", is_fact=True),
    Reference(Annotation, "entry", Entry, "annotated", is_fact=True),
    Reference(Annotation, "superseded_by", Annotation, "gave way to it", is_fact=True),
    Reference(Question, "point_of_contact", PointOfContact, "was asked", is_fact=True),
    Reference(Question, "blocker", Blocker, "is about", is_fact=True),
    Reference(Reading, "reader_contact", Contact, "reads a playbook", is_fact=True),
    Reference(Reading, "mentor_contact", Contact, "mentor of a newcomer"),
    Reference(ReadingQuestion, "reading", Reading, "was asked while reading", is_fact=True),
)
"""Every reference there is; a test holds it against the foreign keys of the book's tables."""

_PAIRS = {
    Cell: ("owner", "backup"),
    DecisionRight: ("decider", "alternate"),
    Deployment: ("point_of_contact", "deputy"),
    PointOfContact: ("person", "deputy"),
    Reading: ("reader_contact", "mentor_contact"),
}
"""The second stands in for the first, so it must be somebody else."""


def to(target: type[Any]) -> list[Reference]:
    """The references to records of that type."""
    return [reference for reference in REFERENCES if reference.target is target]


def held_by(record: Any) -> Iterator[tuple[Reference, str]]:
    """The ids that a record holds, each with the reference that holds it."""
    for reference in REFERENCES:
        if reference.holder is type(record):
            for held in _ids(getattr(record, reference.field)):
                yield reference, held


def replaced(record: R, old: str, new: str, *, facts: bool = False) -> R:
    """The record with the id `new` wherever it holds `old`; facts of the past only if `facts` says so.

    Who would stand in for themselves stands in no longer; who would take two turns takes one.
    """
    values = {
        reference.field: _put(getattr(record, reference.field), old, new)
        for reference, held in held_by(record)
        if held == old and (facts or not reference.is_fact)
    }
    for stands_in, for_whom in _stand_ins(record, values):
        if stands_in == for_whom:
            values[_second(record)] = None
    if values and isinstance(record, Cell):
        first = {values.get(name, getattr(record, name)) for name in _PAIRS[Cell]}
        asked = dict.fromkeys(values.get("deputies", record.deputies))
        values["deputies"] = tuple(one for one in asked if one not in first)
    return replace(record, **values) if values else record  # type: ignore[type-var]


def _second(record: Any) -> str:
    return _PAIRS[type(record)][1] if type(record) in _PAIRS else "deputy"


def _stand_ins(record: Any, values: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    if not values:
        return
    if type(record) in _PAIRS:
        first, second = (values.get(name, getattr(record, name)) for name in _PAIRS[type(record)])
        if first is not None:
            yield second, first
    elif isinstance(record, Contact):
        yield values.get("deputy", record.deputy), record.id
    elif isinstance(record, Absence):
        yield values.get("deputy", record.deputy), values.get("contact", record.contact)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        parts = (part.members if isinstance(part, Shift) else (part,) for part in value)
        yield from dict.fromkeys(one for part in parts for one in part)


def _put(value: Any, old: str, new: str) -> Any:
    return new if isinstance(value, str) else tuple(_taken_over(part, old, new) for part in value)


def _taken_over(shift: Shift | str, old: str, new: str) -> Shift | str:
    if isinstance(shift, str):
        return new if shift == old else shift
    if old not in shift.members:
        return shift
    if new in shift.members:
        return replace(shift, members=tuple(member for member in shift.members if member != old))
    return replace(shift, members=tuple(new if member == old else member for member in shift.members))
