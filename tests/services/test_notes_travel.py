"""Notes travel with the file of their entry, into another book and back, and nobody's word is lost."""

import re
from dataclasses import replace

import pytest

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.knowledge import Step
from escplaybook.services import annotating, editing
from escplaybook.services.exporting import export_markdown
from escplaybook.services.importing import import_markdown
from escplaybook.store import checking, records
from escplaybook.store.book import Book


@pytest.fixture
def other(tmp_path):
    with Book.create(tmp_path / "other.db") as made:
        yield made


@pytest.fixture
def noted(book, entry, now):
    """A known blocker with notes in every state."""
    known = editing.add(book, entry(cause="A clock runs ahead.", steps=(Step("Open **UDP 123**"), Step("Wait"))), now)

    def note(words, text):
        at = annotating.passage(known, words)
        return annotating.annotate(book, known, at, now, kind=AnnotationKind.WHY, text=text, author="Ines Okafor")

    agreed = annotating.endorse(book, note("A clock", "NTP:\nsee above."), now, "Mara Lindqvist")
    annotating.answer(book, agreed, "Seen in Oslo.", now, "Tomás Reyes")
    annotating.supersede(book, note("UDP 123", "Ask first."), "No need to ask.", now, "Mara Lindqvist")
    editing.retire(book, note("Wait", "A minute."), now)
    return known


def notes(book):
    return records.everything(book, Annotation)


def test_an_empty_book_gets_the_same_notes_and_writes_the_same_files(book, other, noted, folder, tmp_path, now):
    assert len(notes(book)) == 4
    export_markdown(book, folder)
    assert import_markdown(other, [folder], now=now).added == 1
    assert notes(other) == notes(book)
    export_markdown(other, tmp_path / "again")
    for file in folder.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()
    assert import_markdown(other, [folder], now=now).same == 1
    assert not list(checking.trouble(other))
    editing.undo(other, now)
    assert notes(other) == []


def test_what_was_said_in_either_book_is_in_both(book, other, noted, folder, tmp_path, now):
    export_markdown(book, folder)
    import_markdown(other, [folder], now=now)
    mine, theirs = notes(book)[0], notes(other)[0]
    annotating.answer(book, mine, "Said here.", now, "Ines Okafor")
    annotating.endorse(other, theirs, now, "Petra Nyström")
    export_markdown(other, tmp_path / "back")
    assert import_markdown(book, [tmp_path / "back"], now=now).changed == 1
    merged = notes(book)[0]
    assert [one.text for one in merged.answers] == ["Seen in Oslo.", "Said here."]
    assert [one.by for one in merged.endorsements] == ["Mara Lindqvist", "Petra Nyström"]
    assert import_markdown(book, [tmp_path / "back"], now=now).same == 1


def test_a_key_that_is_taken_gives_way_and_the_note_comes_in(book, other, noted, folder, entry, now):
    mine = editing.add(other, entry("Something else", cause="A clock."), now)
    at = annotating.passage(mine, "clock")
    annotating.annotate(other, mine, at, now, kind=AnnotationKind.STORY, text="Once.", author="Petra")
    export_markdown(book, folder)
    report = import_markdown(other, [folder], now=now)
    assert "Its key AN-0001 belongs to another record here; it gets a new one." in [w.reason for w in report.warnings]
    assert {note.text for note in notes(other)} == {"Once."} | {note.text for note in notes(book)}


def test_a_note_without_the_one_that_superseded_it_is_in_use(book, other, noted, folder, now):
    old = next(note for note in notes(book) if note.superseded_by)
    export_markdown(book, folder)
    (file,) = folder.iterdir()
    file.write_text(re.sub(r"  - key: AN-0003\n(    .*\n|      .*\n)*", "", file.read_text()))
    assert "No need to ask." not in file.read_text()
    import_markdown(other, [folder], now=now)
    assert records.get(other, Annotation, old.id).is_in_use


def test_a_file_is_written_anew_when_a_note_changes_and_left_when_somebody_else_did(book, noted, folder, now):
    export_markdown(book, folder)
    note = annotating.answer(book, notes(book)[0], "One more.", now, "Mara")
    assert export_markdown(book, folder).written == 1
    (file,) = folder.iterdir()
    file.write_text(file.read_text().replace("One more.", "Not what was said."))
    editing.apply(book, "Retire", Edit(note, replace(note, retired=now)), now=now)
    assert [one.source for one in export_markdown(book, folder).refused] == [file.name]
