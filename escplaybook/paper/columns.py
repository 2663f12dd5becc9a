"""Tables whose widths come from what stands in them; one too wide for the paper becomes a stack of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from escplaybook.paper.lines import BLACK, BOLD
from escplaybook.paper.rows import Row, Rows
from escplaybook.paper.text import Style, Text

Align = Literal["start", "left", "right"]
Cell = tuple[Callable[[Style], list[Text]], Align]
"""What makes the texts of a cell in a style, and at which of its edges they stand."""

Cells = Sequence[Cell]
"""One row."""

CELL = Style(8.5, 11.5)
_SMALLER = (1.0, 0.88, 0.77)
"""The sizes tried, largest first; at the last of them text is 6.5 points high."""
_GAP, _WORD = 10.0, 96.0
"""Between columns; and the width beyond which a word is broken sooner than a table stacked."""
_HIGH = 200.0
"""The height of a row up to which it goes to the next page whole."""


def table(head: Cells, rows: Sequence[Cells], width: float, style: Style = CELL, *, indent: float = 0.0) -> Rows:
    """A table under a head that every page repeats. `head` may be empty."""
    return side_by_side(head, rows, width, style, indent=indent) or Rows(
        [_stacked(head, row, width, style, indent) for row in rows], before=4, after=8
    )


def side_by_side(
    head: Cells, rows: Sequence[Cells], width: float, style: Style = CELL, *, indent: float = 0.0
) -> Rows | None:
    """The table with its columns beside each other, set smaller if need be; None if there is no room for them."""
    count = max(len(row) for row in (head, *rows))
    for scale in _SMALLER:
        smaller = replace(style, size=style.size * scale, leading=style.leading * scale)
        texts = [[_texts(cell, smaller) for cell in row] for row in ([head] if head else []) + list(rows)]
        room = width - _GAP * (count - 1)
        if widths := _widths(texts, count, room):
            widths = _with_room_to_write(widths, texts[1:] if head else texts, room)
            made = [_row(row, widths, indent) for row in texts]
            first = made.pop(0) if head else None
            if first is not None:
                first.rule, first.shade = 0.9, BLACK
            return Rows(made, first, before=4, after=8)
    return None


def widths_of(rows: Sequence[Sequence[Sequence[Text]]], room: float) -> list[float]:
    """How wide each column is whose cells are texts one below the other; empty if their words do not fit in."""
    return _widths(rows, max((len(row) for row in rows), default=0), room)


def _texts(cell: Cell, style: Style) -> list[Text]:
    make, align = cell
    return make(replace(style, align=align))


def _row(cells: Sequence[Sequence[Text]], widths: Sequence[float], indent: float) -> Row:
    return Row(
        [tuple(cell) for cell in cells], widths[: len(cells)], gap=_GAP, above=3, below=3, indent=indent, long=_HIGH
    )


def _widths(rows: Sequence[Sequence[Sequence[Text]]], count: int, room: float) -> list[float]:
    """How wide each column is; empty if not even their words fit side by side."""
    least, most = [0.0] * count, [0.0] * count
    for row in rows:
        for place, cell in enumerate(row):
            for text in cell:
                widest_word, whole = text.widest()
                least[place] = max(least[place], min(widest_word, _WORD))
                most[place] = max(most[place], whole)
    if sum(least) > room:
        return []
    if sum(most) <= room:
        return [wide + 0.1 for wide in most]
    return _shared(least, most, room)


def _with_room_to_write(widths: Sequence[float], rows: Sequence[Sequence[Sequence[Text]]], room: float) -> list[float]:
    """The same widths, columns with empty cells widened by what is left of the room: they are filled in by hand."""
    blank = {place for row in rows for place, cell in enumerate(row) if not any(text.plain.strip() for text in cell)}
    spare = max(room - sum(widths), 0.0)
    return [wide + (spare / len(blank) if place in blank else 0.0) for place, wide in enumerate(widths)]


def _shared(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """Columns that are content with an equal share of the room get what they want; the others share the rest.

    A column with four times as much text gets twice as much more, so that no row is high for one narrow column.
    """
    widths, open_columns = list(least), [place for place, word in enumerate(least) if word < most[place]]
    while open_columns:
        left = room - sum(widths)
        fair = left / len(open_columns)
        content = [place for place in open_columns if most[place] - least[place] <= fair]
        if not content:
            wishes = {place: (most[place] - least[place]) ** 0.5 for place in open_columns}
            for place in open_columns:
                widths[place] += left * wishes[place] / sum(wishes.values())
            break
        for place in content:
            widths[place] = most[place] + 0.1
        open_columns = [place for place in open_columns if place not in content]
    return widths


def _stacked(head: Cells, row: Cells, width: float, style: Style, indent: float) -> Row:
    """A row as a list of what its columns are called and what they say."""
    texts = []
    for place, (make, _) in enumerate(row):
        called = " ".join(text.plain for text in head[place][0](style)) if place < len(head) else ""
        first, *rest = make(style) or [Text([], style)]
        texts += [Text([(f"{called}: ", BOLD), *first.spans], style) if called else first, *rest]
    return Row([tuple(texts)], [width], above=4, below=4, indent=indent)
