"""Questions about what was suggested."""

from escplaybook.domain.suggestions import Suggestion
from escplaybook.store.book import Book
from escplaybook.store.rows import from_row


def suggestions_on(book: Book, record_id: str) -> list[Suggestion]:
    """What was suggested about a record, the oldest first."""
    rows = book.connection.execute(
        "SELECT * FROM suggestions WHERE about = ? AND retired IS NULL ORDER BY created, key", (record_id,)
    )
    return [from_row(Suggestion, row) for row in rows]
