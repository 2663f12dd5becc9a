"""What is written and how it will be read: side by side where there is room, else one in place of the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.editor_bar import PREVIEW_KEYS

ROOM = 900
"""Pixels at 100 % from which both stand beside each other."""

REMEMBERED = "preview beside"


class Sides(QSplitter):
    """`turned` follows when the preview comes or goes; `button` shows and changes which it is."""

    turned = Signal()

    def __init__(self, area: QWidget, preview: QWidget, button: QPushButton, desk: Desk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._area, self._preview, self._button, self._desk = area, preview, button, desk
        self._instead = False
        self.addWidget(area)
        self.addWidget(preview)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        button.clicked.connect(self.turn)
        keys = QShortcut(QKeySequence(PREVIEW_KEYS), parent)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.turn)
        self.settle()

    def has_room(self) -> bool:
        """Whether both fit beside each other."""
        return self.width() >= self._desk.theme.px(ROOM)

    def is_previewing(self) -> bool:
        """Whether the preview is wanted now."""
        return bool(self._desk.memory.recall(REMEMBERED, True)) if self.has_room() else self._instead

    def settle(self) -> None:
        """Begin with what is written; where there is room, the preview beside it as it was last wanted."""
        self._instead = False
        self._arrange()

    def turn(self) -> None:
        """Show the preview, or put it away."""
        if self.has_room():
            self._desk.memory.remember(REMEMBERED, not self.is_previewing())
        else:
            self._instead = not self._instead
        self._arrange()
        if self._area.isHidden():
            self._preview.setFocus()
        elif self._preview.hasFocus() or self._preview.isHidden():
            self._area.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        was = self._preview.isVisible()
        is_shown = self.is_previewing()
        self._button.setChecked(is_shown)
        self._preview.setVisible(is_shown)
        self._area.setVisible(self.has_room() or not is_shown)
        if is_shown and not was:
            self.setSizes([self.width() * 11 // 20, self.width() * 9 // 20])
            self.turned.emit()
