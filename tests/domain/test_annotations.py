from dataclasses import replace

import pytest

from escplaybook.domain.annotations import Annotation, AnnotationKind
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.store import checking
from escplaybook.store.knowledge import notes_on


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
