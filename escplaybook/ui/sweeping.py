"""Rings of objects that nobody holds any more are collected in the window's thread alone.

Python collects them in whichever thread happens to allocate next. In the pool or in the reader of searches that would
take widgets and timers along, and Qt's objects may die only in the thread they live in.
"""

import gc

from PySide6.QtCore import QObject, QTimer

PACE = 500
"""Milliseconds between two looks; what came together by then is a few thousand objects, collected in a millisecond."""


class Sweeper(QObject):
    """Collects in the thread it was made in; until it is stopped, Python does not collect by itself anywhere."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(PACE)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect the oldest generation that has outgrown its limit, as Python itself would have."""
        grown = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, limit) in enumerate(grown) if 0 < limit < count]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
