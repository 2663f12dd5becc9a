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
    contact = duty.id if duty is not None else new_id(now)
    rotation = Rotation(new_id(now), contact, name, now, now, shifts=shifts, notes=notes)
    edits = [Edit(None, rotation)] if duty is not None else [Edit(None, contact_for(rotation)), Edit(None, rotation)]
    stored = editing.apply(book, f"Add rotation “{name}”", *edits, now=now)
    found = stored[-1].after
    assert isinstance(found, Rotation)
    return found


def contact_for(rotation: Rotation) -> Contact:
    """The new contact that a new rotation stands for; nobody calls it, so it has no number."""
    zone = rotation.shifts[0].zone if rotation.shifts else "UTC"
    born = rotation.created
    return Contact(rotation.contact, rotation.name, born, born, role="Duty", zone=zone, tags=("duty",))
