"""What asks to be done: due, overdue, stale, expiring, without owner. One rule a function, all of them pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from escplaybook.domain.agreements import AgreementState, Renewal, current_end, notice_by, state
from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.identity import Record
from escplaybook.domain.matrix import Place
from escplaybook.domain.naming import cell_name, named
from escplaybook.domain.programme import Programme
from escplaybook.domain.routing import Rung, ladder
from escplaybook.domain.triggers_firing import asks_for, set_off

STALE_AFTER = timedelta(days=90)
"""How long a verified number is believed; the wall matrix and the cards say so beside each number."""

RIGHT_WARNING = timedelta(days=30)
"""How long before a decision right ends it asks for attention."""

CALLED = (PointKind.PHONE, PointKind.MOBILE, PointKind.PAGER, PointKind.BRIDGE)
"""The points an escalation rings; only these go stale, a mailbox bounces by itself."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `due` is None where it should have been done all along; `risk` sorts, 0 first."""

    what: str
    due: datetime | None
    record: Record
    action: str
    risk: int

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time has passed; what has no time is overdue."""
        return self.due is None or self.due <= now


def dues(programme: Programme, now: datetime) -> list[Due]:
    """Everything that asks to be done at `now`, the riskiest and then the earliest first."""
    found = [
        *_blockers(programme, now),
        *_triggers(programme, now),
        *_agreements(programme, now.date()),
        *_cells(programme),
        *_rights(programme, now.date()),
        *_points(programme, now.date()),
        *_deployments(programme),
    ]
    return sorted(found, key=lambda item: (item.risk, item.due or datetime.min.replace(tzinfo=UTC), item.record.key))


def is_stale(point: ContactPoint, today: date) -> bool:
    """Whether nobody has proved this number within STALE_AFTER."""
    return point.kind in CALLED and (point.verified is None or today - point.verified > STALE_AFTER)


def valid_until(points: Iterable[ContactPoint]) -> date | None:
    """The last day on which every one of these numbers that was ever verified is still believed; None if none was.

    The day may lie in the past: then at least one of them is stale already (see `is_stale`).
    """
    proved = [point.verified for point in points if point.kind in CALLED and point.verified is not None]
    return min(proved) + STALE_AFTER if proved else None


def first_called(points: Iterable[ContactPoint]) -> ContactPoint | None:
    """The point to try first: the first that rings, else the first of all."""
    listed = tuple(points)
    return next((point for point in listed if point.kind in CALLED), listed[0] if listed else None)


def blocker_ladder(programme: Programme, blocker: Blocker) -> tuple[Rung, ...]:
    """The ladder a blocker climbs, counted from when the first level was told (else from when it was seen)."""
    return ladder_at(
        programme,
        Place(blocker.severity, blocker.stage, blocker.cause_class, blocker.deployment),
        blocker.notified or blocker.observed,
    )


def ladder_at(programme: Programme, place: Place, at: datetime) -> tuple[Rung, ...]:
    """The programme's ladder at `place` for a blocker raised at `at`."""
    return ladder(
        place,
        at,
        levels=programme.levels,
        cells=programme.cells,
        rights=programme.rights,
        contacts=programme.contacts,
    )


def _blockers(programme: Programme, now: datetime) -> Iterator[Due]:
    for blocker in programme.blockers:
        if blocker.retired is not None or blocker.state is BlockerState.RESOLVED:
            continue
        rungs = blocker_ladder(programme, blocker)
        risk = int(blocker.severity[1]) - 1
        name = f"“{blocker.title}”"
        if blocker.state is BlockerState.RAISED:
            reached = _reached(rungs, now)
            who = reached.answers.name if reached and reached.answers else "nobody"
            by = reached.acknowledge_by if reached else None
            yield Due(f"{name} is not acknowledged; {who} is to answer", by, blocker, "acknowledge", risk)
        else:
            by = rungs[0].resolve_by if rungs else None
            yield Due(f"{name} is acknowledged, not resolved", by, blocker, "resolve", risk + 1)


def _reached(rungs: tuple[Rung, ...], now: datetime) -> Rung | None:
    """The highest level whose clock has started by `now`; the lowest if none has."""
    started = [rung for rung in rungs if rung.starts <= now]
    return started[-1] if started else (rungs[0] if rungs else None)


