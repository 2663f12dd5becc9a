"""The rail at the left: one button a page, with a badge where action is due; saved searches; settings at its foot."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from escplaybook.ui.icons import pixmap
from escplaybook.ui.parts.rail_button import RailButton, Stop
from escplaybook.ui.parts.saved_list import SavedList
from escplaybook.ui.theme import Theme


class Rail(QFrame):
    """Shows where one is and goes elsewhere: `chosen` carries the name of a page."""

    chosen = Signal(str)

    def __init__(
        self, stops: Sequence[Stop], foot: Sequence[Stop], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "right")
        self.setAccessibleName(self.tr("Pages"))
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 8)
        column.setSpacing(2)
        column.addWidget(self._brand())
        column.addSpacing(12)
        for stop in stops:
            column.addWidget(self._button(stop))
        self.saved = SavedList(theme, self)
        column.addWidget(self.saved, 1)
        column.addStretch()  # takes the room while nothing is saved
        for stop in foot:
            column.addWidget(self._button(stop))
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_page(self, page: str) -> None:
        """Light up the button of that page."""
        if page in self.buttons:
            self.buttons[page].setChecked(True)

    def _button(self, stop: Stop) -> RailButton:
        button = RailButton(stop, self._theme, self)
        button.clicked.connect(self._clicked)
        self._group.addButton(button)
        self.buttons[stop.page] = button
        return button

    def _brand(self) -> QWidget:
        brand = QWidget(self)
        row = QHBoxLayout(brand)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(10)
        self._shield = QLabel(brand)
        name = QLabel("Escalation\nPlaybook", brand)
        name.setProperty("role", "heading")
        row.addWidget(self._shield)
        row.addWidget(name, 1)
        return brand

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.stop.page)

    def _follow_theme(self) -> None:
        ratio = self.devicePixelRatioF()
        self._shield.setPixmap(pixmap("shield-alert", self._theme.tokens.text, self._theme.px(18), ratio=ratio))
        self.setFixedWidth(self._theme.px(196))
        self.updateGeometry()
