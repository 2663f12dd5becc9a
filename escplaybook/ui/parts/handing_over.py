"""Somebody goes: the places that name them, and who takes over. One stroke, one undo."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.replacing import Proposal, proposals
from escplaybook.store.programme import programme
from escplaybook.store.records import everything
from escplaybook.store.references import Usage
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.person_field import PersonField
from escplaybook.ui.parts.where_used import list_of
from escplaybook.ui.prose_view import MARGIN, ProseView


class HandingOver(QFrame):
    """`decided` carries who takes over, or None if the places stay as they are; `left` that nothing is to happen."""

    decided = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offered: dict[str, Any] = {}
        self._proposals: dict[str, Proposal] = {}
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.heading.setWordWrap(True)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.label = QLabel(self.tr("Who takes over?"), self)
        self.person = PersonField(self)
        self.person.setAccessibleName(self.label.text())
        self.label.setBuddy(self.person)
        self.why = QLabel(self)
        self.why.setProperty("role", "small")
        self.take_over = self._button("", "check", "primary", self._take_over)
        self.leave_places = self._button(self.tr("Retire only"), "archive", "", self._leave_places)
        self.leave_places.setToolTip(self.tr("The places stay as they are, and Today asks for somebody new"))
        self.cancel = self._button(self.tr("Cancel"), "", "", self.left.emit)
        self.cancel.setToolTip(self.tr("Esc"))
        self.places = ProseView(desk.theme, self)
        self.places.setAccessibleName(self.tr("Where they are named"))
        self.places.record_wanted.connect(desk.go_to_key)
        self.person.changed.connect(self._person_changed)
        self._lay_out()

    def show_places(self, record: Any, usages: Sequence[Usage]) -> None:
        """Ask who takes over from that record; the likeliest is put in already."""
        book = self._desk.book
        others = [one for one in everything(book, type(record), "name") if one.id != record.id and not one.retired]
        known = programme(book)
        proposed = proposals(known, record) if isinstance(record, Contact) else []
        self._proposals = {proposal.contact.id: proposal for proposal in proposed}
        self._offered = {one.id: one for one in others}
        self.heading.setText(self.tr("{0} goes").format(record.name))
        count = len({usage.record.id for usage in usages})
        self.told.setText(
            self.tr("One record names {0}.").format(record.name)
            if count == 1
            else self.tr("{0} records name {1}.").format(count, record.name)
        )
        order = [*self._proposals, *(id_ for id_ in self._offered if id_ not in self._proposals)]
        self.person.offer(self._offered[id_] for id_ in order if id_ in self._offered)
        self.person.set_value(order[0] if self._proposals else None)
        self.places.show_html(list_of(usages))
        self._person_changed()

    def focus_target(self) -> QWidget:
        """The question takes the keys."""
        return self.person

    def _person_changed(self) -> None:
        chosen = self._offered.get(self.person.value() or "")
        proposal = self._proposals.get(chosen.id) if chosen is not None else None
        self.why.setText(proposal.why if proposal is not None else "")
        self.take_over.setEnabled(chosen is not None)
        self.take_over.setText(
            self.tr("Retire, {0} takes over").format(chosen.name) if chosen is not None else self.tr("Takes over")
        )

    def _take_over(self) -> None:
        self.decided.emit(self._offered.get(self.person.value() or ""))

    def _leave_places(self) -> None:
        self.decided.emit(None)

    def _button(self, word: str, icon: str, kind: str, act: Any) -> QPushButton:
        made = QPushButton(word, self)
        if kind:
            made.setProperty("kind", kind)
        if icon:
            dress(made, icon, self._desk.theme, "on_accent" if kind == "primary" else "text")
        made.clicked.connect(act)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        px = self._desk.theme.px
        column.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(8))
        column.setSpacing(8)
        for widget in (self.heading, self.told, self.label, self.person, self.why):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.take_over, self.leave_places, self.cancel):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.places, 1)
