"""Columns: cells side by side in rows, rows under a head that every page repeats."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reportlab.platypus import FrameBreak

from escplaybook.paper.lines import BLACK, LINE
from escplaybook.paper.text import Block, draw_box, draw_rule

Cell = tuple[Block, ...]

_LONG, _LOW, _FEW = 120.0, 170.0, 8
_ENDLESS = 1e9


class Row(Block):
    """Cells side by side; each is a stack of blocks that begins at the top. A row taller than a page is divided.

    `widths` are those of the cells, `gap` is between them. `rule` is the thickness of the line below. If it is taller
    than `long` it may be divided where it stands; else it goes to the next page whole.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        widths: Sequence[float],
        *,
        gap: float = 10.0,
        indent: float = 0.0,
        above: float = 4.0,
        below: float = 4.0,
        rule: float = 0.5,
        shade: float = LINE,
        leads: bool = False,
        long: float = _LONG,
    ) -> None:
        super().__init__()
        self.cells, self.widths = tuple(cells), tuple(widths)
        self.gap, self.indent, self.above, self.below = gap, indent, above, below
        self.rule, self.shade, self.leads = rule, shade, leads
        self.long = long
        self.again: Row | None = None
        """What is said again before it where it begins a page: the heading of the rows that it is one of."""
        self.height = -1.0

    def texts(self) -> Iterator[str]:
        for block in itertools.chain(*self.cells):
            yield from block.texts()

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure the cells; returns the size they take."""
        if self.height < 0:
            tallest = max(map(stack_height, self.cells, self.widths), default=0.0)
            self.height = self.above + tallest + self.below
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """What fits of every cell, and what does not."""
        if self.wrap(width, height)[1] <= height:
            return [self]
        room = height - self.above - self.below
        parts = [stack_split(cell, own, room) for cell, own in zip(self.cells, self.widths, strict=True)]
        if any(rest and not first for first, rest in parts):
            return []
        begun = self._part([first for first, _ in parts])
        begun.rule = 0.0  # the line comes where the row ends
        return [begun, self._part([blocks_only(rest) for _, rest in parts])]

    def paint(self, canvas: Any, x: float, y: float) -> None:
        right = x + self.indent
        for cell, width in zip(self.cells, self.widths, strict=True):
            stack_paint(canvas, cell, right, y + self.height - self.above, width)
            right += width + self.gap
        if self.rule:
            draw_rule(canvas, (x + self.indent, y), (right - self.gap, y), self.rule, self.shade)

    def _part(self, cells: Sequence[Cell]) -> "Row":
        part = self.twin()
        part.cells, part.height = tuple(cells), -1.0
        return part


class Rows(Block):
    """Rows one below the other, the head first and again on every page."""

    def __init__(
        self, rows: Iterable[Row], head: Row | None = None, *, before: float = 0.0, after: float = 0.0
    ) -> None:
        super().__init__()
        self.rows, self.head = tuple(rows), head
        self.begins_page = False
        self.spaceBefore, self.spaceAfter = before, after

    def texts(self) -> Iterator[str]:
        for row in self._all():
            yield from row.texts()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure the rows, no further than `height` reaches; returns the size they take."""
        self.width, self.height = width, self._head_height(width)
        for row in self.rows:
            self.height += row.wrap(width, height)[1]
            if self.height > height:
                break
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """The rows that fit, and the others with the head once more."""
        left, count = height - self._head_height(width), 0
        for row in self.rows:
            if row.wrap(width, left)[1] > left:
                break
            left, count = left - row.height, count + 1
        if count == len(self.rows):
            return [self]
        if self.rows[count].height > self.rows[count].long:
            parts = self.rows[count].split(width, left)
            if len(parts) == 2:
                return self._divided([*self.rows[:count], parts[0]], [parts[1], *self.rows[count + 1 :]])
        whole = count
        while whole and self.rows[whole - 1].leads:
            whole -= 1
        if self.head and len(self.rows) > 2 and (whole == 1 or self._is_low(width)):
            whole = 0  # a head over one row says little, a low table is read at a glance
        elif self.head and whole == len(self.rows) - 1 and whole > 2 and not self.rows[whole - 2].leads:
            whole -= 1  # nor is the last row left alone
        if not whole and (self.begins_page or hasattr(self, "_postponed")):
            whole = count  # not even a page of its own holds what should stay together
        return self._divided(self.rows[:whole], self.rows[whole:]) if whole else []

    def paint(self, canvas: Any, x: float, y: float) -> None:
        stack_paint(canvas, self._all(), x, y + self.height, self.width)

    def _all(self) -> tuple[Row, ...]:
        return (self.head, *self.rows) if self.head else self.rows

    def _is_low(self, width: float) -> bool:
        """Whether it is worth a little empty space to keep it on one page."""
        if len(self.rows) > _FEW:
            return False
        return self._head_height(width) + sum(float(row.wrap(width, 0)[1]) for row in self.rows) < _LOW

    def _head_height(self, width: float) -> float:
        return float(self.head.wrap(width, 0)[1]) if self.head else 0.0

    def _divided(self, here: Sequence[Row], there: Sequence[Row]) -> list[Block]:
        """Rows for this page and for the next; the break keeps the head from coming again on this one."""
        if there and there[0].again is not None:
            there = [there[0].again, *there]
        rest = Rows(there, self.head, after=self.spaceAfter)
        rest.begins_page = True
        return [Rows(here, self.head), FrameBreak, rest]


