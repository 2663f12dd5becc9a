"""The one table model, for every list in the program."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RECORD = Qt.ItemDataRole.UserRole
"""The role under which a row gives its record."""


class Listed(Protocol):
    """Whatever has an identity can stand in a list."""

    @property
    def id(self) -> str:
        """The identity of the record in the row."""
        ...


R = TypeVar("R", bound=Listed)


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its heading, the text of a record in it, what more a hover tells, and by what it is sorted."""

    heading: str
    text: Callable[[R], str]
    hover: Callable[[R], str] | None = None
    order: Callable[[R], Any] | None = None


class RecordTable(QAbstractTableModel, Generic[R]):
    """Records as rows. A list too long to fetch at once says `more_wanted` when a view comes to its end."""

    more_wanted = Signal(int)

    def __init__(self, *columns: Column[R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._records: list[R] = []
        self._total = 0
        self._is_asking = False

    def show(self, records: Sequence[R], total: int | None = None) -> None:
        """Show these records, the first of `total` there are."""
        self.beginResetModel()
        self._records = list(records)
        self._total = len(records) if total is None else total
        self._is_asking = False
        self.endResetModel()

    def in_order(self, records: Iterable[R], column: int, *, descending: bool = False) -> list[R]:
        """The records sorted by that column; of equals the one that came first stays first."""
        by = self._columns[column]
        return sorted(records, key=by.order or (lambda record: by.text(record).casefold()), reverse=descending)

    def add(self, records: Sequence[R]) -> None:
        """Put more records behind those that are shown."""
        self._is_asking = False
        if records:
            first = len(self._records)
            self.beginInsertRows(QModelIndex(), first, first + len(records) - 1)
            self._records.extend(records)
            self.endInsertRows()

    def record(self, row: int) -> R:
        """The record in that row."""
        return self._records[row]

    def records(self) -> list[R]:
        """All records that are shown."""
        return list(self._records)

    def row_of(self, record_id: str) -> int:
        """The row of the record with that id, or -1."""
        return next((row for row, record in enumerate(self._records) if record.id == record_id), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self._records[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.text(record)
            case Qt.ItemDataRole.ToolTipRole:
                return column.hover(record) if column.hover else None
            case _:
                return record if role == RECORD else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_asking and len(self._records) < self._total

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid() and not self._is_asking:
            self._is_asking = True
            self.more_wanted.emit(len(self._records))
