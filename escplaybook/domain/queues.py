"""What in the knowledge waits for somebody: no workaround, failed, to be reviewed, never reused, notes adrift."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from escplaybook.domain.classification import Severity
from escplaybook.domain.confidence import confidence_of, counted, days_ago, has_resolution, open_failure
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Outcome, Use, wording_of


class Queue(StrEnum):
    """A queue, in the order in which they are worked off."""

    FAILED = "failed"
    NEEDS_REVIEW = "needs review"
    NO_WORKAROUND = "no workaround"
    ORPHANED_NOTES = "orphaned notes"
    NEVER_REUSED = "never reused"


@dataclass(frozen=True, slots=True)
class Queued:
    """An entry in a queue, and why in a sentence."""

    queue: Queue
    entry: Entry
    why: str


STALE_AFTER = timedelta(days=180)
STALE_AFTER_AT_RISK = timedelta(days=90)
"""How long an entry may stand without anybody using or changing it before somebody should look; shorter for S1, S2."""

AT_RISK = (Severity.S1, Severity.S2)


def queues(
    entries: Iterable[Entry],
    uses: Mapping[str, Sequence[Use]],
    now: datetime,
    orphaned: Collection[str] = frozenset(),
) -> list[Queued]:
    """Every queue with its entries, one after the other; an entry may stand in several.

    `uses` are by the id of their entry; `orphaned` are the ids of entries whose notes have lost their passage. Failures
    come the latest first, everything else by risk (severity), then by use: what is leant on most stands on top.
    """
    found: dict[Queue, list[tuple[Entry, Sequence[Use]]]] = {queue: [] for queue in Queue}
    for entry in entries:
        its_uses = uses.get(entry.id, ())
        for queue in queues_of(entry, its_uses, now, has_orphans=entry.id in orphaned):
            found[queue].append((entry, its_uses))
    return [
        Queued(queue, entry, why(queue, entry, its_uses, now))
        for queue, waiting in found.items()
        for entry, its_uses in sorted(waiting, key=lambda pair: _rank(queue, *pair))
    ]


def queues_of(entry: Entry, uses: Iterable[Use], now: datetime, *, has_orphans: bool = False) -> tuple[Queue, ...]:
    """The queues that the entry stands in at `now`."""
    uses = counted(uses)
    standing = set(lasting_queues_of(entry, uses, has_orphans=has_orphans))
    if entry.retired is None and is_stale(entry.severity, reviewed(entry, uses), now):
        standing.add(Queue.NEEDS_REVIEW)
    return tuple(queue for queue in Queue if queue in standing)


def lasting_queues_of(entry: Entry, uses: Iterable[Use], *, has_orphans: bool = False) -> tuple[Queue, ...]:
    """The queues it stands in on any day; what has grown stale (`is_stale`) comes on top of them."""
    if entry.retired is not None:
        return ()
    uses = counted(uses)
    standing = {
        Queue.FAILED: open_failure(entry, uses) is not None,
        Queue.NEEDS_REVIEW: bool(_doubts(entry, uses)),
        Queue.NO_WORKAROUND: not entry.workaround,
        Queue.ORPHANED_NOTES: has_orphans,
        Queue.NEVER_REUSED: has_resolution(entry) and all(use.outcome is Outcome.NOT_APPLICABLE for use in uses),
    }
    return tuple(queue for queue, holds in standing.items() if holds)


def reviewed(entry: Entry, uses: Iterable[Use]) -> datetime:
    """When somebody last looked at it closely: by changing or by using it."""
    return max([entry.updated, *(use.at for use in uses if use.retired is None)])


def is_stale(severity: str | None, reviewed: datetime, now: datetime) -> bool:
    """Whether an entry of that severity has stood too long without anybody using or changing it."""
    return reviewed < now - (STALE_AFTER_AT_RISK if severity in AT_RISK else STALE_AFTER)


def why(queue: Queue, entry: Entry, uses: Iterable[Use], now: datetime) -> str:
    """Why the entry stands in that queue."""
    uses = counted(uses)
    match queue:
        case Queue.FAILED:
            failure = open_failure(entry, uses)
            note = f": {failure.note.strip()}" if failure is not None and failure.note.strip() else ""
            return confidence_of(entry, uses, now).sentence.removesuffix(".") + note
        case Queue.NEEDS_REVIEW:
            doubts = _doubts(entry, uses)
            last = reviewed(entry, uses)
            if is_stale(entry.severity, last, now):
                doubts.append(f"nobody has used or changed it for {(now - last).days} days")
            return _joined(doubts)
        case Queue.NO_WORKAROUND:
            return (
                "There is a remedy, but nothing to tide people over" if has_resolution(entry) else "Nothing helps yet"
            )
        case Queue.ORPHANED_NOTES:
            return "A mentor’s note has lost the passage it was about"
        case Queue.NEVER_REUSED:
            return f"Written down {days_ago(entry.created, now)}, and nobody has recorded a use"


def _doubts(entry: Entry, uses: Sequence[Use]) -> list[str]:
    """What makes a closer look worth while on any day. `uses` are in order and count."""
    doubts = []
    telling = [use for use in uses if use.outcome is not Outcome.NOT_APPLICABLE]
    if telling and telling[-1].outcome is Outcome.PARTLY:
        doubts.append(f"it worked only partly for {telling[-1].by}")
    if telling and telling[-1].wording not in ("", wording_of(entry)):
        doubts.append("its remedy was changed since it was last used")
    if len(uses) >= 2 and all(use.outcome is Outcome.NOT_APPLICABLE for use in uses[-2:]):
        doubts.append("twice running it turned out to be another blocker, so its symptoms mislead")
    return doubts


def _joined(doubts: Sequence[str]) -> str:
    told = "; ".join(doubts)
    return told[:1].upper() + told[1:]


def _rank(queue: Queue, entry: Entry, uses: Sequence[Use]) -> tuple[object, ...]:
    uses = counted(uses)
    if queue is Queue.FAILED:
        failure = open_failure(entry, uses)
        assert failure is not None
        return (-failure.at.timestamp(), entry.key)
    return (entry.severity or "S5", -len(uses), entry.created, entry.key)
