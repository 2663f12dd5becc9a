"""The templates that a new known blocker can begin with, as one row above its form."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.services.templating import Template, templates
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.prose_view import MARGIN

LONGEST = 34
"""Characters of a name that fit on a button beside others."""


class Beginning(QFrame):
    """`chosen` carries the template that a person wants to begin with."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._by_button: dict[QPushButton, Template] = {}
        self.setAccessibleName(self.tr("Templates"))
        self._row = FlowLayout(gap=4)
        label = QLabel(self.tr("Begin with"), self)
        label.setProperty("role", "small")
        label.setContentsMargins(0, 4, 4, 0)
        self._row.addWidget(label)
        around = QVBoxLayout(self)
        around.setContentsMargins(desk.theme.px(MARGIN), 8, desk.theme.px(MARGIN), 0)
        around.addLayout(self._row)
        self.buttons: list[QPushButton] = []
        self.hide()

    def offer(self, *, is_new: bool) -> None:
        """Offer what there is for a new known blocker, nothing for one that is there."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        found = templates(self._desk.book, self._desk.now()) if is_new else []
        self._by_button = {self._button(template): template for template in found}
        self.buttons = list(self._by_button)
        self.setVisible(bool(self.buttons))

    def _button(self, template: Template) -> QPushButton:
        name = template.name if len(template.name) <= LONGEST else f"{template.name[: LONGEST - 1]}…"
        button = QPushButton(name.replace("&", "&&"), self)
        button.setProperty("kind", "chip")
        button.setToolTip(self.tr("Fill the empty fields with the template “{0}”").format(template.name))
        button.clicked.connect(self._choose)
        self._row.addWidget(button)
        button.show()
        return button

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button in self._by_button:
            self.chosen.emit(self._by_button[button])
            self.hide()
