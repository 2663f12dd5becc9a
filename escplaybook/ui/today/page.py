"""Today: everything that asks to be done, the riskiest first, each one step from the place that settles it."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.domain.dues import Due
from escplaybook.services import calling
from escplaybook.store.kinds import kind_of
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.parts.record_table import Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.times import exact, said

NAME = "today"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A due as a row of a list."""

    due: Due
    now: datetime

    @property
    def id(self) -> str:
        """One record may ask for several things, so the sentence belongs to the identity."""
        return f"{self.due.record.id} {self.due.what}"


class TodayPage(QWidget):
    """One list. Return or a click goes to the record; `counted` tells how much is overdue, for the badge."""

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.title = QLabel(self.tr("Today"), self)
        self.title.setProperty("role", "title")
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        columns: Column[DueRow] = Column(self.tr("What to do"), _spoken, _hover)
        self.table: RecordTable[DueRow] = RecordTable(columns, parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, self._row, self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(self.tr("What is due"))
        self.view.setCursor(Qt.CursorShape.PointingHandCursor)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.pane = StatePane(self.view, desk.theme, self)
        self._lay_out()
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._go)
        desk.bridge.changed.connect(self.refresh)
        desk.ticker.minute.connect(self.refresh)
        self.refresh()

    # what the window asks of every page

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        return self.tr("Find anything, or type > to do something")

    def search(self, _text: str) -> None:
        """There is nothing to search here; the box finds anything."""

    def place(self) -> Place:
        """Where in the page one is."""
        return Place(NAME)

    def show_place(self, _place: Place) -> None:
        """Come to the page: as of now."""
        self.refresh()

    def new(self) -> None:
        """Nothing is made here."""

    def print_this(self) -> None:
        """There is no paper of the day yet."""

    def save(self) -> None:
        """Nothing is typed here that could be lost."""

    def step_out(self) -> bool:
        """There is nothing to leave."""
        return False

    def step(self, by: int) -> None:
        """Walk through the list."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the list."""
        self.view.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.view]

    def close_down(self) -> None:
        """Nothing to keep."""

    def recount(self) -> None:
        """Say again how much is overdue."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is due; the row one is on stays."""
        now = self._desk.now()
        chosen = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        dues = calling.today(self._desk.book, now)
        self.table.show([DueRow(due, now) for due in dues])
        overdue = sum(due.is_overdue(now) for due in dues)
        self.counted.emit(overdue)
        if chosen is not None and (row := self.table.row_of(chosen.id)) >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        if dues:
            self.told.setText(self.tr("{0} to do, {1} of them overdue").format(len(dues), overdue))
            self.pane.show_content()
        else:
            self.told.setText("")
            said_calm = self.tr("Numbers are verified, agreements run, every cell has its people.")
            self.pane.tell("circle-check", self.tr("Nothing is due"), said_calm)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.pane, 1)

    def _row(self, row: DueRow) -> Row:
        due, now = row.due, row.now
        when = said(due.due, now) if due.due is not None else self.tr("should be done")
        token = "bad" if due.is_overdue(now) else "muted"
        severity = getattr(due.record, "severity", None)
        mark = severity if isinstance(severity, Severity) else None
        return Row(due.what, mark, "", ((when, token), (due.action, "accent"), (due.record.key, "muted")))

    def _go(self) -> None:
        row: DueRow | None = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        if row is not None:
            self._desk.go(kind_of(type(row.due.record)).name, row.due.record.id)


def _spoken(row: DueRow) -> str:
    return f"{row.due.what}: {row.due.action}"


def _hover(row: DueRow) -> str:
    return exact(row.due.due) if row.due.due is not None else row.due.what
