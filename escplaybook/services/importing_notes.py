"""Notes and uses that come in with their entry: new ones are added, known ones brought together with ours."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from escplaybook.domain.annotations import Annotation, brought_together
from escplaybook.domain.edits import Edit
from escplaybook.domain.uses import Use
from escplaybook.store import records
from escplaybook.store.book import Book


def note_edits(book: Book, entry_id: str, notes: Sequence[Annotation], free: Callable[[str], str]) -> Iterator[Edit]:
    """What brings the notes in on the entry with that id. `free` gives back a key that no other record has.

    A note that says it was superseded by one that is nowhere is in use again: its successor did not come along.
    """
    there = {note.id for note in notes}
    for theirs in notes:
        successor = theirs.superseded_by
        if successor and successor not in there and records.find(book, Annotation, successor) is None:
            theirs = replace(theirs, superseded_by=None)
        ours = records.find(book, Annotation, theirs.id)
        if ours is None:
            yield Edit(None, replace(theirs, entry=entry_id, key=free(theirs.key)))
        elif (after := brought_together(ours, theirs)) != ours:
            yield Edit(ours, after)


def use_edits(book: Book, entry_id: str, uses: Sequence[Use], free: Callable[[str], str]) -> Iterator[Edit]:
    """What brings the uses of the entry with that id in. What happened does not change, but it may be told better."""
    for theirs in uses:
        ours = records.find(book, Use, theirs.id)
        if ours is None:
            yield Edit(None, replace(theirs, entry=entry_id, key=free(theirs.key)))
        elif theirs.updated > ours.updated:
            yield Edit(ours, replace(theirs, key=ours.key, entry=ours.entry, blocker=ours.blocker))


def numbered_first(edits: Iterable[Edit]) -> list[Edit]:
    """Those that bring their key along go first: they move the counter before anything new is numbered."""
    return sorted(edits, key=lambda edit: not edit.record.key)
