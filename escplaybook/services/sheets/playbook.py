"""A playbook to be handed to somebody: its chapters with what the book says at the moment of printing."""

from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.services.playbooks import playbook_named, reading_of
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The playbook called `wish.subject`, or the one in that folder, for the deployment of the wish."""
    deployment = deployment_of(programme(book), wish)
    read = reading_of(book, playbook_named(wish.subject), deployment, at)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.playbooks import playbook_sheet

        return playbook_sheet(read.playbook, read.chapters, read.pictures, read.deployment, stamp, size)

    return Content(wish, read.records, read.points, lay_out)
