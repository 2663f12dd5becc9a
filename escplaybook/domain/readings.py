"""Reading paths: a newcomer reads a playbook chapter by chapter, asks the mentor, and is signed off."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id

ANSWERED_WITHIN = timedelta(days=2)
"""How long a newcomer's question may wait: who hears nothing for longer guesses, or stops asking."""

SIGNED_OFF_WITHIN = timedelta(days=7)
"""How long a reading that is done may wait for the mentor's word: by the next weekly review."""

STALE_AFTER = timedelta(days=14)
"""How long nothing may happen in a reading before somebody should ask why: two weekly reviews without a chapter."""


@dataclass(frozen=True, slots=True)
class ChapterOutline:
    """A chapter as far as progress goes by it: its file, its title and the words of each item to tick, in order."""

    file: str
    title: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A playbook as far as progress goes by it. `name` is how a reading names it."""

    name: str
    title: str
    version: str
    chapters: tuple[ChapterOutline, ...]

    def chapter(self, file: str) -> ChapterOutline | None:
        """The chapter in that file, if there is one."""
        return next((one for one in self.chapters if one.file == file), None)


@dataclass(frozen=True, slots=True)
class ChapterRead:
    """A chapter that was read, with its title as it was then."""

    chapter: str
    at: datetime
    title: str = ""


@dataclass(frozen=True, slots=True)
class ItemTicked:
    """An item of a chapter's tick list that was done. `number` counts from 1; `item` is how it read then."""

    chapter: str
    number: int
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's way through the playbook called `playbook`: its folder's name, or the path of a folder of one's own.

    `reader` and `mentor` are names, for people leave and their evidence stays; `reader_contact` and `mentor_contact`
    are their ids where they are contacts. `finished` is when the last chapter was read; `signed_off` when the mentor
    said that it will do.
    """

    id: str
    playbook: str
    version: str
    reader: str
    started: datetime
    created: datetime
    updated: datetime
    key: str = ""
    title: str = ""
    reader_contact: str | None = None
    mentor: str = ""
    mentor_contact: str | None = None
    chapters: tuple[ChapterRead, ...] = ()
    ticks: tuple[ItemTicked, ...] = ()
    finished: datetime | None = None
    signed_off: datetime | None = None
    signed_off_by: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.reader.strip():
            raise InvalidRecord("Say who reads it.")
        if self.reader_contact is not None and self.reader_contact == self.mentor_contact:
            raise InvalidRecord("The mentor must be another person than the reader.")
        if (self.signed_off is None) != (not self.signed_off_by.strip()):
            raise InvalidRecord("A reading is signed off by somebody, at an instant.")

    @property
    def last_step(self) -> datetime:
        """When the reader last read a chapter or ticked an item; else when the reading began."""
        return max((self.started, *(one.at for one in self.chapters), *(one.at for one in self.ticks)))


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """What the reader of `reading` (an id) asks the mentor at a chapter (its file), maybe about a passage (`quote`)."""

    id: str
    reading: str
    chapter: str
    text: str
    asked: datetime
    created: datetime
    updated: datetime
    key: str = ""
    quote: str = ""
    asked_by: str = ""
    answer: str = ""
    answered: datetime | None = None
    answered_by: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidRecord("Write what you want to ask.")
        if self.answered is not None and not self.answer.strip():
            raise InvalidRecord("Write the answer.")
        if self.answered is not None and self.answered < self.asked:
            raise InvalidRecord("A question cannot be answered before it was asked.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is in the playbook as it is now: chapters and items done of all, and questions that wait.

    `lost` are ticks and chapters done that no longer fit, because the playbook has changed since.
    """

    chapters_read: int
    chapters: int
    items_ticked: int
    items: int
    waiting: int
    lost: int = 0

    @property
    def share(self) -> float:
        """How much is done, 0 to 1: each chapter and each item counts as one."""
        whole = self.chapters + self.items
        return (self.chapters_read + self.items_ticked) / whole if whole else 0.0


def reading_of(
    outline: Outline,
    reader: str,
    now: datetime,
    *,
    mentor: str = "",
    reader_contact: str | None = None,
    mentor_contact: str | None = None,
) -> Reading:
    """A reading that begins at `now`. Raises InvalidRecord if nobody reads, or the reader is the mentor too."""
    _refuse_same(reader, mentor)
    return Reading(
        id=new_id(now),
        playbook=outline.name,
        version=outline.version,
        reader=reader.strip(),
        started=now,
        created=now,
        updated=now,
        title=outline.title,
        reader_contact=reader_contact,
        mentor=mentor.strip(),
        mentor_contact=mentor_contact,
    )


