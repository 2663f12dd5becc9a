"""Rules about people: they can be reached, somebody is there at every hour, and whoever goes away leaves somebody."""

from collections.abc import Iterator
from datetime import timedelta

from escplaybook.domain.audit_case import URGENT, WEEK, Case, Grade, Objection, Rule
from escplaybook.domain.contacts import Contact, ContactPoint, zone_named
from escplaybook.domain.matrix import Cell
from escplaybook.domain.numbers import fault_of
from escplaybook.domain.verification import Importance, Reach, is_stale, proof_words, reachability
from escplaybook.domain.verification import rings as is_called

AHEAD = timedelta(days=28)
"""How far absences and turns are looked at: a plan for the next four weeks is what teams have."""


def no_number(case: Case) -> Iterator[Objection]:
    """Contacts kept current, so that no escalation stalls; a mailbox wakes nobody."""
    for person, _ in _urgent(case):
        if not any(is_called(point) for point in person.points):
            yield Objection(person, f"{person.name} has no number to call")


def unreachable(case: Case) -> Iterator[Objection]:
    """No number of somebody called for S1 or S2 is believed (see `verification.Importance.interval`)."""
    for person, importance in _urgent(case):
        reached = reachability(person.points, importance, case.today)
        if reached.reach is Reach.NOT and any(is_called(point) for point in person.points):
            yield Objection(person, f"{person.name} cannot be reached: {reached.reason}")


def first_number_stale(case: Case) -> Iterator[Objection]:
    """The number that is dialled first costs the first minutes if it is wrong."""
    for person, importance in _urgent(case):
        first = next((point for point in person.points if is_called(point)), None)
        is_reached = reachability(person.points, importance, case.today).reach is not Reach.NOT
        if first is not None and is_reached and is_stale(first, importance, case.today):
            yield Objection(person, f"{person.name}: {first.kind} {proof_words(first, importance, case.today)}")


def undiallable(case: Case) -> Iterator[Objection]:
    """A number that cannot be dialled as it is written is found out in the night."""
    for person, _ in _urgent(case):
        faults = filter(None, (_fault(point, person) for point in person.points))
        yield from (Objection(person, f"{person.name}: {fault.rstrip('.')}") for fault in faults)


def dead_step(case: Case) -> Iterator[Objection]:
    """A level that nobody can be reached at in any hour of the week is no level."""
    for cell in case.cells:
        if _has_somebody(case, cell) and not any(case.answers(cell)):
            yield Objection(cell, f"{case.called(cell)}: nobody can be reached at any hour of the coming week")


def hole(case: Case) -> Iterator[Objection]:
    """An S1 at 03:00 on a holiday reaches a person: every hour of the coming week is looked at."""
    for cell in case.cells:
        if cell.severity not in URGENT or not _has_somebody(case, cell) or cell.level not in case.ranks:
            continue
        answers = case.answers(cell)
        empty = [number for number, one in enumerate(answers) if one is None]
        if empty and len(empty) < WEEK:
            owner = next(filter(None, map(case.person, cell.people)), None)
            zone = owner.zone if owner is not None else "UTC"
            first = f"{case.hours[empty[0]].astimezone(zone_named(zone)):%a %H:%M}"
            told = f"nobody answers in {len(empty)} of the coming {WEEK} hours, first {first} in {_city(zone)}"
            yield Objection(cell, f"{case.called(cell)}: {told}")


def gap_in_rotation(case: Case) -> Iterator[Objection]:
    """A duty that is nobody’s turn rings in vain."""
    until = case.now + AHEAD
    for rotation in case.programme.rotations:
        duty = case.person(rotation.contact)
        if rotation.retired is not None or duty is None or case.weights.get(rotation.contact) is None:
            continue
        reached = case.now
        for turn in case.programme.roster.turns_between(rotation.contact, case.now, until):
            if turn.start > reached:
                break
            reached = max(reached, turn.end)
        if reached < until:
            at = f"{reached.astimezone(zone_named(duty.zone)):%a %-d %b %H:%M}"
            yield Objection(rotation, f"“{rotation.name}” is nobody’s turn from {at} in {_city(duty.zone)}")


def away_without_stand_in(case: Case) -> Iterator[Objection]:
    """Re-routing when the owner is away needs somebody to route to."""
    for absence in case.programme.absences:
        person = case.person(absence.contact)
        if absence.retired is not None or person is None or case.has_left(person):
            continue
        if case.weights.get(person.id, Importance.NOBODY) > Importance.S2:
            continue
        if case.is_there(absence.deputy) or case.is_there(person.deputy):
            continue
        ahead = case.programme.roster.away_between(person.id, case.now, case.now + AHEAD)
        mine = next((away for away in ahead if away.absence.id == absence.id), None)
        if mine is not None:
            start = f"{mine.start.astimezone(zone_named(absence.zone)):%a %-d %b}"
            yield Objection(absence, f"{person.name} is away from {start}, and nobody stands in")


def _urgent(case: Case) -> Iterator[tuple[Contact, Importance]]:
    """Whoever is called for S1 or S2 and is a person: a duty is reached by whose turn it is."""
    for one, weight in case.weights.items():
        person = case.person(one)
        if weight > Importance.S2 or person is None or case.has_left(person):
            continue
        if not case.programme.roster.is_duty(one):
            yield person, Importance(weight)


def _fault(point: ContactPoint, person: Contact) -> str:
    return fault_of(point, person.country) if is_called(point) else ""


def _has_somebody(case: Case, cell: Cell) -> bool:
    return any(case.is_there(one) for one in cell.people)


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


RULES = (
    Rule(
        "M48",
        Grade.ERROR,
        "No number",
        "Who is called for an S1 or S2 must have something that rings; a mail wakes nobody.",
        "Add a number or a pager.",
        no_number,
        "points",
    ),
    Rule(
        "M49",
        Grade.ERROR,
        "Cannot be reached",
        "No number of theirs was proved lately, so the call may go nowhere while the clock runs.",
        "Call them once and note that it worked.",
        unreachable,
        action="verify",
    ),
    Rule(
        "M50",
        Grade.WARNING,
        "First number out of date",
        "The number that is dialled first was not proved lately; if it is wrong, minutes are lost before the second.",
        "Call it once and note that it worked, or put another one first.",
        first_number_stale,
        action="verify",
    ),
    Rule(
        "M51",
        Grade.WARNING,
        "Number not diallable",
        "The number cannot be dialled as it is written.",
        "Correct it; write it with its country code.",
        undiallable,
        "points",
    ),
    Rule(
        "M52",
        Grade.ERROR,
        "Dead step",
        "Nobody on this level can be reached at any hour of the week: it only costs time.",
        "Name somebody who can be reached, or mark the level as not escalated.",
        dead_step,
        "owner",
    ),
    Rule(
        "M53",
        Grade.ERROR,
        "Hours without anybody",
        "An S1 or S2 in these hours finds nobody on this level, and the right to decide is one level further away.",
        "Name a backup who is there when the owner is not, or a duty that is handed round.",
        hole,
        "backup",
    ),
    Rule(
        "M54",
        Grade.ERROR,
        "Gap in a rotation",
        "In the gap the duty is nobody’s, and its number rings in vain.",
        "Lengthen a shift or add one, so that every turn begins when the last one ends.",
        gap_in_rotation,
        "shifts",
    ),
    Rule(
        "M55",
        Grade.WARNING,
        "Away without stand-in",
        "While they are away the ladder has a hole that is known beforehand.",
        "Name who stands in, in the absence or as their deputy.",
        away_without_stand_in,
        "deputy",
    ),
)
