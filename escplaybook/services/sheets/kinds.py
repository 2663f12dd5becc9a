"""Every kind of paper by the name the command line gives it. A kind is added here and nowhere else."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from escplaybook.domain.errors import NotFound
from escplaybook.services.sheets import (
    call_list,
    cards,
    entry,
    forms,
    matrix,
    people,
    playbook,
    reports,
    vendor_card,
)
from escplaybook.services.sheets.wishes import Content, Wish, wish_read
from escplaybook.store.book import Book

Fill = Callable[[Book, Wish, datetime], Content]
Each = Callable[[Book, datetime], Iterable[Wish]]

KINDS: dict[str, Fill] = {
    "entry": entry.content,
    "contact-sheet": people.content,
    "matrix": matrix.content,
    "call-list": call_list.content,
    "cards": cards.content,
    "vendor-card": vendor_card.content,
    "playbook": playbook.content,
    "form": forms.content,
    "report": reports.content,
}

EVERY: dict[str, Each] = {
    "matrix": matrix.wishes,
    "contact-sheet": people.wishes,
    "cards": cards.wishes,
    "vendor-card": vendor_card.wishes,
    "call-list": call_list.wishes,
    "playbook": playbook.wishes,
    "form": forms.wishes,
    "report": reports.wishes,
    "entry": entry.wishes,
}
"""What there is to print of each kind in a book, for whoever prints everything: in the order of the list."""


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """What belongs on the sheet, as the book is. Raises NotFound if there is nothing to print."""
    if wish.sheet not in KINDS:
        raise NotFound(f"This program prints no “{wish.sheet}”; there are {', '.join(KINDS)}.")
    return KINDS[wish.sheet](book, wish, at)


def wishes_of(book: Book, at: datetime) -> Iterator[Wish]:
    """Every paper the book has, for every deployment."""
    for each in EVERY.values():
        yield from each(book, at)


def wish_at(address: str) -> Wish | None:
    """The wish of an address; None if it is none."""
    try:
        wish = wish_read(address)
    except ValueError:
        return None
    return wish if wish.sheet in KINDS else None
