"""What every page stands on: the open book, the look, the clock, and the ways to change, tell and go somewhere."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from escplaybook.domain.edits import Edit, Stroke
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.suggestions import Suggestion
from escplaybook.services import editing
from escplaybook.services.suggesting import subject_of
from escplaybook.services.verifying import HERE
from escplaybook.store import checking, history, records
from escplaybook.store.backup import back_up, backup_name
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_of
from escplaybook.store.memory import Memory
from escplaybook.ui.background import Jobs
from escplaybook.ui.bridge import Bridge
from escplaybook.ui.sweeping import Sweeper
from escplaybook.ui.theme import Theme
from escplaybook.ui.ticker import Clock, Ticker, system_clock

AT_ONCE = 200
"""Edits that are turned round while the window waits, about 0.1 s; more of them go to the pool."""

Turn = Callable[[Book, datetime, str], Stroke]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the program: a page, the record opened on it (its id), and what is typed in the search box.

    A page may also be named by the kind of record it shows.
    """

    page: str
    record: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence for the message bar, and the act offered behind it. `is_trouble` for what did not work."""

    text: str
    offer: str = ""
    act: Callable[[], None] | None = None
    is_trouble: bool = False


class Desk(QObject):
    """Handed to every page. `said` reaches the message bar, `wanted` takes the window to another place.

    `settling` carries a thing that is due to the page where it is settled.
    """

    said = Signal(object)
    wanted = Signal(object)
    settling = Signal(object)

    def __init__(self, book: Book, theme: Theme, *, clock: Clock = system_clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book, self.theme = book, theme
        self.memory = Memory(book.path)
        self.ticker = Ticker(clock, self)
        self.bridge = Bridge(book, self.ticker, self)
        self.jobs = Jobs(book.path, self)
        self.now = clock
        self._sweeper = Sweeper(self)
        self.ticker.minute.connect(self.let_editions_begin)
        self.ticker.minute.connect(self.tidy_search)

    def let_editions_begin(self) -> None:
        """Let the living matrix become what an edition says whose instant has come."""
        from escplaybook.services.publishing_matrix import catch_up  # not before the first window stands

        if not self.book.read_only:
            catch_up(self.book, self.now())

    def tidy_search(self) -> None:
        """Bring together what saves have left in the search, while nobody waits."""
        from escplaybook.services.keeping import tidy_search

        if not self.jobs.are_running():
            with suppress(PlaybookError):  # another program is writing, or the disk is full: in a minute, then
                tidy_search(self.book)

    @property
    def author(self) -> str:
        """Who edits: the name given in the settings, else the login name."""
        return str(self.memory.recall("author", "")) or default_author()

    @property
    def here(self) -> str:
        """The country one dials from (ISO 3166), as the settings have it; empty if nobody said."""
        return str(self.memory.recall(HERE, ""))

    def apply(self, reason: str, *edits: Edit, files: Iterable[bytes] = ()) -> tuple[Edit, ...] | None:
        """Store the edits as one stroke and offer to take it back; None, and told why, if it was refused.

        `files` are the bytes of what they attach.
        """
        try:
            stored = editing.apply(self.book, reason, *edits, now=self.now(), author=self.author, files=files)
        except PlaybookError as error:
            self.trouble(error)
            return None
        if all(kind_of(type(edit.record)).undoable for edit in stored):
            self.said.emit(Saying(reason, self.tr("Undo"), self.undo))
        else:
            self.said.emit(Saying(reason))  # a log only grows
        return stored

    def undo(self) -> None:
        """Take the latest stroke back, and say which it was."""
        self._turn(history.next_undo(self.book), editing.undo, self._undone)

    def redo(self) -> None:
        """Do again what was undone last, and say what it was."""
        self._turn(history.next_redo(self.book), editing.redo, self._redone)

    def _turn(self, stroke: Stroke | None, turn: Turn, told: Callable[[Stroke], None]) -> None:
        """Turn a stroke round: here if it is small, in the pool if it is the import of a whole collection."""
        now, author = self.now(), self.author
        if stroke is not None and history.size_of_stroke(self.book, stroke.id) > AT_ONCE:
            job = self.jobs.start(stroke.reason, lambda book, _job: turn(book, now, author), writes=True)
            job.finished.connect(told)
            job.failed.connect(self.trouble)
            return
        try:
            turned = turn(self.book, now, author)
        except PlaybookError as error:
            self.trouble(error)
            return
        told(turned)

    def _undone(self, stroke: Stroke) -> None:
        self.bridge.look()
        self.said.emit(Saying(self.tr("Undone: {0}").format(stroke.reason), self.tr("Redo"), self.redo))

    def _redone(self, stroke: Stroke) -> None:
        self.bridge.look()
        self.said.emit(Saying(self.tr("Done again: {0}").format(stroke.reason), self.tr("Undo"), self.undo))

    def back_up(self) -> None:
        """Write a verified copy of the book beside it, in the pool."""
        target = backup_name(self.book, self.now())
        job = self.jobs.start(self.tr("Backing up the book"), lambda book, _job: back_up(book, target))
        job.finished.connect(self._backed_up)
        job.failed.connect(self.trouble)

    def _backed_up(self, target: Path) -> None:
        self.say(self.tr("Backed up to {0}").format(target))

    def look_over(self) -> None:
        """The last program did not close the book: look it over in the pool and tell what was found."""
        work = self.jobs.start(self.tr("Looking the book over"), lambda book, _job: list(checking.trouble(book)))
        work.finished.connect(self._looked_over)
        work.failed.connect(self.trouble)

    def _looked_over(self, found: list[tuple[str, str]]) -> None:
        if not found:
            self.say(self.tr("The program was not closed properly last time; the book was looked over and is whole."))
            return
        told = self.tr("The book has faults: {0}. Back it up before you go on, and look closer with: {1}")
        sentence = told.format("; ".join(said for _, said in found[:3]), f"escplaybook check --book {self.book.path}")
        self.said.emit(Saying(sentence, is_trouble=True))

    def catch_up(self) -> None:
        """An older program wrote the book: make its search anew in the pool, which takes a while for a large one."""
        from escplaybook.services.keeping import rebuild_search

        told = self.tr("Bringing the search up to date")
        work = self.jobs.start(told, lambda book, _job: rebuild_search(book), writes=True)
        work.failed.connect(self.trouble)

    def remove_sample(self) -> None:
        """Take the sample programme out of the book."""
        from escplaybook.services.sample import remove_sample  # reads YAML: 0.1 s

        try:
            remove_sample(self.book, self.now())
        except PlaybookError as error:
            self.trouble(error)
            return
        self.say(self.tr("The sample programme is out of the book; what you wrote yourself stays."))

    def say(self, text: str, offer: str = "", act: Callable[[], None] | None = None) -> None:
        """Tell a sentence in the message bar."""
        self.said.emit(Saying(text, offer, act))

    def trouble(self, error: PlaybookError) -> None:
        """Tell what did not work; the error's own sentence says what is safe and what to do."""
        self.said.emit(Saying(str(error), is_trouble=True))

    def go(self, page: str, record: str = "", search: str = "") -> None:
        """Ask the window to show that place."""
        self.wanted.emit(Place(page, record, search))

    def go_to(self, record: Record) -> None:
        """Ask the window to show a record on the page of its kind; a suggestion is shown at what it is about."""
        about = subject_of(self.book, record) if isinstance(record, Suggestion) else None
        record = about if about is not None else record
        self.go(kind_of(type(record)).name, record.id)

    def go_to_key(self, key: str) -> None:
        """Ask the window to show the record that answers to a key, as links in texts name it."""
        try:
            self.go_to(records.by_key(self.book, key))
        except PlaybookError as error:
            self.trouble(error)

    def close(self) -> None:
        """Stop the clock, wait for the pool and close the files."""
        self.ticker.stop()
        self.jobs.close()
        self._sweeper.stop()
        self.memory.close()
        self.book.close()
