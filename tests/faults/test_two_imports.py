"""Two programs bring the same files into one book at the same time."""

import pytest

from escplaybook.domain.errors import ChangedElsewhere
from escplaybook.domain.knowledge import Entry
from escplaybook.services.importing import import_markdown
from escplaybook.store import checking, records
from escplaybook.store.book import Book
from tests.services.tracker_pages import many


def test_nothing_is_in_the_book_twice(book, path, tmp_path, now):
    """Each looks whether a page is here before it takes the write lock: what one stores, the other has not seen."""
    folder = tmp_path / "collection"
    many(folder, 30)
    seen = []

    def other_program_is_faster() -> bool:
        seen.append("a page")
        if len(seen) == 20:  # nineteen are looked at and wait for their batch
            with Book.open(path) as other:
                import_markdown(other, [folder], now=now)
        return False

    with pytest.raises(ChangedElsewhere, match="Import again"):
        import_markdown(book, [folder], now=now, cancelled=other_program_is_faster)
    assert records.count(book, Entry) == 30
    assert import_markdown(book, [folder], now=now).same == 30
    assert not list(checking.trouble(book))
