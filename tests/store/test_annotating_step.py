"""A book written before notes held on to their passages keeps every note."""

from dataclasses import fields

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.edits import Edit, new_stroke
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.store import checking, history, migrations, records
from escplaybook.store.book import Book
from escplaybook.store.rows import hash_of, to_json

OLD_COLUMNS = [part.name for part in fields(Annotation)][:12]


def test_notes_of_an_older_book_are_whole_after_the_step(path, entry, now, monkeypatch):
    at = migrations.STEPS.index(migrations._annotating)
    with monkeypatch.context() as older:
        older.setattr(migrations, "STEPS", migrations.STEPS[:at])
        older.setattr(migrations, "VERSION", at)
        with Book.create(path) as book:
            (known,) = (edit.after for edit in editing.apply(book, "Add", Edit(None, entry(cause="A clock.")), now=now))
            note = Annotation(
                new_id(now), known.id, "cause", "clock", AnnotationKind.WHY, "NTP.", "Ines", now, now, key="AN-0001"
            )
            row = [*(str(v) if (v := getattr(note, name)) is not None else None for name in OLD_COLUMNS)]
            row[7] = row[8] = now.isoformat()
            columns = ", ".join([*OLD_COLUMNS, "hash"])
            marks = ", ".join("?" * 13)
            with book.writing():
                book.connection.execute(
                    f"INSERT INTO annotations ({columns}) VALUES ({marks})", [*row, hash_of(to_json(note))]
                )
                history.note(book, new_stroke(now, "Ines", "Note"), [Edit(None, note)])
    with Book.open(path) as book:
        assert records.everything(book, Annotation) == [note]
        assert [what for part, what in checking.trouble(book) if part == "records"] == []
