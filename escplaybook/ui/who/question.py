"""The question “Who do I call?”: severity, stage, cause class, system and instant in one row, and the deployment."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.matrix import Place
from escplaybook.domain.programme import Programme, deployments_of, stages_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.marks import mark_pixmap
from escplaybook.ui.matrix.words import cause_word, stage_word
from escplaybook.ui.parts.fields import ChoiceField, SuggestField
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.time_field import TimeField
from escplaybook.ui.theme import BODY


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about: where in the matrix, and which system stands still."""

    place: Place
    system: str = ""


class Question(QWidget):
    """Every answer counts at once: `changed` follows it."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme | None = None
        self._make_fields()
        self._lay_out()
        for field in (self.severity, self.stage, self.cause, self.time):
            field.changed.connect(self.changed)
        self.system.textChanged.connect(self._fit_system)
        self.system.textChanged.connect(self.changed)  # also what is chosen from the words offered
        self.severity.changed.connect(self._dress_severity)
        self.deployment.changed.connect(self._deployment_chosen)
        desk.ticker.minute.connect(self.time.tell)
        desk.theme.changed.connect(self._dress_severity)
        self._dress_severity()

    def asked(self) -> Asked:
        """Where in the matrix the question stands."""
        severity, cause = Severity(self.severity.value()), CauseClass(self.cause.value())  # Qt hands back plain text
        place = Place(severity, self.stage.value(), cause, self.deployment.value())
        return Asked(place, self.system.value())

    def at(self) -> datetime:
        """The instant asked about."""
        return self.time.at()

    def ask(self, asked: Asked) -> None:
        """Put that question, as of now."""
        place = asked.place
        if place.deployment is not None:
            self.deployment.set_value(place.deployment)
        self._offer_stages()
        self.severity.set_value(place.severity)
        self.stage.set_value(place.stage)
        self.cause.set_value(place.cause_class)
        self.system.set_value(asked.system)
        self.time.set_value("")
        self._dress_severity()
        self.changed.emit()

    def offer(self, found: Programme) -> None:
        """Let these deployments, stages and systems be chosen from; what was answered stays."""
        is_first = self._found is None or not self.deployment.count()
        self._found = found
        kept = self.deployment.value()
        self.deployment.clear()
        for deployment in deployments_of(found):
            stage = self._stage_of(deployment)
            words = f"{deployment.name} · {stage_word(stage)}" if stage else deployment.name
            self.deployment.addItem(words, deployment.id)
        self.deployment.setCurrentIndex(max(self.deployment.findData(kept), 0))
        self.deployment.setVisible(self.deployment.count() > 0)
        self._offer_stages()
        if is_first or self.deployment.value() != kept:
            self._follow_stage()
        self.system.suggest(sorted({name for vendor in found.vendors for name in vendor.systems}))

    def chosen_deployment(self) -> Deployment | None:
        """The deployment asked about, if there is any."""
        chosen = self.deployment.value()
        return next((one for one in self._found.deployments if one.id == chosen), None) if self._found else None

    def _deployment_chosen(self) -> None:
        self._offer_stages()
        self._follow_stage()
        self.changed.emit()

    def _offer_stages(self) -> None:
        if self._found is None:
            return
        kept = self.stage.value()
        self.stage.clear()
        self.stage.addItem(self.tr("Any stage"), "")
        for stage in stages_of(self._found, self.deployment.value()):
            self.stage.addItem(stage_word(stage), stage)
        self.stage.setCurrentIndex(max(self.stage.findData(kept), 0))

    def _follow_stage(self) -> None:
        deployment = self.chosen_deployment()
        if deployment is not None and (stage := self._stage_of(deployment)):
            self.stage.set_value(stage)

    def _stage_of(self, deployment: Deployment) -> str:
        return stage_on(deployment, self._desk.now().astimezone(zone_named(deployment.zone)).date())

    def _make_fields(self) -> None:
        self.deployment = ChoiceField((), self)
        self.severity = ChoiceField([(severity.value, severity) for severity in Severity], self)
        self.stage = ChoiceField([(self.tr("Any stage"), "")], self)
        self.cause = ChoiceField([(cause_word(cause).capitalize(), cause) for cause in CauseClass], self)
        self.system = SuggestField((), self)
        self.system.setPlaceholderText(self.tr("System"))
        self.system.setClearButtonEnabled(True)
        self.time = TimeField(self._desk.theme, self._desk.now, self)
        for choice in (self.deployment, self.severity, self.stage, self.cause):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMinimumContentsLength(0)
        named = (
            (self.deployment, self.tr("Deployment")),
            (self.severity, self.tr("Severity")),
            (self.stage, self.tr("Stage")),
            (self.cause, self.tr("Cause class")),
            (self.system, self.tr("System that stands still")),
            (self.time, self.tr("At which time")),
        )
        for field, name in named:
            field.setAccessibleName(name)
            field.setToolTip(name)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Who do I call?"), self)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.deployment)
        choices = FlowLayout()
        for field in (self.severity, self.stage, self.cause, self.system, self.time):
            choices.addWidget(field)
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self.sentence)
        order = (self.severity, self.stage, self.cause, self.system, *self.time.parts(), self.deployment)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _dress_severity(self) -> None:
        """The mark and the hue of the severity, as everywhere."""
        theme = self._desk.theme
        self.severity.setIconSize(QSize(theme.px(12), theme.px(12)))
        for row, severity in enumerate(Severity):
            colour = theme.severity_color(severity).name()
            self.severity.setItemIcon(row, QIcon(mark_pixmap(severity, colour, theme.px(12), 2.0)))
        chosen = theme.severity_color(Severity(self.severity.value())).name()
        size = theme.px(BODY)
        self.severity.setStyleSheet(f"QComboBox {{ color: {chosen}; font-weight: 600; font-size: {size}px; }}")
        self._fit_system()

    def _fit_system(self) -> None:
        """As wide as what stands in it, so that the row stays one line as long as it can."""
        px = self._desk.theme.px
        needed = self.system.fontMetrics().horizontalAdvance(self.system.text()) + px(48)
        self.system.setFixedWidth(min(max(needed, px(100)), px(220)))
