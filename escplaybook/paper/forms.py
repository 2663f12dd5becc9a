"""Forms to fill in by hand: boxes with numbers by which they are keyed in afterwards."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from escplaybook.domain.form_kinds import IMPACT
from escplaybook.domain.forms import Asked, Box, Form, Section
from escplaybook.paper.form_boxes import Field, FieldRow
from escplaybook.paper.lines import BOLD, PLAIN, QUIET
from escplaybook.paper.page import PageSize, Sheet, Stamp, masthead
from escplaybook.paper.rows import Row
from escplaybook.paper.text import Block, Style, Text

_SAID = Style(8.5, 12, after=3)
_HEADING = Style(11, 14, before=9, after=3, leads=True)
_ASIDE, _GAP = 0.3, 14.0
"""The share of the width that stands beside the first boxes; and between the two."""

_NARROW = 400.0
"""A column narrower than this has one box a line, and nothing beside it."""

_SHARES = {
    "deployment": 0.6,
    "stage": 0.4,
    "observed": 0.5,
    "system": 0.5,
    "data_domain": 0.4,
    "milestone": 0.6,
    "severity": 0.5,
    "overruled": 0.5,
    "ticket": 0.5,
    "reporter": 0.5,
    "notified": 0.3,
    "taken_by": 0.4,
    "taken_at": 0.3,
    "blocker": 0.65,
    "at": 0.35,
    "next": 0.5,
    "by": 0.5,
}
"""How much of the width a box takes; all of it if it is not named here."""

_HALF = 0.5
"""The questions of the impact stand two by two."""

_LINES = {"context": 7, "dependencies": 5, "options": 6, "risk": 5}
_LINES_OF_TEXT = 4
_MORE = (4, 3, 2, 1, 0, -1, -2)
"""Lines more than these that each text gets: as many as make the form no longer."""

_RESERVE = 40.0


def form_sheet(form: Form, stamp: Stamp, size: PageSize, aside: Sequence[Block] = ()) -> Sheet:
    """The form, with what is good to know beside its first boxes."""
    below = [Text([(form.how, PLAIN)], _SAID)]
    times = (f"times in {form.zone.replace('_', ' ')}", QUIET)
    head = masthead((f"form {form.id}", BOLD), times, form.title, below, size)
    tried = [[*head, *_sections(form, size, aside, more)] for more in _MORE]
    least = _pages(tried[-1], size)
    blocks = next(laid for laid in tried if _pages(laid, size) <= least)
    return Sheet(
        title=form.title, running=(form.title, f"form {form.id}"), blocks=tuple(blocks), stamp=stamp, size=size
    )


def section_heading(text: str) -> Text:
    """The heading of a group of boxes."""
    return Text([(text, BOLD)], _HEADING, outlined=1)


def _pages(blocks: Sequence[Block], size: PageSize) -> int:
    """How many pages they take, near enough: no block is divided, and a little of every page stays free."""
    room, pages, used = size.height_free - _RESERVE, 1, 0.0
    for block in blocks:
        high = block.wrap(size.column, room)[1] + block.spaceBefore + block.spaceAfter
        if used + high > room:
            pages, used = pages + 1, 0.0
        used += high
    return pages


def _sections(form: Form, size: PageSize, aside: Sequence[Block], more: int) -> Iterator[Block]:
    is_wide = size.column >= _NARROW
    for place, section in enumerate(form.sections):
        yield section_heading(section.heading)
        if section.said:
            yield Text([(section.said, PLAIN)], replace(_SAID, after=5, leads=True))
        rows = list(_rows(section, is_wide, more))
        if place == 0 and aside and is_wide:
            narrow = (size.column - _GAP) * _ASIDE
            cells = [tuple(rows), tuple(aside)]
            yield Row(cells, [size.column - narrow - _GAP, narrow], gap=_GAP, above=0, below=0, rule=0)
            continue
        yield from rows
        if place == 0:
            yield from aside


def _rows(section: Section, is_wide: bool, more: int) -> Iterator[FieldRow]:
    """The boxes in rows, as many side by side as their shares allow."""
    row: list[tuple[Box, float]] = []
    for box in section.boxes:
        share = _share(box) if is_wide else 1.0
        if row and sum(one for _, one in row) + share > 1.01:
            yield _row(row, more)
            row = []
        row.append((box, share))
    if row:
        yield _row(row, more)


def _row(boxes: Sequence[tuple[Box, float]], more: int) -> FieldRow:
    return FieldRow([Field(box, _lines(box, more)) for box, _ in boxes], [share for _, share in boxes])


def _share(box: Box) -> float:
    return _HALF if box.name.startswith(IMPACT) else _SHARES.get(box.name, 1.0)


def _lines(box: Box, more: int) -> int:
    return _LINES.get(box.name, _LINES_OF_TEXT) + more if box.asked is Asked.TEXT else 1
