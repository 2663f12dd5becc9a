from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.anchors import anchor_at
from escplaybook.domain.annotations import (
    Annotation,
    AnnotationKind,
    answered,
    brought_together,
    earlier,
    endorsed,
    held,
    parts_of,
    re_placed,
    span_of,
    without_note,
)
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Section, Step
from escplaybook.services import editing
from escplaybook.store import checking
from escplaybook.store.knowledge import notes_on
from tests.conftest import NOW


def note(entry, now, quote="within 72 hours", **fields):
    fields = {"field": "workaround", "kind": AnnotationKind.CAUTION, "text": "Put the date into the ticket."} | fields
    return Annotation(
        id=new_id(now), entry=entry.id, quote=quote, author="Mara Lindqvist", created=now, updated=now, **fields
    )


def test_the_notes_in_use_stand_beside_their_entry(book, entry, now):
    saml, mail = entry(), entry("Mails land in spam")
    first, second = note(saml, now), note(saml, now, quote="60 seconds", kind=AnnotationKind.WHY)
    edits = [Edit(None, record) for record in (saml, mail, first, second, note(mail, now))]
    *_, stored, gone, _ = (edit.after for edit in editing.apply(book, "Add", *edits, now=now))
    editing.apply(book, "Retire", Edit(gone, replace(gone, retired=now)), now=now)

    assert notes_on(book, saml.id) == [stored]
    assert stored.key == "AN-0001"
    assert not list(checking.trouble(book))


def test_a_note_says_where_it_stands_and_what_it_means(entry, now):
    with pytest.raises(InvalidRecord, match="No note stands beside “remark”"):
        note(entry(), now, field="remark")
    with pytest.raises(InvalidRecord, match="Mark the passage"):
        note(entry(), now, quote=" ")
    with pytest.raises(InvalidRecord, match="what the note is to say"):
        note(entry(), now, text="")


WORDS = st.lists(st.sampled_from(["open", "udp", "123", "wait", "until", "the", "clock", "agrees"]), max_size=12)
TEXTS = WORDS.map(" ".join)


@given(TEXTS, TEXTS, st.lists(st.tuples(st.integers(0, 11), st.integers(1, 4)), max_size=5))
def test_no_edit_ever_loses_a_note_or_makes_two_of_one(before, after, places):
    words = before.split()
    notes = []
    for number, (first, count) in enumerate(places):
        quote = " ".join(words[first : first + count])
        if quote:
            start = len(" ".join(words[:first])) + (first > 0)
            bare = Annotation(str(number), "e", "cause", quote, AnnotationKind.WHY, f"Note {number}", "Ines", NOW, NOW)
            notes.append(held(bare, "cause", anchor_at(before, start, start + len(quote))))

    def was(field: str) -> str:
        return before if field == "cause" else ""

    def now(field: str) -> str:
        return after if field == "cause" else ""

    moved = [re_placed(note, was, now) for note in notes]
    assert [note.id for note in moved] == [note.id for note in notes]
    for note, there in zip(notes, moved, strict=True):
        if span_of(there, now) is None:
            assert there == note, "a note whose passage is gone keeps its old passage"
        assert re_placed(re_placed(there, now, was), was, was).text == note.text
        assert (there.text, there.author, there.updated) == (note.text, note.author, note.updated)


def test_much_used_blockers_without_a_note_come_first(entry, now):
    noted, often, seldom, never, gone = (
        entry(str(n), key=f"KB-{n}", retired=now if n == 5 else None) for n in range(1, 6)
    )
    notes = [note(noted, now), note(often, now, retired=now), note(seldom, now, superseded_by="x")]
    uses = {one.id: count for one, count in ((noted, 9), (often, 7), (seldom, 1), (gone, 8))}
    assert without_note([seldom, noted, never, gone, often], notes, uses) == [(often, 7), (seldom, 1)]


def test_two_copies_of_a_note_keep_what_was_said_to_either(entry, now):
    ours = answered(endorsed(note(entry(), now), "Tomás", now), "Petra", now, "Yes.")
    theirs = replace(
        endorsed(ours, "Ines", now), text="Mended.", answers=(), updated=now + timedelta(hours=1), key="AN-7"
    )
    both = brought_together(ours, theirs)
    assert (both.text, both.key) == ("Mended.", ours.key)
    assert [one.by for one in both.endorsements] == ["Tomás", "Ines"]
    assert [one.text for one in both.answers] == ["Yes."]
    assert brought_together(ours, ours) == ours


def test_what_a_note_took_the_place_of_is_listed_once_latest_first_even_in_a_ring(entry, now):
    known = entry()
    first, second, third = (note(known, now + timedelta(days=n)) for n in range(3))
    first, second = replace(first, superseded_by=second.id), replace(second, superseded_by=third.id)
    assert earlier(third, [first, second, third]) == [second, first]
    ring = replace(third, superseded_by=first.id)
    assert earlier(ring, [first, second, ring]) == [second, first]


def test_steps_and_sections_are_read_part_by_part(entry):
    known = entry(steps=(Step("Do", expected="done"), Step("Rest")), rest=(Section("A", ""), Section("B", "text")))
    assert parts_of(known, "steps") == ("Do", "done", "Rest")
    assert parts_of(known, "rest") == ("text",)
    assert parts_of(known, "cause") == ()
