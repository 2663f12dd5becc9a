"""A program that adds and changes records without end and says each commit aloud: the victim of the kill tests."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing
from escplaybook.store.book import Book

START = datetime(2026, 11, 24, tzinfo=UTC)


def main(path: Path, kill_at: int) -> None:
    """Write until killed; with `kill_at` above 0, kill itself before the statement of that number."""
    book = Book.open(path)
    if kill_at:
        statements = iter(range(1, kill_at + 1))

        def count(_: str) -> None:
            if next(statements, None) == kill_at:
                import os
                import signal

                os.kill(os.getpid(), signal.SIGKILL)

        book.connection.set_trace_callback(count)
    for number in range(1_000_000):
        now = START + timedelta(seconds=number)
        title = f"Blocker {number} of the webhook queue"
        entry = Entry(id=new_id(now), title=title, created=now, updated=now, cause="retry storm " * 20)
        (made,) = editing.apply(book, "Add", Edit(None, entry), now=now)
        print(f"added {entry.id}", flush=True)
        if number % 3 == 0:
            after = replace(made.after, workaround=f"pause the sender {number}")
            editing.apply(book, "Change", Edit(made.after, after), now=now)
            print(f"changed {entry.id}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
