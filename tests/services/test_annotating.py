"""A mentor writes; others edit; the note stays with what it is about, or says that it is lost."""

from dataclasses import replace

import pytest

from escplaybook.domain.annotations import Annotation, AnnotationKind, earlier
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.knowledge import Section, Step
from escplaybook.services import annotating, editing
from escplaybook.services.importing import import_markdown
from escplaybook.store import checking, history, records
from escplaybook.store.knowledge import notes_on

STEPS = (
    Step("Open **UDP 123** to the time source", expected="offset under 1 s"),
    Step("Until then, allow `300 s` of skew", precondition="approval of the security lead", rollback="Set 60 s"),
    Step("Restart no application"),
)


@pytest.fixture
def saml(book, entry, now):
    return editing.add(book, entry(cause="A clock runs ahead.", workaround="Raise the skew.", steps=STEPS), now)


@pytest.fixture
def caution(book, saml, now):
    at = annotating.passage(saml, "allow 300 s of skew")
    return annotating.annotate(
        book, saml, at, now, kind=AnnotationKind.CAUTION, text="Never above 300 s.", author="Ines Okafor"
    )


def fresh(book, note):
    return records.get(book, Annotation, note.id)


def lost(book):
    return [note.id for _, note in annotating.orphaned(book)]


def test_a_note_is_tied_to_the_words_a_reader_sees(caution):
    assert (caution.field, caution.quote, caution.key) == ("steps", "allow 300 s of skew", "AN-0001")
    assert caution.prefix.endswith("offset under 1 s\nUntil then, ")
    assert caution.suffix.startswith("\napproval of the security lead")


def test_an_engineer_edits_around_it_and_in_it_and_the_note_stays(book, saml, caution, now):
    more = (Step("Tell the service desk"), *STEPS)
    saml = editing.change(book, saml, now, steps=more)
    assert fresh(book, caution).position == caution.position + len("Tell the service desk\n")

    reworded = tuple(replace(step, action=step.action.replace("`300 s`", "at most 300 seconds")) for step in more)
    editing.change(book, saml, now, steps=reworded)
    assert fresh(book, caution).quote == "allow at most 300 seconds of skew"
    assert lost(book) == []


def test_a_deleted_passage_leaves_its_note_and_a_restored_one_brings_it_back(book, saml, caution, now):
    without = editing.change(book, saml, now, steps=STEPS[:1])
    assert lost(book) == [caution.id]
    assert fresh(book, caution) == caution, "the old passage is kept word for word"

    twice = editing.change(book, without, now, cause="Something else.")
    assert lost(book) == [caution.id]
    editing.change(book, twice, now, steps=STEPS)
    assert lost(book) == []
    assert fresh(book, caution) == caution


def test_the_note_moves_in_the_entrys_own_stroke_and_back_with_it(book, saml, caution, now):
    editing.change(book, saml, now, steps=(Step("First of all, look at the clock"), *STEPS))
    moved = fresh(book, caution)
    (stroke,) = {line.stroke.id for line in history.recent(book, 2)}
    assert [line.record for line in history.of_stroke(book, stroke)] == [saml.id, caution.id]
    assert editing.undo(book, now).id == stroke
    assert fresh(book, caution) == caution
    editing.redo(book, now)
    assert fresh(book, caution) == moved
    assert not list(checking.trouble(book))


def test_an_import_takes_the_notes_along_too(book, folder, now):
    page = folder / "a.md"
    page.write_text("---\ntitle: Login loops\nid: '7'\n---\n## Workaround\n\nRaise the skew to 300 s.\n")
    import_markdown(book, [folder], now=now)
    entry = records.by_key(book, "KB-0001")
    at = annotating.passage(entry, "the skew")
    note = annotating.annotate(book, entry, at, now, kind=AnnotationKind.WHY, text="Clocks.", author="Ines")

    page.write_text(page.read_text().replace("Raise", "For one day, raise"))
    import_markdown(book, [folder], now=now)
    assert fresh(book, note).position == note.position + len("For one day, ")
    page.write_text(page.read_text().replace("For one day, raise the skew to 300 s.", "Ask the vendor."))
    import_markdown(book, [folder], now=now)
    assert lost(book) == [note.id]


