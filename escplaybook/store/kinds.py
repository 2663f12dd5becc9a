"""The kinds of record a book keeps: what each is called, its table and the prefix of its keys."""

from dataclasses import dataclass
from typing import Any

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.causes import SubClass
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.errors import NotFound
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.uses import Use
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the word of the contract (`entry`), `prefix` begins the keys (`KB` makes `KB-0142`).

    `undoable` is False for logs that only grow: a later event corrects them.
    """

    type: type[Any]
    name: str
    table: str
    prefix: str
    undoable: bool = True


KINDS = (
    Kind(Entry, "entry", "entries", "KB"),
    Kind(Annotation, "annotation", "annotations", "AN"),
    Kind(Use, "use", "uses", "US"),
    Kind(Contact, "contact", "contacts", "CO"),
    Kind(Absence, "absence", "absences", "AB"),
    Kind(Rotation, "rotation", "rotations", "RO"),
    Kind(Vendor, "vendor", "vendors", "VE"),
    Kind(Agreement, "agreement", "agreements", "AG"),
    Kind(Deployment, "deployment", "deployments", "DP"),
    Kind(BlockerDefinition, "blocker-definition", "blocker_definitions", "BD"),
    Kind(SeverityDefinition, "severity", "severities", "SV"),
    Kind(Level, "level", "levels", "LV"),
    Kind(SubClass, "sub-class", "sub_classes", "SC"),
    Kind(Cell, "cell", "cells", "CL"),
    Kind(DecisionRight, "right", "rights", "DR"),
    Kind(Trigger, "trigger", "triggers", "TR"),
    Kind(Edition, "edition", "editions", "ED"),
    Kind(MatrixReview, "matrix-review", "matrix_reviews", "MR"),
    Kind(Blocker, "blocker", "blockers", "BL", undoable=False),
    Kind(PointOfContact, "point-of-contact", "points_of_contact", "PC"),
    Kind(Question, "question", "questions", "QU"),
    Kind(Suggestion, "suggestion", "suggestions", "SU"),
    Kind(Waiver, "waiver", "waivers", "WA"),
    Kind(Reading, "reading", "readings", "RG"),
    Kind(ReadingQuestion, "reading-question", "reading_questions", "RQ"),
)
_BY_TYPE = {kind.type: kind for kind in KINDS}
_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_PREFIX = {kind.prefix: kind for kind in KINDS}


def kind_of(record_type: type[Any]) -> Kind:
    """The kind that keeps records of that type."""
    return _BY_TYPE[record_type]


def kind_named(name: str) -> Kind:
    """The kind called that. Raises NotFound if there is none."""
    if name not in _BY_NAME:
        raise NotFound(f"There is no kind of record called “{name}”; there are {', '.join(_BY_NAME)}.")
    return _BY_NAME[name]


def kind_of_key(key: str) -> Kind:
    """The kind whose keys begin like `key`. Raises NotFound if none does."""
    prefix = key.partition("-")[0].upper()
    if prefix not in _BY_PREFIX:
        raise NotFound(f"“{key}” is not a key of this book; keys look like KB-0001, CO-0012 or VE-0003.")
    return _BY_PREFIX[prefix]
