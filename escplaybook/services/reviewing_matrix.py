"""The weekly review of the matrix: what changed since the last, what went stale, what the audit found; one sign-off."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

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
from escplaybook.domain.gate import Gate, gate
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import as_of, living
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.programme import stages_of
from escplaybook.domain.vendors import Vendor
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.editions import programme_before
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
    review = MatrixReview(id=new_id(now), by=by.id, at=now, created=now, updated=now, note=note.strip())
    return cast(MatrixReview, editing.add(book, review, now))


def gate_of(book: Book, deployment: Deployment, stage: str, now: datetime) -> Gate:
    """Whether the deployment may enter the stage. Raises NotFound if there is no such stage."""
    found = programme(book)
    stages = stages_of(found, deployment.id)
    known = next((one for one in stages if one.casefold() == stage.casefold()), None)
    if known is None:
        raise NotFound(f"{deployment.name} has no stage “{stage}”; there are {', '.join(stages)}.")
    return gate(found, deployment, known, now)


def _identity(due: Due) -> tuple[str, str, str]:
    return due.record.id, due.action, due.field
