"""How the hits of a search divide: the counts beside the filters."""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

from escplaybook.search.find import interruptible
from escplaybook.search.query import parse
from escplaybook.store.book import Book
from escplaybook.store.index import FACETS


def facets(
    book: Book, text: str, kinds: Collection[str] = (), now: datetime | None = None
) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values and how many hits of the same search have each, most frequent first."""
    query = parse(text, now or datetime.now(UTC))
    where, values = "retired = 0", list(kinds)
    if kinds:
        where += f" AND kind IN ({', '.join('?' * len(kinds))})"
    if query.match:
        where += " AND number IN (SELECT rowid FROM found WHERE found MATCH ?)"
        values.append(query.match)
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    with interruptible():
        for row in book.connection.execute(f"SELECT {', '.join(FACETS)} FROM searchable WHERE {where}", values):
            for facet in FACETS:
                if row[facet]:
                    counts[facet][row[facet]] += 1
    return {facet: sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])) for facet, counter in counts.items()}
