"""What asks to be done: due, overdue, stale, expiring, without owner. One rule a function, all of them pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from escplaybook.domain.agreement_dates import state
from escplaybook.domain.agreement_reminders import Reminder, reminders
from escplaybook.domain.agreements import Agreement, AgreementState, Deadline, Renewal
from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.contacts import Contact, ContactPoint
from escplaybook.domain.due import Due, end_of
from escplaybook.domain.dues_matrix import matrix_reviews
from escplaybook.domain.dues_people import entitlements, questions, suggestions, voices
from escplaybook.domain.dues_readings import readings
from escplaybook.domain.living_matrix import pinned
from escplaybook.domain.matrix import Place
from escplaybook.domain.naming import cell_name, named
from escplaybook.domain.numbers import fault_of, is_doubtful
from escplaybook.domain.programme import Programme
from escplaybook.domain.routing import Rung, ladder
from escplaybook.domain.stakes import stake_of
from escplaybook.domain.triggers_firing import Firing, asks_for, set_off
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import (
    Importance,
    Reach,
    Reachability,
    importances,
    next_check,
    reachability,
    rings,
)

UNDIALLED = 6
"""The risk of a number that cannot be dialled as it is written: nobody need be called today to mend it."""

RIGHT_WARNING = timedelta(days=30)
"""How long before a decision right ends it asks for attention."""

SOON = 7
"""Days before an agreement's deadline from which it comes before what is merely coming."""


def dues(programme: Programme, now: datetime) -> list[Due]:
    """Everything that asks to be done at `now`, the riskiest and then the earliest first."""
    found = [
        *_blockers(programme, now),
        *_triggers(programme, now),
        *_agreements(programme, now.date()),
        *_cells(programme),
        *_rights(programme, now.date()),
        *_points(programme, now.date()),
        *_ladders(programme, now.date()),
        *_deployments(programme),
        *entitlements(programme, now.date()),
        *voices(programme),
        *questions(programme, now),
        *suggestions(programme),
        *matrix_reviews(programme, now),
        *readings(programme, now),
    ]
    return sorted(found, key=lambda item: (item.risk, item.due or datetime.min.replace(tzinfo=UTC), item.record.key))


def first_called(points: Iterable[ContactPoint]) -> ContactPoint | None:
    """The point to try first: the first that rings, else the first of all."""
    listed = tuple(points)
    return next((point for point in listed if rings(point)), listed[0] if listed else None)


def blocker_ladder(programme: Programme, blocker: Blocker) -> tuple[Rung, ...]:
    """The ladder a blocker climbs, counted from when the first level was told (else from when it was seen).

    It is that of the edition of the matrix which the blocker works by.
    """
    return ladder_at(
        pinned(programme, blocker),
        Place(blocker.severity, blocker.stage, blocker.cause_class, blocker.deployment),
        blocker.notified or blocker.observed,
    )


def blocker_firings(programme: Programme, blocker: Blocker, at: datetime) -> list[Firing]:
    """What the triggers of the edition that a blocker works by make due, by what is known at `at`."""
    return set_off(pinned(programme, blocker).triggers, blocker, at)


def ladder_at(programme: Programme, place: Place, at: datetime) -> tuple[Rung, ...]:
    """The programme's ladder at `place` for a blocker raised at `at`."""
    return ladder(
        place,
        at,
        levels=programme.levels,
        cells=programme.cells,
        rights=programme.rights,
        contacts=programme.contacts,
        roster=programme.roster,
    )


