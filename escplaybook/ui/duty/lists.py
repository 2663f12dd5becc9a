"""Absences and rotations as two lists."""

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QTabBar, QVBoxLayout, QWidget

from escplaybook.domain.absences import Absence
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Away, Roster
from escplaybook.domain.rotations import Rotation
from escplaybook.ui.desk import Desk
from escplaybook.ui.duty.told import away_when, name_in, next_away, rule_words, shift_words, turn_words
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.times import said

KINDS: tuple[type[Any], ...] = (Absence, Rotation)


class Lists(QFrame):
    """`chosen` carries the record that became current, `new_wanted` the kind of which another is to be written."""

    chosen = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._times: dict[str, Away | None] = {}
        self._is_quiet = False
        self.kinds = QTabBar(self)
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        self.kinds.setAccessibleName(self.tr("Absences, rotations"))
        for word in (self.tr("Absences"), self.tr("Rotations")):
            self.kinds.addTab(word)
        self.add = QPushButton(self)
        self.add.clicked.connect(self._add)
        self.table: RecordTable[Any] = RecordTable(Column(self.tr("Duty"), self._spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, self._row_of, self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.pane = StatePane(self.view, desk.theme, self)
        self._lay_out()
        self.kinds.currentChanged.connect(self._turn)
        self.view.selectionModel().currentChanged.connect(self._moved)

    @property
    def kind(self) -> type[Any]:
        """The kind that is listed."""
        return KINDS[self.kinds.currentIndex()]

    def show_programme(self, found: Programme) -> None:
        """List what there is; the record that was current stays so."""
        self._found = found
        self._list()

    def select(self, record_type: type[Any], record_id: str = "") -> None:
        """List that kind and make that record current without saying so."""
        blocked = self.kinds.blockSignals(True)
        self.kinds.setCurrentIndex(KINDS.index(record_type))
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
        listed = self._listed(self._found)
        self._is_quiet = True
        self.table.show(listed)
        row = self.table.row_of(wanted)
        if row >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        self._is_quiet = False
        self.add.setText(self.tr("Add an absence") if self.kind is Absence else self.tr("Add a rotation"))
        self.add.setVisible(not self._desk.book.read_only)
        dress(self.add, "plus", self._desk.theme)
        if listed:
            self.pane.show_content()
        else:
            self._say_none()

    def _listed(self, found: Programme) -> list[Any]:
        """Absences that are under way or to come, the next first, then those that are over; rotations by name."""
        if self.kind is Rotation:
            return sorted(found.rotations, key=lambda one: (one.retired is not None, one.name.casefold()))
        now = self._desk.now()
        self._times = {one.id: next_away(one, now) for one in found.absences}

        def order(one: Absence) -> tuple[bool, bool, float]:
            time = self._times[one.id]
            return one.retired is not None, time is None, time.start.timestamp() if time else -one.end.timestamp()

        return sorted(found.absences, key=order)

    def _say_none(self) -> None:
        told = {
            Absence: (
                self.tr("Nobody is away"),
                self.tr("Who is away is not called; whoever stands in is asked instead. Calendars can be imported."),
            ),
            Rotation: (
                self.tr("No rotations yet"),
                self.tr("People take turns at a duty, and the matrix names the duty instead of a person."),
            ),
        }
        self.pane.tell("calendar", *told[self.kind])

    def _turn(self) -> None:
        self._list()
        self.step(0)

    def _add(self) -> None:
        self.new_wanted.emit(self.kind)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_quiet:
            self.chosen.emit(current.data(RECORD))

    def _row_of(self, record: Any) -> Row:
        assert self._found is not None  # shown before it is painted
        retired = [(self.tr("no longer in use"), "warn")] if record.retired is not None else []
        if isinstance(record, Rotation):
            turn = Roster((), [record]).on_duty(record.contact, self._desk.now())
            who = (
                (turn_words(turn, partial(name_in, self._found.contacts)), "text")
                if turn is not None
                else (self.tr("nobody now"), "bad")
            )
            told = [] if record.retired is not None else [who]
            shifts = [(shift_words(shift), "muted") for shift in record.shifts[:1]]
            return Row(record.name, None, "", (*told, *shifts, *retired))
        return Row(name_in(self._found.contacts, record.contact), None, "", (*self._facts_of(record), *retired))

    def _facts_of(self, absence: Absence) -> list[tuple[str, str]]:
        assert self._found is not None  # shown before it is painted
        now = self._desk.now()
        time = self._times.get(absence.id)
        if time is None:
            facts = [(self.tr("over"), "muted")]
        else:
            is_now = time.start <= now
            facts = [(away_when(time, now), "text"), (self.tr("now") if is_now else said(time.start, now), "warn")]
            facts = facts if is_now else [facts[0], (facts[1][0], "muted")]
        facts += [(word, "muted") for word in (absence.reason, rule_words(absence.rule, absence.first)) if word]
        if absence.deputy is not None:
            facts.append((self.tr("{0} stands in").format(name_in(self._found.contacts, absence.deputy)), "muted"))
        return facts

    def _spoken(self, record: Any) -> str:
        row = self._row_of(record)
        return ", ".join((row.title, *(word for word, _ in row.meta)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.kinds, 1)
        head.addWidget(self.add)
        self.pane.setProperty("line", "around")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
