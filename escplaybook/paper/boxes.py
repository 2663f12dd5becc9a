"""Boxes: text set off by a frame, and room to write in by hand."""

from collections.abc import Iterator, Sequence
from typing import Any

from escplaybook.paper.lines import BLACK, LINE
from escplaybook.paper.rows import blocks_only, stack_height, stack_paint, stack_split
from escplaybook.paper.text import Block

PADDING = 9.0
"""Between a frame and the text in it."""

_BAR = 2.5
_LOW = 200.0


class Framed(Block):
    """Blocks in a frame, with a bar at the side where they begin; on the next page the frame goes on."""

    spaceBefore = 5.0
    spaceAfter = 9.0

    def __init__(self, blocks: Sequence[Block], *, is_loud: bool = False) -> None:
        super().__init__()
        self.blocks, self.is_loud = tuple(blocks), is_loud

    def texts(self) -> Iterator[str]:
        for block in self.blocks:
            yield from block.texts()

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure the blocks; returns the size they take with their frame."""
        self.width = width
        self.height = stack_height(self.blocks, width - 2 * PADDING) + 1.5 * PADDING
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """What fits in a frame of its own, and the rest in another; a low one goes to the next page whole."""
        if self.wrap(width, height)[1] < _LOW:
            return []
        first, rest = stack_split(self.blocks, width - 2 * PADDING, height - 1.5 * PADDING)
        if not first or not rest:
            return []
        return [self._part(first), self._part(blocks_only(rest))]

    def paint(self, canvas: Any, x: float, y: float) -> None:
        canvas.setLineWidth(0.5)
        canvas.setStrokeGray(BLACK if self.is_loud else LINE)
        canvas.rect(x, y, self.width, self.height)
        canvas.setFillGray(BLACK if self.is_loud else LINE)
        canvas.rect(x, y, _BAR, self.height, stroke=0, fill=1)
        stack_paint(canvas, self.blocks, x + PADDING, y + self.height - 0.7 * PADDING, self.width - 2 * PADDING)

    def _part(self, blocks: Sequence[Block]) -> "Framed":
        part = self.twin()
        part.blocks = tuple(blocks)
        return part


class Blank(Block):
    """An empty box to write in."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as there is room."""
        self.width = width
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        canvas.setLineWidth(0.6)
        canvas.setStrokeGray(BLACK)
        canvas.rect(x, y, self.width, self.height)
