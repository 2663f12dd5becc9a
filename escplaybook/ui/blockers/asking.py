"""What is asked before a blocker is taken or resolved: who takes it, what ended it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.ui.blockers.similar import Similar
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.matrix.person_field import PersonField
from escplaybook.ui.parts.fields import ChoiceField, LineField

LAST_TAKER = "taker"
"""Under what name it is remembered beside the book who took a blocker last."""


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

    def _ask(self, label: str, field: QWidget, act: str = "") -> None:
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


class AskTaker(Asking):
    """Who takes it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "check", parent)
        self.person = PersonField(self)
        line = self.person.lineEdit()
        assert line is not None  # it is editable
        line.returnPressed.connect(self.done)
        self._ask(self.tr("Who takes it"), self.person, self.tr("Take it"))

    def open(self, people: Iterable[Contact], expected: Contact | None) -> None:
        """Ask; whoever took the last one is proposed, else the one who is expected to answer."""
        people = list(people)
        self.person.offer(people)
        last = self._desk.memory.recall(LAST_TAKER)
        known = {person.id for person in people}
        self.person.set_value(last if last in known else expected.id if expected is not None else None)
        self.show()
        self.person.setFocus()
        line = self.person.lineEdit()
        assert line is not None
        line.selectAll()

    def remember(self, person: Contact | None) -> None:
        """Propose this person the next time."""
        if person is not None:
            self._desk.memory.remember(LAST_TAKER, person.id)


class AskResolution(Asking):
    """What ended it, and which known blocker helped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "circle-check", parent)
        self.resolution = LineField(self)
        self.resolution.setPlaceholderText(self.tr("The step that restored progress"))
        self.resolution.returnPressed.connect(self.done)
        self.entry = ChoiceField([(self.tr("none"), None)], self)
        self._ask(self.tr("What ended it"), self.resolution)
        self._ask(self.tr("Known blocker that helped"), self.entry, self.tr("Resolve"))

    def open(self, used: Similar | None, similar: Sequence[Similar]) -> None:
        """Ask; the known blocker that is used already is proposed, those that look like it are offered."""
        self.entry.clear()
        self.entry.addItem(self.tr("none"), None)
        for one in dict.fromkeys([*([used] if used is not None else []), *similar]):
            self.entry.addItem(f"{one.key} {one.title}", one.id)
        self.entry.setCurrentIndex(1 if used is not None else 0)
        self.show()
        self.resolution.setFocus()