def test_a_passage_moved_to_another_part_takes_its_note_along(book, saml, now):
    at = annotating.passage(saml, "Raise the skew")
    note = annotating.annotate(book, saml, at, now, kind=AnnotationKind.STORY, text="Once …", author="Ines")
    editing.change(book, saml, now, workaround="", rest=(Section("Old ways", "Raise the skew."),))
    assert (fresh(book, note).field, lost(book)) == ("rest", [])


def test_a_note_edited_in_the_same_stroke_is_left_to_that_edit(book, saml, caution, now):
    retired = replace(caution, retired=now)
    after = replace(saml, steps=())
    editing.apply(book, "Both", Edit(saml, after), Edit(caution, retired), now=now)
    assert fresh(book, caution) == retired


def test_an_orphaned_note_is_put_at_another_passage(book, saml, caution, now):
    saml = editing.change(book, saml, now, steps=STEPS[:1])
    annotating.place(book, caution, annotating.passage(saml, "Raise the skew"), now)
    assert lost(book) == []
    assert (fresh(book, caution).field, fresh(book, caution).quote) == ("workaround", "Raise the skew")


def test_a_passage_that_is_not_there_is_refused_with_the_nearest_one(saml):
    with pytest.raises(NotFound, match=r"does not stand in KB-0001.*nearest is “Until then, allow 300 s of skew”"):
        annotating.passage(saml, "allow 500 s of skew")
    with pytest.raises(NotFound, match=r"KB-0001’s cause.*nearest is “A clock runs ahead.”"):
        annotating.passage(saml, "the clock runs", "cause")
    with pytest.raises(NotFound, match="there is no text"):
        annotating.passage(saml, "anything", "impact")
    with pytest.raises(InvalidRecord, match="stands in workaround, steps; say which"):
        annotating.passage(saml, "skew")


def test_white_space_is_no_part_of_what_was_meant(saml):
    at = annotating.passage(saml, "offset under\n 1 s  Until then", "steps")
    assert (at.field, at.end - at.start) == ("steps", len("offset under 1 s\nUntil then"))


def test_others_agree_once_and_answer(book, caution, now):
    note = annotating.endorse(book, caution, now, "Tomás Reyes")
    with pytest.raises(InvalidRecord, match="Tomás Reyes agreed with this note already"):
        annotating.endorse(book, note, now, "Tomás Reyes")
    with pytest.raises(InvalidRecord, match="your own"):
        annotating.endorse(book, note, now, "Ines Okafor")
    note = annotating.answer(book, note, "An auditor did find it.", now, "Tomás Reyes")
    with pytest.raises(InvalidRecord, match="what you have to say"):
        annotating.answer(book, note, " ", now)
    assert [one.by for one in fresh(book, note).endorsements] == ["Tomás Reyes"]
    assert [(one.by, one.text) for one in fresh(book, note).answers] == [("Tomás Reyes", "An auditor did find it.")]


def test_a_newer_note_stands_where_the_older_one_stood_and_keeps_it_behind(book, saml, caution, now):
    second = annotating.supersede(book, caution, "Never above 120 s.", now, "Mara Lindqvist", applies_when="since 9.0")
    third = annotating.supersede(book, second, "Never above 60 s.", now, "Mara Lindqvist")
    assert (third.anchor, third.kind, third.applies_when) == (caution.anchor, AnnotationKind.CAUTION, "since 9.0")
    on_it = notes_on(book, saml.id)
    assert [note.id for note in on_it if note.is_in_use] == [third.id]
    assert {note.id for note in earlier(third, on_it)} == {caution.id, second.id}
    with pytest.raises(InvalidRecord, match="out of use already"):
        annotating.supersede(book, fresh(book, caution), "Once more.", now)
    editing.undo(book, now)
    assert [note.id for note in notes_on(book, saml.id) if note.is_in_use] == [second.id]
