"""The week painted: days down, hours across, the darker the fewer squares answer; below it who is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.coverage_week import Day, Hour, missing, stages_without
from escplaybook.domain.matrix import Cell
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.theme import SMALL, Theme, contrast
from escplaybook.ui.times import day_name

TALLEST, SHORTEST = 40, 26
"""The height of a day: as much as there is room for, and at least so that a number can be read."""


class HourDelegate(QStyledItemDelegate):
    """Paints an hour: plain where everybody answers, else the darker the less, with the share as a number."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(16), self._theme.px(SHORTEST))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        day: Day = index.data(RECORD)
        hour, box, theme = day.hours[index.column()], option.rect, self._theme
        painter.save()
        ground = ground_of(theme, hour)
        painter.fillRect(box, theme.color("raised"))
        painter.fillRect(box.adjusted(1, 1, -1, -1), ground)
        if hour.share is not None and hour.is_open:
            painter.setPen(ink_on(ground))
            painter.setFont(theme.font(SMALL, tabular=True))
            words = f"{hour.share * 100:.0f}"
            if painter.fontMetrics().horizontalAdvance(words) < box.width():
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(theme.color("accent"), 3 if has_focus else 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()


def ground_of(theme: Theme, hour: Hour) -> QColor:
    """The ground of an hour, between the surface (covered) and the colour of errors (nobody on any ladder)."""
    if hour.share is None:
        return theme.color("raised")
    full, empty = theme.color("surface"), theme.color("bad")
    part = 0.0 if hour.share >= 1 else 0.18 + 0.82 * (1 - hour.share)  # the first step away from whole is seen, too
    pairs = ((full.red(), empty.red()), (full.green(), empty.green()), (full.blue(), empty.blue()))
    return QColor(*(round(a + (b - a) * part) for a, b in pairs))


def ink_on(ground: QColor) -> QColor:
    """Black or white, whichever is read better: half-way between two colours no two tokens reach 4.5:1."""
    return QColor(max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, ground.name())))


