"""Who do I call? The ladder at an instant: who answers at each level, by when, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from escplaybook.domain.contacts import Contact, ContactPoint, zone_named
from escplaybook.domain.hours import is_open
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, cell_for, rights_of


@dataclass(frozen=True, slots=True)
class Answer:
    """Who really answers. `why` holds one reason a person considered, in the order they were considered."""

    contact: Contact | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the ladder. Its clock starts at `starts`; the deadlines are None where no target is set.

    A rung where nobody answers is skipped at once; the next rung's `why` then says so.
    """

    level: Level
    cell: Cell
    owner: Contact | None
    answers: Contact | None
    why: tuple[str, ...]
    points: tuple[ContactPoint, ...]
    starts: datetime
    acknowledge_by: datetime | None
    act_by: datetime | None
    resolve_by: datetime | None
    rights: tuple[DecisionRight, ...]


def ladder(
    place: Place,
    at: datetime,
    *,
    levels: Sequence[Level],
    cells: Sequence[Cell],
    rights: Sequence[DecisionRight],
    contacts: Mapping[str, Contact],
) -> tuple[Rung, ...]:
    """The rungs at `place` for a blocker raised at `at` (UTC), lowest level first.

    A level's clock starts when the one below has let its acknowledge target lapse, or at once if that level is empty.
    `contacts` are by id. Levels without a cell, or where the cell says "not escalated", are no rungs.
    """
    rungs: list[Rung] = []
    starts = at
    for level in sorted((level for level in levels if level.retired is None), key=lambda level: level.rank):
        cell = cell_for(cells, place, level.rank)
        if cell is None or cell.not_escalated:
            continue
        rung = _rung(place, starts, level, cell, rights, contacts)
        if rungs and rungs[-1].answers is None:
            below = rungs[-1].level
            said = f"asked at once: nobody answers at level {below.rank} ({below.name})"
            rung = replace(rung, why=(*rung.why, said))
        rungs.append(rung)
        if rung.answers is not None and cell.acknowledge is not None:
            starts += cell.acknowledge
    return tuple(rungs)


def who_answers(cell: Cell, at: datetime, contacts: Mapping[str, Contact]) -> Answer:
    """The first who may be called at `at`: the owner, the backup, then their deputies, each asked once."""
    if cell.owner is None and cell.backup is None:
        return Answer(None, ("no owner and no backup named",))
    why: list[str] = [] if cell.owner is not None else ["no owner named"]
    for person, role in _in_order(cell, contacts):
        absent = why_not(person, at)
        if not absent:
            return Answer(person, (*why, f"{role}, {_local(person, at)}"))
        why.append(f"{person.name} ({role}): {absent}")
    if cell.backup is None:
        why.append("no backup named")
    return Answer(None, tuple(why))


def who_decides(right: DecisionRight, at: datetime, contacts: Mapping[str, Contact]) -> Contact | None:
    """The first who may be asked for this decision at `at`: the decider, else the alternate. Deputies inherit none."""
    named = (contacts.get(person or "") for person in (right.decider, right.alternate))
    return next((person for person in named if person is not None and not why_not(person, at)), None)


def why_not(person: Contact, at: datetime) -> str:
    """Why this person cannot be called at `at`; empty if they can."""
    if person.retired is not None and person.retired <= at:
        return f"no longer in use since {person.retired:%-d %b %Y}"
    if not person.points:
        return "no number or address known"
    local = at.astimezone(zone_named(person.zone))
    if not is_open(person.hours, local):
        return f"off duty, {local:%a %H:%M} in {_city(person.zone)}; reachable {person.hours}"
    return ""


def _in_order(cell: Cell, contacts: Mapping[str, Contact]) -> list[tuple[Contact, str]]:
    """Owner, backup, then the deputies of both, breadth first; a ring of deputies is walked once."""
    order: list[tuple[Contact, str]] = []
    seen: set[str] = set()
    waiting = [(cell.owner, "owner"), (cell.backup, "backup")]
    while waiting:
        contact_id, role = waiting.pop(0)
        if contact_id is None or contact_id in seen or contact_id not in contacts:
            continue
        seen.add(contact_id)
        person = contacts[contact_id]
        order.append((person, role))
        waiting.append((person.deputy, f"deputy of {person.name}"))
    return order


def _rung(
    place: Place,
    starts: datetime,
    level: Level,
    cell: Cell,
    rights: Sequence[DecisionRight],
    contacts: Mapping[str, Contact],
) -> Rung:
    answer = who_answers(cell, starts, contacts)
    person = answer.contact
    held = rights_of(rights, place, person.id, starts.date()) if person else []
    return Rung(
        level=level,
        cell=cell,
        owner=contacts.get(cell.owner) if cell.owner else None,
        answers=person,
        why=answer.why,
        points=person.points if person else (),
        starts=starts,
        acknowledge_by=_after(starts, cell.acknowledge),
        act_by=_after(starts, cell.act),
        resolve_by=_after(starts, cell.resolve),
        rights=tuple(held),
    )


def _after(starts: datetime, target: timedelta | None) -> datetime | None:
    return None if target is None else starts + target


def _local(person: Contact, at: datetime) -> str:
    local = at.astimezone(zone_named(person.zone))
    hours = "reachable at any time" if not person.hours else "within their hours"
    return f"{hours}, {local:%a %H:%M} in {_city(person.zone)}"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
