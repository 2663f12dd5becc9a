"""Questions about editions of the matrix, and the matrix as it was."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from escplaybook.domain.causes import SubClass
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger
from escplaybook.store import history
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.programme import programme

_LISTS: dict[str, type[Any]] = {
    "definitions": BlockerDefinition,
    "severities": SeverityDefinition,
    "levels": Level,
    "sub_classes": SubClass,
    "cells": Cell,
    "rights": DecisionRight,
    "triggers": Trigger,
}


def is_any_waiting(book: Book, now: datetime) -> bool:
    """Whether the instant of an edition has come that the living matrix has not become yet."""
    row = book.connection.execute(
        "SELECT 1 FROM editions WHERE applied IS NULL AND retired IS NULL AND effective <= ? LIMIT 1",
        (now.astimezone(UTC).isoformat(),),
    ).fetchone()
    return row is not None


def programme_before(book: Book, at: datetime) -> Programme:
    """The programme with its people and its matrix as they were at `at`: every later change taken back."""
    found = programme(book)
    records: dict[str, dict[str, Any]] = {name: {one.id: one for one in getattr(found, name)} for name in _LISTS}
    people = dict(found.contacts)
    lists = {kind_of(kind).name: records[name] for name, kind in _LISTS.items()} | {kind_of(Contact).name: people}
    for line in history.after(book, at, list(lists)):
        if line.edit.before is None:
            lists[line.kind].pop(line.record, None)
        else:
            lists[line.kind][line.record] = line.edit.before
    matrix: Any = {name: tuple(by_id.values()) for name, by_id in records.items()}
    return replace(found, contacts=people, **matrix)
