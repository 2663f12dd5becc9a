"""What is asked before a blocker is taken or resolved: who takes it, what ended it."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.ui.blockers.similar import Similar
from escplaybook.ui.desk import Desk
from escplaybook.ui.outcomes import outcomes
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.fields import ChoiceField, LineField
from escplaybook.ui.parts.person_field import PersonField

LAST_TAKER = "taker"
"""Under what name it is remembered beside the book who took a blocker last."""


class AskTaker(Asking):
    """Who takes it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "check", parent)
        self.person = PersonField(self)
        line = self.person.lineEdit()
        assert line is not None  # it is editable
        line.returnPressed.connect(self.done)
        self.ask(self.tr("Who takes it"), self.person, self.tr("Take it"))

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
    """What ended it, which known blocker was used, and what came of that."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "circle-check", parent)
        self.resolution = LineField(self)
        self.resolution.setPlaceholderText(self.tr("The step that restored progress"))
        self.resolution.returnPressed.connect(self.done)
        self.entry = ChoiceField([(self.tr("none"), None)], self)
        self.entry.currentIndexChanged.connect(self._allow_outcome)
        self.outcome = ChoiceField(outcomes(), self)
        self.ask(self.tr("What ended it"), self.resolution)
        self.ask(self.tr("Known blocker that was used"), self.entry)
        self.ask(self.tr("What came of it"), self.outcome, self.tr("Resolve"))

    def open(self, used: Similar | None, similar: Sequence[Similar]) -> None:
        """Ask; the known blocker that is used already is proposed, those that look like it are offered."""
        self.entry.clear()
        self.entry.addItem(self.tr("none"), None)
        for one in dict.fromkeys([*([used] if used is not None else []), *similar]):
            self.entry.addItem(f"{one.key} {one.title}", one.id)
        self.entry.setCurrentIndex(1 if used is not None else 0)
        self.outcome.setCurrentIndex(0)
        self._allow_outcome()
        self.show()
        self.resolution.setFocus()

    def _allow_outcome(self) -> None:
        self.outcome.setEnabled(self.entry.value() is not None)
