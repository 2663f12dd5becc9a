"""Known blockers that come in again: those merged into another meanwhile, and those that are probably here already."""

from collections.abc import Sequence

from escplaybook.domain.double_entries import Titles
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.origins import merged_into
from escplaybook.services.import_subjects import known_by_uid
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.knowledge import titles

MOST = 3
"""Entries that one is said to be like at most."""


class KnownEntries:
    """Knows the entries of a book again. Likeness is looked for among those that were here before the import."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._titles: Titles | None = None

    def look_again(self) -> None:
        """Nothing is remembered that another program could have changed, but titles: these serve for proposals only."""

    def ours_for(self, theirs: Entry) -> Entry | None:
        """The entry in the book that this is; of one that was merged, the one into which it went."""
        found = known_by_uid(self.book, Entry, theirs)
        return self._survivor(found) if found is not None else None

    def merged(self, theirs: Entry) -> Entry | None:
        """The retired double of this entry, if it was merged into another."""
        found = known_by_uid(self.book, Entry, theirs)
        return found if found is not None and self._survivor(found) is not found else None

    def like(self, theirs: Entry) -> Sequence[tuple[Entry, str]]:
        """Entries it may be, each with the reason."""
        if self._titles is None:
            self._titles = Titles(titles(self.book))
        near = records.some(self.book, Entry, self._titles.near(theirs))
        told = ((one, self._titles.reasons(one, theirs)) for one in near)
        return [(one, ", ".join(why)) for one, why in told if why][:MOST]

    def _survivor(self, entry: Entry) -> Entry:
        seen = {entry.id}
        while entry.retired and (into := merged_into(entry.origin)) and into not in seen:
            seen.add(into)
            following = records.find(self.book, Entry, into)
            if following is None:
                break
            entry = following
        return entry
