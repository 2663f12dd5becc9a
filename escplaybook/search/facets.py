"""How the hits of a search divide: the counts beside the filters."""

import json
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from itertools import chain

from escplaybook.search.find import interruptible, last_change, understood
from escplaybook.search.matching import Condition, scope
from escplaybook.search.ranking import strict_and_loose
from escplaybook.search.waiting import waiting
from escplaybook.store.book import Book
from escplaybook.store.index import FACETS
from escplaybook.store.remembered import memory


def facets(
    book: Book, text: str, kinds: Collection[str] = (), now: datetime | None = None, as_typed: bool = False
) -> dict[str, list[tuple[str, int]]]:
    """For each facet, for `tag` and for `queue`, its values and how many hits of `find` have each, most frequent first.

    Raises Interrupted.
    """
    with interruptible():
        at = now or last_change(book)
        question, _ = understood(book, text, at, as_typed=as_typed)
        within = scope(book, "found", question.conditions, kinds)
        strict, loose = strict_and_loose(book, question.words, within) if question.words else ("", "")
        known, key = memory(book), ("facets", within, strict, loose, at.date())
        if key not in known:
            known[key] = _counted(book, loose or strict, within, at)
        counts: dict[str, list[tuple[str, int]]] = known[key]
    return dict(counts)


def _counted(book: Book, match: str, within: Condition, now: datetime) -> dict[str, list[tuple[str, int]]]:
    names = (*FACETS, "reviewed", "queues", "tag")
    rows = book.connection.execute(
        f"SELECT {', '.join(names)} FROM found JOIN searchable ON number = found.rowid "
        f"WHERE found MATCH ? {'AND ' + within.where if within.where else ''}",
        (within.narrowed(match), *within.values),
    ).fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    counts = {facet: Counter(column) for facet, column in zip(FACETS, columns, strict=False)}
    counts["queue"] = waiting(dict(zip(names, columns, strict=True)), now)
    counts["tag"] = Counter(chain.from_iterable(map(json.loads, columns[-1])))
    return {facet: _sorted(counter) for facet, counter in counts.items()}


def _sorted(counter: Counter[str]) -> list[tuple[str, int]]:
    said = ((value, count) for value, count in counter.items() if value)
    return sorted(said, key=lambda pair: (-pair[1], pair[0]))
