"""Who do I call? The ladder at an instant: who answers at each level, by when, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from escplaybook.domain.business_time import due_after, why_due
from escplaybook.domain.contacts import Contact, ContactPoint, zone_named
from escplaybook.domain.hours import is_open
from escplaybook.domain.matrix import Cell, DecisionRight, Level, Place, cell_for, rights_at
from escplaybook.domain.roster import Away, Roster, Turn

NOBODY_AWAY = Roster()
"""The roster of a book without absences and rotations."""


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
    roster: Roster = NOBODY_AWAY,
) -> tuple[Rung, ...]:
    """The rungs at `place` for a blocker raised at `at` (UTC), lowest level first.

    A level's clock starts when the one below has let its acknowledge target lapse, counted in the time of its calendar,
    or at once if that level is empty.
    `contacts` are by id. Levels without a cell, or where the cell says "not escalated", are no rungs.
    """
    rungs: list[Rung] = []
    starts = at
    for level in sorted((level for level in levels if level.retired is None), key=lambda level: level.rank):
        cell = cell_for(cells, place, level.rank)
        if cell is None or cell.not_escalated:
            continue
        rung = _rung(place, starts, level, cell, rights, contacts, roster)
        if rungs and rungs[-1].answers is None:
            below = rungs[-1].level
            said = f"asked at once: nobody answers at level {below.rank} ({below.name})"
            rung = replace(rung, why=(*rung.why, said))
        rungs.append(rung)
        if rung.answers is not None and rung.acknowledge_by is not None:
            starts = rung.acknowledge_by
    return tuple(rungs)


def why_by(rung: Rung) -> str:
    """Why the rung's deadlines fall when they do: “counted Mon–Fri 08:00–16:00 in Oslo, from Tue 08:00”; else empty."""
    due = next((by for by in (rung.acknowledge_by, rung.act_by, rung.resolve_by) if by is not None), None)
    return why_due(rung.starts, due, rung.cell.calendar) if due is not None else ""


def who_answers(cell: Cell, at: datetime, contacts: Mapping[str, Contact], roster: Roster = NOBODY_AWAY) -> Answer:
    """The first who may be called at `at`: the owner, the backup, the cell's deputies, then everybody's own deputies.

    Each is asked once. Whoever stands in for an absence is asked in that person's place; a duty is answered by whom its
    turn it is.
    """
    if not cell.people:
        return Answer(None, ("no owner and no backup named",))
    why: list[str] = [] if cell.owner is not None else ["no owner named"]
    seen: set[str] = set()
    waiting = [(cell.owner, "owner"), (cell.backup, "backup"), *((one, "deputy") for one in cell.deputies)]
    while waiting:
        contact_id, role = waiting.pop(0)
        if contact_id is None or contact_id in seen or contact_id not in contacts:
            continue
        seen.add(contact_id)
        person = contacts[contact_id]
        turn = roster.on_duty(contact_id, at)
        away = roster.absence_of(contact_id, at)
        if turn is not None and not _gone(person, at):
            waiting.insert(0, (turn.member, f"{role}, {_on_duty(turn, at, contacts)}"))
            if turn.member in seen:
                why.append(f"{person.name} ({role}): {contacts[turn.member].name} has the turn and was asked already")
        elif absent := why_not(person, at, roster):
            then = _stand_in(away, contacts) or _next_turn(roster.next_turn(contact_id, at), at, contacts)
            why.append(f"{person.name} ({role}): {absent}{then}")
        else:
            return Answer(person, (*why, f"{role}, {_local(person, at)}"))
        if turn is None and away is not None:
            waiting.insert(0, (away.absence.deputy, f"stands in for {person.name}"))
        waiting.append((person.deputy, f"deputy of {person.name}"))
    if cell.backup is None and not cell.deputies:
        why.append("no backup named")
    return Answer(None, tuple(why))


def who_decides(
    right: DecisionRight, at: datetime, contacts: Mapping[str, Contact], roster: Roster = NOBODY_AWAY
) -> Contact | None:
    """The first who may be asked for this decision at `at`: the decider, else the alternate. Deputies inherit none.

    Where a duty decides, it is whoever has the turn.
    """
    for named in (right.decider, right.alternate):
        turn = roster.on_duty(named, at) if named is not None else None
        person = contacts.get(turn.member if turn is not None else named or "")
        if person is not None and not why_not(person, at, roster):
            return person
    return None


