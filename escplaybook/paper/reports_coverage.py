"""The coverage of a week on paper: a heat map for each severity, in grey, and who is missing when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.coverage import Coverage, Hole
from escplaybook.domain.coverage_week import Day, share_of, week_of
from escplaybook.domain.naming import cell_name
from escplaybook.paper.lines import BOLD, LINE, PLAIN, QUIET, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, day, heading, masthead
from escplaybook.paper.reports import LESS, TOLD, Figures, nothing
from escplaybook.paper.rows import Row, Rows
from escplaybook.paper.text import Block, Style, Text, draw_line, draw_rule

_DAYS, _SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), 34.0
_ROW, _HEAD = 13.0, 12.0
_HEADING = Style(10, 13, before=9, after=2, leads=True)
_SAID = Style(8.5, 12, after=3)
_LIGHTEST, _DARKEST = 0.82, 0.25
"""The grey of an hour in which little is missing, and of one in which all is."""

_HOW = (
    "An hour is white when every level of every stage is answered by a person, and the darker the more of them is not; "
    "a dot marks the hours in which nobody answers anywhere."
)


@dataclass(frozen=True, slots=True)
class _Missing:
    """A cell at which nobody answers for so many hours, the first time from `first.start` on."""

    first: Hole
    hours: int
    times: int


def coverage_report(found: Coverage, where: str, zone: str, stamp: Stamp, size: PageSize) -> Sheet:
    """The report of the week from `found.start` on, on the clock of `zone`."""
    title = f"Coverage of the week: {where}"
    begins = found.start.astimezone(zone_named(zone))
    span = f"{day(begins)} to {day(begins + timedelta(days=found.days) - timedelta(minutes=1))}"
    times = f"times in {zone.replace('_', ' ')}"
    head = masthead((f"coverage · {span}", QUIET), (times, QUIET), title, [Text([(_HOW, PLAIN)], _SAID)], size)
    figures = [(_percent(found.share), "covered")]
    figures += [(_minutes(found.to_human), "at worst to a person"), (_minutes(found.to_right), "at worst to the right")]
    return Sheet(
        title=title,
        running=(title, span),
        blocks=(*head, Figures(figures), *_maps(found, zone), *_holes(found, zone, size)),
        stamp=stamp,
        size=size,
    )


class Map(Block):
    """A week's hours, a row a day."""

    def __init__(self, days: Sequence[Day]) -> None:
        super().__init__()
        self.days = tuple(days)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Rows of one height under the hours of the day."""
        self.width, self.height = width, _HEAD + _ROW * len(self.days)
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """The hours from midnight to midnight."""
        wide = (self.width - _SHORT) / 24
        for hour in range(0, 24, 3):
            draw_line(canvas, x + _SHORT + hour * wide, y + self.height - 8, [(f"{hour:02}", QUIET)], 7)
        for place, one in enumerate(self.days):
            low = y + self.height - _HEAD - (place + 1) * _ROW
            words: list[Span] = [(f"{_DAYS[one.day.weekday()]} {one.day.day}", PLAIN)]
            draw_line(canvas, x, low + 4, words, 7.5)
            for hour, found in enumerate(one.hours):
                self._paint_hour(canvas, x + _SHORT + hour * wide, low, wide, found.share)
        for place in range(len(self.days) + 1):
            low = y + self.height - _HEAD - place * _ROW
            draw_rule(canvas, (x + _SHORT, low), (x + self.width, low), 0.4, LINE)
        for hour in range(0, 25, 6):
            left = x + _SHORT + hour * wide
            draw_rule(canvas, (left, y), (left, y + self.height - _HEAD), 0.4, LINE)

    def _paint_hour(self, canvas: Any, x: float, y: float, wide: float, share: float | None) -> None:
        if share is None or share >= 1:
            return
        canvas.setFillGray(_LIGHTEST - (_LIGHTEST - _DARKEST) * (1 - share))
        canvas.rect(x, y, wide, _ROW, stroke=0, fill=1)
        if share == 0:
            canvas.setFillGray(1.0)
            canvas.circle(x + wide / 2, y + _ROW / 2, 1.4, stroke=0, fill=1)


def _maps(found: Coverage, zone: str) -> Iterator[Block]:
    for severity in Severity:
        share = share_of(found, severity)
        if share is not None:
            mark = f"{MARKS[severity]}\xa0{severity}"
            is_whole = share >= 1
            covered = "  every hour is covered" if is_whole else f"  {_percent(share)} covered"
            yield Text([(mark, BOLD), (covered, QUIET)], replace(_HEADING, leads=not is_whole), outlined=1)
            if not is_whole:
                yield Map(week_of(found, severity, zone))


def _holes(found: Coverage, zone: str, size: PageSize) -> Iterator[Block]:
    yield from heading("Who is missing")
    missing = _by_cell(found.holes)
    if not missing:
        yield nothing("Nobody: every hour is covered.")
        return
    width = size.column - 52 - 8
    rows = []
    for one in missing:
        place = one.first.place
        hours = f"{one.hours} h" + (f" in {one.times} pieces" if one.times > 1 else "")
        name: list[Span] = [(f"{MARKS[place.severity]}\xa0", PLAIN), (cell_name(one.first.cell), BOLD)]
        first = f"first {_told(one.first.start, zone)} to {_told(one.first.end, zone)}: {one.first.why}"
        what = (Text([*name, (f"  {hours}", PLAIN)], TOLD), Text([(first, QUIET)], LESS))
        rows.append(Row([(Text([(one.first.cell.key, PLAIN)], TOLD),), what], [52, width], gap=8, above=3, below=3))
    yield Rows(rows)


def _by_cell(holes: Sequence[Hole]) -> list[_Missing]:
    """Each cell once, however many stages and causes it holds for, in the order of the holes."""
    times: dict[str, dict[tuple[datetime, datetime], Hole]] = {}
    for hole in holes:
        times.setdefault(hole.cell.id, {}).setdefault((hole.start, hole.end), hole)
    found = []
    for one in times.values():
        listed = list(one.values())
        hours = sum(round((hole.end - hole.start).total_seconds() / 3600) for hole in listed)
        found.append(_Missing(min(listed, key=lambda hole: hole.start), hours, len(listed)))
    return found


def _told(instant: datetime, zone: str) -> str:
    local = instant.astimezone(zone_named(zone))
    return f"{_DAYS[local.weekday()]} {local:%H:%M}"


def _percent(share: float) -> str:
    """Never 100 % while an hour is missing."""
    return f"{int(share * 1000) / 10:g} %"


def _minutes(found: int | None) -> str:
    if found is None:
        return "never"
    return f"{found} min" if found < 120 else f"{found / 60:.0f} h"
