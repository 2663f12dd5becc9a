"""How far a contact point is believed: by whom it is needed, when it is to be proved again, who can be reached."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor

CALLED = (PointKind.PHONE, PointKind.MOBILE, PointKind.PAGER, PointKind.BRIDGE)
"""The points an escalation rings; only these go stale by themselves, a mailbox bounces."""


class Importance(IntEnum):
    """What hangs on reaching somebody; the lower, the more. It is also the order of a verification round."""

    S1 = 1
    S2 = 2
    VOICE = 3
    VENDOR = 4
    S3 = 5
    RIGHT = 6
    S4 = 7
    NOBODY = 8

    @property
    def words(self) -> str:
        """Why somebody is called, as a list says it."""
        return _WORDS[self]

    @property
    def interval(self) -> timedelta:
        """How long a proof that a number rings is believed.

        The days are this program's own choice: plan maintenance in NIST SP 800-34 asks only that contact lists be
        kept current. S1 is asked soonest, as a wrong number costs its first quarter of an hour; what is called by
        day and rarely may wait longer.
        """
        return _INTERVALS[self]


_WORDS = {
    Importance.S1: "called for S1",
    Importance.S2: "called for S2",
    Importance.VOICE: "speaks to people outside",
    Importance.VENDOR: "vendor’s ladder",
    Importance.S3: "called for S3",
    Importance.RIGHT: "may decide",
    Importance.S4: "called for S4",
    Importance.NOBODY: "named nowhere",
}
_INTERVALS = {
    Importance.S1: timedelta(days=60),
    Importance.S2: timedelta(days=90),
    Importance.VOICE: timedelta(days=90),
    Importance.VENDOR: timedelta(days=90),
    Importance.S3: timedelta(days=120),
    Importance.RIGHT: timedelta(days=120),
    Importance.S4: timedelta(days=120),
    Importance.NOBODY: timedelta(days=180),
}

WRITTEN_TO = timedelta(days=365)
"""How long an address or a mailing list is believed, whoever needs it: it says by itself when it has gone."""

Importances = Mapping[str, Importance]
"""What hangs on each contact and vendor, by id; who is not in it is named nowhere."""


class Reach(StrEnum):
    """Whether somebody can be reached: by every number, by some, by none that is believed."""

    READY = "ready"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Reachability:
    """How far somebody can be reached and why. `since` is the day of the evidence it rests on, None without any."""

    reach: Reach
    reason: str
    since: date | None = None

    def __str__(self) -> str:
        return f"{self.reach.capitalize()}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Check:
    """A point that is to be proved again, and whose it is. `level` names the rung of a vendor's ladder."""

    holder: Contact | Vendor
    point: ContactPoint
    importance: Importance
    level: str = ""

    @property
    def id(self) -> str:
        """What tells it from the others: a number that two rungs share is proved once."""
        return f"{self.holder.id} {self.point.kind} {self.point.value}"


def importances(found: Programme, deputies: Mapping[str, str | None] | None = None) -> Importances:
    """What hangs on everyone the programme names; of several things the weightiest.

    Whoever stands in, as deputy or in a rotation, is as important as those they stand in for. `deputies` are all
    deputies by contact, where `found` was read without its contacts.
    """
    held: dict[str, Importance] = {}
    for named, importance in _named(found):
        if named is not None:
            held[named] = min(held.get(named, Importance.NOBODY), importance)
    if deputies is None:
        deputies = {person.id: person.deputy for person in found.contacts.values()}
    stands_in: dict[str, list[str]] = {person: [deputy] for person, deputy in deputies.items() if deputy}
    for rotation in found.rotations:
        if rotation.retired is None:
            members = [member for shift in rotation.shifts for member in shift.members]
            stands_in[rotation.contact] = [*stands_in.get(rotation.contact, ()), *members]
    waiting = sorted(held, key=lambda person: held[person])
    while waiting:  # the weightiest first, so nobody is looked at twice for the same weight
        person = waiting.pop(0)
        for other in stands_in.get(person, ()):
            if held.get(other, Importance.NOBODY) > held[person]:
                held[other] = held[person]
                waiting.append(other)
    return held


