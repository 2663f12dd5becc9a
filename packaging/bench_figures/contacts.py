"""What an address book of 10,000 people costs: brought in twice, opened, searched, saved, compared.

Beside each figure stands what the bare engine takes for the same: vobject alone, bare inserts, a bare Qt list.
"""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from figures import Figure, milliseconds, percentile

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.doubles import doubles
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.exchange import vcard
from escplaybook.search.find import find
from escplaybook.services import editing
from escplaybook.services.importing import BATCH
from escplaybook.services.importing_contacts import import_vcards
from escplaybook.store import records
from escplaybook.store.book import Book

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEED = 20261124
PEOPLE, SAVES, LOOKS = 10_000, 100, 5
_FIRST, _REST = "bdfgjklmnprstvw", "bdglmnrstv"


def measure() -> Iterator[Figure]:
    """All of it, in one book in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cards = folder / "people.vcf"
        cards.write_text(vcard.write(people(PEOPLE)), encoding="utf-8", newline="")
        with Book.create(folder / "b.db") as book:
            yield from _brought_in(book, cards)
            yield from _saved(book)
            yield from _searched(book)
            yield from _compared(book)
        yield _opened(folder / "b.db")


def people(count: int) -> Iterator[Contact]:
    """That many people of some hundred firms, a hundredth of them twice."""
    chance = random.Random(SEED)
    given, family = ([_name(chance, parts) for _ in range(number)] for parts, number in ((2, 700), (3, 3_000)))
    last: Contact | None = None
    for number in range(count):
        if last is not None and number % 100 == 0:  # the one before again, from another address book
            yield replace(last, id=new_id(NOW), name=", ".join(reversed(last.name.split(" ", 1))), points=())
            continue
        firm = f"{chance.choice(family).capitalize()} {chance.choice(('Systems', 'Cloud', 'Labs'))}"
        last = Contact(
            id=new_id(NOW),
            name=f"{chance.choice(given)} {chance.choice(family)}".title(),
            created=NOW,
            updated=NOW,
            role=chance.choice(("Integration lead", "Director", "On call", "QA lead", "Project manager")),
            organisation=firm,
            team=chance.choice(("Integration", "Data", "Security", "")),
            points=(
                ContactPoint(PointKind.MOBILE, f"+46 70 174 {number // 100:02} {number % 100:02}"),
                ContactPoint(PointKind.PHONE, f"+44 20 7946 {number:04}", "desk"),
                ContactPoint(PointKind.EMAIL, f"p{number}@{firm.split()[0].lower()}.example"),
            ),
            zone=chance.choice(("Europe/Stockholm", "Europe/London", "Asia/Kolkata")),
            notes="Knows the old gateway; ask for the runbook first. " * chance.randrange(3),
            tags=(chance.choice(("go-live", "vendor", "night")),),
        )
        yield last


def _brought_in(book: Book, cards: Path) -> Iterator[Figure]:
    parsed = _seconds(partial(_parse_alone, cards))
    first = _seconds(partial(import_vcards, book, [cards], now=NOW))
    inserts = _bare_inserts(book)
    raw = parsed + inserts
    at = f"{PEOPLE:,} cards"
    alone = f"vobject {parsed:.1f} + inserts {inserts:.1f} s"
    yield Figure("import of vCards, with history and search", at, "", f"{first:.1f} s", alone, first / raw)
    again = _seconds(partial(import_vcards, book, [cards], now=NOW))
    yield Figure(
        "the same import again: nothing changes", at, "", f"{again:.1f} s", f"vobject {parsed:.1f} s", again / parsed
    )


def _saved(book: Book) -> Iterator[Figure]:
    chance = random.Random(SEED)
    everyone = records.everything(book, Contact)
    book.connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, value TEXT)")
    book.connection.execute("INSERT INTO bare VALUES (1, '')")
    saves, bare = [], []
    for turn, before in enumerate(chance.sample(everyone, SAVES)):
        edit = Edit(before, replace(before, role=f"Lead {turn}"))
        saves.append(milliseconds(partial(editing.apply, book, "Mend", edit, now=NOW)))
        bare.append(milliseconds(partial(book.connection.execute, "UPDATE bare SET value = ?", (str(turn),))))
    book.connection.execute("DROP TABLE bare")
    mine, raw = percentile(saves, 0.95), percentile(bare, 0.95)
    yield Figure(
        "save one contact, durable and searchable, p95",
        f"{PEOPLE:,} contacts",
        "bare commit + 2 ms",
        f"{mine:.1f} ms (p50 {percentile(saves, 0.5):.1f})",
        f"{raw:.1f} ms",
        mine / raw,
        mine <= raw + 2,
    )


def _searched(book: Book) -> Iterator[Figure]:
    chance = random.Random(SEED)
    names = [one.name for one in chance.sample(records.everything(book, Contact), 40)]
    typed = [name[:end] for name in names for end in range(1, len(name) + 1)]
    times = [milliseconds(partial(find, book, text, kinds=("contact",), typing=True)) for text in typed]
    raw = [milliseconds(partial(_raw_search, book, text)) for text in typed]
    mine, bare = percentile(times, 0.95), percentile(raw, 0.95)
    yield Figure(
        "keystroke → contacts, p50 / p95 / max",
        f"{PEOPLE:,} contacts",
        "p95 4 ms",
        f"{percentile(times, 0.5):.1f} / {mine:.1f} / {max(times):.1f} ms",
        f"p95 {bare:.1f} ms",
        mine / bare,
        mine <= 4,
    )


def _compared(book: Book) -> Iterator[Figure]:
    reading = _seconds(lambda: book.connection.execute("SELECT * FROM contacts").fetchall())
    everyone = records.everything(book, Contact)
    mine = _seconds(lambda: doubles(everyone))
    found = len(doubles(everyone))
    yield Figure(
        f"probable doubles ({found} pairs)",
        f"{PEOPLE:,} contacts",
        "≤ 2 s",
        f"{mine:.2f} s",
        f"reading the rows {reading:.2f} s",
        mine / reading,
        mine <= 2,
    )


def _opened(path: Path) -> Figure:
    mine, raw = (percentile([float(_child(what, path)) for _ in range(LOOKS)], 0.5) for what in ("page", "bare"))
    return Figure(
        "Contacts page, from asked for to painted",
        f"{PEOPLE:,} contacts",
        "",
        f"{mine * 1000:.0f} ms",
        f"a bare list {raw * 1000:.0f} ms",
        mine / raw,
    )


def _child(what: str, path: Path) -> str:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, __file__, what, str(path)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _open(what: str, path: Path) -> None:
    """In the child: says how long it took from the wish to see everybody until they are painted."""
    from PySide6.QtCore import QStringListModel
    from PySide6.QtWidgets import QApplication, QListView

    app = QApplication([])
    if what == "bare":
        names = [row[0] for row in sqlite3.connect(path).execute("SELECT name FROM contacts ORDER BY name")]
        begun = time.perf_counter()
        view = QListView()
        view.setModel(QStringListModel(names))
        view.show()
    else:
        from escplaybook.ui.desk import Place
        from escplaybook.ui.main import Desktop

        desktop = Desktop(app)
        desktop.open(path)
        app.processEvents()
        begun = time.perf_counter()
        desktop.window.go(Place("contacts"))
    for _ in range(3):  # laid out, painted
        app.processEvents()
    print(f"{time.perf_counter() - begun:.4f}", flush=True)
    os._exit(0)


def _parse_alone(cards: Path) -> None:
    import vobject

    for card in vobject.readComponents(cards.read_text(encoding="utf-8")):
        _ = card.fn.value


def _bare_inserts(book: Book) -> float:
    """Seconds to put the book's rows into the same tables of an empty one, as many records to a commit."""
    tables = ("contacts", "searchable", "history")
    rows = {name: [tuple(row) for row in book.connection.execute(f"SELECT * FROM {name}")] for name in tables}
    kept = {name: _stored_columns(book, name) for name in tables}
    with Book.create(book.path.with_name("raw.db")) as bare:
        bare.connection.execute("PRAGMA foreign_keys = OFF")
        begun = time.perf_counter()
        for start in range(0, PEOPLE, BATCH):
            bare.connection.execute("BEGIN IMMEDIATE")
            for name in tables:
                marks = ", ".join("?" * len(kept[name]))
                columns = ", ".join(f'"{column}"' for column in kept[name])
                some = (row[: len(kept[name])] for row in rows[name][start : start + BATCH])
                bare.connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", some)
            bare.connection.execute("COMMIT")
        return time.perf_counter() - begun


def _stored_columns(book: Book, name: str) -> list[str]:
    """Columns as SELECT * gives them: generated ones stand at the end, where they are cut off."""
    return [row[0] for row in book.connection.execute("SELECT name FROM pragma_table_info(?)", (name,))]


def _raw_search(book: Book, typed: str) -> None:
    words = [f'"{word}"' for word in typed.replace(",", " ").split()]
    book.connection.execute(
        "SELECT typed.rowid FROM typed JOIN searchable ON number = typed.rowid "
        "WHERE typed MATCH ? AND kind = 'contact' ORDER BY rank LIMIT 50",
        (" ".join(words) + "*",),
    ).fetchall()


def _name(chance: random.Random, parts: int) -> str:
    return "".join(chance.choice(_FIRST if at == 0 else _REST) + chance.choice("aeiou") for at in range(parts))


def _seconds(work: Callable[[], object]) -> float:
    return milliseconds(work) / 1000


if __name__ == "__main__":
    _open(sys.argv[1], Path(sys.argv[2]))