class HeatMap(QFrame):
    """The map and the list below it. `cell_wanted` carries the cell of a hole that was opened.

    `name_of` says what a cell is called, `why_of` why nobody answers for it at an instant.
    """

    cell_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        name_of: Callable[[Cell], str],
        why_of: Callable[[Cell, datetime], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._name_of, self._why_of = desk, name_of, why_of
        self._hour: Hour | None = None
        columns = [Column(f"{at}", _said(at), self._hover(at)) for at in range(24)]
        self.table: RecordTable[Day] = RecordTable(*columns, parent=self)
        self.view = QTableView(self)
        self.down = _Days(self.view)
        self.told = WrappedLabel(self)
        self.told.setProperty("role", "heading")
        self.holes: RecordTable[Missing] = RecordTable(Column(self.tr("Who is missing"), _spoken), parent=self)
        self.list = QListView(self)
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)

    def show_week(self, days: list[Day]) -> None:
        """Show a week; the hour one was on stays so, else the first that is not covered."""
        here = self.view.currentIndex()
        self.down.days = days
        self.table.show(days)
        row, column = (here.row(), here.column()) if here.isValid() else _first(days)
        if days:
            self.view.setCurrentIndex(self.table.index(min(row, len(days) - 1), column))
        self._fit()

    def step(self, by: int) -> None:
        """Go to the next or previous hour that is not covered."""
        hours = [(row, at) for row, day in enumerate(self.table.records()) for at in range(24)]
        here = (self.view.currentIndex().row(), self.view.currentIndex().column())
        ahead = [one for one in hours if (one > here if by > 0 else one < here) and self._is_open(*one)]
        if ahead:
            self.view.setCurrentIndex(self.table.index(*(ahead[0] if by > 0 else ahead[-1])))

    def open(self) -> None:
        """Open the cell of the hole one is on, the first of the hour."""
        if self._hour is not None and (found := missing(self._hour)):
            self.cell_wanted.emit(found[0].cell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _is_open(self, row: int, column: int) -> bool:
        return self.table.record(row).hours[column].is_open

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            return
        day: Day = current.data(RECORD)
        hour = self._hour = day.hours[current.column()]
        self.told.setText(f"{day_name(day.day)}, {current.column():02d}:00 · {words_of(hour)}")
        self.holes.show(
            [
                Missing(
                    hole.cell,
                    self._name_of(hole.cell),
                    ", ".join(stages_without(hour, hole.cell.id)),
                    self._why_of(hole.cell, hour.at),
                )
                for hole in missing(hour)
            ]
        )

    def _row(self, one: "Missing") -> Row:
        return Row(one.name, one.cell.severity, meta=((one.stages, "muted"), (one.why, "warn")))

    def _hover(self, at: int) -> Callable[[Day], str]:
        def text(day: Day) -> str:
            hour = day.hours[at]
            cells = (hole.cell for hole in missing(hour))
            names = "\n".join(f"{self._name_of(cell)}: {self._why_of(cell, hour.at)}" for cell in cells)
            return f"{day_name(day.day)}, {at:02d}:00 · {words_of(hour)}\n{names}".strip()

        return text

    def _activated(self, _index: QModelIndex) -> None:
        self.open()

    def _hole_opened(self, index: QModelIndex) -> None:
        self.cell_wanted.emit(index.data(RECORD).cell)

    def _fit(self) -> None:
        """The days as high as there is room for, and the map as high as its days."""
        if not self.table.rowCount():
            return
        px = self._desk.theme.px
        head = self.view.horizontalHeader().height()
        room = round(self.height() * 0.62) - head
        height = max(px(SHORTEST), min(px(TALLEST), room // self.table.rowCount()))
        self.down.setDefaultSectionSize(height)
        self.view.setFixedHeight(head + height * self.table.rowCount() + 2)

    def _build(self) -> None:
        view, theme = self.view, self._desk.theme
        view.setModel(self.table)
        view.setItemDelegate(HourDelegate(theme, view))
        view.setVerticalHeader(self.down)
        view.setShowGrid(False)
        view.setCornerButtonEnabled(False)
        view.setTabKeyNavigation(False)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setProperty("line", "around")
        view.setAccessibleName(self.tr("Coverage of the week, hour by hour"))
        view.horizontalHeader().setMinimumSectionSize(theme.px(16))
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setSectionsClickable(False)
        view.horizontalHeader().setHighlightSections(False)
        view.selectionModel().currentChanged.connect(self._moved)
        view.activated.connect(self._activated)
        self.list.setModel(self.holes)
        self.list.setItemDelegate(RowDelegate(theme, self._row, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("plane", "surface")
        self.list.setAccessibleName(self.tr("Who is missing"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._hole_opened)
        theme.changed.connect(self._fit)
        theme.changed.connect(self.list.doItemsLayout)


class _Days(QHeaderView):
    """The days before the rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.days: list[Day] = []
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("Www 00") + 20, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section < len(self.days):
            painter.setPen(self.palette().text().color())
            words = day_name(self.days[section].day)
            painter.drawText(QRectF(rect).adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, words)


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell for which nobody answers, as a row of the list."""

    cell: Cell
    name: str
    stages: str
    why: str

    @property
    def id(self) -> str:
        """The cell's."""
        return self.cell.id


def words_of(hour: Hour) -> str:
    """An hour in words."""
    if hour.share is None:
        return QCoreApplication.translate("audit", "this day does not have this hour")
    if hour.share >= 1:
        return QCoreApplication.translate("audit", "every level answers")
    told = QCoreApplication.translate("audit", "{0} % of the ladders are whole")
    return told.format(f"{hour.share * 100:.0f}")


def _first(days: list[Day]) -> tuple[int, int]:
    for row, day in enumerate(days):
        for at, hour in enumerate(day.hours):
            if hour.is_open:
                return row, at
    return 0, 0


def _said(at: int) -> Callable[[Day], str]:
    def text(day: Day) -> str:
        return f"{day_name(day.day)}, {at:02d}:00: {words_of(day.hours[at])}"

    return text


def _spoken(one: Missing) -> str:
    return f"{one.name}, {one.stages}: {one.why}"
