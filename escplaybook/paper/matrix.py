"""The escalation matrix for the wall: one stage on one page, severities down, levels across."""

import functools
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escplaybook.domain.classification import MARKS
from escplaybook.domain.contacts import Contact, ContactPoint
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import Cell, DecisionRight, Level
from escplaybook.domain.overview import Line, Overview, number_on_paper
from escplaybook.domain.verification import Importance, is_stale
from escplaybook.paper import flow
from escplaybook.paper.contacts import outdated_remark
from escplaybook.paper.lines import BLACK, BOLD, LINE, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, day, masthead
from escplaybook.paper.proofs import is_dialled, proof, written
from escplaybook.paper.rows import Row, Rows, stack_height
from escplaybook.paper.story import NewPage
from escplaybook.paper.text import Block, Style, Text, draw_rule
from escplaybook.prose.entries import render

MARGIN = 12.0
"""Millimetres; a wall sheet has no hand to be held by, and the table needs the width."""

_TEXT, _NAME, _CODE = 8.5, 10.0, 14.0
"""The sizes on A4 at scale 1: what most is set in, names and numbers to call first, the code of a severity.

The eye of most people tells letters apart that are seen under 5 minutes of arc (ISO 8596), which is 2.9 mm at two
metres: capitals of 12 pt. A3 is set from 1.4 times these sizes on, so that names and numbers keep clear of that.
"""

_SMALLEST = 6.5
"""Nothing is set smaller; what does not fit then becomes a note."""

_LARGEST = 1.6
"""How much larger than its usual size the table becomes on a sheet with room for it."""

_SHRUNK = 0.8
"""How far the table shrinks beside its usual size before texts become notes."""

_READ_CLOSE = 0.8
"""How large what stands below the table is beside it: who looks for a right stands before the sheet."""

_STEP = 0.06
_A4_WIDTH = 842.0
_GAP = 12.0
_FIRST = 0.17
"""The share of the width that the severities have."""

_LINES = 2
"""The lines that a text which has become a note keeps in its place."""

_MOST_OF_TWO_LINES, _MOST_OF_A_PAGE = 1_000, 40_000
"""Characters beyond which nobody need try whether they fit: Tabloid has 30,000 of the smallest."""

_CALL = "Call the owner, then the backup. If neither has answered in the time to answer, call the next level. "
_CALL_ALL = _CALL.replace("backup. If neither", "backup, then the deputies in their order. If nobody")
_RULES = (
    "Times count from the moment a level is called. "
    f"NOT verified: nobody has proved for so long that the number works; it is asked every "
    f"{Importance.S1.interval.days} days of who is called for S1, every {Importance.S2.interval.days} for S2."
)


def matrix_sheet(pages: Sequence[Overview], stamp: Stamp, size: PageSize) -> Sheet:
    """The sheet of these stages, each beginning a page of paper that lies on its long side."""
    paper, today = size.lying(MARGIN), stamp.printed.date()
    blocks: list[Block] = []
    for number, page in enumerate(pages):
        blocks += [NewPage()] if number else []
        blocks += _stage(page, paper, today)
    title = _title(pages[0]) if len(pages) == 1 else _name(pages[0])
    return Sheet(
        title=f"Escalation matrix: {title}",
        running=(f"Escalation matrix: {title}", _causes(pages[0])),
        blocks=tuple(blocks),
        stamp=stamp,
        size=paper,
    )


def _stage(page: Overview, size: PageSize, today: date) -> list[Block]:
    """A stage as large as lets all of it stand on one page; else the table alone; else with notes.

    Before anything becomes a note the text shrinks, but not so far that nobody reads it from where the sheet hangs.
    """
    usual, scales = _usual(size), list(_scales(size))
    outdated = len({point.value for point, importance in page.numbers() if is_stale(point, importance, today)})
    remark = outdated_remark(outdated, usual)
    head = masthead(("escalation matrix", QUIET), (_causes(page), QUIET), _title(page), remark, size, usual)
    room = size.height_free - stack_height(tuple(head), size.column) - 8
    setting_at = functools.partial(_Setting, page, size.column, today)

    def close_at(scale: float) -> _Setting:
        return setting_at(min(max(scale * _READ_CLOSE, _SMALLEST / _TEXT), usual))

    def fits(scale: float, *, whole: bool, limit: int = 0) -> bool:
        setting = setting_at(scale, limit)
        table, below = setting.table(), close_at(scale).below()
        if setting.breaks_numbers:
            return False
        return stack_height((table, *(below if whole else below[:1])), size.column) <= room

    readable = [scale for scale in scales if scale >= usual * _SHRUNK] or scales
    holds_all = sum(map(len, setting_at(usual).table().texts())) < _MOST_OF_A_PAGE
    for whole in (True, False) if holds_all else ():
        place = bisect_left(readable, True, key=functools.partial(fits, whole=whole))
        if place < len(readable):
            return [*head, setting_at(readable[place]).table(), *close_at(readable[place]).below()]
    place = bisect_left(scales, True, key=functools.partial(fits, whole=False, limit=_LINES))
    noted = setting_at(scales[min(place, len(scales) - 1)], _LINES)
    table, close = noted.table(), close_at(noted.scale)
    return [*head, table, *close.below(), *close.noted(noted.notes)]


