"""Who do I call? Severity, stage, cause and time in; the people who really answer out."""

from datetime import datetime

from PySide6.QtCore import QDateTime, Qt, QTimeZone, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.dues import ladder_at
from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.domain.matrix import rights_at
from escplaybook.domain.programme import Programme
from escplaybook.domain.routing import Rung
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.parts.fields import ChoiceField, SuggestField
from escplaybook.ui.parts.record_table import Column, RecordTable
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.who.beside import Beside
from escplaybook.ui.who.timeline import RungRow, TimelineDelegate

NAME = "who"
ANY_SYSTEM = ""


class WhoPage(QWidget):
    """The question at the top, the timeline of answers below it, and at the right who may say yes."""

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)
    raise_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._programme: Programme | None = None
        self._deployment: Deployment | None = None
        self.table: RecordTable[RungRow] = RecordTable(Column(self.tr("Who answers"), _spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(TimelineDelegate(desk.theme, self.view))
        self.view.setAccessibleName(self.tr("Who answers, in order"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setProperty("plane", "surface")
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.pane = StatePane(self.view, desk.theme, self)
        self.beside = Beside(desk, self)
        self._make_question()
        self._lay_out()
        self._connect()
        self.refresh()

    # what the window asks of every page

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        return self.tr("Find anything, or type > to do something")

    def search(self, _text: str) -> None:
        """There is nothing to search here; the box finds anything."""

    def place(self) -> Place:
        """Where in the page one is."""
        return Place(NAME)

    def show_place(self, _place: Place) -> None:
        """Come to the page: the answer as of now."""
        self.refresh()

    def new(self) -> None:
        """Raise a blocker with what was asked."""
        self.raise_wanted.emit(self.asked())

    def print_this(self) -> None:
        """There is no paper of the ladder yet; cards come with the paper room."""

    def save(self) -> None:
        """Nothing is typed here that could be lost."""

    def step_out(self) -> bool:
        """Go to the severity, the first thing one says."""
        self.severity.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the ladder."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the ladder."""
        self.view.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.severity, self.view, self.beside]

    def close_down(self) -> None:
        """Nothing to keep."""

    # the question

    def asked(self) -> MatrixPlace:
        """Where in the matrix the question stands."""
        deployment = self._deployment.id if self._deployment else None
        return MatrixPlace(self.severity.value(), self.stage.value(), self.cause.value(), deployment)

    def at(self) -> datetime:
        """The instant asked about."""
        if self.is_now.isChecked():
            return self._desk.now()
        return self.time.dateTime().toPython().astimezone()  # type: ignore[attr-defined,no-any-return]

    def ask(self, place: MatrixPlace) -> None:
        """Put the question for a place in the matrix, as of now."""
        self.severity.set_value(place.severity)
        self.stage.set_value(place.stage)
        self.cause.set_value(place.cause_class)
        if place.deployment is not None:
            self.deployment.set_value(place.deployment)
            self._take_deployment()
        self.is_now.setChecked(True)
        self._answer()

    def refresh(self) -> None:
        """Read the programme again and answer."""
        self._programme = programme(self._desk.book)
        deployments = [d for d in self._programme.deployments if d.retired is None]
        if self._deployment not in deployments:
            self._deployment = deployments[0] if deployments else None
        known = {self.deployment.itemData(row) for row in range(self.deployment.count())}
        if known != {deployment.id for deployment in deployments}:
            self._fill_deployments(deployments)
        self.system.suggest(sorted({name for vendor in self._programme.vendors for name in vendor.systems}))
        self._answer()

    def _fill_deployments(self, deployments: list[Deployment]) -> None:
        self.deployment.clear()
        for deployment in deployments:
            self.deployment.addItem(deployment.name, deployment.id)
        self.deployment.setVisible(len(deployments) > 0)
        self._follow_stage()

    def _follow_stage(self) -> None:
        if self._deployment is not None and (stage := stage_on(self._deployment, self._desk.now().date())):
            self.stage.set_value(stage)

    def _take_deployment(self) -> None:
        assert self._programme is not None
        chosen = self.deployment.value()
        self._deployment = next((d for d in self._programme.deployments if d.id == chosen), None)

    def _choose_deployment(self) -> None:
        self._take_deployment()
        self._follow_stage()
        self._answer()

    def _answer(self) -> None:
        found, at, place = self._programme, self.at(), self.asked()
        assert found is not None
        rungs = ladder_at(found, place, at)
        self.table.show([RungRow(rung, at) for rung in rungs])
        rights = rights_at(found.rights, place, at.date())
        self.beside.tell(found, place, rights, self._deployment, self.system.value())
        if rungs:
            self.pane.show_content()
            self.tallied.emit(self._tally(rungs))
        else:
            self.tallied.emit("")
            headline = self.tr("The matrix names nobody here")
            said = self.tr("Fill in the cells of {0} first: who owns each level, who stands in, by when.")
            self.pane.tell(
                "grid-3x3", headline, said.format(place.severity), (self.tr("Open the matrix"), "", self._matrix)
            )

    def _tally(self, rungs: tuple[Rung, ...]) -> str:
        reached = sum(rung.answers is not None for rung in rungs)
        return self.tr("{0} of {1} levels answer").format(reached, len(rungs))

    def _matrix(self) -> None:
        self._desk.go("matrix")

    def _copy_number(self) -> None:
        row = self.view.currentIndex().data(Qt.ItemDataRole.UserRole)
        if row is not None and row.number is not None:
            QGuiApplication.clipboard().setText(row.number.value)
            self._desk.say(self.tr("Copied {0}").format(row.number.value))

    def _toggle_time(self) -> None:
        self.time.setVisible(not self.is_now.isChecked())
        self._answer()

    def _tick(self) -> None:
        if self.is_now.isChecked() and self.isVisible():
            self._answer()

    # inside

    def _make_question(self) -> None:
        self.severity = ChoiceField([(severity.value, severity) for severity in Severity], self)
        self.stage = ChoiceField([(self.tr("Any stage"), ""), *((name.capitalize(), name) for name in STAGES)], self)
        self.cause = ChoiceField([(cause.value.capitalize(), cause) for cause in CauseClass], self)
        self.system = SuggestField((), self)
        self.system.setPlaceholderText(self.tr("System"))
        self.deployment = ChoiceField([], self)
        self.is_now = QCheckBox(self.tr("Now"), self)
        self.is_now.setChecked(True)
        self.time = QDateTimeEdit(QDateTime.fromMSecsSinceEpoch(int(self._desk.now().timestamp() * 1000)), self)
        self.time.setTimeZone(QTimeZone.systemTimeZone())
        self.time.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.time.setCalendarPopup(True)
        self.time.hide()
        named = (
            (self.severity, self.tr("Severity")),
            (self.stage, self.tr("Stage")),
            (self.cause, self.tr("Cause class")),
            (self.system, self.tr("System")),
            (self.deployment, self.tr("Deployment")),
            (self.time, self.tr("At this time")),
        )
        for field, name in named:
            field.setAccessibleName(name)
            field.setToolTip(name)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Who do I call?"), self)
        title.setProperty("role", "title")
        question = QHBoxLayout()
        question.setSpacing(8)
        for field in (self.deployment, self.severity, self.stage, self.cause, self.system, self.is_now, self.time):
            question.addWidget(field)
        question.addStretch(1)
        self.system.setMaximumWidth(200)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 16, 8)
        column.setSpacing(12)
        column.addWidget(title)
        column.addLayout(question)
        column.addSpacing(8)
        column.addWidget(self.pane, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.beside)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([760, 320])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _connect(self) -> None:
        for field in (self.severity, self.stage, self.cause, self.system):
            field.changed.connect(self._answer)
        self.deployment.changed.connect(self._choose_deployment)
        self.is_now.toggled.connect(self._toggle_time)
        self.time.dateTimeChanged.connect(self._answer)
        self.beside.raise_wanted.connect(self.new)
        self._desk.ticker.minute.connect(self._tick)
        self._desk.bridge.changed.connect(self.refresh)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy_number)


def _spoken(row: RungRow) -> str:
    """A rung as a screen reader says it."""
    rung = row.rung
    who = rung.answers.name if rung.answers else "nobody"
    number = row.number.value if row.number else ""
    return f"{rung.starts.astimezone():%H:%M}, {rung.level.name}: {who}, {number}; {'; '.join(rung.why)}"
