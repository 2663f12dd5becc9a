"""What can be done from anywhere: one list for the keys, for `>` in the search box and for the list of shortcuts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """An act with its words and its keys. `is_key_only`: it moves the focus, so it is no use in a menu of acts."""

    words: str
    act: Callable[[], Any]
    keys: tuple[str, ...] = ()
    icon: str = ""
    is_key_only: bool = False

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return f"command:{self.words}"

    def shown_keys(self) -> str:
        """Its first keys as they stand on the keyboard; empty if it has none."""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if self.keys else ""


@dataclass(frozen=True, slots=True)
class Going:
    """The act of going to a page, as a bound method that a signal can hold."""

    go_to_page: Callable[[str], Any]
    page: str

    def go(self) -> None:
        """Go there."""
        self.go_to_page(self.page)
