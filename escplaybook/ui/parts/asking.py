"""A few fields that are asked for before something is done, in a frame below the buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

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

    def ask(self, label: str, field: QWidget, act: str = "") -> None:
        """Ask for a field; beside the last one stands what is done."""
        row = self._grid.rowCount()
        self._grid.addWidget(self._label(label, field), row, 0, 1, 3)
        self._grid.addWidget(field, row + 1, 0, 1, 1 if act else 3)
        if act:
            self.do.setText(act)
            dress(self.do, self._icon, self._desk.theme, "on_accent")
            self._grid.addWidget(self.do, row + 1, 1)
            self._grid.addWidget(self.cancel, row + 1, 2)

    def ask_beside(self, *fields: tuple[str, QWidget]) -> None:
        """Ask for several fields in one row, each as wide as the others."""
        across = QHBoxLayout()
        across.setSpacing(8)
        for label, field in fields:
            one = QVBoxLayout()
            one.setSpacing(4)
            one.addWidget(self._label(label, field))
            one.addWidget(field)
            across.addLayout(one, 1)
        self._grid.addLayout(across, self._grid.rowCount(), 0, 1, 3)

    def do_below(self, act: str) -> None:
        """What is done stands in a row of its own, for fields that need the whole width."""
        self.do.setText(act)
        dress(self.do, self._icon, self._desk.theme, "on_accent")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.do)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self._grid.addLayout(row, self._grid.rowCount(), 0, 1, 3)

    def _label(self, label: str, field: QWidget) -> QLabel:
        title = QLabel(label, self)
        title.setProperty("role", "small")
        title.setBuddy(field)
        field.setAccessibleName(label)
        return title
