"""The escalation matrix for the wall."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.classification import CauseClass
from escplaybook.domain.errors import NotFound
from escplaybook.domain.living_matrix import standing
from escplaybook.domain.overview import overview
from escplaybook.domain.programme import deployments_of, stages_of
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """One page a stage, or the page of one stage."""
    found = standing(programme(book), at)
    deployment = deployment_of(found, wish)
    stages = stages_of(found, wish.deployment) if wish.stage is None else [wish.stage]
    pages = [overview(found, deployment, stage, wish.cause_class, at.date()) for stage in stages]
    if not any(cell for page in pages for line in page.lines for cell in line.cells):
        raise NotFound("The matrix names nobody here yet, so there is nothing to print; fill in its cells first.")

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.matrix import matrix_sheet

        return matrix_sheet(pages, stamp, size)

    records = {record.id: record for page in pages for record in page.records()}
    return Content(wish, tuple(records.values()), tuple(point for page in pages for point in page.numbers()), lay_out)


def wishes(book: Book, _at: datetime) -> Iterator[Wish]:
    """The matrix of every deployment, or the one there is without any; also of one class of causes where it differs."""
    found = programme(book)
    cells = [cell for cell in found.cells if cell.retired is None]
    for deployment in (*deployments_of(found),) or (None,):
        own = deployment.id if deployment else None
        mine = [cell for cell in cells if cell.deployment in (None, own)]
        if any(cell.cause_class is None for cell in mine):
            yield Wish("matrix", deployment=own)
        for cause in CauseClass:
            if any(cell.cause_class is cause for cell in mine):
                yield Wish("matrix", deployment=own, cause_class=cause)
