"""Blocks in the order in which ReportLab is to build them, and where pages begin."""

import itertools
from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak

from escplaybook.paper.rows import kept_together
from escplaybook.paper.text import Block


class NewPage(Block):
    """What follows begins a page of the kind `template`: “first” without a running head, “later” with one, “lying”.

    It stays on this one if at least `unless` of it is free.
    """

    def __init__(self, template: str = "first", unless: float = 0.0) -> None:
        super().__init__()
        self.template, self.unless = template, unless


def story(blocks: Sequence[Block]) -> Iterator[Flowable]:
    """The blocks as ReportLab builds them, which leaves traces on them; so these are twins."""
    waiting: NewPage | None = None
    for is_break, group in itertools.groupby(blocks, lambda block: isinstance(block, NewPage)):
        if is_break:  # one page begins, whoever asks for it; the last one says what kind, unless there may be room
            asked = [block for block in group if isinstance(block, NewPage)]
            waiting = next((block for block in reversed(asked) if not block.unless), asked[-1])
            continue
        if waiting is not None:
            yield from _new_page(waiting)
        yield from (block.twin() for block in kept_together(group))


def _new_page(asked: NewPage) -> Iterator[Flowable]:
    if asked.unless:
        yield CondPageBreak(asked.unless)
    else:
        yield NextPageTemplate(asked.template)
        yield PageBreak()
