"""Beside the ladder: the vendor's own ladder, who may say yes, what to have ready, who talks to outsiders."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import DecisionRight, rights_at
from escplaybook.domain.programme import Programme, definition_of
from escplaybook.domain.routing import who_decides
from escplaybook.domain.stakes import COUNTED
from escplaybook.domain.vendors import Vendor, who_answers_for
from escplaybook.ui.agreements.told import protection_html
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.speakers import speakers_html
from escplaybook.ui.parts.stakes import day_html
from escplaybook.ui.prose_view import ProseView
from escplaybook.ui.theme import Theme
from escplaybook.ui.vendors.told import clock_words, entitlements_html, ladder_html, promise_words
from escplaybook.ui.who.question import Asked

FEW = 6
"""Decisions shown at first; those made for this stage and severity come before the general ones."""

MORE = "more"
"""The scheme of the link that shows the rest."""

MARGIN = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """What the pane tells about: the programme, what was asked, as of which instant, for which deployment."""

    found: Programme
    asked: Asked
    at: datetime
    now: datetime
    deployment: Deployment | None


class Beside(QFrame):
    """The right pane of the page; `raise_wanted` asks to raise a blocker with what was asked."""

    raise_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scene: Scene | None = None
        self._is_whole = False
        self.setProperty("plane", "raised")
        self.text = _Notes(desk.theme, self, margin=MARGIN)
        self.text.setAccessibleName(self.tr("Who may say yes, what to have ready, who talks to outsiders"))
        self.text.record_wanted.connect(desk.go_to_key)
        self.text.anchorClicked.connect(self._follow)
        self.text.resized.connect(self.text.updateGeometry)
        self.raise_button = QPushButton(self.tr("Raise it"), self)
        self.raise_button.setProperty("kind", "primary")
        self.raise_button.setToolTip(self.tr("Raise a blocker with this severity and stage (Ctrl+N)"))
        self.raise_button.setVisible(not desk.book.read_only)
        dress(self.raise_button, "siren", desk.theme, "on_accent")
        self.raise_button.clicked.connect(self.raise_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(8)
        column.addWidget(self.text, 100)
        self._foot = QWidget(self)
        foot = self._foot_column = QVBoxLayout(self._foot)
        foot.addWidget(self.raise_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._foot)
        column.addStretch(1)
        desk.theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def tell(self, scene: Scene) -> None:
        """Show what belongs to this place in the matrix."""
        is_same = self._scene is not None and self._scene.asked == scene.asked
        self._scene = scene
        told = "".join(self._parts(scene)) or f"<h2></h2><p class='quiet'>{self._nothing()}</p>"
        if is_same:
            self.text.refresh_html(told)
        else:
            self.text.show_html(told)
        self.text.updateGeometry()

    def _nothing(self) -> str:
        return self.tr("Who may say yes, what to have ready and who talks to outsiders will stand here.")

    def _parts(self, scene: Scene) -> Iterator[str]:
        found, place = scene.found, scene.asked.place
        vendor = who_answers_for(scene.asked.system, found.vendors)
        if vendor is not None:
            yield from self._vendor(vendor, scene)
        if scene.deployment is not None and place.severity in COUNTED and (told := day_html(scene.deployment)):
            yield f"<h2>{self.tr('At stake')}</h2>{told}"
        rights = rights_at(found.rights, place, scene.at.date())
        if rights:
            yield f"<h2>{self.tr('Who may say yes')}</h2>{self._rights(scene, rights)}"
        definition = definition_of(found, place.severity)
        if definition is not None and definition.intake:
            items = "".join(f"<li>{html.escape(item)}</li>" for item in definition.intake)
            yield f"<h2>{self.tr('Have ready')}</h2><ul>{items}</ul>"
        if scene.deployment is not None:
            told = speakers_html(found, scene.deployment, scene.at)
            yield f"<h2>{self.tr('Outsiders talk to')}</h2>{told}"

    def _rights(self, scene: Scene, rights: list[DecisionRight]) -> str:
        exact_first = sorted(rights, key=lambda right: (right.stage == "") + (right.severity is None))
        names = list(dict.fromkeys(right.decision for right in exact_first))
        grouped = sorted(exact_first, key=lambda right: names.index(right.decision))
        told = [self._decision(scene, list(group)) for _, group in groupby(grouped, lambda right: right.decision)]
        if self._is_whole or len(told) <= FEW + 1:
            return "".join(told)
        rest = self.tr("{0} more").format(len(told) - FEW)
        return "".join(told[:FEW]) + f"<p><a href='{MORE}:rights'>{rest}</a></p>"

    def _decision(self, scene: Scene, rights: list[DecisionRight]) -> str:
        """One decision; where its thresholds divide it among people, a line for each."""
        name = rights[0].decision[:1].upper() + rights[0].decision[1:]
        if len(rights) == 1:
            limit = f" <span class='quiet'>({html.escape(rights[0].threshold)})</span>" if rights[0].threshold else ""
            return f"<p>{html.escape(name)}{limit}: {self._deciders(scene, rights[0])}</p>"
        lines = [f"{html.escape(right.threshold)}: {self._deciders(scene, right)}" for right in rights]
        return f"<p>{html.escape(name)}<br>{'<br>'.join(lines)}</p>"

    def _deciders(self, scene: Scene, right: DecisionRight) -> str:
        """Whom to ask now in bold, and who else may decide."""
        contacts = scene.found.contacts
        decider, alternate = (contacts.get(person or "") for person in (right.decider, right.alternate))
        asked = who_decides(right, scene.at, contacts, scene.found.roster)
        if asked is None:
            names = [html.escape(person.name) for person in (decider, alternate) if person is not None]
            told = self.tr("{0}, not to be reached then").format(", ".join(names)) if names else self.tr("nobody")
            return f"<span class='warn'>{told}</span>"
        if asked is decider:
            other = self.tr(", else {0}").format(html.escape(alternate.name)) if alternate is not None else ""
        else:
            other = self.tr(", for {0}").format(html.escape(decider.name)) if decider is not None else ""
        return f"<b>{html.escape(asked.name)}</b><span class='quiet'>{other}</span>"

    def _vendor(self, vendor: Vendor, scene: Scene) -> Iterator[str]:
        severity = scene.asked.place.severity
        yield f"<h2><a href='record:{html.escape(vendor.key)}'>{html.escape(vendor.name)}</a></h2>"
        yield f"<p class='quiet'>{html.escape(clock_words(vendor, scene.now))}</p>"
        if theirs := vendor.name_of(severity):
            told = self.tr("Our {0} is their {1}").format(severity, f"<b>{html.escape(theirs)}</b>")
            yield f"<p>{told}</p>"
        if (promise := vendor.promise_at(severity)) is not None:
            yield f"<p>{self.tr('They promise: {0}').format(html.escape(promise_words(promise)))}</p>"
        yield entitlements_html(vendor, scene.now)
        yield ladder_html(vendor, scene.now)
        yield protection_html(scene.found.agreements, vendor, scene.now)

    def _follow_theme(self) -> None:
        margin = self._desk.theme.px(MARGIN)
        self._foot_column.setContentsMargins(margin, 0, margin, 0)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == MORE and self._scene is not None:
            self._is_whole = True
            self.tell(self._scene)


class _Notes(ProseView):
    """No taller than its text, so that what stands below follows it and is never out of sight."""

    def __init__(self, theme: Theme, parent: QWidget, *, margin: int) -> None:
        super().__init__(theme, parent, margin=margin)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(self.document().size().height()) + 1)
