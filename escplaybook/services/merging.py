"""Doubles: listing them, saying that two are not one, and making one record of two."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from escplaybook.domain.contacts import Contact
from escplaybook.domain.double_entries import DoubleEntry, double_entries
from escplaybook.domain.doubles import Double, doubles
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.merging import Choice, merged, retired_into
from escplaybook.domain.naming import named
from escplaybook.domain.references import replaced
from escplaybook.domain.suggestions import Suggestion
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.memory import Memory
from escplaybook.store.references import users_of

_APART = "apart:"


def probable_doubles(book: Book, memory: Memory) -> list[Double]:
    """Pairs of contacts in use that are probably one person, without those of whom somebody said that they are two."""
    people = (person for person in records.everything(book, Contact) if person.retired is None)
    return [one for one in doubles(people) if not memory.recall(_pair(one.first.id, one.second.id))]


def probable_double_entries(book: Book, memory: Memory) -> list[DoubleEntry]:
    """Pairs of known blockers in use that probably tell of the same thing, without those said to be two."""
    entries = (entry for entry in records.everything(book, Entry) if entry.retired is None)
    return [one for one in double_entries(entries) if not memory.recall(_pair(one.first.id, one.second.id))]


def set_apart(memory: Memory, first: str, second: str, *, apart: bool = True) -> None:
    """Remember beside the book that these two (by id) are not one, or no longer."""
    if apart:
        memory.remember(_pair(first, second), True)
    else:
        memory.forget(_pair(first, second))


def merge(
    book: Book,
    ours: Any,
    theirs: Any,
    now: datetime,
    *,
    chosen: Mapping[str, Choice] | None = None,
    author: str | None = None,
) -> Any:
    """Make one record of two: ours stays, all that named theirs names ours, theirs is retired and says into which.

    `chosen` says whose value a field gets, where `domain.merging.choices` is not to decide. One stroke to undo; only
    blockers at hand, whose log grows and is never taken back, are pointed to ours by a second one. Returns our record
    as stored. Raises InvalidRecord if the two cannot become one.
    """
    edits = _edits(book, ours, theirs, now, dict(chosen or {}))
    logged = [edit for edit in edits if not kind_of(type(edit.record)).undoable]
    reason = f"Merge {named(theirs)} into {named(ours)}"
    stored = editing.apply(book, reason, *(edit for edit in edits if edit not in logged), now=now, author=author)
    if logged:
        editing.apply(book, f"{reason}: blockers", *logged, now=now, author=author)
    return stored[0].after


def _edits(book: Book, ours: Any, theirs: Any, now: datetime, chosen: dict[str, Choice]) -> list[Edit]:
    """The survivor's edit first, the retired one's last."""
    if ours.id == theirs.id or type(ours) is not type(theirs) or type(ours) not in (Contact, Entry):
        raise InvalidRecord(
            f"{named(theirs)} cannot be merged into {named(ours)}; give two contacts, or two known blockers."
        )
    for record in (ours, theirs):
        if record.retired is not None:
            raise InvalidRecord(f"{named(record)} is out of use; nothing was merged. Choose one that is not.")
    survivor = merged(ours, theirs, chosen, now)
    holders = {usage.record.id: usage.record for usage in users_of(book, theirs, retired=True)}
    others = (holder for holder in holders.values() if holder.id not in (ours.id, theirs.id))
    edits = [Edit(ours, survivor)]
    edits += [Edit(holder, _pointed(holder, theirs, ours, now)) for holder in others]
    edits += [
        Edit(wish, replace(wish, about=ours.id, updated=now)) for wish in _suggestions(book) if wish.about == theirs.id
    ]
    return [*edits, Edit(theirs, retired_into(theirs, survivor, now))]


def _pointed(holder: Any, theirs: Any, ours: Any, now: datetime) -> Any:
    try:
        return replace(replaced(holder, theirs.id, ours.id, facts=True), updated=now)
    except InvalidRecord as error:
        raise InvalidRecord(
            f"{named(holder)} names both {theirs.name} and {ours.name} ({error}) Nothing was merged; change it first."
        ) from error


def _suggestions(book: Book) -> Iterable[Suggestion]:
    return records.everything(book, Suggestion)


def _pair(first: str, second: str) -> str:
    return _APART + " ".join(sorted((first, second)))
