"""The history of one record: who, when, why; what changed; and the way back to any version."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from escplaybook.store import history, records
from escplaybook.store.kinds import KINDS
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.differences import changed_fields, difference_html
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.prose_view import ProseView
from escplaybook.ui.times import exact, said

WIDE, WIDEST = 700, 1_240
"""Pixels at 100 % from which two columns of a text can be read, and to which they grow."""


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the history, newest first in the list."""

    id: str
    line: history.Line
    is_current: bool


class HistoryPanel(QFrame):
    """`restore_wanted` carries the record as it was; `left` that the person is done here."""

    restore_wanted = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, label_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._label_of = desk, label_of
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.heading.setWordWrap(True)
        self.restore = QPushButton(self.tr("Restore"), self)
        dress(self.restore, "undo-2", desk.theme)
        self.restore.setToolTip(self.tr("Bring this version back"))
        self.restore.clicked.connect(self._restore)
        self.back = QPushButton(self.tr("Back"), self)
        self.back.setToolTip(self.tr("Esc"))
        dress(self.back, "arrow-left", desk.theme)
        self.back.clicked.connect(self.left)
        self.table: RecordTable[Any] = RecordTable(Column(self.tr("Version"), _spoken, _hover), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, self._row_of, self.view))
        let_flow(self.view)
        self.view.setAccessibleName(self.tr("Versions"))
        self.view.selectionModel().currentChanged.connect(self._show_difference)
        self.difference = ProseView(desk.theme, self, column=WIDEST)
        self._was_wide = False
        self.difference.resized.connect(self._turn)
        self.difference.setAccessibleName(self.tr("What changed"))
        self._lay_out()

    def show_history(self, record_id: str, key: str) -> None:
        """Show every change of that record."""
        lines = history.of_record(self._desk.book, record_id)
        self.heading.setText(self.tr("History of {0}").format(key))
        versions = [Version(str(number), line, number == len(lines) - 1) for number, line in enumerate(lines)]
        self.table.show(list(reversed(versions)))
        self.view.setCurrentIndex(self.table.index(0, 0))
        self.view.setFocus()

    def _is_wide(self) -> bool:
        return self.difference.width() >= self._desk.theme.px(WIDE)

    def _turn(self) -> None:
        """Two columns become one, or one two, as the pane becomes narrow or wide enough."""
        if self._is_wide() != self._was_wide:
            self._show_difference(self.view.currentIndex(), QModelIndex())

    def _show_difference(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            self.difference.show_html("")
            return
        version: Version = current.data(RECORD)
        edit = version.line.edit
        self._was_wide = self._is_wide()
        told = difference_html(edit.before, edit.after, self._label_of, self._name_of, is_wide=self._was_wide)
        self.difference.show_html(told)
        self.restore.setEnabled(not version.is_current and edit.after is not None and not self._desk.book.read_only)

    def _name_of(self, record_id: str) -> str:
        """How another record is called that this one names by its id; the id if it is gone."""
        for kind in KINDS:
            if (found := records.find(self._desk.book, kind.type, record_id)) is not None:
                return str(getattr(found, "name", "") or getattr(found, "title", "") or found.key)
        return record_id

    def _restore(self) -> None:
        version: Version = self.view.currentIndex().data(RECORD)
        self.restore_wanted.emit(version.line.edit.after)

    def _row_of(self, version: Version) -> Row:
        stroke, edit = version.line.stroke, version.line.edit
        titles = {"do": "{0}", "undo": self.tr("Undone: {0}"), "redo": self.tr("Done again: {0}")}
        names = [self._label_of(name) for name in changed_fields(edit.before, edit.after)]
        shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        if edit.before is None:
            shown = self.tr("first version")
        meta = [(stroke.author, "muted"), (said(stroke.at, self._desk.now()), "muted"), (shown, "muted")]
        if version.is_current:
            meta.append((self.tr("now in the book"), "good"))
        return Row(titles[stroke.way].format(stroke.reason), meta=tuple(meta))

    def _lay_out(self) -> None:
        head = QFrame(self)
        head.setProperty("line", "below")
        row = QHBoxLayout(head)
        row.setContentsMargins(28, 12, 28, 12)
        row.setSpacing(8)
        row.addWidget(self.heading, 1)
        row.addWidget(self.back)
        row.addWidget(self.restore)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.view)
        split.addWidget(self.difference)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(split, 1)


def _spoken(version: Version) -> str:
    return f"{version.line.stroke.reason}, {version.line.stroke.author}"


def _hover(version: Version) -> str:
    return exact(version.line.stroke.at)
