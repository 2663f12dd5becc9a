"""The call list: numbers to be proved, each line with a number of its own for good."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.services.call_lists import numbered
from escplaybook.services.sheets.wishes import Content, Wish
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The lines of the list that began with `wish.first`, or those to be proved now."""
    memory = Memory(book.path)
    try:
        first, lines = numbered(memory, programme(book), wish.first, at.date())
    finally:
        memory.close()
    if not lines:
        raise NotFound("No number is to be proved now, so there is nothing to print.")

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.call_list import call_list_sheet

        return call_list_sheet(lines, stamp, size)

    holders: dict[str, Record] = {check.holder.id: check.holder for _, check in lines}
    return Content(replace(wish, first=first), tuple(holders.values()), (), lay_out)
