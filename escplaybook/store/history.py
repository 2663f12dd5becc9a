"""What was changed, when, by whom and why; and which stroke the next undo or redo turns round.

Each line's hash covers the line and the hash before it, so that a line altered, lost or slipped in shows.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from escplaybook.domain.edits import Edit, Stroke, Way
from escplaybook.domain.errors import BookDamaged
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_named, kind_of
from escplaybook.store.rows import UNREADABLE, from_json, hash_of, to_json


@dataclass(frozen=True, slots=True)
class Line:
    """One edit as the history tells it."""

    stroke: Stroke
    kind: str
    record: str
    edit: Edit


def note(book: Book, stroke: Stroke, edits: Sequence[Edit]) -> None:
    """Add the edits to the history. Called by the writer, inside its transaction."""
    undoable = all(kind_of(type(edit.record)).undoable for edit in edits)
    book.connection.execute(
        "INSERT INTO strokes VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET undoable = min(undoable, excluded.undoable)",
        (stroke.id, _instant(stroke), stroke.author, stroke.reason, stroke.way, stroke.turned, undoable),
    )
    row = book.connection.execute("SELECT hash FROM history ORDER BY number DESC LIMIT 1").fetchone()
    previous = row["hash"] if row else ""
    for edit in edits:
        kind = kind_of(type(edit.record)).name
        before = None if edit.before is None else to_json(edit.before)
        after = None if edit.after is None else to_json(edit.after)
        previous = _link(previous, stroke, kind, edit.record.id, before, after)
        book.connection.execute(
            "INSERT INTO history (stroke, kind, record, before, after, hash) VALUES (?, ?, ?, ?, ?, ?)",
            (stroke.id, kind, edit.record.id, before, after, previous),
        )


def is_blank(book: Book) -> bool:
    """Whether nothing was ever written into the book."""
    return book.connection.execute("SELECT 1 FROM strokes LIMIT 1").fetchone() is None


def of_record(book: Book, record_id: str) -> list[Line]:
    """Every change of one record, oldest first."""
    return list(_lines(book, "record = ? ORDER BY number", (record_id,)))


def recent(book: Book, limit: int = 100) -> list[Line]:
    """The latest changes of anything, newest first."""
    return list(_lines(book, "1 ORDER BY number DESC LIMIT ?", (limit,)))


def of_stroke(book: Book, stroke_id: str) -> list[Line]:
    """The edits of one stroke, oldest first."""
    return list(_lines(book, "stroke = ? ORDER BY number", (stroke_id,)))


def after(book: Book, at: datetime, kinds: Sequence[str]) -> list[Line]:
    """Every change of records of these kinds that was made after `at`, newest first."""
    marks = ", ".join("?" * len(kinds))
    where = f"kind IN ({marks}) AND strokes.at > ? ORDER BY number DESC"
    return list(_lines(book, where, (*kinds, at.astimezone(UTC).isoformat())))


def size_of_stroke(book: Book, stroke_id: str) -> int:
    """How many edits a stroke has."""
    row = book.connection.execute("SELECT count(*) FROM history WHERE stroke = ?", (stroke_id,)).fetchone()
    return int(row[0])


def is_in_use(book: Book, stroke_id: str) -> bool:
    """Whether anything that this stroke wrote is in the book and not retired."""
    row = book.connection.execute(
        "SELECT 1 FROM history JOIN searchable ON searchable.record = history.record "
        "WHERE history.stroke = ? AND searchable.retired = 0 LIMIT 1",
        (stroke_id,),
    ).fetchone()
    return row is not None


def next_undo(book: Book) -> Stroke | None:
    """The stroke that undo turns round: the latest one done or redone that has not been undone."""
    undone = 0
    for stroke in _strokes_backwards(book):
        if stroke.way == "undo":
            undone += 1
        elif undone:
            undone -= 1
        else:
            return stroke
    return None


def next_redo(book: Book) -> Stroke | None:
    """The undo stroke that redo turns round; none once something new has been done."""
    redone = 0
    for stroke in _strokes_backwards(book):
        if stroke.way == "do":
            return None
        if stroke.way == "redo":
            redone += 1
        elif redone:
            redone -= 1
        else:
            return stroke
    return None


def broken_links(book: Book) -> Iterator[int]:
    """The numbers of history lines whose hash does not follow from the line before."""
    previous = ""
    for row in book.connection.execute(_SELECT + " ORDER BY number"):
        try:
            expected = _link(previous, _stroke(row), row["kind"], row["record"], row["before"], row["after"])
        except UNREADABLE:
            expected = ""
        if row["hash"] != expected:
            yield row["number"]
        previous = row["hash"]


_SELECT = (
    "SELECT history.*, strokes.id AS stroke_id, at, author, reason, way, turned "
    "FROM history JOIN strokes ON strokes.id = history.stroke"
)


def _lines(book: Book, where: str, values: Iterable[Any]) -> Iterator[Line]:
    for row in book.connection.execute(f"{_SELECT} WHERE {where}", tuple(values)):
        try:
            line = _line(row)
        except UNREADABLE as error:
            raise BookDamaged(
                f"Line {row['number']} of the history is damaged ({error}); the records are not touched by it. Look "
                "what else is with: escplaybook check"
            ) from error
        yield line


def _line(row: Any) -> Line:
    record_type = kind_named(row["kind"]).type
    before = None if row["before"] is None else from_json(record_type, row["before"])
    after = None if row["after"] is None else from_json(record_type, row["after"])
    return Line(_stroke(row), row["kind"], row["record"], Edit(before, after))


def _strokes_backwards(book: Book) -> Iterator[Stroke]:
    rows = book.connection.execute("SELECT *, id AS stroke_id FROM strokes WHERE undoable ORDER BY rowid DESC")
    return (_stroke(row) for row in rows)


def _stroke(row: Any) -> Stroke:
    way: Way = row["way"]
    at = datetime.fromisoformat(row["at"])
    return Stroke(row["stroke_id"], at, row["author"], row["reason"], way, row["turned"])


def _instant(stroke: Stroke) -> str:
    return stroke.at.astimezone(UTC).isoformat()


def _link(previous: str, stroke: Stroke, kind: str, record: str, before: str | None, after: str | None) -> str:
    line = [previous, stroke.id, _instant(stroke), stroke.author, stroke.reason, stroke.way, stroke.turned]
    return hash_of(json.dumps([*line, kind, record, before, after], ensure_ascii=False))
