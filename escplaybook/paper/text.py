"""Text as ReportLab's layout takes it: a block of lines that wraps, splits and draws."""

import contextlib
import copy
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Self

from reportlab.platypus import Flowable

from escplaybook.paper.fonts import PaperFont, registered
from escplaybook.paper.lines import (
    BLACK,
    LINE,
    MARKED,
    Ink,
    Line,
    Piece,
    Span,
    Word,
    broken,
    one_line,
    visual,
    words_of,
)
from escplaybook.paper.scripts import Run, runs_right_to_left


@dataclass(frozen=True, slots=True)
class Style:
    """The measure of a text: sizes and distances in points.

    A text begins at the `start`, the side from which it is read, unless told otherwise. What `leads` is never the
    last on its page.
    """

    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    align: Literal["start", "left", "right"] = "start"
    leads: bool = False


class Mark(NamedTuple):
    """What stands before a text, in its indent: a bullet, a number, or a box to tick.

    `side` is that of the box; 0 makes it as high as the text.
    """

    text: str = ""
    box: bool = False
    ticked: bool = False
    side: float = 0.0


NO_MARK = Mark()

_WHOLE = 4
"""Lines up to which a text is not divided between pages."""


class Block(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Anything on the page. ReportLab asks it to wrap, to split and to draw; blocks inside blocks are painted."""

    width: float
    height: float
    spaceBefore: float = 0.0
    spaceAfter: float = 0.0
    leads: bool = False
    """Whether it is never the last on its page."""

    def texts(self) -> Iterator[str]:
        """All that it prints, to be looked through before printing."""
        yield from ()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure it for a column of that width; returns the size it takes."""
        raise NotImplementedError

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """Put it on the page, its lower left corner at `x`, `y`."""
        raise NotImplementedError

    def twin(self) -> Self:
        """A copy to change, without ReportLab's note that the block was put off to the next page once already."""
        twin = copy.copy(self)
        twin.__dict__.pop("_postponed", None)
        return twin

    def draw(self) -> None:
        """Put it where ReportLab has moved the origin to."""
        self.paint(self.canv, 0.0, 0.0)


class Text(Block):
    """Spans of text set in lines.

    `rails` are the distances from the left at which a line runs down beside it. `outlined` is the depth at which the
    PDF's outline lists it, `place` the name by which links lead to it.
    """

    def __init__(
        self,
        spans: Iterable[Span],
        style: Style,
        *,
        indent: float = 0.0,
        mark: Mark = NO_MARK,
        rails: tuple[float, ...] = (),
        outlined: int | None = None,
        place: str = "",
    ) -> None:
        super().__init__()
        self.spans, self.style, self.indent, self.rails = tuple(spans), style, indent, rails
        self.mark, self.outlined, self.place = mark, outlined, place
        # Beside rails the distance above belongs to the text itself, so that they run on from the block before.
        self.spaceBefore, self._above = (0.0, style.before) if rails else (style.before, 0.0)
        self.spaceAfter, self.leads = style.after, style.leads
        self.width = 0.0
        self._from_right = runs_right_to_left(self.plain)
        self._is_mirrored = self._from_right and style.align == "start"
        self._lines: tuple[Line, ...] = ()

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.spans)

    def texts(self) -> Iterator[str]:
        yield self.plain
        yield self.mark.text

    @functools.cached_property
    def words(self) -> tuple[Word, ...]:
        """The text in words, measured."""
        return words_of(self.spans)

    def widest(self) -> tuple[float, float]:
        """The width of its widest word, and of the longest line if none is broken."""
        widest = longest = line = 0.0
        for word in self.words:
            widest, line = max(widest, word.width), line + word.width
            longest = max(longest, line)
            line = 0.0 if word.ends_line else line + word.gap
        return self.indent + widest * self.style.size, self.indent + longest * self.style.size

    def twin(self) -> Self:
        """See `Block.twin`; the words are measured once for both."""
        assert self.words is not None
        return super().twin()

    def last_line_ends(self) -> float:
        """How far from the left its last line reaches, as it was wrapped."""
        line = self._lines[-1] if self._lines else ()
        return self.indent + sum(word.width + word.gap for word in line) * self.style.size

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the lines for that width; returns the size they take."""
        if width != self.width:
            self.width = width
            self._lines = tuple(broken(self.words, max(width - self.indent, 1.0) / self.style.size))
        self.height = self._above + len(self._lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """As many lines as fit, and the others; a lone first or last line is not left behind."""
        self.wrap(width, height)
        count, fit = len(self._lines), int((height - self._above + 0.01) / self.style.leading)
        if fit >= count:
            return [self]
        if count - fit == 1 and fit > 2:
            fit -= 1
        if count <= _WHOLE or fit < 2:
            return []
        return [self._part(self._lines[:fit], is_first=True), self._part(self._lines[fit:], is_first=False)]

    def paint(self, canvas: Any, x: float, y: float) -> None:
        style, top = self.style, y + self.height - self._above
        for rail in self.rails:
            beside = x + (self.width - rail if self._is_mirrored else rail)
            draw_rule(canvas, (beside, y - style.after), (beside, y + self.height), 0.75, LINE)
        if self.outlined is not None:
            canvas.outlineHere(self.plain, self.outlined, top)
        if self.place:
            canvas.placeHere(self.place, top)
        if canvas.is_survey:
            return
        baseline = top - style.leading / 2 - style.size * 0.36
        self._draw_mark(canvas, x, baseline)
        for line in self._lines:
            pieces = visual(line, right_to_left=self._from_right)
            start = x + self.indent
            if self._is_mirrored or style.align == "right":
                start = x + self.width - _length(pieces) * style.size - (self.indent if self._is_mirrored else 0.0)
            draw_pieces(canvas, start, baseline, pieces, style.size)
            baseline -= style.leading

    def _part(self, lines: Sequence[Line], *, is_first: bool) -> "Text":
        part = self.twin()
        part._lines = tuple(lines)
        if not is_first:
            part.mark, part.outlined, part.place = NO_MARK, None, ""
            part.spaceBefore = part._above = 0.0
        return part

    def _draw_mark(self, canvas: Any, x: float, baseline: float) -> None:
        """The mark, in the indent on the side where the text begins."""
        size, begins = self.style.size, x + self.indent
        side = self.mark.side or size * 0.95
        if self._is_mirrored:
            begins = x + self.width - self.indent
        if self.mark.box:
            left = begins + size * 0.65 if self._is_mirrored else begins - size * 0.65 - side
            draw_box(canvas, left, baseline + size * 0.355 - side / 2, side, ticked=self.mark.ticked)
        elif self.mark.text:
            spans = [(self.mark.text, Ink(tabular=True))]
            edge = begins + size * 0.6 if self._is_mirrored else begins - size * 0.6
            draw_line(canvas, edge, baseline, spans, size, to_right=not self._is_mirrored)


def length_of(spans: Iterable[Span]) -> float:
    """The length of a text on one line, at type size 1."""
    return _length(one_line(spans))


def draw_line(canvas: Any, x: float, y: float, spans: Iterable[Span], size: float, *, to_right: bool = False) -> None:
    """One line of text on the baseline `y`, beginning at `x` or ending there."""
    pieces = one_line(spans)
    draw_pieces(canvas, x - _length(pieces) * size if to_right else x, y, pieces, size)


def draw_pieces(canvas: Any, x: float, y: float, pieces: Iterable[Piece], size: float) -> None:
    """Pieces of one line, one after the other."""
    for run, ink in pieces:
        own_size = size * ink.scale
        end = x + run.width * own_size
        if ink.marked:
            canvas.setFillGray(MARKED)
            canvas.rect(x, y - size * 0.24, end - x, size * 1.2, stroke=0, fill=1)
        _draw_run(canvas, x, y + ink.rise * size, run, own_size, ink.shade)
        if ink.link:
            canvas.leadTo(ink.link, (x, y - size * 0.24, end, y + size * 0.9))
        if ink.struck:
            draw_rule(canvas, (x, y + own_size * 0.28), (end, y + own_size * 0.28), size * 0.07, ink.shade)
        x = end


def draw_rule(
    canvas: Any, start: tuple[float, float], end: tuple[float, float], thickness: float, shade: float
) -> None:
    """A straight line."""
    (left, top), (right, bottom) = start, end
    canvas.addLiteral(f"{shade:g} G {thickness:g} w {left:.3f} {top:.3f} m {right:.3f} {bottom:.3f} l S")


def draw_box(canvas: Any, x: float, y: float, side: float, *, ticked: bool = False) -> None:
    """A box to tick with a pen, or one that is ticked already."""
    canvas.setStrokeGray(BLACK)
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, side, side)
    if ticked:
        canvas.setLineWidth(1.4)
        low = (x + side * 0.42, y + side * 0.25)
        canvas.lines([(x + side * 0.2, y + side * 0.5, *low), (*low, x + side * 0.82, y + side * 0.78)])


def _length(pieces: Iterable[Piece]) -> float:
    return sum(piece.width for piece in pieces)


def _draw_run(canvas: Any, x: float, y: float, run: Run, size: float, shade: float) -> None:
    own = registered(run.font)
    code = [f"{shade:g} g BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
    if run.shaped:
        code += _glyph_by_glyph(canvas, own, run.text, size)
        with _saying(canvas, run.text):
            canvas.addLiteral("\n".join(code))
    else:
        code += [f"{subset} {size:g} Tf ({shown}) Tj" for subset, shown in own.coded(run.text, canvas._doc)]
        canvas.addLiteral(" ".join((*code, "ET")))


def _glyph_by_glyph(canvas: Any, own: PaperFont, text: str, size: float) -> Iterator[str]:
    """Every glyph where HarfBuzz wants it."""
    for glyph in own.shape(text):
        ((subset, shown),) = own.coded(glyph.character, canvas._doc)
        over = own.width(glyph.character) * 1000 + glyph.right - glyph.advance
        yield f"{subset} {size:g} Tf {glyph.up * size / 1000:.3f} Ts"
        yield f"[{-glyph.right:.2f} ({shown}) {over:.2f}] TJ"
    yield "0 Ts ET"


@contextlib.contextmanager
def _saying(canvas: Any, text: str) -> Iterator[None]:
    """What is drawn meanwhile copies out and reads aloud as `text` (ISO 32000, 14.9.4)."""
    canvas.addLiteral(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
    yield
    canvas.addLiteral("EMC")
