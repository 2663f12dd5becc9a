"""Using known blockers: recording what came of it, and what that says of their remedies."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.confidence import Confidence, confidence_of
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.queues import Queued, queues
from escplaybook.domain.uses import Outcome, Tick, Use, wording_of
from escplaybook.services import editing
from escplaybook.services.annotating import orphaned
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.uses import uses_by_entry, uses_of

SAID = {
    Outcome.WORKED: "worked",
    Outcome.PARTLY: "worked only partly",
    Outcome.FAILED: "failed",
    Outcome.NOT_APPLICABLE: "did not apply",
}
"""What a known blocker did, in a sentence."""


def use_of(
    entry: Entry,
    outcome: Outcome,
    now: datetime,
    *,
    by: str = "",
    at: datetime | None = None,
    environment: str = "",
    note: str = "",
    blocker: Blocker | None = None,
    ticks: Iterable[Tick] = (),
) -> Use:
    """A use of the remedy as it reads now, by the login name and just now unless said otherwise.

    Raises InvalidRecord if it is said to have happened after `now`.
    """
    if at is not None and at > now:
        raise InvalidRecord("A use that is still to come tells nothing; nothing was recorded. Say when it happened.")
    return Use(
        id=new_id(now),
        entry=entry.id,
        outcome=outcome,
        by=by or default_author(),
        at=at or now,
        created=now,
        updated=now,
        environment=environment,
        note=note,
        blocker=blocker.id if blocker is not None else None,
        ticks=tuple(sorted(ticks, key=lambda tick: tick.number)),
        wording=wording_of(entry),
    )


def record(book: Book, entry: Entry, use: Use, now: datetime, *, author: str | None = None) -> Use:
    """Put a use of `entry` into the book; returns it with its key. The entry's confidence follows at once."""
    reason = f"Record that {entry.key} {SAID[use.outcome]}"
    (stored,) = editing.apply(book, reason, Edit(None, use), now=now, author=author)
    assert isinstance(stored.after, Use)
    return stored.after


def taken_back(use: Use, now: datetime) -> Edit:
    """The edit for a use that was recorded by mistake: it stays in the book and counts no more."""
    return Edit(use, replace(use, retired=now, updated=now))


def take_back(book: Book, use: Use, now: datetime) -> Use:
    """It was recorded by mistake (see `taken_back`); returns it as it is now."""
    (stored,) = editing.apply(book, f"Take back the use {use.key}", taken_back(use, now), now=now)
    assert isinstance(stored.after, Use)
    return stored.after


def ticked(entry: Entry, number: int, at: datetime, evidence: str = "") -> Tick:
    """A tick of the entry's step `number`, counted from 1. Raises InvalidRecord if there is no such step."""
    if not 1 <= number <= len(entry.steps):
        steps = f"steps 1 to {len(entry.steps)}" if entry.steps else "no steps"
        raise InvalidRecord(f"{entry.key} has {steps}, so step {number} cannot be ticked; nothing was recorded.")
    return Tick(number, entry.steps[number - 1].action, at, evidence)


def confidence(book: Book, entry: Entry, now: datetime) -> Confidence:
    """How far the remedy of an entry can be trusted."""
    return confidence_of(entry, uses_of(book, entry.id), now)


def waiting(book: Book, now: datetime) -> list[Queued]:
    """Every queue of the knowledge with what waits in it, as `domain.queues` orders them."""
    adrift = {entry.id for entry, _ in orphaned(book)}
    return queues(records.everything(book, Entry), uses_by_entry(book), now, adrift)
