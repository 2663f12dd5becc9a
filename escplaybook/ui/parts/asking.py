"""A few fields asked for in place, above the text they are about, before something is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress


class Asking(QFrame):
    """Fields with their labels, the button that does it, and Cancel. `done` follows Return or the button."""

    done = Signal()
    left = Signal()

    def __init__(self, desk: Desk, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._icon = desk, icon
        self.setProperty("line", "around")
        self.do = QPushButton(self)
        self.do.setProperty("kind", "primary")
        self.do.clicked.connect(self.done)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self.cancel.clicked.connect(self.leave)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 12)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.hide()

    def leave(self) -> bool:
        """Close without doing anything; tells whether it was open."""
        if self.isHidden():
            return False
        self.hide()
        self.left.emit()
        return True

    def ask_for(self, label: str, field: QWidget, act: str = "") -> None:
        """Ask for a field; beside the last one stands what is done."""
        row = self._grid.rowCount()
        title = QLabel(label, self)
        title.setProperty("role", "small")
        title.setBuddy(field)
        field.setAccessibleName(label)
        self._grid.addWidget(title, row, 0, 1, 3)
        self._grid.addWidget(field, row + 1, 0, 1, 1 if act else 3)
        if act:
            self.do.setText(act)
            dress(self.do, self._icon, self._desk.theme, "on_accent")
            self._grid.addWidget(self.do, row + 1, 1)
            self._grid.addWidget(self.cancel, row + 1, 2)
