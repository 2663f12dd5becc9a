"""Rows with a ring that shows how far something is: a reading on the shelf, a chapter in the contents."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from escplaybook.ui.icons import pixmap
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import BODY, SMALL, Theme

RING, GUTTER, PAD, HEAD = 18, 32, 9, 34
"""The ring's width, the room for it, above and below a row, and the height of a heading."""

Word = tuple[str, str]
"""Words and the token of their colour."""


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """What to paint. `share` is how much is done, 0 to 1; None draws the icon instead. `heading` stands above the row.

    `meta` are the small words of the last line. A row that `is_done` has a tick in its ring.
    """

    id: str
    title: str
    meta: tuple[Word, ...] = ()
    share: float | None = None
    is_done: bool = False
    icon: str = ""
    heading: str = ""


class ProgressDelegate(QStyledItemDelegate):
    """Paints rows of up to two lines of title and one of small words, with a ring before them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: ProgressRow = index.data(RECORD)
        width = option.widget.viewport().width() if option.widget else self._theme.px(280)  # type: ignore[attr-defined]
        height = self._title(row, self._inner(row, QRect(0, 0, width, 0)).width())[1]
        if row.meta:
            height += self._line(SMALL)
        return QSize(width, round(height + 2 * self._theme.px(PAD)) + self._head(row))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ProgressRow = index.data(RECORD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heading(painter, row, option.rect)
        box = option.rect.adjusted(0, self._head(row), 0, 0)
        self._paint_ground(painter, option, box)
        inner = self._inner(row, option.rect)
        layout, height = self._title(row, inner.width())
        seen = self._seen(painter, option.rect, inner)
        painter.setPen(self._theme.color("text"))
        layout.draw(painter, QPointF(seen.left(), seen.top()))
        self._paint_ring(painter, row, option.rect, inner)
        line = QRect(inner.left(), inner.top() + round(height), inner.width(), self._line(SMALL))
        self._paint_meta(painter, row, self._seen(painter, option.rect, line))
        painter.restore()

    def _head(self, row: ProgressRow) -> int:
        return self._theme.px(HEAD) if row.heading else 0

    def _inner(self, row: ProgressRow, box: QRect) -> QRect:
        """Where the words stand."""
        px = self._theme.px
        return box.adjusted(px(12 + GUTTER), self._head(row) + px(PAD), -px(12), -px(PAD))

    def _paint_heading(self, painter: QPainter, row: ProgressRow, box: QRect) -> None:
        if row.heading:
            px = self._theme.px
            line = QRect(box.left() + px(16), box.top() + px(10), box.width() - px(28), px(20))
            painter.setFont(self._theme.font(SMALL, semibold=True))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, row.heading)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        theme = self._theme
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.color("soft" if is_chosen else "raised"))
        if is_chosen:
            width = theme.px(3)
            left = box.right() + 1 - width if option.direction is Qt.LayoutDirection.RightToLeft else box.left()
            painter.fillRect(QRect(left, box.top(), width, box.height()), theme.color("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _paint_ring(self, painter: QPainter, row: ProgressRow, whole: QRect, inner: QRect) -> None:
        px, theme = self._theme.px, self._theme
        top = inner.top() + (self._line(BODY) - px(RING)) // 2
        place = self._seen(painter, whole, QRect(inner.left() - px(GUTTER), top, px(RING), px(RING)))
        if row.share is None:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place.topLeft(), pixmap(row.icon, theme.tokens.muted, px(RING), ratio=ratio))
            return
        paint_ring(painter, theme, QRectF(place), row.share, is_done=row.is_done)

    def _paint_meta(self, painter: QPainter, row: ProgressRow, line: QRect) -> None:
        font = self._theme.font(SMALL, tabular=True)
        metrics, left = QFontMetricsF(font), 0.0
        painter.setFont(font)
        for words, token in row.meta:
            room = line.width() - left
            if room <= 0:
                return
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(shown)
            part = QRect(line.left() + round(left), line.top(), round(width) + 2, line.height())
            painter.setPen(self._theme.color(token))
            aligned = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self._seen(painter, line, part), aligned, shown)
            left += width + self._theme.px(10)

    def _seen(self, painter: QPainter, whole: QRect, part: QRect) -> QRect:
        """The part where a reader of this direction sees it."""
        return QStyle.visualRect(painter.layoutDirection(), whole, part)

    def _title(self, row: ProgressRow, width: int) -> tuple[QTextLayout, float]:
        """The title in as many lines as it needs, and their height."""
        layout = QTextLayout(row.title, self._theme.font(BODY, semibold=True))
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height, lines = self._line(BODY), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, lines * height + (height - line.height()) / 2))
            lines += 1
        layout.endLayout()
        return layout, lines * height

    def _line(self, size: int) -> int:
        return round(self._theme.px(size) * 1.42)


def paint_ring(painter: QPainter, theme: Theme, box: QRectF, share: float, *, is_done: bool) -> None:
    """A ring filled clockwise from the top; what is done has a tick in a full one, so no colour need be seen."""
    width = max(2.0, box.width() / 7)
    inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("good"), width) if is_done else QPen(theme.color("muted"), 1.0))
    painter.drawEllipse(inner)
    if is_done:
        pen = QPen(theme.color("good"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y, unit = box.left(), box.top(), box.width()
        corners = ((0.30, 0.52), (0.44, 0.66), (0.70, 0.36))
        painter.drawPolyline([QPointF(x + across * unit, y + down * unit) for across, down in corners])
    elif share > 0:
        painter.setPen(QPen(theme.color("accent"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(inner, 90 * 16, -round(min(share, 1.0) * 360 * 16))


def spoken(row: ProgressRow) -> str:
    """A row as a screen reader says it."""
    heading = f"{row.heading}: " if row.heading else ""
    return heading + ", ".join((row.title, *(words for words, _ in row.meta)))
