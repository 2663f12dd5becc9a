"""Questions about who reads which playbook."""

from escplaybook.domain.readings import ReadingQuestion
from escplaybook.store.book import Book
from escplaybook.store.rows import from_row


def questions_in(book: Book, reading_id: str) -> list[ReadingQuestion]:
    """What was asked in a reading, the oldest first."""
    rows = book.connection.execute(
        "SELECT * FROM reading_questions WHERE reading = ? AND retired IS NULL ORDER BY asked, key", (reading_id,)
    )
    return [from_row(ReadingQuestion, row) for row in rows]
