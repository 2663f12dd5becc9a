"""Where a record is used: the records that name it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from escplaybook.domain.matrix import Cell
from escplaybook.domain.references import Reference, to
from escplaybook.domain.rotations import Rotation
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.records import everything
from escplaybook.store.rows import from_row


@dataclass(frozen=True, slots=True)
class Usage:
    """A record in use that names another one, and what it names it for."""

    record: Any
    reference: Reference


def users_of(book: Book, record: Any, *, retired: bool = False) -> list[Usage]:
    """The records that name this one, those out of use only if `retired`."""
    found: list[Usage] = []
    for reference in to(type(record)):
        holders = _IN_LISTS.get(reference.field, _in_column)(book, reference, record.id)
        found += [Usage(holder, reference) for holder in holders if retired or holder.retired is None]
    return found


def _in_column(book: Book, reference: Reference, record_id: str) -> Iterator[Any]:
    table = kind_of(reference.holder).table
    rows = book.connection.execute(f'SELECT * FROM {table} WHERE "{reference.field}" = ? ORDER BY id', (record_id,))
    return (from_row(reference.holder, row) for row in rows)


def _in_shifts(book: Book, _reference: Reference, contact_id: str) -> Iterator[Rotation]:
    for rotation in everything(book, Rotation):
        if any(contact_id in shift.members for shift in rotation.shifts):
            yield rotation


def _in_deputies(book: Book, _reference: Reference, contact_id: str) -> Iterator[Cell]:
    return (cell for cell in everything(book, Cell) if contact_id in cell.deputies)


_IN_LISTS: dict[str, Callable[[Book, Reference, str], Iterator[Any]]] = {
    "shifts": _in_shifts,
    "deputies": _in_deputies,
}
"""The fields that name several."""
