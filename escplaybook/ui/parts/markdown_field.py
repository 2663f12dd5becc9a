"""The field for Markdown: its keys, what is pasted into it, and how it grows."""

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from escplaybook.domain.knowledge import TEXT_LIMIT, too_long
from escplaybook.prose.markdown import from_cells, from_html
from escplaybook.ui.parts import markdown_keys
from escplaybook.ui.theme import Theme

MOST_LINES = 200
"""Lines up to which a field grows; a longer text is scrolled inside, so that only what is seen is laid out."""

LONGEST_LINE = 8_000
"""Characters of a line; longer ones are broken between words. Qt lays a line out whole at every key: one of two
million characters takes half a second, one without a blank minutes."""

PLAIN_PASTE = "Ctrl+Shift+V"

_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST_LINE + 1},}}")
_PIECE = re.compile(rf".{{1,{LONGEST_LINE}}}(?:\s|$)|.{{{LONGEST_LINE}}}")


class MarkdownField(QPlainTextEdit):
    """Markdown of any length up to `TEXT_LIMIT`. Tab leaves it, as any other field, but for the items of a list.

    `refused` carries the sentence about a text that is too long to be pasted. `keep_picture`, where it is set, is
    handed a picture that was pasted and gives back the Markdown that shows it, or nothing. `is_offered` tells whether
    a list of what could be written hangs at the cursor, and takes the keys that choose from it.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        self._theme, self._lines, self._is_showing = theme, lines, False
        self.keep_picture: Callable[[QImage], str] | None = None
        self.is_offered: Callable[[], bool] = _never
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._edited)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> Any:
        """The text, without blank lines at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._is_showing = True
        self.setPlainText(_broken(value or ""))
        self._is_showing = False
        self._grow()

    def run(self, act: markdown_keys.Act) -> None:
        """Do one of the acts of `markdown_keys` here."""
        self.setFocus()
        act.run(self)

    def insert(self, markdown: str) -> None:
        """Put a text at the cursor, in place of what is selected."""
        self.textCursor().insertText(markdown)

    def paste_plainly(self) -> None:
        """Paste the words and nothing of their form."""
        self._paste_text(QApplication.clipboard().text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) or (source.hasImage() and self.keep_picture is not None)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted or dropped: a table of cells, a page as Markdown, a picture, or plain words."""
        text = source.text()
        if made := from_cells(text) if len(text) <= TEXT_LIMIT else "":
            self._paste_block(made)
        elif source.hasHtml() and (made := from_html(source.html())):
            self._paste_block(made) if "\n" in made else self._paste_text(made)
        elif source.hasImage() and self.keep_picture is not None:
            if made := self.keep_picture(QImage(source.imageData())):
                self.insert(made)
        else:
            self._paste_text(text)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in _CHOOSING and self.is_offered():
                event.ignore()  # they choose from what is offered
                return False
            if event.type() == QEvent.Type.ShortcutOverride and self._act_of(event):
                event.accept()
                return True
            keys = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            is_shift = event.type() == QEvent.Type.KeyPress and event.key() in keys and not self.isReadOnly()
            if is_shift and markdown_keys.shift(self, deeper=event.key() == Qt.Key.Key_Tab):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif act := self._act_of(event):
            act()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self._go_on():
            event.accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def wheelEvent(self, event: Any) -> None:
        if self._is_cut() and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the form scrolls

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        pressed = QKeySequence(event.keyCombination())
        if pressed == QKeySequence(PLAIN_PASTE):
            return self.paste_plainly
        for act in markdown_keys.ACTS:
            if pressed == QKeySequence(act.keys):
                return lambda: self.run(act)
        return None

    def _go_on(self) -> bool:
        return markdown_keys.go_on(self)

    def _paste_block(self, markdown: str) -> None:
        """On lines of its own."""
        cursor = self.textCursor()
        before = "\n\n" if cursor.block().text()[: cursor.positionInBlock()].strip() else ""
        self._paste_text(f"{before}{markdown}\n")

    def _paste_text(self, text: str) -> None:
        length = self.document().characterCount() + len(text)
        if length > TEXT_LIMIT:
            self.refused.emit(too_long(length))
        elif text:
            self.insert(_broken(text))
            self.ensureCursorVisible()

    def _edited(self) -> None:
        if not self._is_showing:
            self.changed.emit()

    def _is_cut(self) -> bool:
        return self.document().size().height() > MOST_LINES

    def _grow(self) -> None:
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = max(self._lines, self.document().size().height())  # a plain text's height is counted in lines
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._is_cut() else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != shown:
            self.setVerticalScrollBarPolicy(shown)
        self.setFixedHeight(round(min(lines, MOST_LINES) * line) + self._theme.px(18))


def _never() -> bool:
    return False


def _broken(text: str) -> str:
    """The text with lines broken that no one could read and Qt could not lay out in time."""
    if len(text) <= LONGEST_LINE:
        return text
    return _LONG_LINE.sub(lambda line: "\n".join(piece.rstrip() for piece in _PIECE.findall(line[0])), text)
