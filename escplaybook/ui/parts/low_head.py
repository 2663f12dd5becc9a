"""A head that leaves room for the text below it: where a small window or large type makes it too high, it scrolls."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

TEXT_KEPT = 0.3
"""Of the pane's height, what the text below keeps at least."""


class LowHead(QScrollArea):
    """Shows `content` as high as it asks to be at this width, but no higher than the pane can spare."""

    def __init__(self, content: QWidget, pane: QWidget) -> None:
        super().__init__(pane)
        self._content, self._pane = content, pane
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("plane", "raised")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)

    def fit(self) -> None:
        """Take the height that is wanted and can be had."""
        layout = self._content.layout()
        wanted = layout.totalHeightForWidth(self.viewport().width()) if layout is not None else 0
        spared = round(self._pane.height() * (1 - TEXT_KEPT))
        self.setFixedHeight(max(1, min(wanted, spared)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
