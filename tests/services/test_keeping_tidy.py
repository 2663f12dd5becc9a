"""What saves leave in the full-text tables is brought together between them, and search goes on saying the same."""

from dataclasses import replace

from escplaybook.domain.edits import Edit
from escplaybook.search.find import find
from escplaybook.services import editing
from escplaybook.services.keeping import UNTIDY, tidy_search
from escplaybook.store import checking, migrations
from escplaybook.store.book import Book
from escplaybook.store.index import pieces


def saved_often(book, entry, now, times):
    (edit,) = editing.apply(book, "Add", Edit(None, entry()), now=now)
    for turn in range(times):
        changed = replace(edit.after, symptoms=f"Seen {turn} times")
        (edit,) = editing.apply(book, "Mend", Edit(edit.after, changed), now=now)


def test_many_pieces_become_few_and_everything_is_found_as_before(book, entry, now):
    saved_often(book, entry, now, 40)
    before = pieces(book)
    assert before > UNTIDY
    assert tidy_search(book)
    assert pieces(book) < UNTIDY
    assert not tidy_search(book)  # once is enough
    assert list(checking.trouble(book)) == []
    assert find(book, "seen 39 times").total == 1
    assert "<mark>39</mark>" in find(book, "seen 39 times").hits[0].snippet


def test_a_book_for_reading_is_left_as_it_is(book, entry, now):
    saved_often(book, entry, now, 20)
    with Book.open(book.path, read_only=True) as reader:
        assert not tidy_search(reader)


def test_a_book_from_before_may_leave_as_many_pieces_as_a_new_one(path, older_book):
    older_book(migrations._search_merging)
    with Book.open(path) as book:
        for table in ("found", "typed"):
            limits = dict(tuple(row) for row in book.connection.execute(f"SELECT k, v FROM {table}_config"))
            assert limits["crisismerge"] == 64
