"""What is asked for a suggestion, and before one is accepted or declined."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from escplaybook.domain.knowledge import HEADINGS
from escplaybook.domain.suggestions import Outcome, Side, Suggestion
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.fields import ChoiceField, LineField

LAST_SIDE = "side"
"""Under what name it is remembered beside the book from which side one suggested last."""


class AskSuggestion(Asking):
    """From which side, about what, and what should change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "message-square", parent)
        self.side = ChoiceField([(side_word(side), side) for side in Side], self)
        self.field = ChoiceField([("", "")], self)
        self.text = LineField(self)
        self.text.setPlaceholderText(self.tr("What should be said or done differently, and why"))
        self.text.returnPressed.connect(self.done)
        self.side.changed.connect(self._remember)
        self.ask_beside((self.tr("From the side of"), self.side), (self.tr("About"), self.field))
        self.ask(self.tr("Suggestion"), self.text)
        self.do_below(self.tr("Suggest"))

    def open(self, fields: Iterable[str]) -> None:
        """Ask; any of these fields can be named."""
        self.side.set_value(Side(self._desk.memory.recall(LAST_SIDE, Side.OTHER)))
        self.field.clear()
        self.field.addItem(self.tr("the whole"), "")
        for name in fields:
            self.field.addItem(field_word(name), name)
        self.text.clear()
        self.show()
        self.text.setFocus()

    def _remember(self) -> None:
        self._desk.memory.remember(LAST_SIDE, self.side.value().value)


class AskVerdict(Asking):
    """Why it is accepted or declined; a reason is owed to whoever is told no."""

    suggestion: Suggestion | None = None
    outcome = Outcome.ACCEPTED

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "check", parent)
        self.answer = LineField(self)
        self.answer.returnPressed.connect(self.done)
        self.ask(self.tr("Your answer"), self.answer)
        self.do_below(self.tr("Accept"))

    def open(self, suggestion: Suggestion, outcome: Outcome) -> None:
        """Ask for the answer to that suggestion."""
        self.suggestion, self.outcome = suggestion, outcome
        is_yes = outcome is Outcome.ACCEPTED
        self.do.setText(self.tr("Accept") if is_yes else self.tr("Decline"))
        dress(self.do, "check" if is_yes else "x", self._desk.theme, "on_accent")
        hint = self.tr("What you will change, if you like") if is_yes else self.tr("Why not")
        self.answer.setPlaceholderText(hint)
        self.answer.clear()
        self.show()
        self.answer.setFocus()


def side_word(side: Side) -> str:
    """From where a suggestion comes, in a word."""
    return {
        Side.DEVELOPER: _tr("Developer"),
        Side.OPERATOR: _tr("Operator"),
        Side.SECURITY: _tr("Security"),
        Side.PRODUCT: _tr("Product"),
        Side.OTHER: _tr("Other"),
    }[side]


def field_word(field: str) -> str:
    """What a field is called."""
    return HEADINGS.get(field) or field.replace("_", " ").capitalize()


def _tr(text: str) -> str:
    return QCoreApplication.translate("suggestions", text)
