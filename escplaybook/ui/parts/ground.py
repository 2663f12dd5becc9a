"""What lists painted line by line have in common: the ground of a line, its heading’s room, a word in its place."""

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from escplaybook.ui.theme import Theme


def let_flow(view: QListView) -> None:
    """Rows as wide as the list, whatever its width becomes, and scrolled smoothly however high each is."""
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setResizeMode(QListView.ResizeMode.Adjust)


class Ground(QStyledItemDelegate):
    """A delegate whose lines may carry a heading above them and grow no wider than `column`."""

    def __init__(self, theme: Theme, column: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme, self._column = theme, column

    def inner(self, box: QRect, head: int) -> QRect:
        """The line without the `head` above it, no wider than can be followed with the eye."""
        width = min(box.width(), self.theme.px(self._column))
        return QRect(box.left(), box.top() + head, width, box.height() - head)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        """The line below, and whether it is chosen, hovered over or has the keys."""
        theme = self.theme
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(box, theme.color("soft" if is_chosen else "raised"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def say(
        self,
        painter: QPainter,
        whole: QRect,
        box: QRect,
        text: str,
        token: str,
        font: QFont,
        aligned: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading,
    ) -> None:
        """One line of text, elided where it would not fit."""
        painter.setFont(font)
        painter.setPen(self.theme.color(token))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(self.seen(painter, whole, box), aligned | Qt.AlignmentFlag.AlignVCenter, shown)

    def seen(self, painter: QPainter, whole: QRect, part: QRect) -> QRect:
        """The part where a reader of this direction sees it."""
        return QStyle.visualRect(painter.layoutDirection(), whole, part)
