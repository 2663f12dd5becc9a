"""A field in which several things are chosen at once, such as the columns of a sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QSizePolicy, QWidget, QWidgetAction


class SeveralField(QPushButton):
    """A button that names what is chosen; it opens a list to tick, which stays open meanwhile."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: list[tuple[QCheckBox, str]] = []
        self._list = QMenu(self)
        self.setMenu(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def offer(self, offered: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Offer these, as (word, value), those that are chosen being ticked."""
        self._list.clear()
        self._ticks = []
        for word, value in offered:
            tick = QCheckBox(word, self._list)
            tick.setContentsMargins(8, 4, 8, 4)
            tick.setChecked(value in chosen)
            tick.toggled.connect(self._ticked)
            action = QWidgetAction(self._list)
            action.setDefaultWidget(tick)
            self._list.addAction(action)
            self._ticks.append((tick, value))
        self._tell()

    def value(self) -> tuple[str, ...]:
        """What is chosen, in the order in which it was offered."""
        return tuple(value for tick, value in self._ticks if tick.isChecked())

    def boxes(self) -> list[QCheckBox]:
        """What is ticked by a person."""
        return [tick for tick, _ in self._ticks]

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        self._tell()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # a QResizeEvent
        self._tell()

    def _ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        said = ", ".join(tick.text() for tick, _ in self._ticks if tick.isChecked()) or self.tr("None")
        room = max(self.width() - 40, 40)
        self.setText(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(said)
