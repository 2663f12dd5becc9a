"""Annotations: what mentors know of an entry, each note tied to a passage of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from escplaybook.domain.anchors import Anchor, anchor_at, followed, found
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.knowledge import TEXT_FIELDS, Entry

T = TypeVar("T")

ANNOTATED = (*TEXT_FIELDS, "steps", "rest")
"""The parts of an entry that a note can be tied to."""

PlainText = Callable[[str], str]
"""The plain text of a part of the entry, by the part's name."""


class AnnotationKind(StrEnum):
    """What a note is for."""

    CAUTION = "caution"
    SHORTCUT = "shortcut"
    WHY = "why"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Somebody agrees with a note."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody has to say to a note."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mentor's note on the entry with the id `entry`.

    `quote` is the passage of `field` that the note stands beside, word for word as a reader sees it: without the marks
    of Markdown. `prefix`, `suffix` and `position` tell it from others that read the same (see `domain.anchors`).
    `author` is a name, for mentors outlive their place in the book. `applies_when` narrows the note down.
    `superseded_by` is the id of the note that took its place.
    """

    id: str
    entry: str
    field: str
    quote: str
    kind: AnnotationKind
    text: str
    author: str
    created: datetime
    updated: datetime
    key: str = ""
    applies_when: str = ""
    retired: datetime | None = None
    prefix: str = ""
    suffix: str = ""
    position: int = 0
    endorsements: tuple[Endorsement, ...] = ()
    answers: tuple[Answer, ...] = ()
    superseded_by: str | None = None

    def __post_init__(self) -> None:
        if self.field not in ANNOTATED:
            raise InvalidRecord(f"No note stands beside “{self.field}”; take one of {', '.join(ANNOTATED)}.")
        if not self.quote.strip():
            raise InvalidRecord("Mark the passage that the note is about.")
        if not self.text.strip():
            raise InvalidRecord("Write what the note is to say.")

    @property
    def anchor(self) -> Anchor:
        """The hold it has on its passage."""
        return Anchor(self.quote, self.prefix, self.suffix, self.position)

    @property
    def is_in_use(self) -> bool:
        """Whether it is to be heeded: neither retired nor superseded."""
        return self.retired is None and self.superseded_by is None


def parts_of(entry: Entry, field: str) -> tuple[str, ...]:
    """The Markdown texts that one annotated part of an entry is made of, in reading order, empty ones left out."""
    match field:
        case "steps":
            said = ((step.action, step.precondition, step.expected, step.rollback) for step in entry.steps)
            parts = [part for step in said for part in step]
        case "rest":
            parts = [section.text for section in entry.rest]
        case _:
            parts = [getattr(entry, field)]
    return tuple(filter(None, parts))


def held(note: Annotation, field: str, anchor: Anchor) -> Annotation:
    """The note with that hold on the entry."""
    return replace(
        note,
        field=field,
        quote=anchor.quote,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        position=anchor.position,
    )


def span_of(note: Annotation, plain: PlainText) -> tuple[int, int] | None:
    """From where to where its passage stands in the plain text of its field; None if it is orphaned."""
    start = found(note.anchor, plain(note.field))
    return None if start is None else (start, start + len(note.quote))


def re_placed(note: Annotation, before: PlainText, after: PlainText) -> Annotation:
    """The note once its entry's text `before` has become `after`; the same if its passage is lost or was not touched.

    A passage that left its own field and now stands word for word in another, where it did not before, has moved there.
    """
    was, now = before(note.field), after(note.field)
    if was == now and note.quote in now:
        return note
    anchor = followed(note.anchor, was, now)
    if anchor is not None:
        return held(note, note.field, anchor)
    for field in ANNOTATED:
        start = found(note.anchor, after(field))
        if start is not None and note.quote not in before(field):
            return held(note, field, anchor_at(after(field), start, start + len(note.quote)))
    return note


def endorsed(note: Annotation, by: str, at: datetime) -> Annotation:
    """The note with one more who agrees. Raises InvalidRecord if they wrote it or agreed before."""
    if by == note.author:
        raise InvalidRecord("This note is your own; others can agree with it.")
    if any(one.by == by for one in note.endorsements):
        raise InvalidRecord(f"{by} agreed with this note already.")
    return replace(note, endorsements=(*note.endorsements, Endorsement(by, at)), updated=at)


def answered(note: Annotation, by: str, at: datetime, text: str) -> Annotation:
    """The note with an answer below it. Raises InvalidRecord if the answer says nothing."""
    if not text.strip():
        raise InvalidRecord("Write what you have to say to the note.")
    return replace(note, answers=(*note.answers, Answer(by, at, text.strip())), updated=at)


def superseded(
    note: Annotation, new_id: str, text: str, by: str, at: datetime, **fields: Any
) -> tuple[Annotation, Annotation]:
    """The note and the newer one that takes its place at the same passage.

    Raises InvalidRecord if the note is not in use, or the newer one says nothing.
    """
    if not note.is_in_use:
        raise InvalidRecord("This note is out of use already; write a new one beside the passage.")
    newer = replace(
        note,
        id=new_id,
        key="",
        text=text,
        author=by,
        created=at,
        updated=at,
        endorsements=(),
        answers=(),
        **fields,
    )
    return replace(note, superseded_by=new_id, updated=at), newer


def earlier(note: Annotation, notes: Iterable[Annotation]) -> list[Annotation]:
    """The notes that this one took the place of, directly or by way of others, latest first."""
    by_successor: dict[str, list[Annotation]] = {}
    for one in notes:
        if one.superseded_by is not None and one.retired is None:
            by_successor.setdefault(one.superseded_by, []).append(one)
    found_so_far: dict[str, Annotation] = {}
    waiting = [note.id]
    while waiting:
        for one in by_successor.get(waiting.pop(), ()):
            if one.id not in found_so_far and one.id != note.id:
                found_so_far[one.id] = one
                waiting.append(one.id)
    return sorted(found_so_far.values(), key=lambda one: (one.created, one.id), reverse=True)


def without_note(
    entries: Iterable[Entry], notes: Iterable[Annotation], uses: Mapping[str, int]
) -> list[tuple[Entry, int]]:
    """The entries in use that no note in use helps with, and how often each was used, most used first.

    `uses` are counted by the entry's id. What was never used can wait: it is left out.
    """
    helped = {note.entry for note in notes if note.is_in_use}
    open_ones = [
        (entry, uses.get(entry.id, 0)) for entry in entries if entry.retired is None and entry.id not in helped
    ]
    return sorted(((entry, count) for entry, count in open_ones if count), key=lambda pair: (-pair[1], pair[0].key))


def brought_together(ours: Annotation, theirs: Annotation) -> Annotation:
    """Two copies of one note: the later text, the agreement and the answers of both."""
    later = theirs if theirs.updated > ours.updated else ours
    return replace(
        later,
        key=ours.key,
        entry=ours.entry,
        endorsements=_union(ours.endorsements, theirs.endorsements),
        answers=_union(ours.answers, theirs.answers),
    )


def _union(ours: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    return (*ours, *(one for one in theirs if one not in ours))
