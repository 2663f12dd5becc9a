"""The reading path: who reads which playbook, how far, what waits for the mentor.

What a person does is an act: the edit and the words it is called by. The command line stores it, the desktop puts it
on its undo stack.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from escplaybook import shipped
from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.naming import named
from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.reading_outlines import outline_of
from escplaybook.domain.readings import (
    Outline,
    Progress,
    Reading,
    ReadingQuestion,
    in_version,
    missing_for_sign_off,
    progress_of,
    question_on,
    reading_of,
    signed_off,
    with_answer,
    with_chapter_read,
    with_chapter_unread,
    with_item,
    with_mentor,
)
from escplaybook.services import editing, playbooks
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.readings import questions_in


@dataclass(frozen=True, slots=True)
class Act:
    """One stroke that is still to be stored. `reason` starts with a verb, as the history tells it."""

    reason: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """A reading with the playbook as it is now and what was asked; `playbook` is None if it cannot be read any more."""

    reading: Reading
    playbook: Playbook | None
    outline: Outline
    questions: tuple[ReadingQuestion, ...]

    @property
    def progress(self) -> Progress:
        """How far the reader is."""
        return progress_of(self.reading, self.outline, self.questions)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing for the mentor's sign-off, in words."""
        return missing_for_sign_off(self.reading, self.outline, self.questions)

    @property
    def is_outgrown(self) -> bool:
        """Whether the playbook has another version than the one the reading goes by, and is not signed off."""
        return self.reading.signed_off is None and self.outline.version != self.reading.version


def store(book: Book, act: Act, now: datetime, author: str | None = None) -> Reading | ReadingQuestion:
    """Store an act; returns the record as it is now."""
    (stored,) = editing.apply(book, act.reason, act.edit, now=now, author=author)
    assert isinstance(stored.after, Reading | ReadingQuestion)
    return stored.after


def paths(book: Book, known: Mapping[str, Playbook], also: str = "") -> list[ReadingPath]:
    """Every reading in use with its playbook: those that go on first, the one that moved last on top.

    `known` are playbooks that were read just now (see `by_name`); others are looked for. The reading with the id `also`
    is among them though it may be out of use.
    """
    found = [one for one in records.everything(book, Reading) if one.retired is None or one.id == also]
    found.sort(key=lambda one: one.last_step, reverse=True)
    found.sort(key=lambda one: one.signed_off is not None)
    others = {name: playbook_called(name) for name in {one.playbook for one in found} if name not in known}
    return [_path(book, one, known.get(one.playbook) or others[one.playbook]) for one in found]


def by_name(found: Iterable[Playbook]) -> dict[str, Playbook]:
    """Playbooks by the names under which readings go."""
    return {outline(one).name: one for one in found}


def going_on(found: list[ReadingPath], playbook: str, reader: str) -> ReadingPath | None:
    """The reading of the playbook called that which somebody of that name has not finished; None if there is none."""
    for path in found:
        reading = path.reading
        is_open = reading.signed_off is None and reading.retired is None
        if is_open and reading.playbook == playbook and reading.reader.casefold() == reader.casefold():
            return path
    return None


def path_of(book: Book, reading: Reading) -> ReadingPath:
    """One reading with its playbook."""
    return _path(book, reading, playbook_called(reading.playbook))


def playbook_called(name: str) -> Playbook | None:
    """The playbook that a reading names; None if it is gone or cannot be read any more."""
    try:
        return playbooks.playbook_named(name)
    except PlaybookError:
        return None


def outline(playbook: Playbook) -> Outline:
    """The playbook as readings go by it: by its name if it came with the program, else by the path of its folder."""
    is_shipped = Path(playbook.folder).parent == shipped.playbooks_folder().resolve()
    return outline_of(playbook, playbook.name if is_shipped else playbook.folder)


def mentor_of(book: Book, reading: Reading) -> str:
    """The mentor by name: as the contact is called now, else as it was written down."""
    person = records.find(book, Contact, reading.mentor_contact) if reading.mentor_contact else None
    return person.name if person is not None else reading.mentor


def person(book: Book, words: str) -> tuple[str, str | None]:
    """Name and id of whoever is meant: a contact by key or name, else a plain name without an id."""
    if words.upper().startswith("CO-"):
        found = records.by_key(book, words)
        assert isinstance(found, Contact)
        return found.name, found.id
    name = " ".join(words.split())
    people = (one for one in records.everything(book, Contact) if one.retired is None)
    same = [one for one in people if one.name.casefold() == name.casefold()]
    return (same[0].name, same[0].id) if len(same) == 1 else (name, None)


