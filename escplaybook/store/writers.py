"""What the search asks of a record that its own text does not say: who wrote it last; and what people go by.

Read where it is kept, not copied into the index: nothing can drift, and a copy without its past still agrees.
"""

from escplaybook.store.book import Book

LAST_WRITER = """(
    CASE WHEN searchable.kind IN (
        'annotation', 'use', 'suggestion', 'question', 'waiver', 'reading', 'reading-question'
    ) THEN '' ELSE (
        SELECT strokes.author FROM history JOIN strokes ON strokes.id = history.stroke
        WHERE history.record = searchable.record ORDER BY history.number DESC LIMIT 1
    ) END
)"""
"""SQL for the name of who wrote the record in `searchable` last; empty for kinds that name their author themselves."""


def writers(book: Book) -> dict[str, int]:
    """Everybody who ever wrote in the book, with how many strokes, the busiest first."""
    rows = book.connection.execute("SELECT author, count(*) AS strokes FROM strokes GROUP BY author ORDER BY 2 DESC, 1")
    return {row["author"]: row["strokes"] for row in rows}


def people_by(book: Book, column: str) -> dict[str, int]:
    """The values of a column of `contacts` (`team`, `zone`) with how many people in use have each, largest first."""
    rows = book.connection.execute(
        f"SELECT {column}, count(*) FROM contacts WHERE retired IS NULL AND {column} <> '' "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row[0]: row[1] for row in rows}
