"""What stands of a person's absences and of a duty's turns on paper, where nobody can ask what holds now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from escplaybook.domain.absences import Absence, told_span
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Away
from escplaybook.domain.rotations import Rotation, Shift

AHEAD = timedelta(days=60)
"""How far ahead of its printing a sheet tells absences and turns; by then its numbers want proving again."""

_FEW = 4


@dataclass(frozen=True, slots=True)
class DutyOnPaper:
    """Lines below a person's name, by the person's id; the absences and rotations they are made of; and who else must
    be on the sheet, because they take turns or stand in for somebody on it."""

    lines: dict[str, tuple[str, ...]]
    records: tuple[Absence | Rotation, ...]
    others: tuple[Contact, ...]


def duty_on_paper(found: Programme, people: Iterable[Contact], at: datetime) -> DutyOnPaper:
    """What a sheet of these people that is printed at `at` says of their absences and turns. Reasons stay private."""
    listed = {person.id: person for person in people}
    lines: dict[str, tuple[str, ...]] = {}
    records: dict[str, Absence | Rotation] = {}
    others: dict[str, None] = {}
    for person in listed.values():
        told = []
        for rotation in found.rotations:
            if rotation.retired is None and rotation.contact == person.id:
                told += _turns(found, rotation, at)
                records[rotation.id] = rotation
                others |= dict.fromkeys(member for shift in rotation.shifts for member in shift.members)
        for away, rhythm in _told_once(found.roster.away_between(person.id, at, at + AHEAD), at)[:_FEW]:
            absence = away.absence
            when = told_span(away.start, away.end, absence.zone, at, by_days=absence.all_day)
            deputy = found.contacts.get(absence.deputy or "")
            told.append(f"away {when}{rhythm}" + (f", {deputy.name} stands in" if deputy is not None else ""))
            records[absence.id] = absence
            if deputy is not None:
                others[deputy.id] = None
        if told:
            lines[person.id] = tuple(told)
    more = (found.contacts.get(one) for one in others if one not in listed)
    return DutyOnPaper(lines, tuple(records.values()), tuple(one for one in more if one and one.retired is None))


def _told_once(times: Iterable[Away], at: datetime) -> list[tuple[Away, str]]:
    """Each time with nothing, or of an absence that comes again and again the first time with its rhythm.

    One that leaves a time out in these weeks is told time by time: a rhythm would say too much.
    """
    told: list[tuple[Away, str]] = []
    seen: set[str] = set()
    for away in times:
        absence = away.absence
        has_gaps = any(at <= day <= at + AHEAD for day in absence.excluded)
        if not absence.rule or has_gaps:
            told.append((away, ""))
        elif absence.id not in seen:
            seen.add(absence.id)
            told.append((away, f", {absence.rhythm}"))
    return told


def _turns(found: Programme, rotation: Rotation, at: datetime) -> list[str]:
    """The turns to come where one lasts for days; of shorter ones the hours of each shift."""
    if any(shift.length < timedelta(days=1) for shift in rotation.shifts):
        return [f"{_names(found, shift)}: {shift.rhythm}, {_city(shift.zone)}" for shift in rotation.shifts]
    told = []
    for turn in found.roster.turns_between(rotation.contact, at, at + AHEAD)[:_FEW]:
        member = found.contacts.get(turn.member)
        zone = next((shift.zone for shift in rotation.shifts if turn.member in shift.members), "UTC")
        end = turn.end.astimezone(zone_named(zone))
        told.append(f"{member.name if member else '?'} until {end:%a %-d %b %H:%M}, {_city(zone)}")
    return told


def _names(found: Programme, shift: Shift) -> str:
    return ", ".join(person.name for one in shift.members if (person := found.contacts.get(one)))


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
