"""What mentors do: write a note beside a passage, agree, answer, put a newer note in an older one's place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from escplaybook.domain.anchors import anchor_at, nearest, spoken
from escplaybook.domain.annotations import (
    ANNOTATED,
    Annotation,
    AnnotationKind,
    answered,
    endorsed,
    held,
    span_of,
    superseded,
    without_note,
)
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import HEADINGS, Entry
from escplaybook.domain.naming import named
from escplaybook.prose.passages import texts_of
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.knowledge import annotated, notes_on
from escplaybook.store.uses import use_counts

SHOWN = 120
"""Characters of a passage in a sentence about it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A passage of an entry: from where to where in the plain text of that field."""

    field: str
    start: int
    end: int


def passage(entry: Entry, words: str, field: str | None = None) -> Selection:
    """Where in the entry, or in one field of it, the passage stands.

    Raises NotFound, telling the nearest passage, if it stands nowhere, InvalidRecord if in several fields.
    """
    if not words.strip():
        raise InvalidRecord("Mark the passage that the note is about; no note was written.")
    texts = texts_of(entry)
    fields = ANNOTATED if field is None else (field,)
    places = [(name, there) for name in fields if (there := spoken(words, texts(name)))]
    if not places:
        near = nearest(words, "\n".join(map(texts, fields)))
        where = f"{entry.key}’s {_heading(field)}" if field else entry.key
        help_ = f"the nearest is “{_short(near)}”." if near else "there is no text."
        raise NotFound(f"“{_short(words)}” does not stand in {where}, so no note was written; {help_}")
    if len(places) > 1:
        names = ", ".join(name for name, _ in places)
        raise InvalidRecord(f"“{_short(words)}” stands in {names}; say which with --field. No note was written.")
    ((name, (start, end)),) = places
    return Selection(name, start, end)


def note_beside(entry: Entry, at: Selection, now: datetime, **fields: Any) -> Annotation:
    """A new note beside that passage; `fields` are what it says. Raises InvalidRecord if it says nothing."""
    anchor = anchor_at(texts_of(entry)(at.field), at.start, at.end)
    made = Annotation(
        id=new_id(now), entry=entry.id, field=at.field, quote=anchor.quote, created=now, updated=now, **fields
    )
    return held(made, at.field, anchor)


def put_beside(note: Annotation, entry: Entry, at: Selection, now: datetime) -> Annotation:
    """The note at another passage of its entry."""
    return replace(held(note, at.field, anchor_at(texts_of(entry)(at.field), at.start, at.end)), updated=now)


def annotate(
    book: Book,
    entry: Entry,
    at: Selection,
    now: datetime,
    *,
    kind: AnnotationKind,
    text: str,
    applies_when: str = "",
    author: str | None = None,
) -> Annotation:
    """Write a note beside a passage; returns it with its key."""
    by = author or default_author()
    note = note_beside(entry, at, now, kind=kind, text=text, applies_when=applies_when, author=by)
    (stored,) = editing.apply(book, f"Note on {named(entry)}", Edit(None, note), now=now, author=author)
    return cast(Annotation, stored.after)


def place(book: Book, note: Annotation, at: Selection, now: datetime, author: str | None = None) -> Annotation:
    """Put a note beside another passage: one whose own is gone."""
    entry = records.get(book, Entry, note.entry)
    edit = Edit(note, put_beside(note, entry, at, now))
    (stored,) = editing.apply(book, f"Put {note.key} at another passage", edit, now=now, author=author)
    return cast(Annotation, stored.after)


def endorse(book: Book, note: Annotation, now: datetime, author: str | None = None) -> Annotation:
    """Agree with a note. Raises InvalidRecord if it is one's own or one agreed before."""
    edit = Edit(note, endorsed(note, author or default_author(), now))
    (stored,) = editing.apply(book, f"Agree with {named(note)}", edit, now=now, author=author)
    return cast(Annotation, stored.after)


def answer(book: Book, note: Annotation, text: str, now: datetime, author: str | None = None) -> Annotation:
    """Say something to a note. Raises InvalidRecord if nothing is said."""
    edit = Edit(note, answered(note, author or default_author(), now, text))
    (stored,) = editing.apply(book, f"Answer {named(note)}", edit, now=now, author=author)
    return cast(Annotation, stored.after)


def supersede(
    book: Book, note: Annotation, text: str, now: datetime, author: str | None = None, **fields: Any
) -> Annotation:
    """Put a newer note in this one's place, at the same passage; what `fields` do not say stays. Returns the newer.

    Raises InvalidRecord if the note is not in use any more.
    """
    older, newer = superseded(note, new_id(now), text, author or default_author(), now, **fields)
    stored = editing.apply(
        book, f"Supersede {named(note)}", Edit(None, newer), Edit(note, older), now=now, author=author
    )
    return cast(Annotation, stored[0].after)


def orphaned(book: Book) -> Iterator[tuple[Entry, Annotation]]:
    """The notes in use whose passage is gone, by the key of their entry."""
    for entry in records.some(book, Entry, annotated(book)):
        texts = texts_of(entry)
        for note in notes_on(book, entry.id):
            if note.is_in_use and span_of(note, texts) is None:
                yield entry, note


def wanting(book: Book) -> list[tuple[Entry, int]]:
    """The mentor's list: known blockers without a note, the most used first, and how often each was used."""
    counts = use_counts(book)
    return without_note(records.some(book, Entry, counts), records.everything(book, Annotation), counts)


def _heading(field: str) -> str:
    return HEADINGS.get(field, field).casefold()


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHOWN else one_line[: SHOWN - 1].rstrip() + "…"
