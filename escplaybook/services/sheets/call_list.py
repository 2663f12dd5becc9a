"""The call list: numbers to be proved, each line with a number of its own for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.errors import NotFound
from escplaybook.services.call_lists import numbered, to_call
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

    holders = tuple({check.holder.id: check.holder for _, check in lines}.values())
    return Content(replace(wish, first=first), holders, (), lay_out, named=holders)


def wishes(book: Book, at: datetime) -> Iterator[Wish]:
    """The list of what is to be proved now, if anything is."""
    if to_call(programme(book), at.date()):
        yield Wish("call-list")
