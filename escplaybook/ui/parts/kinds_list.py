"""Records of a few related kinds as lists, one tab a kind, with a button that writes another."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QTabBar, QVBoxLayout, QWidget

from escplaybook.domain.programme import Programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane


class KindsList(QFrame):
    """Which kinds, what stands in a row and what is said of none is for each such list to say.

    `chosen` carries the record that became current, `new_wanted` the kind of which another is to be written.
    """

    chosen = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._is_quiet = False
        self._tabs = self.tabs()
        self.kinds = QTabBar(self)
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        self.kinds.setAccessibleName(", ".join(word for _, word in self._tabs))
        for _, word in self._tabs:
            self.kinds.addTab(word)
        self.add = QPushButton(self)
        self.add.clicked.connect(self._add)
        self.table: RecordTable[Any] = RecordTable(Column(self.tr("Record"), self._spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, self.row_of, self.view))
        let_flow(self.view)
        self.pane = StatePane(self.view, desk.theme, self)
        self._lay_out()
        self.kinds.currentChanged.connect(self._turn)
        self.view.selectionModel().currentChanged.connect(self._moved)

    @abstractmethod
    def tabs(self) -> Sequence[tuple[type[Any], str]]:
        """The kinds in their order, each with the word on its tab."""

    @abstractmethod
    def listed(self, found: Programme) -> Sequence[Any]:
        """The records of the present kind, in their order."""

    @abstractmethod
    def row_of(self, record: Any) -> Row:
        """What stands in a record's row."""

    @abstractmethod
    def add_words(self) -> str:
        """What the button says that writes another of the present kind; empty if there can be no more."""

    @abstractmethod
    def none_words(self) -> tuple[str, str, str]:
        """Icon, headline and sentence where there is none of the present kind."""

    @property
    def kind(self) -> type[Any]:
        """The kind that is listed."""
        return self._tabs[self.kinds.currentIndex()][0]

    @property
    def found(self) -> Programme:
        """The programme that is shown; there is one before anything is asked of the list."""
        assert self._found is not None
        return self._found

    def show_programme(self, found: Programme) -> None:
        """List what the programme has; the record that was current stays so."""
        self._found = found
        self._list()

    def select(self, record_type: type[Any], record_id: str = "") -> None:
        """List that kind and make that record current without saying so."""
        blocked = self.kinds.blockSignals(True)
        self.kinds.setCurrentIndex([kind for kind, _ in self._tabs].index(record_type))
        self.kinds.blockSignals(blocked)
        self._list(record_id)

    def current(self) -> Any:
        """The record that is current, or None."""
        return self.view.currentIndex().data(RECORD)

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (−1) record."""
        row = max(0, min(self.view.currentIndex().row() + by, self.table.rowCount() - 1))
        if self.table.rowCount():
            self.view.setCurrentIndex(self.table.index(row, 0))

    def _list(self, record_id: str = "") -> None:
        if self._found is None:
            return
        current = self.current()
        wanted = record_id or (current.id if current is not None else "")
        listed = self.listed(self._found)
        self._is_quiet = True
        self.table.show(listed)
        row = self.table.row_of(wanted)
        if row >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        self._is_quiet = False
        words = self.add_words()
        self.add.setText(words)
        self.add.setVisible(bool(words) and not self._desk.book.read_only)
        dress(self.add, "plus", self._desk.theme)
        if listed:
            self.pane.show_content()
        else:
            self.pane.tell(*self.none_words())

    def _turn(self) -> None:
        self._list()
        self.step(0)

    def _add(self) -> None:
        self.new_wanted.emit(self.kind)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_quiet:
            self.chosen.emit(current.data(RECORD))

    def _spoken(self, record: Any) -> str:
        row = self.row_of(record)
        return ", ".join((row.title, *(word for word, _ in row.meta)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.kinds, 1)
        head.addWidget(self.add)
        self.pane.setProperty("line", "around")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
