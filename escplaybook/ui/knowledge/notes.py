"""Mentors' notes beside the passages they are about: in the margin where there is room, else below the passage."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.ui.prose_view import COLUMN, MARGIN, ProseView
from escplaybook.ui.theme import Theme
from escplaybook.ui.times import short_day

NARROWEST = 176
"""Pixels at 100 % below which a note in the margin would be a column of single words."""

GAP = 16

TOKENS = {
    AnnotationKind.CAUTION: "warn",
    AnnotationKind.SHORTCUT: "good",
    AnnotationKind.WHY: "accent",
    AnnotationKind.STORY: "muted",
}


class NotesMargin(QObject):
    """Keeps the notes of one text at the height of their passages while the text is scrolled and resized."""

    def __init__(self, view: ProseView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._notes: tuple[Annotation, ...] = ()
        self.labels: list[QLabel] = []
        view.verticalScrollBar().valueChanged.connect(self.place)
        view.document().documentLayout().documentSizeChanged.connect(self.place)
        view.resized.connect(self.place)
        theme.changed.connect(self._redraw)

    def has_room(self) -> bool:
        """Whether the margin is wide enough to be read."""
        return self._room() >= self._theme.px(NARROWEST)

    def show_notes(self, notes: Sequence[Annotation]) -> None:
        """Show these notes; none where the margin has no room for them."""
        self._notes = tuple(notes)
        self._redraw()

    def place(self) -> None:
        """Put every note beside its passage, below the note before it."""
        scrolled = self._view.verticalScrollBar().value()
        left = self._view.viewport().width() - self._room() - self._theme.px(GAP)
        beside = sorted(zip(self._notes, self.labels, strict=False), key=lambda pair: self._height_of(pair[0]))
        bottom = -scrolled
        for note, label in beside:
            label.setFixedWidth(max(self._room(), 1))
            label.adjustSize()
            top = max(self._height_of(note) - scrolled, bottom)
            label.move(left, round(top))
            label.setVisible(self.has_room())
            bottom = round(top) + label.height() + self._theme.px(GAP)

    def _redraw(self) -> None:
        for label in self.labels:
            label.deleteLater()
        self.labels = [self._label(note) for note in self._notes]
        self._mark_passages()
        self.place()

    def _label(self, note: Annotation) -> QLabel:
        label = QLabel(self._view.viewport())
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAccessibleName(f"{heading(note)}: {note.text}")
        colour = getattr(self._theme.tokens, TOKENS[note.kind])
        label.setStyleSheet(f"border-left: {self._theme.px(3)}px solid {colour}; padding-left: {self._theme.px(9)}px;")
        label.setText(
            f"<b style='color: {colour}'>{html.escape(heading(note))}</b><br>{html.escape(note.text)}"
            f"<br><span style='color: {self._theme.tokens.muted}'>{html.escape(signature(note))}</span>"
        )
        return label

    def _room(self) -> int:
        px = self._theme.px
        return self._view.viewport().width() - px(MARGIN + COLUMN + GAP) - px(GAP)

    def _passage(self, note: Annotation) -> QTextCursor:
        return self._view.document().find(note.quote)

    def _height_of(self, note: Annotation) -> float:
        cursor = self._passage(note)
        if cursor.isNull():
            return 0.0  # the passage is gone: the note stands at the top, where it is seen
        return self._view.document().documentLayout().blockBoundingRect(cursor.block()).top()

    def _mark_passages(self) -> None:
        shape = QTextCharFormat()
        shape.setBackground(self._theme.color("soft"))
        marked = []
        for note in self._notes:
            cursor = self._passage(note)
            if not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor, selection.format = cursor, shape
                marked.append(selection)
        self._view.setExtraSelections(marked)


def heading(note: Annotation) -> str:
    """“Caution · only below 8.4”."""
    name = {
        AnnotationKind.CAUTION: _tr("Caution"),
        AnnotationKind.SHORTCUT: _tr("Shortcut"),
        AnnotationKind.WHY: _tr("Why"),
        AnnotationKind.STORY: _tr("Story"),
    }[note.kind]
    return f"{name} · {note.applies_when}" if note.applies_when else name


def signature(note: Annotation) -> str:
    """“Ines Okafor, 14 Mar 2026”."""
    return f"{note.author}, {short_day(note.created.date())}"


def aside(notes: Sequence[Annotation]) -> str:
    """The notes as they stand in the text, where the margin has no room."""
    return "".join(
        f"<blockquote><p><b>{html.escape(heading(note))}:</b> {html.escape(note.text)} "
        f"<span class='small'>{html.escape(signature(note))}</span></p></blockquote>"
        for note in notes
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("notes", text)
