"""Lines under headings: what is the matter, a quiet second line, and at the right the one step that leads on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.ui.icons import pixmap
from escplaybook.ui.marks import paint_mark
from escplaybook.ui.parts.ground import Ground, let_flow
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.theme import BODY, SMALL, Theme

GUTTER, PAD, COLUMN = 40, 10, 900
"""Room for what stands before the words, above and below a line, and how wide a line grows before it is lost."""

OPEN = "open"
"""The icon of what can be ticked and is not: an empty circle."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list; the first of its group carries the heading, with its words in `heading_token`.

    `icon` is the name of an icon, OPEN, or empty; what `is_done` is quiet. `of` is what the line stands for.
    """

    id: str
    words: str
    quiet: str = ""
    step: str = ""
    icon: str = ""
    token: str = "muted"
    severity: Severity | None = None
    heading: str = ""
    heading_token: str = "muted"
    is_calm: bool = False
    is_done: bool = False
    of: Any = None

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        severity = self.severity or ""
        return ", ".join(filter(None, (self.heading, severity, self.words, self.quiet, self.step)))


class GroupedList(QListView):
    """`stepped` carries the line one wants to go on from (Return, or a click on its step).

    `ticked` carries the line whose icon was clicked, or on which the space bar was pressed.
    """

    stepped = Signal(object)
    ticked = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.table: RecordTable[Line] = RecordTable(Column(name, _spoken, _hover), parent=self)
        self.setModel(self.table)
        self.setItemDelegate(_LineDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("plane", "surface")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        let_flow(self)
        self.activated.connect(self._activated)
        theme.changed.connect(self.doItemsLayout)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List these; the line one is on stays, or the one that took its place."""
        kept, row = self.line(), self.currentIndex().row()
        self.table.show(lines)
        if lines:
            there = self.table.row_of(kept.id) if kept is not None else 0
            self.stand_at(there if there >= 0 else min(max(row, 0), len(lines) - 1))

    def line(self) -> Line | None:
        """The line one is on."""
        found: Line | None = self.currentIndex().data(RECORD)
        return found

    def stand_at(self, row: int) -> None:
        """Make a line current, and its heading seen."""
        self.setCurrentIndex(self.table.index(row, 0))
        self.scrollTo(self.currentIndex())

    def step(self, by: int) -> None:
        """Walk through the lines."""
        if self.table.rowCount():
            self.stand_at(min(max(self.currentIndex().row() + by, 0), self.table.rowCount() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.line()
        if event.key() == Qt.Key.Key_Space and line is not None:
            self.ticked.emit(line)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line: Line | None = index.data(RECORD)
        if line is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        delegate = self.itemDelegate()
        assert isinstance(delegate, _LineDelegate)
        part = delegate.part_at(line, self.visualRect(index), event.position().toPoint().x(), self.layoutDirection())
        if part == "icon":
            self.ticked.emit(line)
        elif part == "step":
            self.stepped.emit(line)

    def _activated(self, index: QModelIndex) -> None:
        self.stepped.emit(index.data(RECORD))


class _LineDelegate(Ground):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, COLUMN, parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: Line = index.data(RECORD)
        width = option.widget.viewport().width() if option.widget else self.theme.px(COLUMN)  # type: ignore[attr-defined]
        words, _ = self._columns(line, self.inner(QRect(0, 0, width, 0), self._head(line)))
        height = self._laid_out(line.words, words.width(), is_calm=line.is_calm)[1] + self.theme.px(2 * PAD)
        if line.quiet:
            height += self._laid_out(line.quiet, words.width(), is_calm=True)[1] + self.theme.px(2)
        return QSize(width, round(height) + self._head(line))

    def part_at(self, line: Line, box: QRect, x: int, direction: Qt.LayoutDirection) -> str:
        """What of a line stands at that place: its “icon”, its “step”, or its words (empty)."""
        words, step = self._columns(line, self.inner(box, self._head(line)))
        if QStyle.visualRect(direction, box, step).contains(x, step.center().y()) and line.step:
            return "step"
        seen = QStyle.visualRect(direction, box, words)
        is_before = x > seen.right() if direction is Qt.LayoutDirection.RightToLeft else x < seen.left()
        return "icon" if is_before and line.icon else ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(RECORD)
        px = self.theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.inner(option.rect, self._head(line))
        if line.heading:
            head = QRect(box.left() + px(8), box.top() - px(8 + 20), box.width() - px(16), px(20))
            self.say(painter, option.rect, head, line.heading, line.heading_token, self.theme.font(BODY, semibold=True))
        self.paint_ground(painter, option, self.seen(painter, option.rect, box))
        self._paint_icon(painter, line, option.rect, box)
        words, step = self._columns(line, box)
        layout, height = self._laid_out(line.words, words.width(), is_calm=line.is_calm)
        self._draw(painter, layout, self.seen(painter, option.rect, words), "muted" if line.is_done else "text")
        if line.quiet:
            below = words.adjusted(0, round(height) + px(2), 0, 0)
            layout, _ = self._laid_out(line.quiet, words.width(), is_calm=True)
            self._draw(painter, layout, self.seen(painter, option.rect, below), "muted")
        far = Qt.AlignmentFlag.AlignTrailing
        first = QRect(step.left(), step.top(), step.width(), px(19))
        self.say(painter, option.rect, first, line.step, "accent", self.theme.font(BODY), far)
        painter.restore()

    def _head(self, line: Line) -> int:
        return self.theme.px(44) if line.heading else 0

    def _columns(self, line: Line, box: QRect) -> tuple[QRect, QRect]:
        """Where the words stand, and where the step."""
        px = self.theme.px
        wide = round(QFontMetricsF(self.theme.font(BODY)).horizontalAdvance(line.step)) + 4 if line.step else 0
        right = min(wide, box.width() // 3)
        inner = box.adjusted(px(GUTTER if line.icon or line.severity else 8), px(PAD), -px(16), -px(PAD))
        gap = px(24) if right else 0
        return inner.adjusted(0, 0, -right - gap, 0), QRect(inner.right() - right, inner.top(), right, inner.height())

    def _paint_icon(self, painter: QPainter, line: Line, whole: QRect, box: QRect) -> None:
        px, theme = self.theme.px, self.theme
        place = QRect(box.left() + px(10), box.top() + px(PAD) + px(1), px(17), px(17))
        seen = self.seen(painter, whole, place)
        if line.icon == OPEN:
            painter.setPen(theme.color("muted"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(seen).adjusted(1.5, 1.5, -1.5, -1.5))
        elif line.icon:
            colour = theme.color(line.token).name()
            drawn = pixmap(line.icon, colour, px(17), ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(seen.topLeft(), drawn)
        elif line.severity is not None:
            paint_mark(painter, QRectF(seen), line.severity, theme.severity_color(line.severity))

    def _draw(self, painter: QPainter, layout: QTextLayout, box: QRect, token: str) -> None:
        painter.setPen(self.theme.color(token))
        layout.draw(painter, QPointF(box.left(), box.top()))

    def _laid_out(self, text: str, width: int, *, is_calm: bool) -> tuple[QTextLayout, float]:
        """The text in as many lines as it needs, and their height."""
        font: QFont = self.theme.font(SMALL if is_calm else BODY, semibold=not is_calm)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height, lines = 0.0, layout.createLine()
        while lines.isValid():
            lines.setLineWidth(max(width, 1))
            lines.setPosition(QPointF(0, height))
            height += lines.height() * 1.1
            lines = layout.createLine()
        layout.endLayout()
        return layout, height


def _spoken(line: Line) -> str:
    return line.spoken


def _hover(line: Line) -> str:
    return line.words
