"""A call list: the numbers to be proved, each with a number of its own, boxes to tick and room for what was heard."""

from collections.abc import Iterator, Sequence
from datetime import date

from escplaybook.domain.contacts import Contact
from escplaybook.domain.hours import hours_words
from escplaybook.domain.verification import Check
from escplaybook.paper.lines import BLACK, BOLD, PLAIN, QUIET, Ink
from escplaybook.paper.page import PageSize, Sheet, Stamp, masthead
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.rows import Row, Rows, Rule
from escplaybook.paper.text import Block, Mark, Style, Text

_LESS = Style(8, 11, align="left")
_NAME = Style(9.5, 12.5, align="left")
_NUMBER = Style(10.5, 13.5, align="left")
_LINE_NUMBER = Style(9.5, 12.5, align="right")
_BOX = Style(8.5, 12.5, align="left")
_GAP = 10.0
_NUMBER_WIDTH = 24.0
_SHARES = (0.33, 0.32, 0.35)
_NARROW = 420.0

_HOW = (
    "Call each number and ask for its owner. Tick what happened and write the new number down. Afterwards key the "
    "results in by the numbers at the left: “12 ok”, “13 failed no answer”, “14 now +44 …”."
)


def call_list_sheet(lines: Sequence[tuple[int, Check]], stamp: Stamp, size: PageSize) -> Sheet:
    """The sheet of these checks, each with the number by which its result is keyed in."""
    today, title = stamp.printed.date(), "Call list"
    count = f"{len(lines)} number{'' if len(lines) == 1 else 's'} to prove"
    numbers = f"lines {lines[0][0]} to {lines[-1][0]}" if len(lines) > 1 else f"line {lines[0][0]}"
    head = masthead((count, QUIET), (numbers, QUIET), title, [Text([(_HOW, PLAIN)], Style(8.5, 12, after=3))], size)
    widths = _widths(size)
    rows = [_row(number, check, widths, today) for number, check in lines]
    return Sheet(
        title=title,
        running=(title, numbers),
        blocks=(*head, Rows(rows, _head(widths))),
        stamp=stamp,
        size=size,
    )


def _widths(size: PageSize) -> list[float]:
    """Those of the line's number, of who, of the number to call and of what happened; two columns on narrow paper."""
    if size.column < _NARROW:
        return [_NUMBER_WIDTH, size.column - _NUMBER_WIDTH - _GAP]
    room = size.column - _NUMBER_WIDTH - 3 * _GAP
    return [_NUMBER_WIDTH, *(room * share for share in _SHARES)]


def _head(widths: Sequence[float]) -> Row:
    words = ("", "Who", "Number", "What happened") if len(widths) > 2 else ("", "Who, number, what happened")
    cells = [(Text([(word, QUIET)], _LESS),) for word in words]
    return Row(cells, widths, gap=_GAP, above=2, below=3, rule=0.75, shade=BLACK)


def _row(number: int, check: Check, widths: Sequence[float], today: date) -> Row:
    first = (Text([(str(number), Ink(BOLD.face, tabular=True))], _LINE_NUMBER),)
    parts = (tuple(_who(check)), tuple(_to_call(check, today)), tuple(_happened()))
    cells = [first, *parts] if len(widths) > 2 else [first, tuple(block for part in parts for block in part)]
    return Row(cells, widths, gap=_GAP, above=5, below=5)


def _who(check: Check) -> Iterator[Block]:
    holder = check.holder
    yield Text([(holder.name, BOLD)], _NAME)
    post = ", ".join(filter(None, (holder.role, holder.organisation))) if isinstance(holder, Contact) else check.level
    if post:
        yield Text([(post, PLAIN)], _LESS)
    yield Text([(check.importance.words, QUIET)], _LESS)
    for line in (holder.zone.replace("_", " "), hours_words(check.point.hours or holder.hours)):
        yield Text([(line, QUIET)], _LESS)


def _to_call(check: Check, today: date) -> Iterator[Block]:
    yield Text([written(check.point)], _NUMBER)
    yield Text([(check.point.label or str(check.point.kind), QUIET)], _LESS)
    yield Text([proof(check.point, check.importance, today)], _LESS)


def _happened() -> Iterator[Block]:
    yield Text([("reached", PLAIN)], _BOX, indent=14, mark=Mark(box=True))
    yield Text([("not reached, because", PLAIN)], _BOX, indent=14, mark=Mark(box=True))
    yield Text([("new number", PLAIN)], _BOX, indent=14, mark=Mark(box=True))
    yield Rule(0.5, before=18, after=2)
