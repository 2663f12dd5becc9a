"""What can be done with an edition, as far as it has come: sign it, publish it from an instant on, adopt it."""

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.editions import Edition, EditionStatus
from escplaybook.domain.programme import Programme
from escplaybook.domain.role_rotation import planned_start
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.days import day_of
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.person_field import PersonField
from escplaybook.ui.parts.time_field import TimeField


class Acting(QWidget):
    """The fields and buttons below the differences; those that do not fit how far the edition has come are hidden.

    `sign_wanted` carries the side.
    """

    sign_wanted = Signal(str)
    publish_wanted = Signal()
    adopt_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people: dict[str, Contact] = {}
        self._shown = ""
        self._status = EditionStatus.RETIRED
        self.signer = PersonField(self)
        self.signer.setAccessibleName(self.tr("Who signs"))
        self.engineering = self._button(self.tr("Sign for engineering"), self._sign_for_engineering)
        self.business = self._button(self.tr("Sign for business"), self._sign_for_business)
        self.start = TimeField(desk.theme, desk.now, self)
        self.start.setAccessibleName(self.tr("From when on it holds"))
        self.publish = self._button(self.tr("Publish now"), self.publish_wanted.emit, "circle-check")
        self.day = LineField(self)
        self.day.setAccessibleName(self.tr("Adopted on"))
        self.day.setMaximumWidth(desk.theme.px(110))
        self.adopt = self._button(self.tr("Adopt as standard operating procedure"), self.adopt_wanted.emit)
        self._who, self._when = QLabel(self.tr("&Who"), self), QLabel(self.tr("Holds &from"), self)
        self._on = QLabel(self.tr("on"), self)
        for label, field in ((self._who, self.signer), (self._when, self.start), (self._on, self.day)):
            label.setBuddy(field)
            label.setMinimumHeight(desk.theme.px(30))  # as high as a field, so that it stands in the middle beside it
        self._lay_out()
        self.signer.changed.connect(self.allow)
        self.start.changed.connect(self.allow)
        desk.ticker.minute.connect(self.start.tell)

    def show_edition(self, edition: Edition, status: EditionStatus, found: Programme) -> None:
        """Offer what can be done with it; another one begins with its own instant and today."""
        self._people = {one.id: one for one in found.contacts.values() if one.retired is None}
        self.signer.offer(self._people.values())
        if edition.id != self._shown:
            now = self._desk.now()
            self.start.set_value(_planned(edition, now))
            self.day.set_value(now.astimezone().date().isoformat())
        self._shown, self._status = edition.id, status
        self.allow()

    def person(self) -> Contact | None:
        """Whoever signs or adopts."""
        return self._people.get(str(self.signer.value()))

    def adopted_on(self) -> date:
        """The day of the adoption, today unless another was typed. Raises InvalidRecord if it is no day."""
        return day_of(self.day.value()) or self._desk.now().astimezone().date()

    def allow(self) -> None:
        """Show what fits the edition, and allow what can be done with what the fields hold."""
        can_write, has_person = not self._desk.book.read_only, self.person() is not None
        is_open = self._status in (EditionStatus.DRAFT, EditionStatus.REVIEWED) and can_write
        is_effective = self._status is EditionStatus.EFFECTIVE and can_write
        shown: tuple[tuple[bool, tuple[QWidget, ...]], ...] = (
            (is_open, (self.engineering, self.business, self._when, self.start, self.publish)),
            (is_effective, (self.adopt, self._on, self.day)),
            (is_open or is_effective, (self._who, self.signer)),
        )
        for is_shown, widgets in shown:
            for widget in widgets:
                widget.setVisible(is_shown)
        self.engineering.setEnabled(is_open and has_person)
        self.business.setEnabled(is_open and has_person)
        self.adopt.setEnabled(is_effective and has_person)
        self.publish.setEnabled(is_open and self._status is EditionStatus.REVIEWED)
        self.publish.setText(self.tr("Publish now") if self.start.is_now() else self.tr("Publish from then"))
        waits = self.tr("Once engineering and business have signed")
        self.publish.setToolTip("" if self.publish.isEnabled() else waits)

    def _sign_for_engineering(self) -> None:
        self.sign_wanted.emit("engineering")

    def _sign_for_business(self) -> None:
        self.sign_wanted.emit("business")

    def _button(self, words: str, act: Callable[[], None], icon: str = "check") -> QPushButton:
        button = QPushButton(words, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self._who, self.signer, self.engineering, self.business, self._on, self.day, self.adopt),
            (self._when, self.start, self.publish),
        )
        for widgets in rows:
            flow = FlowLayout()
            for widget in widgets:
                flow.addWidget(widget)
            column.addLayout(flow)


def _planned(edition: Edition, now: datetime) -> str:
    """The instant a planned rotation is meant for, by this machine's clock; empty, for now, if it is over or none."""
    day = planned_start(edition)
    at = None if day is None else datetime.combine(day, time()).astimezone()
    return "" if at is None or at <= now else at.isoformat()
