"""The living matrix of a programme: what it says now, and how it becomes what an edition says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.edition_diff import Difference, differences
from escplaybook.domain.editions import (
    Edition,
    EditionStatus,
    MatrixContent,
    StandIn,
    content_at,
    effective_at,
    paired,
    part_of,
    place_of,
    says,
    status_of,
    with_part,
)
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.programme import Programme


def living(found: Programme, deployment: str | None = None) -> MatrixContent:
    """What the matrix says now; with a deployment, what is set for it alone."""
    content = MatrixContent(
        severities=_in_use(found.severities),
        levels=_in_use(found.levels),
        cells=_in_use(found.cells),
        rights=_in_use(found.rights),
        triggers=_in_use(found.triggers),
        sub_classes=_in_use(found.sub_classes),
        definitions=_in_use(found.definitions),
    )
    if deployment is not None:
        return part_of(content, deployment)
    return replace(content, deputies=_stand_ins(content, found.contacts))


def as_of(found: Programme, at: datetime) -> Programme:
    """The programme with the matrix that its editions say for `at`; where none speaks, as it is.

    People and their deputies stay as they are: an edition names them, the book keeps them.
    """
    return with_content(found, content_at(found.editions, at, living(found)))


def by_edition(found: Programme, edition: Edition) -> Programme:
    """The programme with the matrix as that edition had it when it came into force, whatever was published since.

    One of a deployment's own part stands upon the whole matrix that held then. People, who is away and who stands in
    for whom stay as they are now: whom the edition names is called today. Triggers go by the keys they have.
    """
    content = edition.content
    if edition.deployment is not None:
        older = (one for one in found.editions if one.deployment is None and one.id != edition.id)
        whole = effective_at(older, edition.effective, None) if edition.effective is not None else None
        content = with_part(living(found) if whole is None else whole.content, content, edition.deployment)
    keys = {place_of(one): one.key for one in found.triggers}
    triggers = tuple(one if one.key else replace(one, key=keys.get(place_of(one), "")) for one in content.triggers)
    return with_content(found, replace(content, triggers=triggers))


def pinned(found: Programme, blocker: Blocker) -> Programme:
    """The programme by which a blocker's ladder, deadlines and triggers are answered: that of its edition."""
    edition = edition_of(found, blocker)
    return by_edition(found, edition) if edition is not None else found


def edition_of(found: Programme, blocker: Blocker) -> Edition | None:
    """The edition that a blocker works by; None if it goes by the matrix as it stands."""
    return next((one for one in found.editions if one.id == blocker.edition), None)


def raised_under(found: Programme, blocker: Blocker, now: datetime) -> Blocker:
    """The blocker, pinned to the edition that holds when it is raised; to none where none holds."""
    edition = effective_at(found.editions, now, blocker.deployment)
    return replace(blocker, edition=edition.id if edition is not None else None)


def newer_edition(found: Programme, blocker: Blocker, now: datetime) -> Edition | None:
    """The edition that holds at `now` and that an open blocker does not work by; None if it does, or is resolved."""
    if blocker.resolved is not None:
        return None
    edition = effective_at(found.editions, now, blocker.deployment)
    return edition if edition is not None and edition.id != blocker.edition else None


def standing(found: Programme, at: datetime) -> Programme:
    """The programme as it stands at `at`: editions that hold by then and have not been put in force yet, put in."""
    content = living(found)
    for edition in waiting(found.editions, at):
        content = with_part(content, edition.content, edition.deployment)
    return with_content(found, content) if waiting(found.editions, at) else found


def waiting(editions: Iterable[Edition], at: datetime) -> list[Edition]:
    """The editions that hold at `at` and that the living matrix has not become yet, the earlier first."""
    listed = tuple(editions)
    due = (one for one in listed if one.applied is None and one.effective is not None)
    found = [one for one in due if status_of(one, listed, at) is EditionStatus.EFFECTIVE]
    return sorted(found, key=lambda one: (one.effective or at, one.number))


def changes_since(found: Programme, at: datetime) -> tuple[Difference, ...]:
    """How the living matrix differs from what its editions say at `at`: what was edited by hand since."""
    present = living(found)
    return differences(content_at(found.editions, at, present), present, found)


def with_content(found: Programme, content: MatrixContent) -> Programme:
    """The programme with another matrix in the place of its own."""
    return replace(
        found,
        severities=content.severities,
        levels=content.levels,
        cells=content.cells,
        rights=content.rights,
        triggers=content.triggers,
        sub_classes=content.sub_classes,
        definitions=content.definitions,
    )


def edits_towards(found: Programme, edition: Edition, now: datetime) -> tuple[Edit, ...]:
    """The edits by which the living matrix becomes what the edition says; what it does not name is retired.

    Whoever it names no deputy for keeps theirs.
    """
    content = edition.content
    present = living(found, edition.deployment).records()
    retired = {one.id: one for one in _all(found) if one.retired is not None}
    edits = [_towards(before, after, retired, now) for before, after in paired(present, content.records())]
    return (*(edit for edit in edits if edit is not None), *_deputised(found, content.deputies, now))


def _towards(before: Any, after: Any, retired: Mapping[str, Any], now: datetime) -> Edit | None:
    if after is None:
        return Edit(before, replace(before, retired=now, updated=now))
    if before is None and (back := retired.get(after.id)) is not None:
        return Edit(back, replace(after, key=back.key, created=back.created, updated=now, retired=None))
    if before is None:
        return Edit(None, replace(after, id=new_id(now), key="", created=now, updated=now))
    if says(before) == says(after):
        return None
    return Edit(before, replace(after, id=before.id, key=before.key, created=before.created, updated=now))


def _deputised(found: Programme, deputies: Iterable[StandIn], now: datetime) -> Iterator[Edit]:
    for one in deputies:
        person = found.contacts.get(one.person)
        if person is not None and one.deputy in found.contacts and person.deputy != one.deputy:
            yield Edit(person, replace(person, deputy=one.deputy, updated=now))


def _stand_ins(content: MatrixContent, contacts: Mapping[str, Contact]) -> tuple[StandIn, ...]:
    """The deputies of everybody named, and their deputies in turn."""
    named: list[str | None] = [one for cell in content.cells for one in cell.people]
    named += [one for right in content.rights for one in (right.decider, right.alternate)]
    waiting = list(dict.fromkeys(one for one in named if one is not None))
    found: dict[str, str] = {}
    for person in waiting:  # grows by those who stand in
        deputy = contacts[person].deputy if person in contacts else None
        if deputy is not None and person not in found:
            found[person] = deputy
            waiting.append(deputy)
    return tuple(StandIn(person, deputy) for person, deputy in found.items())


def _all(found: Programme) -> tuple[Any, ...]:
    return (
        *found.definitions,
        *found.severities,
        *found.levels,
        *found.sub_classes,
        *found.cells,
        *found.rights,
        *found.triggers,
    )


def _in_use(records: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(one for one in records if one.retired is None)
