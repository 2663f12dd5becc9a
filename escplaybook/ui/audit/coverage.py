"""The coverage of the coming week: which deployment, which severity, and the map of its hours."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.coverage import Coverage, coverage
from escplaybook.domain.coverage_week import DAYS, midnight, share_of, week_of
from escplaybook.domain.matrix import Cell
from escplaybook.domain.naming import cell_name
from escplaybook.domain.programme import Programme, deployments_of, levels_of
from escplaybook.domain.routing import who_answers
from escplaybook.ui.audit.heat_map import HeatMap
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.parts.wrapped import WrappedLabel


class CoverageView(QWidget):
    """`cell_wanted` carries the cell of a hole that is to be mended."""

    cell_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._programme: Programme | None = None
        self._found: Coverage | None = None
        self._zone = "UTC"
        self.deployment = ChoiceField([(self.tr("Every deployment"), None)], self)
        self.deployment.setAccessibleName(self.tr("Deployment"))
        self.deployment.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.severities = QTabBar(self)
        self.severities.setDrawBase(False)
        self.severities.setExpanding(False)
        self.severities.setAccessibleName(self.tr("Severity"))
        for severity in Severity:
            self.severities.addTab(severity)
        self.legend = WrappedLabel(self)
        self.legend.setProperty("role", "small")
        self.map = HeatMap(desk, self._name_of, self._why_of, self)
        self.pane = StatePane(self.map, desk.theme, self)
        self._lay_out()
        self.deployment.changed.connect(self._calculate)
        self.severities.currentChanged.connect(self._redraw)
        self.map.cell_wanted.connect(self.cell_wanted)

    def show_programme(self, found: Programme) -> None:
        """Work the week out as the programme is now."""
        self._programme = found
        self._offer(found)
        self._calculate()

    def step(self, by: int) -> None:
        """Walk through the hours that are not covered."""
        self.map.step(by)

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.map.view, self.map.list, self.severities]

    @property
    def severity(self) -> Severity:
        """The severity whose week is shown."""
        return list(Severity)[max(self.severities.currentIndex(), 0)]

    def _offer(self, found: Programme) -> None:
        kept = self.deployment.value()
        current = deployments_of(found)
        self.deployment.clear()
        for one in current:
            self.deployment.addItem(one.name, one.id)
        if not current:
            self.deployment.addItem(self.tr("Every deployment"), None)
        self.deployment.setCurrentIndex(max(self.deployment.findData(kept), 0) if kept is not None else 0)
        self.deployment.setVisible(len(current) > 1)

    def _calculate(self) -> None:
        found = self._programme
        if found is None:
            return
        chosen = self.deployment.value()
        self._zone = next((one.zone for one in found.deployments if one.id == chosen), "UTC")
        self._found = coverage(found, midnight(self._desk.now(), self._zone), DAYS, deployment=chosen)
        for at, severity in enumerate(Severity):
            share = share_of(self._found, severity)
            told = f"{MARKS[severity]} {severity}"
            self.severities.setTabText(at, told if share is None else f"{told}  {_percent(share)}")
        self._redraw()

    def _redraw(self) -> None:
        if self._found is None:
            return
        days = week_of(self._found, self.severity, self._zone)
        if not days:
            told = self.tr(
                "Fill in a level of {0} in the matrix; then the hours in which nobody answers are seen here."
            )
            self.pane.tell("grid-3x3", self.tr("Nothing to cover"), told.format(self.severity))
            self.legend.setText("")
            return
        city = self._zone.rpartition("/")[2].replace("_", " ")
        told = self.tr(
            "The clock of {0}. A number is the share of ladders, in percent, on which every level answers; an hour "
            "without one is whole. Return opens the cell that is missing."
        )
        self.legend.setText(told.format(city))
        self.pane.show_content()
        self.map.show_week(days)

    def _name_of(self, cell: Cell) -> str:
        assert self._programme is not None
        names = {level.rank: level.name for level in levels_of(self._programme)}
        return f"{cell_name(cell)} ({names[cell.level]})" if cell.level in names else cell_name(cell)

    def _why_of(self, cell: Cell, at: datetime) -> str:
        assert self._programme is not None
        return "; ".join(who_answers(cell, at, self._programme.contacts, self._programme.roster).why)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.severities, 1)
        head.addWidget(self.deployment)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
        column.addWidget(self.legend)


def _percent(share: float) -> str:
    return "100 %" if share == 1 else f"{min(share * 100, 99.9):.1f} %"
