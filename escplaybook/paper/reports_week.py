"""The weekly review on paper: what changed, what went stale, what the audit found since; one page to sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.audit import Finding
from escplaybook.domain.due import Due
from escplaybook.domain.edition_diff import Difference
from escplaybook.paper.lines import PLAIN, QUIET
from escplaybook.paper.page import PageSize, Sheet, Stamp, day, heading, masthead
from escplaybook.paper.reports import TOLD, Figures, Ruled, SignOff, nothing
from escplaybook.paper.reports_audit import rule_rows
from escplaybook.paper.rows import Box, Row, Rows
from escplaybook.paper.text import Block, Style, Text

_TICK, _KEY, _GAP = 12.0, 52.0, 8.0
_FACT = Style(9, 12.5, after=2)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a week's review looks at. `last` says who signed the one before and when, empty if nobody did."""

    since: datetime
    last: str
    changes: tuple[Difference, ...]
    stale: tuple[Due, ...]
    findings: tuple[Finding, ...]


def week_report(week: Reviewed, stamp: Stamp, size: PageSize) -> Sheet:
    """The sheet to be gone through and signed."""
    title = "Weekly review of the matrix"
    span = f"{day(week.since.astimezone(stamp.printed.tzinfo))} to {day(stamp.printed)}"
    last = week.last or "Nobody has reviewed it before."
    head = masthead(("weekly review", QUIET), (span, QUIET), title, [Text([(last, PLAIN)], _FACT)], size)
    figures = (
        (str(len(week.changes)), "change" if len(week.changes) == 1 else "changes"),
        (str(len(week.stale)), "gone stale"),
        (str(len(week.findings)), "new finding" if len(week.findings) == 1 else "new findings"),
    )
    return Sheet(
        title=title,
        running=(title, span),
        blocks=(*head, Figures(figures), *_parts(week, size), *_end()),
        stamp=stamp,
        size=size,
    )


def _parts(week: Reviewed, size: PageSize) -> Iterator[Block]:
    yield from heading("Changed")
    yield from _list([(one.record.key if one.record is not None else "", _sentence(one)) for one in week.changes], size)
    yield from heading("Went stale")
    yield from _list([(one.record.key, one.what) for one in week.stale], size)
    yield from heading("New findings of the audit")
    if week.findings:
        yield from rule_rows(sorted(week.findings, key=lambda one: one.rule.id), size.column)
    else:
        yield nothing("None.")


def _sentence(difference: Difference) -> str:
    return f"{difference.words[0].upper()}{difference.words[1:]}."


def _list(lines: Sequence[tuple[str, str]], size: PageSize) -> Iterator[Block]:
    """A line each, with a box for whoever has looked at it."""
    if not lines:
        yield nothing("Nothing.")
        return
    widths = [_TICK, _KEY, size.column - _TICK - _KEY - 2 * _GAP]
    yield Rows(
        [
            Row(
                [(Box(9.0, above=2.0),), (Text([(key, PLAIN)], TOLD),), (Text([(words, PLAIN)], TOLD),)],
                widths,
                gap=_GAP,
                above=3,
                below=3,
            )
            for key, words in lines
        ]
    )


def _end() -> Iterator[Block]:
    yield from heading("Decided")
    yield Ruled(3)
    yield from heading("Reviewed")
    yield SignOff(("for engineering", "for the business", "on"))
