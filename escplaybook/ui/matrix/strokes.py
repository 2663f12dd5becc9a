"""What hands do to a range of squares: copy, paste, fill, clear, type; each is one stroke, stored whole or not."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.matrix import Cell
from escplaybook.domain.matrix_ranges import (
    Plan,
    Refusal,
    Spot,
    Writing,
    block_of,
    fills,
    laid_out,
    planned,
    text_of,
    text_of_block,
)
from escplaybook.domain.programme import Programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.grid import Grid
from escplaybook.ui.matrix.sheets import Sheet, Square
from escplaybook.ui.matrix.words import reason_for, square_name

Block = list[list[Square]]


class Strokes(QObject):
    """Does to the squares that are selected in the table what its keys and its menu ask for."""

    def __init__(self, desk: Desk, grid: Grid, found: Programme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._grid = desk, grid
        self.found = found
        self._copied: tuple[str, list[list[str | Cell]]] = ("", [])
        grid.copy_wanted.connect(self.copy)
        grid.paste_wanted.connect(self.paste)
        grid.fill_wanted.connect(self.fill)
        grid.clear_wanted.connect(self.clear)
        grid.write_wanted.connect(self.begin)
        grid.written.connect(self._written)

    def copy(self) -> None:
        """Put the selected squares on the clipboard, as text for a spreadsheet; here they are pasted with all of it."""
        block = self._grid.selected()
        cells = [[square.cell for square in row] for row in block]
        text = text_of_block(cells, self.found.contacts)
        self._copied = (text, [[cell or "" for cell in row] for row in cells])
        QGuiApplication.clipboard().setText(text)
        count = sum(map(len, cells))
        self._desk.say(_tr("Copied {0}.").format(_cells(count)))

    def paste(self) -> None:
        """Put what was copied, here or in a spreadsheet, into the squares from the first selected one on."""
        text, block = QGuiApplication.clipboard().text(), self._grid.selected()
        if not block or not text.strip("\r\n"):
            return
        mine, copied = self._copied
        try:
            source: Sequence[Sequence[str | Cell]] = copied if text == mine else block_of(text)
        except InvalidRecord as error:
            self._desk.trouble(error)
            return
        squares = self._grid.squares()
        top, left = self._grid.corner()
        writings: list[Writing] = []
        for (row, column), writing in laid_out(source, len(block), len(block[0])).items():
            if top + row >= len(squares) or left + column >= len(squares[0]):
                self._desk.trouble(self._too_large(source))
                return
            writings.append((_spot(squares[top + row][left + column]), writing))
        plan = self._planned(writings)
        if len(plan.edits) == 1:
            words = _tr("Paste into {0}").format(self._name_of(plan))
        else:
            words = _tr("Paste {0}").format(_cells(len(plan.edits)))
        self._store(plan, words, _tr("Nothing was pasted."))

    def fill(self, right: bool) -> None:
        """Fill the first row down or the first column right; of one square alone, the one before it into this."""
        block = self._grid.selected()
        if not block:
            return
        top, left = self._grid.corner()
        squares = self._grid.squares()
        if right and len(block[0]) == 1 and left > 0:
            block = [[squares[top + at][left - 1], *row] for at, row in enumerate(block)]
        elif not right and len(block) == 1 and top > 0:
            block = [list(squares[top - 1][left : left + len(block[0])]), *block]
        spots = [[_spot(square) for square in row] for row in block]
        plan = self._planned(fills(self.found.cells, spots, right=right))
        first = [row[0] for row in block] if right else block[0]
        owner = first[0].owner if len(first) == 1 else None
        words = _tr("right") if right else _tr("down")
        name = f"{owner.name} " if owner is not None else ""
        told = _tr("Fill {0}{1} {2}").format(name, words, _cells(len(plan.edits)))
        self._store(plan, told, _tr("Nothing was filled."))

    def clear(self) -> None:
        """Take away what is set for exactly the selected squares."""
        plan = self._planned([(_spot(square), "") for row in self._grid.selected() for square in row])
        if not plan.edits:
            self._desk.say(_tr("Nothing is set here; what is inherited is cleared where it is set."))
            return
        is_default = self._grid.selected()[0][0].sheet == Sheet()
        words = _tr("Empty {0}") if is_default else _tr("Use what is inherited again for {0}")
        what = self._name_of(plan) if len(plan.edits) == 1 else _cells(len(plan.edits))
        self._store(plan, words.format(what), "")

    def begin(self, typed: str = "") -> None:
        """Write in the current square: what was typed, or all that stands in it."""
        square = self._grid.current()
        if square is None or self._desk.book.read_only:
            return
        whole = text_of(square.cell, self.found.contacts) if square.cell is not None else ""
        people = sorted(person.name for person in self.found.contacts.values() if person.retired is None)
        self._grid.write(typed or whole, people, is_whole=not typed)

    def _written(self, text: str, everywhere: bool) -> None:
        """Somebody wrote in a square and went on; what cannot be stays there to be mended."""
        square = self._grid.writing_in
        if square is None:
            return
        block = [one for row in self._grid.selected() for one in row] if everywhere else [square]
        plan = self._planned([(_spot(one), text) for one in block])
        if plan.refused:
            self._grid.keep_writing()
            self._desk.trouble(InvalidRecord(self._told(plan.refused, _tr("Nothing was changed."))))
            return
        self._grid.end_writing()
        if plan.edits and self._desk.apply(self._words_of(plan, text), *plan.edits) is not None:
            self._grid.refuse({})

    def _words_of(self, plan: Plan, text: str) -> str:
        """What a change of squares is called after “Undo”."""
        first = plan.edits[0]
        after = first.after
        assert isinstance(after, Cell)  # nothing is deleted here, only retired
        before = first.before if isinstance(first.before, Cell) else None
        if after.retired is not None:
            return _tr("Clear {0}").format(self._name_of(plan) if len(plan.edits) == 1 else _cells(len(plan.edits)))
        if len(plan.edits) == 1 and (square := self._square_of(after)) is not None:
            return reason_for(before, after, square, self.found)
        return _tr("Write “{0}” in {1}").format(text.strip(), _cells(len(plan.edits)))

    def _planned(self, writings: list[Writing]) -> Plan:
        return planned(self.found.cells, writings, self.found.contacts, self._desk.now())

    def _store(self, plan: Plan, words: str, nothing: str) -> None:
        """Store what was planned, unless a square refuses it: then it says why, in place and below."""
        if self._desk.book.read_only:
            return
        self._grid.refuse({self._address(one.spot): one.why for one in plan.refused})
        if plan.refused:
            self._desk.trouble(InvalidRecord(self._told(plan.refused, nothing)))
        elif plan.edits:
            self._desk.apply(words, *plan.edits)
        else:
            self._desk.say(_tr("Nothing to change: the squares hold that already."))

    def _told(self, refused: Sequence[Refusal], nothing: str) -> str:
        first = refused[0]
        square = self._square_at(first.spot)
        name = square_name(square, self.found) if square is not None else ""
        more = _tr(" {0} more cannot be either.").format(len(refused) - 1) if len(refused) > 1 else ""
        return f"{name}: {first.why}{more} {nothing}"

    def _too_large(self, source: Sequence[Sequence[object]]) -> PlaybookError:
        size = f"{len(source)} × {max(map(len, source))}"
        told = _tr(
            "What was copied is {0} squares and goes over the edge here; nothing was pasted. Begin further up or left."
        )
        return InvalidRecord(told.format(size))

    def _name_of(self, plan: Plan) -> str:
        record = plan.edits[0].record
        square = self._square_of(record) if isinstance(record, Cell) else None
        return square_name(square, self.found) if square is not None else ""

    def _square_of(self, cell: Cell) -> Square | None:
        rows = self._grid.squares()
        return next(
            (one for row in rows for one in row if (one.severity, one.level.rank) == (cell.severity, cell.level)), None
        )

    def _square_at(self, spot: Spot) -> Square | None:
        return next((one for row in self._grid.squares() for one in row if _spot(one) == spot), None)

    def _address(self, spot: Spot) -> str:
        square = self._square_at(spot)
        return square.address if square is not None else ""


def _spot(square: Square) -> Spot:
    return Spot(square.place, square.level.rank)


def _cells(count: int) -> str:
    return _tr("1 cell") if count == 1 else _tr("{0} cells").format(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("matrix", text)
