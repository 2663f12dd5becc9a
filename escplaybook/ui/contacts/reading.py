"""One contact to read: how to reach them, when, and who stands in."""

import html
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy, zone_named
from escplaybook.domain.dues import CALLED, is_stale
from escplaybook.domain.hours import is_open
from escplaybook.store import records
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.facts import FactsLine
from escplaybook.ui.prose_view import COLUMN, MARGIN, ProseView
from escplaybook.ui.times import said_day


class ContactReading(QFrame):
    """Shows a contact. The signals say what a person wants done with it; `deputy_wanted` carries the deputy's id."""

    edit_wanted = Signal()
    history_wanted = Signal()
    retire_wanted = Signal()
    deputy_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.record: Contact | None = None
        self.setProperty("plane", "raised")
        self.facts = FactsLine(desk.theme, self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.there = QLabel(self)
        self.there.setProperty("role", "small")
        self.there.setWordWrap(True)
        self.text = ProseView(desk.theme, self)
        self.text.setAccessibleName(self.tr("How to reach this contact"))
        self.text.record_wanted.connect(self.deputy_wanted)
        self.edit = self._button(self.tr("Edit"), "pencil", self.edit_wanted)
        self.history = self._button(self.tr("History"), "history", self.history_wanted)
        self.retire = self._button(self.tr("Retire"), "archive", self.retire_wanted)
        for button in (self.edit, self.retire):
            button.setVisible(not desk.book.read_only)
        self._lay_out()
        desk.theme.changed.connect(self._follow_theme)
        desk.ticker.minute.connect(self._tell_time)
        self._follow_theme()

    def show_record(self, record: Contact, words: Sequence[str]) -> None:
        """Show a contact."""
        del words  # a contact is short enough to be read whole
        self.record = record
        self.facts.tell(None, record.key, record.role, record.organisation, record.team)
        self.title.setText(record.name)
        self.retire.setText(self.tr("Take back into use") if record.retired else self.tr("Retire"))
        self._tell_time()
        self.text.refresh_html(self._html(record))

    def focus_target(self) -> QWidget:
        """The text takes the keys."""
        return self.text

    def _tell_time(self) -> None:
        if self.record is not None:
            self.there.setText(self._time_there(self.record, self._desk.now()))

    def _time_there(self, contact: Contact, now: datetime) -> str:
        local = now.astimezone(zone_named(contact.zone))
        city = contact.zone.rpartition("/")[2].replace("_", " ")
        clock = self.tr("{0} there ({1})").format(f"{local:%H:%M}", city)
        if not contact.hours:
            return self.tr("{0} · may be called at any time").format(clock)
        if is_open(contact.hours, local):
            return self.tr("{0} · reachable now, {1}").format(clock, contact.hours)
        return self.tr("{0} · off duty now, reachable {1}").format(clock, contact.hours)

    def _html(self, contact: Contact) -> str:
        parts = []
        if contact.points:
            rows = "".join(self._point(point) for point in contact.points)
            parts.append(
                f"<h2>{self.tr('How to reach them')}</h2><table cellspacing='0' cellpadding='3'>{rows}</table>"
            )
        else:
            parts.append(f"<p class='warn'>{self.tr('No number or address is known.')}</p>")
        if contact.deputy:
            deputy = records.find(self._desk.book, Contact, contact.deputy)
            if deputy is not None:
                name = html.escape(deputy.name)
                parts.append(f"<h2>{self.tr('Deputy')}</h2><p><a href='record:{deputy.id}'>{name}</a></p>")
        if contact.languages:
            parts.append(f"<h2>{self.tr('Languages')}</h2><p>{html.escape(', '.join(contact.languages))}</p>")
        if contact.tags:
            parts.append(f"<h2>{self.tr('Tags')}</h2><p>{html.escape(', '.join(contact.tags))}</p>")
        if contact.notes:
            from escplaybook.prose.entries import render
            from escplaybook.prose.html import to_html

            parts.append(f"<h2>{self.tr('Notes')}</h2>{to_html(render(contact.notes))}")
        return "".join(parts)

    def _point(self, point: ContactPoint) -> str:
        value = html.escape(point.value)
        if point.kind is PointKind.EMAIL:
            value = f"<a href='mailto:{html.escape(point.value, quote=True)}'>{value}</a>"
        label = f" <span class='quiet'>{html.escape(point.label)}</span>" if point.label else ""
        private = f" <span class='quiet'>{self.tr('private')}</span>" if point.privacy is Privacy.PRIVATE else ""
        kind = html.escape(self._kind_word(point.kind))
        cells = (f"<span class='quiet'>{kind}</span>", f"<b>{value}</b>{label}{private}", self._verified(point))
        return "<tr>" + "".join(f"<td class='cell'>{cell}</td>" for cell in cells) + "</tr>"

    def _verified(self, point: ContactPoint) -> str:
        if point.kind not in CALLED and point.verified is None:
            return ""
        token = "warn" if is_stale(point, self._desk.now().date()) else "quiet"
        if point.verified is None:
            return f"<span class='{token}'>{self.tr('never verified')}</span>"
        told = self.tr("verified {0}").format(said_day(point.verified, self._desk.now()))
        how = f", {html.escape(point.verified_how)}" if point.verified_how else ""
        return f"<span class='{token}' title='{point.verified.isoformat()}'>{told}{how}</span>"

    def _kind_word(self, kind: PointKind) -> str:
        return {
            PointKind.PHONE: self.tr("Phone"),
            PointKind.MOBILE: self.tr("Mobile"),
            PointKind.EMAIL: self.tr("E-mail"),
            PointKind.CHAT: self.tr("Chat"),
            PointKind.PAGER: self.tr("Pager"),
            PointKind.BRIDGE: self.tr("Bridge"),
        }[kind]

    def _button(self, word: str, icon: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(word, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(wanted)
        return button

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.edit, self.history, self.retire):
            actions.addWidget(button)
        actions.addStretch(1)
        self.head = QWidget(self)
        column = QVBoxLayout(self.head)
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addWidget(self.title)
        column.addLayout(actions)
        column.addWidget(self.there)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.text, 1)

    def _follow_theme(self) -> None:
        px = self._desk.theme.px
        layout = self.head.layout()
        if layout is not None:
            layout.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(4))
        self.title.setMaximumWidth(px(COLUMN))
