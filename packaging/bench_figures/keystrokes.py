"""How soon an answer stands after a key, beside the raw FTS5 query; and whether what was seen vanishes later."""

import random
import re
from collections.abc import Iterator
from functools import partial

from books import SEED
from figures import Figure, milliseconds, percentile

from escplaybook.search.facets import facets
from escplaybook.search.find import find
from escplaybook.search.question import without_joints
from escplaybook.store.book import Book

LISTED = 50
"""Hits asked for, as the desktop asks."""

SIMILAR = 4
"""Known blockers that are shown beside a new one."""

GOALS = {10_000: (4.0, 10.0), 100_000: (16.0, 33.0)}
"""p95 and p99 in milliseconds."""


def measure(book: Book, size: int) -> Iterator[Figure]:
    """Latency of typing, of the whole ranking after it, of the facets, and keystrokes at which something vanished."""
    at = f"{size:,} entries"
    typed = list(_questions(book, 120))
    for text in typed[:20]:  # what is imported late is imported now
        find(book, text, limit=LISTED)
        find(book, text, limit=LISTED, typing=True)
    times, raw = _type(book, typed[20:])
    p95, p99, raw95 = percentile(times, 0.95), percentile(times, 0.99), percentile(raw, 0.95)
    goals = GOALS.get(size)
    yield Figure(
        "keystroke → hits with snippets, p50 / p95 / p99 / max",
        at,
        f"p95 {goals[0]:.0f}, p99 {goals[1]:.0f} ms" if goals else "",
        f"{percentile(times, 0.5):.1f} / {p95:.1f} / {p99:.1f} / {max(times):.1f} ms",
        f"p95 {raw95:.1f} ms",
        p95 / raw95,
        p95 <= goals[0] and p99 <= goals[1] if goals else None,
    )
    whole = [milliseconds(partial(find, book, text, limit=LISTED)) for text in typed[20:]]
    yield Figure(
        "whole ranking after a pause, p50 / p95",
        at,
        "",
        f"{percentile(whole, 0.5):.1f} / {percentile(whole, 0.95):.1f} ms",
    )
    counted = [milliseconds(partial(facets, book, text)) for text in typed[20:60]]
    yield Figure("facets, p50 / p95", at, "", f"{percentile(counted, 0.5):.1f} / {percentile(counted, 0.95):.1f} ms")
    alike = list(_likeness(book, 30))
    p99 = percentile(alike, 0.99)
    yield Figure(
        "known blockers like a title being typed, p50 / p99 / max",
        at,
        "p99 50 ms" if size <= 10_000 else "",
        f"{percentile(alike, 0.5):.1f} / {p99:.1f} / {max(alike):.1f} ms",
        met=p99 < 50 if size <= 10_000 else None,
    )
    vanished, keys = _vanished(book, 400)
    yield Figure("keystrokes at which a found entry vanishes", at, "0", f"{vanished} of {keys:,}", met=vanished == 0)


def _likeness(book: Book, count: int) -> Iterator[float]:
    """Milliseconds at each key of titles typed from the fourth letter on, asked as the form of a blocker asks."""
    chance = random.Random(SEED + 2)
    for _ in range(count):
        title = " ".join(_entry(book, chance)[1])
        for end in range(4, len(title) + 1):
            typed = title[:end]
            yield milliseconds(partial(find, book, typed, limit=SIMILAR, kinds=("entry",), typing=True))


def _questions(book: Book, count: int) -> Iterator[str]:
    """Two or three words as somebody may type them who has seen an entry: mostly of its title, some of its text."""
    chance = random.Random(SEED)
    for _ in range(count):
        _, title, text = _entry(book, chance)
        words = chance.sample(title, min(2, len(title))) + chance.sample(text, chance.choice((0, 0, 1)))
        yield " ".join(words)


def _type(book: Book, texts: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds for each keystroke, and for the raw engine at every fifth."""
    times, raw = [], []
    for text in texts:
        for end in range(1, len(text) + 1):
            typed = text[:end]
            times.append(milliseconds(partial(find, book, typed, limit=LISTED, typing=True)))
            if end % 5 == 0:
                raw.append(milliseconds(partial(_raw, book, typed)))
    return times, raw


def _raw(book: Book, typed: str) -> None:
    """All words, the last one begun, by FTS5's own rank, with FTS5's snippets."""
    words = [f'"{word}"' for word in re.findall(r"[^\W_]+", typed)]
    book.connection.execute(
        "SELECT found.rowid, snippet(found, -1, '<mark>', '</mark>', '…', 24) FROM found "
        f"WHERE found MATCH ? ORDER BY rank LIMIT {LISTED}",
        (" ".join(words) + "*",),
    ).fetchall()


def _vanished(book: Book, count: int) -> tuple[int, int]:
    """Types single words of entries, half of them behind another word of the same entry.

    An entry that was among the first 20 at one prefix and is not at a longer one has vanished.
    """
    chance = random.Random(SEED + 1)
    vanished = keys = 0
    for turn in range(count):
        record, title, text = _entry(book, chance)
        before = f"{chance.choice(title)} " if turn % 2 else ""
        word = chance.choice(title if turn % 4 < 2 else text)
        is_found = False
        for end in range(1, len(word) + 1):
            hits = find(book, before + word[:end], limit=20, typing=True).hits
            is_there = any(hit.id == record for hit in hits)
            keys += 1
            vanished += is_found and not is_there
            is_found = is_found or is_there
    return vanished, keys


def _entry(book: Book, chance: random.Random) -> tuple[str, list[str], list[str]]:
    """The id of an entry, and words of three letters on of its title and of its text."""
    last = book.connection.execute("SELECT max(number) FROM searchable").fetchone()[0]
    row = book.connection.execute(
        "SELECT record, title, symptoms FROM searchable WHERE number >= ? LIMIT 1", (chance.randint(1, last),)
    ).fetchone()
    title, text = (re.findall(r"[^\W_]{3,}", without_joints(row[name]).lower()) for name in ("title", "symptoms"))
    return row["record"], title, text
