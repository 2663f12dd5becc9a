"""What the reading path says: on the shelf, in the contents, in the bar at the foot."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.playbooks import Playbook
from escplaybook.domain.readings import Outline, Reading, ReadingQuestion, fitted, is_read, ticked_in, waiting_of
from escplaybook.services.reading_playbooks import ReadingPath
from escplaybook.ui.playbooks.rows import ProgressRow, Word
from escplaybook.ui.times import said, short_day


def shelf_rows(books: Mapping[str, Playbook], paths: Sequence[ReadingPath], now: datetime) -> list[ProgressRow]:
    """The readings that go on, the playbooks there are (by name), and the readings that were signed off."""
    stopped = [_reading_row(path, now) for path in paths if path.reading.retired is not None]
    paths = [path for path in paths if path.reading.retired is None]
    going = [_reading_row(path, now) for path in paths if path.reading.signed_off is None]
    closed = [_reading_row(path, now) for path in paths if path.reading.signed_off is not None]
    known = [_playbook_row(name, book) for name, book in books.items()]
    groups = (
        (_tr("Being read"), going),
        (_tr("Playbooks"), known),
        (_tr("Signed off"), closed),
        (_tr("Stopped"), stopped),
    )
    rows: list[ProgressRow] = []
    for heading, group in groups:
        rows += [
            ProgressRow(one.id, one.title, one.meta, one.share, one.is_done, one.icon, heading if first else "")
            for first, one in ((at == 0, one) for at, one in enumerate(group))
        ]
    return rows


def _reading_row(path: ReadingPath, now: datetime) -> ProgressRow:
    reading, progress = path.reading, path.progress
    title = f"{reading.reader}: {path.outline.title or reading.playbook}"
    if reading.signed_off is not None:
        told = _tr("{0}, {1}").format(reading.signed_off_by, said(reading.signed_off, now))
        return ProgressRow(reading.id, title, ((told, "good"),), 1.0, is_done=True)
    words: list[Word] = [(_tr("{0} of {1} chapters").format(progress.chapters_read, progress.chapters), "muted")]
    if path.playbook is None:
        words = [(_tr("its folder is gone"), "warn")]
    elif progress.waiting:
        words.append((_counted(progress.waiting, _tr("1 question waits"), _tr("{0} questions wait")), "warn"))
    elif not path.missing:
        words.append((_tr("ready for sign-off"), "accent"))
    elif path.is_outgrown:
        words.append((_tr("new version"), "warn"))
    else:
        words.append((said(reading.last_step, now), "muted"))
    return ProgressRow(reading.id, title, tuple(words), progress.share)


def _playbook_row(name: str, book: Playbook) -> ProgressRow:
    words = (book.role, book.stage, _counted(len(book.chapters), _tr("1 chapter"), _tr("{0} chapters")))
    return ProgressRow(name, book.title, tuple((word, "muted") for word in words if word), icon="book-open")


def chapter_rows(outline: Outline, path: ReadingPath | None) -> list[ProgressRow]:
    """The contents: each chapter with what is ticked in it, and what was asked."""
    reading = fitted(path.reading, outline) if path is not None else None
    rows = []
    for number, chapter in enumerate(outline.chapters, start=1):
        words: list[Word] = []
        done = False
        share: float | None
        if reading is not None and path is not None:
            ticked, done = len(ticked_in(reading, chapter)), is_read(reading, chapter.file)
            share = ticked / len(chapter.items) if chapter.items else float(done)
            words.append((_tr("read") if done else _tr("to read"), "good" if done else "muted"))
            if chapter.items:
                words.append((_tr("{0} of {1} ticked").format(ticked, len(chapter.items)), "muted"))
            asked = [one for one in waiting_of(reading, path.questions) if one.chapter == chapter.file]
            if asked:
                words.append((_counted(len(asked), _tr("1 question"), _tr("{0} questions")), "warn"))
        else:
            share = None
        if reading is None and chapter.items:
            words.append((_counted(len(chapter.items), _tr("1 item to tick"), _tr("{0} items to tick")), "muted"))
        rows.append(ProgressRow(chapter.file, f"{number}  {chapter.title}", tuple(words), share, done, "file-text"))
    return rows


def standing(path: ReadingPath, now: datetime) -> str:
    """How a reading stands, in one line at the foot."""
    reading, progress = path.reading, path.progress
    if reading.signed_off is not None:
        return _tr("Signed off by {0}, {1}.").format(reading.signed_off_by, said(reading.signed_off, now))
    told = _tr("{0} of {1} chapters").format(progress.chapters_read, progress.chapters)
    if progress.items:
        told += _tr(" · {0} of {1} ticks").format(progress.items_ticked, progress.items)
    if progress.waiting:
        told += " · " + _counted(progress.waiting, _tr("1 question waits"), _tr("{0} questions wait"))
    return told if path.missing else told + _tr(" · ready for sign-off")


def outgrown(path: ReadingPath) -> str:
    """That the playbook has changed since the reading began, and what of it stays."""
    lost = path.progress.lost
    told = _tr("This playbook is version {0} now; the reading goes by {1}. What was read and ticked stays").format(
        path.outline.version or "–", path.reading.version or "–"
    )
    if not lost:
        return told + "."
    return told + _counted(lost, _tr(" but for 1 mark that fits no more."), _tr(" but for {0} marks that fit no more."))


def tally(count: int, paths: Sequence[ReadingPath]) -> str:
    """How many playbooks there are, and what waits for mentors."""
    told = _counted(count, _tr("1 playbook"), _tr("{0} playbooks"))
    waiting = sum(path.progress.waiting for path in paths)
    if not waiting:
        return told
    return f"{told} · {_counted(waiting, _tr('1 question waits'), _tr('{0} questions wait'))}"


def who_asks(question: ReadingQuestion, now: datetime) -> str:
    """Who asked and when."""
    return _tr("{0} asks, {1}").format(question.asked_by, said(question.asked, now))


def who_answers(question: ReadingQuestion, now: datetime) -> str:
    """Who answered and when."""
    assert question.answered is not None
    return _tr("{0}, {1}").format(question.answered_by, said(question.answered, now))


def since(reading: Reading, mentor: str) -> str:
    """Who reads, since when, and with whom."""
    told = _tr("Read by {0} since {1}").format(reading.reader, short_day(reading.started.astimezone().date()))
    return told + (_tr(" · mentor {0}").format(mentor) if mentor else _tr(" · no mentor is named"))


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("playbooks", text)