def fitted(reading: Reading, outline: Outline) -> Reading:
    """The reading with what still fits the playbook as it is now.

    A chapter stays read while its file is there; a tick stays while its item reads as it did, wherever it stands now.
    """
    files = {one.file for one in outline.chapters}
    chapters = tuple(one for one in reading.chapters if one.chapter in files)
    ticks = tuple(tick for chapter in outline.chapters for tick in _fitted_ticks(reading, chapter))
    return replace(reading, chapters=chapters, ticks=ticks)


def progress_of(reading: Reading, outline: Outline, questions: Iterable[ReadingQuestion] = ()) -> Progress:
    """How far the reading is, by what fits the playbook as it is now."""
    fits = fitted(reading, outline)
    gone = len(reading.chapters) - len(fits.chapters) + len(reading.ticks) - len(fits.ticks)
    items = sum(len(chapter.items) for chapter in outline.chapters)
    waiting = len(waiting_of(reading, questions))
    return Progress(len(fits.chapters), len(outline.chapters), len(fits.ticks), items, waiting, gone)


def is_read(reading: Reading, file: str) -> bool:
    """Whether the chapter in that file was read."""
    return any(one.chapter == file for one in reading.chapters)


def ticked_in(reading: Reading, chapter: ChapterOutline) -> set[int]:
    """The numbers of the chapter's items that are ticked, of a reading that fits the playbook."""
    return {one.number for one in reading.ticks if one.chapter == chapter.file}


def next_chapter(reading: Reading, outline: Outline) -> ChapterOutline | None:
    """The first chapter that is not read yet; None if all are."""
    return next((one for one in outline.chapters if not is_read(reading, one.file)), None)


def waiting_of(reading: Reading, questions: Iterable[ReadingQuestion]) -> list[ReadingQuestion]:
    """The questions of a reading that wait for the mentor, the oldest first."""
    asked = (one for one in questions if one.reading == reading.id and one.retired is None and one.answered is None)
    return sorted(asked, key=lambda one: one.asked)


def missing_for_sign_off(reading: Reading, outline: Outline, questions: Iterable[ReadingQuestion]) -> tuple[str, ...]:
    """What must be done before the reading can be signed off, in words; nothing if it can be."""
    unread = [one.title for one in outline.chapters if not is_read(reading, one.file)]
    waiting = waiting_of(reading, questions)
    missing = []
    if unread:
        count = "1 chapter is" if len(unread) == 1 else f"{len(unread)} chapters are"
        missing.append(f"{count} not read yet: {_listed(unread)}")
    if waiting:
        count = "1 question waits" if len(waiting) == 1 else f"{len(waiting)} questions wait"
        missing.append(f"{count} for an answer: {_listed([one.key or one.text for one in waiting])}")
    return tuple(missing)


def with_chapter_read(reading: Reading, outline: Outline, file: str, now: datetime) -> Reading:
    """The reading with that chapter read. Raises InvalidRecord if it was, or there is no such chapter."""
    chapter = _chapter(outline, file)
    _refuse_closed(reading)
    if is_read(reading, file):
        raise InvalidRecord(f"“{chapter.title}” is marked as read already.")
    after = replace(reading, chapters=(*reading.chapters, ChapterRead(file, now, chapter.title)), updated=now)
    return replace(after, finished=now if next_chapter(after, outline) is None else None)


def with_chapter_unread(reading: Reading, file: str, now: datetime) -> Reading:
    """The reading with that chapter still to be read."""
    _refuse_closed(reading)
    chapters = tuple(one for one in reading.chapters if one.chapter != file)
    return replace(reading, chapters=chapters, finished=None, updated=now)


def with_item(reading: Reading, outline: Outline, file: str, number: int, now: datetime) -> Reading:
    """The reading with that item ticked, or no longer ticked if it was. Raises InvalidRecord if there is none."""
    chapter = _chapter(outline, file)
    _refuse_closed(reading)
    if not 1 <= number <= len(chapter.items):
        there_are = f"there are {len(chapter.items)}" if chapter.items else "there is nothing to tick in it"
        raise InvalidRecord(f"“{chapter.title}” has no item {number}; {there_are}.")
    fits = fitted(reading, outline)
    if number in ticked_in(fits, chapter):
        kept = tuple(one for one in fits.ticks if (one.chapter, one.number) != (file, number))
    else:
        kept = (*fits.ticks, ItemTicked(file, number, chapter.items[number - 1], now))
    return replace(reading, ticks=(*kept, *_outgrown(reading, fits)), updated=now)


