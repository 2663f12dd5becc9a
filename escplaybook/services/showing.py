"""One record, whole: its fields and its history, for people and for other programs."""

import dataclasses
from typing import Any

from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import Record
from escplaybook.store import history
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.rows import to_full


def whole(book: Book, record: Record) -> dict[str, Any]:
    """The record's fields with its kind and history, in the shape of `show --json`."""
    lines = [
        {
            "at": line.stroke.at.isoformat(),
            "author": line.stroke.author,
            "reason": told_reason(line.stroke.way, line.stroke.reason),
            "changed": changed_fields(line.edit),
        }
        for line in history.of_record(book, record.id)
    ]
    return {"kind": kind_of(type(record)).name, **to_full(record), "history": lines}


def changed_fields(edit: Edit) -> list[str]:
    """The names of the fields in which the two sides differ; all that are set, for a new or deleted record."""
    names = [field.name for field in dataclasses.fields(edit.record)]
    if edit.before is None or edit.after is None:
        return [name for name in names if getattr(edit.record, name)]
    return [name for name in names if getattr(edit.before, name) != getattr(edit.after, name)]


def told_reason(way: str, reason: str) -> str:
    """The reason as the history tells it: an undo says what it took back."""
    return {"do": "", "undo": "Undo: ", "redo": "Redo: "}[way] + reason
