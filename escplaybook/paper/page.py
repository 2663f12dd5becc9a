"""The sheet: its size, its type, its head, and the stamp that says on every page what it is and how old."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.lib.pagesizes import A3, A4, A5, A6, LEGAL, LETTER, TABLOID
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from escplaybook.domain.errors import PlaybookError
from escplaybook.paper.attached import attach
from escplaybook.paper.fonts import Face, first
from escplaybook.paper.lines import BLACK, BOLD, LINE, PLAIN, QUIET, Span
from escplaybook.paper.rows import Row, Rule
from escplaybook.paper.scripts import unprintable
from escplaybook.paper.stamp import Source as Source
from escplaybook.paper.stamp import Stamp as Stamp
from escplaybook.paper.stamp import day as day
from escplaybook.paper.story import NewPage as NewPage
from escplaybook.paper.story import story
from escplaybook.paper.text import Block, Style, Text, draw_line, draw_rule, length_of

rl_config.useA85 = 0  # the letters-only coding of streams makes a file a quarter larger, for nobody

BODY = Style(9.5, 13.5, after=5)
SMALL = Style(7.5, 10)
HEADING = Style(11, 14, before=10, after=2, leads=True)
TITLES = ((80, Style(17, 21, after=4)), (200, Style(13, 17, after=4)), (10_000, Style(10.5, 14, after=4)))
"""The longer a title, the smaller: up to so many characters, this style."""

RECORDS = "printed-from.json"
"""The attachment that names the records on the sheet, with their hashes."""

_FOOT = 26.0
_STAMP, _LEAST_STAMP = 7.0, 6.5
"""The type size of the stamp on A4, and the one down to which it tells why a sheet holds no longer."""

_A4_WIDTH = A4[0]

_RUNNING_HEAD = 26.0
_ROUNDS = 3
"""How often a document is laid out again until the pages it names are those it has; the second time always does,
unless a longer page number moves a line."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """A size of paper in points, upright, with a margin that any printer can reach (10 mm or more)."""

    name: str
    width: float
    height: float
    margin: float

    @property
    def column(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @property
    def height_free(self) -> float:
        """The height for text on a first page, between the upper margin and the stamp."""
        return self.height - 2 * self.margin - _FOOT

    def turned(self) -> "PageSize":
        """The same paper turned by a quarter, margins and all."""
        return PageSize(self.name, self.height, self.width, self.margin)

    def lying(self, margin: float) -> "PageSize":
        """The same paper on its long side, with a margin of so many millimetres."""
        return PageSize(self.name, self.height, self.width, margin * mm)


SIZES = {
    name.casefold(): PageSize(name, width, height, margin * mm)
    for name, (width, height), margin in (
        ("A3", A3, 18),
        ("A4", A4, 18),
        ("A5", A5, 13),
        ("A6", A6, 10),
        ("Letter", LETTER, 18),
        ("Legal", LEGAL, 18),
        ("Tabloid", TABLOID, 18),
    )
}


def page_size(name: str) -> PageSize:
    """The size called that, in upper or lower case. Raises PlaybookError if there is none."""
    if name.casefold() not in SIZES:
        known = ", ".join(size.name for size in SIZES.values())
        raise PlaybookError(f"No paper is called “{name}”; nothing was printed. Choose one of {known}.")
    return SIZES[name.casefold()]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document laid out and not yet printed. `running` heads its second page and all after it.

    Where the text names pages, `paged` gives the same blocks once it is known on which page each place stands.
    A sheet that is not `is_stamped` holds what carries stamps of its own.
    """

    title: str
    running: tuple[str, str]
    blocks: tuple[Block, ...]
    stamp: Stamp
    size: PageSize
    language: str = "en"
    paged: Callable[[Mapping[str, int]], tuple[Block, ...]] | None = None
    is_stamped: bool = True

    def unprintable(self) -> tuple[str, ...]:
        """The texts that no font here can print whole, and which characters they would lose."""
        stamped = (self.stamp.edition, self.stamp.privacy, self.stamp.until_why, *self.running)
        return unprintable([*stamped, *(text for block in self.blocks for text in block.texts())])

    def pdf(self) -> bytes:
        """The PDF; the same bytes for the same sheet."""
        return self.printed()[0]

    def printed(self) -> tuple[bytes, int]:
        """The PDF, and how many pages it has."""
        if self.paged is None:
            made = self._laid(self.blocks, _Paper)
            return made.pdf, made.pages
        known = self._laid(self.blocks, _Survey).places
        for _ in range(_ROUNDS):
            made = self._laid(self.paged(known), _Paper)
            if made.places == known:
                break
            known = made.places
        return made.pdf, made.pages

    def _laid(self, blocks: Sequence[Block], canvas: "type[_Paper]") -> "_Laid":
        """These blocks laid out on pages."""
        size, lying, file = self.size, self.size.turned(), io.BytesIO()
        papers: list[_Paper] = []

        def paper(*args: Any, **how: Any) -> _Paper:
            papers.append(canvas(self, *args, **how))
            return papers[-1]

        document = BaseDocTemplate(
            file,
            pagesize=(size.width, size.height),
            pageTemplates=[
                PageTemplate("first", [_frame(size, 0)], autoNextPageTemplate="later"),
                PageTemplate("later", [_frame(size, _RUNNING_HEAD)], onPage=_Paper.run_on),
                PageTemplate(
                    "lying",
                    [_frame(lying, _RUNNING_HEAD)],
                    onPage=_Paper.run_on,
                    pagesize=(lying.width, lying.height),
                ),
            ],
            invariant=1,
            title=_encodable(self.title),
            author=_encodable(self.stamp.author),
            subject=_encodable(" · ".join(filter(None, self.running))),
            creator="escplaybook",
            displayDocTitle=True,
            lang=self.language,
            initialFontName=first(Face.REGULAR).fontName,
        )
        document.build(list(story(blocks)), canvasmaker=paper)
        return _Laid(file.getvalue(), int(document.page), papers[0].pages_of_places())


