"""Above the table: which deployment, which stage and which causes the sheet is for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from escplaybook.domain.audit import Finding, Grade, standing
from escplaybook.domain.classification import CauseClass
from escplaybook.domain.programme import Programme, deployments_of, stages_of
from escplaybook.ui.audit.words import counted
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.matrix.sheets import Sheet, own_cells
from escplaybook.ui.matrix.words import cause_word, stage_word
from escplaybook.ui.parts.fields import ChoiceField


class Heading(QWidget):
    """`turned` tells that another sheet was asked for, `definitions_wanted` that the definitions were (or left).

    `editions_wanted` tells that the line about the edition in force was clicked.
    `audit_wanted` tells that somebody asks for what is wrong with the whole matrix.
    """

    turned = Signal()
    definitions_wanted = Signal(bool)
    editions_wanted = Signal()
    audit_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._stages = desk, desk.theme, list[str]()
        self.title = QLabel(self.tr("Escalation matrix"), self)
        self.title.setProperty("role", "title")
        self.deployment = ChoiceField([(self.tr("Default"), None)], self)
        causes = [(cause_word(cause), cause) for cause in CauseClass]
        self.cause = ChoiceField([(self.tr("both causes"), None), *causes], self)
        self.definitions = QPushButton(self)
        self.definitions.setCheckable(True)
        self.edition = QPushButton(self)
        self.review = QPushButton(self.tr("Weekly review"), self)
        self.gate = QPushButton(self.tr("Gate"), self)
        for link in (self.edition, self.review, self.gate):
            link.setProperty("kind", "link")
        self.audit = QPushButton(self)
        self._audited: tuple[str, str] = ("", "")
        self.stages = QTabBar(self)
        self.stages.setDrawBase(False)
        self.stages.setExpanding(False)
        self.stages.setElideMode(Qt.TextElideMode.ElideNone)
        self.stages.setUsesScrollButtons(True)
        for field, name in (
            (self.deployment, self.tr("Deployment")),
            (self.cause, self.tr("Cause class")),
            (self.stages, self.tr("Stage")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
        self.deployment.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self._lay_out()
        self.deployment.changed.connect(self.turned)
        self.cause.changed.connect(self.turned)
        self.stages.currentChanged.connect(self.turned)
        self.definitions.toggled.connect(self.definitions_wanted)
        self.edition.clicked.connect(self.editions_wanted)
        self.review.clicked.connect(self._go_to_review)
        self.gate.clicked.connect(self._go_to_gate)
        self.audit.clicked.connect(self.audit_wanted)

    def sheet(self) -> Sheet:
        """The sheet asked for."""
        at = self.stages.currentIndex()
        return Sheet(self.deployment.value(), self._stages[at] if at >= 0 else "", self.cause.value())

    def tell_edition(self, words: str) -> None:
        """Say which edition holds and how many changes were made by hand since."""
        self.edition.setText(words)
        self.edition.setAccessibleName(words)

    def offer(self, found: Programme, sheet: Sheet) -> None:
        """Offer what the programme has, and stand at `sheet` without saying so; what is gone falls back to any."""
        known = {deployment.id: deployment.name for deployment in deployments_of(found)}
        deployment = sheet.deployment if sheet.deployment in known else None
        self._offer_deployments(known)
        self.deployment.set_value(deployment)
        self.cause.set_value(sheet.cause_class)
        self._offer_stages(found, Sheet(deployment, sheet.stage, sheet.cause_class))

    def show_definitions(self, *, shown: bool, is_empty: bool = False) -> None:
        """Stand at the definitions or at the sheet, without saying so; an empty matrix has no sheets to choose."""
        blocked = self.definitions.blockSignals(True)
        self.definitions.setChecked(shown)
        self.definitions.blockSignals(blocked)
        self._name_definitions()
        is_sheet = not shown and not is_empty
        for part in (self.stages, self.cause):
            part.setVisible(is_sheet)
        self.deployment.setVisible(is_sheet and self.deployment.count() > 1)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Say on the button of the audit how much stands against the whole matrix."""
        told = ", ".join(counted(grade, len(some)) for grade in Grade if (some := standing(found, grade)))
        errors = len(standing(found, Grade.ERROR))
        self._audited = (str(errors) if errors else "", told)
        self._name_definitions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_definitions()

    def _go_to_review(self) -> None:
        self._desk.go("reviewing")

    def _go_to_gate(self) -> None:
        self._desk.go("gate")

    def _name_definitions(self) -> None:
        """The button's words, or only its icon where they would push out the title."""
        shown = self.definitions.isChecked()
        words = self.tr("Back to the matrix") if shown else self.tr("Severities, levels, rights")
        self.definitions.setText(words if self.width() >= self._theme.px(500) else "")
        self.definitions.setToolTip(words)
        self.definitions.setAccessibleName(words)
        dress(self.definitions, "arrow-left" if shown else "list-checks", self._theme)
        count, told = self._audited
        is_wide = self.width() >= self._theme.px(700)
        words = self.tr("Audit · {0}").format(count) if count else self.tr("Audit")
        self.audit.setText(words if is_wide else count)
        self.audit.setToolTip(self.tr("Audit: {0}").format(told or self.tr("nothing to object to")))
        self.audit.setAccessibleName(self.audit.toolTip())
        dress(self.audit, "shield-alert" if count else "circle-check", self._theme)

    def _offer_deployments(self, known: dict[str, str]) -> None:
        offered = [
            (self.deployment.itemData(at), self.deployment.itemText(at)) for at in range(self.deployment.count())
        ]
        if offered[1:] == list(known.items()):
            return
        self.deployment.clear()
        self.deployment.addItem(self.tr("Default"), None)
        for deployment_id, name in known.items():
            self.deployment.addItem(name, deployment_id)

    def _offer_stages(self, found: Programme, sheet: Sheet) -> None:
        stages = ["", *stages_of(found, sheet.deployment)]
        blocked = self.stages.blockSignals(True)
        if stages != self._stages:
            while self.stages.count():
                self.stages.removeTab(0)
            for stage in stages:
                self.stages.addTab(stage_word(stage))
            self._stages = stages
        for at, stage in enumerate(stages):
            own = len(own_cells(found, Sheet(sheet.deployment, stage, sheet.cause_class)))
            self.stages.setTabToolTip(at, self.tr("{0} cells set for this stage").format(own) if stage else "")
        self.stages.setCurrentIndex(stages.index(sheet.stage) if sheet.stage in stages else 0)
        self.stages.blockSignals(blocked)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        links = QHBoxLayout()
        links.setSpacing(8)
        for link in (self.edition, self.review, self.gate):
            links.addWidget(link)
        links.addStretch(1)
        first.addWidget(self.title)
        first.addStretch(1)
        first.addWidget(self.deployment)
        first.addWidget(self.audit)
        first.addWidget(self.definitions)
        second.addWidget(self.stages, 1)
        second.addWidget(self.cause)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addLayout(links)
        column.addSpacing(8)
        column.addLayout(second)
