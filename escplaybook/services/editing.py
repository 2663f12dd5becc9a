"""Storing edits, and taking them back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast

from escplaybook.domain.contacts import Contact
from escplaybook.domain.deputies import rings, told
from escplaybook.domain.edits import Edit, Stroke, new_stroke
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.identity import Record, new_id
from escplaybook.domain.naming import named
from escplaybook.services.storing import store
from escplaybook.store import history, records
from escplaybook.store.book import Book, default_author

R = TypeVar("R", bound=Record)


def apply(
    book: Book, reason: str, *edits: Edit, now: datetime, author: str | None = None, files: Iterable[bytes] = ()
) -> tuple[Edit, ...]:
    """Store the edits as one stroke called `reason`; returns them as stored, new records with their keys.

    `files` are the bytes of what they attach (see `store.blobs.described`).
    Raises ChangedElsewhere if a record is no longer what `before` says, InvalidRecord if people would come to stand in
    for each other in a ring; then nothing was stored.
    """
    _refuse_rings(book, edits)
    return store(book, new_stroke(now, author or default_author(), reason), *edits, files=files)


def _refuse_rings(book: Book, edits: Sequence[Edit]) -> None:
    people = [edit.after for edit in edits if isinstance(edit.after, Contact) and edit.after.deputy != _deputy(edit)]
    if not people:
        return
    everyone = {person.id: person for person in records.everything(book, Contact)} | {one.id: one for one in people}
    for ring in rings({person.id: person.deputy for person in everyone.values()}):
        if any(person.id in ring for person in people):
            raise InvalidRecord(told([everyone[person].name for person in ring]))


def _deputy(edit: Edit) -> str | None:
    return edit.before.deputy if isinstance(edit.before, Contact) else None


def undo(book: Book, now: datetime, author: str | None = None) -> Stroke:
    """Take back the latest stroke that has not been taken back; returns it. Raises NotFound if there is none."""
    stroke = history.next_undo(book)
    if stroke is None:
        raise NotFound("There is nothing to undo.")
    edits = [line.edit.reversed() for line in reversed(history.of_stroke(book, stroke.id))]
    store(book, Stroke(new_id(now), now, author or default_author(), stroke.reason, "undo", stroke.id), *edits)
    return stroke


def redo(book: Book, now: datetime, author: str | None = None) -> Stroke:
    """Do again what the latest undo took back; returns that undo. Raises NotFound if nothing was undone since."""
    stroke = history.next_redo(book)
    if stroke is None:
        raise NotFound("There is nothing to redo.")
    edits = [line.edit.reversed() for line in reversed(history.of_stroke(book, stroke.id))]
    store(book, Stroke(new_id(now), now, author or default_author(), stroke.reason, "redo", stroke.id), *edits)
    return stroke


def add(book: Book, record: Record, now: datetime) -> Record:
    """Put a new record into the book; returns it with the key it was given."""
    (stored,) = apply(book, f"Add {named(record)}", Edit(None, record), now=now)
    return stored.record


def change(book: Book, before: R, now: datetime, **fields: Any) -> R:
    """Give a stored record these field values; returns it as it is now. Nothing is written if nothing differs."""
    after = replace(before, **fields)
    if after == before:
        return before
    edit = Edit(before, replace(after, updated=now))
    (stored,) = apply(book, f"Change {named(before)}", edit, now=now)
    return cast(R, stored.record)


def retire(book: Book, before: R, now: datetime) -> R:
    """Take a record out of use but keep it. Raises NotFound if it is retired already."""
    if getattr(before, "retired", None) is not None:
        raise NotFound(f"{before.key} is retired already.")
    (stored,) = apply(book, f"Retire {named(before)}", Edit(before, replace(before, **{"retired": now})), now=now)
    return cast(R, stored.record)
