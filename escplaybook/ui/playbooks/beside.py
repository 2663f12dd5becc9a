"""A text with its margin: beside it where there is room, else below it; gone while it holds nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from escplaybook.ui.theme import Theme

WIDE, MARGIN, NARROWEST = 780, 300, 220
"""Pixels at 100 %: from where the margin has room beside the text, its width there, and the least of it."""

BELOW, BELOW_WITH_FORM = 150, 250
"""The height of a margin that stands below the text, and of one in which something is typed."""


class Beside(QSplitter):
    """The text first, then its margin."""

    def __init__(self, theme: Theme, text: QWidget, margin: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._margin = theme, margin
        self._has_form = False
        self.addWidget(text)
        self.addWidget(margin)
        self.setStretchFactor(0, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        margin.setMinimumWidth(theme.px(NARROWEST))

    def show_margin(self, *, is_wanted: bool, has_form: bool) -> None:
        """Give the margin its room, or the text all of it."""
        self._has_form = has_form
        self._margin.setVisible(is_wanted)
        self._divide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.px(WIDE)
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.orientation() is not orientation:
            self.setOrientation(orientation)
            self._divide()

    def _divide(self) -> None:
        px = self._theme.px
        if self.orientation() is Qt.Orientation.Horizontal:
            self.setSizes([max(self.width() - px(MARGIN), 1), px(MARGIN)])
            return
        below = px(BELOW_WITH_FORM if self._has_form else BELOW)
        self.setSizes([max(self.height() - below, 1), below])
