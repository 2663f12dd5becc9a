"""Fifty kills, half at chosen statements and half at moments of chance: no acknowledged write may be lost."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from escplaybook.domain.knowledge import Entry
from escplaybook.store import checking, records
from escplaybook.store.book import Book

ROOT = Path(__file__).parents[2]
WRITER = [sys.executable, "-m", "tests.faults.writer"]


def survives(path: Path, acknowledged: list[str]) -> None:
    with Book.open(path) as book:
        assert not list(checking.trouble(book))
        for line in acknowledged:
            did, record_id = line.split()
            entry = records.get(book, Entry, record_id)
            assert did == "added" or entry.workaround.startswith("pause the sender")


def whole_lines(output: str) -> list[str]:
    """What was surely acknowledged: the last line may have been cut by the kill."""
    return output.split("\n")[:-1]


@pytest.mark.parametrize("statement", [*range(1, 50, 2)])
def test_killed_at_a_statement(book, path, statement):
    book.close()
    victim = subprocess.run([*WRITER, str(path), str(statement + 40)], cwd=ROOT, capture_output=True, text=True)
    assert victim.returncode == -9
    survives(path, whole_lines(victim.stdout))


def test_killed_at_moments_of_chance(book, path):
    """25 kills of one book, one after the other: each writer goes on where the last one died."""
    book.close()
    chance = random.Random(7)
    for _ in range(25):
        victim = subprocess.Popen([*WRITER, str(path), "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert victim.stdout is not None
        lines = [victim.stdout.readline() for _ in range(chance.randrange(1, 30))]
        victim.kill()
        rest, _ = victim.communicate()
        assert all(line.startswith(("added", "changed")) for line in lines)
        survives(path, whole_lines("".join(lines) + rest))
