"""How a card is set: its sizes of type, columns of names and numbers, sections, and lines to write on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.hours import hours_words
from escplaybook.domain.vendors import SupportHours
from escplaybook.paper.cards_faces import Section
from escplaybook.paper.lines import BLACK, BOLD, LINE, QUIET, Span
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Block, Style, Text, draw_rule

TEXT, NAME, NUMBER, HEADING = 8.5, 9.5, 10.5, 10.0
"""The sizes in points before anything is shrunk."""

INDENT = 11.0
"""How far people stand under the level they answer at."""

_NOTE_LINE = 17.0


@dataclass
class Setting:
    """What is set for a column of that width in one size of type; `at` is when it is printed."""

    width: float
    scale: float
    at: datetime
    known: dict[object, Text] = field(default_factory=dict, kw_only=True, repr=False)
    """Texts that were set already: most of what stands on one card stands on the others of its sheet too."""

    def text(self, spans: Sequence[Span], size: float = TEXT, *, right: bool = False, indent: float = 0.0) -> Text:
        """A text in that size, before it is shrunk."""
        size *= self.scale
        key = (tuple(spans), size, right, indent)
        if key not in self.known:
            style = Style(size, size * 1.25, align="right" if right else "left")
            self.known[key] = Text(spans, style, indent=indent)
        return self.known[key]

    def item(self, blocks: Sequence[Block], *, above: float = 1.5, below: float = 1.5, rule: float = 0.0) -> Row:
        """Blocks that stay together."""
        return Row([tuple(blocks)], [self.width], above=above * self.scale, below=below * self.scale, rule=rule)

    def columns(self, left: Sequence[Text], right: Sequence[Text], *, indent: float = INDENT) -> Iterator[Block]:
        """Two stacks side by side; the right one as wide as it must be, and below the left one if that is too much."""
        wide = max(text.widest()[1] for text in right) + 0.5
        rest = self.width - wide - 5 - indent
        if min(left[0].widest()[1], self.width * 0.38) <= rest:
            yield Row([tuple(left), tuple(right)], [rest, wide], gap=5, indent=indent, above=0, below=0, rule=0)
            return
        below = [Text(text.spans, replace(text.style, align="left")) for text in right]
        yield Row([(*left, *below)], [self.width - indent], indent=indent, above=0, below=0, rule=0)

    def remark(self, words: str) -> Block:
        """What is said of things that have no room."""
        return self.item([self.text([(words, BOLD)])])

    def section(
        self,
        title: str,
        items: Iterable[Block],
        weight: int,
        *,
        keeps: int = 1,
        units: tuple[str, str] = ("line", "lines"),
        where: str = "on the wall matrix",
        beside: str = "",
    ) -> Section:
        """A heading on a line, `beside` at its right, and the items; the rest as `Section` says."""
        words = self.text([(title, BOLD)], HEADING)
        cells: list[tuple[Block, ...]] = [(words,)]
        widths = [self.width]
        if beside:
            marks = self.text([(beside, QUIET)], right=True)
            wide = marks.widest()[1] + 1
            cells, widths = [(words,), (marks,)], [self.width - wide - 4, wide]
        heading = Row(cells, widths, gap=4, above=5 * self.scale, below=1.5 * self.scale, rule=0.5, shade=BLACK)
        heading.leads = True
        return Section(heading, tuple(items), weight, keeps, units, where)


class WritingLine(Block):
    """A line to write on."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, _NOTE_LINE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As tall as handwriting."""
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        draw_rule(canvas, (x, y), (x + self.width, y), 0.5, LINE)


def marked(severities: Iterable[Severity]) -> str:
    """“◆ S1 ▲ S2”."""
    return " ".join(f"{MARKS[severity]}\xa0{severity}" for severity in severities)


def short_hours(hours: str) -> str:
    """As a card says them: “Mon–Fri 08–22”."""
    return hours_words(hours).replace(":00", "")


def city(zone: str) -> str:
    """“Stockholm”."""
    return zone.rpartition("/")[2].replace("_", " ")


def hours_on_clock(hours: SupportHours, zone: str, at: datetime) -> str:
    """Hours on the clock of a zone, by the difference that holds at `at`: “Mon–Fri 15–24”; empty if there is none."""
    here = hours.here(at.astimezone(zone_named(zone))).replace(":00", "")
    days = hours.there().partition("\xa0")[0]
    return here if not here or here[0].isalpha() else f"{days}\xa0{here}"
