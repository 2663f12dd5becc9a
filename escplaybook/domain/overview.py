"""The matrix at one stage as one looks it over: who stands in each cell, by what number, and who may decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.dues import first_called
from escplaybook.domain.identity import Record
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, SeverityDefinition, cell_for, rights_at
from escplaybook.domain.programme import Programme, definition_of, levels_of
from escplaybook.domain.verification import Importance, Importances, importances


@dataclass(frozen=True, slots=True)
class Line:
    """A severity and its cells, level by level; None where no cell holds."""

    severity: Severity
    definition: SeverityDefinition | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """One stage of a deployment (None: what holds for every deployment) for one class of causes (None: for both).

    `contacts` are by id those named anywhere on it, the retired among them; `importances` those of the whole programme.
    """

    deployment: Deployment | None
    stage: str
    cause_class: CauseClass | None
    levels: tuple[Level, ...]
    lines: tuple[Line, ...]
    rights: tuple[DecisionRight, ...]
    contacts: Mapping[str, Contact]
    importances: Importances = field(default_factory=dict)

    def importance_of(self, person: Contact) -> Importance:
        """What hangs on reaching them, here and anywhere else in the programme."""
        return self.importances.get(person.id, Importance.NOBODY)

    def speakers(self) -> list[Contact]:
        """The single point of contact and who stands in, those of them in use."""
        named = (self.deployment.point_of_contact, self.deployment.deputy) if self.deployment else ()
        return [person for each in named if (person := self.contacts.get(each or "")) and person.retired is None]

    def numbers(self) -> list[tuple[ContactPoint, Importance]]:
        """The numbers that stand on it when it is printed, each with its weight: one a person in use, owners first."""
        points = ((number_on_paper(person), self.importance_of(person)) for person in self._called())
        return [(point, importance) for point, importance in points if point is not None]

    def records(self) -> list[Record]:
        """Everything that it is made of."""
        definitions = [line.definition for line in self.lines if line.definition is not None]
        deployment = [self.deployment] if self.deployment else []
        cells = {cell.id: cell for cell in self._cells()}
        return [*deployment, *self.levels, *definitions, *cells.values(), *self.rights, *self.contacts.values()]

    def _called(self) -> list[Contact]:
        """Owners, backups, deputies and speakers, those in use."""
        held = [cell for cell in self._cells() if not cell.not_escalated]
        ids = dict.fromkeys(person for cell in held for person in cell.people)
        people = [self.contacts[person] for person in ids if person in self.contacts]
        speakers = [person for person in self.speakers() if person.id not in ids]
        return [person for person in (*people, *speakers) if person.retired is None]

    def _cells(self) -> Iterator[Cell]:
        return (cell for line in self.lines for cell in line.cells if cell is not None)


def overview(
    found: Programme, deployment: Deployment | None, stage: str, cause_class: CauseClass | None, today: date
) -> Overview:
    """What the matrix says there, with the decision rights that hold on `today`."""
    levels = tuple(levels_of(found))
    places = [Place(severity, stage, cause_class, deployment.id if deployment else None) for severity in Severity]
    lines = tuple(
        Line(
            place.severity,
            definition_of(found, place.severity),
            tuple(cell_for(found.cells, place, level.rank) for level in levels),
        )
        for place in places
    )
    holding = {right.id for place in places for right in rights_at(found.rights, place, today)}
    rights = tuple(right for right in found.rights if right.id in holding)
    named = {deployment.point_of_contact, deployment.deputy} if deployment else set()
    named |= {person for line in lines for cell in line.cells if cell for person in cell.people}
    named |= {person for right in rights for person in (right.decider, right.alternate)}
    contacts = {key: contact for key, contact in found.contacts.items() if key in named}
    return Overview(deployment, stage, cause_class, levels, lines, rights, contacts, importances(found))


def number_on_paper(contact: Contact) -> ContactPoint | None:
    """The number or address to try first of those that may be printed; None if there is none.

    Paper hangs day and night, so a number for certain hours comes after those for any time.
    """
    printed = (point for point in contact.points if point.privacy is Privacy.PRINT)
    return first_called(sorted(printed, key=lambda point: bool(point.hours)))