def begin(book: Book, playbook: Playbook, reader: str, mentor: str, now: datetime) -> Act:
    """Begin to read; `reader` and `mentor` are contacts by key or name, or plain names.

    Raises InvalidRecord if nobody is named, both are the same, or the reader is at it already.
    """
    way = outline(playbook)
    (reader_name, reader_id), (mentor_name, mentor_id) = person(book, reader), person(book, mentor)
    for other in records.everything(book, Reading):
        is_open = other.retired is None and other.signed_off is None
        if is_open and (other.playbook, other.reader) == (way.name, reader_name):
            raise InvalidRecord(f"{reader_name} reads “{playbook.title}” already: {other.key}. Go on with that one.")
    reading = reading_of(way, reader_name, now, mentor=mentor_name, reader_contact=reader_id, mentor_contact=mentor_id)
    return Act(f"Begin to read “{playbook.title}”", Edit(None, reading))


def read_chapter(path: ReadingPath, file: str, now: datetime) -> Act:
    """Mark a chapter as read. Raises InvalidRecord if it was, or there is no such chapter."""
    after = with_chapter_read(path.reading, _outline(path), file, now)
    return Act(f"Read “{_title(path, file)}”", Edit(path.reading, after))


def unread_chapter(path: ReadingPath, file: str, now: datetime) -> Act:
    """Let a chapter be read again."""
    after = with_chapter_unread(path.reading, file, now)
    return Act(f"Read “{_title(path, file)}” again", Edit(path.reading, after))


def tick(path: ReadingPath, file: str, number: int, now: datetime) -> Act:
    """Tick an item of a chapter, or take the tick back."""
    after = with_item(path.reading, _outline(path), file, number, now)
    verb = "Tick" if len(after.ticks) > len(path.reading.ticks) else "Take back"
    return Act(f"{verb} item {number} of “{_title(path, file)}”", Edit(path.reading, after))


def go_on(path: ReadingPath, now: datetime) -> Act:
    """Go on with the playbook's present version; what no longer fits is left to the history."""
    return Act(
        f"Go on with version {path.outline.version} of “{path.outline.title}”",
        Edit(path.reading, in_version(path.reading, _outline(path), now)),
    )


def change_mentor(book: Book, path: ReadingPath, mentor: str, now: datetime) -> Act:
    """Let somebody else answer and sign off: a contact by key or name, or a plain name."""
    name, contact = person(book, mentor)
    after = with_mentor(path.reading, name, contact, now)
    return Act(f"Let {name or 'nobody'} be the mentor of {path.reading.reader}", Edit(path.reading, after))


def ask(path: ReadingPath, file: str, text: str, now: datetime, *, quote: str = "") -> Act:
    """Ask the mentor something at a chapter, about a passage if `quote` is one."""
    question = question_on(path.reading, _outline(path), file, text, now, quote=quote)
    return Act(f"Ask about “{_title(path, file)}”", Edit(None, question))


def answer(question: ReadingQuestion, text: str, now: datetime, by: str) -> Act:
    """Answer a newcomer's question. Raises InvalidRecord if that was done, or the answer is empty."""
    return Act(f"Answer {named(question)}", Edit(question, with_answer(question, text, now, by)))


def sign_off(path: ReadingPath, now: datetime, by: str) -> Act:
    """Close a reading that is done. Raises InvalidRecord that says what is missing, or that the reader may not."""
    after = signed_off(path.reading, _outline(path), path.questions, now, by)
    return Act(f"Sign off “{path.outline.title}” for {path.reading.reader}", Edit(path.reading, after))


def _path(book: Book, reading: Reading, playbook: Playbook | None) -> ReadingPath:
    way = outline(playbook) if playbook is not None else Outline(reading.playbook, reading.title, reading.version, ())
    return ReadingPath(reading, playbook, way, tuple(questions_in(book, reading.id)))


def _outline(path: ReadingPath) -> Outline:
    if path.playbook is None:
        raise InvalidRecord(
            f"The playbook “{path.reading.playbook}” is not there any more, so the reading cannot go on; put its "
            "folder back. What was read is kept."
        )
    return path.outline


def _title(path: ReadingPath, file: str) -> str:
    chapter = path.outline.chapter(file)
    return chapter.title if chapter is not None else file
