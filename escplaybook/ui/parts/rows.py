"""How a record looks as a row in a list: mark and title, two lines of text with what was found, a quiet last line."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from escplaybook.domain.classification import Severity
from escplaybook.ui.marks import paint_mark
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import BODY, SMALL, Theme

LINE_HEIGHT = 1.42
MEASURED = 5_000
"""Texts whose width is remembered."""


@dataclass(frozen=True, slots=True)
class Row:
    """What to paint of a record. `snippet` is HTML with nothing but `<mark>`; `meta` are words with their token."""

    title: str
    severity: Severity | None = None
    snippet: str = ""
    meta: tuple[tuple[str, str], ...] = ()


class RowDelegate(QStyledItemDelegate):
    """Paints rows; `row_of` says what of a record is to be seen."""

    def __init__(self, theme: Theme, row_of: Callable[[Any], Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._row_of = theme, row_of
        self._widths: dict[tuple[str, bool], float] = {}
        theme.changed.connect(self._widths.clear)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = self._row_of(index.data(RECORD))
        width = option.rect.width() if option.rect.width() > 0 else self._viewport_width(option)
        room = width - 2 * self._theme.px(16)
        title_room = room - self._indent(row)
        lines = 1 if self._width(row.title, semibold=True) <= title_room else 2
        height = self._line(BODY) * lines
        if row.snippet:
            lines = 1 if self._width(_text_of(row.snippet), semibold=False) <= room else 2
            height += self._line(BODY) * lines + self._theme.px(2)
        if row.meta:
            height += self._line(SMALL) + self._theme.px(2)
        return QSize(width, round(height + 2 * self._theme.px(11)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, box, px = self._row_of(index.data(RECORD)), option.rect, self._theme.px
        painter.save()
        self._paint_ground(painter, option)
        inner = box.adjusted(px(16), px(11), -px(16), -px(11))
        top = float(inner.top())
        top = self._paint_title(painter, row, inner, top)
        if row.snippet:
            top += px(2)
            top = self._paint_snippet(painter, row, inner, top)
        if row.meta:
            top += px(2)
            self._paint_meta(painter, row, inner, top)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, box = self._theme, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.color("soft" if is_chosen else "raised"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line"))
        if is_chosen:
            width = theme.px(3)
            left = box.right() + 1 - width if option.direction is Qt.LayoutDirection.RightToLeft else box.left()
            painter.fillRect(QRect(left, box.top(), width, box.height()), theme.color("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _paint_title(self, painter: QPainter, row: Row, inner: QRect, top: float) -> float:
        theme = self._theme
        indent = self._indent(row)
        if row.severity is not None:
            colour = theme.severity_color(row.severity)
            size = theme.px(12)
            painter.setPen(colour)
            painter.setFont(theme.font(BODY, semibold=True))
            code_width = indent - theme.px(24)
            start = float(inner.left())
            if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                start = inner.right() - indent + theme.px(8)
            line = self._line(BODY)
            paint_mark(painter, QRectF(start, top + (line - size) / 2, size, size), row.severity, colour)
            code = QRectF(start + size + theme.px(4), top, code_width, line)
            painter.drawText(code, Qt.AlignmentFlag.AlignVCenter, row.severity.value)
        painter.setPen(theme.color("text"))
        box = inner.adjusted(round(indent), 0, 0, 0)
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box = inner.adjusted(0, 0, -round(indent), 0)
        return self._paint_text(painter, row.title, [], theme.font(BODY, semibold=True), box, top)

    def _paint_snippet(self, painter: QPainter, row: Row, inner: QRect, top: float) -> float:
        theme = self._theme
        text, spans = _spans_of(row.snippet)
        found = QTextCharFormat()
        found.setBackground(theme.color("mark"))
        found.setForeground(theme.color("text"))
        formats = [_range(start, length, found) for start, length in spans]
        painter.setPen(theme.color("muted"))
        return self._paint_text(painter, text, formats, theme.font(), inner, top)

    def _paint_meta(self, painter: QPainter, row: Row, inner: QRect, top: float) -> None:
        theme = self._theme
        font = theme.font(SMALL, tabular=True)
        metrics, gap = QFontMetricsF(font), theme.px(12)
        painter.setFont(font)
        left, room = 0.0, float(inner.width())
        for words, token in row.meta:
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - left)
            width = metrics.horizontalAdvance(shown)
            start = inner.left() + left
            if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                start = inner.right() - left - width
            painter.setPen(theme.color(token))
            painter.drawText(QPointF(start, top + metrics.ascent() + theme.px(1)), shown)
            left += width + gap
            if left >= room:
                return

    def _paint_text(
        self,
        painter: QPainter,
        text: str,
        formats: list[QTextLayout.FormatRange],
        font: QFont,
        box: QRect,
        top: float,
    ) -> float:
        """Up to two lines, the second elided; returns where the next line may stand."""
        line_height = self._line(BODY)
        layout = _laid_out(text, formats, font, box.width())
        if layout.lineCount() > 2:
            second = layout.lineAt(1).textStart()
            rest = QFontMetricsF(font).elidedText(text[second:], Qt.TextElideMode.ElideRight, float(box.width()))
            layout = _laid_out(text[:second] + rest, formats, font, box.width())
        for number in range(min(2, layout.lineCount())):
            line = layout.lineAt(number)
            line.setPosition(QPointF(0, number * line_height + (line_height - line.height()) / 2))
        layout.draw(painter, QPointF(box.left(), top), [], QRectF())
        return top + line_height * min(2, layout.lineCount())

    def _width(self, text: str, *, semibold: bool) -> float:
        """How wide a text is on one line. Measured once: at every key most rows are those of the key before."""
        key = (text, semibold)
        if key not in self._widths:
            if len(self._widths) > MEASURED:
                self._widths.clear()
            self._widths[key] = QFontMetricsF(self._theme.font(BODY, semibold=semibold)).horizontalAdvance(text)
        return self._widths[key]

    def _indent(self, row: Row) -> float:
        if row.severity is None:
            return 0.0
        return self._width("S4", semibold=True) + self._theme.px(24)

    def _line(self, size: int) -> float:
        return float(round(self._theme.px(size) * LINE_HEIGHT))

    def _viewport_width(self, option: QStyleOptionViewItem) -> int:
        return int(option.widget.viewport().width()) if option.widget else self._theme.px(440)  # type: ignore[attr-defined]


def _laid_out(text: str, formats: list[QTextLayout.FormatRange], font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", " "), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    while layout.lineCount() < 3:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def _range(start: int, length: int, shape: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, shape
    return made


_MARKED = re.compile(r"</?mark>")


def _text_of(snippet: str) -> str:
    return html.unescape(_MARKED.sub("", snippet))


def _spans_of(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain text of a snippet and where in it (start, length) something was found."""
    text, spans, start = "", [], 0
    for part in re.split(r"(</?mark>)", snippet):
        if part == "<mark>":
            start = len(text)
        elif part == "</mark>":
            spans.append((start, len(text) - start))
        else:
            text += html.unescape(part)
    return text, spans
