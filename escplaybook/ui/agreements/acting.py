"""What an agreement asks for now, each deadline with the acts that settle it, and what an act must be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.agreement_reminders import Reminder
from escplaybook.domain.agreements import Act, Agreement, Deadline
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.services.agreeing import act_edit
from escplaybook.ui.agreements.told import act_word, reminder_words
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.flow import FlowLayout

ASKED = (Act.RENEWED, Act.NOTICE_GIVEN)
"""The acts that a day must be told for."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act about a deadline of an agreement, as a button stands for it."""

    act: Act
    about: Deadline


class Acting(QFrame):
    """A line for each reminder: its sentence and its acts. `left` follows an act, and when what was asked is closed."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._agreement: Agreement | None = None
        self._shown: tuple[Reminder, ...] = ()
        self._deeds: dict[QPushButton, Deed] = {}
        self._asked: Deed | None = None
        self.lines: list[QWidget] = []
        self.buttons: list[QPushButton] = []
        self.question = self._build_question()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.question)
        self.hide()

    def show_reminders(self, agreement: Agreement, reminders: Sequence[Reminder]) -> None:
        """Show what that agreement asks for; nothing is shown where it asks for nothing."""
        if self._agreement is None or self._agreement.id != agreement.id:
            self.question.hide()
        elif self._agreement == agreement and self._shown == tuple(reminders):
            return  # the minute has passed and nothing else: whoever stands on a button stays there
        self._agreement, self._shown = agreement, tuple(reminders)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._deeds, self.buttons = {}, []
        self.lines = [self._line(agreement, one) for one in reminders]
        for number, line in enumerate(self.lines):
            self._column.insertWidget(number, line)
        self.setVisible(bool(self.lines) or not self.question.isHidden())

    def ask(self, deed: Deed) -> None:
        """Ask for the day, and for a note, before the act is done."""
        self._asked = deed
        is_renewed, is_insurance = deed.act is Act.RENEWED, deed.about is Deadline.INSURANCE
        self.day_label.setText(self.tr("Until, like 2028-12-31") if is_renewed else self.tr("Given on"))
        self.day.set_value("" if is_renewed else self._desk.now().date().isoformat())
        self.note.set_value("")
        words = {Deadline.INSURANCE: self.tr("Keep the new certificate"), Deadline.NOTICE: self.tr("Note the notice")}
        self.do.setText(self.tr("Note the renewal") if is_renewed and not is_insurance else words[deed.about])
        self.question.show()
        self.show()
        (self.day if is_renewed else self.note).setFocus()

    def leave(self) -> bool:
        """Close what is asked without doing anything; tells whether it was open."""
        if self.question.isHidden():
            return False
        self.question.hide()
        self.setVisible(bool(self.lines))
        self.left.emit()
        return True

    def _line(self, agreement: Agreement, one: Reminder) -> QWidget:
        line = QFrame(self)
        line.setProperty("line", "around")
        words = QLabel(reminder_words(agreement, one, self._desk.now()), line)
        words.setProperty("role", "bad" if one.is_over else "warn")
        words.setWordWrap(True)
        acts = FlowLayout(gap=4)
        for act in () if self._desk.book.read_only else one.acts:
            button = QPushButton(act_word(act, one.about), line)
            button.setAccessibleDescription(words.text())
            button.clicked.connect(self._clicked)
            self._deeds[button] = Deed(act, one.about)
            self.buttons.append(button)
            acts.addWidget(button)
        column = QVBoxLayout(line)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(words)
        if not self._desk.book.read_only:
            column.addLayout(acts)
        return line

    def _clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, QPushButton):
            return
        deed = self._deeds[button]
        if deed.act in ASKED:
            self.ask(deed)
        else:
            self._do(deed)

    def _do_asked(self) -> None:
        if self._asked is None:
            return
        try:
            day = _day_of(self.day.value(), self.tr("“{0}” is no date; write it like 2026-11-24. Nothing was changed."))
        except PlaybookError as error:
            self._desk.trouble(error)
            self.day.setFocus()
            return
        is_renewed = self._asked.act is Act.RENEWED
        if self._do(
            self._asked,
            until=day if is_renewed else None,
            on=None if is_renewed else day,
            note=self.note.value(),
        ):
            self.leave()

    def _do(self, deed: Deed, *, until: date | None = None, on: date | None = None, note: str = "") -> bool:
        """Do it as one stroke that can be undone; tells whether it was done."""
        if self._agreement is None:
            return False
        now, by = self._desk.now(), self._desk.author
        try:
            reason, edit = act_edit(
                self._agreement, deed.act, now, on=on, about=deed.about, until=until, by=by, note=note
            )
        except PlaybookError as error:
            self._desk.trouble(error)
            return False
        if self._desk.apply(reason, edit) is None:
            return False
        self.left.emit()  # the button that was pressed may be gone
        return True

    def _build_question(self) -> QFrame:
        question = QFrame(self)
        question.setProperty("line", "around")
        self.day, self.note = LineField(question), LineField(question)
        self.day_label, note_label = QLabel(question), QLabel(self.tr("Note"), question)
        self.do = QPushButton(question)
        self.do.setProperty("kind", "primary")
        dress(self.do, "check", self._desk.theme, "on_accent")
        cancel = QPushButton(self.tr("Cancel"), question)
        cancel.setToolTip(self.tr("Esc"))
        grid = QGridLayout(question)
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, (label, field) in enumerate(((self.day_label, self.day), (note_label, self.note))):
            label.setProperty("role", "small")
            label.setBuddy(field)
            field.returnPressed.connect(self._do_asked)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        self.day.setAccessibleName(self.tr("Day"))
        self.note.setAccessibleName(self.tr("Note"))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.do)
        foot.addWidget(cancel)
        foot.addStretch(1)
        grid.addLayout(foot, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeading)
        self.do.clicked.connect(self._do_asked)
        cancel.clicked.connect(self.leave)
        question.hide()
        return question


def _day_of(text: str, told: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRecord(told.format(text)) from None
