"""The one clock of the desktop: whatever shows time redraws when this says so."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, aware and UTC."""
    return datetime.now(UTC)


class Ticker(QObject):
    """Says `second` once a second and `minute` when another minute has begun, also after sleep."""

    second = Signal()
    minute = Signal()

    def __init__(self, clock: Clock = system_clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = clock
        self._last = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def stop(self) -> None:
        """Say nothing more."""
        self._timer.stop()

    def tick(self) -> None:
        """Look at the clock."""
        now = self.now()
        is_other_minute = now.replace(second=0, microsecond=0) != self._last.replace(second=0, microsecond=0)
        self._last = now
        self.second.emit()
        if is_other_minute:
            self.minute.emit()