def _triggers(programme: Programme, now: datetime) -> Iterator[Due]:
    """Escalations that triggers make due, those slept through among them."""
    names = {level.rank: level.name for level in programme.levels if level.retired is None}
    for blocker in programme.blockers:
        if blocker.retired is not None or blocker.state is BlockerState.RESOLVED:
            continue
        zone = next((one.zone for one in programme.deployments if one.id == blocker.deployment), "UTC")
        for firing in asks_for(set_off(programme.triggers, blocker, now), now):
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
        if agreement.retired is not None or vendor.retired is not None:
            continue
        title = agreement.title or f"{agreement.kind} agreement"
        name = title if vendor.name in title else f"{vendor.name}: {title}"
        end, notice = current_end(agreement, today), notice_by(agreement, today)
        match state(agreement, today):
            case AgreementState.LAPSED:
                yield Due(f"{name} has lapsed", _end_of(end), agreement, "renew or retire", 1)
            case AgreementState.NOTICE_WINDOW:
                tacit = agreement.renewal is Renewal.TACIT
                told = "renews itself unless notice is given" if tacit else "takes notice only until then"
                yield Due(f"{name} {told}", _end_of(notice), agreement, "decide", 2)
            case AgreementState.EXPIRING:
                yield Due(f"{name} ends", _end_of(end), agreement, "renew", 2)
            case AgreementState.UNSIGNED:
                yield Due(f"{name} is not signed", None, agreement, "have it signed", 2)
            case _:
                pass
        if agreement.insurance_until is not None and agreement.insurance_until < today:
            until = _end_of(agreement.insurance_until)
            yield Due(f"{name}: the insurance certificate has run out", until, agreement, "ask for a new one", 2)


def _cells(programme: Programme) -> Iterator[Due]:
    for cell in programme.cells:
        if cell.retired is not None or cell.not_escalated:
            continue
        risk = int(cell.severity[1])
        where = cell_name(cell)
        owner = programme.contacts.get(cell.owner or "")
        backup = programme.contacts.get(cell.backup or "")
        if owner is None:
            yield Due(f"{where} has no owner", None, cell, "name an owner", risk)
        elif owner.retired is not None:
            yield Due(f"{where} is owned by {owner.name}, who is no longer in use", None, cell, "name an owner", risk)
        if cell.severity in ("S1", "S2") and (backup is None or backup.retired is not None):
            yield Due(f"{where} has no backup", None, cell, "name a backup", risk + 1)


def _rights(programme: Programme, today: date) -> Iterator[Due]:
    for right in programme.rights:
        if right.retired is not None:
            continue
        if right.decider is None:
            yield Due(f"Nobody may decide: {right.decision}", None, right, "name a decider", 2)
        if right.expires is not None and right.expires - today <= RIGHT_WARNING:
            said = "has expired" if right.expires < today else "expires"
            yield Due(f"The right “{right.decision}” {said}", _end_of(right.expires), right, "renew or retire", 2)


def _points(programme: Programme, today: date) -> Iterator[Due]:
    """One line a person who is named in the matrix and of whom no number is known to work."""
    for person, risk in _named(programme):
        called = [point for point in person.points if point.kind in CALLED]
        if person.retired is not None or (called and not all(is_stale(point, today) for point in called)):
            continue
        proved = [point.verified for point in called if point.verified is not None]
        if not called:
            yield Due(f"{person.name} has no number to call", None, person, "add a number", risk)
        elif proved:
            yield Due(
                f"{person.name}: no number verified for {(today - max(proved)).days} days",
                _end_of(max(proved) + STALE_AFTER),
                person,
                "verify",
                risk,
            )
        else:
            yield Due(f"{person.name}: no number was ever verified", None, person, "verify", risk)


def _named(programme: Programme) -> list[tuple[Contact, int]]:
    """The people the matrix names and the worst severity they stand at, as a risk."""
    worst: dict[str, int] = {}
    for cell in programme.cells:
        if cell.retired is None and not cell.not_escalated:
            for person in (cell.owner, cell.backup):
                if person is not None:
                    worst[person] = min(worst.get(person, 9), int(cell.severity[1]) + 1)
    return [(programme.contacts[person], risk) for person, risk in worst.items() if person in programme.contacts]


def _deployments(programme: Programme) -> Iterator[Due]:
    for deployment in programme.deployments:
        if deployment.retired is None and deployment.point_of_contact is None:
            yield Due(f"{deployment.name} has no single point of contact", None, deployment, "name one", 2)


def _end_of(day: date | None) -> datetime | None:
    """The last moment of a day, in UTC; a contract's day has no zone of its own."""
    return None if day is None else datetime.combine(day, time(23, 59, 59), UTC)
