"""Notices of the desktop, where it has them: what has become overdue while the program is open, each said once."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import pixmap

WANTED = "notices"
"""Under which name the settings remember whether notices are wanted; they are until somebody says no."""
NAMED = 3
"""Things that one notice names; more of them are counted."""


class Overdue(Protocol):
    """A thing whose time has passed: what tells it from others, and what is the matter."""

    @property
    def id(self) -> str:
        """The identity of the matter, not of the record alone."""
        ...

    @property
    def what(self) -> str:
        """The sentence."""
        ...


class Tray(Protocol):
    """Where the desktop shows notices."""

    @property
    def messageClicked(self) -> Any:
        """The signal that somebody clicked on it."""
        ...

    def showMessage(self, title: str, msg: str, /) -> None:
        """Show one."""
        ...


class Notices(QObject):
    """Tells what is newly overdue. What was so when the program opened stands on Today and needs no notice."""

    def __init__(self, desk: Desk, tray: Tray | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tray = desk, tray
        self._known: set[str] | None = None
        if tray is not None:
            tray.messageClicked.connect(self._clicked)

    def look(self, overdue: Sequence[Overdue]) -> None:
        """Compare with what was overdue the last time, and tell what is new."""
        now = {one.id for one in overdue}
        new = [] if self._known is None else [one for one in overdue if one.id not in self._known]
        self._known = now
        if new and self._tray is not None and self._desk.memory.recall(WANTED, default=True):
            self._tell(self._tray, [one.what for one in new])

    def _tell(self, tray: Tray, said: list[str]) -> None:
        if len(said) == 1:
            tray.showMessage(self.tr("Overdue"), said[0])
            return
        more = [self.tr("and {0} more").format(len(said) - NAMED)] if len(said) > NAMED else []
        tray.showMessage(self.tr("{0} things are overdue").format(len(said)), "\n".join([*said[:NAMED], *more]))

    def _clicked(self) -> None:
        self._desk.go("today")


def desktop_tray(desk: Desk, parent: QObject) -> QSystemTrayIcon | None:
    """The desktop's own place for notices, if it has one."""
    if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
        return None
    tray = QSystemTrayIcon(QIcon(pixmap("escplaybook", desk.theme.tokens.text, 64)), parent)
    tray.setToolTip(desk.book.path.name)
    tray.show()
    return tray
