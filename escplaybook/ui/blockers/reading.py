"""A blocker to read: how long it has stood, who is to answer by when, its intake, and what looks like it."""

import html
from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.dues import blocker_ladder
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.programme import Programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.facts import FactsLine
from escplaybook.ui.prose_view import COLUMN, MARGIN, ProseView
from escplaybook.ui.times import said

Similar = Sequence[tuple[str, str]]
"""Known blockers that look like it: key and title."""


class BlockerReading(QWidget):
    """Shows one blocker; its buttons say what a person wants done with it."""

    acknowledge_wanted = Signal()
    resolve_wanted = Signal(str)
    edit_wanted = Signal()
    call_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.blocker: Blocker | None = None
        self.setProperty("plane", "raised")
        self.facts = FactsLine(desk.theme, self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.acknowledge = self._button(self.tr("I take it"), "check", self.acknowledge_wanted)
        self.call = self._button(self.tr("Who do I call?"), "phone", self.call_wanted)
        self.resolve = self._button(self.tr("Resolve …"), "circle-check", None)
        self.edit = self._button(self.tr("Edit"), "pencil", self.edit_wanted)
        self.history = self._button(self.tr("History"), "history", self.history_wanted)
        self.resolution = QLineEdit(self)
        self.resolution.setPlaceholderText(self.tr("What ended it? Return resolves, Esc leaves it open"))
        self.resolution.setAccessibleName(self.tr("What ended it"))
        self.resolution.hide()
        self.text = ProseView(desk.theme, self)
        self.text.setAccessibleName(self.tr("The blocker"))
        self.resolve.clicked.connect(self._ask_resolution)
        self.resolution.returnPressed.connect(self._resolved)
        self._lay_out()

    def show_blocker(self, blocker: Blocker, programme: Programme, entry: Entry | None, similar: Similar) -> None:
        """Show a blocker as it stands now."""
        is_same = self.blocker is not None and self.blocker.id == blocker.id
        self.blocker = blocker
        if not is_same:
            self.resolution.hide()
            self.resolution.clear()
        facts = (blocker.stage.capitalize(), blocker.system, blocker.data_domain, blocker.cause_class)
        self.facts.tell(blocker.severity, blocker.key, *facts)
        self.title.setText(blocker.title)
        role, told = self._standing(blocker, programme, self._desk.now())
        self.told.setText(told)
        self.told.setProperty("role", role)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        can_write = not self._desk.book.read_only
        self.acknowledge.setVisible(can_write and blocker.state is BlockerState.RAISED)
        self.resolve.setVisible(can_write and blocker.state is not BlockerState.RESOLVED)
        self.edit.setVisible(can_write)
        made = "".join(self._parts(blocker, entry, similar))
        if is_same:
            self.text.refresh_html(made)
        else:
            self.text.show_html(made)

    def leave_resolution(self) -> bool:
        """Close the line that asks what ended it; tells whether it was open."""
        was_open = self.resolution.isVisible()
        self.resolution.hide()
        return was_open

    def _standing(self, blocker: Blocker, programme: Programme, now: datetime) -> tuple[str, str]:
        seen = self.tr("seen {0}").format(said(blocker.observed, now))
        if blocker.resolved is not None:
            return "good", self.tr("Resolved {0}, {1}").format(said(blocker.resolved, now), seen)
        if blocker.acknowledged is not None:
            by = programme.contacts.get(blocker.acknowledged_by or "")
            taken = self.tr("Taken {0}").format(said(blocker.acknowledged, now))
            return "muted", f"{taken}{self.tr(' by ') + by.name if by else ''}, {seen}"
        rungs = [rung for rung in blocker_ladder(programme, blocker) if rung.starts <= now]
        if not rungs or rungs[-1].answers is None:
            return "bad", self.tr("Not taken yet, {0}; the matrix names nobody to answer").format(seen)
        rung = rungs[-1]
        who = self.tr("Not taken yet, {0}; {1} ({2}) is to answer").format(seen, rung.answers.name, rung.level.name)
        if rung.acknowledge_by is None:
            return "warn", who
        return "bad" if rung.acknowledge_by <= now else "warn", f"{who} {said(rung.acknowledge_by, now)}"

    def _parts(self, blocker: Blocker, entry: Entry | None, similar: Similar) -> Iterator[str]:
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
        if entry is not None:
            yield f"<h2>{self.tr('Known blocker used')}</h2>{_link(entry.key, entry.title)}"
        if similar and blocker.state is not BlockerState.RESOLVED:
            yield f"<h2>{self.tr('Looks like')}</h2>" + "".join(_link(key, title) for key, title in similar)

    def _ask_resolution(self) -> None:
        self.resolution.show()
        self.resolution.setFocus()

    def _resolved(self) -> None:
        self.resolution.hide()
        self.resolve_wanted.emit(self.resolution.text().strip())

    def _button(self, word: str, icon: str, wanted: SignalInstance | None) -> QPushButton:
        button = QPushButton(word, self)
        dress(button, icon, self._desk.theme)
        if wanted is not None:
            button.clicked.connect(wanted)
        return button

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.acknowledge, self.call, self.resolve, self.edit, self.history):
            actions.addWidget(button)
        actions.addStretch(1)
        px = self._desk.theme.px
        head = QWidget(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(4))
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addWidget(self.title)
        column.addLayout(actions)
        column.addWidget(self.resolution)
        column.addWidget(self.told)
        self.title.setMaximumWidth(px(COLUMN))
        self.resolution.setMaximumWidth(px(COLUMN))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.text, 1)


def _link(key: str, title: str) -> str:
    return f"<p><a href='record:{html.escape(key)}'>{html.escape(key)}</a> {html.escape(title)}</p>"
