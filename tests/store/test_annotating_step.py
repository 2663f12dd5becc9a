"""A book written before notes held on to their passages keeps every note."""

from dataclasses import replace

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.edits import Edit, new_stroke
from escplaybook.domain.identity import new_id
from escplaybook.services import editing, keeping
from escplaybook.store import checking, history, migrations, records
from escplaybook.store.book import Book
from escplaybook.store.knowledge import is_noted
from escplaybook.store.rows import hash_of, to_json, to_row


def put_in(book, table, record):
    """Write a row as the program before this step did."""
    known = {column["name"] for column in book.connection.execute(f"PRAGMA table_info({table})")}
    row = {name: value for name, value in to_row(record).items() if name in known}
    row["hash"] = hash_of(to_json(record))
    marks = ", ".join("?" * len(row))
    book.connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    history.note(book, new_stroke(record.created, "Ines", "Put in"), [Edit(None, record)])


def test_notes_of_an_older_book_are_whole_after_the_step(path, entry, now, monkeypatch):
    known = replace(entry(cause="A clock."), key="KB-0001")
    note = Annotation(
        new_id(now), known.id, "cause", "clock", AnnotationKind.WHY, "NTP.", "Ines", now, now, key="AN-0001"
    )
    with monkeypatch.context() as older:
        at = migrations.STEPS.index(migrations._annotating)
        older.setattr(migrations, "STEPS", migrations.STEPS[:at])
        older.setattr(migrations, "VERSION", at)
        with Book.create(path) as book, book.writing():
            put_in(book, "entries", known)
            put_in(book, "annotations", note)
    with keeping.opened(path) as book:
        assert records.everything(book, Annotation) == [note]
        assert is_noted(book, known.id)
        assert list(checking.trouble(book)) == []
        editing.change(book, known, now, cause="It is a clock.")
        (moved,) = records.everything(book, Annotation)
        assert (moved.quote, moved.prefix, moved.suffix) == ("clock", "It is a ", ".")
