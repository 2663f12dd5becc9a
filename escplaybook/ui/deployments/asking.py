"""What is asked before a question of outsiders, or its answer, is written down."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.fields import ChoiceField, LineField


class AskQuestion(Asking):
    """What somebody of a group asked, who, and the blocker it is about."""

    group: PointOfContact | None = None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "message-square", parent)
        self.text, self.asked_by = LineField(self), LineField(self)
        self.blocker = ChoiceField([(self.tr("no blocker"), None)], self)
        for line in (self.text, self.asked_by):
            line.returnPressed.connect(self.done)
        self.ask(self.tr("What was asked"), self.text)
        self.ask(self.tr("Who asked"), self.asked_by)
        self.ask(self.tr("About which blocker"), self.blocker, self.tr("Write it down"))

    def open(self, group: PointOfContact, blockers: Iterable[Blocker]) -> None:
        """Ask; blockers at hand are offered."""
        self.group = group
        for line in (self.text, self.asked_by):
            line.clear()
        self.text.setPlaceholderText(self.tr("A question of {0}").format(group.group))
        self.blocker.clear()
        self.blocker.addItem(self.tr("no blocker"), None)
        for one in blockers:
            self.blocker.addItem(f"{one.key} {one.title}", one.id)
        self.show()
        self.text.setFocus()


class AskAnswer(Asking):
    """What was answered, and by whom."""

    question: Question | None = None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "check", parent)
        self.text, self.by = LineField(self), LineField(self)
        for line in (self.text, self.by):
            line.returnPressed.connect(self.done)
        self.ask(self.tr("The answer"), self.text)
        self.ask(self.tr("Who answered"), self.by, self.tr("Answer"))

    def open(self, question: Question, speaker: str) -> None:
        """Ask; whoever speaks to the group now is proposed."""
        self.question = question
        self.text.clear()
        self.text.setPlaceholderText(question.text)
        self.by.set_value(speaker)
        self.show()
        self.text.setFocus()