def next_check(point: ContactPoint, importance: Importance) -> date | None:
    """The last day on which the point's proof is believed; None if there is none: never proved, or failed since."""
    if point.verified is None or is_failed(point):
        return None
    return point.verified + (importance.interval if rings(point) else WRITTEN_TO)


def is_stale(point: ContactPoint, importance: Importance, today: date) -> bool:
    """Whether nobody may rely on it: it failed, or it rings and nobody has proved lately that it does."""
    if is_failed(point):
        return True
    until = next_check(point, importance)
    return rings(point) and (until is None or until < today)


def is_failed(point: ContactPoint) -> bool:
    """Whether it was tried in vain and has not been proved since."""
    return point.failed is not None and (point.verified is None or point.verified <= point.failed)


def rings(point: ContactPoint) -> bool:
    """Whether an escalation rings it; else somebody writes to it."""
    return point.kind in CALLED


def valid_until(points: Iterable[tuple[ContactPoint, Importance]]) -> date | None:
    """The last day on which every one of these numbers that was proved is still believed; None if none was.

    The day may lie in the past: then at least one of them is stale already (see `is_stale`).
    """
    days = (next_check(point, importance) for point, importance in points if rings(point))
    return min((day for day in days if day is not None), default=None)


def proof_words(point: ContactPoint, importance: Importance, today: date) -> str:
    """How far it is believed, in words: “verified 94 days ago, out of date”, “failed yesterday (engaged)”."""
    if is_failed(point) and point.failed is not None:
        why = f" ({point.failed_how})" if point.failed_how else ""
        return f"failed {days_ago(point.failed, today)}{why}"
    if point.verified is None:
        return "never verified"
    said = f"verified {days_ago(point.verified, today)}"
    return f"{said}, out of date" if is_stale(point, importance, today) else said


def proof_on_paper(point: ContactPoint, importance: Importance, today: date) -> tuple[str, bool]:
    """How far it is believed, and whether that is to be loud: nobody may rely on it any more.

    In days, as “yesterday” would be another day for whoever reads the paper later.
    """
    if is_failed(point) and point.failed is not None:
        return f"FAILED {_counted(point.failed, today)}", True
    if is_stale(point, importance, today):
        days = (today - point.verified).days if point.verified else 0
        return (f"NOT verified for {days} days" if days else "NEVER verified", True)
    return (f"verified {_counted(point.verified, today)}" if point.verified else "never verified"), False


def days_ago(day: date, today: date) -> str:
    """“today”, “yesterday”, “94 days ago”."""
    days = (today - day).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def reachability(points: Iterable[ContactPoint], importance: Importance, today: date) -> Reachability:
    """Whether somebody with these points can be reached on `today`, by what was proved of them."""
    listed = tuple(points)
    called = [point for point in listed if rings(point)]
    believed = [point for point in called if not is_stale(point, importance, today)]
    proved = sorted(day for point in believed if (day := point.verified) is not None)
    if not called:
        return _reached_in_writing(listed, importance, today)
    if len(believed) == len(called):
        return Reachability(Reach.READY, _count_words(proved, today), proved[0])
    if not believed:
        return _not_reached(called, importance, today)
    trouble = next(point for point in called if point not in believed)
    first = believed[0]
    words = [f"{point.kind} {proof_words(point, importance, today)}" for point in (first, trouble)]
    return Reachability(Reach.PARTLY, "; ".join(words), first.verified)


def checks(found: Programme, today: date) -> list[Check]:
    """A verification round: everything that is to be proved again, the riskiest first.

    Of two that are equally important what failed comes before what was never proved, and that before what is out of
    date, the oldest first; addresses come after the numbers. What is written to and named nowhere is left alone.
    """
    listed: dict[str, Check] = {}
    for check in every_point(found):
        if _asks(check, today):
            listed.setdefault(check.id, check)
    return sorted(listed.values(), key=_risk)


def every_point(found: Programme) -> Iterator[Check]:
    """Every point of everyone in use, with what hangs on it."""
    weights = importances(found)
    for person in found.contacts.values():
        if person.retired is None:
            importance = weights.get(person.id, Importance.NOBODY)
            yield from (Check(person, point, importance) for point in person.points)
    for vendor in found.vendors:
        if vendor.retired is None:
            for level in vendor.levels:
                yield from (Check(vendor, point, Importance.VENDOR, level.name) for point in level.points)