class _Together(Block):
    """Blocks of which all but the last must stand on one page, and the last begin there."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.blocks = tuple(blocks)
        self.spaceBefore, self.spaceAfter = blocks[0].spaceBefore, blocks[-1].spaceAfter

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure the blocks; returns the size they take."""
        self.width, self.height = width, stack_height(self.blocks, width)
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """All of it up to somewhere in the last block, or nothing; what not even a page of its own holds, apart."""
        first, rest = stack_split(self.blocks, width, height)
        if len(first) == len(self.blocks):
            return [_Together(first), *rest]
        return list(self.blocks) if hasattr(self, "_postponed") else []

    def paint(self, canvas: Any, x: float, y: float) -> None:
        stack_paint(canvas, self.blocks, x, y + self.height, self.width)


def _whole(block: Block) -> Block:
    """A row that stands by itself is divided no sooner than one among others."""
    return Rows([block], before=block.spaceBefore, after=block.spaceAfter) if isinstance(block, Row) else block


def kept_together(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, those that lead bound to what follows them."""
    leading: list[Block] = []
    for block in blocks:
        leading.append(block)
        if not block.leads:
            yield _Together(leading) if len(leading) > 1 else _whole(block)
            leading = []
    yield from leading


class Rule(Block):
    """A line across the column."""

    def __init__(self, thickness: float, *, before: float = 0.0, after: float = 0.0, shade: float = BLACK) -> None:
        super().__init__()
        self.thickness, self.shade = thickness, shade
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as there is room."""
        self.width, self.height = width, self.thickness
        return width, self.thickness

    def paint(self, canvas: Any, x: float, y: float) -> None:
        middle = y + self.thickness / 2
        draw_rule(canvas, (x, middle), (x + self.width, middle), self.thickness, self.shade)


class Box(Block):
    """A box to tick, as a cell of its own."""

    def __init__(self, side: float, *, above: float) -> None:
        super().__init__()
        self.side, self.above = side, above

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """A square under a little space."""
        self.width, self.height = self.side, self.side + self.above
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        draw_box(canvas, x + 0.5, y, self.side)


def _with_spaces(blocks: Sequence[Block]) -> Iterator[tuple[Block, float]]:
    """Each block and the space above it, the larger of what it and the one before ask for; none at the top."""
    after: float | None = None
    for block in blocks:
        yield block, 0.0 if after is None else max(after, block.spaceBefore)
        after = block.spaceAfter


def stack_height(blocks: Cell, width: float) -> float:
    """The height of blocks one below the other in a column of that width."""
    return sum((space + block.wrap(width, _ENDLESS)[1] for block, space in _with_spaces(blocks)), 0.0)


def stack_paint(canvas: Any, blocks: Cell, x: float, top: float, width: float) -> None:
    """Draw blocks one below the other, the first one's upper left corner at `x`, `top`."""
    for block, space in _with_spaces(blocks):
        block.wrap(width, _ENDLESS)
        top -= space + block.height
        block.paint(canvas, x, top)


def blocks_only(parts: Iterable[Any]) -> Cell:
    """The parts without the breaks that keep a table’s head from coming twice on a page: the next page comes anyway."""
    return tuple(part for part in parts if isinstance(part, Block))


def stack_split(blocks: Cell, width: float, height: float) -> tuple[Cell, Cell]:
    """The blocks that fit into that height, one of them divided if need be, and the rest."""
    left = height
    for place, (block, space) in enumerate(_with_spaces(blocks)):
        left -= space
        if block.wrap(width, left)[1] > left + 0.01:
            parts = block.split(width, left) if left > 0 else []
            if len(parts) < 2:
                while place and blocks[place - 1].leads:
                    place -= 1
                return blocks[:place], blocks[place:]
            return (*blocks[:place], parts[0]), (*parts[1:], *blocks[place + 1 :])
        left -= block.height
    return blocks, ()
