"""Measures the program's figures and prints them in one table: `packaging/bench`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import contacts
import covering
import cranfield
import hostile
import keystrokes
import opening
import paper
import saving
from books import SEED, book_of, is_made
from figures import Figure, as_json, table

from escplaybook.store.book import Book

LARGE = 100_000


def main() -> None:
    """Measure what was asked for; the figures of DESIGN's table, at 1,000 and 10,000 entries, if nothing was."""
    asked = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sizes = [asked.size] if asked.size else [1_000, 10_000, *([LARGE] if is_made(LARGE) else [])]
    figures: list[Figure] = []
    if asked.hostile:
        sizes = [asked.size or 1_000]
    alone = next((one for is_asked, one in _alone(asked) if is_asked), None)
    measured = alone() if alone else _measured(asked, sizes)
    for figure in measured:
        figures.append(figure)
        print(f"measured: {figure.what}, {figure.at}", file=sys.stderr)
    print(json.dumps(as_json(figures), ensure_ascii=False, indent=2) if asked.json else table(figures))
    if LARGE not in sizes and not asked.size and not asked.hostile and alone is None:
        print(f"{LARGE:,} entries were left out; --size {LARGE} makes that book first (3 minutes).", file=sys.stderr)


def _alone(asked: argparse.Namespace) -> Iterator[tuple[bool, Callable[[], Iterator[Figure]]]]:
    yield asked.coverage, covering.measure
    yield asked.contacts, contacts.measure
    yield asked.paper, paper.measure


def _measured(asked: argparse.Namespace, sizes: list[int]) -> Iterator[Figure]:
    if asked.hostile:
        with Book.open(book_of(sizes[0]), read_only=True) as book:
            yield from hostile.measure(book, asked.hostile, SEED)
        return
    for size in sizes:
        path = book_of(size)
        with Book.open(path, read_only=True) as book:
            yield from keystrokes.measure(book, size)
        if not asked.search:
            yield from saving.measure_saves(path, size)
    yield from _ranking()
    if asked.search:
        return
    yield from opening.measure(book_of(sizes[-1]), sizes[-1])
    yield from saving.measure_import()
    yield from covering.measure()
    yield from contacts.measure()
    yield from paper.measure()
    yield from saving.measure_kills(asked.kills)


def _ranking() -> Iterator[Figure]:
    measured = cranfield.measure()
    if measured is None:
        where = "set ESCPLAYBOOK_DATA to a folder that holds cranfield/"
        yield Figure("nDCG@10 on Cranfield", "left out", "≥ 0.44", where)
        return
    score, stock, loss = measured["ndcg"], measured["ndcg stock"], measured["loss"]
    helped, touched = measured["helped, touched"]
    yield Figure(
        "nDCG@10 on Cranfield, words only (even questions)",
        "1,400 documents",
        "≥ 0.44",
        f"{score:.3f} ({measured['ndcg held back']:.3f}; helped {helped} of {touched})",
        f"{stock:.3f}",
        score / stock,
        score >= 0.44,
    )
    yield Figure("loss of it through one typing error", "the same", "≤ 1 %", f"{loss * 100:.2f} %", met=loss <= 0.01)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/bench", description=__doc__)
    parser.add_argument("--search", action="store_true", help="only what concerns search")
    parser.add_argument("--coverage", action="store_true", help="only how long it takes to look at every hour")
    parser.add_argument("--contacts", action="store_true", help="only an address book of 10,000 people")
    parser.add_argument("--paper", action="store_true", help="only what is printed, beside WeasyPrint on the same")
    parser.add_argument("--hostile", type=int, metavar="N", help="only N hostile queries, and how many of them fail")
    parser.add_argument("--size", type=int, metavar="N", help="only a book of N entries")
    parser.add_argument("--kills", type=int, default=5, metavar="N", help="how many times a writer is killed (5)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
