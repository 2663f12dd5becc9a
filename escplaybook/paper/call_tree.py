"""The log of a call tree: who calls whom, in which order, and what came of every number, by the number of its line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from escplaybook.domain.call_tree import Call
from escplaybook.domain.classification import MARKS
from escplaybook.domain.verification import Check
from escplaybook.paper.lines import BLACK, BOLD, LINE, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import PageSize, Sheet, Stamp, masthead
from escplaybook.paper.proofs import proof, written
from escplaybook.paper.rows import Row, Rows
from escplaybook.paper.text import Block, Mark, Style, Text, draw_box, draw_line, draw_rule, length_of

_NAME = Style(9.5, 12.5, align="left")
_LESS = Style(8, 11, align="left")
_NUMBER = Style(10.5, 13.5, align="left")
_LINE_NUMBER = Style(9.5, 13.5, align="right")
_BOX = Style(8.5, 13.5, align="left")
_GAP, _NUMBER_WIDTH = 10.0, 22.0
_SHARES = (0.31, 0.69)
_NARROW = 420.0
_TRIES = 3

_HOW = (
    "Say the message below, word for word, and let it be said back. Whoever is not reached after three tries is passed "
    "over: call whom they would have called. Note when each try was made, tick who was reached and whether it was said "
    "back right. Afterwards key it in by the numbers of the lines: “{line} ok”, “{line} ok, message wrong”, "
    "“{line} failed engaged”, “{line} now +44 …”."
)


def call_tree_sheet(
    calls: Sequence[Call],
    lines: Sequence[tuple[int, Check]],
    form_id: str,
    where: str,
    zone: str,
    stamp: Stamp,
    size: PageSize,
) -> Sheet:
    """The sheet of these calls; `lines` are the numbers to ring, each with that of its line."""
    title = f"Call tree: {where}"
    count = f"{len(calls)} {'person' if len(calls) == 1 else 'people'}"
    how = _HOW.format(line=lines[0][0])
    below = [Text([(how, PLAIN)], Style(8.5, 12, after=3))]
    times = f"{count} · times in {zone.replace('_', ' ')}"
    head = masthead((f"form {form_id}", BOLD), (times, QUIET), title, below, size)
    numbers: dict[str, list[tuple[int, Check]]] = {}
    for number, check in lines:
        numbers.setdefault(check.holder.id, []).append((number, check))
    rows = list(_rows(calls, numbers, size, stamp.printed.date()))
    message = (Blank("Message", 2), Blank("Begun by, at", 1), Blank("Ended at; who was not reached", 1))
    return Sheet(
        title=title,
        running=(title, f"form {form_id}"),
        blocks=(*head, *message, Rows(rows, _head(size), before=14)),
        stamp=stamp,
        size=size,
    )


class Blank(Block):
    """Words, before them a box to tick if there is to be one, and after them lines to write on to the end."""

    def __init__(self, words: str, lines: int = 1, *, high: float = 20.0, box: bool = False) -> None:
        super().__init__()
        self.words, self.lines, self.high, self.box = words, lines, high, box

    def texts(self) -> Iterator[str]:
        yield self.words

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As many lines as it has, each `high`."""
        self.width, self.height = width, self.lines * self.high
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:
        """The first line begins after the words."""
        words: list[Span] = [(self.words, PLAIN if self.box else QUIET)]
        low = y + self.height - self.high + 2
        begins = x
        if self.box:
            draw_box(canvas, x + 0.5, low, 8.0)
            begins += 14
        draw_line(canvas, begins, low + 1, words, 8)
        begins += length_of(words) * 8 + 5
        for at in range(self.lines):
            draw_rule(
                canvas, (x if at else begins, low - at * self.high), (x + self.width, low - at * self.high), 0.4, LINE
            )


def _widths(size: PageSize) -> list[float]:
    if size.column < _NARROW:
        return [size.column]
    room = size.column - _GAP
    return [room * share for share in _SHARES]


def _head(size: PageSize) -> Row:
    widths = _widths(size)
    words = ("Who, and who calls them", "Number, and what came of it") if len(widths) > 1 else ("Who, number, result",)
    return Row([(Text([(word, QUIET)], _LESS),) for word in words], widths, gap=_GAP, below=3, rule=0.75, shade=BLACK)


def _rows(
    calls: Sequence[Call], numbers: Mapping[str, Sequence[tuple[int, Check]]], size: PageSize, today: date
) -> Iterator[Row]:
    widths, level = _widths(size), ""
    for call in calls:
        named = f"{call.rank.level.rank} · {call.rank.level.name}" if call.rank else "Speaks to people outside"
        if named != level:
            level = named
            yield Row([(Text([(named, BOLD)], _NAME, outlined=1),)], [size.column], above=9, below=3, leads=True)
        tried = [row for line in numbers.get(call.person.id, ()) for row in _tried(line, widths[-1], today)]
        nobody = Text([("no number for paper; reach them another way", QUIET)], _LESS)
        who, result = tuple(_who(call)), tuple(tried) or (nobody,)
        cells = [who, result] if len(widths) > 1 else [(*who, *result)]
        yield Row(cells, widths, gap=_GAP, above=5, below=4)


def _who(call: Call) -> Iterator[Text]:
    yield Text([(call.person.name, BOLD)], _NAME)
    if call.post is not None:
        duties = dict.fromkeys((duty.role, f"{MARKS[duty.severity]}\xa0{duty.severity}") for duty in call.post.duties)
        for role in dict.fromkeys(role for role, _ in duties):
            marks = ", ".join(mark for one, mark in duties if one is role)
            yield Text([(f"{role} at {marks}", PLAIN)], _LESS)
    caller = call.caller.name if call.caller is not None else "whoever begins"
    yield Text([("called by ", QUIET), (caller, PLAIN)], _LESS)


def _tried(line: tuple[int, Check], width: float, today: date) -> Iterator[Block]:
    """A number, and under it the tries and what came of them."""
    number, check = line
    room = width - _NUMBER_WIDTH - _GAP
    kind = f"  {check.point.label or check.point.kind}  "
    proved, mark = proof(check.point, check.importance, today)
    to_ring = Text(
        [written(check.point), (kind, QUIET._replace(scale=0.76)), (proved, mark._replace(scale=0.76))], _NUMBER
    )
    tries = [(Blank(f"{at} at", high=15, box=True),) for at in range(1, _TRIES + 1)]
    by = [(_ticked("reached"),), (_ticked("said back right"),), (Blank("by", high=15),)]
    beside = (
        to_ring,
        Row(tries, [room / 3 - 7] * 3, gap=10, above=1, below=0, rule=0),
        Row(by, [room / 3 - 7] * 3, gap=10, above=2, below=6, rule=0),
    )
    own = Text([(str(number), Ink(BOLD.face, tabular=True))], _LINE_NUMBER)
    yield Row([(own,), beside], [_NUMBER_WIDTH, room], gap=_GAP, above=0, below=0, rule=0)


def _ticked(words: str) -> Text:
    return Text([(words, PLAIN)], _BOX, indent=14, mark=Mark(box=True))
