"""Beside the ladder: who may say yes, what to have ready, who talks to outsiders, and the vendor's own ladder."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import DecisionRight, Place
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress


class Beside(QScrollArea):
    """The right pane of the page; `raise_wanted` asks to raise a blocker with what was asked."""

    raise_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(260)
        self.setAccessibleName(self.tr("Rights, what to have ready, outsiders"))
        self.raise_button = QPushButton(self.tr("Raise it"), self)
        self.raise_button.setProperty("kind", "primary")
        self.raise_button.setVisible(not desk.book.read_only)
        dress(self.raise_button, "octagon-alert", desk.theme, "on_accent")
        self.raise_button.clicked.connect(self.raise_wanted)
        content = QFrame(self)
        content.setProperty("plane", "raised")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(20, 20, 20, 20)
        self._column.setSpacing(4)
        self._parts: list[QLabel] = []
        self._column.addWidget(self.raise_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.setWidget(content)

    def tell(
        self,
        programme: Programme,
        place: Place,
        rights: Sequence[DecisionRight],
        deployment: Deployment | None,
        system: str,
    ) -> None:
        """Show what belongs to this place in the matrix."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.deleteLater()
        self._parts = []
        self._section(self.tr("Who may say yes"), [self._right(right, programme) for right in rights])
        self._section(self.tr("Have ready"), self._intake(programme, place.severity))
        self._section(self.tr("Outsiders talk to"), self._voice(deployment, programme))
        vendor = next((v for v in programme.vendors if v.retired is None and _answers_for(v, system)), None)
        if vendor is not None:
            self._section(vendor.name, self._vendor(vendor, place.severity))

    def _intake(self, programme: Programme, severity: Severity) -> list[str]:
        for definition in programme.severities:
            if definition.severity == severity and definition.retired is None and definition.intake:
                return [" · ".join(definition.intake)]
        return []

    def _section(self, heading: str, lines: list[str]) -> None:
        if not lines:
            return
        self._add(heading, "heading")
        for line in lines:
            self._add(line, "")

    def _add(self, text: str, role: str) -> None:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
            label.setContentsMargins(0, 12 if self._parts else 0, 0, 0)
        self._column.insertWidget(self._column.count() - 2, label)
        self._parts.append(label)

    def _right(self, right: DecisionRight, programme: Programme) -> str:
        people = [programme.contacts[person].name for person in (right.decider, right.alternate) if person]
        what = right.decision[:1].upper() + right.decision[1:] + (f" ({right.threshold})" if right.threshold else "")
        return f"{what}: {self.tr(', else ').join(people) or '—'}"

    def _voice(self, deployment: Deployment | None, programme: Programme) -> list[str]:
        if deployment is None or deployment.point_of_contact is None:
            return []
        voice = programme.contacts[deployment.point_of_contact].name
        if deployment.deputy is None:
            return [voice]
        return [self.tr("{0} · deputy {1}").format(voice, programme.contacts[deployment.deputy].name)]

    def _vendor(self, vendor: Vendor, severity: Severity) -> list[str]:
        lines = []
        if theirs := vendor.name_of(severity):
            lines.append(self.tr("Our {0} is their “{1}”").format(severity, theirs))
        for number in vendor.entitlements:
            lines.append(self.tr("Entitlement {0} {1}").format(number.number, number.covers).strip())
        for level in vendor.levels:
            lines.append(f"{level.name}: {', '.join(point.value for point in level.points)}")
        return lines


def _answers_for(vendor: Vendor, system: str) -> bool:
    return bool(system) and any(name.casefold() == system.casefold() for name in vendor.systems)
