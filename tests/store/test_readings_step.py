"""A book of the edition before the reading path is brought along and takes readings."""

from escplaybook.domain.edits import Edit
from escplaybook.domain.readings import ChapterOutline, Outline, question_on, reading_of, with_item
from escplaybook.services import editing
from escplaybook.store import checking, migrations, records
from escplaybook.store.book import Book
from tests.conftest import NOW

PLAYBOOK = Outline("first-week", "A first week", "1.0", (ChapterOutline("01.md", "Monday", ("Find the ladder",)),))


def test_a_book_from_before_takes_readings(path, older_book, contact):
    older_book(migrations._readings)
    with Book.open(path) as book:
        kim = editing.add(book, contact("Kim Halvorsen"), NOW)
        begun = reading_of(PLAYBOOK, "Sam Okoro", NOW, mentor=kim.name, mentor_contact=kim.id)
        reading = editing.add(book, with_item(begun, PLAYBOOK, "01.md", 1, NOW), NOW)
        question = editing.add(book, question_on(reading, PLAYBOOK, "01.md", "Who is the sponsor?", NOW), NOW)
        assert (reading.key, question.key) == ("RG-0001", "RQ-0001")
        assert records.by_key(book, "rg-1") == reading
        assert records.by_key(book, "rq-1") == question
        assert list(checking.trouble(book)) == []
        editing.undo(book, NOW)
        editing.undo(book, NOW)
        assert records.find(book, type(reading), reading.id) is None
        editing.apply(book, "Read again", Edit(None, reading), now=NOW)
        assert records.get(book, type(reading), reading.id).ticks == reading.ticks
