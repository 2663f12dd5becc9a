"""Questions about known blockers and what is noted on them."""

from escplaybook.domain.annotations import Annotation
from escplaybook.store.book import Book
from escplaybook.store.rows import from_row


def notes_on(book: Book, entry_id: str) -> list[Annotation]:
    """The mentors' notes on an entry that are in use, oldest first."""
    rows = book.connection.execute(
        "SELECT * FROM annotations WHERE entry = ? AND retired IS NULL ORDER BY created, key", (entry_id,)
    )
    return [from_row(Annotation, row) for row in rows]
