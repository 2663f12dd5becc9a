"""One record, whole: its fields and its history, for people and for other programs."""

import dataclasses
from datetime import datetime
from typing import Any

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import Record
from escplaybook.domain.living_matrix import edition_of, newer_edition
from escplaybook.domain.programme import Programme
from escplaybook.domain.stakes import RULE, Stake, stake_of
from escplaybook.domain.suggestions import Outcome, Suggestion
from escplaybook.store import history, records
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.programme import without_contacts
from escplaybook.store.rows import to_full
from escplaybook.store.suggestions import suggestions_on


def whole(book: Book, record: Record, now: datetime | None = None) -> dict[str, Any]:
    """The record's fields with its kind and history, in the shape of `show --json`; of a blocker also its stake."""
    lines = [
        {
            "at": line.stroke.at.isoformat(),
            "author": line.stroke.author,
            "reason": told_reason(line.stroke.way, line.stroke.reason),
            "changed": changed_fields(line.edit),
        }
        for line in history.of_record(book, record.id)
    ]
    return {"kind": kind_of(type(record)).name, **to_full(record), **_around(book, record, now), "history": lines}


def told_stake(stake: Stake | None) -> dict[str, Any] | None:
    """What stands at risk by a blocker, and by which rule it was counted."""
    if stake is None:
        return None
    told = {"money_a_day": stake.money_a_day, "currency": stake.currency, "so_far": stake.so_far}
    return told | {"since": stake.since.isoformat(), "reputation": stake.reputation, "rule": RULE}


def told_edition(found: Programme, blocker: Blocker, now: datetime) -> dict[str, Any]:
    """The number of the edition a blocker works by, and of the one that holds at `now` if that is another."""
    by, newer = edition_of(found, blocker), newer_edition(found, blocker, now)
    return {"by_edition": by.number if by else None, "newer_edition": newer.number if newer else None}


def _around(book: Book, record: Record, now: datetime | None) -> dict[str, Any]:
    """What is not in the record itself but belongs to it: open suggestions, and at `now` what stands at risk by it."""
    open_ones = [to_full(one) for one in suggestions_on(book, record.id) if one.outcome is Outcome.OPEN]
    told: dict[str, Any] = {} if isinstance(record, Suggestion) else {"suggestions": open_ones}
    if isinstance(record, Blocker) and now is not None:
        told["stake"] = told_stake(stake_of(record, records.everything(book, Deployment), now))
        told |= told_edition(without_contacts(book), record, now)
    return told


def changed_fields(edit: Edit) -> list[str]:
    """The names of the fields in which the two sides differ; all that are set, for a new or deleted record."""
    names = [field.name for field in dataclasses.fields(edit.record)]
    if edit.before is None or edit.after is None:
        return [name for name in names if getattr(edit.record, name)]
    return [name for name in names if getattr(edit.before, name) != getattr(edit.after, name)]


def told_reason(way: str, reason: str) -> str:
    """The reason as the history tells it: an undo says what it took back."""
    return {"do": "", "undo": "Undo: ", "redo": "Redo: "}[way] + reason
