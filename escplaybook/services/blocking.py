"""Blockers at hand: raised, acknowledged, resolved. Their times only move forward; nothing of them is undone."""

from dataclasses import replace
from datetime import datetime

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.causes import checked_sub_class
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.impact import settled, thresholds_of
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.living_matrix import raised_under
from escplaybook.domain.uses import Outcome
from escplaybook.services import editing
from escplaybook.services.using import use_of
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.programme import programme
from escplaybook.store.uses import uses_on


def raise_blocker(book: Book, blocker: Blocker, now: datetime, *, author: str | None = None) -> Blocker:
    """Put a blocker into the book; returns it with its key. It works by the edition of the matrix that holds now.

    Raises InvalidRecord if its severity is another than its impact gives and nobody says why, or if its cause class has
    no such sub-class.
    """
    found = programme(book)
    named = checked_sub_class(found.sub_classes, blocker.cause_class, blocker.sub_class)
    blocker = raised_under(found, replace(blocker, sub_class=named), now)
    if blocker.impact is not None:
        limits = thresholds_of(found.severities)
        blocker = replace(blocker, impact=settled(blocker.impact, blocker.severity, blocker.stage, limits))
    (stored,) = editing.apply(book, f"Raise “{blocker.title}”", Edit(None, blocker), now=now, author=author)
    assert isinstance(stored.after, Blocker)
    return stored.after


def acknowledge(
    book: Book, blocker: Blocker, now: datetime, by: Contact | None = None, *, author: str | None = None
) -> Blocker:
    """Somebody takes it. The first acknowledgement never moves: a second one is refused."""
    if blocker.acknowledged is not None:
        raise InvalidRecord(f"{blocker.key} was acknowledged already, at {blocker.acknowledged:%d %b %H:%M} UTC.")
    after = replace(
        blocker, acknowledged=now, acknowledged_by=by.id if by else None, owner=by.id if by else blocker.owner
    )
    return _store(book, f"Acknowledge {blocker.key}", blocker, after, now, author)


def resolve(
    book: Book,
    blocker: Blocker,
    now: datetime,
    resolution: str = "",
    entry: Entry | None = None,
    *,
    outcome: Outcome = Outcome.WORKED,
    author: str | None = None,
) -> Blocker:
    """Its impact has ended; says how, and which known blocker was used with what outcome. A resolved one is refused.

    The use is recorded in the same stroke, unless one of this known blocker was recorded for the blocker before.
    """
    if blocker.resolved is not None:
        raise InvalidRecord(f"{blocker.key} was resolved already, at {blocker.resolved:%d %b %H:%M} UTC.")
    after = replace(
        blocker,
        resolved=now,
        resolution=resolution or blocker.resolution,
        entry=entry.id if entry else blocker.entry,
    )
    used = [] if entry is None else _use(book, blocker, entry, outcome, after.resolution, now, author)
    return _store(book, f"Resolve {blocker.key}", blocker, after, now, author, *used)


def use(book: Book, blocker: Blocker, now: datetime, entry: Entry | None, *, author: str | None = None) -> Blocker:
    """This known blocker is the one that is met here; None takes it back."""
    reason = f"Use {entry.key} for {blocker.key}" if entry else f"Use no known blocker for {blocker.key}"
    return _store(book, reason, blocker, replace(blocker, entry=entry.id if entry else None), now, author)


def work_by(
    book: Book, blocker: Blocker, now: datetime, edition: Edition | None, *, author: str | None = None
) -> Blocker:
    """From now on an open blocker is answered by that edition, by the matrix as it stands if None; returns it.

    Its log keeps by which it was answered before; another such step takes it back there.
    Raises InvalidRecord if the edition is not effective, is another deployment's, or nothing would change.
    """
    said = f"edition {edition.number}" if edition is not None else "the matrix as it stands"
    if blocker.resolved is not None:
        raise InvalidRecord(f"{blocker.key} was resolved; what it was answered by stays as it is.")
    if blocker.edition == (edition.id if edition is not None else None):
        raise InvalidRecord(f"{blocker.key} works by {said} already; nothing was changed.")
    if edition is not None and (edition.effective is None or edition.effective > now):
        raise InvalidRecord(f"{edition.key} is not effective, so nobody can work by it yet; nothing was changed.")
    if edition is not None and edition.deployment not in (None, blocker.deployment):
        raise InvalidRecord(f"{edition.key} is of another deployment; nothing was changed.")
    after = replace(blocker, edition=edition.id if edition is not None else None)
    return _store(book, f"Work by {said} on {blocker.key}", blocker, after, now, author)


def _use(
    book: Book, blocker: Blocker, entry: Entry, outcome: Outcome, note: str, now: datetime, author: str | None
) -> list[Edit]:
    if any(use.entry == entry.id for use in uses_on(book, blocker.id)):
        return []
    where = records.find(book, Deployment, blocker.deployment) if blocker.deployment else None
    by = author or default_author()
    environment = where.name if where is not None else ""
    return [Edit(None, use_of(entry, outcome, now, by=by, environment=environment, note=note, blocker=blocker))]


def _store(
    book: Book, reason: str, before: Blocker, after: Blocker, now: datetime, author: str | None, *more: Edit
) -> Blocker:
    edit = Edit(before, replace(after, updated=now))
    stored, *_ = editing.apply(book, reason, edit, *more, now=now, author=author)
    assert isinstance(stored.after, Blocker)
    return stored.after
