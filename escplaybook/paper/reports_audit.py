"""The audit on paper: what breaks which rule, why that matters, how it is mended, and what may stay for a while."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from escplaybook.domain.audit import Finding, standing
from escplaybook.domain.audit_case import Grade
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Ink
from escplaybook.paper.page import PageSize, Sheet, Stamp, day, heading, masthead
from escplaybook.paper.reports import LESS, TOLD, Figures, SignOff, nothing, said
from escplaybook.paper.rows import Box, Row, Rows
from escplaybook.paper.text import Block, Style, Text

_RULE = Style(9.5, 13, before=7, leads=True)
_KEY, _TICK, _GAP = 52.0, 12.0, 8.0
_NARROW = 320.0

_GRADES = {
    Grade.ERROR: ("error", "errors", "Errors: they break the matrix"),
    Grade.WARNING: ("warning", "warnings", "Warnings: they will hurt one day"),
    Grade.ADVICE: ("advice", "advice", "Advice: it could be better"),
}
"""What so many of a grade are called, and the heading of their part."""


def audit_report(findings: Sequence[Finding], rules: int, stamp: Stamp, size: PageSize) -> Sheet:
    """The report of these findings, the gravest first; `rules` is how many rules were asked."""
    title = "Audit of the matrix"
    left = [one for one in findings if one.waiver is not None]
    figures = []
    for grade, (one, many, _) in _GRADES.items():
        count = len(standing(findings, grade))
        figures.append((str(count), one if count == 1 else many))
    figures.append((str(len(left)), "waived"))
    asked = f"{rules} rules asked on {day(stamp.printed)}"
    head = masthead(("audit report", QUIET), (asked, QUIET), title, [], size)
    return Sheet(
        title=title,
        running=(title, day(stamp.printed)),
        blocks=(*head, Figures(figures), _signed(), *_parts(findings, size), *_waived(left, size)),
        stamp=stamp,
        size=size,
    )


def rule_rows(findings: Sequence[Finding], width: float) -> Iterator[Block]:
    """The findings rule by rule: its id and name, why it matters, how to mend it, and what breaks it, to tick off."""
    for rule, group in groupby(findings, key=lambda one: one.rule):
        yield Text([(rule.id, Ink(BOLD.face, tabular=True)), (f"  {rule.name}", BOLD)], _RULE)
        yield said("Why", rule.why)
        yield said("Mend it", rule.fix)
        yield Rows([_row(one, width) for one in group])


def _parts(findings: Sequence[Finding], size: PageSize) -> Iterator[Block]:
    for grade, (_, _, words) in _GRADES.items():
        found = standing(findings, grade)
        yield from heading(words)
        if found:
            yield from rule_rows(sorted(found, key=lambda one: one.rule.id), size.column)
        else:
            yield nothing("None.")


def _row(finding: Finding, width: float) -> Row:
    what = Text([(finding.what, PLAIN)], TOLD)
    key = Text([(finding.record.key, PLAIN)], TOLD)
    if width < _NARROW:
        cells, widths = [(Box(9.0, above=2.0),), (key, what)], [_TICK, width - _TICK - _GAP]
    else:
        cells = [(Box(9.0, above=2.0),), (key,), (what,)]
        widths = [_TICK, _KEY, width - _TICK - _KEY - 2 * _GAP]
    return Row(cells, widths, gap=_GAP, above=3, below=3)


def _waived(findings: Sequence[Finding], size: PageSize) -> Iterator[Block]:
    yield from heading("Waived: they stay as they are for a while")
    if not findings:
        yield nothing("None.")
        return
    rows = []
    for one in findings:
        assert one.waiver is not None  # else it stands
        until = [(f"until {day(one.waiver.until)}", BOLD), (f"  {one.waiver.by}: {one.waiver.reason}", PLAIN)]
        what = (Text([(f"{one.rule.id}  ", QUIET), (one.what, PLAIN)], TOLD), Text(until, LESS))
        rows.append(Row([(Text([(one.record.key, PLAIN)], TOLD),), what], [_KEY, size.column - _KEY - _GAP], gap=_GAP))
    yield Rows(rows)


def _signed() -> Block:
    return SignOff(("looked at by", "role", "on", "next audit"))