def _blockers(programme: Programme, now: datetime) -> Iterator[Due]:
    for blocker in programme.blockers:
        if blocker.retired is not None or blocker.state is BlockerState.RESOLVED:
            continue
        rungs = blocker_ladder(programme, blocker)
        risk = int(blocker.severity[1]) - 1
        name = f"“{blocker.title}”"
        stake = stake_of(blocker, programme.deployments, now)
        at_risk = f" ({stake.money()})" if stake is not None and stake.money() else ""
        if blocker.state is BlockerState.RAISED:
            reached = _reached(rungs, now)
            who = reached.answers.name if reached and reached.answers else "nobody"
            by = reached.acknowledge_by if reached else None
            yield Due(f"{name} is not acknowledged; {who} is to answer{at_risk}", by, blocker, "acknowledge", risk)
        else:
            by = rungs[0].resolve_by if rungs else None
            yield Due(f"{name} is acknowledged, not resolved{at_risk}", by, blocker, "resolve", risk + 1)


def _reached(rungs: tuple[Rung, ...], now: datetime) -> Rung | None:
    """The highest level whose clock has started by `now`; the lowest if none has."""
    started = [rung for rung in rungs if rung.starts <= now]
    return started[-1] if started else (rungs[0] if rungs else None)


def _triggers(programme: Programme, now: datetime) -> Iterator[Due]:
    """Escalations that triggers make due, those slept through among them."""
    for blocker in programme.blockers:
        if blocker.retired is not None or blocker.state is BlockerState.RESOLVED:
            continue
        zone = next((one.zone for one in programme.deployments if one.id == blocker.deployment), "UTC")
        names = {one.rank: one.name for one in pinned(programme, blocker).levels if one.retired is None}
        for firing in asks_for(blocker_firings(programme, blocker, now), now):
            level = firing.trigger.level
            to = f"{level} ({names[level]})" if level in names else str(level)
            due, today = (instant.astimezone(ZoneInfo(zone)) for instant in (firing.due, now))
            by = f"by {named(firing.trigger)}"
            said = "should have been" if firing.due <= now else "is to be"
            at = f"{due:%H:%M %Z}" if due.date() == today.date() else f"{due:%H:%M %Z on %d %b}"
            what = f"“{blocker.title}” {said} escalated to level {to} at {at} {by}"
            yield Due(what, firing.due, blocker, "escalate", int(blocker.severity[1]) - 1)


def _agreements(programme: Programme, today: date) -> Iterator[Due]:
    vendors = {vendor.id: vendor for vendor in programme.vendors}
    for agreement in programme.agreements:
        vendor = vendors[agreement.vendor]
        if agreement.retired is None and vendor.retired is None:
            yield from agreement_dues(agreement, vendor.name, today)


def agreement_dues(agreement: Agreement, vendor: str, today: date) -> Iterator[Due]:
    """What an agreement with a vendor of that name asks for today."""
    title = agreement.title or f"{agreement.kind} agreement"
    name = title if vendor in title else f"{vendor}: {title}"
    if state(agreement, today) is AgreementState.UNSIGNED:
        yield Due(f"{name} is not signed", None, agreement, "have it signed", 2, "signed")
    for one in reminders(agreement, today):
        told, action = _asked(agreement, one)
        yield Due(f"{name}{told}", end_of(one.day), agreement, action, _risk_of(one))


def _asked(agreement: Agreement, one: Reminder) -> tuple[str, str]:
    """What a deadline says and what it asks for."""
    if one.about is Deadline.INSURANCE:
        told = ": the insurance certificate has run out" if one.is_over else ": the insurance certificate runs out"
        return told, "ask for a new one"
    if one.about is Deadline.END:
        return (" has lapsed", "renew or retire") if one.is_over else (" ends", "renew")
    if agreement.renewal is not Renewal.TACIT:
        return " takes notice only until then", "decide"
    return " renews itself" + (", as its notice day has passed" if one.is_over else " unless notice is given"), "decide"


def _risk_of(one: Reminder) -> int:
    """What ends a protection comes before what goes on, the last week before the weeks until then."""
    if one.is_over:
        return {Deadline.END: 1, Deadline.INSURANCE: 2, Deadline.NOTICE: 3}[one.about]
    return 1 if one.days <= SOON and one.about is not Deadline.INSURANCE else 2


