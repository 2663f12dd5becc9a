"""Matrix: who answers for which severity at which level, sheet by sheet, to read and to set."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.domain.absences import Absence
from escplaybook.domain.audit import audit
from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.due import Due
from escplaybook.domain.editions import Edition
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme, definition_of, levels_of
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.waivers import Waiver
from escplaybook.services.sheets.wishes import Wish
from escplaybook.services.starting import matrix_to_start_with
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.editions.told import line_of
from escplaybook.ui.matrix.beside import Beside
from escplaybook.ui.matrix.definitions import Definitions
from escplaybook.ui.matrix.grid import Grid
from escplaybook.ui.matrix.heading import Heading
from escplaybook.ui.matrix.sheets import Row, Sheet, Square, filled, rows_of, square_at
from escplaybook.ui.matrix.strokes import Strokes
from escplaybook.ui.matrix.words import sheet_of
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.states import StatePane

NAME = "matrix"
SHOWN = frozenset(
    (
        *(Contact, Deployment, SeverityDefinition, Level, SubClass, Cell, DecisionRight, Trigger, Edition, Absence),
        *(Rotation, Waiver, BlockerDefinition),
    )
)
"""The kinds of record that are seen here."""


class MatrixPage(PlainPage):
    """The sheet at the left, or what the matrix is made of; at the right what is chosen there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme = programme(desk.book)
        self._findings = audit(self._found, desk.now())
        self.heading = Heading(desk, self)
        self.grid = Grid(desk, self)
        self.strokes = Strokes(desk, self.grid, self._found, self)
        self.pane = StatePane(self.grid, desk.theme, self)
        self.definitions = Definitions(desk, self)
        self.left = QStackedWidget(self)
        self.left.addWidget(self.pane)
        self.left.addWidget(self.definitions)
        self.beside = Beside(desk, self)
        self._lay_out()
        self._connect()
        self.heading.offer(self._found, Sheet())
        self._redraw()
        self._open_square()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is: a square by its address, a definition by its id."""
        record = self.beside.definition
        if record is not None:
            return Place(NAME, record.id)
        square = self.grid.current()
        return Place(NAME, square.address if square is not None else "")

    def show_place(self, place: Place) -> None:
        """Go to a square by its address, or to a cell, or a part of the matrix, by its id."""
        if (found := square_at(place.record)) is not None:
            self._go_to(*found)
        elif (record := self._record(place.record)) is None:
            self._show_matrix()
        elif isinstance(record, Cell):
            self._go_to(sheet_of(record), record.severity, record.level)
        else:
            self._show_definitions(type(record), record.id)

    def new(self, _title: str = "") -> None:
        """Write another of what is listed; in the table, fill in the square one is on."""
        if self._desk.book.read_only:
            return
        if self.left.currentWidget() is self.definitions:
            self._new(self.definitions.kind)
        else:
            self._open(self.grid.current())

    def print_this(self) -> None:
        """Show the sheet as it is printed."""
        sheet = self.heading.sheet()
        wish = Wish("matrix", deployment=sheet.deployment, stage=sheet.stage, cause_class=sheet.cause_class)
        self._desk.go("paper", wish.address)

    def settle(self, due: Due) -> None:
        """Fill in what is missing in a cell or a right."""
        if due.field:
            self.beside.edit(due.field)

    def save(self) -> None:
        """Store the form that is open."""
        self.beside.save()

    def step_out(self) -> bool:
        """From form or history to the text, from the text to the list, from the definitions to the matrix."""
        if self.beside.step_out():
            return True
        here = self._list_view()
        if not here.hasFocus():
            here.setFocus()
        elif self.left.currentWidget() is self.definitions:
            self._show_matrix()
            self.grid.view.setFocus()
        else:
            return False
        return True

    def step(self, by: int) -> None:
        """Walk through squares or definitions."""
        if self.left.currentWidget() is self.definitions:
            self.definitions.step(by)
        else:
            self.grid.step(by)

    def enter(self) -> None:
        """Go to the list."""
        self._list_view().setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if self.left.currentWidget() is self.definitions:
            return [self.definitions.kinds, self.definitions.view, self.beside.focus_target()]
        if self.pane.currentWidget() is not self.grid:
            return [*self.pane.state.buttons[:1], self.heading.definitions]
        beside = [self.beside.focus_target()] if self.beside.isVisible() else []
        return [self.grid.view, *beside, self.heading.stages]

    def close_down(self) -> None:
        """Keep what is being typed."""
        self.beside.leave_forms()

    # inside

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 16, 8)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.left, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.beside)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([880, 340])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _connect(self) -> None:
        self.heading.turned.connect(self._turned)
        self.heading.definitions_wanted.connect(self._toggle)
        self.heading.editions_wanted.connect(self._go_to_editions)
        self.heading.audit_wanted.connect(self._audit_wanted)
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self._open)
        self.grid.alone_wanted.connect(self._stand_alone)
        self.grid.level_wanted.connect(self._level_wanted)
        self.grid.severity_wanted.connect(self._severity_wanted)
        self.definitions.chosen.connect(self._definition_chosen)
        self.definitions.new_wanted.connect(self._new)
        self.beside.left.connect(self._left)
        self.beside.opened.connect(self._opened)
        self.beside.rights_wanted.connect(self._rights_wanted)
        self.beside.describe_wanted.connect(self._describe)
        self._desk.bridge.changed.connect(self._refresh)
        self._desk.theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def _go_to_editions(self) -> None:
        self._desk.go("editions")

    def _refresh(self, kinds: frozenset[type[Any]]) -> None:
        """Somebody changed something; show everything as it is now, and leave what is being typed alone."""
        if not kinds & SHOWN:
            return
        self._found = programme(self._desk.book)
        self._findings = audit(self._found, self._desk.now())
        self.heading.offer(self._found, self.heading.sheet())
        self._redraw()
        square = self.grid.current()
        if self.left.currentWidget() is self.definitions:
            return
        if square is not None and self.beside.currentWidget() is self.beside.square:
            self.beside.square.refresh(square, self._found)
        else:
            self._open_square()

    def _redraw(self) -> None:
        """Show the sheet that is asked for, and the definitions."""
        found, sheet = self._found, self.heading.sheet()
        self.strokes.found = found
        levels = levels_of(found)
        rows = rows_of(found, sheet, self._findings)
        self.grid.show_rows(rows, levels, self._legend(rows, sheet))
        self.definitions.show_programme(found)
        self.heading.tell_edition(line_of(found, self._desk.now()))
        is_here = self.left.currentWidget() is self.definitions
        self.heading.show_definitions(shown=is_here, is_empty=not levels)
        self.heading.show_findings(self._findings)
        self.beside.setVisible(is_here or (bool(levels) and not self.grid.alone.isChecked()))
        if levels:
            self.pane.show_content()
        else:
            self._say_empty()
        wrong = sum(bool(square.to_mend) for row in rows for square in row.squares)
        self.tallied.emit(self._tally(rows, wrong))

    def _tally(self, rows: list[Row], wrong: int) -> str:
        held, _, squares = filled(rows)
        if not squares:
            return ""
        told = self.tr("{0} of {1} cells filled").format(held, squares)
        return self.tr("{0} · {1} to mend").format(told, wrong) if wrong else told

    def _legend(self, rows: list[Row], sheet: Sheet) -> str:
        held, inherited, squares = filled(rows)
        if sheet == Sheet():
            told = self.tr("This is the default matrix: every stage and deployment inherits what is set here.")
            return self.tr("{0} {1} of {2} cells filled.").format(told, held, squares)
        if sheet.stage:
            told = self.tr("Quiet text is inherited; plain text is set for this stage.")
        else:
            told = self.tr("Quiet text is inherited; plain text is set here.")
        return self.tr("{0} {1} of {2} cells inherited.").format(told, inherited, squares)

    def _say_empty(self) -> None:
        headline, sentence = (
            self.tr("No matrix yet"),
            self.tr("Here stands who answers for which severity at which level, by when, and who stands in."),
        )
        if self._desk.book.read_only:
            self.pane.tell("table", headline, sentence)
            return
        start = (self.tr("Start with four severities and four levels"), "plus", self._start)
        own = (self.tr("Write my own levels"), "", self._write_own)
        self.pane.tell("table", headline, sentence, start, own)

    def _start(self) -> None:
        edits = matrix_to_start_with(self._found, self._desk.now())
        if self._desk.apply(self.tr("Start the matrix with four severities and four levels"), *edits) is not None:
            self._open_square()
            self.grid.view.setFocus()

    def _write_own(self) -> None:
        self._show_definitions(Level)
        self._new(Level)

    def _go_to(self, sheet: Sheet, severity: Severity, rank: int) -> None:
        """Turn to the sheet and stand on the square; a level that is no longer in use leaves one where one is."""
        self._show_matrix_only()
        self.heading.offer(self._found, sheet)
        self._redraw()
        ranks = [level.rank for level in levels_of(self._found)]
        severities = [row.severity for row in self.grid.table.records()]
        if rank in ranks and severity in severities:
            self.grid.select(severities.index(severity), ranks.index(rank))
        self._open_square()

    def _record(self, record_id: str) -> Any:
        found = self._found
        lists: tuple[tuple[Any, ...], ...] = (found.cells, found.rights, found.levels, found.severities)
        lists += (found.triggers, found.sub_classes, found.definitions)
        return next((record for records in lists for record in records if record.id == record_id), None)

    def _turned(self) -> None:
        self.heading.offer(self._found, self.heading.sheet())
        self.grid.end_writing()
        self.grid.refuse({})
        self._redraw()
        self._open_square()
        self.moved.emit(self.place())

    def _toggle(self, shown: bool) -> None:
        if shown:
            self._show_definitions(self.definitions.kind)
        else:
            self._show_matrix()
        self.moved.emit(self.place())

    def _show_matrix(self) -> None:
        """Back to the sheet and the square one was on."""
        self._show_matrix_only()
        self._open_square()

    def _show_matrix_only(self) -> None:
        self.left.setCurrentWidget(self.pane)
        self._redraw()

    def _show_definitions(self, record_type: type[Any], record_id: str = "") -> None:
        self.left.setCurrentWidget(self.definitions)
        self._redraw()
        self.definitions.select(record_type, record_id)
        if self.definitions.current() is None:
            self.definitions.step(0)
        if (record := self.definitions.current()) is not None:
            self.beside.show_definition(record)
        else:
            self.beside.show_nothing()

    def _open_square(self) -> None:
        square = self.grid.current()
        if square is not None:
            self.beside.show_square(square, self._found)
        else:
            self.beside.show_nothing()

    def _chosen(self, square: Square) -> None:
        self.beside.show_square(square, self._found)
        self.moved.emit(self.place())

    def _open(self, square: Square | None) -> None:
        """Return was pressed: edit what is set here or empty; of what is inherited, ask first what is meant."""
        if square is None:
            return
        self.grid.alone.setChecked(False)
        if square.cell is None or square.is_own:
            self.beside.square.edit()
        self.beside.focus_target().setFocus()

    def _stand_alone(self, alone: bool) -> None:
        """Give the table the whole width, or show again what is beside it."""
        self.beside.setVisible(not alone)
        self.grid.view.setFocus()

    def _audit_wanted(self) -> None:
        self._desk.go("audit")

    def _level_wanted(self, level: Level) -> None:
        self._show_definitions(Level, level.id)
        self.moved.emit(self.place())

    def _severity_wanted(self, row: Row) -> None:
        definition = definition_of(self._found, row.severity)
        self._show_definitions(SeverityDefinition, definition.id if definition is not None else "")
        self.moved.emit(self.place())

    def _rights_wanted(self) -> None:
        self._show_definitions(DecisionRight)
        self.moved.emit(self.place())

    def _definition_chosen(self, record: Any) -> None:
        self.beside.show_definition(record)
        self.moved.emit(self.place())

    def _opened(self, record: Any) -> None:
        if self.left.currentWidget() is self.definitions:
            self.definitions.select(type(record), record.id)

    def _new(self, record_type: type[Any]) -> None:
        begun = self.definitions.current() if self.left.currentWidget() is self.definitions else None
        self.beside.new(record_type, self.definitions.free_severities(), self.definitions.next_rank(), begun)

    def _describe(self) -> None:
        self._new(SubClass)

    def _left(self) -> None:
        self._list_view().setFocus()

    def _follow_theme(self) -> None:
        self.beside.setMinimumWidth(self._desk.theme.px(322))

    def _list_view(self) -> QWidget:
        return self.definitions.view if self.left.currentWidget() is self.definitions else self.grid.view
