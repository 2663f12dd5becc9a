"""The right half of the page: the square one is on, or the part of the matrix that is open."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from escplaybook.domain import naming
from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import Severity
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.matrix import DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger
from escplaybook.store.kinds import kind_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.matrix.blocker_definition import DefinitionForm, DefinitionReading
from escplaybook.ui.matrix.causes import SubClassForm, SubClassReading
from escplaybook.ui.matrix.definition_forms import LevelForm, RightForm, SeverityForm
from escplaybook.ui.matrix.definition_readings import LevelReading, RightReading, SeverityReading
from escplaybook.ui.matrix.sheets import Square
from escplaybook.ui.matrix.square_detail import SquareDetail
from escplaybook.ui.matrix.told import right_words
from escplaybook.ui.matrix.trigger_form import TriggerForm
from escplaybook.ui.matrix.trigger_reading import TriggerReading
from escplaybook.ui.matrix.words import level_head
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.parts.states import StateView


class Beside(QStackedWidget):
    """One pane a kind. `left` tells that the person stepped back, `opened` carries a definition that is open now.

    `describe_wanted` asks to write down what every book knows and this one says nothing about.
    """

    left = Signal()
    opened = Signal(object)
    rights_wanted = Signal()
    describe_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.nothing = StateView(desk.theme, self)
        self.square = SquareDetail(desk, self._label_of, self)
        self.square.left.connect(self.left)
        self.square.rights_wanted.connect(self.rights_wanted)
        self.severity_form, self.level_form = SeverityForm(desk, self), LevelForm(desk, self)
        self.cause_form = SubClassForm(desk, self)
        self.details: dict[type[Any], Detail] = {
            BlockerDefinition: self._detail(
                BlockerDefinition, DefinitionReading(desk, self), DefinitionForm(desk, self)
            ),
            SeverityDefinition: self._detail(SeverityDefinition, SeverityReading(desk, self), self.severity_form),
            Level: self._detail(Level, LevelReading(desk, self), self.level_form),
            SubClass: self._detail(SubClass, SubClassReading(desk, self), self.cause_form),
            DecisionRight: self._detail(DecisionRight, RightReading(desk, self), RightForm(desk, self)),
            Trigger: self._detail(Trigger, TriggerReading(desk, self), TriggerForm(desk, self)),
        }
        for pane in (self.nothing, self.square, *self.details.values()):
            self.addWidget(pane)

    @property
    def definition(self) -> Any:
        """The part of the matrix that is open, or None."""
        current = self.currentWidget()
        return current.record if isinstance(current, Detail) else None

    def show_square(self, square: Square, found: Programme) -> None:
        """Come to a square."""
        self.leave_forms()
        self.square.open(square, found)
        self.setCurrentWidget(self.square)

    def show_definition(self, record: Any) -> None:
        """Come to a severity, a level, a sub-class, a right or a trigger."""
        self.leave_forms()
        if isinstance(record, SubClass) and not record.key:
            self._show_undescribed(record)
            return
        detail = self.details[type(record)]
        if detail.open(record.id):
            self.setCurrentWidget(detail)

    def show_nothing(self) -> None:
        """There is nothing to be shown here."""
        self.leave_forms()
        self.nothing.tell("table", self.tr("Nothing is open"), self.tr("Choose something at the left."))
        self.setCurrentWidget(self.nothing)

    def _show_undescribed(self, one: SubClass) -> None:
        told = self.tr("Every book knows it; nobody has written down with whom one deals then.")
        offer = (self.tr("Describe it"), "pencil", self.describe_wanted.emit)
        offers = () if self._desk.book.read_only else (offer,)
        self.nothing.tell("list-checks", one.name, told, *offers)
        self.setCurrentWidget(self.nothing)

    def new(self, record_type: type[Any], free: list[Severity], next_rank: int, begun: Any = None) -> None:
        """Write a severity, the first of the `free` ones, a level on that rank, or another part of the matrix.

        `begun` is the sub-class that is to be described, if it is one that every book knows.
        """
        self.leave_forms()
        self.cause_form.begun = begun if isinstance(begun, SubClass) and not begun.key else None
        self.severity_form.free, self.level_form.next_rank = free, next_rank
        self.setCurrentWidget(self.details[record_type])
        self.details[record_type].new()

    def edit(self, field: str = "") -> None:
        """Edit what is open; `field` is where writing begins."""
        current = self.currentWidget()
        if isinstance(current, Detail | SquareDetail):
            current.edit(field)

    def save(self) -> None:
        """Store the form that is open."""
        current = self.currentWidget()
        if isinstance(current, Detail | SquareDetail):
            current.save()

    def step_out(self) -> bool:
        """Leave a form or a history; tells whether there was one to leave."""
        current = self.currentWidget()
        return isinstance(current, Detail | SquareDetail) and current.step_out()

    def leave_forms(self) -> None:
        """Keep what is being typed."""
        self.square.leave_form()
        for detail in self.details.values():
            detail.leave_form()

    def focus_target(self) -> QWidget:
        """What takes the keys on this side."""
        current = self.currentWidget()
        return current.focus_target() if isinstance(current, Detail | SquareDetail) else self.nothing

    def _detail(self, record_type: type[Any], reading: RecordReading, form: RecordForm) -> Detail:
        nothing_open = (self.tr("Nothing is open"), self.tr("Choose something at the left."))
        name = kind_of(record_type).name
        subject = Subject(record_type, name, name_of, self._label_of, "list-checks", nothing_open)
        detail = Detail(self._desk, subject, reading, form, self)
        reading.record_wanted.connect(self._desk.go_to_key)
        detail.left.connect(self.left)
        detail.opened.connect(self.opened)
        return detail

    def _label_of(self, field: str) -> str:
        names = {
            "entry_criterion": self.tr("Asked when"),
            "outcome": self.tr("What this level must bring about"),
            "acknowledge": self.tr("Acknowledge in"),
            "act": self.tr("Act in"),
            "resolve": self.tr("Resolve in"),
            "not_escalated": self.tr("Not escalated"),
            "cadence": self.tr("Time between updates"),
            "intake": self.tr("What a ticket must carry"),
            "expires": self.tr("Last day it holds"),
            "side_conditions": self.tr("While"),
            "engineering_on": self.tr("Reviewed by engineering on"),
            "text": self.tr("What a blocker is"),
            "counts": self.tr("Counts as one"),
            "does_not_count": self.tr("Does not count"),
            "kinds": self.tr("Kinds met most"),
            "counterpart": self.tr("With whom one deals"),
            "business_on": self.tr("Reviewed by business on"),
        }
        return names.get(field) or field.replace("_", " ").capitalize()


def name_of(record: Any) -> str:
    """How a part of the matrix is called in the history."""
    match record:
        case BlockerDefinition():
            return naming.name_of(record)
        case SeverityDefinition():
            return f"{record.severity} “{record.name}”"
        case Level():
            return level_head(record)
        case SubClass():
            return f"“{record.name}”"
        case DecisionRight():
            return f"“{right_words(record)}”"
        case Trigger():
            return f"{record.key} “{record.name}”".strip()
    raise TypeError(f"{type(record).__name__} is no part of the matrix")
