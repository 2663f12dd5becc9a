"""What is asked before something measured is written down at a blocker: what, how much, since when."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.facts import YES
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.triggers_expressions import units_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.fields import SuggestField
from escplaybook.ui.parts.time_field import TimeField


class AskFact(Asking):
    """What was measured. Names that triggers ask for and that were used before are offered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "target", parent)
        self.name = SuggestField((), self)
        self.name.setPlaceholderText(self.tr("Data sync blocked"))
        self.amount = SuggestField(("yes", "no"), self)
        self.amount.setPlaceholderText(self.tr("yes, no, or like 5 %"))
        self.since = TimeField(desk.theme, desk.now, self)
        for line in (self.name, self.amount):
            line.returnPressed.connect(self.done)
        self.ask_beside((self.tr("What is seen"), self.name), (self.tr("Is it so, or how much is it"), self.amount))
        self.ask(self.tr("Since when"), self.since, self.tr("Write it down"))

    def open(self, blocker: Blocker, triggers: Iterable[Trigger]) -> None:
        """Ask; what was typed before and not written down stays."""
        names = [*units_of(triggers), *(fact.name for fact in blocker.facts)]
        self.name.suggest(list(dict.fromkeys(names)))
        if not self.amount.value():
            self.amount.set_value(YES)
        self.since.tell()
        self.show()
        self.name.setFocus()

    def clear(self) -> None:
        """Forget what was typed: it was written down, or belongs to another blocker."""
        self.name.set_value("")
        self.amount.set_value("")
        self.since.set_value("")

    def fact(self) -> tuple[str, str, datetime]:
        """What was measured, its value, and since when."""
        return self.name.value(), self.amount.value(), self.since.at()
