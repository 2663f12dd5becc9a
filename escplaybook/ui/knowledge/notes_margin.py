"""The margin: every note at the height of its passage, while the text is scrolled, resized and written beside."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from escplaybook.domain.anchors import Anchor, found
from escplaybook.domain.annotations import Annotation, earlier
from escplaybook.domain.knowledge import Entry
from escplaybook.ui.knowledge.notes_card import NoteCard
from escplaybook.ui.knowledge.passages import PassageMap
from escplaybook.ui.prose_view import COLUMN, MARGIN, ProseView
from escplaybook.ui.theme import Theme

NARROWEST = 176
"""Pixels at 100 % below which a note in the margin would be a column of single words."""

FORM = 264
"""The width of the form at 100 %, where the margin is narrower it lies over the text."""

GAP = 16


class NotesMargin(QObject):
    """Shows the notes of one text, and the form in which one is being written; `acts_wanted` is a card's."""

    acts_wanted = Signal(str, QPoint)

    def __init__(self, view: ProseView, theme: Theme, form: QWidget, *, is_writable: bool) -> None:
        super().__init__(view)
        self._view, self._theme, self.form, self._is_writable = view, theme, form, is_writable
        self._notes: tuple[Annotation, ...] = ()
        self._entry: Entry | None = None
        self._form_at: tuple[str, Anchor] | None = None
        self.passages: PassageMap | None = None
        self.cards: list[NoteCard] = []
        view.emptied.connect(self._lose_places)
        view.shown.connect(self._find_places)
        view.verticalScrollBar().valueChanged.connect(self.place)
        view.document().documentLayout().documentSizeChanged.connect(self.place)
        view.resized.connect(self.place)

    def has_room(self) -> bool:
        """Whether the margin is wide enough to be read."""
        return self._room() >= self._theme.px(NARROWEST)

    def forget(self) -> None:
        """Another entry will be shown."""
        self._entry, self._notes = None, ()
        self._redraw()

    def show_notes(self, entry: Entry, notes: Sequence[Annotation]) -> None:
        """Show these notes of the entry whose text the view shows; superseded ones fold behind those in use."""
        self._entry, self._notes = entry, tuple(notes)
        self._find_places()

    def show_form(self, field: str, anchor: Anchor) -> None:
        """Open the form at that passage."""
        self._form_at = (field, anchor)
        self.form.show()
        self._mark_passages()
        self.place()
        self.form.raise_()

    def hide_form(self) -> None:
        """Close it."""
        self._form_at = None
        self.form.hide()
        self._mark_passages()
        self.place()

    def go_to(self, note_id: str) -> None:
        """Scroll to a note and show which it is; to what took its place if it was superseded."""
        for card in self.cards:
            behind = {note.id for note in earlier(card.note, self._notes)}
            card.is_found = note_id == card.note.id or note_id in behind
            if note_id in behind:
                card.unfold()
            card.tell()
        note = next((card.note for card in self.cards if card.is_found), None)
        passage = self.passages.passage(note) if self.passages is not None and note is not None else None
        bar = self._view.verticalScrollBar()
        if passage is None:
            bar.setValue(bar.maximum())  # those whose passage is gone stand at the end
        else:
            top = self._view.cursorRect(_begin(passage)).top()
            bar.setValue(bar.value() + top - self._view.viewport().height() // 3)
        self.place()

    def place(self) -> None:
        """Put every note beside its passage, below the note before it."""
        px = self._theme.px
        if self.passages is None:
            return
        bottom = -self._view.verticalScrollBar().value()
        for _, height, widget in sorted(self._beside(), key=lambda one: one[:2]):
            left, width = self._column(widget)
            if isinstance(widget, NoteCard):
                widget.fit(width)
            else:
                widget.setFixedWidth(width)
                widget.adjustSize()
            top = max(height, bottom) if self.has_room() else height
            widget.move(left, top)
            if isinstance(widget, NoteCard):
                widget.setVisible(self.has_room())
            bottom = top + widget.height() + px(GAP)
        self._view.leave_room_down_to(bottom + self._view.verticalScrollBar().value() if self._beside() else 0)

    def _beside(self) -> list[tuple[int, int, QWidget]]:
        """What stands in the margin: where its passage begins, at which height, and the widget."""
        beside: list[tuple[int, int, QWidget]] = []
        for card in self.cards:
            passage = self.passages.passage(card.note) if self.passages is not None else None
            if passage is not None:
                beside.append((2 * passage.selectionStart(), self._height_of(passage), card))
        if self._form_at is not None:
            passage = self._form_passage() or self._view.cursorForPosition(QPoint(0, 0))
            height = self._height_of(passage)
            if not self.has_room():
                height += self._theme.px(24)  # below the line, which is to be read while one writes
            beside.append((2 * passage.selectionStart() + 1, height, self.form))
        return beside

    def _form_passage(self) -> QTextCursor | None:
        if self._form_at is None or self.passages is None:
            return None
        field, anchor = self._form_at
        start = found(anchor, self.passages.texts(field))
        return None if start is None else self.passages.cursor(field, start, start + len(anchor.quote))

    def _lose_places(self) -> None:
        self.passages = None

    def _find_places(self) -> None:
        if self._entry is not None:
            self.passages = PassageMap(self._view.document(), self._entry)
            self._redraw()

    def _column(self, widget: QWidget) -> tuple[int, int]:
        """Where the widget begins, and how wide it is."""
        gap, whole = self._theme.px(GAP), self._view.viewport().width()
        width = self._room()
        if widget is self.form:
            width = min(max(width, self._theme.px(FORM)), whole - 2 * gap)
        return whole - width - gap, width

    def _redraw(self) -> None:
        for card in self.cards:
            card.deleteLater()
        unfolded = {card.note.id for card in self.cards if card.is_unfolded}
        self.cards = [self._card(note, note.id in unfolded) for note in self._notes if self._is_beside(note)]
        self._mark_passages()
        self.place()

    def _is_beside(self, note: Annotation) -> bool:
        return note.is_in_use and self.passages is not None and self.passages.passage(note) is not None

    def _card(self, note: Annotation, is_unfolded: bool) -> NoteCard:
        card = NoteCard(note, earlier(note, self._notes), self._theme, self._view.viewport())
        card.acts.setVisible(self._is_writable)
        card.acts_wanted.connect(self.acts_wanted)
        card.resized.connect(self.place)
        if is_unfolded:
            card.unfold()
        return card

    def _room(self) -> int:
        px = self._theme.px
        return max(1, self._view.viewport().width() - px(MARGIN + COLUMN + GAP) - px(GAP))

    def _height_of(self, passage: QTextCursor) -> int:
        """In the viewport: less than nothing above what is seen."""
        return self._view.cursorRect(_begin(passage)).top()

    def _mark_passages(self) -> None:
        passages = [self.passages.passage(note) for note in self._notes if note.is_in_use] if self.passages else []
        self._view.setExtraSelections(
            [self._marked(one, "soft") for one in passages if one is not None]
            + ([self._marked(written, "mark")] if (written := self._form_passage()) is not None else [])
        )

    def _marked(self, passage: QTextCursor, token: str) -> QTextEdit.ExtraSelection:
        shape = QTextCharFormat()
        shape.setBackground(self._theme.color(token))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = passage, shape
        return selection


def _begin(passage: QTextCursor) -> QTextCursor:
    begin = QTextCursor(passage)
    begin.setPosition(passage.selectionStart())
    return begin
