"""What a save and an import cost beside the bare engine, and whether anything acknowledged is lost to a kill."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from books import SEED, entries
from figures import Figure, milliseconds, percentile

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound
from escplaybook.domain.knowledge import Entry
from escplaybook.services import editing
from escplaybook.services.importing import BATCH, import_markdown
from escplaybook.store import checking, records
from escplaybook.store.book import Book

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SAVES = 200
IMPORTED = 1_000


def measure_saves(source: Path, size: int) -> Iterator[Figure]:
    """Saves of one entry in a copy of the book, in turn with bare commits of one row in the same file."""
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        path = Path(shutil.copyfile(source, Path(folder) / "b.db"))
        with Book.open(path) as book:
            book.connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, value TEXT)")
            book.connection.execute("INSERT INTO bare VALUES (1, '')")
            ids = [row[0] for row in book.connection.execute("SELECT id FROM entries ORDER BY id")]
            chance = random.Random(SEED)
            saves, bare = [], []
            for turn in range(SAVES):
                before = records.get(book, Entry, chance.choice(ids))
                edit = Edit(before, replace(before, symptoms=f"{before.symptoms} Seen again {turn}."))
                saves.append(milliseconds(partial(editing.apply, book, "Mend", edit, now=NOW)))
                bare.append(milliseconds(partial(_commit, book, turn)))
    mine, raw = percentile(saves, 0.95), percentile(bare, 0.95)
    yield Figure(
        "save one entry, durable and searchable, p95",
        f"{size:,} entries",
        "bare commit + 2 ms",
        f"{mine:.1f} ms (p50 {percentile(saves, 0.5):.1f})",
        f"{raw:.1f} ms (p50 {percentile(bare, 0.5):.1f})",
        mine / raw,
        mine <= raw + 2,
    )


def measure_import() -> Iterator[Figure]:
    """Markdown files of as many known blockers, beside the bare inserts of the very rows they became."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, entry in enumerate(entries(IMPORTED)):
            (folder / "in" / f"{number:04}.md").write_text(_known_issue(number, entry), encoding="utf-8")
        with Book.create(folder / "b.db") as book:
            begun = time.perf_counter()
            report = import_markdown(book, [folder / "in"], now=NOW)
            mine = time.perf_counter() - begun
            raw = _bare_inserts(book, folder / "raw.db", BATCH)
    yield Figure(
        "import of Markdown known issues, searchable and with history",
        f"{report.added:,} files",
        "≤ 3 × bare inserts",
        f"{mine:.2f} s",
        f"{raw:.2f} s",
        mine / raw,
        mine <= 3 * raw,
    )


def measure_kills(count: int) -> Iterator[Figure]:
    """Kills a program that writes without end, at chance instants; looks for what it had been told is safe."""
    chance = random.Random()
    lost = diverged = acknowledged = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.db"
        Book.create(path).close()
        for _ in range(count):
            said = _killed_writer(path, chance.uniform(0.02, 0.4))
            acknowledged += len(said)
            with Book.open(path) as book:
                lost += sum(not _is_kept(book, stroke) for stroke in said)
                diverged += sum(1 for _ in checking.trouble(book))
    yield Figure(
        "kills at chance instants: acknowledged writes lost, divergences",
        f"{count:,} kills",
        "0, 0",
        f"{lost}, {diverged} (of {acknowledged:,} writes)",
        met=lost == 0 and diverged == 0,
    )


def write_without_end(path: Path) -> None:
    """The program that is killed: adds, changes and undoes, and says what it did once it is safe."""
    chance = random.Random()
    with Book.open(path) as book:
        made = entries(1_000_000, seed=chance.randrange(1_000_000))
        while True:
            kept = records.everything(book, Entry, order="id DESC LIMIT 20")
            turn = chance.randrange(4) if kept else 0
            if turn == 3:
                with contextlib.suppress(NotFound):
                    editing.undo(book, NOW)
            else:
                before = None if turn < 2 else chance.choice(kept)
                after = next(made) if before is None else replace(before, symptoms=f"{before.symptoms} again")
                editing.apply(book, "Write", Edit(before, after), now=NOW)
            print(
                book.connection.execute("SELECT id FROM strokes ORDER BY rowid DESC LIMIT 1").fetchone()[0], flush=True
            )


def _killed_writer(path: Path, after: float) -> list[str]:
    """The strokes that the writer said are safe, until it was killed `after` seconds from its first."""
    command = [sys.executable, __file__, str(path)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read()
    writer.wait()
    return (first + rest).split("\n")[:-1]


def _is_kept(book: Book, stroke: str) -> bool:
    return book.connection.execute("SELECT 1 FROM history WHERE stroke = ?", (stroke,)).fetchone() is not None


def _known_issue(number: int, entry: Entry) -> str:
    """A file as a vendor publishes them."""
    return (
        f"---\ntitle: '{entry.title}'\nid: issue-{number}\nstatus: PUBLISHED\ncreatedAt: 2026-04-09T13:37:09.022Z\n"
        f"updatedAt: 2026-04-09T13:37:09.022Z\nproductTeam: {entry.system}\ntag: {entry.system}\nlocale: en\n"
        f"kiStatus: Fixed\ninternalReference: {number}\n---\n\n## Summary\n\n{entry.summary}\n\n{entry.symptoms}\n\n"
        f"## Simulation\n\n- {entry.diagnosis}\n\n## Workaround\n\n{entry.workaround or 'N/A'}\n"
    )


def _commit(book: Book, turn: int) -> None:
    book.connection.execute("BEGIN IMMEDIATE")
    book.connection.execute("UPDATE bare SET value = ? WHERE id = 1", (f"turn {turn}",))
    book.connection.execute("COMMIT")


def _bare_inserts(book: Book, path: Path, batch: int) -> float:
    """Seconds to put the book's rows into the same tables of an empty one, as many records to a commit."""
    tables = ("entries", "searchable", "found", "typed", "history", "words")
    rows: dict[str, list[Any]] = {table: _rows(book, table) for table in tables}
    with Book.create(path) as bare:
        bare.connection.execute("PRAGMA foreign_keys = OFF")
        run = bare.connection.executemany
        begun = time.perf_counter()
        for start in range(0, len(rows["entries"]), batch):
            bare.connection.execute("BEGIN IMMEDIATE")
            for table in tables[:-1]:
                names = ", ".join(_columns(book, table))
                marks = ", ".join("?" * len(_columns(book, table)))
                run(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows[table][start : start + batch])
            bare.connection.execute("COMMIT")
        bare.connection.execute("BEGIN IMMEDIATE")
        run("INSERT INTO words VALUES (?, ?)", rows["words"])
        bare.connection.execute("COMMIT")
        return time.perf_counter() - begun


def _columns(book: Book, table: str) -> list[str]:
    if table in ("found", "typed"):
        return ["rowid", "title", "symptoms", "remedy", "rest", "tags", "facets"]
    rows = book.connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return [row[0] for row in rows]


def _rows(book: Book, table: str) -> list[Any]:
    source = "searchable" if table in ("found", "typed") else table
    names = ["number" if name == "rowid" else name for name in _columns(book, table)]
    return [tuple(row) for row in book.connection.execute(f"SELECT {', '.join(names)} FROM {source}")]


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


if __name__ == "__main__":
    write_without_end(Path(sys.argv[1]))
