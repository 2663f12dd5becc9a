"""A blocker to read: how long it has stood, who is to answer by when, its intake, and what looks like it."""

import html
from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.dues import blocker_ladder
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.programme import Programme
from escplaybook.store import records
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.prose_view import COLUMN
from escplaybook.ui.times import said

Similar = Sequence[tuple[str, str]]
"""Known blockers that look like it: key and title."""


class BlockerReading(RecordReading):
    """Shows one blocker; besides what every record offers it can be taken and resolved. It is mended, not retired."""

    acknowledge_wanted = Signal()
    resolve_wanted = Signal(str)
    call_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._similar: Similar = ()
        self._programme: Programme | None = None
        super().__init__(desk, parent)
        self.text.setAccessibleName(self.tr("The blocker"))
        self.retire.hide()

    def buttons(self) -> list[QPushButton]:
        self.acknowledge = self.button(self.tr("I take it"), "check")
        self.call = self.button(self.tr("Who do I call?"), "phone")
        self.resolve = self.button(self.tr("Resolve …"), "circle-check")
        self.acknowledge.clicked.connect(self.acknowledge_wanted)
        self.call.clicked.connect(self.call_wanted)
        self.resolve.clicked.connect(self._ask_resolution)
        return [self.acknowledge, self.call, self.resolve, self.edit, self.history]

    def below_actions(self) -> list[QWidget]:
        self.resolution = QLineEdit(self)
        self.resolution.setPlaceholderText(self.tr("What ended it? Return resolves, Esc leaves it open"))
        self.resolution.setAccessibleName(self.tr("What ended it"))
        self.resolution.setMaximumWidth(self._desk.theme.px(COLUMN))
        self.resolution.hide()
        self.resolution.returnPressed.connect(self._resolved)
        return [self.resolution]

    def show_record(self, record: Blocker, words: Sequence[str] = ()) -> None:
        """Show a blocker as it stands now."""
        self._programme = programme(self._desk.book)
        if self.record is None or self.record.id != record.id:
            self._similar = ()
            self.resolution.hide()
            self.resolution.clear()
        super().show_record(record, words)
        can_write = not self._desk.book.read_only
        self.acknowledge.setVisible(can_write and record.state is BlockerState.RAISED)
        self.resolve.setVisible(can_write and record.state is not BlockerState.RESOLVED)
        self.retire.hide()

    def show_similar(self, similar: Similar) -> None:
        """Show the known blockers that look like the one that is open."""
        self._similar = similar
        if self.record is not None:
            self.text.refresh_html(self.html_of(self.record))

    def leave_resolution(self) -> bool:
        """Close the line that asks what ended it; tells whether it was open."""
        was_open = self.resolution.isVisible()
        self.resolution.hide()
        return was_open

    def tell_facts(self, record: Blocker) -> None:
        facts = (record.stage.capitalize(), record.system, record.data_domain, record.cause_class)
        self.facts.tell(record.severity, record.key, *facts)

    def title_of(self, record: Blocker) -> str:
        return record.title

    def standing_of(self, record: Blocker) -> tuple[str, str]:
        now = self._desk.now()
        seen = self.tr("seen {0}").format(said(record.observed, now))
        if record.resolved is not None:
            return "good", self.tr("Resolved {0}, {1}").format(said(record.resolved, now), seen)
        if record.acknowledged is not None:
            taken, by = said(record.acknowledged, now), self._contact(record.acknowledged_by)
            if not by:
                return "small", self.tr("Taken {0}, {1}").format(taken, seen)
            return "small", self.tr("Taken {0} by {1}, {2}").format(taken, by, seen)
        return self._not_taken(record, seen, now)

    def html_of(self, record: Blocker) -> str:
        return "".join(self._parts(record))

    def _not_taken(self, blocker: Blocker, seen: str, now: datetime) -> tuple[str, str]:
        assert self._programme is not None
        reached = [rung for rung in blocker_ladder(self._programme, blocker) if rung.starts <= now]
        person = reached[-1].answers if reached else None
        if person is None:
            return "bad", self.tr("Not taken yet, {0}; the matrix names nobody to answer").format(seen)
        rung = reached[-1]
        who = self.tr("Not taken yet, {0}; {1} ({2}) is to answer").format(seen, person.name, rung.level.name)
        if rung.acknowledge_by is None:
            return "warn", who
        return "bad" if rung.acknowledge_by <= now else "warn", f"{who} {said(rung.acknowledge_by, now)}"

    def _contact(self, contact_id: str | None) -> str:
        person = self._programme.contacts.get(contact_id or "") if self._programme is not None else None
        return person.name if person is not None else ""

    def _parts(self, blocker: Blocker) -> Iterator[str]:
        sections = (
            (self.tr("Milestone at risk"), blocker.milestone),
            (self.tr("Context"), blocker.context),
            (self.tr("Dependencies"), blocker.dependencies),
            (self.tr("Possible workarounds"), blocker.options),
            (self.tr("Risk"), blocker.risk),
            (self.tr("What ended it"), blocker.resolution),
        )
        for heading, text in sections:
            if text:
                yield f"<h2>{heading}</h2>{block(text)}"
        if blocker.references:
            told = ", ".join(html.escape(f"{r.system} {r.key}".strip()) for r in blocker.references)
            yield f"<h2>{self.tr('Tickets')}</h2><p>{told}</p>"
        entry = records.find(self._desk.book, Entry, blocker.entry) if blocker.entry else None
        if entry is not None:
            yield f"<h2>{self.tr('Known blocker used')}</h2>{_link(entry.key, entry.title)}"
        if self._similar and blocker.state is not BlockerState.RESOLVED:
            yield f"<h2>{self.tr('Looks like')}</h2>" + "".join(_link(key, title) for key, title in self._similar)

    def _ask_resolution(self) -> None:
        self.resolution.show()
        self.resolution.setFocus()

    def _resolved(self) -> None:
        self.resolution.hide()
        self.resolve_wanted.emit(self.resolution.text().strip())


def _link(key: str, title: str) -> str:
    return f"<p><a href='record:{html.escape(key)}'>{html.escape(key)}</a> {html.escape(title)}</p>"
