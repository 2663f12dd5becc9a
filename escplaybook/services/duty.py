"""Duties that people take turns at: a duty is a contact, so that the matrix can name it."""

from datetime import datetime

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.services import editing
from escplaybook.store.book import Book


def add_rotation(
    book: Book, name: str, shifts: tuple[Shift, ...], now: datetime, *, duty: Contact | None = None, notes: str = ""
) -> Rotation:
    """Let people take turns at `duty`, which is made a contact of that name if there is none; all in one stroke."""
    zone = shifts[0].zone if shifts else "UTC"
    stands_for = duty or Contact(new_id(now), name, now, now, role="Duty", zone=zone, tags=("duty",))
    rotation = Rotation(new_id(now), stands_for.id, name, now, now, shifts=shifts, notes=notes)
    edits = [Edit(None, rotation)] if duty is not None else [Edit(None, stands_for), Edit(None, rotation)]
    stored = editing.apply(book, f"Add rotation “{name}”", *edits, now=now)
    found = stored[-1].after
    assert isinstance(found, Rotation)
    return found
