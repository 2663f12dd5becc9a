"""Gate: may a deployment enter a stage? The answer first, then every reason with the step that mends it."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.due import Due
from escplaybook.domain.gate import Check, Gate, Reason
from escplaybook.domain.programme import deployments_of, stages_of
from escplaybook.services.reviewing_matrix import gates_of
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.gate.told import answer_of, days_of, lines_of, mark_of, state_of
from escplaybook.ui.icons import dress, pixmap
from escplaybook.ui.matrix.words import stage_word
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.parts.grouped import GroupedList, Line
from escplaybook.ui.parts.latest import Latest
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.parts.wrapped import WrappedLabel

NAME = "gate"


class GatePage(PlainPage):
    """One deployment, its stages as tabs, each with whether its gate is open; worked out anew as the book changes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._stages = desk, list[str]()
        self.gates: dict[str, Gate] = {}
        self._latest = Latest(desk, self)
        self.deployment = ChoiceField([], self)
        self.deployment.setAccessibleName(self.tr("Deployment"))
        self.deployment.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.stages = QTabBar(self)
        self.mark, self.answer, self.days = QLabel(self), WrappedLabel(self), WrappedLabel(self)
        self.set_days = QPushButton(self.tr("Give the stages their days"), self)
        self.set_days.setProperty("kind", "link")
        self.back = QPushButton(self.tr("Back to the matrix"), self)
        dress(self.back, "arrow-left", desk.theme)
        self.list = GroupedList(desk.theme, self.tr("Reasons and checks"), self)
        self.body = QWidget(self)
        self.pane = StatePane(self.body, desk.theme, self)
        self._lay_out()
        self.deployment.changed.connect(self._deployment_chosen)
        self.stages.currentChanged.connect(self._turned)
        self.list.stepped.connect(self._go)
        self.set_days.clicked.connect(self._go_to_days)
        self.back.clicked.connect(self._go_back)
        self._latest.answered.connect(self._came)
        desk.bridge.changed.connect(self._changed)
        desk.theme.changed.connect(self._tell)

    # what the window asks of every page

    def place(self) -> Place:
        """A deployment by its id, and the stage."""
        deployment = self.deployment.value()
        return Place(NAME, f"{deployment}/{self.stage()}" if deployment else "")

    def show_place(self, place: Place) -> None:
        """Come to a deployment's stage; without one, to where one was, else to the stage that comes next."""
        deployment, _, stage = place.record.partition("/")
        self._offer(deployment or self.deployment.value() or "", stage)
        self.refresh()

    def close_down(self) -> None:
        """Wait for nothing any more."""
        self._latest.drop()

    def step_out(self) -> bool:
        """From anywhere to the list, from the list to the matrix."""
        if self.list.hasFocus() or not self.deployment.count():
            self._go_back()
        else:
            self.list.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through reasons and checks."""
        self.list.step(by)

    def enter(self) -> None:
        """Go to the list."""
        self.panes()[0].setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if not self.deployment.count():
            return [*self.pane.state.buttons[:1], self.back]
        return [self.list, self.stages, self.deployment]

    # the gate

    def stage(self) -> str:
        """The stage that is chosen."""
        at = self.stages.currentIndex()
        return self._stages[at] if 0 <= at < len(self._stages) else ""

    def refresh(self) -> None:
        """Look at everything anew; that takes a while, so the answer comes later."""
        book, now = self._desk.book, self._desk.now()
        chosen = self.deployment.value()
        deployment = next((one for one in programme(book).deployments if one.id == chosen), None)
        if deployment is None:
            told = self.tr("Whether a deployment may enter its next stage is said here, with everything that is amiss.")
            add = (self.tr("Add the first deployment"), "plus", self._go_to_deployments)
            self.pane.tell("map-pin", self.tr("No deployment yet"), told, add)
            self.tallied.emit("")
            return
        if not self.gates:
            self.pane.wait()
        self._latest.ask(lambda own: gates_of(own, deployment, now))

    def _came(self, gates: tuple[Gate, ...]) -> None:
        self.gates = {one.stage: one for one in gates}
        self.pane.show_content()
        self._tell()

    def _tell(self) -> None:
        theme, now = self._desk.theme, self._desk.now()
        for at, stage in enumerate(self._stages):
            gate = self.gates.get(stage)
            icon, token = mark_of(gate, now) if gate is not None else ("", "")
            drawn = pixmap(icon, getattr(theme.tokens, token), theme.px(16)) if icon else None
            self.stages.setTabIcon(at, QIcon(drawn) if drawn is not None else QIcon())
            self.stages.setTabToolTip(at, state_of(gate, now) if gate is not None else "")
        gate = self.gates.get(self.stage())
        if gate is None:
            return
        icon, token = mark_of(gate, now)
        if gate.is_over(now.date()):
            icon, token = ("circle-check", "good") if gate.is_open else ("circle-x", "bad")
        ratio = self.devicePixelRatioF()
        self.mark.setPixmap(pixmap(icon, getattr(theme.tokens, token), theme.px(22), ratio=ratio))
        self.answer.setText(answer_of(gate))
        self.days.setText(days_of(gate, now))
        self.set_days.setVisible(gate.dates is None and not self._desk.book.read_only)
        self.list.show_lines(lines_of(gate))
        self.tallied.emit(state_of(gate, now))

    def _offer(self, deployment: str, stage: str) -> None:
        """Offer what there is, and stand at that deployment and stage if it is among it."""
        found = programme(self._desk.book)
        listed = deployments_of(found)
        self.deployment.clear()
        for one in listed:
            self.deployment.addItem(one.name, one.id)
        self.deployment.setCurrentIndex(max(self.deployment.findData(deployment), 0) if listed else -1)
        self.deployment.setVisible(len(listed) > 1)
        chosen = next((one for one in listed if one.id == self.deployment.value()), None)
        if any(gate.deployment.id != self.deployment.value() for gate in self.gates.values()):
            self.gates = {}
        stages = stages_of(found, chosen.id) if chosen is not None else []
        wanted = stage or (self.stage() if self.stage() in stages and self.gates else "")
        wanted = wanted or (_next_stage(chosen, self._desk.now().date()) if chosen is not None else "")
        blocked = self.stages.blockSignals(True)
        if stages != self._stages:
            while self.stages.count():
                self.stages.removeTab(0)
            for one_stage in stages:
                self.stages.addTab(stage_word(one_stage))
            self._stages = stages
        self.stages.setCurrentIndex(stages.index(wanted) if wanted in stages else 0)
        self.stages.blockSignals(blocked)

    def _deployment_chosen(self) -> None:
        self.gates = {}
        self._offer(self.deployment.value(), "")
        self.refresh()
        self.moved.emit(self.place())

    def _turned(self) -> None:
        self._tell()
        if self.list.table.rowCount():
            self.list.stand_at(0)
        self.moved.emit(self.place())

    def _go(self, line: Line) -> None:
        reason = line.of
        if not isinstance(reason, Reason):
            return
        if reason.due is not None:
            self._desk.settling.emit(reason.due)
        else:
            self._desk.go("editions" if reason.check is Check.EDITION else "matrix")

    def _go_to_days(self) -> None:
        deployment = self.gates[self.stage()].deployment
        self._desk.settling.emit(Due("", None, deployment, "give the stages their days", 0, "stages"))

    def _go_to_deployments(self) -> None:
        self._desk.go("deployments")

    def _go_back(self) -> None:
        self._desk.go("matrix")

    def _changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible():
            self._offer(self.deployment.value() or "", self.stage())
            self.refresh()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Gate"), self)
        title.setProperty("role", "title")
        self.stages.setDrawBase(False)
        self.stages.setExpanding(False)
        self.stages.setElideMode(Qt.TextElideMode.ElideNone)
        self.stages.setUsesScrollButtons(True)
        self.stages.setAccessibleName(self.tr("Stage to enter"))
        self.answer.setProperty("role", "lead")
        self.days.setProperty("role", "muted")
        head, said = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title, 1)
        head.addWidget(self.deployment)
        head.addWidget(self.back)
        said.setSpacing(8)
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.answer, 1)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.stages)
        inner.addSpacing(8)
        inner.addLayout(said)
        inner.addWidget(self.days)
        inner.addWidget(self.set_days, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 16, 8)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.pane, 1)


def _next_stage(deployment: Deployment, today: date) -> str:
    """The stage whose gate is asked for: the first that has not begun, else the one that runs."""
    ahead = [one for one in deployment.stages if one.start > today]
    running = [one for one in deployment.stages if one.start <= today <= one.end]
    wanted = min(ahead, key=lambda one: one.start, default=None) or max(
        running, key=lambda one: one.start, default=None
    )
    return wanted.stage if wanted is not None else ""
