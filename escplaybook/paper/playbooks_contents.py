"""The contents of a playbook: each chapter and section, dots, and the page on which it begins."""

from collections.abc import Iterator, Mapping
from typing import Any

from escplaybook.paper.lines import BOLD, MUTED, PLAIN
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Block, Style, Text, draw_line, length_of
from escplaybook.prose.html import Node

_CHAPTER = Style(9.5, 13, before=4.5, after=0.5, align="left")
_SECTION = Style(9, 12, align="left")
_NUMBER = 24.0
"""Points kept free at the right for a page number."""

_STEP, _AFTER = 14.0, 14.0
_MANY, _WIDE, _GUTTER = 16, 400.0, 24.0
"""Lines from which on contents are set in two columns, the width that needs, and what parts them."""
_DOTS = 4.5
"""Points from one dot to the next; they stand below each other in all lines."""


_LONGEST = 200
"""Characters of a title in the contents; the chapter itself has all of it."""


class ContentsLine(Block):
    """A title, dots, and its page at the right edge; all of it leads there."""

    def __init__(self, title: str, place: str, page: int | None, depth: int) -> None:
        super().__init__()
        self._style = _SECTION if depth else _CHAPTER
        link = place if page is not None else ""
        ink = (PLAIN if depth else BOLD)._replace(link=link)
        short = title if len(title) <= _LONGEST else title[:_LONGEST] + "…"
        self._text = Text([(short, ink)], self._style, indent=depth * _STEP)
        self._number = (str(page) if page is not None else "", PLAIN._replace(link=link, tabular=True))
        self.spaceBefore, self.spaceAfter = self._style.before, self._style.after

    def texts(self) -> Iterator[str]:
        yield from self._text.texts()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As many lines as the title needs."""
        self.width = width
        _, self.height = self._text.wrap(width - _NUMBER, height)
        return width, self.height

    def split(self, _width: float, _height: float) -> list[Block]:
        """A line of contents is never divided."""
        return []

    def paint(self, canvas: Any, x: float, y: float) -> None:
        if canvas.is_survey:
            return
        size, leading = self._style.size, self._style.leading
        self._text.paint(canvas, x, y)
        baseline = y + leading / 2 - size * 0.36
        draw_line(canvas, x + self.width, baseline, [self._number], size, to_right=True)
        begins = x + self._text.last_line_ends() + 6
        ends = x + self.width - length_of([self._number]) * size - 6
        if ends > begins:
            canvas.saveState()  # dots, and no full stops that would copy out with the text
            canvas.setStrokeGray(MUTED)
            canvas.setLineWidth(0.8)
            canvas.setLineCap(1)
            canvas.setDash([0, _DOTS], (x + self.width - ends) % _DOTS)
            canvas.line(ends, baseline + 0.4, begins, baseline + 0.4)
            canvas.restoreState()


def contents(node: Node, pages: Mapping[str, int], width: float) -> list[Block]:
    """A list of contents; a long one in two columns where there is room for them."""
    made = _lines(node, pages)
    if len(made) <= _MANY or width < _WIDE:
        if made:
            made[-1].spaceAfter = _AFTER
        return made
    column = (width - _GUTTER) / 2
    starts = [place for place, line in enumerate(made) if line.leads or not place]
    half = min(starts[1:] or [len(made)], key=lambda place: abs(place - len(made) / 2))
    row = Row([tuple(made[:half]), tuple(made[half:])], [column, column], gap=_GUTTER, above=4, below=4, rule=0)
    row.spaceAfter = _AFTER
    return [row]


def _lines(node: Node, pages: Mapping[str, int], depth: int = 0) -> list[Block]:
    """Those of sections are set in below their chapter."""
    made: list[Block] = []
    for item in (child for child in node.children if isinstance(child, Node)):
        for child in (child for child in item.children if isinstance(child, Node)):
            if child.tag == "a":
                place = (child.attribute("href") or "").removeprefix("#")
                line = ContentsLine(child.text, place, pages.get(place), depth)
                line.leads = depth == 0 and len(item.children) > 1
                made.append(line)
            elif child.tag == "ul":
                made += _lines(child, pages, depth + 1)
    return made
