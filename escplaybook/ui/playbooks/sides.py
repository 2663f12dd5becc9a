"""The left side of the page: the shelf with playbooks and readings, and the contents of the one that is open."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from escplaybook.ui.icons import dress
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.playbooks.rows import ProgressDelegate, ProgressRow, spoken
from escplaybook.ui.theme import Theme


class Side(QFrame):
    """A list of rows with rings below a title. `chosen` carries the id of the row that became current, `entered` that
    Return or a double click asks for what is in it, `left` that the way back above the title was taken, `added` that
    the button below the list was pressed.
    """

    chosen = Signal(str)
    entered = Signal()
    left = Signal()
    added = Signal()

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, way_back: str = "", adding: str = ""
    ) -> None:
        super().__init__(parent)
        self.setProperty("plane", "raised")
        self.title = QLabel(name, self)
        self.title.setProperty("role", "lead" if way_back else "title")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setMargin(theme.px(14))
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        self.told.hide()
        self.table: RecordTable[ProgressRow] = RecordTable(Column(name, spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(ProgressDelegate(theme, self.view))
        let_flow(self.view)
        self.view.setWordWrap(True)  # else Qt keeps the heights of rows when only the width changes
        self.view.setAccessibleName(name)
        self.back = QPushButton(way_back, self)
        dress(self.back, "arrow-left", theme)
        self.back.setVisible(bool(way_back))
        self.back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if way_back:
            above = QHBoxLayout()
            above.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
            above.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
            column.addLayout(above)
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addWidget(self.view, 1)
        self.add = QPushButton(adding, self)
        dress(self.add, "plus", theme)
        self.add.setVisible(bool(adding))
        self.add.clicked.connect(self.added)
        if adding:
            below = QHBoxLayout()
            below.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
            below.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
            column.addLayout(below)
        self._is_quiet = False
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.activated.connect(self.entered)
        theme.changed.connect(self.view.doItemsLayout)

    def show_rows(self, rows: Sequence[ProgressRow], chosen: str) -> str:
        """Show these rows; returns the id of the one that is current now: the one wanted, else the first."""
        self._is_quiet = True
        self.table.show(rows)
        self._is_quiet = False
        return self.choose(chosen)

    def choose(self, row_id: str) -> str:
        """Make that row current, or the first if there is none such; `chosen` does not follow. Returns its id."""
        index = self.table.index(max(self.table.row_of(row_id), 0), 0)
        self._is_quiet = True
        self.view.setCurrentIndex(index)
        self._is_quiet = False
        return str(index.data(RECORD).id) if index.isValid() else ""

    def tell(self, title: str, told: str) -> None:
        """Say above the rows what they are of."""
        self.title.setText(title)
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def step(self, by: int) -> None:
        """Walk through the rows."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def _moved(self, index: QModelIndex) -> None:
        row: ProgressRow | None = index.data(RECORD)
        if row is not None and not self._is_quiet:
            self.chosen.emit(row.id)
