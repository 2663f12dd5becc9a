"""The weekly review of the matrix: what changed since the last, what went stale, what the audit found; one sign-off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.audit import Finding, audit, standing
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.due import Due
from escplaybook.domain.dues import dues
from escplaybook.domain.dues_matrix import WEEK
from escplaybook.domain.edition_diff import Difference, differences
from escplaybook.domain.editions import MatrixReview, effective_at
from escplaybook.domain.errors import NotFound
from escplaybook.domain.gate import Gate, gate, gates
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import as_of, living
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.programme import Programme, stages_of
from escplaybook.domain.vendors import Vendor
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.editions import programme_before
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme

_STALE = (Agreement, Cell, Contact, DecisionRight, Deployment, Vendor)
"""The kinds that go stale by themselves; blockers and questions are at hand every day, not once a week."""


@dataclass(frozen=True, slots=True)
class Week:
    """What happened since `since`. `last` is the review of then.

    Where there was none, it is since the effective edition came into force, else since a week ago.
    """

    since: datetime
    last: MatrixReview | None
    changes: tuple[Difference, ...]
    stale: tuple[Due, ...]
    findings: tuple[Finding, ...]

    @property
    def points(self) -> "tuple[Point, ...]":
        """Everything to look at, one after the other."""
        parts: tuple[tuple[Part, tuple[Any, ...]], ...] = (
            (Part.CHANGED, self.changes),
            (Part.STALE, self.stale),
            (Part.FOUND, self.findings),
        )
        return tuple(Point(part, one) for part, some in parts for one in some)


class Part(StrEnum):
    """Why something is looked at: somebody changed it, time went over it, a rule objects to it."""

    CHANGED = "changed"
    STALE = "stale"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at in a review; `of` is the difference, the thing due or the finding."""

    part: Part
    of: Any

    @property
    def id(self) -> str:
        """What tells it from the others. What is changed once more is to be looked at once more."""
        match self.of:
            case Difference() as one:
                about = "" if one.record is None else one.record.id
                return " ".join((self.part, about, one.change, one.field, one.words))
            case Due() as one:
                return " ".join((self.part, *_identity(one)))
        return f"{self.part} {self.of.id}"

    @property
    def words(self) -> str:
        """The sentence, without its full stop."""
        told: str = self.of.words if isinstance(self.of, Difference) else self.of.what
        return told[:1].upper() + told[1:]

    @property
    def due(self) -> Due | None:
        """What leads to the place where it is mended; None where there is only something to read."""
        match self.of:
            case Due() as one:
                return one
            case Finding() as one:
                return one.due
        return None


class Seen:
    """Which points of the running review were looked at; kept beside the book, so that it may be left and resumed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def of(self, found: Week) -> frozenset[str]:
        """The ids of those that were looked at since the last review was signed."""
        kept = self._memory.recall(_SEEN, {})
        is_same = kept.get("after") == _after(found)
        return frozenset(one.id for one in found.points) & frozenset(kept["seen"]) if is_same else frozenset()

    def mark(self, found: Week, points: Iterable[Point], *, seen: bool) -> None:
        """Note that these were looked at, or are to be looked at again."""
        ids = {one.id for one in points}
        kept = self.of(found) | ids if seen else self.of(found) - ids
        self._memory.remember(_SEEN, {"after": _after(found), "seen": sorted(kept)})


_SEEN = "weekly review"


def week(book: Book, now: datetime) -> Week:
    """What is to be looked at in this week's review: only what is new since the last."""
    found = programme(book)
    signed = [one for one in found.matrix_reviews if one.retired is None and one.at <= now]
    last = max(signed, key=lambda one: one.at, default=None)
    edition = effective_at(found.editions, now)
    if last is not None:
        since, before = last.at, programme_before(book, last.at)
    elif edition is not None and edition.effective is not None:
        since, before = edition.effective, as_of(found, now)
    else:
        since, before = now - WEEK, programme_before(book, now - WEEK)
    asked = {_identity(one) for one in dues(found, since)}
    stale = [one for one in dues(found, now) if isinstance(one.record, _STALE) and _identity(one) not in asked]
    known = {one.id for one in standing(audit(before, since))}
    findings = [one for one in standing(audit(found, now)) if one.id not in known]
    return Week(since, last, differences(living(before), living(found), found), tuple(stale), tuple(findings))


def sign(book: Book, by: Contact, now: datetime, note: str = "") -> MatrixReview:
    """Somebody has looked at the week; returns the review as stored."""
    return cast(MatrixReview, editing.add(book, review_of(by, now, note), now))


def review_of(by: Contact, now: datetime, note: str = "") -> MatrixReview:
    """The review by which somebody says to have looked at the week."""
    return MatrixReview(id=new_id(now), by=by.id, at=now, created=now, updated=now, note=note.strip())


def reviews_of(found: Programme) -> list[MatrixReview]:
    """The reviews that were signed, the latest first."""
    signed = (one for one in found.matrix_reviews if one.retired is None)
    return sorted(signed, key=lambda one: one.at, reverse=True)


def usual_signer(found: Programme, author: str) -> Contact | None:
    """Who signs, if nobody says otherwise: whoever sits here, by name, else whoever signed last; None if neither is."""
    last = [found.contacts[one.by] for one in reviews_of(found)[:1] if one.by in found.contacts]
    here = [one for one in found.contacts.values() if one.name.casefold() == author.casefold()]
    return next((one for one in (*here, *last) if one.retired is None), None)


def gate_of(book: Book, deployment: Deployment, stage: str, now: datetime) -> Gate:
    """Whether the deployment may enter the stage. Raises NotFound if there is no such stage."""
    found = programme(book)
    stages = stages_of(found, deployment.id)
    known = next((one for one in stages if one.casefold() == stage.casefold()), None)
    if known is None:
        raise NotFound(f"{deployment.name} has no stage “{stage}”; there are {', '.join(stages)}.")
    return gate(found, deployment, known, now)


def gates_of(book: Book, deployment: Deployment, now: datetime) -> tuple[Gate, ...]:
    """The gate before each of the deployment's stages, in their order."""
    return gates(programme(book), deployment, now)


def _after(found: Week) -> str:
    """The review after which this one begins."""
    return "" if found.last is None else found.last.id


def _identity(due: Due) -> tuple[str, str, str]:
    return due.record.id, due.action, due.field
