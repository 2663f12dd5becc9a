"""The table: severities down, levels across, each square painted; arrows walk in it, Return opens the square."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from escplaybook.domain.matrix import Level
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.painting import (
    Column,
    SquareDelegate,
    level_words,
    pad,
    paint_code,
    paint_rules,
    severity_words,
)
from escplaybook.ui.matrix.sheets import Row, Square
from escplaybook.ui.matrix.words import level_head, spoken
from escplaybook.ui.parts import record_table
from escplaybook.ui.parts.record_table import RECORD, RecordTable
from escplaybook.ui.theme import Theme

NARROWEST, HEAD, HEAD_SHARE = 100, (112, 156), 0.17
"""The least width of a level's column; the least and the most, and the usual share, of the severities before them."""


class Head(QHeaderView):
    """The levels above the columns, or the severities before the rows; a click on one wants to see it."""

    def __init__(self, orientation: Qt.Orientation, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.levels: Sequence[Level] = ()
        self.rows: Sequence[Row] = ()
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("raised"))
        paint_rules(painter, theme, QRectF(rect))
        inset = pad(theme, rect.width())
        left, top = float(rect.left() + inset), float(rect.top() + inset)
        column = self._column(section, rect.width())
        if column is not None and self.orientation() is Qt.Orientation.Vertical:
            paint_code(painter, theme, self.rows[section], left, top)
            top += theme.px(24)
        if column is not None:
            column.paint(painter, left, top)
        painter.restore()

    def height_of(self, section: int, width: int) -> int:
        """How high the section must be to say all it has to."""
        column = self._column(section, width)
        code = self._theme.px(24) if self.orientation() is Qt.Orientation.Vertical else 0
        return 0 if column is None else round(column.height) + code + 2 * pad(self._theme, width)

    def _column(self, section: int, width: int) -> Column | None:
        if self.orientation() is Qt.Orientation.Vertical:
            words = severity_words(self.rows[section]) if section < len(self.rows) else None
        else:
            words = level_words(self.levels[section]) if section < len(self.levels) else None
        if words is None:
            return None
        return Column(self._theme, words, width - 2 * pad(self._theme, width), self.layoutDirection())


class Grid(QFrame):
    """`chosen` carries the square that became current, `opened` the one that is to be changed.

    `level_wanted` and `severity_wanted` carry the level or the row whose head was clicked.
    """

    chosen = Signal(object)
    opened = Signal(object)
    level_wanted = Signal(object)
    severity_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._levels: tuple[Level, ...] = ()
        self._is_quiet = False
        self.table: RecordTable[Row] = RecordTable(parent=self)
        self.view = QTableView(self)
        self.across = Head(Qt.Orientation.Horizontal, desk.theme, self.view)
        self.down = Head(Qt.Orientation.Vertical, desk.theme, self.view)
        self.legend = QLabel(self)
        self.legend.setProperty("role", "small")
        self.legend.setWordWrap(True)
        self._build_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 100)  # up to its rows, see `fit`; what is left over lies below the legend
        column.addWidget(self.legend)
        column.addStretch(1)
        self._fitting = QTimer(self)  # widths are known only after the view has laid itself out
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self.fit)
        desk.theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_rows(self, rows: Sequence[Row], levels: Sequence[Level], legend: str) -> None:
        """Show a sheet; the square that was current stays so."""
        here = self.view.currentIndex()
        at = (here.row(), here.column()) if here.isValid() else (0, 0)
        if tuple(levels) != self._levels:
            self._rebuild(tuple(levels))
        self.down.rows = rows
        self.table.show(rows)
        self.legend.setText(legend)
        if rows and levels:
            self._go_quietly(min(at[0], len(rows) - 1), min(at[1], len(levels) - 1))
        self.fit()
        self._fitting.start(0)

    def current(self) -> Square | None:
        """The square one is on."""
        return self._square(self.view.currentIndex())

    def select(self, row: int, column: int) -> Square | None:
        """Make that square current without saying so; returns it."""
        if row < self.table.rowCount() and column < len(self._levels):
            self._go_quietly(row, column)
        return self.current()

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (−1) square, row by row."""
        across = len(self._levels)
        if not across or not self.table.rowCount():
            return
        here = self.view.currentIndex()
        at = here.row() * across + here.column() + by
        row, column = divmod(max(0, min(at, across * self.table.rowCount() - 1)), across)
        self.view.setCurrentIndex(self.table.index(row, column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start(0)

    def fit(self) -> None:
        """Make rows and heads as high as what stands in them, and the table as high as its rows."""
        if not self._levels or not self.table.rowCount():
            return
        least, most = (self._theme.px(width) for width in HEAD)
        self.down.setFixedWidth(max(least, min(most, round(self.width() * HEAD_SHARE))))
        self.across.setFixedHeight(
            max(self.across.height_of(at, self.across.sectionSize(at)) for at in range(len(self._levels)))
        )
        for row in range(self.table.rowCount()):
            height = max(self.view.sizeHintForRow(row), self.down.height_of(row, self.down.width()))
            self.view.setRowHeight(row, height)
        bar = self.view.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.view.setMaximumHeight(self.across.height() + self.down.length() + extra + 2)

    def _build_view(self) -> None:
        view = self.view
        view.setHorizontalHeader(self.across)
        view.setVerticalHeader(self.down)
        view.setItemDelegate(SquareDelegate(self._theme, view))
        view.setShowGrid(False)
        view.setWordWrap(True)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setProperty("line", "around")
        view.setAccessibleName(self.tr("Escalation matrix"))
        view.activated.connect(self._opened)
        self.across.setToolTip(self.tr("Click to read what this level is for"))
        self.down.setToolTip(self.tr("Click to read what this severity means"))
        self.across.sectionClicked.connect(self._level_clicked)
        self.down.sectionClicked.connect(self._severity_clicked)
        self.down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _rebuild(self, levels: tuple[Level, ...]) -> None:
        """Another table with a column for each level."""
        old = self.table
        self._levels = self.across.levels = levels
        columns = (record_table.Column(level_head(level), _says(at), _says(at)) for at, level in enumerate(levels))
        self.table = RecordTable(*columns, parent=self)
        self.view.setModel(self.table)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        old.deleteLater()

    def _go_quietly(self, row: int, column: int) -> None:
        self._is_quiet = True
        self.view.setCurrentIndex(self.table.index(row, column))
        self._is_quiet = False

    def _square(self, index: QModelIndex) -> Square | None:
        if not index.isValid():
            return None
        row: Row = index.data(RECORD)
        return row.squares[index.column()]

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_quiet and (square := self._square(current)) is not None:
            self.chosen.emit(square)

    def _opened(self, index: QModelIndex) -> None:
        if (square := self._square(index)) is not None:
            self.opened.emit(square)

    def _level_clicked(self, section: int) -> None:
        self.level_wanted.emit(self._levels[section])

    def _severity_clicked(self, section: int) -> None:
        self.severity_wanted.emit(self.table.record(section))

    def _follow_theme(self) -> None:
        self.across.setMinimumSectionSize(self._theme.px(NARROWEST))
        self._fitting.start(0)


def _says(column: int) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        return spoken(row.squares[column])

    return text
