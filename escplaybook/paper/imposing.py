"""Cards on sheets of paper: as many as fit, the back of each behind its front, with marks to cut and to fold at.

A sheet stands upright and is turned over its long edge, so that what is at its left in front is at its right behind. A
card too wide for that lies on its side; its back then lies on the other side, and both have the same edge on top.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportlab.lib.units import mm

from escplaybook.domain.errors import PlaybookError
from escplaybook.paper.lines import BLACK, QUIET
from escplaybook.paper.page import NewPage, PageSize
from escplaybook.paper.text import Block, draw_line, draw_rule, length_of

MARGIN = 10.0 * mm
"""What no printer is asked to reach."""

_MARK, _AWAY = 4.0 * mm, 2.0 * mm
"""How long a mark is, and how far from what is cut."""

_ROOM = 2 * (MARGIN + _MARK + _AWAY)
_SAYING = 6.5


@dataclass(frozen=True, slots=True)
class Shape:
    """What a card is when it lies open, in points. `front` and `back` say which face stands where, from the left.

    A shape with several faces on a side is folded between them.
    """

    name: str
    width: float
    height: float
    front: tuple[int, ...] = (0,)
    back: tuple[int, ...] = (1,)

    @property
    def face(self) -> float:
        """The width of one face."""
        return self.width / len(self.front)

    @property
    def faces(self) -> int:
        """How many there are, those of both sides together."""
        return len(self.front) + len(self.back)

    def paper(self) -> PageSize:
        """Paper of its own size, for cards printed one a page."""
        return PageSize(self.name, self.width, self.height, 5 * mm)


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("A7", 74 * mm, 105 * mm),
        Shape("A6-folded", 148 * mm, 105 * mm, (3, 0), (1, 2)),
        Shape("A6", 105 * mm, 148 * mm),
    )
}
"""The cards there are. Folded, the first face is in front, the second and third inside."""


class Place(NamedTuple):
    """Where a card lies: the lower left corner of its box, and by how many degrees it is turned to the left."""

    x: float
    y: float
    turn: int = 0

    def box(self, shape: Shape) -> tuple[float, float]:
        """How wide and how high the box is."""
        return (shape.height, shape.width) if self.turn else (shape.width, shape.height)

    def behind(self, shape: Shape, size: PageSize) -> "Place":
        """Where its back lies, on a sheet turned over its long edge."""
        return Place(size.width - self.x - self.box(shape)[0], self.y, -self.turn)


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of the cards on a sheet, edge to edge in the middle of it."""

    shape: Shape
    size: PageSize
    columns: int
    rows: int
    turn: int

    @property
    def corner(self) -> tuple[float, float]:
        """The lower left corner of all of it."""
        width, height = self.step
        return (self.size.width - self.columns * width) / 2, (self.size.height - self.rows * height) / 2

    @property
    def step(self) -> tuple[float, float]:
        """The box of one card."""
        return Place(0, 0, self.turn).box(self.shape)

    def places(self) -> list[Place]:
        """From the left, the upper row first."""
        (left, bottom), (width, height) = self.corner, self.step
        rows, columns = range(self.rows - 1, -1, -1), range(self.columns)
        return [Place(left + column * width, bottom + row * height, self.turn) for row in rows for column in columns]

    def cuts(self) -> tuple[list[float], list[float]]:
        """Where to cut: upright lines by their `x`, level ones by their `y`."""
        (left, bottom), (width, height) = self.corner, self.step
        upright = [left + number * width for number in range(self.columns + 1)]
        return upright, [bottom + number * height for number in range(self.rows + 1)]

    def folds(self) -> tuple[list[float], list[float]]:
        """Where to fold, as the cuts."""
        if len(self.shape.front) == 1:
            return [], []
        upright, level = self.cuts()
        between = [(before + after) / 2 for before, after in itertools.pairwise(level if self.turn else upright)]
        return ([], between) if self.turn else (between, [])


def grid(shape: Shape, size: PageSize) -> Grid:
    """As many cards as fit on a sheet with their marks. Raises PlaybookError if not one does."""
    found = []
    for turn in (0, 90):
        width, height = Place(0, 0, turn).box(shape)
        columns, rows = int((size.width - _ROOM) / width), int((size.height - _ROOM) / height)
        found.append(Grid(shape, size, columns, rows, turn))
    best = max(found, key=lambda one: one.columns * one.rows)
    if not best.columns * best.rows:
        raise PlaybookError(
            f"No {shape.name} card fits on {size.name} with the marks to cut at; nothing was printed. "
            "Choose larger paper, or print single cards."
        )
    return best


