"""Probable doubles of one kind, walked through one after the other: one, two, or later."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from escplaybook.domain.double_entries import DoubleEntry
from escplaybook.domain.doubles import Double
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.merging import Choice
from escplaybook.domain.naming import name_of
from escplaybook.services import merging
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.ui.background import Job
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.comparing import Comparison, ComparisonWords
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane

Pair = Double | DoubleEntry


@dataclass(frozen=True, slots=True)
class Doubling:
    """Whose doubles a page compares: its name, the page of their list, their type, and how they are found."""

    page: str
    listed_on: str
    record_type: type[Any]
    find: Callable[[Book, Memory], Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class DoublesWords:
    """What such a page says: that two are two (with the keys of both), and that there are no doubles."""

    apart: str
    none: str
    compared: str


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as a row of the list."""

    double: Pair

    @property
    def id(self) -> str:
        """Both ids."""
        return f"{self.double.first.id} {self.double.second.id}"


class DoublesPage(PlainPage):
    """What the window asks of a page; the pairs at the left, the two side by side at the right."""

    def __init__(self, desk: Desk, doubling: Doubling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._doubling, self._said = desk, doubling, self.words()
        self._is_looked = False
        self._row = 0
        self._apart: tuple[str, str] = ("", "")
        self.title = QLabel(self.tr("Probable doubles"), self)
        self.title.setProperty("role", "title")
        self.back = QPushButton(self.tr("Back to the list"), self)
        dress(self.back, "arrow-left", desk.theme)
        self.table: RecordTable[Line] = RecordTable(Column(self.tr("Pair"), _spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, _row_of, self.view))
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("Probable doubles"))
        self.comparison = Comparison(desk, self.comparison_words(), self.field_word, self)
        self._lay_out()
        self.pane = StatePane(self.split, desk.theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self._connect()

    @abstractmethod
    def words(self) -> DoublesWords:
        """What the page says."""

    @abstractmethod
    def comparison_words(self) -> ComparisonWords:
        """What is asked of two."""

    def field_word(self, field: str) -> str:
        """How a field is called."""
        return field.replace("_", " ").capitalize()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is."""
        return Place(self._doubling.page)

    def show_place(self, _place: Place) -> None:
        """Look for doubles, if that has not been done yet."""
        if not self._is_looked:
            self.look()

    def new(self, _title: str = "") -> None:
        """A new record is written in the list."""
        self._go_back()

    def save(self) -> None:
        """Merge the two as chosen."""
        self.comparison.merge.click()

    def step_out(self) -> bool:
        """From the choices to the pairs, from the pairs to the list of records."""
        if self.view.hasFocus() or not self.table.rowCount():
            self._go_back()
        else:
            self.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the pairs."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the choices."""
        self.panes()[-1].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.view, self.comparison.focus_target()] if self.table.rowCount() else [self.pane.state]

    def look(self) -> None:
        """Look for doubles in the pool: among 10,000 records it takes a second."""
        self._is_looked = True
        self.pane.wait()
        job = self._desk.jobs.start(self.tr("Looking for doubles"), self._find, quietly=True)
        job.finished.connect(self._show)
        job.failed.connect(self._failed)

    # inside

    def _find(self, book: Book, _job: Job) -> Sequence[Pair]:
        with closing(Memory(book.path)) as memory:
            return self._doubling.find(book, memory)

    def _show(self, found: Sequence[Pair]) -> None:
        had_focus = self.comparison.isAncestorOf(self.window().focusWidget() or self)
        self.table.show([Line(double) for double in found])
        self.tallied.emit(self.tr("1 pair") if len(found) == 1 else self.tr("{0} pairs").format(f"{len(found):,}"))
        if not found:
            self.pane.tell(
                "circle-check",
                self._said.none,
                self._said.compared,
                (self.tr("Back to the list"), "arrow-left", self._go_back),
            )
            return
        self.pane.show_content()
        self.view.setCurrentIndex(self.table.index(min(self._row, len(found) - 1), 0))
        (self.comparison.focus_target() if had_focus else self.view).setFocus()

    def _failed(self, error: PlaybookError) -> None:
        self.pane.tell("triangle-alert", self.tr("Looking for doubles did not work"), str(error))

    def _chosen(self, index: QModelIndex) -> None:
        line = index.data(RECORD)
        if line is not None:
            self._row = index.row()
            self.comparison.show_double(line.double, self._name_of)

    def _name_of(self, record_id: str) -> str:
        found = records.find(self._desk.book, self._doubling.record_type, record_id)
        return name_of(found) if found is not None else "–"

    def _merge(self, chosen: Mapping[str, Choice]) -> None:
        assert self.comparison.pair is not None
        ours, theirs = self.comparison.pair
        desk = self._desk
        try:
            merging.merge(desk.book, ours, theirs, desk.now(), chosen=chosen, author=desk.author)
        except PlaybookError as error:
            desk.trouble(error)
            return
        desk.bridge.look()
        desk.say(self.tr("{0} is merged into {1}.").format(theirs.key, ours.key), self.tr("Undo"), desk.undo)

    def _set_apart(self) -> None:
        if self.comparison.pair is None:
            return
        ours, theirs = self.comparison.pair
        self._apart = (ours.id, theirs.id)
        merging.set_apart(self._desk.memory, *self._apart)
        told = self._said.apart.format(ours.key, theirs.key)
        self._desk.say(told, self.tr("Undo"), self._take_back)
        self.look()

    def _take_back(self) -> None:
        merging.set_apart(self._desk.memory, *self._apart, apart=False)
        self.look()

    def _later(self) -> None:
        self.step(1 if self.view.currentIndex().row() + 1 < self.table.rowCount() else -self.table.rowCount())
        self.comparison.focus_target().setFocus()

    def _go_back(self) -> None:
        self._desk.go(self._doubling.listed_on)

    def _go_to_choices(self) -> None:
        self.comparison.focus_target().setFocus()

    def _changed(self, kinds: frozenset[type[Any]]) -> None:
        if self._doubling.record_type in kinds and self._is_looked:
            if self.isVisible():
                self.look()
            else:
                self._is_looked = False

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.view.activated.connect(self._go_to_choices)
        self.comparison.decided.connect(self._merge)
        self.comparison.apart.connect(self._set_apart)
        self.comparison.later.connect(self._later)
        self._desk.bridge.changed.connect(self._changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 12, 8)
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        left = QFrame(self)
        left.setProperty("plane", "raised")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.comparison)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([380, 860])
        left.setMinimumWidth(280)
        self.comparison.setMinimumWidth(460)


def _row_of(line: Line) -> Row:
    first, second = line.double.first, line.double.second
    here, there = name_of(first), name_of(second)
    title = here if here == there else f"{here} · {there}"
    return Row(title, meta=((f"{first.key}, {second.key}", "muted"), (", ".join(line.double.reasons), "muted")))


def _spoken(line: Line) -> str:
    double = line.double
    return f"{name_of(double.first)}, {name_of(double.second)}: {', '.join(double.reasons)}"
