"""The sheet of pocket cards: every card in faces with a head and a stamp, and the cards on pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reportlab.lib.units import mm

from escplaybook.domain.cards import URGENT, Card
from escplaybook.domain.classification import MARKS
from escplaybook.domain.verification import is_stale, valid_until
from escplaybook.paper.cards import TEXT, Setting, WritingLine
from escplaybook.paper.cards_faces import SMALLEST, Attempt, Room, fitted
from escplaybook.paper.imposing import Shape, imposed, singly
from escplaybook.paper.lines import BLACK, BOLD, PLAIN, QUIET, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, day
from escplaybook.paper.rows import Row, Rule, stack_height
from escplaybook.paper.text import Block, Style, Text, draw_line, draw_rule

_MARGIN = 4.5 * mm
_FOOT = 20.0
_SMALL = Style(SMALLEST, 8.2, align="left")
_SMALL_CARD = 230.0
"""A face narrower than this, in points, has a smaller head and begins with smaller text."""

_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, SMALLEST / TEXT)


def card_sheet(cards: Sequence[Card], shape: Shape, stamp: Stamp, size: PageSize, *, is_single: bool = False) -> Sheet:
    """The sheet of these cards in that shape; `is_single` prints each side on a page of its own size."""
    made = [_faces(card, shape, stamp) for card in cards]
    blocks = singly(made, shape) if is_single else imposed(made, shape, size)
    count = f"{len(cards)} card{'' if len(cards) == 1 else 's'}"
    title = f"Pocket card{'' if len(cards) == 1 else 's'}: {_where(cards[0])}"
    return Sheet(
        title=title,
        running=(title, count),
        blocks=tuple(blocks),
        stamp=stamp,
        size=shape.paper() if is_single else size,
        is_stamped=False,
    )


class Face(Block):
    """One face of a card: a head, what stands on it, and the stamp at its foot."""

    def __init__(
        self, shape: Shape, head: Sequence[Block], body: Sequence[Block], foot: Sequence[Sequence[Span]]
    ) -> None:
        super().__init__()
        self.width, self.height = shape.face, shape.height
        self.blocks, self.foot = (*head, *body), tuple(foot)
        self.outlined = ""

    def texts(self) -> Iterator[str]:
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
            draw_line(canvas, left, baseline, [said], SMALLEST)
            draw_line(canvas, left + column, baseline, [at_right], SMALLEST, to_right=True)


def _faces(card: Card, shape: Shape, stamp: Stamp) -> list[Block]:
    """The faces of a card, with as large a type as lets all of it stand on them."""
    width = shape.face - 2 * _MARGIN
    heads = [_head(card, width, is_first=number == 0) for number in range(shape.faces)]
    rooms = [shape.height - 2 * _MARGIN - _FOOT - stack_height(tuple(head), width) for head in heads]
    attempts, smallest = _attempts(card, shape, width, stamp)
    bodies = fitted(attempts, smallest, Room(width, tuple(rooms)))
    faces = []
    for number, (head, body, height) in enumerate(zip(heads, bodies, rooms, strict=True)):
        if number == shape.faces - 1 or not bodies[number + 1]:
            body = [*body, *_lines(body, width, height)]
        faces.append(Face(shape, head, body, _foot(card, stamp, number + 1, shape.faces)))
    faces[0].outlined = f"{card.holder.title}: {_where(card)}"
    return list(faces)


def _attempts(card: Card, shape: Shape, width: float, stamp: Stamp) -> tuple[list[Attempt], list[Attempt]]:
    """The card from as large as its shape asks for down to the smallest; and there with less and less to say."""
    scales = [scale for scale in _SCALES if scale <= (0.9 if shape.face < _SMALL_CARD else 1.0)]
    whole: list[Attempt] = [Setting(card, width, scale, stamp.printed).sections for scale in scales]
    less: list[Attempt] = [
        Setting(card, width, scales[-1], stamp.printed, tight=True, bare=is_bare).sections for is_bare in (False, True)
    ]
    return whole, less


def _lines(body: Sequence[Block], width: float, room: float) -> list[Block]:
    """Lines to write on in what is left of a face."""
    line = WritingLine(width)
    left = room - sum(block.wrap(width, 0)[1] for block in body)
    return [line for _ in range(int(left / line.height))]


def _head(card: Card, width: float, *, is_first: bool) -> list[Block]:
    """The title of a card with what it is for; on its later faces a line."""
    title, where = _shortened(card.holder.title, 1000), _where(card)
    if not is_first:
        half = width * 0.5
        cells = [
            (Text([(where, QUIET)], _SMALL),),
            (Text([(_shortened(title, 60), QUIET)], replace(_SMALL, align="right")),),
        ]
        return [Row(cells, [width - half - 4, half], gap=4, above=0, below=1, rule=0), Rule(1.0)]
    largest = 12.0 if width < _SMALL_CARD - 2 * _MARGIN else 15.0
    size = largest if len(title) <= 24 else largest * 0.8 if len(title) <= 60 else SMALLEST + 0.5
    marks = Text([("  ".join(f"{MARKS[one]}\xa0{one}" for one in URGENT), BOLD)], Style(8, size * 1.2, align="right"))
    wide = marks.widest()[1] + 1
    top = Row(
        [(Text([(title, BOLD)], Style(size, size * 1.2, align="left")),), (marks,)], [width - wide - 4, wide], gap=4
    )
    top.above = top.below = top.rule = 0.0
    place, said = Text([(where, PLAIN)], _SMALL), _shortened(card.holder.said, 200)
    beside = Text([(said, QUIET)], replace(_SMALL, align="right"))
    rest = width - place.widest()[1] - 6
    below: list[Block] = [place, Text([(said, QUIET)], _SMALL)] if said else [place]
    if said and beside.widest()[1] <= rest:
        below = [Row([(place,), (beside,)], [width - rest - 4, rest], gap=4, above=0, below=0, rule=0)]
    return [top, *below, Rule(1.2, before=2)]


def _foot(card: Card, stamp: Stamp, face: int, faces: int) -> list[tuple[Span, Span]]:
    """The two lines of the stamp, as far as they are true of this card."""
    numbers, today = card.common.numbers, stamp.printed.date()
    outdated = len({point.value for point, importance in numbers if is_stale(point, importance, today)})
    own = replace(stamp, valid_until=valid_until(numbers), outdated=outdated)
    until = own.validity.partition(":")[0]
    first: Span = (" · ".join(filter(None, (own.edition, until))), BOLD if outdated else PLAIN)
    second: Span = (f"printed {day(own.printed)} · {own.hash} · {own.privacy}", QUIET)
    return [(first, ("", PLAIN)), (second, (f"{face} of {faces}", QUIET))]


def _where(card: Card) -> str:
    common = card.common
    place = _shortened(common.deployment.name if common.deployment else "Every deployment", 120)
    return f"{place}: {_shortened(common.stage, 60) or 'any stage'}"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
