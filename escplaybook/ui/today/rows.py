"""How a due thing looks in the list: its mark, what is the matter, and at the right by when and what to do."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from escplaybook.domain.classification import Severity
from escplaybook.domain.due import Due
from escplaybook.store.kinds import kind_of
from escplaybook.ui.icons import pixmap
from escplaybook.ui.marks import paint_mark
from escplaybook.ui.parts.ground import Ground
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import BODY, SMALL, Theme
from escplaybook.ui.times import exact, said

GUTTER, PAD, COLUMN = 56, 12, 960
"""Room for the mark, above and below a row, and how wide a row grows before it is hard to follow."""

ICONS = {
    "agreement": "file-text",
    "contact": "user",
    "right": "shield-alert",
    "deployment": "map-pin",
    "vendor": "building-2",
    "point-of-contact": "users",
    "question": "message-square",
    "suggestion": "message-square",
    "reading": "book-open",
    "reading-question": "message-square",
}
"""What stands in the gutter of things that have no severity."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """A due as a row of a list; the first of its group carries the heading."""

    due: Due
    now: datetime
    heading: str = ""

    @property
    def id(self) -> str:
        """One record may ask for several things, so the sentence belongs to the identity."""
        return f"{self.due.record.id} {self.due.what}"

    @property
    def what(self) -> str:
        """What is the matter."""
        return self.due.what

    @property
    def severity(self) -> Severity | None:
        """The severity of what is due, if it has one."""
        held = getattr(self.due.record, "severity", None)
        return held if isinstance(held, Severity) else None

    @property
    def when(self) -> str:
        """By when, as people say it."""
        return said(self.due.due, self.now) if self.due.due is not None else _tr("overdue")

    @property
    def is_overdue(self) -> bool:
        """Whether its time has passed."""
        return self.due.is_overdue(self.now)

    @property
    def action(self) -> str:
        """What to do about it, as one would say it."""
        return self.due.action[:1].upper() + self.due.action[1:]


class DueDelegate(Ground):
    """Paints due things as rows of two lines, the titles in one column, whatever stands before them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, COLUMN, parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: DueRow = index.data(RECORD)
        width = option.widget.viewport().width() if option.widget else self.theme.px(COLUMN)  # type: ignore[attr-defined]
        what, _ = self._columns(row, self.inner(QRect(0, 0, width, 0), self._head(row)))
        height = self._laid_out(row.due.what, what.width())[1] + self.theme.px(20 + 2 * PAD)
        return QSize(width, round(height) + self._head(row))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: DueRow = index.data(RECORD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.inner(option.rect, self._head(row))
        if row.heading:
            px = self.theme.px
            head = QRect(box.left() + px(8), box.top() - px(8 + 20), box.width(), px(20))
            self.say(painter, option.rect, head, row.heading, "muted", self._font(BODY))
        self.paint_ground(painter, option, self.seen(painter, option.rect, box))
        self._paint_mark(painter, row, option.rect, box)
        what, when = self._columns(row, box)
        layout, height = self._laid_out(row.due.what, what.width())
        seen = self.seen(painter, option.rect, what)
        painter.setPen(self.theme.color("text"))
        layout.draw(painter, QPointF(seen.left(), seen.top()))
        second = what.adjusted(0, round(height), 0, 0)
        second.setHeight(self.theme.px(20))
        self.say(painter, option.rect, second, row.due.record.key, "muted", self._font(SMALL))
        self._paint_when(painter, row, option.rect, when)
        painter.restore()

    def _head(self, row: DueRow) -> int:
        return self.theme.px(48) if row.heading else 0

    def _columns(self, row: DueRow, box: QRect) -> tuple[QRect, QRect]:
        """Where the sentence stands, and where by when and what to do."""
        px = self.theme.px
        metrics = QFontMetricsF(self._font(BODY))
        widest = max(metrics.horizontalAdvance(row.when), metrics.horizontalAdvance(row.action))
        right = min(round(widest) + 4, box.width() // 3)
        inner = box.adjusted(px(GUTTER), px(PAD), -px(16), -px(PAD))
        return inner.adjusted(0, 0, -right - px(24), 0), QRect(
            inner.right() - right, inner.top(), right, inner.height()
        )

    def _paint_mark(self, painter: QPainter, row: DueRow, whole: QRect, box: QRect) -> None:
        px, theme = self.theme.px, self.theme
        size, line = px(12), px(19)
        if row.severity is None:
            name = ICONS.get(kind_of(type(row.due.record)).name, "circle-check")
            drawn = pixmap(name, theme.tokens.muted, px(16), ratio=painter.device().devicePixelRatioF())
            place = QRect(box.left() + px(8), box.top() + px(PAD) + (line - px(16)) // 2, px(16), px(16))
            painter.drawPixmap(self.seen(painter, whole, place).topLeft(), drawn)
            return
        mark = QRect(box.left() + px(8), box.top() + px(PAD) + (line - size) // 2, size, size)
        paint_mark(painter, QRectF(self.seen(painter, whole, mark)), row.severity, theme.severity_color(row.severity))
        code = QRect(mark.right() + px(5), box.top() + px(PAD), px(GUTTER), line)
        self.say(painter, whole, code, row.severity.value, row.severity.lower(), self._font(BODY, semibold=True))

    def _paint_when(self, painter: QPainter, row: DueRow, whole: QRect, box: QRect) -> None:
        line = self.theme.px(19)
        first = QRect(box.left(), box.top(), box.width(), line)
        far = Qt.AlignmentFlag.AlignTrailing
        self.say(painter, whole, first, row.when, "bad" if row.is_overdue else "text", self._font(BODY), far)
        self.say(painter, whole, first.translated(0, line), row.action, "accent", self._font(BODY), far)

    def _laid_out(self, text: str, width: int) -> tuple[QTextLayout, float]:
        """The sentence in as many lines as it needs, and their height."""
        layout = QTextLayout(text, self._font(BODY, semibold=True))
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height, lines = self.theme.px(19), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, lines * height + (height - line.height()) / 2))
            lines += 1
        layout.endLayout()
        return layout, lines * height

    def _font(self, size: int, *, semibold: bool = False) -> QFont:
        return self.theme.font(size, semibold=semibold, tabular=True)


def spoken(row: DueRow) -> str:
    """A due thing as a screen reader says it."""
    heading = f"{row.heading}: " if row.heading else ""
    severity = f"{row.severity}, " if row.severity is not None else ""
    return f"{heading}{severity}{row.due.what}, {row.when}, {row.action}, {row.due.record.key}"


def hover(row: DueRow) -> str:
    """The exact instant by which it is due."""
    return exact(row.due.due) if row.due.due is not None else row.due.what


def _tr(text: str) -> str:
    return QCoreApplication.translate("today", text)
