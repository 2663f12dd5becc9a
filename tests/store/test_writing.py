from dataclasses import replace

import pytest

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import BookUnusable, ChangedElsewhere, NotFound
from escplaybook.domain.knowledge import Entry, Section, Step
from escplaybook.services import editing
from escplaybook.store import checking, history, records
from escplaybook.store.book import Book


def test_what_is_written_is_read_back_whole(book, entry, now):
    written = entry(
        steps=(Step("Open UDP 123", expected="offset under 1 s", rollback="Close it"),),
        rest=(Section("Seen at", "Harbour"),),
        tags=("saml", "clock"),
    )
    (stored,) = editing.apply(book, "Add KB", Edit(None, written), now=now)
    assert stored.after == replace(written, key="KB-0001")
    assert records.get(book, Entry, written.id) == stored.after
    assert records.by_key(book, "kb-0001") == stored.after


def test_keys_are_never_given_twice(book, entry, now):
    (first,) = editing.apply(book, "Add", Edit(None, entry()), now=now)
    editing.apply(book, "Delete", Edit(first.after, None), now=now)
    (second,) = editing.apply(book, "Add", Edit(None, entry()), now=now)
    assert (first.after.key, second.after.key) == ("KB-0001", "KB-0002")


def test_a_key_brought_along_moves_the_counter(book, entry, now):
    editing.apply(book, "Add", Edit(None, entry(key="KB-0142")), now=now)
    (next_one,) = editing.apply(book, "Add", Edit(None, entry()), now=now)
    assert next_one.after.key == "KB-0143"


def test_a_stale_edit_is_refused_and_nothing_of_its_stroke_is_kept(book, path, contact, now):
    (made,) = editing.apply(book, "Add", Edit(None, contact()), now=now)
    with Book.open(path) as other:
        editing.apply(other, "Rename", Edit(made.after, replace(made.after, name="Mara L.")), now=now)
    assert book.was_changed_elsewhere()
    with pytest.raises(ChangedElsewhere, match="Nothing was overwritten"):
        editing.apply(
            book,
            "Two at once",
            Edit(None, contact("Deniz Aydin")),
            Edit(made.after, replace(made.after, name="M. Lindqvist")),
            now=now,
        )
    assert [person.name for person in records.everything(book, Contact)] == ["Mara L."]
    assert not list(checking.trouble(book))


def test_the_news_names_the_kinds_that_changed(book, entry, contact, now):
    news = []
    book.listen(news.append)
    editing.apply(book, "Add", Edit(None, entry()), Edit(None, contact()), now=now)
    assert news == [{Entry, Contact}]


def test_undo_and_redo_turn_strokes_round_in_order(book, contact, now):
    (made,) = editing.apply(book, "Add contact", Edit(None, contact("Jon Tailor")), now=now)
    editing.apply(book, "Rename contact", Edit(made.after, replace(made.after, name="John Taylor")), now=now)

    assert editing.undo(book, now).reason == "Rename contact"
    assert records.get(book, Contact, made.after.id).name == "Jon Tailor"
    assert editing.undo(book, now).reason == "Add contact"
    assert records.find(book, Contact, made.after.id) is None
    with pytest.raises(NotFound, match="nothing to undo"):
        editing.undo(book, now)

    editing.redo(book, now)
    editing.redo(book, now)
    assert records.get(book, Contact, made.after.id).name == "John Taylor"
    with pytest.raises(NotFound, match="nothing to redo"):
        editing.redo(book, now)
    editing.undo(book, now)
    assert records.get(book, Contact, made.after.id).name == "Jon Tailor"
    editing.apply(book, "Note", Edit(made.after, replace(made.after, notes="prefers mail")), now=now)
    with pytest.raises(NotFound, match="nothing to redo"):
        editing.redo(book, now)
    assert not list(checking.trouble(book))


def test_undo_survives_the_end_of_the_program(book, path, contact, now):
    editing.apply(book, "Add contact", Edit(None, contact()), now=now)
    book.close()
    with Book.open(path) as again:
        editing.undo(again, now)
        assert records.count(again, Contact) == 0


def test_who_is_a_deputy_cannot_be_deleted(book, contact, now):
    deputy = contact("Jun Park")
    editing.apply(book, "Add", Edit(None, contact(deputy=deputy.id)), Edit(None, deputy), now=now)
    with pytest.raises(BookUnusable, match="still name this one"):
        editing.apply(book, "Delete", Edit(records.get(book, Contact, deputy.id), None), now=now)
    assert records.count(book, Contact) == 2


def test_history_tells_who_when_why_and_what(book, contact, now):
    (made,) = editing.apply(book, "Add contact", Edit(None, contact()), now=now, author="dana")
    editing.apply(book, "Rename", Edit(made.after, replace(made.after, name="M. L.")), now=now, author="lee")
    told = [(line.stroke.author, line.stroke.reason, line.stroke.at) for line in history.of_record(book, made.after.id)]
    assert told == [("dana", "Add contact", now), ("lee", "Rename", now)]
    assert history.recent(book)[0].edit == Edit(made.after, replace(made.after, name="M. L."))
