"""News from the book as one Qt signal, whoever wrote: this window, a job in the pool, or another program."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from escplaybook.store.book import Book
from escplaybook.store.kinds import KINDS
from escplaybook.ui.ticker import Ticker


class Bridge(QObject):
    """`changed` carries the set of record types that changed. What another connection wrote counts as every kind."""

    changed = Signal(object)

    def __init__(self, book: Book, ticker: Ticker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        book.listen(self._announced)
        ticker.second.connect(self.look)

    def look(self) -> None:
        """Ask whether somebody else has written, and pass it on."""
        if self._book.was_changed_elsewhere():
            self.changed.emit(frozenset(kind.type for kind in KINDS))

    def _announced(self, kinds: frozenset[type[Any]]) -> None:
        self.changed.emit(kinds)
