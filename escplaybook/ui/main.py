"""The desktop's start: one application, one book, one window."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from escplaybook.domain.errors import BookDamaged, PlaybookError
from escplaybook.store.backup import latest_backup
from escplaybook.store.book import Book, make_folder
from escplaybook.store.places import default_book
from escplaybook.ui.desk import Desk
from escplaybook.ui.report import BugCatcher
from escplaybook.ui.theme import Choice, Theme
from escplaybook.ui.window import MainWindow

if TYPE_CHECKING:
    from escplaybook.ui.trouble import Trouble


def run_desktop(book_path: Path | None = None) -> int:
    """Open the desktop on that book, or on the usual one, which is made if it is not there; returns the exit code.

    A book that cannot be used is told in a window, with the choice of another.
    """
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("escplaybook")
    app.setApplicationDisplayName("Escalation Playbook")
    app.setDesktopFileName("escplaybook")
    BugCatcher(app).install()
    desktop = Desktop(app)
    desktop.open(book_path)
    code = app.exec()
    desktop.close()
    return code


class Desktop(QObject):
    """Keeps the window that is open, or the trouble there is with opening it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._theme = Theme(app)
        self.desk: Desk | None = None
        self.window: MainWindow | None = None
        self.trouble: Trouble | None = None

    def open(self, path: Path | None) -> None:
        """Open that book, or the usual one."""
        try:
            book = Book.open(path) if path is not None else _usual()
        except PlaybookError as error:
            self._tell(error, path or default_book())
            return
        desk = self.desk = Desk(book, self._theme, parent=self)
        self._theme.zoom = float(desk.memory.recall("zoom", 1.0))
        self._theme.choose(Choice(desk.memory.recall("theme", Choice.SYSTEM)))
        self.window = MainWindow(desk)
        self.window.show()
        if book.left_open:
            desk.look_over()
        if book.search_is_behind and not book.read_only:
            desk.catch_up()

    def close(self) -> None:
        """Close the files."""
        if self.desk is not None:
            self.desk.close()

    def _tell(self, error: PlaybookError, path: Path) -> None:
        """Say what is the matter with that book; a damaged one may be replaced by its latest backup."""
        from escplaybook.ui.trouble import Trouble

        kept = latest_backup(path) if isinstance(error, BookDamaged) else None
        self.trouble = Trouble(str(error), self._theme, path, kept)
        self.trouble.chosen.connect(self.open)
        self.trouble.show()


def _usual() -> Book:
    usual = default_book()
    if usual.exists():
        return Book.open(usual)
    make_folder(usual)
    return Book.create(usual)