class _Laid(NamedTuple):
    """A PDF, how many pages it has, and on which of them each named place stands."""

    pdf: bytes
    pages: int
    places: dict[str, int]


def masthead(
    above: Span, at_right: Span, title: str, below: Sequence[Text], size: PageSize, scale: float = 1.0
) -> list[Block]:
    """The head of the first page: a line of what it is, the title, what is said about it, and a thick rule."""
    style = next(style for limit, style in TITLES if len(title) <= limit)
    style = replace(style, size=style.size * scale, leading=style.leading * scale)
    line = Style(9 * scale, 12 * scale)
    half = size.column / 2 - 5
    right = Text([at_right], replace(line, align="right"))
    return [
        Row([(Text([above], line),), (right,)], [half, half], above=0, rule=0),
        Text([(title, BOLD)], style, outlined=0),
        *below,
        Rule(1.2, before=4, after=2),
    ]


def heading(text: str) -> list[Block]:
    """The heading of a section, with the thin line that it stands on."""
    return [Text([(text, BOLD)], HEADING, outlined=1), _Underline()]


class _Underline(Rule):
    def __init__(self) -> None:
        super().__init__(0.5, after=5, shade=LINE)
        self.leads = True


class _Paper(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """A canvas that holds the pages back until it knows how many there are."""

    is_survey = False
    """Whether it only finds out what stands on which page; texts need not be drawn."""

    def __init__(self, sheet: Sheet, *args: Any, **how: Any) -> None:
        super().__init__(*args, pdfVersion=(1, 5), **how)  # what copies out as another text came with 1.5
        self._sheet, self._hash = sheet, sheet.stamp.hash
        self._pages: list[dict[str, Any]] = []
        self._places: list[tuple[int, str, int, float]] = []
        self._named: dict[str, tuple[int, float]] = {}
        self._doc._timeStamp.YMDhms = sheet.stamp.printed.astimezone(UTC).timetuple()[:6]

    def outlineHere(self, title: str, level: int, y: float) -> None:
        """List the height `y` on this page in the outline."""
        self._places.append((len(self._pages), _encodable(title), level, self.absolutePosition(0, y)[1]))

    def placeHere(self, name: str, y: float) -> None:
        """Name the height `y` on this page, so that links can lead there; the first place of that name counts."""
        self._named.setdefault(name, (len(self._pages), self.absolutePosition(0, y)[1]))

    def leadTo(self, name: str, box: tuple[float, float, float, float]) -> None:
        """Make what stands in that box lead to the place of that name."""
        self.linkRect("", f"to-{name}", box, relative=1, thickness=0)

    def pages_of_places(self) -> dict[str, int]:
        """On which page, counted from 1, each named place stands."""
        return {name: on + 1 for name, (on, _) in self._named.items()}

    def showPage(self) -> None:
        """Put the page aside."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Finish every page with its stamp, and the file with its outline and the list of its records."""
        pages, outlined, named = self._pages, _by_page(enumerate(self._places)), _by_page(self._named.items())
        for number, page in enumerate(pages):
            self.__dict__.update(page)
            for place, (_, title, level, y) in outlined.get(number, ()):
                self.bookmarkPage(f"place-{place}", fit="XYZ", left=0, top=y, zoom=0)
                self.addOutlineEntry(title, f"place-{place}", min(level, self._doc.outline.currentlevel + 1))
            for name, (_, y) in named.get(number, ()):
                self.bookmarkPage(f"to-{name}", fit="XYZ", left=0, top=y, zoom=0)
            if self._sheet.is_stamped:
                self._draw_stamp(number + 1, len(pages))
            super().showPage()
        attach(self._doc, RECORDS, self._sheet.stamp.records)
        super().save()

    def _size(self) -> PageSize:
        """That of the present page."""
        size = self._sheet.size
        return size if self._pagesize[0] == size.width else size.turned()

    def _draw_stamp(self, page: int, pages: int) -> None:
        size, stamp = self._size(), self._sheet.stamp
        left, right = size.margin, size.width - size.margin
        facts, scale = stamp.facts, max(1.0, min(size.width, size.height) / _A4_WIDTH)
        if length_of([*facts, *stamp.reason]) * _LEAST_STAMP * scale <= size.column:
            facts += stamp.reason
        numbers = " · ".join((self._hash, stamp.privacy, f"page {page} of {pages}"))
        draw_rule(self, (left, size.margin + 17), (right, size.margin + 17), 0.75, BLACK)
        type_size = min(_STAMP * scale, size.column / length_of(facts))
        both = length_of([*facts, (numbers, PLAIN)]) * type_size
        draw_line(self, left, size.margin + 7, facts, type_size)
        lower = 9 * scale if both > size.column - 12 else 0
        draw_line(self, right, size.margin + 7 - lower, [(numbers, PLAIN)], type_size, to_right=True)

    def run_on(self, _document: Any) -> None:
        """Head a page that goes on with what began before."""
        size = self._size()
        left, right = size.margin, size.width - size.margin
        y = size.height - size.margin - 8
        title, at_right = self._sheet.running
        room = size.column - length_of([(at_right, QUIET)]) * 8 - 12
        while length_of([(title, PLAIN)]) * 8 > room:
            title = title[: int(len(title) * 0.95) - 1].rstrip(" …") + "…"
        draw_line(self, left, y, [(title, PLAIN)], 8)
        draw_line(self, right, y, [(at_right, QUIET)], 8, to_right=True)
        draw_rule(self, (left, y - 6), (right, y - 6), 0.5, LINE)


class _Survey(_Paper):
    """A canvas on which nothing is drawn."""

    is_survey = True

    def drawImage(self, *_args: Any, **_how: Any) -> None:
        """Leave it out."""

    def save(self) -> None:
        """Write no file."""


def _by_page(places: Iterable[tuple[Any, tuple[Any, ...]]]) -> dict[int, list[tuple[Any, tuple[Any, ...]]]]:
    """Places by the page that each stands on, which is the first thing told of it."""
    found: dict[int, list[tuple[Any, tuple[Any, ...]]]] = {}
    for place in places:
        found.setdefault(place[1][0], []).append(place)
    return found


def _encodable(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _frame(size: PageSize, head: float) -> Frame:
    return Frame(size.margin, size.margin + _FOOT, size.column, size.height_free - head, 0, 0, 0, 0)
