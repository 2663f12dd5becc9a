"""The table: severities down, levels across, each square painted; arrows walk in it, Return opens the square."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from escplaybook.domain.matrix import Level
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.in_place import InPlace
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


class Squares(QTableView):
    """Where the squares stand; `typed` carries what somebody begins to write over one."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        if plain == Qt.KeyboardModifier.NoModifier and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


class Grid(QFrame):
    """`chosen` carries the square that became current, `opened` the one that is to be changed.

    `level_wanted` and `severity_wanted` carry the level or the row whose head was clicked. The others are what keys and
    menu want done to the squares that are selected: `fill_wanted` carries whether right instead of down, `written` what
    was written in a square and whether it is meant for all of them, `alone_wanted` whether the table is to stand alone.
    """

    chosen = Signal(object)
    opened = Signal(object)
    level_wanted = Signal(object)
    severity_wanted = Signal(object)
    copy_wanted = Signal()
    paste_wanted = Signal()
    fill_wanted = Signal(bool)
    clear_wanted = Signal()
    write_wanted = Signal(str)
    written = Signal(str, bool)
    alone_wanted = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._levels: tuple[Level, ...] = ()
        self._is_quiet = False
        self.table: RecordTable[Row] = RecordTable(parent=self)
        self.view = Squares(self)
        self.field = InPlace(self.view.viewport())
        self._written_at: tuple[int, int] | None = None
        self.across = Head(Qt.Orientation.Horizontal, desk.theme, self.view)
        self.down = Head(Qt.Orientation.Vertical, desk.theme, self.view)
        self.legend = QLabel(self)
        self.legend.setProperty("role", "small")
        self.legend.setWordWrap(True)
        self.alone = QPushButton(self.tr("Only the table"), self)
        self.alone.setProperty("kind", "inline")
        self.alone.setCheckable(True)
        self.alone.setToolTip(self.tr("Give the table the whole width, to be read from afar (F11)"))
        self.alone.setShortcut(QKeySequence(Qt.Key.Key_F11))
        self.alone.toggled.connect(self._turned_alone)
        self._build_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 100)  # up to its rows, see `fit`; what is left over lies below the legend
        foot = QHBoxLayout()
        foot.addWidget(self.legend, 1)
        foot.addWidget(self.alone, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
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
        chosen = self._range()
        if tuple(levels) != self._levels:
            self._rebuild(tuple(levels))
        self.down.rows = rows
        self.table.show(rows)
        self.legend.setText(legend)
        if rows and levels:
            self._go_quietly(min(at[0], len(rows) - 1), min(at[1], len(levels) - 1))
            self._select(chosen)
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

    def squares(self) -> list[tuple[Square, ...]]:
        """Every square of the sheet, row by row."""
        return [row.squares for row in self.table.records()]

    def corner(self) -> tuple[int, int]:
        """Row and column of the first square that is selected."""
        top, left, _, _ = self._range()
        return top, left

    def selected(self) -> list[list[Square]]:
        """The squares that are selected, row by row; the current one if nothing is."""
        top, left, bottom, right = self._range()
        return [list(row[left : right + 1]) for row in self.squares()[top : bottom + 1]] if self._levels else []

    @property
    def writing_in(self) -> Square | None:
        """The square one is writing in."""
        return self._square(self.table.index(*self._written_at)) if self._written_at is not None else None

    def write(self, text: str, names: Sequence[str], *, is_whole: bool) -> None:
        """Let a person write in the current square; `names` are offered."""
        here = self.view.currentIndex()
        self._written_at = (here.row(), here.column())
        self.view.scrollTo(here)
        self.field.begin(self.view.visualRect(here), text, names, is_whole=is_whole)

    def keep_writing(self) -> None:
        """What was written cannot be: it stays where it is, to be mended."""
        self.field.mark(wrong=True)

    def end_writing(self) -> None:
        """The writing is done, or dropped."""
        had_keys = self.field.hasFocus()
        self._written_at = None
        self.field.hide()
        if had_keys:
            self.view.setFocus()

    def refuse(self, why: Mapping[str, str]) -> None:
        """Show in these squares, by their addresses, why they cannot hold what was to be put into them."""
        if why or self.delegate.refused:
            self.delegate.refused = dict(why)
            self.fit()
            self.view.viewport().update()

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
        if self._written_at is not None:
            self.field.place(self.view.visualRect(self.table.index(*self._written_at)))
        bar = self.view.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.view.setMaximumHeight(self.across.height() + self.down.length() + extra + 2)

    def _build_view(self) -> None:
        view = self.view
        view.setHorizontalHeader(self.across)
        view.setVerticalHeader(self.down)
        self.delegate = SquareDelegate(self._theme, view)
        view.setItemDelegate(self.delegate)
        view.setShowGrid(False)
        view.setWordWrap(True)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setProperty("line", "around")
        view.setAccessibleName(self.tr("Escalation matrix"))
        view.setAccessibleDescription(
            self.tr("Type a name or a target to write in a square, F2 to write on in it, Return to edit all of it.")
        )
        view.activated.connect(self._opened)
        view.typed.connect(self.write_wanted)
        self.field.ended.connect(self._ended)
        self.field.dropped.connect(self.end_writing)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        keys = QKeySequence.StandardKey
        for words, key, act in (
            (self.tr("Write in it"), QKeySequence(Qt.Key.Key_F2), self._write),
            (self.tr("Copy"), QKeySequence(keys.Copy), self.copy_wanted.emit),
            (self.tr("Paste"), QKeySequence(keys.Paste), self.paste_wanted.emit),
            (self.tr("Fill down"), QKeySequence("Ctrl+D"), self._fill_down),
            (self.tr("Fill right"), QKeySequence("Ctrl+R"), self._fill_right),
            (self.tr("Clear what is set here"), QKeySequence(keys.Delete), self.clear_wanted.emit),
        ):
            action = QAction(words, view)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            view.addAction(action)
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

    def _range(self) -> tuple[int, int, int, int]:
        """Top, left, bottom and right of what is selected: one rectangle, at least the current square."""
        model, here = self.view.selectionModel(), self.view.currentIndex()
        at = [(index.row(), index.column()) for index in model.selectedIndexes()] if model is not None else []
        rows, columns = zip(*(at or [(max(here.row(), 0), max(here.column(), 0))]), strict=True)
        return min(rows), min(columns), max(rows), max(columns)

    def _select(self, box: tuple[int, int, int, int]) -> None:
        """Select again what was selected, as far as it is still there."""
        last_row, last_column = self.table.rowCount() - 1, len(self._levels) - 1
        top, left, bottom, right = (min(at, last) for at, last in zip(box, (last_row, last_column) * 2, strict=True))
        span = QItemSelection(self.table.index(top, left), self.table.index(bottom, right))
        self.view.selectionModel().select(span, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _turned_alone(self, alone: bool) -> None:
        self.alone.setText(self.tr("Show what is beside it") if alone else self.tr("Only the table"))
        self.alone_wanted.emit(alone)

    def _write(self) -> None:
        self.write_wanted.emit("")

    def _fill_down(self) -> None:
        self.fill_wanted.emit(False)

    def _fill_right(self) -> None:
        self.fill_wanted.emit(True)

    def _ended(self, down: int, across: int, everywhere: bool) -> None:
        """Hand on what was written; go on from there once it is taken."""
        here = self._written_at
        self.written.emit(self.field.text(), everywhere)
        if here is None or self._written_at is not None or not (down or across):
            return
        row, column = here[0] + down, here[1] + across
        if 0 <= row < self.table.rowCount() and 0 <= column < len(self._levels):
            self.view.setCurrentIndex(self.table.index(row, column))

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
