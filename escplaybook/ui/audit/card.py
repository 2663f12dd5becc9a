"""One finding, whole: what is wrong, why it matters, how to mend it, the step to the place, and waiving it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.audit import Finding, Grade
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.naming import named
from escplaybook.services.auditing import waived
from escplaybook.ui.audit.words import grade_word
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.days import day_of
from escplaybook.ui.parts.facts import FactsLine
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.times import short_day

USUAL = timedelta(days=30)
"""How long a waiver holds unless somebody says otherwise."""


class FindingCard(QFrame):
    """Shows one finding. `left` tells that what was asked is done with."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.finding: Finding | None = None
        self.setProperty("plane", "raised")
        self.facts = FactsLine(desk.theme, self)
        self.title, self.what = self._label("title"), self._label("")
        self.waiver = self._label("warn")
        self.why_head, self.why = self._label("heading"), self._label("")
        self.mend_head, self.mend = self._label("heading"), self._label("")
        self.why_head.setText(self.tr("Why it matters"))
        self.mend_head.setText(self.tr("How to mend it"))
        self.go = self._button(self.tr("Go to the place"), "arrow-right", self.step_there)
        self.waive = self._button(self.tr("Waive …"), "", self.ask)
        self.stand = self._button(self.tr("Let it stand again"), "", self.take_back)
        self.go.setProperty("kind", "primary")
        self.asking = Asking(desk, "check", self)
        self.reason, self.until = LineField(self.asking), LineField(self.asking)
        self.asking.ask(self.tr("Why it may stay as it is"), self.reason)
        self.asking.ask(self.tr("Until, the last day"), self.until, self.tr("Waive"))
        self.asking.done.connect(self._waive)
        self.asking.left.connect(self.left)
        self.reason.returnPressed.connect(self._waive)
        self.until.returnPressed.connect(self._waive)
        self._lay_out()

    def show_finding(self, finding: Finding) -> None:
        """Show a finding; what is being asked about another one is put aside."""
        if self.finding is None or self.finding.id != finding.id:
            self.asking.hide()
        self.finding = finding
        rule = finding.rule
        self.facts.tell(
            getattr(finding.record, "severity", None), rule.id, grade_word(rule.grade), named(finding.record)
        )
        self.title.setText(rule.name)
        self.what.setText(_sentence(finding.what))
        self.what.setProperty("role", "bad" if rule.grade is Grade.ERROR and finding.waiver is None else "")
        self.what.style().polish(self.what)
        self.why.setText(rule.why)
        self.mend.setText(rule.fix)
        waiver, can_write = finding.waiver, not self._desk.book.read_only
        if waiver is not None:
            until = short_day(waiver.until)
            told = self.tr("Waived until {0} by {1}: {2}").format(until, waiver.by, waiver.reason)
            self.waiver.setText(told)
        self.waiver.setVisible(waiver is not None)
        self.waive.setVisible(waiver is None and can_write)
        self.stand.setVisible(waiver is not None and can_write)

    def step_there(self) -> None:
        """Go to where the finding is mended, and begin with it."""
        if self.finding is not None:
            self._desk.settling.emit(self.finding.due)

    def ask(self) -> None:
        """Ask why the finding may stay, and until when."""
        if self.finding is None or self.finding.waiver is not None or self._desk.book.read_only:
            return
        self.reason.set_value("")
        self.until.set_value((self._desk.now().date() + USUAL).isoformat())
        self.asking.show()
        self.reason.setFocus()

    def take_back(self) -> None:
        """Let a waived finding stand again."""
        finding, now = self.finding, self._desk.now()
        if finding is None or finding.waiver is None:
            return
        told = self.tr("Let {0} on {1} stand again").format(finding.rule.id, named(finding.record))
        self._desk.apply(told, Edit(finding.waiver, replace(finding.waiver, retired=now, updated=now)))

    def leave_asking(self) -> bool:
        """Close what is asked; tells whether it was open."""
        return self.asking.leave()

    def focus_target(self) -> QWidget:
        """The step to the place."""
        return self.go

    def _waive(self) -> None:
        finding, desk = self.finding, self._desk
        if finding is None:
            return
        try:
            until = day_of(self.until.value()) or desk.now().date() + USUAL
            reason, edits = waived(
                desk.book, finding.rule.id, finding.record, until, self.reason.value(), desk.now(), desk.author
            )
        except PlaybookError as error:
            desk.trouble(error)
            return
        if desk.apply(reason, *edits) is not None:
            self.asking.leave()

    def _label(self, role: str) -> WrappedLabel:
        label = WrappedLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        return label

    def _button(self, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        if icon:
            dress(button, icon, self._desk.theme, "on_accent")
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.go, self.waive, self.stand):
            acts.addWidget(button)
        acts.addStretch(1)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(8)
        above: tuple[QWidget, ...] = (self.facts, self.title, self.what, self.waiver)
        below: tuple[QWidget, ...] = (self.asking, self.why_head, self.why, self.mend_head, self.mend)
        for widget in above:
            inner.addWidget(widget)
        inner.addLayout(acts)
        for widget in below:
            inner.addWidget(widget)
        inner.addStretch(1)
        for heading in (self.why_head, self.mend_head):
            heading.setContentsMargins(0, self._desk.theme.px(12), 0, 0)
        for label in (self.what, self.why, self.mend, self.waiver):
            label.setMaximumWidth(self._desk.theme.px(620))
        self.asking.setMaximumWidth(self._desk.theme.px(620))
        area = QScrollArea(self)
        area.setProperty("plane", "raised")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)


def _sentence(what: str) -> str:
    return what if what.endswith((".", "”")) else f"{what}."
