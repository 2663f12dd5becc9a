"""Texts being typed, kept beside the book at every pause, so that neither a crash nor a power cut eats them."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from escplaybook.domain.errors import PlaybookError
from escplaybook.ui.desk import Desk

PAUSE = 400
"""Milliseconds without a key after which what was typed is kept."""

LONGEST = 1_500
"""Milliseconds after which it is kept though the typing has not paused."""


class Draft(QObject):
    """The unsaved state of one record in one form. `name` tells records apart: `entry:<id>`, `entry:new`.

    What is kept are the values of the form's fields, which JSON can hold, those it began with, and the instant of the
    last key.
    """

    def __init__(self, desk: Desk, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._name = desk, kind, ""
        self._values: dict[str, Any] = {}
        self._base: dict[str, Any] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.keep)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(LONGEST)
        self._longest.timeout.connect(self.keep)

    def begin(self, record_id: str) -> None:
        """From now on the draft is that record's; `new` for one that is not in the book yet."""
        self._stop()
        self._values = {}
        self._name = self._named(record_id)

    def note(self, values: dict[str, Any], base: dict[str, Any] | None = None) -> None:
        """Something was typed; keep it once the typing pauses. `base` is what the form began with."""
        self._values, self._base = values, base or {}
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def keep(self) -> None:
        """Keep what was noted now."""
        self._stop()
        if self._values:
            at = self._desk.now().isoformat()
            kept = {"at": at, "values": self._values, "base": self._base}
            if not self._desk.memory.remember(self._name, kept):
                told = self.tr(
                    "What you type cannot be kept: the disk is full. Make room; until then it is only in this window."
                )
                self._desk.trouble(PlaybookError(told))

    def drop(self) -> None:
        """The text was saved or given up."""
        self._stop()
        self._values = {}
        self._desk.memory.forget(self._name)

    def kept(self, record_id: str) -> tuple[datetime, dict[str, Any]] | None:
        """What was being typed for that record, and when; None if nothing was."""
        found = self._desk.memory.recall(self._named(record_id))
        return (datetime.fromisoformat(found["at"]), found["values"]) if found else None

    def kept_base(self, record_id: str) -> dict[str, Any]:
        """What the form began with when that was typed; empty if it was not noted."""
        found = self._desk.memory.recall(self._named(record_id))
        return dict(found.get("base", {})) if found else {}

    def all_kept(self) -> list[str]:
        """The ids of the records that have a draft."""
        prefix = self._named("")
        return [name.removeprefix(prefix) for name in self._desk.memory.names(prefix)]

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()

    def _named(self, record_id: str) -> str:
        return f"draft:{self._kind}:{record_id}"
