"""Who reads a playbook, and who is the mentor."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.person_field import PersonField


class BeginForm(QFrame):
    """Who reads and with whom. `begun` carries both, each a contact's id or a plain name.

    Of a reading that goes on only the mentor is asked for; `changed` carries who that is from now on.
    """

    begun = Signal(str, str)
    changed = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        px = desk.theme.px
        self.setProperty("line", "around")
        self.reader, self.mentor = PersonField(self), PersonField(self)
        self.start = QPushButton(self.tr("Start reading"), self)
        self.start.setProperty("kind", "primary")
        dress(self.start, "check", desk.theme, "on_accent")
        self.start.clicked.connect(self._begin)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._is_change = False
        self._sides: list[QWidget] = []
        for word, field in ((self.tr("&Who reads"), self.reader), (self.tr("&Mentor"), self.mentor)):
            side = QWidget(self)
            self._sides.append(side)
            label = QLabel(word, side)
            label.setBuddy(field)
            field.setAccessibleName(word.replace("&", ""))
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(4))
            column.addWidget(label)
            column.addWidget(field)
            row.addWidget(side, 1)
        acts = QHBoxLayout()
        acts.setSpacing(px(8))
        acts.addWidget(self.start)
        acts.addWidget(self.cancel)
        acts.addStretch(1)
        told = QLabel(self.tr("A contact, or any name. The mentor answers questions and signs the reading off."), self)
        told.setProperty("role", "small")
        told.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(12), px(16), px(12))
        whole.setSpacing(px(8))
        whole.addLayout(row)
        whole.addWidget(told)
        whole.addLayout(acts)
        self.hide()

    def open(self, people: Sequence[Contact], mentor: str = "", *, is_change: bool = False) -> None:
        """Ask, offering these people; whoever sits here reads, unless they say otherwise."""
        self._is_change = is_change
        self._sides[0].setVisible(not is_change)
        self.start.setText(self.tr("Change mentor") if is_change else self.tr("Start reading"))
        dress(self.start, "check", self._desk.theme, "on_accent")
        for field in (self.reader, self.mentor):
            field.set_value(None)
            field.offer(people)
        self.mentor.set_value(mentor or None)
        author = self._desk.author.casefold()
        me = next((one.id for one in people if one.name.casefold() == author), self._desk.author)
        self.reader.set_value(me)
        self.show()
        self.mentor.setFocus()

    def _begin(self) -> None:
        if self._is_change:
            self.changed.emit(self.mentor.value() or "")
        else:
            self.begun.emit(self.reader.value() or "", self.mentor.value() or "")