class Side(Block):
    """One side of a card: its faces beside each other."""

    def __init__(self, shape: Shape, faces: Sequence[Block], order: Sequence[int]) -> None:
        super().__init__()
        self.shape, self.faces, self.order = shape, tuple(faces), tuple(order)

    def texts(self) -> Iterator[str]:
        for number in self.order:
            yield from self.faces[number].texts()

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As large as the card."""
        self.width, self.height = self.shape.width, self.shape.height
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        for place, number in enumerate(self.order):
            self.faces[number].paint(canvas, x + place * self.shape.face, y)


class Laid(Block):
    """A page with sides of cards on it, and what tells whoever prints, cuts and folds it what to do."""

    def __init__(self, size: PageSize, sides: Sequence[tuple[Side, Place]], marks: Grid | None, saying: str) -> None:
        super().__init__()
        self.size, self.sides, self.marks, self.saying = size, tuple(sides), marks, saying

    def texts(self) -> Iterator[str]:
        for side, _ in self.sides:
            yield from side.texts()

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """All that the page has room for."""
        self.width, self.height = self.size.column, self.size.height_free - 1
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        absolute_x, absolute_y = canvas.absolutePosition(x, y)
        canvas.saveState()
        canvas.translate(x - absolute_x, y - absolute_y)
        for side, place in self.sides:
            canvas.saveState()
            width, height = place.box(side.shape)
            canvas.translate(place.x + (width if place.turn > 0 else 0), place.y + (height if place.turn < 0 else 0))
            canvas.rotate(place.turn)
            side.paint(canvas, 0, 0)
            canvas.restoreState()
        if self.marks is not None:
            _draw_marks(canvas, self.marks)
            _draw_saying(canvas, self.marks, self.saying)
        canvas.restoreState()


def imposed(cards: Sequence[Sequence[Block]], shape: Shape, size: PageSize) -> list[Block]:
    """The pages of these cards, each given as its faces: fronts and backs in turn, as a printer of both sides asks."""
    layout = grid(shape, size)
    places = layout.places()
    sheets = [cards[at : at + len(places)] for at in range(0, len(cards), len(places))]
    pages = []
    for number, some in enumerate(sheets, start=1):
        for name, order in (("front", shape.front), ("back", shape.back)):
            sides = [
                (Side(shape, faces, order), place if name == "front" else place.behind(shape, size))
                for faces, place in zip(some, places, strict=False)
            ]
            pages.append(Laid(size, sides, layout, f"Sheet {number} of {len(sheets)}, {name}. {_how(shape)}"))
    return _in_turn(pages)


def singly(cards: Sequence[Sequence[Block]], shape: Shape) -> list[Block]:
    """The pages of these cards, one side a page of its own size."""
    size = shape.paper()
    sides = (Side(shape, faces, order) for faces in cards for order in (shape.front, shape.back))
    return _in_turn([Laid(size, [(side, Place(0, 0))], None, "") for side in sides])


def _how(shape: Shape) -> str:
    """What to do with a sheet of these cards."""
    folds = ", fold at the broken ones" if len(shape.front) > 1 else ""
    return f"Print on both sides at 100 %, turn over the long edge. Cut at the solid marks{folds}."


def _in_turn(pages: Sequence[Laid]) -> list[Block]:
    blocks: list[Block] = []
    for page in pages:
        blocks += [NewPage(), page] if blocks else [page]
    return blocks


def _draw_marks(canvas: Any, layout: Grid) -> None:
    for (upright, level), is_fold in ((layout.cuts(), False), (layout.folds(), True)):
        (left, *_, right), (low, *_, high) = layout.cuts()
        if is_fold:
            canvas.setDash(2, 1.5)
        for x in upright:
            draw_rule(canvas, (x, high + _AWAY), (x, high + _AWAY + _MARK), 0.4, BLACK)
            draw_rule(canvas, (x, low - _AWAY), (x, low - _AWAY - _MARK), 0.4, BLACK)
        for y in level:
            draw_rule(canvas, (left - _AWAY, y), (left - _AWAY - _MARK, y), 0.4, BLACK)
            draw_rule(canvas, (right + _AWAY, y), (right + _AWAY + _MARK, y), 0.4, BLACK)
    canvas.setDash()


def _draw_saying(canvas: Any, layout: Grid, saying: str) -> None:
    """What to do with the sheet, at its foot if the cards leave it room."""
    wide = length_of([(saying, QUIET)]) * _SAYING
    room = layout.corner[1] - _AWAY - _MARK - MARGIN
    if room >= _SAYING + 2 and wide <= layout.size.width - 2 * MARGIN:
        draw_line(canvas, (layout.size.width - wide) / 2, MARGIN + 1.5, [(saying, QUIET)], _SAYING)
