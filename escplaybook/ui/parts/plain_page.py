"""A page without a search of its own: what the window asks of every page, answered as most such pages answer it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class PlainPage(QWidget):
    """The box finds anything here; a page that makes, prints or keeps something says so (see `parts.page`)."""

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        return self.tr("Find anything, or type > to do something")

    def search(self, _text: str) -> None:
        """There is nothing to search here."""

    def new(self, _title: str = "") -> None:
        """Nothing is made here."""

    def print_this(self) -> None:
        """There is no paper of it."""

    def save(self) -> None:
        """Nothing is typed here that could be lost."""

    def close_down(self) -> None:
        """Nothing to keep."""
