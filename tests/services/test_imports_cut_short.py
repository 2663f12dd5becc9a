"""An import that is cancelled, killed or overtaken leaves whole items, and the next run completes it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from escplaybook.domain.errors import BookUnusable
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing
from escplaybook.services.importing import BATCH, import_markdown
from escplaybook.store import checking, records
from escplaybook.store.book import Book
from tests.services.tracker_pages import many, put


def test_an_item_is_told_only_once_it_is_in_the_book(book, path, folder, now):
    many(folder, BATCH + 5)
    (folder / "zz-empty.md").write_text("")
    told = []

    def check(done):
        told.append((done.done, done.total))
        with Book.open(path, read_only=True) as reader:
            assert done.item.did == "refused" or records.by_key(reader, done.item.key)

    import_markdown(book, [folder], now=now, progress=check)
    assert told == [(number, BATCH + 6) for number in range(1, BATCH + 7)]


def test_cancelled_what_came_in_stays_whole_and_can_be_taken_back(book, folder, now):
    many(folder, BATCH + 20)
    asked = iter([False] * (BATCH + 7) + [True])
    report = import_markdown(book, [folder], now=now, cancelled=lambda: next(asked))
    assert report.cancelled
    assert report.added == len(report.items) == records.count(book, Entry) == BATCH + 7
    assert not list(checking.trouble(book))
    rest = import_markdown(book, [folder], now=now)
    assert (rest.added, rest.same, rest.cancelled) == (13, BATCH + 7, False)
    editing.undo(book, now)
    editing.undo(book, now)
    assert records.count(book, Entry) == 0


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from escplaybook.services.importing import import_markdown
from escplaybook.store.book import Book

left = int(sys.argv[3])
def count(_):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

book = Book.open(Path(sys.argv[1]))
book.connection.set_trace_callback(count)
import_markdown(book, [Path(sys.argv[2])], now=datetime(2026, 11, 24, tzinfo=UTC),
                progress=lambda done: print(done.item.key, flush=True))
"""


@pytest.mark.parametrize("statement", [3, 300, 800])
def test_killed_it_leaves_whole_items_and_the_next_run_completes_it(book, path, folder, now, statement):
    many(folder, 2 * BATCH)
    book.close()
    command = [sys.executable, "-c", KILLED, str(path), str(folder), str(statement)]
    victim = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert victim.returncode == -signal.SIGKILL, victim.stderr
    with Book.open(path) as again:
        assert not list(checking.trouble(again))
        keys = {entry.key for entry in records.everything(again, Entry)}
        assert keys >= set(victim.stdout.split())
        assert len(keys) % BATCH == 0
        report = import_markdown(again, [folder], now=now)
        assert (report.same, report.added) == (len(keys), 2 * BATCH - len(keys))
        assert not list(checking.trouble(again))


def test_somebody_elses_change_meanwhile_is_not_overwritten(book, path, folder, now):
    put(folder, "a")
    put(folder, "b")
    import_markdown(book, [folder], now=now)
    put(folder, "a", cause="Theirs.")
    asked = []

    def change_when_the_first_is_decided() -> bool:
        asked.append("")
        if len(asked) == 2:
            with Book.open(path) as other:
                editing.change(other, records.by_key(other, "KB-0001"), now, symptoms="Meanwhile.")
        return False

    report = import_markdown(book, [folder], now=now, cancelled=change_when_the_first_is_decided)
    assert (report.changed, report.same, report.conflicts) == (1, 1, ())
    entry = records.by_key(book, "KB-0001")
    assert (entry.symptoms, entry.cause) == ("Meanwhile.", "Theirs.")


def test_a_disk_that_fills_up_midway_is_told_with_what_came_in_before(book, folder, now):
    many(folder, BATCH)
    put(folder, "zz-last", cause="x" * 200_000)

    def fill(_):
        pages = book.connection.execute("PRAGMA page_count").fetchone()[0]
        book.connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite answers as on a full disk

    with pytest.raises(BookUnusable, match=f"{BATCH} came in and stay. The next ones did not: The disk"):
        import_markdown(book, [folder], now=now, progress=fill)
    assert records.count(book, Entry) == BATCH