def why_not(person: Contact, at: datetime, roster: Roster = NOBODY_AWAY) -> str:
    """Why this person cannot be called at `at`; empty if they can. A duty can be if somebody has the turn."""
    if gone := _gone(person, at):
        return gone
    if (away := roster.absence_of(person.id, at)) is not None:
        return _away(away, person, at)
    if roster.is_duty(person.id):
        return "" if roster.on_duty(person.id, at) is not None else "nobody has the turn"
    if not person.points:
        return "no number or address known"
    local = at.astimezone(zone_named(person.zone))
    if not is_open(person.hours, local):
        return f"off duty, {local:%a %H:%M} in {_city(person.zone)}; reachable {person.hours}"
    return ""


def points_at(person: Contact, at: datetime) -> tuple[ContactPoint, ...]:
    """The person's points in the order to try them at `at`: those outside their hours last."""
    local = at.astimezone(zone_named(person.zone))
    return tuple(sorted(person.points, key=lambda point: not is_open(point.hours, local)))


def _gone(person: Contact, at: datetime) -> str:
    if person.retired is None or person.retired > at:
        return ""
    return f"no longer in use since {person.retired:%-d %b %Y}"


def _away(away: Away, person: Contact, at: datetime) -> str:
    """“away until Mon 4 Jan 08:00, holiday”; of whole days the last one is told."""
    if away.absence.all_day:
        last = away.end.astimezone(zone_named(away.absence.zone)) - timedelta(minutes=1)
        told = f"away to the end of {_day(last, at)}"
    else:
        told = f"away until {_clock(away.end, person.zone, at, with_day=True)}"
    return f"{told}, {away.absence.reason}" if away.absence.reason else told


def _stand_in(away: Away | None, contacts: Mapping[str, Contact]) -> str:
    person = contacts.get(away.absence.deputy or "") if away is not None else None
    return f"; {person.name} stands in" if person is not None else ""


def _on_duty(turn: Turn, at: datetime, contacts: Mapping[str, Contact]) -> str:
    zone = contacts[turn.member].zone if turn.member in contacts else "UTC"
    return f"on duty in “{turn.rotation.name}” until {_clock(turn.end, zone, at)}"


def _next_turn(turn: Turn | None, at: datetime, contacts: Mapping[str, Contact]) -> str:
    person = contacts.get(turn.member) if turn is not None else None
    return f"; {person.name} has it from {_clock(turn.start, person.zone, at)}" if turn and person else ""


def _clock(instant: datetime, zone: str, at: datetime, *, with_day: bool = False) -> str:
    """“Mon 09:00”; with its date if that weekday comes once more before, or it is asked for."""
    local = instant.astimezone(zone_named(zone))
    if instant - at < timedelta(days=6) and not with_day:
        return f"{local:%a %H:%M}"
    return f"{_day(local, at)} {local:%H:%M}"


def _day(local: datetime, at: datetime) -> str:
    return f"{local:%a %-d %b}" if abs(local - at) < timedelta(days=300) else f"{local:%a %-d %b %Y}"


def _rung(
    place: Place,
    starts: datetime,
    level: Level,
    cell: Cell,
    rights: Sequence[DecisionRight],
    contacts: Mapping[str, Contact],
    roster: Roster,
) -> Rung:
    answer = who_answers(cell, starts, contacts, roster)
    person = answer.contact
    holders = {person.id, *roster.duties_of(person.id, starts)} if person else set()
    held = [one for one in rights_at(rights, place, starts.date()) if holders & {one.decider, one.alternate}]
    return Rung(
        level=level,
        cell=cell,
        owner=contacts.get(cell.owner) if cell.owner else None,
        answers=person,
        why=answer.why,
        points=points_at(person, starts) if person else (),
        starts=starts,
        acknowledge_by=_after(starts, cell.acknowledge, cell),
        act_by=_after(starts, cell.act, cell),
        resolve_by=_after(starts, cell.resolve, cell),
        rights=tuple(held),
    )


def _after(starts: datetime, target: timedelta | None, cell: Cell) -> datetime | None:
    return None if target is None else due_after(starts, target, cell.calendar)


def _local(person: Contact, at: datetime) -> str:
    local = at.astimezone(zone_named(person.zone))
    hours = "reachable at any time" if not person.hours else "within their hours"
    return f"{hours}, {local:%a %H:%M} in {_city(person.zone)}"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
