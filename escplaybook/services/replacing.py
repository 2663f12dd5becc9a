"""Putting somebody else in every place of a person (or a vendor) who goes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.naming import named
from escplaybook.domain.references import replaced
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.references import Usage, users_of


def places_of(book: Book, record: Any) -> list[Usage]:
    """The places in which somebody else can be put; what tells of the past is none of them."""
    return [usage for usage in users_of(book, record) if not usage.reference.is_fact]


def edits_for(book: Book, old: Any, new: Any, now: datetime, *, retire: bool) -> list[Edit]:
    """The edits that put `new` in every place of `old`, and take `old` out of use if `retire` says so.

    Raises InvalidRecord if `new` is the same record, of another kind or out of use itself.
    """
    if new.id == old.id or type(new) is not type(old):
        raise InvalidRecord(f"{named(new)} cannot take the places of {named(old)}; choose another.")
    if new.retired is not None:
        raise InvalidRecord(f"{named(new)} is out of use; choose somebody who is not.")
    holders = {usage.record.id: usage.record for usage in places_of(book, old)}
    edits = []
    for holder in holders.values():
        after = replaced(holder, old.id, new.id)
        if after != holder:
            edits.append(Edit(holder, replace(after, updated=now)))
    if retire:
        mine = next((edit for edit in edits if edit.record.id == old.id), None)
        before, after = old, mine.after if mine else old
        edits = [edit for edit in edits if edit is not mine]
        edits.append(Edit(before, replace(after, retired=now, updated=now)))  # type: ignore[type-var]
    return edits


def reassign(book: Book, old: Any, new: Any, now: datetime, *, retire: bool = False) -> int:
    """Put `new` in every place of `old` in one stroke; returns how many records changed."""
    edits = edits_for(book, old, new, now, retire=retire)
    if not edits:
        raise InvalidRecord(f"{named(old)} stands in no place where somebody else could be put; nothing was changed.")
    editing.apply(book, reason_for(old, new, retire=retire), *edits, now=now)
    return len(edits)


def reason_for(old: Any, new: Any, *, retire: bool) -> str:
    """What the stroke is called."""
    return f"Retire {old.name}, {new.name} takes over" if retire else f"{new.name} takes over from {old.name}"