def verified(point: ContactPoint, today: date, how: str, by: str) -> ContactPoint:
    """The point, proved to work."""
    return replace(point, verified=today, verified_how=how, verified_by=by, failed=None, failed_how="")


def failed(point: ContactPoint, today: date, why: str) -> ContactPoint:
    """The point, tried in vain; when it worked last is kept."""
    return replace(point, failed=today, failed_how=why)


def corrected(point: ContactPoint, value: str) -> ContactPoint:
    """The point with another value, which nobody has proved yet."""
    if value == point.value:
        return point
    unproved = replace(point, verified=None, verified_how="", verified_by="", failed=None, failed_how="")
    return replace(unproved, value=value)


def _counted(day: date, today: date) -> str:
    days = (today - day).days
    return "today" if days <= 0 else f"{days} day{'' if days == 1 else 's'} ago"


def _named(found: Programme) -> Iterator[tuple[str | None, Importance]]:
    for cell in found.cells:
        if cell.retired is None and not cell.not_escalated:
            yield from ((person, _OF_SEVERITY[cell.severity]) for person in cell.people)
    for deployment in found.deployments:
        if deployment.retired is None:
            yield from ((person, Importance.VOICE) for person in (deployment.point_of_contact, deployment.deputy))
    for voice in found.points_of_contact:
        if voice.retired is None:
            yield from ((person, Importance.VOICE) for person in (voice.person, voice.deputy))
    for right in found.rights:
        if right.retired is None:
            yield from ((person, Importance.RIGHT) for person in (right.decider, right.alternate))
    yield from ((vendor.id, Importance.VENDOR) for vendor in found.vendors if vendor.retired is None)


_OF_SEVERITY = {
    Severity.S1: Importance.S1,
    Severity.S2: Importance.S2,
    Severity.S3: Importance.S3,
    Severity.S4: Importance.S4,
}


def _asks(check: Check, today: date) -> bool:
    if rings(check.point) or is_failed(check.point):
        return is_stale(check.point, check.importance, today)
    until = next_check(check.point, check.importance)
    return check.importance is not Importance.NOBODY and (until is None or until < today)


def _risk(check: Check) -> tuple[bool, Importance, bool, date, str, str]:
    proved = check.point.verified or date.min
    return (
        not rings(check.point),
        check.importance,
        not is_failed(check.point),
        proved,
        check.holder.name,
        check.point.value,
    )


def _reached_in_writing(points: Iterable[ContactPoint], importance: Importance, today: date) -> Reachability:
    proved = [point for point in points if (until := next_check(point, importance)) is not None and until >= today]
    if not proved:
        return Reachability(Reach.NOT, "no number to call")
    first = proved[0]
    words = f"no number to call; {first.kind} {proof_words(first, importance, today)}"
    return Reachability(Reach.PARTLY, words, first.verified)


def _not_reached(called: list[ContactPoint], importance: Importance, today: date) -> Reachability:
    tried = [point for point in called if is_failed(point)]
    proved = [point for point in called if point.verified is not None]
    if not tried and not proved:
        return Reachability(Reach.NOT, "no number was ever verified")
    told = max(tried, key=_failed_on) if tried else max(proved, key=_verified_on)
    since = told.failed if tried else told.verified
    return Reachability(Reach.NOT, f"{told.kind} {proof_words(told, importance, today)}", since)


def _failed_on(point: ContactPoint) -> date:
    return point.failed or date.min


def _verified_on(point: ContactPoint) -> date:
    return point.verified or date.min


def _count_words(proved: list[date], today: date) -> str:
    """“one number verified today”, “two numbers verified, the older 12 days ago”; `proved` begins with the oldest."""
    count = len(proved)
    if count == 1:
        return f"one number verified {days_ago(proved[0], today)}"
    words = ("two", "three", "four", "five", "six")
    said = words[count - 2] if count - 2 < len(words) else str(count)
    return f"{said} numbers verified, the {'older' if count == 2 else 'oldest'} {days_ago(proved[0], today)}"
