"""Searches worth asking again: each under a name, kept in the memory beside the book, so that they are one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory

SAVED = "saved searches"
NAME_LIMIT = 120
"""Characters of a name; more cannot be read in a list."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`text` as it is typed into the search box, for records of these kinds; none means any."""

    name: str
    text: str
    kinds: tuple[str, ...] = ()


def saved_searches(memory: Memory) -> list[SavedSearch]:
    """In the order in which they were saved."""
    kept = memory.recall(SAVED, [])
    return [SavedSearch(one["name"], one["text"], tuple(one["kinds"])) for one in kept]


def keep(memory: Memory, searches: Sequence[SavedSearch]) -> None:
    """These are the saved searches from now on; so a list of before takes a change back."""
    memory.remember(SAVED, [{"name": one.name, "text": one.text, "kinds": one.kinds} for one in searches])


def save(memory: Memory, search: SavedSearch) -> SavedSearch:
    """Keep a search under its name, in the place of one that has it. Raises InvalidRecord."""
    if not search.text.strip():
        raise InvalidRecord("There is nothing to search for; type what the saved search is to find.")
    search = SavedSearch(_checked(search.name), " ".join(search.text.split()), search.kinds)
    kept = saved_searches(memory)
    at = _place(kept, search.name)
    keep(memory, [*kept, search] if at is None else [*kept[:at], search, *kept[at + 1 :]])
    return search


def rename(memory: Memory, name: str, new: str) -> SavedSearch:
    """Give a saved search another name. Raises NotFound, and InvalidRecord if another search has that name."""
    kept = saved_searches(memory)
    at = _found(kept, name)
    new = _checked(new)
    if _place(kept, new) not in (None, at):
        raise InvalidRecord(f"There is a saved search “{new}” already; choose another name.")
    kept[at] = SavedSearch(new, kept[at].text, kept[at].kinds)
    keep(memory, kept)
    return kept[at]


def remove(memory: Memory, name: str) -> SavedSearch:
    """Keep a search no more. Raises NotFound."""
    kept = saved_searches(memory)
    gone = kept.pop(_found(kept, name))
    keep(memory, kept)
    return gone


def named(memory: Memory, name: str) -> SavedSearch:
    """The saved search of that name. Raises NotFound."""
    kept = saved_searches(memory)
    return kept[_found(kept, name)]


def count(book: Book, search: SavedSearch, now: datetime) -> tuple[int, bool]:
    """How many records it finds now, and whether there are more, as counting ends somewhere. Raises Interrupted."""
    from escplaybook.search.find import COUNTED, find  # 0.1 s to import; the window stands first

    total = find(book, search.text, kinds=search.kinds, limit=1, now=now).total
    return total, total == COUNTED


def _checked(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise InvalidRecord("Give the saved search a name.")
    if len(said) > NAME_LIMIT:
        raise InvalidRecord(f"Keep the name of a saved search under {NAME_LIMIT} characters.")
    return said


def _found(kept: Sequence[SavedSearch], name: str) -> int:
    at = _place(kept, name)
    if at is None:
        listed = ", ".join(f"“{one.name}”" for one in kept[:8]) or "none at all"
        raise NotFound(f"No saved search is called “{name}”; there are {listed}.")
    return at


def _place(kept: Sequence[SavedSearch], name: str) -> int | None:
    said = " ".join(name.split()).casefold()
    return next((at for at, one in enumerate(kept) if one.name.casefold() == said), None)
