"""One page where it fits: smaller type and two columns are tried before a second page is begun."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from escplaybook.paper.page import PageSize
from escplaybook.paper.rows import Row, Rows, stack_height, stack_paint
from escplaybook.paper.text import Block

SCALES = (1.0, 0.93, 0.867)
"""The sizes tried, largest first; at the last of them the smallest type of a list, 7.5 points, is 6.5 points high."""

GAP = 18.0
"""Between two columns of a page."""

_LEAST = 12.0
"""No row is lower than this; of more rows than a page could hold none is measured."""

Made = tuple[Sequence[Row], Row | None]
"""Rows and the head above them."""


class Shrunk(Block):
    """Blocks as they are, drawn smaller. It stands on one page."""

    def __init__(self, blocks: Sequence[Block], scale: float) -> None:
        super().__init__()
        self.blocks, self.scale = tuple(blocks), scale

    def texts(self) -> Iterator[str]:
        for block in self.blocks:
            yield from block.texts()

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure the blocks for the wider column that will look as narrow as this one."""
        self.width, self.height = width, stack_height(self.blocks, width / self.scale) * self.scale
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """The blocks, the page's own measures shrunk meanwhile."""
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(self.scale, self.scale)
        stack_paint(canvas, self.blocks, 0.0, self.height / self.scale, self.width / self.scale)
        canvas.restoreState()


def listed(make: Callable[[float], Made | None], count: int, above: Sequence[Block], size: PageSize) -> Block | None:
    """The rows, `count` or more, that `make` gives for a width, on one page below `above` if that can be.

    Else as large as they are and on as many pages as they need; None if `make` gives none for any width.
    """
    room = size.height_free - stack_height(tuple(above), size.column) - 6
    fitting = _on_one_page(make, count, room, size.column)
    if fitting is not None:
        return fitting
    made = make(size.column)
    return Rows(*made) if made is not None else None


def _on_one_page(make: Callable[[float], Made | None], count: int, room: float, column: float) -> Block | None:
    for columns in (1, 2):
        for scale in SCALES:
            if count * _LEAST * scale > columns * room:
                continue
            width = ((column - GAP * (columns - 1)) / columns) / scale
            made = make(width)
            if made is None:
                continue
            block = _side_by_side(*made, width) if columns > 1 else Rows(*made)
            if block is None or stack_height((block,), column / scale) * scale > room:
                continue
            return block if scale == 1.0 else Shrunk([block], scale)
    return None


def _side_by_side(rows: Sequence[Row], head: Row | None, width: float) -> Block | None:
    """The rows in two columns of much the same height, the heading of a divided group said again; None for one row."""
    heights = list(accumulate(row.wrap(width, 0)[1] for row in rows))
    places = [at for at in range(1, len(rows)) if not rows[at - 1].leads]
    if not places:
        return None
    whole = heights[-1]
    at = min(places, key=lambda place: max(heights[place - 1], whole - heights[place - 1]))
    again = rows[at].again
    rest = [again, *rows[at:]] if again is not None else list(rows[at:])
    cells = [(Rows(rows[:at], head),), (Rows(rest, head),)]
    return Row(cells, [width, width], gap=GAP, above=0, below=0, rule=0)
