"""Questions about what came of using known blockers."""

from collections import defaultdict

from escplaybook.domain.uses import Outcome, Use
from escplaybook.store.book import Book
from escplaybook.store.rows import from_row


def uses_of(book: Book, entry_id: str) -> list[Use]:
    """Every use of an entry, retired ones too, oldest first."""
    rows = book.connection.execute("SELECT * FROM uses WHERE entry = ? ORDER BY at, key", (entry_id,))
    return [from_row(Use, row) for row in rows]


def uses_by_entry(book: Book) -> dict[str, list[Use]]:
    """Every use there is, by the id of its entry, oldest first."""
    found: dict[str, list[Use]] = defaultdict(list)
    for row in book.connection.execute("SELECT * FROM uses ORDER BY at, key"):
        use = from_row(Use, row)
        found[use.entry].append(use)
    return dict(found)


def use_counts(book: Book) -> dict[str, int]:
    """How often each entry was used on a blocker that it fitted, by its id; those never used are left out."""
    rows = book.connection.execute(
        "SELECT entry, count(*) AS times FROM uses WHERE retired IS NULL AND outcome != ? GROUP BY entry",
        (Outcome.NOT_APPLICABLE,),
    )
    return {row["entry"]: row["times"] for row in rows}


def uses_on(book: Book, blocker_id: str) -> list[Use]:
    """The uses recorded for a blocker at hand that count, oldest first."""
    rows = book.connection.execute(
        "SELECT * FROM uses WHERE blocker = ? AND retired IS NULL ORDER BY at, key", (blocker_id,)
    )
    return [from_row(Use, row) for row in rows]
