"""What may be meant by what is being typed, listed below a search box; the keys stay with the box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.theme import BODY, SMALL, Theme


@dataclass(frozen=True, slots=True)
class Line:
    """One offer: its words, what stands quietly behind them, and what is handed over if it is taken."""

    words: str
    note: str = ""
    offer: Any = None

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return self.words


class OfferList(QFrame):
    """`taken` carries the offer of the line that was taken. No line is current until somebody walks into the list."""

    taken = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        """`name` is what a screen reader calls the list."""
        super().__init__(parent)
        self._theme = theme
        self.setProperty("part", "palette")
        self.table: RecordTable[Line] = RecordTable(Column(name, _spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(_LineDelegate(theme, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(name)
        self.view.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self.view)
        self.hide()

    def show_lines(self, lines: Sequence[Line], corner: QPoint, width: int) -> None:
        """List these below the point, as wide as the box above; none closes the list."""
        self.table.show(lines)
        self.view.setCurrentIndex(QModelIndex())
        if not lines:
            self.hide()
            return
        self.setGeometry(corner.x(), corner.y(), width, self._theme.px(28) * len(lines) + 10)
        self.show()
        self.raise_()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key that the box was given is the list's: arrows, Tab, Escape, and Return on a line."""
        if not self.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.view.currentIndex().isValid()
        return event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Escape)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the list; tells whether it was for the list."""
        if not self.wants(event):
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                self._take(max(0, self.view.currentIndex().row()))
        return True

    def _step(self, by: int) -> None:
        """Round and round; between the last line and the first none is current, and the keys are the box's again."""
        count = self.table.rowCount()
        row = (self.view.currentIndex().row() + 1 + by) % (count + 1) - 1
        self.view.setCurrentIndex(self.table.index(row, 0) if row >= 0 else QModelIndex())
        if row < 0:
            self.view.clearSelection()

    def _clicked(self, index: QModelIndex) -> None:
        self._take(index.row())

    def _take(self, row: int) -> None:
        line: Line = self.table.index(row, 0).data(RECORD)
        self.hide()
        self.taken.emit(line.offer)


class _LineDelegate(QStyledItemDelegate):
    """One line each: the words at the beginning, the note at the end."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(option.rect.width(), self._theme.px(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, line = self._theme, index.data(RECORD)
        painter.save()
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, theme.color("soft" if is_current else "raised"))
        box = option.rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
        painter.setFont(theme.font(SMALL, tabular=True))
        painter.setPen(theme.color("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignTrailing, line.note)
        taken = painter.fontMetrics().horizontalAdvance(line.note) + theme.px(16)
        room = QRect(box.left(), box.top(), box.width() - taken, box.height())
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            room.moveRight(box.right())
        painter.setFont(theme.font(BODY))
        painter.setPen(theme.color("text"))
        words = painter.fontMetrics().elidedText(line.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeading, words)
        painter.restore()


def _spoken(line: Line) -> str:
    return f"{line.words}, {line.note}" if line.note else line.words
