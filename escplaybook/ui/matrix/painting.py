"""How the matrix is painted: what stands in a square, above a column and before a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from escplaybook.domain.audit import Grade
from escplaybook.domain.matrix import Level
from escplaybook.ui.marks import paint_mark
from escplaybook.ui.matrix.sheets import Row, Square
from escplaybook.ui.matrix.words import answer_words, criteria_line, level_head, refined_words, resolve_words
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import BODY, LEAD, SMALL, Theme

LINE_HEIGHT = 1.42
"""The height of a line as a multiple of its type."""

MOST_FINDINGS = 3
"""How many lines of a square say what is wrong; all of it is told beside the table."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph: runs of text with their token, in one size, on at most so many lines. `gap` is kept free above.

    Runs that are `apart` stand on one line with a dot between them, or each on its own where that is too narrow.
    """

    runs: tuple[tuple[str, str], ...]
    size: int = BODY
    is_semibold: bool = False
    lines: int = 2
    gap: int = 0
    is_centred: bool = False
    is_apart: bool = False


def square_words(square: Square) -> list[Words]:
    """What stands in a square: who answers, who stands in, by when, and what is wrong."""
    cell = square.cell
    if cell is None:
        return [Words(((_tr("empty"), "muted"),), is_centred=True)]
    if cell.not_escalated:
        return [Words(((_tr("not escalated"), "muted"),), is_centred=True)]
    ink = "text" if square.is_own else "muted"
    owner = square.owner.name if square.owner else "—"
    backup = square.backup.name if square.backup else "—"
    words = [
        Words(((owner, ink),), is_semibold=True),
        Words(((_tr("backup {0}").format(backup), "muted"),)),
    ]
    if square.deputies:
        words.append(Words(((_tr("then {0}").format(", ".join(one.name for one in square.deputies)), "muted"),), SMALL))
    targets = ((answer_words(cell), ink), (resolve_words(cell), "muted"))
    if said := tuple(run for run in targets if run[0]):
        words.append(Words(said, gap=4, is_apart=True))
        if cell.calendar:
            words.append(Words(((_tr("in business hours"), "muted"),), SMALL))
    words += [Words(((refinement, "muted"),), SMALL, gap=2) for refinement in refined_words(square)]
    words += [Words((run,), SMALL, gap=2) for run in findings_of(square)]
    return words


def findings_of(square: Square) -> list[tuple[str, str]]:
    """What is wrong in a square, in two words each with their token; what does not fit is counted."""
    found = square.to_mend
    said = [(one.rule.name, "bad" if one.rule.grade is Grade.ERROR else "warn") for one in found]
    if len(said) <= MOST_FINDINGS:
        return said
    rest = len(said) - MOST_FINDINGS + 1
    return [*said[: MOST_FINDINGS - 1], (_tr("and {0} more").format(rest), "muted")]


def level_words(level: Level) -> list[Words]:
    """What stands above a column."""
    words = [Words(((level_head(level), "text"),), is_semibold=True)]
    if level.purpose:
        words.append(Words(((level.purpose, "muted"),), SMALL, lines=3))
    return words


def severity_words(row: Row) -> list[Words]:
    """What stands below the mark and the code before a row."""
    return [Words(((criteria_line(row.definition), "muted"),), SMALL, lines=4)]


class Column:
    """Paragraphs laid out one below the other in a width; `height` tells how much they take."""

    def __init__(self, theme: Theme, words: Sequence[Words], width: float, direction: Qt.LayoutDirection) -> None:
        self._layouts: list[tuple[QTextLayout, float, float]] = []
        self.height = 0.0
        for part in (piece for whole in words for piece in _fitted(theme, whole, width)):
            line = float(round(theme.px(part.size) * LINE_HEIGHT))
            layout = _laid_out(theme, part, max(width, 1.0), direction)
            self.height += theme.px(part.gap)
            self._layouts.append((layout, self.height, line))
            self.height += line * layout.lineCount()

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw all of it with its upper left corner there."""
        for layout, down, height in self._layouts:
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                line.setPosition(QPointF(line.x(), number * height + (height - line.height()) / 2))
            layout.draw(painter, QPointF(left, top + down), [], QRectF())


