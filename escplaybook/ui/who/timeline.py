"""How a rung of the ladder looks in the timeline: when it is called, who answers and why, and the number to dial."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from escplaybook.domain.contacts import ContactPoint
from escplaybook.domain.dues import CALLED, is_stale
from escplaybook.domain.routing import Rung
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import BODY, LEAD, SMALL, Theme
from escplaybook.ui.times import said_day

TIME, LINE = 68, 24
"""Room for the time at the left, and for the line with its dots."""

NUMBERS = 248
"""Room for the number at the right."""


class RungRow:
    """A rung as a row of a list; its identity is its cell's."""

    def __init__(self, rung: Rung, now: datetime) -> None:
        self.id, self.rung, self.now = rung.cell.id, rung, now

    @property
    def number(self) -> ContactPoint | None:
        """The point to try first: the first that can be called, else the first of any kind."""
        points = self.rung.points
        return next((point for point in points if point.kind in CALLED), points[0] if points else None)


class TimelineDelegate(QStyledItemDelegate):
    """Paints rungs one below the other, joined by a line; a rung where nobody answers is hollow and says why."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: RungRow = index.data(RECORD)
        line = self._theme.px(18)
        lines = 1 + len(row.rung.why) + (1 if row.rung.cell.outcome else 0)
        height = self._theme.px(22) + line * max(lines, 2) + self._theme.px(24)
        return QSize(self._theme.px(560), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: RungRow = index.data(RECORD)
        px, box = self._theme.px, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(5), px(5))
        inner = box.adjusted(px(8), px(10), -px(8), -px(6))
        self._paint_line(painter, row, box, inner)
        text = inner.adjusted(px(TIME + LINE + 8), 0, -px(NUMBERS), 0)
        self._paint_person(painter, row, text)
        self._paint_number(painter, row, inner)
        painter.restore()

    def _paint_line(self, painter: QPainter, row: RungRow, box: QRectF, inner: QRectF) -> None:
        px, theme = self._theme.px, self._theme
        middle = inner.left() + px(TIME) + px(LINE) / 2
        painter.setPen(QPen(theme.color("line"), px(2)))
        painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom()))
        answers = row.rung.answers is not None
        centre = QPointF(middle, inner.top() + px(9))
        painter.setPen(QPen(theme.color("accent" if answers else "bad"), px(2)))
        painter.setBrush(theme.color("accent" if answers else "surface"))
        painter.drawEllipse(centre, px(6), px(6))
        painter.setPen(theme.color("text" if answers else "muted"))
        painter.setFont(theme.font(LEAD, semibold=True, tabular=True))
        time = row.rung.starts.astimezone().strftime("%H:%M") if answers else "—"
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(inner.left(), inner.top(), px(TIME - 8), px(20)), right, time)

    def _paint_person(self, painter: QPainter, row: RungRow, box: QRectF) -> None:
        rung, px = row.rung, self._theme.px
        top = self._say(painter, box, box.top(), f"{rung.level.rank} · {rung.level.name}", "muted")
        if rung.answers is not None:
            top = self._say(painter, box, top, rung.answers.name, "text", LEAD)
        else:
            top = self._say(painter, box, top, self.tr("nobody"), "bad", LEAD)
        for reason in rung.why:
            top = self._say(painter, box, top, reason, "muted" if rung.answers else "text", SMALL)
        if rung.cell.outcome:
            self._say(painter, box, top + px(1), rung.cell.outcome, "text", SMALL)

    def _paint_number(self, painter: QPainter, row: RungRow, inner: QRectF) -> None:
        point, px = row.number, self._theme.px
        if point is None:
            return
        box = QRectF(inner.right() - px(NUMBERS - 12), inner.top(), px(NUMBERS - 12), inner.height())
        right = Qt.AlignmentFlag.AlignRight
        top = self._say(painter, box, box.top(), point.value, "text", LEAD, aligned=right)
        if row.rung.acknowledge_by is not None:
            by = row.rung.acknowledge_by.astimezone().strftime("%H:%M")
            top = self._say(painter, box, top, self.tr("answers by {0}").format(by), "muted", SMALL, aligned=right)
        token = "warn" if is_stale(point, row.now.date()) else "muted"
        self._say(painter, box, top, verified(point, row.now), token, SMALL, aligned=right)

    def _say(
        self,
        painter: QPainter,
        box: QRectF,
        top: float,
        text: str,
        token: str,
        size: int = BODY,
        *,
        aligned: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> float:
        """One line of text, elided where it would not fit; returns where the next line may stand."""
        font = self._theme.font(size, semibold=size == LEAD, tabular=True)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        height = self._theme.px(22 if size == LEAD else 18)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRectF(box.left(), top, box.width(), height), aligned | Qt.AlignmentFlag.AlignVCenter, shown)
        return top + height


def verified(point: ContactPoint, now: datetime) -> str:
    """“verified 9 days ago”, or that it never was."""
    if point.verified is None:
        return _tr("never verified")
    return _tr("verified {0}").format(said_day(point.verified, now))


def _tr(text: str) -> str:
    return QCoreApplication.translate("timeline", text)
