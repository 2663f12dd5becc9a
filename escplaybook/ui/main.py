"""The desktop's start: one application, one book, one window."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from escplaybook.store.book import Book
from escplaybook.store.places import default_book
from escplaybook.ui.desk import Desk
from escplaybook.ui.theme import Choice, Theme
from escplaybook.ui.window import MainWindow


def run_desktop(book_path: Path | None = None) -> int:
    """Open the desktop on that book, or on the usual one, which is made if it is not there; returns the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("escplaybook")
    app.setApplicationDisplayName("Escalation Playbook")
    book = _open(book_path)
    theme = Theme(app)
    desk = Desk(book, theme, parent=app)
    theme.choose(Choice(desk.memory.recall("theme", Choice.SYSTEM)))
    theme.set_zoom(desk.memory.recall("zoom", 1.0))
    window = MainWindow(desk)
    window.show()
    code = app.exec()
    desk.close()
    return code


def _open(path: Path | None) -> Book:
    if path is not None:
        return Book.open(path)
    usual = default_book()
    if usual.exists():
        return Book.open(usual)
    usual.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Book.create(usual)
