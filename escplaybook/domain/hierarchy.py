"""The hierarchy: who is owner, backup or deputy of which severities, level by level, at one stage of a deployment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.matrix import Cell, Level, Place, cell_for
from escplaybook.domain.programme import Programme, levels_of


class Role(StrEnum):
    """What a cell makes of a person."""

    OWNER = "owner"
    BACKUP = "backup"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Duty:
    """A role at one severity; for causes of both classes if `cause_class` is None."""

    role: Role
    severity: Severity
    cause_class: CauseClass | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A person and what they stand for at one level."""

    contact: Contact
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """A level and its people, owners of the worst severity first. `vacant` are the duties that nobody in use has.

    `cells` are those from which this was read.
    """

    level: Level
    posts: tuple[Post, ...]
    vacant: tuple[Duty, ...]
    cells: tuple[Cell, ...]


def hierarchy(found: Programme, deployment: str | None, stage: str) -> tuple[Rank, ...]:
    """The ranks of a deployment (its id; None: what holds for every deployment) at a stage, the first asked first."""
    return tuple(_rank(found, level, deployment, stage) for level in levels_of(found))


def _rank(found: Programme, level: Level, deployment: str | None, stage: str) -> Rank:
    held: dict[str | None, list[Duty]] = {}
    cells: dict[str, Cell] = {}
    for duty, person, cell in _duties(found, level, deployment, stage):
        contact = found.contacts.get(person or "")
        held.setdefault(contact.id if contact and contact.retired is None else None, []).append(duty)
        cells[cell.id] = cell
    vacant = _merged(held.pop(None, ()))
    posts = [Post(found.contacts[person], _merged(duties)) for person, duties in held.items() if person]
    return Rank(level, tuple(sorted(posts, key=_order)), vacant, tuple(cells.values()))


def _duties(
    found: Programme, level: Level, deployment: str | None, stage: str
) -> Iterator[tuple[Duty, str | None, Cell]]:
    for severity in Severity:
        for cause in CauseClass:
            cell = cell_for(found.cells, Place(severity, stage, cause, deployment), level.rank)
            if cell is not None and not cell.not_escalated:
                yield Duty(Role.OWNER, severity, cause), cell.owner, cell
                yield Duty(Role.BACKUP, severity, cause), cell.backup, cell
                for deputy in cell.deputies:
                    yield Duty(Role.DEPUTY, severity, cause), deputy, cell


def _merged(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """The same duties, those for each class of causes as one for both; owner before backup and deputy, S1 first."""
    classes: dict[tuple[Role, Severity], list[CauseClass | None]] = {}
    for duty in duties:
        classes.setdefault((duty.role, duty.severity), []).append(duty.cause_class)
    merged = (
        Duty(role, severity, causes[0] if len(causes) < len(CauseClass) else None)
        for (role, severity), causes in classes.items()
    )
    return tuple(sorted(merged, key=lambda duty: (_ROLES.index(duty.role), duty.severity)))


_ROLES = tuple(Role)


def _order(post: Post) -> tuple[int, Severity, str]:
    first = post.duties[0]
    return _ROLES.index(first.role), first.severity, post.contact.name.casefold()
