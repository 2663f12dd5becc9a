"""Saved searches on the desktop: kept from the box, listed in the rail with counts that follow every change."""

from PySide6.QtCore import QObject, QTimer, Signal

from escplaybook.domain.errors import PlaybookError
from escplaybook.services import saved_searches as saved
from escplaybook.services.saved_searches import SavedSearch
from escplaybook.store.book import Book
from escplaybook.ui.background import Job
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.saved_list import SavedList

PAUSE = 600
"""Milliseconds without a key or a change after which is counted."""


class SavedSearches(QObject):
    """`chosen` carries the search that is to be asked again."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, listed: SavedList, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._listed = desk, listed
        self._before: list[SavedSearch] = []
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._count)
        listed.chosen.connect(self._choose)
        listed.renamed.connect(self._rename)
        listed.removed.connect(self._remove)
        desk.bridge.changed.connect(self._wait)
        self.show()

    def show(self) -> None:
        """List what is kept, and count anew."""
        self._listed.show_searches([(one.name, one.text) for one in self.all()])
        self._wait()

    def all(self) -> list[SavedSearch]:
        """What is kept."""
        return saved.saved_searches(self._desk.memory)

    def close_down(self) -> None:
        """Count no more."""
        self._pause.stop()

    def hold(self) -> None:
        """Somebody is typing: count later."""
        if self._pause.isActive():
            self._pause.start()

    def keep(self, text: str, kinds: tuple[str, ...]) -> None:
        """Keep a search under its own text, and let another name be typed at once."""
        before = self.all()
        try:
            kept = saved.save(self._desk.memory, SavedSearch(text.strip()[: saved.NAME_LIMIT], text, kinds))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._tell(self.tr("Saved the search “{0}”.").format(kept.name), before)
        self._listed.name_anew(kept.name)

    def _rename(self, name: str, new: str) -> None:
        before = self.all()
        try:
            renamed = saved.rename(self._desk.memory, name, new)
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._tell(self.tr("The saved search “{0}” is now called “{1}”.").format(name, renamed.name), before)

    def _remove(self, name: str) -> None:
        before = self.all()
        saved.remove(self._desk.memory, name)
        self._tell(self.tr("Removed the saved search “{0}”; what it found stays.").format(name), before)

    def _tell(self, told: str, before: list[SavedSearch]) -> None:
        self._before = before
        self.show()
        self._desk.say(told, self.tr("Undo"), self._take_back)

    def _take_back(self) -> None:
        saved.keep(self._desk.memory, self._before)
        self.show()
        self._desk.say(self.tr("The saved searches are as they were."))

    def _choose(self, name: str) -> None:
        self.chosen.emit(saved.named(self._desk.memory, name))

    def _wait(self) -> None:
        if self._listed.buttons:
            self._pause.start()

    def _count(self) -> None:
        """In the pool, one count at a time."""
        if self._job is not None:
            self._pause.start()
            return
        searches, now = self.all(), self._desk.now()

        def work(book: Book, job: Job) -> dict[str, str]:
            told = {}
            for one in searches:
                if job.is_cancelled():
                    break
                total, is_more = saved.count(book, one, now)
                told[one.name] = f"{total:,}{'+' if is_more else ''}"
            return told

        self._job = self._desk.jobs.start(self.tr("Counting saved searches"), work, quietly=True)
        self._job.finished.connect(self._listed.show_counts)
        self._job.ended.connect(self._counted)

    def _counted(self) -> None:
        self._job = None