class SquareDelegate(QStyledItemDelegate):
    """Paints squares; a row of the table is a severity, and its columns are the levels."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.refused: dict[str, str] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = option.rect.width()
        column = self._column(index, width, option.direction)
        return QSize(width, round(column.height) + 2 * pad(self._theme, width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = self._theme, option.rect
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        view = option.widget
        has_keys = has_focus or (isinstance(view, QWidget) and view.hasFocus())
        painter.fillRect(box, theme.color("soft" if is_chosen and has_keys else "raised"))
        paint_rules(painter, theme, QRectF(box))
        inset = pad(theme, box.width())
        self._column(index, box.width(), option.direction).paint(painter, box.left() + inset, box.top() + inset)
        is_current = isinstance(view, QAbstractItemView) and view.currentIndex() == index
        if is_current or self._is_refused(index):
            painter.setPen(QPen(theme.color("bad" if self._is_refused(index) else "accent"), 2 if has_keys else 1))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _is_refused(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        row: Row = index.data(RECORD)
        return row.squares[index.column()].address in self.refused

    def _column(
        self, index: QModelIndex | QPersistentModelIndex, width: float, direction: Qt.LayoutDirection
    ) -> Column:
        row: Row = index.data(RECORD)
        square = row.squares[index.column()]
        words = square_words(square)
        if why := self.refused.get(square.address):
            words.append(Words(((why, "bad"),), SMALL, lines=4, gap=4))
        return Column(self._theme, words, width - 2 * pad(self._theme, width), direction)


def pad(theme: Theme, width: float) -> int:
    """The room at a square's sides: less where it is narrow, so that a target still stands on one line."""
    return theme.px(12 if width >= theme.px(130) else 8)


def paint_rules(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """The thin lines at the right and below."""
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
    painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), theme.color("line"))


def paint_code(painter: QPainter, theme: Theme, row: Row, left: float, top: float) -> None:
    """The severity's mark and code."""
    colour, size = theme.severity_color(row.severity), theme.px(13)
    paint_mark(painter, QRectF(left, top + theme.px(3), size, size), row.severity, colour)
    painter.setPen(colour)
    painter.setFont(theme.font(LEAD, semibold=True))
    box = QRectF(left + size + theme.px(6), top, theme.px(60), theme.px(20))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.severity.value)


def _fitted(theme: Theme, words: Words, width: float) -> list[Words]:
    """The paragraph as it stands in that width: runs that are apart on one line, or each on its own."""
    if not words.is_apart:
        return [words]
    joined = [words.runs[0], *((f" · {run}", token) for run, token in words.runs[1:])]
    whole = "".join(run for run, _ in joined)
    measure = QFontMetricsF(_font(theme, words))
    if measure.horizontalAdvance(whole) <= width:
        return [replace(words, runs=tuple(joined))]
    fits = max(measure.horizontalAdvance(run) for run, _ in words.runs) <= width
    size, gaps = (words.size if fits else SMALL), (words.gap, *[0] * len(words.runs))
    return [replace(words, runs=(run,), size=size, gap=gap) for run, gap in zip(words.runs, gaps, strict=False)]


def _font(theme: Theme, words: Words) -> QFont:
    return theme.font(words.size, semibold=words.is_semibold, tabular=words.is_apart)


def _laid_out(theme: Theme, words: Words, width: float, direction: Qt.LayoutDirection) -> QTextLayout:
    """The paragraph on its lines; what does not fit on the last is elided."""
    font = _font(theme, words)
    text = "".join(run for run, _ in words.runs)
    layout = _broken(theme, words, text, width, direction)
    if layout.lineCount() > words.lines:
        last = layout.lineAt(words.lines - 1).textStart()
        rest = QFontMetricsF(font).elidedText(text[last:], Qt.TextElideMode.ElideRight, width)
        layout = _broken(theme, words, text[:last] + rest, width, direction)
    return layout


def _broken(theme: Theme, words: Words, text: str, width: float, direction: Qt.LayoutDirection) -> QTextLayout:
    layout = QTextLayout(text, _font(theme, words))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(direction)  # an Arabic name in an English table begins where the others begin
    option.setAlignment(Qt.AlignmentFlag.AlignHCenter if words.is_centred else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    layout.setFormats(_formats(theme, words, len(text)))
    layout.beginLayout()
    while layout.lineCount() <= words.lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def _formats(theme: Theme, words: Words, length: int) -> list[QTextLayout.FormatRange]:
    made, start = [], 0
    for run, token in words.runs:
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, min(len(run), length - start), QTextCharFormat()
        span.format.setForeground(theme.color(token))
        made.append(span)
        start += len(run)
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("matrix", text)
