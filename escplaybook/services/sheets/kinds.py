"""Every kind of paper by the name the command line gives it. A kind is added here and nowhere else."""

from collections.abc import Callable
from datetime import datetime

from escplaybook.domain.errors import NotFound
from escplaybook.services.sheets import call_list, entry, matrix, people, playbook
from escplaybook.services.sheets.wishes import Content, Wish, wish_read
from escplaybook.store.book import Book

KINDS: dict[str, Callable[[Book, Wish, datetime], Content]] = {
    "entry": entry.content,
    "contact-sheet": people.content,
    "matrix": matrix.content,
    "call-list": call_list.content,
    "playbook": playbook.content,
}


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """What belongs on the sheet, as the book is. Raises NotFound if there is nothing to print."""
    if wish.sheet not in KINDS:
        raise NotFound(f"This program prints no “{wish.sheet}”; there are {', '.join(KINDS)}.")
    return KINDS[wish.sheet](book, wish, at)


def wish_at(address: str) -> Wish | None:
    """The wish of an address; None if it is none."""
    try:
        wish = wish_read(address)
    except ValueError:
        return None
    return wish if wish.sheet in KINDS else None
