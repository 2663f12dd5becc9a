"""Annotations: what mentors know of an entry, each note tied to a passage of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.knowledge import TEXT_FIELDS

ANNOTATED = (*TEXT_FIELDS, "steps", "rest")
"""The parts of an entry that a note can be tied to."""


class AnnotationKind(StrEnum):
    """What a note is for."""

    CAUTION = "caution"
    SHORTCUT = "shortcut"
    WHY = "why"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mentor's note on the entry with the id `entry`.

    `quote` is the passage of `field` that the note stands beside, word for word as a reader sees it: without the marks
    of Markdown. `author` is a name, for mentors outlive their place in the book. `applies_when` narrows the note down.
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

    def __post_init__(self) -> None:
        if self.field not in ANNOTATED:
            raise InvalidRecord(f"No note stands beside “{self.field}”; take one of {', '.join(ANNOTATED)}.")
        if not self.quote.strip():
            raise InvalidRecord("Mark the passage that the note is about.")
        if not self.text.strip():
            raise InvalidRecord("Write what the note is to say.")
