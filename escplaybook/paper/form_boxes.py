"""A numbered box of a form: what is asked, answers to tick, and room to write by hand."""

from collections.abc import Iterator, Sequence
from typing import Any

from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.forms import Asked, Box, Choice
from escplaybook.paper.lines import BLACK, BOLD, LINE, MARKED, PLAIN, QUIET, Ink, Span
from escplaybook.paper.text import Block, Mark, Style, Text, draw_line, draw_rule, length_of

_LABEL = Style(8, 10.5)
_CHOICE = Style(8.5, 12.5)
_GUIDE = Style(7.5, 10.5)
_GIVEN = Style(9.5, 12.5)
_NUMBER = Ink(BOLD.face, tabular=True)
_PAD, _TAB, _TAB_HEIGHT = 4.0, 16.0, 12.0
_LINE_HEIGHT = 21.0
"""Between two lines to write on: 7.4 mm, as in a ruled exercise book."""

_GIVES = 27.0
"""The width of the column of one severity beside an answer."""

_LONGEST = 360
"""Characters of a label or a hint; the book may hold more of them, a box may not."""


class Field(Block):
    """One box. `lines` is how many lines there are to write on; none where it is ticked or filled already."""

    def __init__(self, box: Box, lines: int = 1) -> None:
        super().__init__()
        self.box = box
        self.head = Text(_head(box), _LABEL)
        self.given = Text([(_shortened(box.given), BOLD)], _GIVEN) if box.given else None
        self.choices = [(_choice(one), one) for one in box.choices]
        self._lines = 0 if box.given or box.asked in (Asked.CHOICE, Asked.TICKS) else lines
        self._columns = 1

    def texts(self) -> Iterator[str]:
        yield self.head.plain
        yield from (text.plain for text, _ in self.choices)
        if self.given is not None:
            yield self.given.plain

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Measure it; answers stand side by side where there is room for all."""
        self.width, inner = width, width - 2 * _PAD
        widest = max((text.widest()[1] for text, _ in self.choices), default=0.0) + 10
        is_side_by_side = all(one.gives is None for _, one in self.choices)
        most = max(1, int(inner / widest)) if is_side_by_side else 1
        rows = -(-len(self.choices) // most)
        self._columns = -(-len(self.choices) // rows) if rows else 1
        beside = 0.0 if is_side_by_side else 2 * _GIVES
        own = inner / self._columns - beside
        for text, _ in self.choices:
            text.wrap(own, 0)
        self.height = _PAD + self.head.wrap(inner - _TAB - beside, 0)[1] + self._lines * _LINE_HEIGHT + _PAD
        self.height += sum(self._choice_heights()) + (2.0 if self.choices else 0.0)
        if self.given is not None:
            self.height += 3 + self.given.wrap(inner, 0)[1]
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """What stands in the box; its border is drawn by its row, which knows how tall it has become."""
        top, left = y + self.height, x + _PAD
        canvas.setFillGray(MARKED)
        canvas.rect(x, top - _TAB_HEIGHT, _TAB, _TAB_HEIGHT, stroke=0, fill=1)
        number: list[Span] = [(str(self.box.number), _NUMBER)]
        draw_line(canvas, x + (_TAB - length_of(number) * 8) / 2, top - 9, number, 8)
        low = top - _PAD + 1.5 - self.head.height
        self.head.paint(canvas, left + _TAB, low)
        if any(one.gives for _, one in self.choices):
            self._paint_heads(canvas, x, top - 9)
        if self.given is not None:
            low -= 3 + self.given.height
            self.given.paint(canvas, left, low)
        for _ in range(self._lines):
            low -= _LINE_HEIGHT
            draw_rule(canvas, (left, low + 2), (x + self.width - _PAD, low + 2), 0.4, LINE)
        self._paint_choices(canvas, left, low - 2)

    def _choice_heights(self) -> list[float]:
        rows = [self.choices[at : at + self._columns] for at in range(0, len(self.choices), self._columns)]
        return [max(text.height for text, _ in row) for row in rows]

    def _paint_choices(self, canvas: Any, left: float, top: float) -> None:
        heights, step = self._choice_heights(), (self.width - 2 * _PAD) / self._columns
        for place, (text, one) in enumerate(self.choices):
            row, column = divmod(place, self._columns)
            low = top - sum(heights[:row])
            text.paint(canvas, left + column * step, low - text.height)
            for side, severity in enumerate(one.gives or ()):
                at = left + self.width - 2 * _PAD - (2 - side) * _GIVES + 4
                draw_line(canvas, at, low - text.style.leading / 2 - text.style.size * 0.36, _mark(severity), 7.5)

    def _paint_heads(self, canvas: Any, x: float, y: float) -> None:
        for side, word in enumerate(("before", "live")):
            at = x + self.width - _PAD - (2 - side) * _GIVES + 4
            draw_line(canvas, at, y, [(word, QUIET)], 6.5)


class FieldRow(Block):
    """Boxes side by side, as tall as the tallest, their borders shared. `shares` are parts of the width."""

    def __init__(self, fields: Sequence[Field], shares: Sequence[float]) -> None:
        super().__init__()
        self.fields, self.shares = tuple(fields), tuple(shares)

    def texts(self) -> Iterator[str]:
        for field in self.fields:
            yield from field.texts()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure the boxes; returns the size they take."""
        self.width = width
        whole = sum(self.shares)
        self._widths = [width * share / whole for share in self.shares]
        self.height = max(field.wrap(own, height)[1] for field, own in zip(self.fields, self._widths, strict=True))
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """The boxes from the left; every one begins at the top."""
        for field, own in zip(self.fields, self._widths, strict=True):
            field.paint(canvas, x, y + self.height - field.height)
            canvas.setStrokeGray(BLACK)
            canvas.setLineWidth(0.6)
            canvas.rect(x, y, own, self.height)
            x += own


def _head(box: Box) -> list[Span]:
    hint: list[Span] = [(f"  {_shortened(box.hint)}", QUIET._replace(scale=7.5 / 8))] if box.hint else []
    return [(_shortened(box.label), PLAIN), *hint]


def _choice(one: Choice) -> Text:
    if not one.letter:
        return Text([(one.words, QUIET)], _GUIDE)
    spans: list[Span] = [(f"{one.letter}\xa0\xa0", BOLD), (one.words, PLAIN)]
    return Text(spans, _CHOICE, indent=14, mark=Mark(box=True))


def _mark(severity: Severity) -> list[Span]:
    return [(f"{MARKS[severity]}\xa0{severity}", PLAIN)]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
