"""Keeping a book sound."""

from contextlib import suppress
from pathlib import Path

from escplaybook.domain.errors import BookUnusable
from escplaybook.store.book import Book
from escplaybook.store.index import pieces, rebuild, tidy

UNTIDY = 8
"""Pieces of the full-text tables from which it is worth bringing them together."""


def opened(path: Path, *, read_only: bool = False) -> Book:
    """The book at `path` with a search that is up to date, also if an older program wrote it; raises as Book.open does.

    Where it cannot be written, what an older program found is found still.
    """
    book = Book.open(path, read_only=read_only)
    if book.search_is_behind:
        with suppress(BookUnusable), Book.open(path) as writer:  # protected, or another program is just doing it
            rebuild_search(writer)
    return book


def rebuild_search(book: Book) -> None:
    """Make the search index anew from the records, in one transaction. Raises BookUnusable."""
    with book.writing():
        rebuild(book)


def tidy_search(book: Book) -> bool:
    """Bring together what saves have left in the full-text tables, if it is much; whether anything was done.

    It is done between two saves, so that neither they nor searches wait for it. Raises BookUnusable.
    """
    if book.read_only or pieces(book) < UNTIDY:
        return False
    with book.writing():
        tidy(book)
    return True
