"""Mentors' notes on paper: numbered where their passage ends, and beside it, or below where the paper is narrow."""

from collections.abc import Iterable, Iterator, Sequence

from escplaybook.domain.annotations import ANNOTATED, Annotation, span_of
from escplaybook.domain.knowledge import Entry
from escplaybook.paper.lines import BOLD, PLAIN, QUIET, Ink, Span
from escplaybook.paper.page import PageSize, heading
from escplaybook.paper.rows import Row, Rows, stack_height
from escplaybook.paper.text import Block, Style, Text
from escplaybook.prose.passages import Marking, Passage, solid, texts_of

_NOTE = Style(8, 10.8, before=2, after=5)
_MARGIN, _GAP = 132.0, 14.0
_NARROWEST = 400.0
"""The column beside which there is room for a margin; on smaller paper notes stand below their passage."""

Part = tuple[list[Block], float, tuple[str, ...]]
"""Blocks, the width of their column, and the numbers of the notes whose passage ends in them."""


class Notes:
    """The notes in use on one entry, numbered in reading order, and the room that the text leaves them."""

    def __init__(self, entry: Entry, notes: Sequence[Annotation], size: PageSize) -> None:
        texts = texts_of(entry)
        in_use = [note for note in notes if note.is_in_use]
        spans = {note.id: span for note in in_use if (span := span_of(note, texts))}
        placed = sorted((note for note in in_use if note.id in spans), key=lambda one: (_order(one), spans[one.id]))
        self._numbered = {str(number): note for number, note in enumerate(placed, 1)}
        self.lost = [note for note in in_use if note.id not in spans]
        self._has_margin = bool(placed) and size.column >= _NARROWEST
        self._column = size.column
        self._beside_margin = size.column - (_MARGIN + _GAP if self._has_margin else 0.0)
        self._markings = {}
        for field in ANNOTATED:
            text = texts(field) if any(note.field == field for note in placed) else ""
            self._markings[field] = Marking(
                [
                    Passage(solid(text[: spans[note.id][0]]), solid(text[: spans[note.id][1]]), number)
                    for number, note in self._numbered.items()
                    if note.field == field
                ]
            )

    def column(self, field: str) -> float:
        """The width that the notes leave that field; all of it if there are none on it."""
        return self._beside_margin if any(one.field == field for one in self._numbered.values()) else self._column

    def marking(self, field: str) -> Marking:
        """What marks the passages of that field; its parts are to be handed to it in their order."""
        return self._markings[field]

    def beside(self, parts: Iterable[Part]) -> Iterator[Block]:
        """The blocks with the notes on them beside or below; what follows a passage stands beside its notes too."""
        text: list[Block] = []
        margin: list[Block] = []
        for blocks, width, numbers in parts:
            notes = [self._note(number) for number in numbers]
            if not self._has_margin or any(isinstance(block, Rows) for block in blocks):
                yield from self._row(text, margin)  # a table is divided by pages alone
                text, margin = [], []
                yield from (*blocks, *notes)
                continue
            if not margin and not notes:
                yield from blocks if width == self._column else self._row(blocks, [])
                continue
            if notes and self._is_short(text, margin):
                yield from self._row(text, margin)  # so that the next note begins beside its own passage
                text, margin = [], []
            text += blocks
            margin += notes
            if not self._is_short(text, margin) and not text[-1].leads:
                yield from self._row(text, margin)
                text, margin = [], []
        yield from self._row(text, margin)

    def at_the_end(self) -> Iterator[Block]:
        """The notes whose passage is gone, with the passage as it was."""
        if self.lost:
            yield from heading("Notes whose passage is gone")
        for note in self.lost:
            yield Text([*_head(note), (f"  stood beside “{note.quote}”. ", QUIET), *_said(note)], _NOTE)

    def _is_short(self, text: list[Block], margin: list[Block]) -> bool:
        """Whether the text ends above the notes beside it."""
        return stack_height(tuple(text), self._beside_margin) < stack_height(tuple(margin), _MARGIN)

    def _row(self, text: list[Block], margin: list[Block]) -> Iterator[Block]:
        """Text and notes side by side; a heading at its end belongs to what follows."""
        count = len(text)
        while count and text[count - 1].leads:
            count -= 1
        text, leading = text[:count], text[count:]
        if text:
            cells = [tuple(text), tuple(margin)]
            row = Row(cells, [self._beside_margin, _MARGIN], gap=_GAP, above=0, below=0, rule=0)
            row.spaceBefore, row.spaceAfter = text[0].spaceBefore, text[-1].spaceAfter
            yield row
        yield from leading

    def _note(self, number: str) -> Text:
        note = self._numbered[number]
        is_unseen = number in self._markings[note.field].unseen
        where: list[Span] = [(f" at “{note.quote}”", QUIET)] if is_unseen else []
        spans: list[Span] = [(f"{number} ", Ink(tabular=True)), *_head(note), *where, ("\n", PLAIN), *_said(note)]
        return Text(spans, _NOTE, indent=7, rails=(0.5,))


def _order(note: Annotation) -> int:
    """The place of its field in reading order: the steps stand behind the remedy."""
    fields = [field for field in ANNOTATED if field != "steps"]
    fields.insert(fields.index("remedy") + 1, "steps")
    return fields.index(note.field)


def _head(note: Annotation) -> list[Span]:
    said = " · ".join(filter(None, (note.kind.capitalize(), note.applies_when)))
    return [(said, BOLD)]


def _said(note: Annotation) -> list[Span]:
    day = note.created
    agree = f" · {len(note.endorsements)}\xa0agree" if note.endorsements else ""
    if len(note.endorsements) == 1:
        agree = " · 1\xa0agrees"
    answers: list[Span] = []
    for answer in note.answers:
        answers += [("\n", PLAIN), (f"{answer.by}: ", QUIET), (answer.text, PLAIN)]
    signed = f"{note.author}, {day.day} {day:%b} {day.year}{agree}"
    return [(note.text, PLAIN), ("\n", PLAIN), (signed, QUIET), *answers]
