"""The sheet of cards: every card in faces with a head and a stamp, and the cards on pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.units import mm

from escplaybook.paper.cards_faces import SMALLEST, Attempt, Room, fitted
from escplaybook.paper.cards_setting import TEXT, WritingLine
from escplaybook.paper.imposing import Shape, imposed, singly
from escplaybook.paper.lines import BLACK, BOLD, PLAIN, QUIET, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, day
from escplaybook.paper.rows import Row, Rule, stack_height
from escplaybook.paper.text import Block, Style, Text, draw_line, draw_rule, length_of

_MARGIN = 4.5 * mm
_FOOT = 20.0
_SMALL = Style(SMALLEST, 8.2, align="left")
_SMALL_CARD = 230.0
"""A face narrower than this, in points, has a smaller head and begins with smaller text."""

_LONGEST_TITLE = 240
"""Characters; who is called more has their whole name on the ladder."""

_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, SMALLEST / TEXT)


@dataclass(frozen=True)
class Blank:
    """A card to be filled: its head, its stamp, and what sets its sections.

    `set_in` takes a width, a scale and how much less is to be said: 0 for everything, else up to `steps`.
    """

    title: str
    where: str
    said: str
    marks: str
    stamp: Stamp
    set_in: Callable[[float, float, int], Attempt]
    steps: int = 0


def cards_on_paper(
    title: str, cards: Sequence[Blank], shape: Shape, stamp: Stamp, size: PageSize, *, is_single: bool = False
) -> Sheet:
    """The sheet of these cards in that shape; `is_single` prints each side on a page of its own size."""
    made = [_faces(card, shape) for card in cards]
    count = f"{len(cards)} card{'' if len(cards) == 1 else 's'}"
    return Sheet(
        title=title,
        running=(title, count),
        blocks=tuple(singly(made, shape) if is_single else imposed(made, shape, size)),
        stamp=stamp,
        size=shape.paper() if is_single else size,
        is_stamped=False,
    )


class Face(Block):
    """One face of a card: a head, what stands on it, and the two lines of the stamp at its foot.

    `outlined` is what the outline of the file calls the card that begins here.
    """

    def __init__(
        self, shape: Shape, blocks: Sequence[Block], foot: Sequence[tuple[Sequence[Span], Span]], outlined: str = ""
    ) -> None:
        super().__init__()
        self.width, self.height = shape.face, shape.height
        self.blocks, self.foot, self.outlined = tuple(blocks), tuple(foot), outlined

    def texts(self) -> Any:
        for block in self.blocks:
            yield from block.texts()

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As large as the card."""
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        left, column = x + _MARGIN, self.width - 2 * _MARGIN
        if self.outlined:
            canvas.outlineHere(self.outlined, 0, y + self.height)
        row = Row([self.blocks], [column], above=0, below=0, rule=0)
        _, height = row.wrap(column, self.height)
        row.paint(canvas, left, y + self.height - _MARGIN - height)
        draw_rule(canvas, (left, y + _MARGIN + 16.5), (left + column, y + _MARGIN + 16.5), 0.5, BLACK)
        for number, (said, at_right) in enumerate(self.foot):
            baseline = y + _MARGIN + 9 - 8 * number
            draw_line(canvas, left, baseline, said, SMALLEST)
            draw_line(canvas, left + column, baseline, [at_right], SMALLEST, to_right=True)


def shortened(text: str, most: int) -> str:
    """The beginning of a text that is too long for a head."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _faces(card: Blank, shape: Shape) -> list[Block]:
    """The faces of a card, with as large a type as lets all of it stand on them."""
    width = shape.face - 2 * _MARGIN
    heads = [_head(card, width) if number == 0 else _later_head(card, width) for number in range(shape.faces)]
    heights = tuple(shape.height - 2 * _MARGIN - _FOOT - stack_height(tuple(head), width) for head in heads)
    scales = [scale for scale in _SCALES if scale <= (0.9 if shape.face < _SMALL_CARD else 1.0)]
    whole = [card.set_in(width, scale, 0) for scale in scales]
    less = [card.set_in(width, scales[-1], step) for step in range(1, card.steps + 1)] or whole[-1:]
    bodies = fitted(whole, less, Room(width, heights))
    faces: list[Block] = []
    for number, (head, body, height) in enumerate(zip(heads, bodies, heights, strict=True)):
        if number == shape.faces - 1 or not bodies[number + 1]:
            body = [*body, *_lines(body, width, height)]
        outlined = "" if number else f"{card.title}: {card.where}"
        faces.append(Face(shape, [*head, *body], _foot(card.stamp, width, number + 1, shape.faces), outlined))
    return faces


def _lines(body: Sequence[Block], width: float, height: float) -> list[Block]:
    """Lines to write on in what is left of a face."""
    line = WritingLine(width)
    left = height - sum(block.wrap(width, 0)[1] for block in body)
    return [line for _ in range(int(left / line.height))]


def _head(card: Blank, width: float) -> list[Block]:
    """The title of a card, and below it what it is for and whose it is."""
    largest = 12.0 if width < _SMALL_CARD - 2 * _MARGIN else 15.0
    size = largest if len(card.title) <= 24 else largest * 0.8 if len(card.title) <= 60 else SMALLEST + 0.5
    title = Text([(shortened(card.title, _LONGEST_TITLE), BOLD)], Style(size, size * 1.2, align="left"))
    marks = Text([(card.marks, BOLD)], Style(8, size * 1.2, align="right"))
    wide = marks.widest()[1] + 1
    top = Row([(title,), (marks,)], [width - wide - 4, wide], gap=4, above=0, below=0, rule=0)
    place, beside = Text([(card.where, PLAIN)], _SMALL), Text([(card.said, QUIET)], replace(_SMALL, align="right"))
    rest = width - place.widest()[1] - 6
    below: list[Block] = [place, Text([(card.said, QUIET)], _SMALL)] if card.said else [place]
    if card.said and beside.widest()[1] <= rest:
        below = [Row([(place,), (beside,)], [width - rest - 4, rest], gap=4, above=0, below=0, rule=0)]
    return [top, *below, Rule(1.2, before=2)]


def _later_head(card: Blank, width: float) -> list[Block]:
    """A line that says whose face it is, should the card come apart."""
    half = width * 0.5
    name = Text([(shortened(card.title, 32), QUIET)], replace(_SMALL, align="right"))
    cells: list[tuple[Block, ...]] = [(Text([(card.where, QUIET)], _SMALL),), (name,)]
    return [Row(cells, [width - half - 4, half], gap=4, above=0, below=1, rule=0), Rule(1.0)]


def _foot(stamp: Stamp, width: float, face: int, faces: int) -> list[tuple[Sequence[Span], Span]]:
    """The two lines of the stamp: edition and validity, as far as there is room with the reason; then the rest."""
    edition = f"{stamp.edition[:1].upper()}{stamp.edition[1:]}"
    ink = BOLD if stamp.outdated else PLAIN
    first: list[Span] = []
    for until, reason in ((stamp.validity, stamp.reason), (stamp.validity, []), (stamp.validity.partition(":")[0], [])):
        first = [(" · ".join(filter(None, (edition, until))), ink), *reason]
        if length_of(first) * SMALLEST <= width:
            break
    second: Span = (f"printed {day(stamp.printed)} · {stamp.hash} · {stamp.privacy}", QUIET)
    return [(first, ("", PLAIN)), ([second], (f"{face} of {faces}", QUIET))]
