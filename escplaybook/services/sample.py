"""The sample programme: put into a new book in one stroke, and taken out again without touching what is the user's."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from escplaybook import shipped
from escplaybook.domain.edits import Edit, new_stroke
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.services import editing
from escplaybook.store import history, records
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import KINDS, kind_of
from escplaybook.store.writing import note_meta, write

_STROKE = "sample"
"""The fact about a book that names the stroke by which the sample came in."""


def make_sample(book: Book, now: datetime) -> tuple[Edit, ...]:
    """Put the sample programme, as it would stand at `now`, into a new book; returns the edits as stored.

    The stroke cannot be undone, as blockers are in it: `remove_sample` is the way back. Raises PlaybookError if
    anything was ever written into the book.
    """
    if not history.is_blank(book):
        raise PlaybookError(
            "This book has been written in, and the sample programme would mix with it; nothing was changed. "
            "Make a book of its own for the sample: escplaybook new --sample --book sample.db"
        )
    from escplaybook.exchange.programme import read_programme  # YAML costs 0.1 s, needed once in a book's life

    brought = read_programme(shipped.resource("starter"), now)
    stroke = new_stroke(now, default_author(), "Open the sample programme")
    note_meta(book, _STROKE, stroke.id)  # first: a mark without a sample does no harm, a sample without one would stay
    return write(book, stroke, *(Edit(None, record) for record in brought))


def is_sample(book: Book) -> bool:
    """Whether something of the sample programme is in use in this book."""
    return history.is_in_use(book, book.meta(_STROKE))


def sample_ids(book: Book) -> frozenset[str]:
    """The ids of all that came with the sample programme, by which pages mark it. Empty in a book without one."""
    return frozenset(record.id for record in _brought(book))


def remove_sample(book: Book, now: datetime) -> tuple[Edit, ...]:
    """Take the sample programme out of use; returns the edits as stored.

    What was never changed is deleted; what the user changed, or what records that stay name, is retired. Blockers, and
    the questions asked about them, go in a stroke of their own, so that the rest can be undone. Raises NotFound if no
    sample is in use.
    """
    if not is_sample(book):
        raise NotFound("There is no sample programme in this book.")
    brought = {record.id: record for record in _brought(book)}
    present = [record for kind in KINDS for record in records.everything(book, kind.type)]
    staying = _staying(present, brought)
    logs = {record.id for record in brought.values() if not kind_of(type(record)).undoable}
    blockers: list[Edit] = []
    others: list[Edit] = []
    for record in (record for record in present if record.id in brought):
        list_of_kind = blockers if _named_by(record) & logs else others  # a record's own id is among the texts
        if record.id not in staying:
            list_of_kind.append(Edit(record, None))
        elif record.retired is None:
            list_of_kind.append(Edit(record, replace(record, retired=now)))
    strokes = (("Remove the sample’s blockers at hand", blockers), ("Remove the sample programme", others))
    done = (editing.apply(book, reason, *edits, now=now) for reason, edits in strokes if edits)
    return tuple(edit for stored in done for edit in stored)


def _brought(book: Book) -> list[Record]:
    """What came with the sample, as it was then."""
    return [line.edit.record for line in history.of_stroke(book, book.meta(_STROKE))]


def _staying(present: Iterable[Any], brought: dict[str, Record]) -> set[str]:
    """The ids of what cannot be deleted: the user's own, the sample's changed ones, and all that these name in turn."""
    names = {record.id: _named_by(record) for record in present}
    waiting = [record.id for record in present if brought.get(record.id) != record]
    staying: set[str] = set()
    while waiting:
        record_id = waiting.pop()
        if record_id not in staying and record_id in names:
            staying.add(record_id)
            waiting += names[record_id]
    return staying


def _named_by(part: Any) -> set[str]:
    """Every text in the record's fields and in the parts of these; the ids of other records are among them."""
    if isinstance(part, str):
        return {part}
    if isinstance(part, tuple):
        return {text for inner in part for text in _named_by(inner)}
    if is_dataclass(part):
        return {text for field in fields(part) for text in _named_by(getattr(part, field.name))}
    return set()
