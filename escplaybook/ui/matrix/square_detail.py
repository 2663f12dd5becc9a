"""The square one is on: read, edited, or with its history; what is typed is kept as a draft until it is saved."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.matrix import Cell
from escplaybook.domain.programme import Programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.drafts import Draft
from escplaybook.ui.matrix.cell_form import CellForm
from escplaybook.ui.matrix.reading import SquareReading
from escplaybook.ui.matrix.sheets import Square, below
from escplaybook.ui.matrix.told import AUDIT, GO
from escplaybook.ui.matrix.words import reason_for, sheet_of, square_name
from escplaybook.ui.parts.history_panel import HistoryPanel
from escplaybook.ui.times import said


class SquareDetail(QStackedWidget):
    """`left` tells that the person stepped back to the table, `rights_wanted` that they ask for the decision rights."""

    left = Signal()
    rights_wanted = Signal()

    def __init__(self, desk: Desk, label_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._dropped: tuple[str, dict[str, Any]] = ("", {})
        self.reading = SquareReading(desk, self)
        self.form = CellForm(desk, self)
        self._label_of = label_of
        self._history: HistoryPanel | None = None
        self._draft = Draft(desk, "cell", self)
        for pane in (self.reading, self.form):
            self.addWidget(pane)
        self.reading.wanted.connect(self._do)
        self.form.changed.connect(self._typed)
        self.form.save_wanted.connect(self.save)
        self.form.cancel_wanted.connect(self._cancel)

    @property
    def history(self) -> HistoryPanel:
        """The history of the square's cell; made when it is first wanted."""
        if self._history is None:
            self._history = HistoryPanel(self._desk, self._label_of, self)
            self._history.left.connect(self._leave_history)
            self._history.restore_wanted.connect(self._restore)
            self.addWidget(self._history)
        return self._history

    @property
    def square(self) -> Square | None:
        """The square that is shown."""
        return self.reading.square

    def open(self, square: Square, found: Programme) -> None:
        """Come to a square; a form that is open stays kept as a draft."""
        self.leave_form()
        self.refresh(square, found)
        self.setCurrentWidget(self.reading)
        kept = self._draft.kept(_draft_name(square))
        if kept is not None and not self._desk.book.read_only:
            told = self.tr("You were editing this {0} and had not saved.").format(said(kept[0], self._desk.now()))
            self._desk.say(told, self.tr("Go on"), self.edit)

    def refresh(self, square: Square, found: Programme) -> None:
        """Show the square as it is now; what is being typed stays."""
        self._found = found
        self.reading.show_square(square, found)
        if self.currentWidget() is self._history and square.cell is not None:
            self.history.show_history(square.cell.id, square.cell.key)

    def edit(self, field: str = "") -> None:
        """Edit the square's own cell, or set one for it; `field` is where writing begins."""
        square, found = self.square, self._found
        if square is None or found is None or self._desk.book.read_only:
            return
        self.form.square, self.form.heading_words = square, f"{square.severity} · {square.level.name}"
        self._draft.begin(_draft_name(square))
        if square.is_own and square.cell is not None:
            self.form.show_record(square.cell)
        else:
            self.form.show_new()
        if (kept := self._draft.kept(_draft_name(square))) is not None:
            self.form.show_draft(kept[1])
            self._draft.note(self.form.values())
            self.form.tell(self.tr("What you typed {0}").format(said(kept[0], self._desk.now())))
        self.setCurrentWidget(self.form)
        (self.form.form.fields[field] if field else self.form.first_field()).setFocus()

    def save(self) -> None:
        """Store what the form holds, if it is open."""
        square, found = self.form.square, self._found
        if self.currentWidget() is not self.form or square is None or found is None:
            return
        before: Cell | None = self.form.before
        if before is not None and not self.form.is_changed():
            self._cancel()
            return
        try:
            cell = self.form.record(self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        if self._desk.apply(reason_for(before, cell, square, found), Edit(before, cell)) is None:
            return
        self._draft.drop()
        self.setCurrentWidget(self.reading)
        self.left.emit()

    def step_out(self) -> bool:
        """Leave the form, the history or what is asked; tells whether there was anything to leave."""
        if self.currentWidget() is self.form:
            self._cancel()
        elif self.currentWidget() is self._history:
            self._leave_history()
        else:
            return self.reading.suggestions.leave_asking()
        return True

    def leave_form(self) -> None:
        """Go away from the form; what was typed stays kept as a draft."""
        if self.currentWidget() is not self.form:
            return
        if self.form.is_changed():
            self._draft.keep()
        self.setCurrentWidget(self.reading)

    def focus_target(self) -> QWidget:
        """What takes the keys on this side of the page."""
        if self.currentWidget() is self.form:
            return self.form.first_field()
        if self._history is not None and self.currentWidget() is self._history:
            return self._history.view
        return self.reading.focus_target()

    def _do(self, act: str) -> None:
        square = self.square
        if square is None or self._found is None:
            return
        match act:
            case "edit":
                self.edit()
            case "owner" | "backup" | "deputies":
                self.edit(act)
            case "history" if square.cell is not None:
                self.history.show_history(square.cell.id, square.cell.key)
                self.setCurrentWidget(self.history)
            case "retire" if square.cell is not None:
                self._retire(square, square.cell, self._found)
            case "source" if square.cell is not None:
                source = replace(square, sheet=sheet_of(square.cell))
                self._desk.go("matrix", source.address)
            case "suggest":
                self.reading.suggestions.ask()
            case "rights":
                self.rights_wanted.emit()
            case _ if act == AUDIT and square.findings:
                self._desk.go("audit", square.findings[0].id)
            case _ if act.startswith(GO):
                self._desk.go("matrix", act.removeprefix(GO))

    def _retire(self, square: Square, cell: Cell, found: Programme) -> None:
        name, now = square_name(square, found), self._desk.now()
        words = self.tr("Use the inherited cell again for {0}") if below(found, square) else self.tr("Empty {0}")
        self._desk.apply(words.format(name), Edit(cell, replace(cell, retired=now, updated=now)))

    def _restore(self, version: Cell) -> None:
        square, found = self.square, self._found
        if square is None or square.cell is None or found is None:
            return
        now = self._desk.now()
        words = self.tr("Restore {0} as it was {1}").format(square_name(square, found), said(version.updated, now))
        if self._desk.apply(words, Edit(square.cell, replace(version, updated=now))) is not None:
            self.setCurrentWidget(self.reading)

    def _typed(self) -> None:
        self._draft.note(self.form.values())
        self.form.tell(self.tr("Not saved yet"))

    def _cancel(self) -> None:
        was_changed, values = self.form.is_changed(), self.form.values()
        self._draft.drop()
        self.setCurrentWidget(self.reading)
        self.left.emit()
        if was_changed and self.form.square is not None:
            self._dropped = (self.form.square.address, values)
            self._desk.say(self.tr("Your changes were not saved."), self.tr("Go on editing"), self._take_up_again)

    def _take_up_again(self) -> None:
        address, values = self._dropped
        if self.square is None or self.square.address != address:
            self._desk.go("matrix", address)
        if self.square is not None and self.square.address == address:
            self.edit()
            self.form.show_draft(values)
            self._typed()

    def _leave_history(self) -> None:
        self.setCurrentWidget(self.reading)
        self.focus_target().setFocus()


def _draft_name(square: Square) -> str:
    return square.cell.id if square.is_own and square.cell is not None else square.address