def _cells(programme: Programme) -> Iterator[Due]:
    for cell in programme.cells:
        if cell.retired is not None or cell.not_escalated:
            continue
        risk = int(cell.severity[1])
        where = cell_name(cell)
        owner = programme.contacts.get(cell.owner or "")
        backup = programme.contacts.get(cell.backup or "")
        if owner is None:
            yield Due(f"{where} has no owner", None, cell, "name an owner", risk, "owner")
        elif owner.retired is not None:
            yield Due(
                f"{where} is owned by {owner.name}, who is no longer in use", None, cell, "name an owner", risk, "owner"
            )
        deputies = (programme.contacts.get(one) for one in cell.deputies)
        behind = any(one is not None and one.retired is None for one in (backup, *deputies))
        if cell.severity in ("S1", "S2") and not behind:
            yield Due(f"{where} has no backup", None, cell, "name a backup", risk + 1, "backup")


def _rights(programme: Programme, today: date) -> Iterator[Due]:
    for right in programme.rights:
        if right.retired is not None:
            continue
        if right.decider is None:
            yield Due(f"Nobody may decide: {right.decision}", None, right, "name a decider", 2, "decider")
        if right.expires is not None and right.expires - today <= RIGHT_WARNING:
            said = "has expired" if right.expires < today else "expires"
            yield Due(
                f"The right “{right.decision}” {said}", end_of(right.expires), right, "renew or retire", 2, "expires"
            )


def _points(programme: Programme, today: date) -> Iterator[Due]:
    """Who is called and cannot be reached, and at low risk the numbers of theirs that nobody can dial."""
    for person_id, importance in importances(programme).items():
        person = programme.contacts.get(person_id)
        if person is None or person.retired is not None or programme.roster.is_duty(person_id):
            continue  # a duty has no number of its own: who takes turns is as important, and asked about
        reached = reachability(person.points, importance, today)
        if reached.reach is Reach.NOT and importance in _CALLED_FOR:
            yield _unreached(person, person.points, importance, reached)
        faults = (fault_of(point, person.country) for point in person.points if is_doubtful(point))
        for fault in filter(None, faults):
            yield Due(f"{person.name}: {fault.rstrip('.')}", None, person, "correct", UNDIALLED, "points")


def _ladders(programme: Programme, today: date) -> Iterator[Due]:
    """The vendors of whose numbers none is believed any more; who has only a portal is asked nothing."""
    for vendor in programme.vendors:
        points = [point for level in vendor.levels for point in level.points]
        if vendor.retired is None and any(rings(point) for point in points):
            reached = reachability(points, Importance.VENDOR, today)
            if reached.reach is Reach.NOT:
                yield _unreached(vendor, points, Importance.VENDOR, reached)


def _unreached(
    holder: Contact | Vendor, points: Sequence[ContactPoint], importance: Importance, reached: Reachability
) -> Due:
    risk = _CALLED_FOR[importance]
    if not any(rings(point) for point in points):
        return Due(f"{holder.name} has no number to call", None, holder, "add a number", risk, "points")
    proved = [day for point in points if rings(point) and (day := next_check(point, importance)) is not None]
    due = end_of(max(proved, default=None))
    return Due(f"{holder.name} cannot be reached: {reached.reason}", due, holder, "verify", risk)


_CALLED_FOR = {
    Importance.S1: 2,
    Importance.S2: 3,
    Importance.VOICE: 3,
    Importance.VENDOR: 4,
    Importance.S3: 4,
    Importance.S4: 5,
}
"""Whom a blocker calls, and how risky it is that they cannot be reached."""


def _deployments(programme: Programme) -> Iterator[Due]:
    for deployment in programme.deployments:
        if deployment.retired is None and deployment.point_of_contact is None:
            yield Due(
                f"{deployment.name} has no single point of contact", None, deployment, "name one", 2, "point_of_contact"
            )
