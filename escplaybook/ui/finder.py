"""Searching while somebody types: one thread with its own book for reading, called off at the next key."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from escplaybook.domain.errors import PlaybookError
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_named
from escplaybook.ui.filters import words_in

if TYPE_CHECKING:
    from escplaybook.search.completion import Completion
    from escplaybook.search.find import Answer

Facets = dict[str, list[tuple[str, int]]]
PAUSE = 250
"""Milliseconds without a key after which the full ranking is asked for."""
ASKED_AFTER, NEAREST = 4, 5
"""Of how many words without a hit like ones are looked up, and how many of these are offered."""


@dataclass(frozen=True, slots=True)
class Question:
    """One search. `typing` while the last word is being typed; `with_facets` also counts the filters' values."""

    text: str
    kinds: tuple[str, ...] = ()
    limit: int = 50
    offset: int = 0
    typing: bool = False
    as_typed: bool = False
    with_facets: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An answer with the question it answers and the seconds it took.

    `near` are words of the book like those asked, if there was no hit; `is_more` that not all hits were counted.
    """

    question: Question
    answer: "Answer"
    near: tuple[str, ...] = ()
    is_more: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Counted:
    """How the hits of a question divide, and how many records of its kinds there are at all.

    It follows the answer, as counting takes longer than finding.
    """

    question: Question
    facets: Facets
    total: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A text with the cursor in a word that is being typed, in a search for these kinds."""

    text: str
    cursor: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """What the word may become."""

    begun: Begun
    completion: "Completion"


class Finder(QObject):
    """Takes questions, gives `found` and then `counted` for the latest one only; `failed` carries a PlaybookError.

    `completed` says what the latest word that was begun may become.
    """

    found = Signal(object)
    counted = Signal(object)
    completed = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Reader(path, self)
        self._thread.found.connect(self._pass_on)
        self._thread.counted.connect(self._pass_on_count)
        self._thread.completed.connect(self.completed)
        self._thread.failed.connect(self._fail)
        self._latest: Question | None = None
        self._is_asked = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask_whole)

    def ask(self, question: Question) -> None:
        """Answer this one and forget any before it. A question asked while typing is asked again after a pause."""
        self._latest, self._is_asked = question, True
        if question.typing:
            self._pause.start()
        else:
            self._pause.stop()
        self._thread.ask(question)

    def complete(self, begun: Begun) -> None:
        """Say what the word may become, once the question is answered; `begun` before it is forgotten."""
        self._thread.complete(begun)

    def forget(self) -> None:
        """The last question needs no answer any more."""
        self._pause.stop()
        self._latest, self._is_asked = None, False

    @property
    def is_asked(self) -> bool:
        """Whether an answer, or the fuller one after a pause, is still to come."""
        return self._is_asked or self._pause.isActive()

    def close(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._latest = None
        self._thread.close()

    def _ask_whole(self) -> None:
        if self._latest is not None:
            self.ask(replace(self._latest, typing=False, with_facets=True))

    def _fail(self, error: PlaybookError) -> None:
        self._is_asked = False
        self.failed.emit(error)

    def _pass_on(self, found: Found) -> None:
        if found.question == self._latest:
            self._is_asked = found.question.with_facets
            self.found.emit(found)

    def _pass_on_count(self, counted: Counted) -> None:
        if counted.question == self._latest:
            self._is_asked = False
            self.counted.emit(counted)


class _Reader(QThread):
    found = Signal(object)
    counted = Signal(object)
    completed = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._wake = threading.Condition()
        self._question: Question | None = None
        self._begun: Begun | None = None
        self._is_over = False
        self._book: Book | None = None

    def ask(self, question: Question) -> None:
        with self._wake:
            self._question = question
            if self._book is not None:
                self._book.interrupt()
            self._wake.notify()
        if not self.isRunning():
            self.start()

    def complete(self, begun: Begun) -> None:
        with self._wake:
            self._begun = begun
            self._wake.notify()
        if not self.isRunning():
            self.start()

    def close(self) -> None:
        with self._wake:
            self._is_over = True
            if self._book is not None:
                self._book.interrupt()
            self._wake.notify()
        self.wait()

    def run(self) -> None:
        try:
            with Book.open(self._path, read_only=True) as book:
                self._serve(book)
        except PlaybookError as error:
            self.failed.emit(error)
        finally:
            self._book = None

    def _serve(self, book: Book) -> None:
        self._book = book
        while (asked := self._next()) is not None:
            self._answer(book, asked)

    def _next(self) -> Question | Begun | None:
        """A question comes before a word to be completed."""
        with self._wake:
            while self._question is None and self._begun is None and not self._is_over:
                self._wake.wait()
            if self._is_over:
                return None
            if self._question is not None:
                question, self._question = self._question, None
                return question
            begun, self._begun = self._begun, None
            return begun

    def _answer(self, book: Book, asked: Question | Begun) -> None:
        from escplaybook.search.find import Interrupted  # the search costs 0.1 s to import, and the window stands first

        try:
            if isinstance(asked, Begun):
                self.completed.emit(self._complete(book, asked))
                return
            self.found.emit(self._find(book, asked))
            if asked.with_facets:
                self.counted.emit(self._count(book, asked))
        except Interrupted:
            return
        except PlaybookError as error:
            self.failed.emit(error)

    def _find(self, book: Book, question: Question) -> Found:
        from escplaybook.search.find import find
        from escplaybook.search.standing import COUNTED

        started = perf_counter()
        answer = find(
            book,
            question.text,
            kinds=question.kinds,
            limit=question.limit,
            offset=question.offset,
            typing=question.typing,
            as_typed=question.as_typed,
        )
        seconds = perf_counter() - started
        near = () if answer.hits or question.typing else self._near(book, question)
        is_more = answer.total == COUNTED and bool(question.text.strip())
        return Found(question, answer, near, is_more, seconds)

    def _complete(self, book: Book, begun: Begun) -> Completed:
        from escplaybook.search.completion import complete

        return Completed(begun, complete(book, begun.text, begun.cursor, begun.kinds))

    def _count(self, book: Book, question: Question) -> Counted:
        from escplaybook.search.facets import facets
        from escplaybook.search.find import interruptible

        divided = facets(book, question.text, question.kinds, as_typed=question.as_typed)
        with interruptible():
            total = sum(records.count(book, kind_named(kind).type) for kind in question.kinds)
        return Counted(question, divided, total)

    def _near(self, book: Book, question: Question) -> tuple[str, ...]:
        from escplaybook.search.find import interruptible
        from escplaybook.search.suggest import candidates

        words = [word for word in words_in(question.text).split() if word.isalpha()]
        with interruptible():
            near = [other for word in words[:ASKED_AFTER] for other in candidates(book, word.casefold(), NEAREST)]
        return tuple(dict.fromkeys(near))[:NEAREST]
