"""A book of the edition before the audit is brought along and takes waivers."""

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.waivers import Waiver
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from tests.conftest import NOW


def test_a_book_from_before_takes_waivers(path, older_book, contact):
    older_book(migrations._waivers)
    with Book.open(path) as book:
        mara = editing.add(book, contact(), NOW)
        waiver = Waiver("w", "M49", mara.id, "contact", "On leave", "Ruth", NOW.date(), NOW, NOW)
        (stored,) = editing.apply(book, "Waive", Edit(None, waiver), now=NOW)
        assert stored.after.key == "WA-0001"
        assert records.everything(book, Waiver) == [stored.after]
        assert records.everything(book, Contact) == [mara]
        assert list(checking.trouble(book)) == []
