"""Tables whose widths come from what stands in them; one too wide for the paper becomes a stack of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from escplaybook.paper.lines import BLACK, BOLD, Span
from escplaybook.paper.rows import Row, Rows
from escplaybook.paper.text import Block, Style, Text

Cells = list[tuple[list[Span], bool]]
"""One row: the spans of each cell, and whether they stand at its right edge."""

CELL = Style(8.5, 11.5)
_SMALLER = (1.0, 0.88, 0.77)
"""The sizes tried, largest first; at the last of them text is 6.5 points high."""
_GAP, _WORD = 10.0, 96.0
"""Between columns; and the width beyond which a word is broken sooner than a table stacked."""


_NOTHING = Text((), CELL)


def table(head: Cells, rows: Sequence[Cells], width: float, *, indent: float = 0.0) -> Iterator[Block]:
    """The blocks of a table under a head that every page repeats. `head` may be empty."""
    count = max(len(row) for row in (head, *rows))
    for scale in _SMALLER:
        style = replace(CELL, size=CELL.size * scale, leading=CELL.leading * scale)
        texts = [[_text(cell, style) for cell in row] for row in ([head] if head else []) + list(rows)]
        widths = _widths(texts, count, width - _GAP * (count - 1))
        if widths:
            made = [_row(row, widths, indent) for row in texts]
            first = made.pop(0) if head else None
            if first is not None:
                first.rule, first.shade = 0.9, BLACK
            yield Rows(made, first, before=4, after=8)
            return
    yield Rows([_stacked(head, row, width, indent) for row in rows], before=4, after=8)


def widths_of(rows: Sequence[Sequence[Sequence[Text]]], room: float) -> list[float]:
    """How wide each column is whose cells are texts one below the other; empty if their words do not fit in."""
    columns = list(zip(*rows, strict=True))
    flat = [[text for cell in column for text in cell] for column in columns]
    lines = [list(line) for line in zip_longest(*flat, fillvalue=_NOTHING)]
    return _widths(lines, len(columns), room)


def _text(cell: tuple[list[Span], bool], style: Style) -> Text:
    spans, is_right = cell
    return Text(spans, replace(style, align="right" if is_right else style.align))


def _row(texts: Sequence[Text], widths: Sequence[float], indent: float) -> Row:
    return Row([(text,) for text in texts], widths[: len(texts)], gap=_GAP, above=3, below=3, indent=indent)


def _widths(rows: Sequence[Sequence[Text]], count: int, room: float) -> list[float]:
    """How wide each column is; empty if not even their words fit side by side."""
    least, most = [0.0] * count, [0.0] * count
    for row in rows:
        for place, text in enumerate(row):
            widest_word, whole = text.widest()
            least[place] = max(least[place], min(widest_word, _WORD))
            most[place] = max(most[place], whole)
    if sum(least) > room:
        return []
    if sum(most) <= room:
        return [wide + 0.1 for wide in most]
    wish = [whole - word for whole, word in zip(most, least, strict=True)]
    share = (room - sum(least)) / sum(wish)
    return [word + more * share for word, more in zip(least, wish, strict=True)]


def _stacked(head: Cells, row: Cells, width: float, indent: float) -> Row:
    """A row as a list of what its columns are called and what they say."""
    texts = []
    for place, (spans, _) in enumerate(row):
        called = "".join(text for text, _ in head[place][0]) if place < len(head) else ""
        texts.append(Text([(f"{called}: ", BOLD), *spans] if called else spans, CELL))
    return Row([tuple(texts)], [width], above=4, below=4, indent=indent)
