"""How good the ranking is: nDCG@10 on the public test collection Cranfield, words only, and with one typing error.

Tuning looks at the odd questions; the even ones are held back and decide what is kept.
"""

import json
import math
import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from escplaybook.domain.edits import Edit, new_stroke
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.search.find import find
from escplaybook.store.book import Book
from escplaybook.store.writing import write

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
Gains = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Collection:
    """Questions by number, and what each document is worth to each."""

    documents: list[dict[str, str]]
    questions: dict[str, str]
    gains: Gains


def collection() -> Collection | None:
    """The collection in the folder that ESCPLAYBOOK_DATA names, or None if it is not there."""
    folder = Path(os.environ.get("ESCPLAYBOOK_DATA", "")) / "cranfield"
    if not (folder / "docs.jsonl").is_file():
        return None
    gains: Gains = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, document, gain = line.split("\t")
        gains.setdefault(question, {})[document] = int(gain)
    questions = {line["id"]: line["text"] for line in _lines(folder / "queries.jsonl")}
    return Collection(list(_lines(folder / "docs.jsonl")), questions, gains)


def book_of(cranfield: Collection, folder: Path) -> Book:
    """A book with each document as an entry: its text is what people see, its number an error code."""
    book = Book.create(folder / "cranfield.db")
    edits = [
        Edit(
            None,
            Entry(
                id=new_id(NOW),
                title=document["title"] or "untitled",
                created=NOW,
                updated=NOW,
                symptoms=document["text"],
                key=f"KB-{int(document['id']):04d}",
            ),
        )
        for document in cranfield.documents
    ]
    write(book, new_stroke(NOW, "bench", "Import a collection"), *edits)
    return book


def scores(book: Book, cranfield: Collection, asked: Callable[[str], str] = str) -> dict[str, float]:
    """nDCG@10 of each question, as `asked` puts it."""
    result = {}
    for number, text in cranfield.questions.items():
        answer = find(book, asked(text), limit=10)
        gains = cranfield.gains[number]
        got = [gains.get(str(int(hit.key.removeprefix("KB-"))), 0) for hit in answer.hits]
        result[number] = _discounted(got) / _discounted(sorted(gains.values(), reverse=True))
    return result


def stock_scores(book: Book, cranfield: Collection) -> dict[str, float]:
    """The same by FTS5 as it comes: some of the words, its own rank."""
    result = {}
    for number, text in cranfield.questions.items():
        words = " OR ".join(f'"{word}"' for word in text.split() if any(map(str.isalnum, word)))
        rows = book.connection.execute(
            "SELECT key FROM found JOIN searchable ON number = found.rowid WHERE found MATCH ? ORDER BY rank LIMIT 10",
            (words,),
        )
        gains = cranfield.gains[number]
        got = [gains.get(str(int(row[0].removeprefix("KB-"))), 0) for row in rows]
        result[number] = _discounted(got) / _discounted(sorted(gains.values(), reverse=True))
    return result


def with_one_error(seed: int) -> Callable[[str], str]:
    """Puts one typing error into one longer word of a question: a letter doubled, lost, changed, or two swapped."""
    chance = random.Random(seed)

    def misspelt(text: str) -> str:
        words = text.split()
        long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
        if not long:
            return text
        place = chance.choice(long)
        words[place] = _misspelt(words[place], chance)
        return " ".join(words)

    return misspelt


def mean(values: dict[str, float], *, even: bool | None = None) -> float:
    """The mean over all questions, or over the even or odd ones."""
    chosen = [value for number, value in values.items() if even is None or (int(number) % 2 == 0) == even]
    return sum(chosen) / len(chosen)


def helped(before: dict[str, float], after: dict[str, float]) -> tuple[int, int]:
    """Of the even questions that a change touches, how many it helps: (helped, touched)."""
    touched = [number for number in before if int(number) % 2 == 0 and abs(after[number] - before[number]) > 1e-9]
    return sum(after[number] > before[number] for number in touched), len(touched)


def measure() -> dict[str, Any] | None:
    """All of it; None where the collection is not there."""
    cranfield = collection()
    if cranfield is None:
        return None
    with tempfile.TemporaryDirectory() as folder, book_of(cranfield, Path(folder)) as book:
        plain = scores(book, cranfield)
        misspelt = [scores(book, cranfield, with_one_error(seed)) for seed in (1, 2, 3)]
        stock = stock_scores(book, cranfield)
    wrong = sum(map(mean, misspelt)) / len(misspelt)
    return {
        "ndcg": mean(plain),
        "ndcg held back": mean(plain, even=True),
        "ndcg stock": mean(stock),
        "helped, touched": helped(stock, plain),
        "ndcg one error": wrong,
        "loss": 1 - wrong / mean(plain),
    }


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains[:10]))


def _lines(path: Path) -> Any:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
