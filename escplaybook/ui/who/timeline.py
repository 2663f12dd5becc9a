"""How a rung of the ladder looks in the timeline: when it is called, who answers and why, and the number to dial."""

from collections.abc import Iterator
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
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from escplaybook.domain.contacts import ContactPoint
from escplaybook.domain.dues import first_called
from escplaybook.domain.routing import Rung, why_by
from escplaybook.domain.verification import Importance, is_stale, proof_words
from escplaybook.ui.parts.record_table import RECORD
from escplaybook.ui.theme import BODY, LEAD, SMALL, Theme
from escplaybook.ui.times import day_away

ABOVE, BELOW, EDGE = 12, 16, 8
"""Room around a rung."""

TIME, LINE, GAP = 64, 32, 8
"""Room for the time at the left, for the line with its dots, and between a person and their number."""


@dataclass(frozen=True, slots=True)
class RungRow:
    """A rung as a row of a list. `is_first` and `is_last` tell where the line begins and ends.

    `importance` is what hangs on who answers, `dial` what is dialled from here if that is not what is written.
    """

    rung: Rung
    now: datetime
    is_first: bool = False
    is_last: bool = False
    importance: Importance = Importance.NOBODY
    dial: str = ""

    @property
    def id(self) -> str:
        """A rung is known by its cell."""
        return self.rung.cell.id

    @property
    def number(self) -> ContactPoint | None:
        """The point to try first: the first that can be called, else the first of any kind."""
        return first_called(self.rung.points)


@dataclass(frozen=True, slots=True)
class Said:
    """A text to paint: its words, its token, its size."""

    words: str
    token: str
    size: int = BODY


