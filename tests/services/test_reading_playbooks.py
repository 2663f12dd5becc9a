"""The starter playbooks as reading paths: what is ticked in the outline is what the screen and the paper show."""

import pytest

from escplaybook.domain.reading_outlines import is_item, tick_items
from escplaybook.services import editing, playbooks, reading_playbooks
from escplaybook.services.sample import make_sample
from tests.conftest import NOW


def test_the_outline_holds_the_items_that_are_shown(book):
    for playbook in playbooks.playbooks():
        outline = reading_playbooks.outline(playbook)
        shown = playbooks.reading_of(book, playbook, None, NOW).chapters
        assert [one.file for one in outline.chapters] == [one.file for one in shown]
        for chapter, read in zip(outline.chapters, shown, strict=True):
            assert len(chapter.items) == len(read.ticks), f"{playbook.name}/{chapter.file}"
            for item, words in zip(chapter.items, read.ticks, strict=True):
                assert is_item(item, words)


def test_code_holds_no_items():
    markdown = "- [ ] one\n\n~~~\n- [ ] two\n```\n~~~\n\n1. [x] three\n- [] four\n  - [X] five\n"
    assert tick_items(markdown) == ("one", "three", "five")


@pytest.mark.parametrize(
    ("item", "words", "same"),
    [
        ("Find the **ladder**, `S1`", "Find the ladder, S1", True),
        ("Say [hello](02.md#x) to “them”", "Say hello to “them”", True),
        ("Call {{point-of-contact}} once", "Call Astrid once", True),
        ("Find the ladder", "Find the matrix", False),
        ("**", "anything", False),
    ],
)
def test_marks_do_not_tell_items_apart(item, words, same):
    assert is_item(item, words) is same


def test_a_contact_is_known_by_key_and_by_name(book, contact):
    kim = editing.add(book, contact("Kim Halvorsen"), NOW)
    assert reading_playbooks.person(book, "co-1") == ("Kim Halvorsen", kim.id)
    assert reading_playbooks.person(book, " kim  halvorsen ") == ("Kim Halvorsen", kim.id)
    assert reading_playbooks.person(book, "Sam Okoro") == ("Sam Okoro", None)
    editing.add(book, contact("Kim Halvorsen"), NOW)
    assert reading_playbooks.person(book, "Kim Halvorsen") == ("Kim Halvorsen", None), "which of the two is not known"


def test_the_readings_of_the_sample_fit_the_starter_playbooks(book):
    make_sample(book, NOW)
    going, closed = reading_playbooks.paths(book, {})
    assert (going.reading.reader, closed.reading.signed_off_by) == ("Nguyễn Thị Hạnh", "Tomás Reyes")
    for way in (going, closed):
        assert way.progress.lost == 0
        assert not way.is_outgrown
        assert way.reading.title == way.outline.title
        for read in way.reading.chapters:
            assert read.title == way.outline.chapter(read.chapter).title
    assert closed.missing == ()
    assert (going.progress.chapters_read, going.progress.items_ticked, going.progress.waiting) == (2, 6, 1)
    texts = {chapter.file: chapter.text for chapter in going.playbook.chapters}
    assert all(question.quote in texts[question.chapter] for question in going.questions)