def _usual(size: PageSize) -> float:
    """How large the text is beside that on A4."""
    return max(size.width / _A4_WIDTH, _SMALLEST / _TEXT)


def _scales(size: PageSize) -> Iterator[float]:
    """From the largest worth having down to where the text is as small as it may be."""
    least = _SMALLEST / _TEXT
    scale = max(_usual(size) * _LARGEST, least)
    while scale > least:
        yield scale
        scale -= _STEP
    yield least


@dataclass
class _Setting:
    """One attempt at a page, all sizes `scale` times those of A4. With a `limit` of lines longer texts become notes.

    After the table has been set, `breaks_numbers` tells whether a number was too wide for its column.
    """

    page: Overview
    width: float
    today: date
    scale: float
    limit: int = 0
    notes: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    breaks_numbers: bool = False

    def table(self) -> Rows:
        """The matrix itself."""
        first = self.width * _FIRST
        other = (self.width - first - _GAP * len(self.page.levels)) / max(len(self.page.levels), 1)
        widths = [first, *(other for _ in self.page.levels)]
        head = _Squares([(), *(tuple(self._level(level, other)) for level in self.page.levels)], widths, self.scale)
        head.rule, head.shade = 1.0, BLACK
        rows = []
        for line in self.page.lines:
            squares = [tuple(self._cell(cell, other)) for cell in line.cells]
            rows.append(_Squares([tuple(self._severity(line, first)), *squares], widths, self.scale))
        return Rows(rows, head, after=4)

    def below(self) -> list[Block]:
        """What stands under the table: who speaks and how to read it, then who may decide."""
        half = (self.width - _GAP) / 2
        speakers, rules = tuple(self._speakers()), (self._set([(self._rules(), QUIET)]),)
        blocks: list[Block] = [Row([speakers, rules], [half, half], gap=_GAP, above=4, below=2, rule=0)]
        rights = [self._set(self._right(right)) for right in self.page.rights]
        if rights:
            pairs = [rights[at : at + 2] for at in range(0, len(rights), 2)]
            rows = [
                Row([(text,) for text in pair], [half] * len(pair), gap=_GAP, above=1, below=1, rule=0)
                for pair in pairs
            ]
            where = f" at {self.page.stage}" if self.page.stage else ""
            head = self._set([(f"May decide{where}", BOLD)], _NAME)
            blocks.append(Rows([Row([(head,)], [self.width], above=4, below=1, rule=0, leads=True), *rows]))
        return blocks

    def noted(self, notes: Mapping[str, Sequence[Span]]) -> list[Block]:
        """The texts that had no room in the table."""
        rows = [
            Row(
                [(self._set([(f"({number})", BOLD)]),), (self._set(spans),)],
                [24, self.width - 34],
            )
            for number, spans in enumerate(notes.values(), start=1)
        ]
        head = Row([(self._set([("Notes", BOLD)], _NAME),)], [self.width], above=8, below=1, rule=0, leads=True)
        return [Rows([head, *rows])] if rows else []

    def _level(self, level: Level, width: float) -> Iterator[Text]:
        yield self._bounded([(f"{level.rank} · {level.name}", BOLD)], _NAME, width)
        if level.purpose:
            yield self._bounded([(level.purpose, QUIET)], _TEXT, width)

    def _severity(self, line: Line, width: float) -> Iterator[Text]:
        yield self._set([(f"{MARKS[line.severity]}\xa0{line.severity}", BOLD)], _CODE)
        if line.definition is None:
            yield self._set([("not defined yet", BOLD)])
            return
        yield self._bounded([(line.definition.name, BOLD)], _TEXT, width)
        criteria = line.definition.criteria.strip().split("\n\n")[0]
        if criteria:
            yield self._bounded(flow.spans(render(criteria)), _TEXT, width)
        if line.definition.cadence:
            yield self._set([(f"update every {format_span(line.definition.cadence)}", QUIET)])

    def _cell(self, cell: Cell | None, width: float) -> Iterator[Text]:
        if cell is None or cell.not_escalated:
            yield self._set([("nothing is set" if cell is None else "not escalated", QUIET)])
            return
        owner, backup = self._person(cell.owner), self._person(cell.backup)
        yield from self._called(owner, "", "no owner", width)
        if backup is not None or not cell.deputies:
            yield from self._called(backup, "backup ", "no backup", width)
        for deputy in filter(None, map(self._person, cell.deputies)):
            yield from self._called(deputy, "deputy ", "", width)
        targets = (("answer", cell.acknowledge), ("act", cell.act), ("resolve", cell.resolve))
        said = [f"{verb} {format_span(span)}".replace(" ", "\xa0") for verb, span in targets if span is not None]
        if said and cell.calendar:
            said.append("in\xa0business\xa0hours")
        yield self._set([(" · ".join(said) or "no time is set", PLAIN if said else BOLD)], before=1.5)

    def _called(self, person: Contact | None, role: str, nobody: str, width: float) -> Iterator[Text]:
        """A person of a cell and the number to call first."""
        if person is None:
            yield self._set([(nobody, BOLD)])
            return
        size = _TEXT if role else _NAME
        yield self._bounded([(role, QUIET), (person.name, PLAIN if role else BOLD)], size, width)
        yield self._set(self._number(person, width, size), size)
        point = number_on_paper(person)
        if point is not None and is_dialled(point):
            self.breaks_numbers |= self._set([written(point)], size).widest()[0] > width

    def _number(self, person: Contact, width: float, size: float = _TEXT) -> list[Span]:
        if person.retired is not None:
            return [("no longer in use", BOLD)]
        point = number_on_paper(person)
        if point is None:
            return [("no number for paper", BOLD)]
        said, ink = self._proof(person, point, width)
        return [written(point), (" ", PLAIN), (said, ink._replace(scale=_TEXT / size))]

    def _proof(self, person: Contact, point: ContactPoint, width: float) -> Span:
        """The proof in few words, on one line if a line can hold it."""
        said, ink = proof(point, self.page.importance_of(person), self.today)
        short = said.replace(" days ago", " d ago").replace(" day ago", " d ago")
        whole = short.replace(" ", "\xa0")
        return (whole if self._set([(whole, ink)]).widest()[0] <= width else short), ink

    def _rules(self) -> str:
        has_deputies = any(cell.deputies for line in self.page.lines for cell in line.cells if cell is not None)
        return (_CALL_ALL if has_deputies else _CALL) + _RULES

    def _speakers(self) -> Iterator[Text]:
        if self.page.deployment is None:
            return
        yield self._set([("Single point of contact", BOLD)], _NAME)
        if self.page.deployment.point_of_contact is None:
            yield self._set([("Nobody is named to speak to people outside.", BOLD)])
        for number, person in enumerate(self.page.speakers()):
            role: list[Span] = [("when away ", QUIET)] if number else []
            name: Span = (person.name, PLAIN if number else BOLD)
            yield self._set([*role, name, ("  ", PLAIN), *self._number(person, self.width)])

    def _right(self, right: DecisionRight) -> list[Span]:
        decider, alternate = self._person(right.decider), self._person(right.alternate)
        limits = [right.threshold] if right.threshold else []
        limits += [f"{MARKS[right.severity]}\xa0{right.severity} only"] if right.severity else []
        limits += [f"until {day(right.expires)}"] if right.expires else []
        spans: list[Span] = [(", ".join([right.decision, *limits]) + ": ", PLAIN)]
        spans.append((decider.name if decider else "nobody", BOLD))
        return [*spans, (f", else {alternate.name}", PLAIN)] if alternate else spans

    def _person(self, contact: str | None) -> Contact | None:
        return self.page.contacts.get(contact or "")

    def _set(self, spans: Sequence[Span], size: float = _TEXT, *, before: float = 0.0) -> Text:
        size *= self.scale
        return Text(spans, Style(size, size * 1.28, before=before * self.scale, align="left"))

    def _bounded(self, spans: Sequence[Span], size: float, width: float) -> Text:
        """A text of the table, or its beginning and the number of the note that has it whole."""
        text = self._set(spans, size)
        if self.limit and _lines(text, width) > self.limit:
            self.notes.setdefault(text.plain, tuple(spans))
            number = list(self.notes).index(text.plain) + 1
            return self._shortened(text, f"… ({number})", width)
        return text

    def _shortened(self, text: Text, end: str, width: float) -> Text:
        ink: Ink = text.spans[-1][1]
        least, most = 0, min(len(text.plain), _MOST_OF_TWO_LINES)
        while least < most:
            middle = (least + most + 1) // 2
            attempt = Text([(text.plain[:middle], ink), (end, BOLD)], text.style)
            least, most = (middle, most) if _lines(attempt, width) <= self.limit else (least, middle - 1)
        return Text([(text.plain[:least].rstrip(), ink), (end, BOLD)], text.style)


class _Squares(Row):
    """A row of the matrix, with a thin line between any two of its cells."""

    def __init__(self, cells: Sequence[tuple[Block, ...]], widths: Sequence[float], scale: float) -> None:
        super().__init__(cells, widths, gap=_GAP, above=3.5 * scale, below=4 * scale)

    def paint(self, canvas: Any, x: float, y: float) -> None:
        super().paint(canvas, x, y)
        right = x - self.gap / 2
        for width in self.widths[:-1]:
            right += width + self.gap
            draw_rule(canvas, (right, y), (right, y + self.height), 0.5, LINE)


def _lines(text: Text, width: float) -> int:
    return round(text.wrap(width, 0)[1] / text.style.leading)


def _title(page: Overview) -> str:
    return f"{_name(page)}: {page.stage or 'any stage'}"


def _name(page: Overview) -> str:
    return page.deployment.name if page.deployment else "Every deployment"


def _causes(page: Overview) -> str:
    return f"{page.cause_class} causes" if page.cause_class else "internal and external causes alike"
