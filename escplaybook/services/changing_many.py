"""One field changed in many contacts, in one stroke."""

from collections.abc import Sequence
from datetime import datetime

from escplaybook.domain.bulk import Field, Planned, changed
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound
from escplaybook.services import editing
from escplaybook.store.book import Book


def edits_of(planned: Sequence[Planned], now: datetime) -> list[Edit]:
    """The edits of a plan; contacts that stay as they are, or refuse the change, have none."""
    return [Edit(before, after) for before, after in changed(planned, now)]


def reason_for(field: Field, count: int) -> str:
    """What the stroke is called: “Change the team of 12 contacts”."""
    name = {Field.TAG_ADDED: "tags", Field.TAG_REMOVED: "tags"}.get(field, field.value)
    return f"Change the {name} of {'1 contact' if count == 1 else f'{count} contacts'}"


def change_many(book: Book, planned: Sequence[Planned], field: Field, now: datetime) -> int:
    """Write a plan in one stroke; returns how many contacts changed. Raises NotFound if none would."""
    edits = edits_of(planned, now)
    if not edits:
        raise NotFound("None of these contacts would change; nothing was written.")
    editing.apply(book, reason_for(field, len(edits)), *edits, now=now)
    return len(edits)
