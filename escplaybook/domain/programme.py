"""Everything around the knowledge, taken together: who, with whom, where, by which rules, and what stalls now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import STAGES, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Programme:
    """A book's people, vendors, agreements, deployments, matrix, blockers and triggers at one moment, contacts by id.

    Retired records are among them: whoever names one must be able to say so. `definitions` say what a blocker is;
    `roster` is what absences and rotations come to.
    """

    contacts: Mapping[str, Contact]
    vendors: tuple[Vendor, ...]
    agreements: tuple[Agreement, ...]
    deployments: tuple[Deployment, ...]
    severities: tuple[SeverityDefinition, ...]
    levels: tuple[Level, ...]
    cells: tuple[Cell, ...]
    rights: tuple[DecisionRight, ...]
    blockers: tuple[Blocker, ...]
    absences: tuple[Absence, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    points_of_contact: tuple[PointOfContact, ...] = ()
    questions: tuple[Question, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    editions: tuple[Edition, ...] = ()
    matrix_reviews: tuple[MatrixReview, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    sub_classes: tuple[SubClass, ...] = ()
    definitions: tuple[BlockerDefinition, ...] = ()
    readings: tuple[Reading, ...] = ()
    reading_questions: tuple[ReadingQuestion, ...] = ()
    roster: Roster = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roster", Roster(self.absences, self.rotations))


def levels_of(found: Programme) -> list[Level]:
    """The levels in use, the first asked first."""
    return sorted((level for level in found.levels if level.retired is None), key=lambda level: level.rank)


def definition_of(found: Programme, severity: Severity) -> SeverityDefinition | None:
    """What the severity means in this book, if that was written down."""
    current = (one for one in found.severities if one.severity == severity and one.retired is None)
    return next(current, None)


def deployments_of(found: Programme) -> list[Deployment]:
    """The deployments in use."""
    return [deployment for deployment in found.deployments if deployment.retired is None]


def stages_of(found: Programme, deployment: str | None) -> list[str]:
    """The stages to choose from: those every deployment knows, then its own, then others that cells are set for."""
    own = [stage.stage for one in found.deployments if one.id == deployment for stage in one.stages]
    named = [cell.stage for cell in found.cells if cell.retired is None and cell.deployment in (None, deployment)]
    return list(dict.fromkeys((*STAGES, *own, *(stage for stage in named if stage))))
