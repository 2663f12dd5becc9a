"""Storing a stroke whole: an entry that is edited takes the notes on it along."""

from collections.abc import Iterable, Iterator, Sequence

from escplaybook.domain.annotations import re_placed
from escplaybook.domain.edits import Edit, Stroke
from escplaybook.domain.knowledge import Entry
from escplaybook.store.book import Book
from escplaybook.store.knowledge import all_notes_on
from escplaybook.store.writing import write


def store(book: Book, stroke: Stroke, *edits: Edit, files: Iterable[bytes] = ()) -> tuple[Edit, ...]:
    """Store the edits, and in the same stroke the new places of the notes on entries whose text they change.

    Returns the edits that were asked for, as stored. A note that the stroke edits itself is left to it. Raises what
    `store.writing.write` raises; then nothing was stored.
    """
    return write(book, stroke, *edits, *_following(book, edits), files=files)[: len(edits)]


def _following(book: Book, edits: Sequence[Edit]) -> Iterator[Edit]:
    edited = {edit.record.id for edit in edits}
    for before, after in _rewritten(edits):
        notes = [note for note in all_notes_on(book, before.id) if note.id not in edited]
        if notes:
            from escplaybook.prose.passages import texts_of  # reads Markdown: no part of the way to the first window

            was, now = texts_of(before), texts_of(after)
            moved = ((note, re_placed(note, was, now)) for note in notes)
            yield from (Edit(note, there) for note, there in moved if there != note)


def _rewritten(edits: Iterable[Edit]) -> Iterator[tuple[Entry, Entry]]:
    for edit in edits:
        if isinstance(edit.before, Entry) and isinstance(edit.after, Entry):
            yield edit.before, edit.after
