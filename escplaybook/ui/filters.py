"""Filters as they stand in the search box: `system:identity`, `stage:"go live"`."""

import re

from escplaybook.search.question import DATES, FIELDS

FILTERS = (*FIELDS, *DATES, "title")
"""What may stand before the colon; see `search.query`."""

_FILTER = re.compile(rf"(?<!\S)({'|'.join(FILTERS)}):(\"[^\"]*\"|\S+)", re.IGNORECASE)


def filters_in(text: str) -> list[tuple[str, str]]:
    """The filters in a search, as (facet, value), in the order they are typed."""
    return [(found[1].lower(), found[2].strip('"')) for found in _FILTER.finditer(text)]


def words_in(text: str) -> str:
    """The search without its filters."""
    return " ".join(_FILTER.sub("", text).split())


def toggled(text: str, facet: str, value: str) -> str:
    """The search with that filter added, or without it if it was there. A facet holds one value at a time."""
    kept = [filter_ for filter_ in filters_in(text) if filter_[0] != facet]
    if (facet, value.casefold()) not in [(name, held.casefold()) for name, held in filters_in(text)]:
        kept.append((facet, value))
    return " ".join([words_in(text), *(f"{name}:{_quoted(held)}" for name, held in kept)]).strip()


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
