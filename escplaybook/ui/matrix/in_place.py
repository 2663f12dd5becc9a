"""Writing in a square itself: a name, a target or both, with people's names offered as one types."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

ONWARD = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Where a key that ends the writing goes on to: rows down, columns across."""


class InPlace(QLineEdit):
    """Lies over a square while one writes in it.

    `ended` carries the rows and columns by which to go on, and whether every square that is selected is meant.
    """

    ended = Signal(int, int, bool)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is to stand in this square"))
        self.setPlaceholderText(self.tr("Name; backup …; answer 15 min"))
        self._around = parent
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        assert popup is not None  # a completer makes its own
        popup.setProperty("part", "palette")
        self.setCompleter(completer)
        self.hide()

    def begin(self, box: QRect, text: str, names: Iterable[str], *, is_whole: bool) -> None:
        """Write in that box, behind what was typed already, or over the whole text."""
        people = list(names)
        backups = (self.tr("backup {0}").format(name) for name in people)
        self._names.setStringList([*people, *backups, *(self.tr("deputy {0}").format(name) for name in people)])
        self.mark(wrong=False)
        self.setText(text)
        self.place(box)
        self.show()
        self.setFocus()
        if is_whole:
            self.selectAll()

    def place(self, box: QRect) -> None:
        """Lie at the top of that box."""
        room = self._around.width() - 4
        width = min(max(box.width() - 4, self.fontMetrics().averageCharWidth() * 36), room)
        self.setGeometry(max(2, min(box.x() + 2, room - width)), box.y() + 2, width, self.sizeHint().height())

    def mark(self, *, wrong: bool) -> None:
        """Show that what stands here cannot be, or that it can."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # steps out of the writing, not of the page
                return True
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TABS:
            self.keyPressEvent(event)  # else Tab would leave the table
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close_offers()
            self.dropped.emit()
            return
        onward = ONWARD.get(Qt.Key(event.key()))
        if onward is None:
            super().keyPressEvent(event)
            return
        self._close_offers()
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and onward == (1, 0)
        down, across = (-1, 0) if is_back else onward
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ended.emit(0, 0, True)
        else:
            self.ended.emit(down, across, False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ours = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.isVisible() and event.reason() not in ours and not self.property("wrong"):
            self.ended.emit(0, 0, False)

    def _close_offers(self) -> None:
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()


_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
