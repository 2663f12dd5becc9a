"""Slow work in the pool of which only the newest answer counts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from escplaybook.domain.errors import PlaybookError
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk

Work = Callable[[Book], Any]


class Latest(QObject):
    """`answered` carries what the work returned that was asked last. One job runs at a time.

    What is asked meanwhile waits, only the newest of it, and the older answer is dropped.
    """

    answered = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: Work | None = None
        self._is_running = self._is_wanted = False

    def ask(self, work: Work) -> None:
        """Let `work` be done with a book of its own."""
        self._waiting, self._is_wanted = work, True
        if not self._is_running:
            self._begin(work)

    def drop(self) -> None:
        """Nobody waits for an answer any more."""
        self._waiting, self._is_wanted = None, False

    def _begin(self, work: Work) -> None:
        self._waiting, self._is_running = None, True
        job = self._desk.jobs.start("", lambda book, _job: work(book), quietly=True)
        job.finished.connect(self._came)
        job.failed.connect(self._failed)

    def _came(self, found: Any) -> None:
        self._is_running = False
        if self._waiting is not None:
            self._begin(self._waiting)
        elif self._is_wanted:
            self.answered.emit(found)

    def _failed(self, error: PlaybookError) -> None:
        self._is_running = False
        if self._is_wanted:
            self._desk.trouble(error)