class TimelineDelegate(QStyledItemDelegate):
    """Paints rungs one below the other, joined by a line; a rung where nobody answers is hollow and says why."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: RungRow = index.data(RECORD)
        width = option.widget.viewport().width() if option.widget else self._theme.px(560)  # type: ignore[attr-defined]
        person, number = self._boxes(row, QRect(0, 0, width, 0))
        height = max(self._height(person_texts(row), person.width()), self._height(number_texts(row), number.width()))
        height += self._height(outcome_texts(row), number.right() - person.left() + 1)
        return QSize(width, round(height) + self._theme.px(ABOVE + BELOW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: RungRow = index.data(RECORD)
        px, box = self._theme.px, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, row, box)
        person, number = self._boxes(row, box)
        self._write(painter, person_texts(row), self._seen(painter, box, person), Qt.AlignmentFlag.AlignLeft)
        self._write(painter, number_texts(row), self._seen(painter, box, number), Qt.AlignmentFlag.AlignRight)
        height = max(self._height(person_texts(row), person.width()), self._height(number_texts(row), number.width()))
        below = QRect(person.left(), person.top() + round(height), number.right() - person.left() + 1, box.height())
        self._write(painter, outcome_texts(row), self._seen(painter, box, below), Qt.AlignmentFlag.AlignLeft)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), px(5), px(5))
        painter.restore()

    def _boxes(self, row: RungRow, box: QRect) -> tuple[QRect, QRect]:
        """Where the person stands and where the number, as wide as it needs, drawn from left to right."""
        px = self._theme.px
        left = box.left() + px(EDGE + TIME + LINE + GAP)
        room = box.right() - px(EDGE) - left
        widest = max((self._metrics(said).horizontalAdvance(said.words) for said in number_texts(row)), default=0.0)
        number = min(round(widest) + 2, room * 3 // 5)  # a number is never broken before a name is
        top = box.top() + px(ABOVE)
        person = QRect(left, top, room - number - (px(2 * GAP) if number else 0), box.height())
        return person, QRect(box.right() - px(EDGE) - number, top, number, box.height())

    def _paint_line(self, painter: QPainter, row: RungRow, box: QRect) -> None:
        px, theme, answers = self._theme.px, self._theme, row.rung.answers is not None
        line = self._seen(painter, box, QRect(box.left() + px(EDGE + TIME), box.top(), px(LINE), box.height()))
        middle, dot = line.x() + line.width() / 2, box.top() + px(ABOVE + 10)
        painter.setPen(QPen(theme.color("line"), px(2)))
        painter.drawLine(QPointF(middle, dot if row.is_first else box.top()), QPointF(middle, box.bottom() + 1))
        painter.setPen(QPen(theme.color("accent" if answers else "bad"), px(2)))
        painter.setBrush(theme.color("accent" if answers else "surface"))
        painter.drawEllipse(QPointF(middle, dot), px(6), px(6))
        time = QRect(box.left() + px(EDGE), box.top() + px(ABOVE), px(TIME - 4), box.height())
        self._write(painter, time_texts(row), self._seen(painter, box, time), Qt.AlignmentFlag.AlignRight)

    def _seen(self, painter: QPainter, box: QRect, part: QRect) -> QRectF:
        """The part where a reader of this direction sees it."""
        return QRectF(QStyle.visualRect(painter.layoutDirection(), box, part))

    def _write(self, painter: QPainter, texts: list[Said], box: QRectF, aligned: Qt.AlignmentFlag) -> None:
        """The texts below each other, each in as many lines as it needs."""
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            is_left = aligned is Qt.AlignmentFlag.AlignLeft
            aligned = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
        top = box.top()
        for said in texts:
            layout, height = self._laid_out(said, box.width(), aligned | Qt.AlignmentFlag.AlignAbsolute)
            painter.setPen(self._theme.color(said.token))
            layout.draw(painter, QPointF(box.left(), top))
            top += height

    def _height(self, texts: list[Said], width: int) -> float:
        return sum(self._laid_out(said, width, Qt.AlignmentFlag.AlignLeft)[1] for said in texts)

    def _laid_out(self, said: Said, width: float, aligned: Qt.AlignmentFlag) -> tuple[QTextLayout, float]:
        layout = QTextLayout(said.words, self._font(said))
        option = QTextOption(aligned)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height = self._theme.px({LEAD: 22, BODY: 19, SMALL: 18}[said.size])
        lines = 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, lines * height + (height - line.height()) / 2))
            lines += 1
        layout.endLayout()
        return layout, lines * height

    def _font(self, said: Said) -> QFont:
        return self._theme.font(said.size, semibold=said.size == LEAD, tabular=True)

    def _metrics(self, said: Said) -> QFontMetricsF:
        return QFontMetricsF(self._font(said))


def time_texts(row: RungRow) -> list[Said]:
    """When the level is called, with the day unless it is today."""
    if row.rung.answers is None:
        return [Said("—", "muted", LEAD)]
    day = day_away(row.rung.starts, row.now)
    return [Said(f"{row.rung.starts.astimezone():%H:%M}", "text", LEAD), *([Said(day, "muted", SMALL)] if day else [])]


def person_texts(row: RungRow) -> list[Said]:
    """The level, who answers on it, and why they and not another."""
    rung = row.rung
    head = " · ".join(part for part in (str(rung.level.rank), rung.level.name, rung.cell.channel) if part)
    name = Said(rung.answers.name, "text", LEAD) if rung.answers else Said(_tr("nobody"), "bad", LEAD)
    reasons = [Said(reason, "muted" if rung.answers else "text") for reason in _whys(rung)]
    return [Said(head, "muted"), name, *reasons]


def outcome_texts(row: RungRow) -> list[Said]:
    """Why it is due when it is, and what the level is to bring about; below person and number, as wide as both."""
    outcome, why = row.rung.cell.outcome, why_by(row.rung)
    said = [Said(_tr("Due then because {0}").format(why), "muted", SMALL)] if why and row.rung.answers else []
    return [*said, Said(_tr("Outcome: {0}").format(outcome), "muted", SMALL)] if outcome else said


def number_texts(row: RungRow) -> list[Said]:
    """The number to dial, by when it must be answered, and how old the proof is that it works."""
    point, by = row.number, row.rung.acknowledge_by
    if point is None:
        return []
    said = [Said(point.value, "text", LEAD)]
    if row.dial:
        said.append(Said(_tr("dial {0}").format(row.dial), "muted"))
    if by is not None:
        day = day_away(by, row.now)
        told = f"{day} {by.astimezone():%H:%M}" if day else f"{by.astimezone():%H:%M}"
        said.append(Said(_tr("answers by {0}").format(told), "muted"))
    today = row.now.date()
    is_old = is_stale(point, row.importance, today)
    said.append(Said(proof_words(point, row.importance, today), "warn" if is_old else "muted", SMALL))
    return said


def spoken(row: RungRow) -> str:
    """A rung as a screen reader says it."""
    texts = (*time_texts(row), *person_texts(row), *number_texts(row), *outcome_texts(row))
    return ", ".join(said.words for said in texts)


def hover(row: RungRow) -> str:
    """What more there is to know: every way to reach the person, when to climb, by when to act and resolve."""
    rung = row.rung
    today = row.now.date()
    said = [
        " ".join(part for part in (point.kind, point.value, point.label) if part)
        + f" · {proof_words(point, row.importance, today)}"
        for point in rung.points
    ]
    if rung.cell.entry_criterion:
        said.append(_tr("Asked when: {0}").format(rung.cell.entry_criterion))
    for words, by in ((_tr("acts by {0}"), rung.act_by), (_tr("resolves by {0}"), rung.resolve_by)):
        if by is not None:
            said.append(words.format(f"{day_away(by, row.now)} {by.astimezone():%H:%M}".strip()))
    return "\n".join(said)


def _whys(rung: Rung) -> Iterator[str]:
    """The reasons, each as it would begin a line."""
    for reason in rung.why:
        yield reason[:1].upper() + reason[1:] if rung.answers is None else reason


def _tr(text: str) -> str:
    return QCoreApplication.translate("timeline", text)
