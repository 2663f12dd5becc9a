"""Search follows what came of using an entry, in the same stroke."""

from dataclasses import replace

import pytest

from escplaybook.domain.edits import Edit
from escplaybook.domain.knowledge import Step
from escplaybook.domain.uses import Outcome
from escplaybook.services import editing, keeping, using
from escplaybook.store import checking, migrations, records
from escplaybook.store.uses import uses_of


@pytest.fixture
def known(book, entry, now):
    return editing.add(book, entry(steps=(Step("Open UDP 123"),), workaround="Allow 300 s of skew."), now)


def confidence_in_search(book, record):
    return book.connection.execute("SELECT confidence FROM searchable WHERE record = ?", (record.id,)).fetchone()[0]


def record(book, known, outcome, now):
    return using.record(book, known, using.use_of(known, outcome, now), now)


def test_a_use_turns_the_entry_in_the_search_and_undo_turns_it_back(book, known, now):
    record(book, known, Outcome.WORKED, now)
    assert confidence_in_search(book, known) == "not validated"
    record(book, known, Outcome.WORKED, now)
    assert confidence_in_search(book, known) == "validated"
    assert not list(checking.trouble(book))
    editing.undo(book, now)
    assert confidence_in_search(book, known) == "not validated"
    assert len(uses_of(book, known.id)) == 1
    assert not list(checking.trouble(book))
    editing.redo(book, now)
    assert confidence_in_search(book, known) == "validated"
    keeping.rebuild_search(book)
    assert confidence_in_search(book, known) == "validated"


def test_an_entry_and_its_use_go_in_one_stroke(book, known, now):
    use = record(book, known, Outcome.FAILED, now)
    editing.apply(book, "Remove both", Edit(use, None), Edit(known, None), now=now)
    assert not list(checking.trouble(book))
    editing.undo(book, now)
    assert records.by_key(book, use.key) == use
    assert not list(checking.trouble(book))


def test_an_older_books_entries_get_their_confidence_when_it_is_brought_up_to_date(
    book, path, entry, known, now, monkeypatch
):
    bare = editing.add(book, entry("No resolution yet"), now)
    prose = editing.add(book, entry("Only a remedy", remedy="Restart it."), now)
    gone = editing.retire(book, editing.add(book, entry("Gone", remedy="Old way."), now), now)
    _as_before_uses(book)
    book.close()
    known_steps = migrations.STEPS[: migrations.STEPS.index(migrations._uses) + 1]  # the later ones are in the tables
    monkeypatch.setattr(migrations, "STEPS", known_steps)
    monkeypatch.setattr(migrations, "VERSION", len(known_steps))
    with keeping.opened(path) as opened:
        assert [confidence_in_search(opened, one) for one in (known, bare, prose, gone)] == [
            "not validated",
            "work in progress",
            "not validated",
            "archived",
        ]
        assert not list(checking.trouble(opened))
        mended = editing.change(opened, known, now, title="Login loops again")
        assert replace(mended, title=known.title, updated=known.updated) == known
        assert not list(checking.trouble(opened))


def _as_before_uses(book):
    """The tables as the step before this one left them."""
    run = book.connection.execute
    number = migrations.STEPS.index(migrations._uses) + 1
    run("DROP TABLE uses")
    for column in ("confidence", "queues", "reviewed"):
        run(f"ALTER TABLE searchable DROP COLUMN {column}")
    run("DELETE FROM _sqlite_migrations WHERE name >= ?", (f"{number:03d}",))
    run(f"PRAGMA user_version = {number - 1}")
