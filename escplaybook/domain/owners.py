"""Who a record belongs to: whoever answers for it and settles what others suggest."""

from collections.abc import Iterable

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.identity import Record
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.vendors import Vendor


def owner_of(found: Programme, record: Record) -> Contact | None:
    """The contact a record belongs to; None if there is none, or it is knowledge, which belongs to who wrote it.

    Of those who come into question the first in use is taken: of a cell its owner, its backup, its deputies; of a right
    the decider, then the alternate; of an agreement its owner; of a vendor the owner of an agreement with it; of a
    contact, absence or rotation the person, then the deputy; of a blocker its owner, then who took it; of a
    deployment, a group and its questions the single point of contact, then the deputy; of a level or a severity the
    owner of its cell that holds for everything, at the worst severity or the lowest level.
    """
    named = (found.contacts.get(one or "") for one in _candidates(found, record))
    return next((person for person in named if person is not None and person.retired is None), None)


def record_with(found: Programme, record_id: str) -> Record | None:
    """The record of the programme with that id; None if it is none of its own, or no longer there."""
    lists: tuple[Iterable[Record], ...] = (
        found.contacts.values(),
        found.vendors,
        found.agreements,
        found.deployments,
        found.severities,
        found.levels,
        found.sub_classes,
        found.definitions,
        found.cells,
        found.rights,
        found.blockers,
        found.absences,
        found.rotations,
        found.points_of_contact,
        found.questions,
    )
    return next((record for records in lists for record in records if record.id == record_id), None)


def _candidates(found: Programme, record: Record) -> list[str | None]:
    match record:
        case Cell():
            return list(record.people)
        case DecisionRight():
            return [record.decider, record.alternate]
        case Agreement():
            return [record.owner]
        case Vendor():
            return [one.owner for one in found.agreements if one.vendor == record.id and one.retired is None]
        case Contact():
            return [record.id, record.deputy]
        case Absence() | Rotation():
            person = found.contacts.get(record.contact)
            return [record.contact, person.deputy if person is not None else None]
        case Blocker():
            return [record.owner, record.acknowledged_by]
        case Deployment():
            return [record.point_of_contact, record.deputy]
        case PointOfContact():
            return [record.person, record.deputy]
        case Question():
            group = next((one for one in found.points_of_contact if one.id == record.point_of_contact), None)
            return [group.person, group.deputy] if group is not None else []
        case SeverityDefinition() | Level():
            return _default_owners(found, record)
    return []


def _default_owners(found: Programme, record: SeverityDefinition | Level) -> list[str | None]:
    cells = [
        cell
        for cell in found.cells
        if cell.retired is None and not cell.deployment and not cell.stage and cell.cause_class is None
    ]
    if isinstance(record, Level):
        return [cell.owner for cell in sorted(cells, key=_severity) if cell.level == record.rank]
    return [cell.owner for cell in sorted(cells, key=_level) if cell.severity == record.severity]


def _severity(cell: Cell) -> Severity:
    return cell.severity


def _level(cell: Cell) -> int:
    return cell.level
