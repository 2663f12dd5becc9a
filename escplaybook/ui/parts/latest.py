"""Slow work in the pool of which only the newest answer counts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk


class Latest(QObject):
    """`answered` carries what the work returned that was asked last; an older answer that comes late is dropped."""

    answered = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._asked = desk, 0

    def ask(self, work: Callable[[Book], Any]) -> None:
        """Let `work` be done with a book of its own."""
        self._asked += 1
        number = self._asked
        job = self._desk.jobs.start("", lambda book, _job: (number, work(book)), quietly=True)
        job.finished.connect(self._came)
        job.failed.connect(self._desk.trouble)

    def drop(self) -> None:
        """Nobody waits for an answer any more."""
        self._asked += 1

    def _came(self, answer: tuple[int, Any]) -> None:
        number, found = answer
        if number == self._asked:
            self.answered.emit(found)
