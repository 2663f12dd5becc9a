"""The sheet of one known blocker, with its notes beside the passages they are about."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import NotFound
from escplaybook.domain.knowledge import TEXT_FIELDS, Entry
from escplaybook.domain.mentions import pictures_in
from escplaybook.domain.uses import Outcome
from escplaybook.services.sheets.wishes import Content, Wish
from escplaybook.store.blobs import data_of
from escplaybook.store.book import Book
from escplaybook.store.knowledge import notes_on
from escplaybook.store.records import by_key, everything
from escplaybook.store.uses import uses_of

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, _at: datetime) -> Content:
    """One known blocker. Raises NotFound if `wish.subject` is not the key of one."""
    entry = by_key(book, wish.subject)
    if not isinstance(entry, Entry):
        raise NotFound(f"{entry.key} is not a known blocker; nothing was printed. Their keys look like KB-0001.")

    uses = uses_of(book, entry.id)
    notes = [note for note in notes_on(book, entry.id) if note.is_in_use]
    pictures = _pictures(book, entry)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.entries import entry_sheet

        return entry_sheet(entry, stamp, size, notes, uses, pictures)

    # a success more leaves a sheet as good as it was; a failure since makes it one that must not be leant on
    failed = (use for use in uses if use.outcome is Outcome.FAILED and use.retired is None)
    return Content(wish, (entry, *notes, *failed), (), lay_out)


def wishes(book: Book, _at: datetime) -> Iterator[Wish]:
    """Every known blocker in use."""
    yield from (Wish("entry", subject=one.key) for one in everything(book, Entry, "key") if one.retired is None)


def _pictures(book: Book, entry: Entry) -> dict[str, bytes]:
    """The pictures that an entry's texts show, by their hash, as far as this book has them."""
    found: dict[str, bytes] = {}
    texts = (*(getattr(entry, name) for name in TEXT_FIELDS), *(section.text for section in entry.rest))
    for known in (known for text in texts for known in pictures_in(text)):
        with suppress(NotFound):
            found[known] = data_of(book, Attachment("picture", known, 0))
    return found
