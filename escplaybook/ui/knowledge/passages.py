"""Which characters of the shown text are which of the entry's: from a selection to a passage, and back.

Each part of the entry begins at a named anchor of the document (see `knowledge.text`). White space stands otherwise on
the screen than in plain text, and words of the program stand between the parts: only the characters of the parts that
are no white space are counted, neither pictures nor what `ui.book_texts` says of a link.
"""

from bisect import bisect_left
from functools import cached_property

from PySide6.QtGui import QTextCursor, QTextDocument

from escplaybook.domain.annotations import ANNOTATED, Annotation, parts_of, span_of
from escplaybook.domain.knowledge import Entry
from escplaybook.prose.entries import plain_text, render
from escplaybook.prose.html import plain
from escplaybook.prose.passages import solid, texts_of
from escplaybook.services.annotating import Selection
from escplaybook.ui.knowledge.text import anchor_name, beginning

_UNSEEN = 2**31
"""The place of a character that stands behind what is shown of a very long text."""


class PassageMap:
    """Reads one document once, when it is first asked; it must show the entry as `knowledge.text` makes it."""

    def __init__(self, document: QTextDocument, entry: Entry) -> None:
        self._document, self.entry = document, entry
        self.texts = texts_of(entry)
        self._known: dict[str, list[int]] = {}

    def cursor(self, field: str, start: int, end: int) -> QTextCursor | None:
        """The passage as a selection of the document; None if it is not shown."""
        text, places = self.texts(field), self._places(field)
        first, behind = solid(text[:start]), solid(text[:end])
        if not first < behind <= len(places) or places[behind - 1] == _UNSEEN:
            return None
        found = QTextCursor(self._document)
        found.setPosition(places[first])
        found.setPosition(places[behind - 1], QTextCursor.MoveMode.KeepAnchor)
        found.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        return found

    def passage(self, note: Annotation) -> QTextCursor | None:
        """Where a note's passage is shown; None if it is orphaned."""
        span = span_of(note, self.texts)
        return self.cursor(note.field, *span) if span else None

    def selection(self, cursor: QTextCursor) -> Selection | None:
        """The passage that is selected; of a selection over several parts what lies in the one with the most of it."""
        best: tuple[int, str, int] | None = None
        for field in ANNOTATED:
            places = self._places(field)
            first = bisect_left(places, cursor.selectionStart())
            count = bisect_left(places, cursor.selectionEnd()) - first
            if count > (best[0] if best else 0):
                best = (count, field, first)
        if best is None:
            return None
        count, field, first = best
        solid_at = [at for at, character in enumerate(self.texts(field)) if not character.isspace()]
        return Selection(field, solid_at[first], solid_at[first + count - 1] + 1)

    @cached_property
    def _shown(self) -> tuple[list[int], dict[str, int]]:
        return _read(self._document)

    def _places(self, field: str) -> list[int]:
        """Where in the document each solid character of the field's plain text stands."""
        if field not in self._known:
            self._known[field] = self._places_of(field)
        return self._known[field]

    def _places_of(self, field: str) -> list[int]:
        shown, anchors = self._shown
        places: list[int] = []
        for number, part in enumerate(parts_of(self.entry, field)):
            begins = anchors.get(anchor_name(field, number))
            own = plain_text(part)
            if begins is None or not own:
                continue
            seen = beginning(part)
            whole = plain(render(seen))  # the program may have a remark to make in front
            count = solid(own if seen == part else plain_text(seen))
            first = bisect_left(shown, begins) + solid(whole) - count
            places += shown[first : first + count] + [_UNSEEN] * (solid(own) - count)
        return places


def _read(document: QTextDocument) -> tuple[list[int], dict[str, int]]:
    """The positions of all characters that are no white space, as Qt counts them, in UTF-16; and of the anchors."""
    places: list[int] = []
    anchors: dict[str, int] = {}
    block = document.begin()
    while block.isValid():
        for name in block.charFormat().anchorNames():
            anchors.setdefault(name, block.position())
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            shape, at = piece.charFormat(), piece.position()
            for name in shape.anchorNames():
                anchors.setdefault(name, at)
            is_said = shape.isImageFormat() or bool(shape.toolTip())
            for character in "" if is_said else piece.text():
                if not character.isspace():
                    places.append(at)
                at += 2 if ord(character) > 0xFFFF else 1
            pieces += 1
        block = block.next()
    return places, anchors
