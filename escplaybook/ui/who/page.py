"""Who do I call? Severity, stage, cause and time in; the people who really answer out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QListView, QSplitter, QVBoxLayout, QWidget

from escplaybook.domain.dues import first_called, ladder_at
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.domain.numbers import dialled
from escplaybook.domain.programme import Programme, definition_of
from escplaybook.domain.routing import Rung
from escplaybook.domain.verification import Importance, importances
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.matrix.sheets import Sheet, Square
from escplaybook.ui.matrix.words import criteria_line
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.who.beside import Beside, Scene
from escplaybook.ui.who.question import Asked, Question
from escplaybook.ui.who.timeline import RungRow, TimelineDelegate, hover, spoken

NAME = "who"


class WhoPage(PlainPage):
    """The question at the top, the timeline of answers below it, and at the right who may say yes.

    `raise_wanted` carries what was asked, for a blocker to be raised with it.
    """

    raise_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme = programme(desk.book)
        self.question = Question(desk, self)
        self.table: RecordTable[RungRow] = RecordTable(Column(self.tr("Who answers"), spoken, hover), parent=self)
        self.view = self._make_view()
        self.pane = StatePane(self.view, desk.theme, self)
        self.beside = Beside(desk, self)
        self._lay_out()
        self._connect()
        self.refresh()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is."""
        return Place(NAME)

    def show_place(self, _place: Place) -> None:
        """Come to the page: the answer as of now."""
        self.refresh()

    def new(self, _title: str = "") -> None:
        """Raise a blocker with what was asked."""
        if not self._desk.book.read_only:
            self.raise_wanted.emit(self.question.asked())

    def step_out(self) -> bool:
        """Back to the present time, else to the severity, the first thing one says."""
        if not self.question.time.step_back():
            self.question.severity.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the ladder."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the ladder."""
        self._answers().setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.question.severity, self._answers(), self.beside.text]

    # the question and its answer

    def ask(self, asked: Asked) -> None:
        """Put a question, as of now."""
        self.question.ask(asked)

    def refresh(self) -> None:
        """Read the programme again and answer."""
        self._found = programme(self._desk.book)
        self.question.offer(self._found)
        self._answer()

    def _rows(self, rungs: Sequence[Rung], now: datetime) -> list[RungRow]:
        weights, here, rows = importances(self._found), self._desk.here, []
        for number, rung in enumerate(rungs):
            person, point = rung.answers, first_called(rung.points)
            weight = weights.get(person.id, Importance.NOBODY) if person else Importance.NOBODY
            dial = dialled(point, person.country, here) if person and point and here else ""
            rows.append(RungRow(rung, now, number == 0, number == len(rungs) - 1, weight, dial))
        return rows

    def _answer(self) -> None:
        found, asked, at, now = self._found, self.question.asked(), self.question.at(), self._desk.now()
        rungs = ladder_at(found, asked.place, at)
        kept = self.view.currentIndex().data(RECORD)
        self.table.show(self._rows(rungs, now))
        if kept is not None and (row := self.table.row_of(kept.id)) >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        self.question.sentence.setText(self._sentence(asked.place))
        self.beside.tell(Scene(found, asked, at, now, self.question.chosen_deployment()))
        self.tallied.emit(self._tally(rungs) if rungs else "")
        if rungs:
            self.pane.show_content()
        else:
            self._say_empty(asked.place)

    def _sentence(self, place: MatrixPlace) -> str:
        """What the severity means in this book, and how often it is told how things stand."""
        definition = definition_of(self._found, place.severity)
        if definition is None:
            return ""
        parts = dict.fromkeys((definition.name, criteria_line(definition)))
        told = ". ".join(part.strip().rstrip(".") for part in parts)
        if definition.cadence is not None:
            told += self.tr(". Updates every {0}").format(format_span(definition.cadence))
        return f"{told}."

    def _say_empty(self, place: MatrixPlace) -> None:
        if not self._found.levels:
            headline = self.tr("There is no matrix yet")
            said = self.tr("It says for every severity who is called first, who next, and by when they answer.")
        else:
            headline = self.tr("The matrix names nobody for {0} here").format(place.severity)
            said = self.tr("Say who owns each level, who stands in, and by when they answer.")
        self.pane.tell("grid-3x3", headline, said, (self.tr("Open the matrix"), "grid-3x3", self._open_matrix))

    def _tally(self, rungs: tuple[Rung, ...]) -> str:
        reached = sum(rung.answers is not None for rung in rungs)
        return self.tr("{0} of {1} levels answer").format(reached, len(rungs))

    def _answers(self) -> QWidget:
        return self.view if self.table.rowCount() else self.pane.state.buttons[0]

    def _refresh(self, _kinds: frozenset[type[Any]]) -> None:
        self.refresh()

    def _tick(self) -> None:
        if self.question.time.is_now() and self.isVisible():
            self._answer()

    # what can be done with an answer

    def _open_matrix(self) -> None:
        place = self.question.asked().place
        sheet = Sheet(place.deployment, place.stage, place.cause_class)
        level = next((level for level in self._found.levels if level.retired is None), None)
        square = Square(sheet, place.severity, level, None, False, None, None) if level is not None else None
        self._desk.go("matrix", square.address if square is not None else "")

    def _copy_number(self) -> None:
        row: RungRow | None = self.view.currentIndex().data(RECORD)
        if row is not None and row.number is not None:
            QGuiApplication.clipboard().setText(row.number.value)
            self._desk.say(self.tr("Copied {0}").format(row.number.value))

    def _open_contact(self) -> None:
        row: RungRow | None = self.view.currentIndex().data(RECORD)
        if row is not None and row.rung.answers is not None:
            self._desk.go_to(row.rung.answers)
        elif row is not None:
            self._desk.go_to(row.rung.cell)

    # inside

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(TimelineDelegate(self._desk.theme, view))
        view.setAccessibleName(self.tr("Who answers, in order"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setProperty("plane", "surface")
        let_flow(view)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction(self.tr("Copy the number"), view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy_number)
        contact = QAction(self.tr("Open the contact"), view)
        contact.triggered.connect(self._open_contact)
        view.addActions([copy, contact])
        view.activated.connect(self._open_contact)
        return view

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 16, 8)
        column.setSpacing(16)
        column.addWidget(self.question)
        column.addWidget(self.pane, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.beside)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([800, min(self._desk.theme.px(272), 380)])
        self.beside.setMinimumWidth(240)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _connect(self) -> None:
        self.question.changed.connect(self._answer)
        self.beside.raise_wanted.connect(self.new)
        self._desk.ticker.minute.connect(self._tick)
        self._desk.bridge.changed.connect(self._refresh)
        self._desk.theme.changed.connect(self.view.doItemsLayout)
