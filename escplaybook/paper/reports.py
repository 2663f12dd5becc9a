"""What every report is made of: its numbers at the top, and the lines on which it is signed off."""

from collections.abc import Iterator, Sequence
from typing import Any

from escplaybook.paper.lines import BLACK, BOLD, LINE, PLAIN, QUIET, Ink, Span
from escplaybook.paper.text import Block, Style, Text, draw_line, draw_rule

TOLD = Style(9, 12.5, align="start")
LESS = Style(8, 11)

_FIGURE = 24.0
_HEIGHT = 46.0
_NARROW = 90.0
_SIGNED = 30.0


class Figures(Block):
    """The numbers of a report beside each other, each above its word."""

    def __init__(self, figures: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.figures = tuple(figures)
        self.spaceBefore, self.spaceAfter = 6.0, 6.0

    def texts(self) -> Iterator[str]:
        for figure, word in self.figures:
            yield figure
            yield word

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As many in a row as there is room for."""
        self.width = width
        self._columns = max(1, min(len(self.figures), int(width / _NARROW)))
        self.height = _HEIGHT * -(-len(self.figures) // self._columns)
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """Each at the left of its column."""
        step = self.width / self._columns
        for place, (figure, word) in enumerate(self.figures):
            row, column = divmod(place, self._columns)
            left, top = x + column * step, y + self.height - row * _HEIGHT
            draw_line(canvas, left, top - 24, [(figure, Ink(BOLD.face, tabular=True))], _FIGURE)
            draw_line(canvas, left, top - 38, [(word, QUIET)], 8.5)


class SignOff(Block):
    """A line for each of these to be written on, with what belongs on it below."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)
        self.spaceBefore = 8.0

    def texts(self) -> Iterator[str]:
        yield from self.words

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """All beside each other, or one below the other on narrow paper."""
        self.width = width
        self._columns = len(self.words) if width / len(self.words) > _NARROW else 1
        self.height = (_SIGNED + 10) * -(-len(self.words) // self._columns)
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """The lines, a little apart."""
        step = self.width / self._columns
        for place, word in enumerate(self.words):
            row, column = divmod(place, self._columns)
            left, low = x + column * step, y + self.height - row * (_SIGNED + 10) - _SIGNED
            draw_rule(canvas, (left, low), (left + step - (14 if column < self._columns - 1 else 0), low), 0.6, BLACK)
            draw_line(canvas, left, low - 9, [(word, QUIET)], 7.5)


class Ruled(Block):
    """Empty lines to write on. They may be divided between pages."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines
        self.spaceAfter = 6.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """7 mm each."""
        self.width, self.height = width, self.lines * 20.0
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """From the top."""
        for at in range(1, self.lines + 1):
            low = y + self.height - at * 20 + 2
            draw_rule(canvas, (x, low), (x + self.width, low), 0.4, LINE)


def nothing(words: str) -> Text:
    """Said where a part of a report is empty, which is an answer too."""
    return Text([(words, PLAIN)], TOLD)


def said(name: str, text: str) -> Text:
    """A quiet word and what it says of what follows."""
    spans: list[Span] = [(f"{name} ", QUIET), (text, PLAIN)]
    return Text(spans, Style(8.5, 11.5, before=1, leads=True))
