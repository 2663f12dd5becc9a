"""The contents of a playbook: each chapter and section, dots, and the page on which it begins."""

from collections.abc import Iterator, Mapping
from typing import Any

from escplaybook.paper.lines import BOLD, MUTED, PLAIN
from escplaybook.paper.text import Block, Style, Text, draw_line, length_of
from escplaybook.prose.html import Node

_CHAPTER = Style(9.5, 13, before=4.5, after=0.5)
_SECTION = Style(9, 12)
_NUMBER = 30.0
"""Points kept free at the right for a page number."""

_STEP, _AFTER = 16.0, 14.0
_DOTS = 4.5
"""Points from one dot to the next; they stand below each other in all lines."""


class ContentsLine(Block):
    """A title, dots, and its page at the right edge; all of it leads there."""

    def __init__(self, title: str, place: str, page: int | None, depth: int) -> None:
        super().__init__()
        self._style = _SECTION if depth else _CHAPTER
        link = place if page is not None else ""
        ink = (PLAIN if depth else BOLD)._replace(link=link)
        self._text = Text([(title, ink)], self._style, indent=depth * _STEP)
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


def contents_lines(node: Node, pages: Mapping[str, int], width: float, depth: int = 0) -> list[Block]:
    """The lines of a list of contents, those of sections set in below their chapter."""
    made: list[Block] = []
    for item in (child for child in node.children if isinstance(child, Node)):
        for child in (child for child in item.children if isinstance(child, Node)):
            if child.tag == "a":
                place = (child.attribute("href") or "").removeprefix("#")
                line = ContentsLine(child.text, place, pages.get(place), depth)
                line.leads = depth == 0 and len(item.children) > 1
                made.append(line)
            elif child.tag == "ul":
                made += contents_lines(child, pages, width, depth + 1)
    if made and not depth:
        made[-1].spaceAfter = _AFTER
    return made
