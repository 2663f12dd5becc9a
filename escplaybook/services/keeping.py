"""Keeping a book sound."""

from escplaybook.store.book import Book
from escplaybook.store.index import rebuild


def rebuild_search(book: Book) -> None:
    """Make the search index anew from the records, in one transaction."""
    with book.writing():
        rebuild(book)
