"""What veterans know, on paper: beside the passage it is about."""

import pytest

from escplaybook.domain.annotations import Annotation, AnnotationKind, Answer, Endorsement
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import Section, Step
from escplaybook.paper.entries import entry_sheet
from escplaybook.paper.page import SIZES


@pytest.fixture
def known(entry):
    return entry(
        key="KB-0142",
        cause="The clock of the **identity** host runs ahead.",
        steps=(
            Step("Open UDP 123", expected="offset under 1 s"),
            Step("Allow `300 s` of skew", precondition="the lead agrees"),
        ),
        workaround="```\ndate -u\n```",
        rest=(Section("Whom to tell", "| Whom | When |\n|---|---|\n| Service desk | at once |"),),
    )


@pytest.fixture
def note(known, now):
    """Makes a note of which only what matters to the story need be said."""

    def build(field, quote, text, **fields):
        fields = {"kind": AnnotationKind.CAUTION, "author": "Ines Okafor"} | fields
        return Annotation(
            id=new_id(now), entry=known.id, field=field, quote=quote, text=text, created=now, updated=now, **fields
        )

    return build


def printed(known, stamp, notes, size="a4"):
    return entry_sheet(known, stamp, SIZES[size], notes).pdf()


def test_a_note_stands_in_the_margin_at_its_passage_under_the_same_number(known, note, stamp, find, pages):
    notes = [
        note("steps", "300 s", "Never above that.", applies_when="go-live"),
        note("cause", "identity host", "Not ours.", kind=AnnotationKind.WHY),
    ]
    pdf = printed(known, stamp, notes)
    text = " ".join(" ".join(pages(pdf)).split())
    assert "identity host1 runs ahead." in text
    assert "Allow 300 s2 of skew" in text
    assert "1 Why Not ours. Ines Okafor, 24 Nov 2026" in text
    assert "2 Caution · go-live Never above that." in text
    (passage,), (margin,) = find(pdf, "Allow 300 s"), find(pdf, "Caution · go-live")
    assert margin.left > passage.right
    assert abs(margin.top - passage.top) < 8


def test_on_small_paper_notes_stand_below(known, note, stamp, find):
    pdf = printed(known, stamp, [note("cause", "identity host", "Not ours.")], "a6")
    (passage,), (below,), (after,) = (find(pdf, words) for words in ("runs ahead.", "Not ours.", "Remedy"))
    assert passage.bottom > below.top > below.bottom > after.top
    assert below.left < passage.right


def test_who_agrees_and_who_answered_is_printed(known, note, stamp, pages, now):
    said = note(
        "cause",
        "clock",
        "Look twice.",
        endorsements=(Endorsement("Mara", now), Endorsement("Tomás", now)),
        answers=(Answer("Petra", now, "Three times."),),
    )
    text = " ".join(" ".join(pages(printed(known, stamp, [said]))).split())
    assert "Ines Okafor, 24 Nov 2026 · 2 agree Petra: Three times." in text


def test_what_is_out_of_use_is_left_out_and_what_lost_its_passage_is_listed(known, note, stamp, pages, now):
    notes = [
        note("cause", "clock", "Old wisdom.", superseded_by="x"),
        note("cause", "clock", "Retired wisdom.", retired=now),
        note("cause", "the moon", "Lost wisdom."),
    ]
    text = " ".join(" ".join(pages(printed(known, stamp, notes))).split())
    assert "Old wisdom" not in text
    assert "Retired wisdom" not in text
    assert "Notes whose passage is gone Caution stood beside “the moon”. Lost wisdom." in text


def test_code_is_printed_as_it_is_and_its_note_says_what_it_is_about(known, note, stamp, pages):
    text = " ".join(" ".join(pages(printed(known, stamp, [note("workaround", "date -u", "On both hosts.")]))).split())
    assert "Workaround date -u " in text.replace("1 Caution at “date -u” On both hosts.", "")
    assert "1 Caution at “date -u” On both hosts." in text


def test_a_note_on_a_table_stands_below_it(known, note, stamp, find):
    pdf = printed(known, stamp, [note("rest", "Service desk", "By phone.")])
    (cell,), (below,) = find(pdf, "Service desk"), find(pdf, "By phone.")
    assert cell.bottom > below.top


@pytest.mark.parametrize("size", SIZES)
def test_a_hundred_long_notes_are_all_printed(entry, note, known, stamp, pages, size):
    from dataclasses import replace

    long = replace(known, cause="\n\n".join(f"Passage number {number}." for number in range(100)))
    notes = [note("cause", f"number {number}.", f"Said of {number}: " + "word " * 60) for number in range(100)]
    text = " ".join(" ".join(pages(printed(long, stamp, notes, size))).split())
    for number in range(100):
        assert f"Said of {number}:" in text
    assert text.count("word") == 6000


def test_an_entry_without_notes_is_printed_over_the_whole_width(known, stamp, find):
    with_notes, without = (printed(known, stamp, notes) for notes in ([], ()))
    assert find(with_notes, "at once")[0] == find(without, "at once")[0]
