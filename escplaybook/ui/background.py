"""Slow work in the pool: each job has its own book, tells how far it is, can be stopped, and sends only signals."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, SignalInstance

from escplaybook.domain.errors import PlaybookError
from escplaybook.store.book import Book

PACE = 0.05
"""Seconds between two tellings of how far a job is."""


class Job(QObject):
    """One piece of slow work. Exactly one of `finished`, `failed` follows, in the window's thread.

    `work(book, job)` runs in the pool; it calls `job.tell(done, total)` now and then, which never blocks, and ends
    early once `job.is_cancelled()`; what it returns is what `finished` carries.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, what: str, work: Callable[[Book, "Job"], Any]) -> None:
        super().__init__()
        self.what, self.work = what, work
        self._cancelled = False
        self._told = 0.0

    def tell(self, done: int, total: int) -> None:
        """So much of so much is done. A window need not be told more often than it can be seen."""
        now = monotonic()
        if done >= total or now - self._told >= PACE:
            self._told = now
            self.progressed.emit(done, total)

    def cancel(self) -> None:
        """Ask the work to end at the next safe place."""
        self._cancelled = True

    def is_cancelled(self) -> bool:
        """Whether the work should end."""
        return self._cancelled


class Jobs(QObject):
    """Starts jobs and waits for them at the end. `began` carries each new job, for whoever shows progress."""

    began = Signal(object)
    _over = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: dict[Job, _Run] = {}
        self._waiting: list[_Run] = []
        self._over.connect(self._forget)

    def start(self, what: str, work: Callable[[Book, Job], Any], *, writes: bool = False, quietly: bool = False) -> Job:
        """Run `work` in the pool. `what` tells people what is being done: “Importing known issues”, unless `quietly`.

        It begins with the next turn of the event loop, so that whoever called has its signals connected by then.
        """
        job = Job(what, work)
        job.setParent(self)
        run = self._running[job] = _Run(job, self._path, self._over, writes=writes)
        if not quietly:
            self.began.emit(job)
        self._waiting.append(run)
        QTimer.singleShot(0, self, self._begin)
        return job

    def are_running(self) -> bool:
        """Whether any job has not ended yet."""
        return bool(self._running)

    def close(self) -> None:
        """Stop what runs and wait until it has."""
        self._waiting.clear()
        for job in self._running:
            job.cancel()
        self._pool.waitForDone()

    def _begin(self) -> None:
        for run in self._waiting:
            self._pool.start(run)
        self._waiting.clear()

    def _forget(self, job: Job) -> None:
        self._running.pop(job, None)
        job.deleteLater()


class _Run(QRunnable):
    def __init__(self, job: Job, path: Path, over: SignalInstance, *, writes: bool) -> None:
        super().__init__()
        self.setAutoDelete(False)  # a quick one would be deleted by Qt while Python still hands it over
        self._job, self._path, self._writes = job, path, writes
        self._over = over

    def run(self) -> None:
        job = self._job
        try:
            with Book.open(self._path, read_only=not self._writes) as book:
                job.finished.emit(job.work(book, job))
        except PlaybookError as error:
            job.failed.emit(error)
        finally:
            job.ended.emit()
            self._over.emit(job)  # only now may the job be deleted: until here its signals were being sent
