"""Storing edits, and taking them back."""

from datetime import datetime

from escplaybook.domain.edits import Edit, Stroke, new_stroke
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import new_id
from escplaybook.store import history
from escplaybook.store.book import Book, default_author
from escplaybook.store.writing import write


def apply(book: Book, reason: str, *edits: Edit, now: datetime, author: str | None = None) -> tuple[Edit, ...]:
    """Store the edits as one stroke called `reason`; returns them as stored, new records with their keys.

    Raises ChangedElsewhere if a record is no longer what `before` says; then nothing was stored.
    """
    return write(book, new_stroke(now, author or default_author(), reason), *edits)


def undo(book: Book, now: datetime, author: str | None = None) -> Stroke:
    """Take back the latest stroke that has not been taken back; returns it. Raises NotFound if there is none."""
    stroke = history.next_undo(book)
    if stroke is None:
        raise NotFound("There is nothing to undo.")
    edits = [line.edit.reversed() for line in reversed(history.of_stroke(book, stroke.id))]
    write(book, Stroke(new_id(now), now, author or default_author(), stroke.reason, "undo", stroke.id), *edits)
    return stroke


def redo(book: Book, now: datetime, author: str | None = None) -> Stroke:
    """Do again what the latest undo took back; returns that undo. Raises NotFound if nothing was undone since."""
    stroke = history.next_redo(book)
    if stroke is None:
        raise NotFound("There is nothing to redo.")
    edits = [line.edit.reversed() for line in reversed(history.of_stroke(book, stroke.id))]
    write(book, Stroke(new_id(now), now, author or default_author(), stroke.reason, "redo", stroke.id), *edits)
    return stroke
