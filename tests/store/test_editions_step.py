"""A book from before editions is brought along, and an edition comes out of it as it went in."""

from escplaybook.domain.classification import Severity
from escplaybook.domain.editions import Edition, MatrixContent, StandIn
from escplaybook.domain.matrix import Cell
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from tests.conftest import NOW


def test_a_book_from_before_editions_takes_them_in_whole(path, older_book):
    older_book(migrations._editions)
    cell = Cell(id="c", severity=Severity.S1, level=1, created=NOW, updated=NOW)
    content = MatrixContent(cells=(cell,), deputies=(StandIn("m", "j"),))
    with Book.open(path) as book:
        stored = editing.add(book, Edition("e", 1, NOW, NOW, content=content, title="First"), NOW)
        assert stored.key == "ED-0001"
        assert records.everything(book, Edition) == [stored]
        assert list(checking.trouble(book)) == []
