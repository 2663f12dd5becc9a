"""What a record is called where people read of it: its key and a few words."""

from typing import Any

from escplaybook.domain.absences import Absence
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.identity import Record
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, SeverityDefinition
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.uses import Use
from escplaybook.domain.waivers import Waiver

LENGTH = 60
"""Characters of a name in a sentence; more than that is not read anyway."""


def named(record: Record) -> str:
    """`KB-0142 “Login loops …”`; only the name if the book has not numbered it yet."""
    name = name_of(record)
    short = name if len(name) <= LENGTH else name[: LENGTH - 1].rstrip() + "…"
    return f"{record.key} “{short}”".strip()


def name_of(record: Any) -> str:
    """The words by which a record is known, whatever its kind."""
    match record:
        case Cell():
            return cell_name(record)
        case BlockerDefinition():
            return "What a blocker is"
        case SeverityDefinition():
            return f"{record.severity} {record.name}"
        case DecisionRight():
            return record.decision
        case Annotation():
            return f"{record.kind}: {record.quote}"
        case Use():
            return f"{record.outcome}, {record.by}"
        case PointOfContact():
            return record.group
        case Question() | Suggestion() | ReadingQuestion():
            return record.text
        case Edition():
            return f"Edition {record.number}" + (f": {record.title}" if record.title else "")
        case MatrixReview():
            return f"Weekly review of {record.at:%-d %b %Y}"
        case Waiver():
            return f"{record.rule}: {record.reason}"
        case Reading():
            return f"{record.reader}: {record.title or record.playbook}"
        case Absence():
            return record.reason or "absence"
        case _:
            return str(getattr(record, "title", "") or getattr(record, "name", "") or getattr(record, "kind", ""))


def cell_name(cell: Cell) -> str:
    """A cell in words: `S1, go-live, external, level 3`."""
    parts = [cell.severity, cell.stage, cell.cause_class or "", f"level {cell.level}"]
    return ", ".join(part for part in parts if part)
