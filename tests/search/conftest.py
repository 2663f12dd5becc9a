from datetime import UTC, datetime

import pytest

from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing
from escplaybook.store.book import Book

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


@pytest.fixture
def add(book, now):
    """Writes new records; returns them as stored."""

    def build(*records):
        return [made.after for made in editing.apply(book, "Add", *(Edit(None, one) for one in records), now=now)]

    return build


@pytest.fixture(scope="session")
def full_book(tmp_path_factory):
    """A small book that only readers share."""
    with Book.create(tmp_path_factory.mktemp("search") / "b.db") as book:
        texts = {"Login loops": "KB-0142 a b é", "登录失败": "x-api-key", "C++ crash": "login retired", "Mail": "late"}
        made = (an_entry(title, symptoms=text, tags=("x",)) for title, text in texts.items())
        editing.apply(book, "Add", *(Edit(None, one) for one in made), now=NOW)
        yield book


def an_entry(title, **fields):
    """An entry for stories that cannot use fixtures."""
    return Entry(new_id(NOW), title, NOW, NOW, **fields)
