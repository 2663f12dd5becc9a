"""Keeping a book sound."""

from contextlib import suppress
from pathlib import Path

from escplaybook.domain.errors import BookUnusable
from escplaybook.store.book import Book
from escplaybook.store.index import rebuild


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
