"""A newcomer reads a playbook, ticks, asks, and is signed off when all of it is done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.dues import dues
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.programme import Programme
from escplaybook.domain.readings import (
    ChapterOutline,
    Outline,
    fitted,
    in_version,
    missing_for_sign_off,
    next_chapter,
    progress_of,
    question_on,
    reading_of,
    signed_off,
    ticked_in,
    with_answer,
    with_chapter_read,
    with_chapter_unread,
    with_item,
)
from tests.conftest import NOW

MONDAY = ChapterOutline("01-monday.md", "Monday", ("Find the ladder", "Say hello to the mentor"))
TUESDAY = ChapterOutline("02-tuesday.md", "Tuesday", ("Read three remedies",))
PLAYBOOK = Outline("first-week", "A first week", "1.0", (MONDAY, TUESDAY))
EMPTY = Programme({}, (), (), (), (), (), (), (), ())
DAY = timedelta(days=1)


@pytest.fixture
def sam():
    return reading_of(PLAYBOOK, "Sam Okoro", NOW, mentor="Kim Halvorsen")


def read_through(reading, at=NOW):
    for chapter in PLAYBOOK.chapters:
        reading = with_chapter_read(reading, PLAYBOOK, chapter.file, at)
    return reading


def test_progress_counts_chapters_and_items(sam):
    assert next_chapter(sam, PLAYBOOK) == MONDAY
    assert progress_of(sam, PLAYBOOK).share == 0
    sam = with_item(with_chapter_read(sam, PLAYBOOK, MONDAY.file, NOW), PLAYBOOK, MONDAY.file, 2, NOW)
    progress = progress_of(sam, PLAYBOOK)
    assert (progress.chapters_read, progress.chapters, progress.items_ticked, progress.items) == (1, 2, 1, 3)
    assert progress.share == 2 / 5
    assert next_chapter(sam, PLAYBOOK) == TUESDAY
    assert sam.finished is None


def test_the_last_chapter_finishes_the_reading_and_unreading_it_opens_it_again(sam):
    done = read_through(sam, NOW + DAY)
    assert done.finished == NOW + DAY
    assert with_chapter_unread(done, MONDAY.file, NOW + 2 * DAY).finished is None


def test_a_second_tick_takes_the_first_one_back(sam):
    once = with_item(sam, PLAYBOOK, MONDAY.file, 1, NOW)
    assert [(one.number, one.item, one.at) for one in once.ticks] == [(1, "Find the ladder", NOW)]
    assert with_item(once, PLAYBOOK, MONDAY.file, 1, NOW).ticks == ()


@pytest.mark.parametrize(("file", "number"), [("03-sunday.md", 1), (MONDAY.file, 0), (MONDAY.file, 3)])
def test_what_the_playbook_does_not_have_cannot_be_ticked(sam, file, number):
    with pytest.raises(InvalidRecord):
        with_item(sam, PLAYBOOK, file, number, NOW)


def test_sign_off_says_what_is_missing(sam):
    asked = replace(question_on(sam, PLAYBOOK, MONDAY.file, "Who is the sponsor?", NOW), key="RQ-0001")
    half = with_chapter_read(sam, PLAYBOOK, MONDAY.file, NOW)
    with pytest.raises(InvalidRecord, match=r"1 chapter is not read yet: “Tuesday”; 1 question waits .*“RQ-0001”"):
        signed_off(half, PLAYBOOK, [asked], NOW, "Kim Halvorsen")
    whole = read_through(sam)
    assert missing_for_sign_off(whole, PLAYBOOK, [asked]) == ("1 question waits for an answer: “RQ-0001”",)
    answered = with_answer(asked, "Priya.", NOW + DAY, "Kim Halvorsen")
    done = signed_off(whole, PLAYBOOK, [answered], NOW + DAY, "Kim Halvorsen")
    assert (done.signed_off, done.signed_off_by) == (NOW + DAY, "Kim Halvorsen")


def test_nobody_signs_off_their_own_reading_and_no_reading_twice(sam):
    whole = read_through(sam)
    with pytest.raises(InvalidRecord, match="Somebody else than the reader"):
        signed_off(whole, PLAYBOOK, [], NOW, "sam okoro ")
    done = signed_off(whole, PLAYBOOK, [], NOW, "Kim Halvorsen")
    with pytest.raises(InvalidRecord, match="was signed off by Kim Halvorsen"):
        signed_off(done, PLAYBOOK, [], NOW, "Kim Halvorsen")
    with pytest.raises(InvalidRecord, match="was signed off"):
        with_item(done, PLAYBOOK, MONDAY.file, 1, NOW)


def test_the_reader_is_not_the_mentor():
    with pytest.raises(InvalidRecord, match="another person"):
        reading_of(PLAYBOOK, "Sam Okoro", NOW, mentor="Sam okoro")


def test_a_new_version_keeps_the_ticks_that_still_fit(sam):
    for file, number in ((MONDAY.file, 1), (MONDAY.file, 2), (TUESDAY.file, 1)):
        sam = with_item(sam, PLAYBOOK, file, number, NOW)
    sam = read_through(sam)
    monday = replace(MONDAY, items=("Get a badge", "Find the ladder", "Say hello to your mentor"))
    friday = ChapterOutline("05-friday.md", "Friday")
    newer = replace(PLAYBOOK, version="1.1", chapters=(monday, friday))

    fits = fitted(sam, newer)
    assert ticked_in(fits, monday) == {2}, "the ladder stands second now; the greeting reads differently"
    assert [one.chapter for one in fits.chapters] == [MONDAY.file]
    assert progress_of(sam, newer).lost == 3, "the greeting, the remedies, and Tuesday"
    assert next_chapter(sam, newer) == friday

    ticked = with_item(sam, newer, MONDAY.file, 1, NOW + DAY)
    assert progress_of(ticked, newer).lost == 3, "ticking loses nothing until the reader goes on with the new version"

    on = in_version(ticked, newer, NOW + DAY)
    assert (on.version, on.finished) == ("1.1", None)
    assert progress_of(on, newer).lost == 0
    assert progress_of(on, newer).items_ticked == 2


def test_items_that_read_alike_are_ticked_one_by_one(sam):
    twice = replace(PLAYBOOK, chapters=(replace(MONDAY, items=("Breathe", "Call", "Breathe")),))
    last = with_item(sam, twice, MONDAY.file, 3, NOW)
    assert ticked_in(fitted(last, twice), twice.chapters[0]) == {3}
    both = with_item(last, twice, MONDAY.file, 1, NOW)
    assert ticked_in(fitted(both, twice), twice.chapters[0]) == {1, 3}


def told(now, *readings, questions=()):
    found = dues(replace(EMPTY, readings=readings, reading_questions=questions), now)
    return [(due.what, due.action, due.is_overdue(now)) for due in found]


def test_today_tells_the_mentor_what_waits(sam):
    assert told(NOW + DAY, sam) == []
    asked = question_on(sam, PLAYBOOK, MONDAY.file, "Who is the sponsor?", NOW)
    waits = "Kim Halvorsen: Sam Okoro asks “Who is the sponsor?”"
    assert told(NOW + DAY, sam, questions=(asked,)) == [(waits, "answer", False)]
    assert told(NOW + 20 * DAY, sam, questions=(asked,)) == [(waits, "answer", True)], (
        "not stale: it is the mentor's move"
    )
    ready = ("Kim Halvorsen: Sam Okoro has read “A first week” to the end", "sign off", True)
    assert told(NOW + 8 * DAY, read_through(sam)) == [ready]
    assert told(NOW + DAY, signed_off(read_through(sam), PLAYBOOK, [], NOW, "Kim Halvorsen")) == []


def test_today_tells_of_a_reading_that_stands_still(sam):
    half = with_chapter_read(sam, PLAYBOOK, MONDAY.file, NOW + 2 * DAY)
    assert told(NOW + 15 * DAY, half) == []
    still = ("Sam Okoro has not gone on with “A first week” for 16 days", "go on or stop", True)
    assert told(NOW + 18 * DAY, half) == [still]
    assert told(NOW + 18 * DAY, replace(half, retired=NOW)) == []
