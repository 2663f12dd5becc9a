"""Keying in a printed call list: one line a result, by the numbers on the paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.errors import PlaybookError
from escplaybook.services.call_lists import key_in
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.prose_view import COLUMN, MARGIN

DRAFT = "results being keyed in"


class KeyingIn(QFrame):
    """What is typed is remembered until it is stored; lines that cannot be read stay, each with its reason."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("plane", "raised")
        self.heading = QLabel(self.tr("Key in the results of a call list"), self)
        self.heading.setProperty("role", "title")
        self.told = QLabel(
            self.tr("One line a result, by the number on the paper: “12 ok”, “13 failed no answer”, “14 now +44 …”."),
            self,
        )
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.text = MarkdownField(desk.theme, self, lines=12)
        self.text.setAccessibleName(self.tr("Results, one a line"))
        self.text.setPlaceholderText("12 ok\n13 failed no answer\n14 now +44 20 7946 0123, ok")
        self.text.changed.connect(self._typed)
        self.unread = QLabel(self)
        self.unread.setWordWrap(True)
        self.unread.setProperty("role", "warn")
        self.unread.hide()
        self.store = QPushButton(self.tr("Key in"), self)
        self.store.setProperty("kind", "primary")
        self.store.setToolTip(self.tr("Ctrl+S"))
        dress(self.store, "check", desk.theme, "on_accent")
        self.store.clicked.connect(self.save)
        self.cancel = QPushButton(self.tr("Back to the round"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self.cancel.clicked.connect(self.left)
        self._lay_out()

    def begin(self) -> None:
        """Go on with what was typed and not stored."""
        self.text.set_value(str(self._desk.memory.recall(DRAFT, "")))
        self.unread.hide()
        self.text.setFocus()

    def save(self) -> None:
        """Store every line that can be read; the others stay to be mended."""
        text = self.text.value()
        try:
            keyed = key_in(self._desk.book, self._desk.memory, text, self._desk.now(), author=self._desk.author)
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        if keyed.count:
            told = self.tr("1 result keyed in") if keyed.count == 1 else self.tr("{0} results keyed in")
            self._desk.say(told.format(keyed.count), self.tr("Undo"), self._desk.undo)
        lines = text.splitlines()
        self.text.set_value("\n".join(lines[line - 1] for line, _ in keyed.unread))
        self._typed()
        self.unread.setText("\n".join(why for _, why in keyed.unread))
        self.unread.setVisible(bool(keyed.unread))
        if not keyed.unread and keyed.count:
            self.left.emit()

    def _typed(self) -> None:
        self._desk.memory.remember(DRAFT, self.text.value())

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        self.text.setMaximumWidth(px(COLUMN))
        row = QHBoxLayout()
        row.addWidget(self.store)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(20))
        column.setSpacing(8)
        for widget in (self.heading, self.told, self.text, self.unread):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)
