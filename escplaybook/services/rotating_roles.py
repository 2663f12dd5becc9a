"""A planned rotation of roles as drafts of the matrix, one a term, in one stroke; none holds before it is signed."""

from datetime import datetime
from typing import cast

from escplaybook.domain.editions import Edition
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.programme import Programme
from escplaybook.domain.role_rotation import Plan, Wish, content_of, plan, title_of
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.programme import programme


def planned(book: Book, wish: Wish, now: datetime) -> Plan:
    """Who would sit where. Raises InvalidRecord if there is nothing to rotate, or somebody cannot take part."""
    return plan(programme(book), wish, now)


def drafts_of(book: Book, rotation: Plan, now: datetime) -> tuple[str, tuple[Edit, ...]]:
    """The stroke that makes a draft for each term: what it is called, and its edits.

    Raises InvalidRecord if a seat would be empty, or everybody would stay where they are.
    """
    found = programme(book)
    _refuse_in_vain(rotation, found)
    first = max((one.number for one in found.editions), default=0) + 1
    edits = tuple(
        Edit(
            None,
            Edition(
                id=new_id(now),
                number=first + number,
                created=now,
                updated=now,
                content=content_of(found, rotation.seats, term),
                title=title_of(rotation, number),
            ),
        )
        for number, term in enumerate(rotation.terms)
    )
    count = "1 term" if len(edits) == 1 else f"{len(edits)} terms"
    return f"Draft a rotation of roles on level {rotation.wish.level} over {count}", edits


def draft(book: Book, rotation: Plan, now: datetime, author: str | None = None) -> tuple[Edition, ...]:
    """Make the drafts in one stroke; returns them with their keys. Raises what `drafts_of` does."""
    reason, edits = drafts_of(book, rotation, now)
    stored = editing.apply(book, reason, *edits, now=now, author=author)
    return tuple(cast(Edition, one.after) for one in stored)


def _refuse_in_vain(rotation: Plan, found: Programme) -> None:
    too = ", or let the backups change seats too" if rotation.wish.owners_only else ""
    if rotation.empty:
        term, seat = rotation.empty[0]
        told = f"From {term.start:%-d %b %Y} nobody of them can take the seat of {seat.name}; nothing was drafted."
        raise InvalidRecord(f"{told} Name one more person{too}.")
    if rotation.is_standstill:
        why = "".join(f" {found.contacts[one.person].name} {one.why}." for one in rotation.barred[:1])
        raise InvalidRecord(f"Everybody would keep their seat; nothing was drafted.{why} Name other people{too}.")
