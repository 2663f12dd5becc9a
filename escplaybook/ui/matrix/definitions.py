"""What the matrix is made of, as lists: severities, levels, decision rights, triggers."""

import html
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QTabBar, QVBoxLayout, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.domain.matrix import DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger, condition_words
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.matrix.sheets import Sheet
from escplaybook.ui.matrix.told import right_words
from escplaybook.ui.matrix.trigger_words import standing_facts
from escplaybook.ui.matrix.words import criteria_line, level_head, sheet_words
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.times import said_day

KINDS: tuple[type[Any], ...] = (SeverityDefinition, Level, DecisionRight, Trigger)


class Definitions(QFrame):
    """`chosen` carries the record that became current, `new_wanted` the kind of which another is to be written."""

    chosen = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._is_quiet = False
        self.kinds = QTabBar(self)
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        self.kinds.setAccessibleName(self.tr("Severities, levels, rights, triggers"))
        for word in (self.tr("Severities"), self.tr("Levels"), self.tr("Decision rights"), self.tr("Triggers")):
            self.kinds.addTab(word)
        self.add = QPushButton(self)
        self.add.clicked.connect(self._add)
        self.table: RecordTable[Any] = RecordTable(Column(self.tr("Definition"), self._spoken), parent=self)
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
        """List what the programme has; the record that was current stays so."""
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

    def free_severities(self) -> list[Severity]:
        """The severities that nobody has defined yet."""
        assert self._found is not None  # shown before it is asked
        defined = {one.severity for one in self._found.severities if one.retired is None}
        return [severity for severity in Severity if severity not in defined]

    def next_rank(self) -> int:
        """The rank of a level on top of the others; retired ones keep theirs, for their cells go by it."""
        assert self._found is not None  # shown before it is asked
        return max((level.rank for level in self._found.levels), default=0) + 1

    def _list(self, record_id: str = "") -> None:
        if self._found is None:
            return
        current = self.current()
        wanted = record_id or (current.id if current is not None else "")
        listed = self._listed(self._found)
        self.table.show(listed)
        row = self.table.row_of(wanted)
        self._is_quiet = True
        if row >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        self._is_quiet = False
        self._show_add()
        if listed:
            self.pane.show_content()
        else:
            self._say_none()

    def _listed(self, found: Programme) -> Sequence[Any]:
        """What is in use in its order, then what is not."""
        if self.kind is SeverityDefinition:
            records: Sequence[Any] = sorted(found.severities, key=lambda one: one.severity)
        elif self.kind is Level:
            records = sorted(found.levels, key=lambda level: level.rank)
        elif self.kind is DecisionRight:
            records = sorted(found.rights, key=lambda right: right.decision.casefold())
        else:
            records = sorted(found.triggers, key=lambda trigger: (trigger.level, trigger.name.casefold()))
        return sorted(records, key=lambda record: record.retired is not None)

    def _show_add(self) -> None:
        words = {
            SeverityDefinition: self.tr("Define {0}").format(next(iter(self.free_severities()), "")),
            Level: self.tr("Add level {0}").format(self.next_rank()),
            DecisionRight: self.tr("Add a decision right"),
            Trigger: self.tr("Add a trigger"),
        }
        self.add.setText(words[self.kind])
        is_full = self.kind is SeverityDefinition and not self.free_severities()
        self.add.setVisible(not is_full and not self._desk.book.read_only)
        dress(self.add, "plus", self._desk.theme)

    def _say_none(self) -> None:
        told = {
            SeverityDefinition: (
                self.tr("No severity is defined"),
                self.tr("Say what each costs the business, so that two people choose the same one."),
            ),
            Level: (self.tr("No levels yet"), self.tr("A level is asked when the one below has not answered in time.")),
            DecisionRight: (
                self.tr("No decision rights yet"),
                self.tr("Write down who may authorise a workaround, roll back, spend, and up to where."),
            ),
            Trigger: (
                self.tr("No triggers yet"),
                self.tr("Write down what is measured, and for how long, before a blocker goes to the next level."),
            ),
        }
        self.pane.tell("list-checks", *told[self.kind])

    def _turn(self) -> None:
        self._list()
        self.step(0)

    def _add(self) -> None:
        self.new_wanted.emit(self.kind)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_quiet:
            self.chosen.emit(current.data(RECORD))

    def _row_of(self, record: Any) -> Row:
        retired = [(self.tr("no longer in use"), "warn")] if record.retired is not None else []
        match record:
            case SeverityDefinition():
                criteria = html.escape(criteria_line(record), quote=False)
                return Row(record.name, record.severity, criteria, tuple(retired))
            case Level():
                return Row(level_head(record), None, "", ((record.purpose, "muted"), *retired))
            case DecisionRight():
                return Row(right_words(record), record.severity, "", (*self._facts_of(record), *retired))
            case Trigger():
                words = html.escape(condition_words(record), quote=False)
                facts = standing_facts(record, self._found)
                return Row(record.name, record.severity, words, (*facts, *retired))
        raise TypeError(f"{type(record).__name__} is no part of the matrix")

    def _facts_of(self, right: DecisionRight) -> list[tuple[str, str]]:
        assert self._found is not None  # shown before it is asked
        decider = self._found.contacts.get(right.decider or "")
        who = (decider.name, "text") if decider is not None else (self.tr("nobody"), "bad")
        where = ", ".join(sheet_words(Sheet(right.deployment, right.stage), self._found))
        facts = [who, *([(where, "muted")] if where else [])]
        if right.expires is not None:
            is_over = right.expires < self._desk.now().date()
            words = self.tr("expired {0}") if is_over else self.tr("ends {0}")
            facts.append((words.format(said_day(right.expires, self._desk.now())), "bad" if is_over else "muted"))
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
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