def in_version(reading: Reading, outline: Outline, now: datetime) -> Reading:
    """The reading going on with the playbook as it is now; what no longer fits is left to the history."""
    after = replace(fitted(reading, outline), version=outline.version, title=outline.title, updated=now)
    if next_chapter(after, outline) is not None:
        return replace(after, finished=None)
    return replace(after, finished=after.finished or now)


def with_mentor(reading: Reading, name: str, contact: str | None, now: datetime) -> Reading:
    """The reading with another mentor, a contact if `contact` is an id. Raises InvalidRecord if that is the reader."""
    _refuse_closed(reading)
    _refuse_same(reading.reader, name)
    return replace(reading, mentor=name.strip(), mentor_contact=contact, updated=now)


def signed_off(
    reading: Reading, outline: Outline, questions: Iterable[ReadingQuestion], now: datetime, by: str
) -> Reading:
    """The reading as the mentor closes it.

    Raises InvalidRecord if it is signed off already, something is missing, or the reader would do it.
    """
    _refuse_closed(reading)
    if by.strip().casefold() == reading.reader.strip().casefold():
        raise InvalidRecord("Somebody else than the reader signs a reading off: the mentor, or who stands in.")
    if missing := missing_for_sign_off(reading, outline, questions):
        raise InvalidRecord(f"It cannot be signed off yet: {'; '.join(missing)}.")
    after = in_version(reading, outline, now)
    return replace(after, signed_off=now, signed_off_by=by.strip())


def question_on(
    reading: Reading, outline: Outline, file: str, text: str, now: datetime, *, quote: str = ""
) -> ReadingQuestion:
    """What the reader asks at that chapter. Raises InvalidRecord if it says nothing, or there is no such chapter."""
    _chapter(outline, file)
    _refuse_closed(reading)
    return ReadingQuestion(
        id=new_id(now),
        reading=reading.id,
        chapter=file,
        text=text.strip(),
        asked=now,
        created=now,
        updated=now,
        quote=" ".join(quote.split()),
        asked_by=reading.reader,
    )


def with_answer(question: ReadingQuestion, answer: str, now: datetime, by: str) -> ReadingQuestion:
    """The question with its answer. Raises InvalidRecord if it has one already, or the answer is empty."""
    if question.answered is not None:
        raise InvalidRecord(
            f"{question.key} was answered already, by {question.answered_by}; ask what is still unclear."
        )
    return replace(question, answer=answer.strip(), answered=now, answered_by=by.strip(), updated=now)


def _fitted_ticks(reading: Reading, chapter: ChapterOutline) -> Iterator[ItemTicked]:
    """The ticks of a chapter where their items stand now; of items that read alike, each tick stays at its place."""
    ticked = [one for one in reading.ticks if one.chapter == chapter.file]
    items = list(enumerate(chapter.items, start=1))
    at_their_place = {(one.number, one.item): one for one in ticked}
    placed = {number: at_their_place[number, item] for number, item in items if (number, item) in at_their_place}
    others = [one for one in ticked if one not in placed.values()]
    for number, item in items:
        moved = next((one for one in others if one.item == item), None) if number not in placed else None
        if moved is not None:
            others.remove(moved)
            placed[number] = replace(moved, number=number)
    yield from (placed[number] for number in sorted(placed))


def _chapter(outline: Outline, file: str) -> ChapterOutline:
    chapter = outline.chapter(file)
    if chapter is None:
        there_are = ", ".join(one.file for one in outline.chapters)
        raise InvalidRecord(f"“{outline.title}” has no chapter {file}; there are {there_are}.")
    return chapter


def _refuse_same(reader: str, mentor: str) -> None:
    if reader.strip() and reader.strip().casefold() == mentor.strip().casefold():
        raise InvalidRecord("The mentor must be another person than the reader.")


def _refuse_closed(reading: Reading) -> None:
    if reading.signed_off is not None:
        raise InvalidRecord(f"This reading was signed off by {reading.signed_off_by}; begin another one to read again.")
    if reading.retired is not None:
        raise InvalidRecord("This reading is out of use; take it back into use first, or begin another one.")


def _outgrown(reading: Reading, fits: Reading) -> tuple[ItemTicked, ...]:
    """The ticks that do not fit the playbook as it is now: kept until the reader goes on with the new version."""
    placed = {(one.chapter, one.item, one.at) for one in fits.ticks}
    return tuple(one for one in reading.ticks if (one.chapter, one.item, one.at) not in placed)


def _listed(names: list[str], most: int = 3) -> str:
    said = ", ".join(f"“{name}”" for name in names[:most])
    return said + (f" and {len(names) - most} more" if len(names) > most else "")
