"""How a paper stands in the list: its name, what it is for, and over the first of each group the group's heading."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from escplaybook.ui.paper.papers import Paper
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.theme import SMALL, Theme


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as a row of the list; the first of its group carries the heading."""

    paper: Paper
    heading: str = ""

    @property
    def id(self) -> str:
        """The paper's."""
        return self.paper.id


class PaperDelegate(RowDelegate):
    """Paints papers; the headings are quiet, and no part of the row that is chosen."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, _row, parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + self._head(index.data(RECORD)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, box, px = index.data(RECORD), QRect(option.rect), self._theme.px
        if row.heading:
            painter.save()
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._theme.font(SMALL, semibold=True))
            head = QRect(box.left() + px(16), box.top(), box.width() - px(32), self._head(row) - px(6))
            painter.drawText(head, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, row.heading)
            painter.restore()
        option.rect = box.adjusted(0, self._head(row), 0, 0)
        super().paint(painter, option, index)

    def _head(self, row: PaperRow) -> int:
        return self._theme.px(34) if row.heading else 0


def spoken(row: PaperRow) -> str:
    """The row as it is read aloud."""
    heading = f"{row.heading}: " if row.heading else ""
    return f"{heading}{row.paper.name}: {row.paper.said}"


def _row(row: PaperRow) -> Row:
    return Row(row.paper.name, meta=((row.paper.said, "muted"),))
