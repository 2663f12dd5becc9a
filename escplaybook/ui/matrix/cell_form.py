"""A cell as a form: who answers and stands in, by when, when the level is asked and what it must bring about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.business_time import checked_calendar
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell
from escplaybook.domain.matrix_ranges import refuse_inverted
from escplaybook.store.programme import programme
from escplaybook.ui.matrix.sheets import Square
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

PLAIN = ("entry_criterion", "outcome", "channel", "calendar", "not_escalated")
PEOPLE = ("owner", "backup")
TARGETS = ("acknowledge", "act", "resolve")


class CellForm(RecordForm):
    """Edits the cell of a square, or sets one for it: then it begins as what is inherited there."""

    square: Square | None = None
    heading_words = ""
    _fault = "owner"
    _known: Mapping[str, Contact] = MappingProxyType({})
    _choosable: Sequence[Contact] = ()

    def build_fields(self, form: Form) -> None:
        for name, label in zip(PEOPLE, (self.tr("Owner"), self.tr("Backup")), strict=True):
            form.place(name, label, PersonField(form))
        form.place("deputies", self.tr("Asked after them, in this order"), self._deputies(form))
        form.beside(3)
        labels = (self.tr("Answer in"), self.tr("Act in"), self.tr("Resolve in"))
        for name, label, hint in zip(TARGETS, labels, ("15 min", "1 h", "2 d"), strict=True):
            form.line(name, label, hint)
        form.below()
        form.line(
            "calendar", self.tr("Counted in"), self.tr("24×7, or: Mon-Fri 08:00-17:00 in Europe/Oslo, holidays of NO")
        )
        form.markdown("outcome", self.tr("What this level must bring about"), lines=3)
        form.markdown("entry_criterion", self.tr("Asked when"), self.tr("The level below has not answered in time"))
        form.markdown("channel", self.tr("Channel"), self.tr("Call, then the bridge"), lines=1)
        form.choice(
            "not_escalated",
            self.tr("Is this level asked at all?"),
            [(self.tr("yes"), False), (self.tr("no: not escalated to it"), True)],
        )

    def show_record(self, record: Cell) -> None:
        self._offer_people()
        super().show_record(record)

    def show_new(self, title: str = "") -> None:
        self._offer_people()
        super().show_new(title)

    def values_of(self, record: Cell | None) -> dict[str, Any]:
        cell = record if record is not None else (self.square.cell if self.square else None)
        if cell is None:
            blank: dict[str, Any] = dict.fromkeys((*PLAIN, *TARGETS), "")
            return blank | dict.fromkeys(PEOPLE) | {"deputies": [], "not_escalated": False}
        targets = {name: _said(getattr(cell, name)) for name in TARGETS}
        deputies = [{"person": one} for one in cell.deputies]
        return {name: getattr(cell, name) for name in (*PEOPLE, *PLAIN)} | targets | {"deputies": deputies}

    def record_of(self, values: dict[str, Any], before: Cell | None, now: datetime) -> Cell:
        square = self.square
        assert square is not None  # the form is only ever shown for one
        fields: dict[str, Any] = {name: values[name] for name in PLAIN}
        fields["not_escalated"] = bool(values["not_escalated"])
        for name in PEOPLE:
            self._fault = name
            fields[name] = person_of(values[name], self._known)
        self._fault = "deputies"
        named = (person_of(row["person"], self._known) for row in values["deputies"])
        fields["deputies"] = tuple(one for one in named if one is not None)
        for name in TARGETS:
            self._fault = name
            fields[name] = parse_span(values[name]) if values[name] else None
        self._fault = "calendar"
        fields["calendar"] = checked_calendar(values["calendar"])
        is_own_backup = fields["owner"] is not None and fields["owner"] == fields["backup"]
        self._fault = "backup" if is_own_backup else "deputies"
        if before is not None:
            return self._in_order(replace(before, updated=now, **fields))
        sheet = square.sheet
        made = Cell(
            id=new_id(now),
            severity=square.severity,
            level=square.level.rank,
            deployment=sheet.deployment,
            stage=sheet.stage,
            cause_class=sheet.cause_class,
            created=now,
            updated=now,
            **fields,
        )
        return self._in_order(made)

    def _in_order(self, cell: Cell) -> Cell:
        """The cell, if its targets lapse in their order."""
        self._fault = "resolve"
        refuse_inverted(cell)
        return cell

    def title_of(self, record: Cell | None) -> str:
        del record
        return self.heading_words

    def field_at_fault(self) -> str:
        """The field that was being read when the refusal came."""
        return self._fault

    def _offer_people(self) -> None:
        """Let everybody be chosen who is in use, and whoever is named here already."""
        self._known = programme(self._desk.book).contacts
        cell = self.square.cell if self.square is not None else None
        self._choosable = choosable(self._known, cell.people if cell is not None else ())
        for name in PEOPLE:
            self.form.fields[name].offer(self._choosable)

    def _deputies(self, form: Form) -> RowsField:
        words = Words(self.tr("Add a deputy"), self.tr("Move up"), self.tr("Move down"), self.tr("Remove deputy"))
        parts = (Part("person", self.tr("Deputy"), self._person),)
        return RowsField(parts, words, self._desk.theme, form, across=True)

    def _person(self, parent: QWidget) -> PersonField:
        field = PersonField(parent)
        field.offer(self._choosable)
        return field


def _said(span: timedelta | None) -> str:
    return "" if span is None else format_span(span)
