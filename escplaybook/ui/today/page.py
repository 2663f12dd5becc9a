"""Today: everything that asks to be done, the riskiest first, each one step from the place that settles it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.due import Due
from escplaybook.services import calling
from escplaybook.store.history import is_blank
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.today.rows import DueDelegate, DueRow, hover, spoken

NAME = "today"
URGENT, SOON = 1, 2
"""The risks up to which something stands in the first and in the second group."""


class TodayPage(PlainPage):
    """One list. Return or a click goes to the record; `counted` tells how much is overdue, for the badge."""

    counted = Signal(int)
    overdue_found = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.title = QLabel(self.tr("Today"), self)
        self.title.setProperty("role", "title")
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.round = QPushButton(self.tr("Verification round"), self)
        dress(self.round, "phone", desk.theme)
        self.round.clicked.connect(self._verify)
        columns: Column[DueRow] = Column(self.tr("What to do"), spoken, hover)
        self.table: RecordTable[DueRow] = RecordTable(columns, parent=self)
        self.view = self._make_view()
        self.pane = StatePane(self.view, desk.theme, self)
        self._lay_out()
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._go)
        desk.bridge.changed.connect(self._refresh)
        desk.ticker.minute.connect(self.refresh)
        desk.theme.changed.connect(self.view.doItemsLayout)
        self.refresh()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is."""
        return Place(NAME)

    def show_place(self, _place: Place) -> None:
        """Come to the page: as of now."""
        self.refresh()

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
        return [self.view if self.table.rowCount() else self.pane]

    def recount(self) -> None:
        """Say again how much is overdue."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is due; the row one is on stays."""
        now = self._desk.now()
        chosen = self.view.currentIndex().data(RECORD)
        dues = calling.today(self._desk.book, now)
        rows, above = [], ""
        for due in dues:
            heading = self._group(due)
            rows.append(DueRow(due, now, heading if heading != above else ""))
            above = heading
        self.table.show(rows)
        if chosen is not None and (row := self.table.row_of(chosen.id)) >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        overdue = [row for row in rows if row.is_overdue]
        self.counted.emit(len(overdue))
        self.overdue_found.emit(overdue)
        self.told.setText(self._tally(len(rows), len(overdue)))
        self.tallied.emit("")
        self.round.setVisible(any(due.action == "verify" for due in dues))
        if rows:
            self.pane.show_content()
        else:
            self._say_calm()

    def _refresh(self, _kinds: frozenset[type[Any]]) -> None:
        self.refresh()

    def _group(self, due: Due) -> str:
        if due.risk <= URGENT:
            return self.tr("First")
        return self.tr("Soon") if due.risk <= SOON else self.tr("When there is time")

    def _tally(self, count: int, overdue: int) -> str:
        if not count:
            return ""
        return self.tr("{0} to do, {1} of them overdue").format(count, overdue)

    def _say_calm(self) -> None:
        if is_blank(self._desk.book):
            said = self.tr(
                "Blockers nobody has taken, lapsed agreements, old numbers and gaps in the matrix stand here."
            )
        else:
            said = self.tr("Numbers are verified, agreements run, every cell has its people.")
        self.pane.tell("circle-check", self.tr("Nothing is due"), said)

    def _verify(self) -> None:
        self._desk.go("verifying")

    def _go(self) -> None:
        row: DueRow | None = self.view.currentIndex().data(RECORD)
        if row is not None:
            self._desk.settling.emit(row.due)

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(DueDelegate(self._desk.theme, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setProperty("plane", "surface")
        view.setAccessibleName(self.tr("What is due"))
        view.setMouseTracking(True)
        view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        let_flow(view)
        return view

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.told, 1)
        head.addWidget(self.round)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
