"""A blocker as a form: what stalls, how bad it is, and the intake checklist a ticket must carry."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.blockers import Blocker, Reference
from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Place
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.form import Form

PLAIN = (
    "title",
    "severity",
    "stage",
    "cause_class",
    "deployment",
    "system",
    "data_domain",
    "milestone",
    "context",
    "dependencies",
    "options",
    "risk",
)
"""The fields whose value goes from record to form as it is."""


class BlockerForm(QFrame):
    """Raises a blocker or mends one. `save_wanted` and `cancel_wanted` tell what a person decided."""

    changed = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.before: Blocker | None = None
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(self.tr("Ctrl+S"))
        self.save.setText(self.tr("Raise"))
        dress(self.save, "check", desk.theme, "on_accent")
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self.kept = QLabel(self)
        self.kept.setProperty("role", "small")
        self.form = Form(desk.theme, self)
        self._build_fields()
        self._lay_out()
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.form.changed.connect(self.changed)

    def show_blocker(self, blocker: Blocker) -> None:
        """Mend that blocker."""
        self.before = blocker
        self.heading.setText(self.tr("Edit {0}").format(blocker.key))
        self.save.setText(self.tr("Save"))
        self._begin({name: getattr(blocker, name) for name in PLAIN} | {"tickets": _keys(blocker)})

    def show_new(self, place: Place | None = None, title: str = "") -> None:
        """Raise a new one, with what is known of it so far."""
        self.before = None
        self.heading.setText(self.tr("Raise a blocker"))
        self.save.setText(self.tr("Raise"))
        blank: dict[str, Any] = dict.fromkeys(PLAIN, "") | {"tickets": ()}
        blank |= {"severity": Severity.S3, "cause_class": CauseClass.INTERNAL, "deployment": None, "title": title}
        if place is not None:
            blank |= {
                "severity": place.severity,
                "stage": place.stage,
                "cause_class": place.cause_class,
                "deployment": place.deployment,
            }
        self._begin(blank)

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        self.form.show_values({name: value for name, value in values.items() if name in self.form.fields})

    def values(self) -> dict[str, Any]:
        """What the fields hold, as JSON can keep it."""
        return self.form.values()

    def is_changed(self) -> bool:
        """Whether saving would change anything."""
        return self.values() != self._as_shown

    def suggest(self, words: dict[str, list[str]], deployments: list[tuple[str, str]]) -> None:
        """Offer the words that are in use, and the deployments there are (name, id)."""
        for name in ("system", "data_domain"):
            self.form.fields[name].suggest(words.get(name, []))
        field = self.form.fields["deployment"]
        chosen = field.value()
        field.clear()
        field.addItem(self.tr("none"), None)
        for name, record_id in deployments:
            field.addItem(name, record_id)
        field.set_value(chosen)

    def blocker(self, now: datetime) -> Blocker:
        """The blocker as the form has it. Raises InvalidRecord, and marks the field that is to be mended."""
        self.form.complain()
        values = self.values()
        tickets = values.pop("tickets")
        values["severity"] = Severity(values["severity"])
        values["cause_class"] = CauseClass(values["cause_class"])
        try:
            if self.before is None:
                references = tuple(Reference(ticket) for ticket in tickets)
                return Blocker(id=new_id(now), observed=now, created=now, updated=now, references=references, **values)
            known = {reference.key: reference for reference in self.before.references}
            references = tuple(known.get(ticket, Reference(ticket)) for ticket in tickets)
            return replace(self.before, updated=now, references=references, **values)
        except PlaybookError:
            self.form.complain("title")  # only a title can be wrong
            raise

    def _begin(self, values: dict[str, Any]) -> None:
        self.form.complain()
        self.form.show_values(values)
        self._as_shown = self.values()
        self.kept.setText("")
        self.area.verticalScrollBar().setValue(0)
        self.form.fields["title"].setFocus()

    def _build_fields(self) -> None:
        form = self.form
        form.line("title", self.tr("&What is blocked"), self.tr("What stops, as anyone would say it"))
        form.beside(3)
        form.choice("severity", self.tr("Se&verity"), [(severity.value, severity) for severity in Severity])
        form.suggested("stage", self.tr("Sta&ge"), STAGES)
        causes = [
            (self.tr("internal: ours"), CauseClass.INTERNAL),
            (self.tr("external: a third party's"), CauseClass.EXTERNAL),
        ]
        form.choice("cause_class", self.tr("Cause &class"), causes)
        form.choice("deployment", self.tr("De&ployment"), [(self.tr("none"), None)])
        form.suggested("system", self.tr("S&ystem"))
        form.suggested("data_domain", self.tr("&Data domain"))
        form.below()
        form.line("milestone", self.tr("&Milestone at risk"), self.tr("Which one, and by when it slips"))
        form.markdown("context", self.tr("C&ontext"), self.tr("What stops, since when, for whom; the exact message"))
        form.markdown("dependencies", self.tr("Depe&ndencies"), self.tr("What waits for it, and what it waits for"))
        form.markdown("options", self.tr("Possible wor&karounds"), self.tr("Each with what it would cost"))
        form.markdown("risk", self.tr("&Risk"), self.tr("What happens if it stays, and if a workaround fails"))
        form.tags("tickets", self.tr("&Tickets elsewhere"), self.tr("Keys, separated by commas"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.kept)
        head.addStretch(1)
        head.addWidget(self.cancel)
        head.addWidget(self.save)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.form)
        self.area.setFocusPolicy(self.area.focusPolicy().NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 16, 28, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.area, 1)


def _keys(blocker: Blocker) -> tuple[str, ...]:
    return tuple(reference.key for reference in blocker.references)
