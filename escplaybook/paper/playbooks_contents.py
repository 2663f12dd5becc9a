"""The contents of a playbook: each chapter and section, dots, and the page on which it begins."""

from collections.abc import Iterator, Mapping
from typing import Any

from escplaybook.paper.lines import BOLD, MUTED, PLAIN, Ink
from escplaybook.paper.text import Block, Style, Text, draw_line, length_of
from escplaybook.prose.html import Node

_CHAPTER = Style(10, 15, before=5, after=1)
_SECTION = Style(9.5, 13.5, after=0.5)
_NUMBER = 30.0
"""Points kept free at the right for a page number."""

_STEP, _AFTER = 16.0, 14.0
_DOT = (".", Ink(shade=MUTED))


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
        size, leading = self._style.size, self._style.leading
        self._text.paint(canvas, x, y)
        baseline = y + leading / 2 - size * 0.36
        draw_line(canvas, x + self.width, baseline, [self._number], size, to_right=True)
        begins = x + self._text.last_line_ends() + 6
        step, dot = 5.0, length_of([_DOT]) * size
        ends = x + self.width - length_of([self._number]) * size - 6
        place = x + self.width - step * int((x + self.width - begins) / step)  # dots stand below each other
        while place + dot <= ends:
            if place >= begins:
                draw_line(canvas, place, baseline, [_DOT], size)
            place += step


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
