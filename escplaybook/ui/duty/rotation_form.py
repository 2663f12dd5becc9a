"""A rotation as a form: a duty handed over around the clock, or shifts by the hours of the day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtWidgets import QWidget

from escplaybook.domain.absences import local_time
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.rotations import (
    LENGTHS,
    Rotation,
    Shift,
    handed_over_every,
    handover_of,
    hours_of,
    within_hours,
)
from escplaybook.services.duty import contact_for
from escplaybook.store import records
from escplaybook.ui.duty.told import rhythm_words
from escplaybook.ui.parts.fields import LineField, SuggestField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

ROUND, BY_HOURS, AS_IT_IS = "round", "hours", "as it is"
"""Handed over around the clock, by the hours of the day, or by rules that only the command line writes."""


class RotationForm(RecordForm):
    """Edits a rotation or adds one; a new one may bring the contact with it that the matrix names."""

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name of the duty"), self.tr("Integration on call"))
        form.place("contact", self.tr("Stands for this contact (empty: a new one of that name)"), PersonField(form))
        kinds = [(self.tr("handed over around the clock"), ROUND), (self.tr("by the hours of the day"), BY_HOURS)]
        form.choice("kind", self.tr("The duty is"), kinds)
        form.beside(3)
        form.choice("rhythm", self.tr("How often"), [(rhythm_words(word), word) for word in LENGTHS])
        form.line("handover", self.tr("First handover"), self.tr("2026-11-30 09:00"))
        form.suggested("zone", self.tr("By the clock of"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.below()
        form.place("members", self.tr("Who takes turns, the first one first"), self._members(form))
        form.place("shifts", self.tr("Who has which hours"), self._shifts(form))
        told = self.tr("Whoever shares hours takes them day by day. Where hours overlap, the upper ones go before.")
        self.sharing = form.note(told)
        form.markdown("notes", self.tr("Notes"))
        form.changed.connect(self._tell)

    def show_record(self, record: Any) -> None:
        """Edit that rotation."""
        self._offer(record)
        super().show_record(record)
        self._tell()

    def show_new(self, title: str = "") -> None:
        """Write a new one."""
        self._offer(None)
        super().show_new(title)
        self._tell()

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed."""
        super().show_draft(values)
        self._tell()

    def values_of(self, record: Rotation | None) -> dict[str, Any]:
        blank: dict[str, Any] = {
            "name": "",
            "contact": None,
            "kind": ROUND,
            "rhythm": "week",
            "handover": "",
            "zone": "",
            "members": [],
            "shifts": [],
            "notes": "",
        }
        if record is None:
            return blank
        told = blank | {"name": record.name, "contact": record.contact, "notes": record.notes}
        if len(record.shifts) == 1 and (rhythm := handover_of(record.shifts[0])):
            (shift,) = record.shifts
            members = [{"person": member} for member in shift.members]
            handover = f"{shift.first:%Y-%m-%d %H:%M}"
            return told | {"rhythm": rhythm, "handover": handover, "zone": shift.zone, "members": members}
        if record.shifts and all(hours_of(shift) for shift in record.shifts):
            rows = [
                {"hours": hours_of(shift), "person": member, "zone": shift.zone}
                for shift in record.shifts
                for member in shift.members
            ]
            return told | {"kind": BY_HOURS, "shifts": rows}
        return told | {"kind": AS_IT_IS}

    def record_of(self, values: dict[str, Any], before: Rotation | None, now: datetime) -> Rotation:
        shifts = self._shifts_of(values, before, now)
        contact = person_of(values["contact"], self._known)
        fields: dict[str, Any] = {"name": values["name"], "shifts": shifts, "notes": values["notes"]}
        if before is not None:
            return replace(before, updated=now, contact=contact or before.contact, **fields)
        return Rotation(id=new_id(now), contact=contact or new_id(now), created=now, updated=now, **fields)

    def edits_of(self, before: Rotation | None, record: Rotation, now: datetime) -> Sequence[Edit]:
        """The rotation, and before it the contact it stands for if that is new."""
        if record.contact in self._known:
            return super().edits_of(before, record, now)
        return (Edit(None, contact_for(record)), *super().edits_of(before, record, now))

    def title_of(self, record: Rotation | None) -> str:
        return self.tr("New rotation") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values, now = self.values(), self._desk.now()
        if not values["name"]:
            return "name"
        try:
            person_of(values["contact"], self._known)
        except PlaybookError:
            return "contact"
        if values["kind"] == BY_HOURS:
            return "shifts"
        try:
            zone_named(values["zone"] or "UTC")
        except PlaybookError:
            return "zone"
        try:
            local_time(values["handover"])
        except PlaybookError:
            return "handover"
        try:
            self._shifts_of(values, self.before, now)
        except PlaybookError:
            return "members"
        return "contact"

    def _shifts_of(self, values: dict[str, Any], before: Rotation | None, now: datetime) -> tuple[Shift, ...]:
        if values["kind"] == AS_IT_IS and before is not None:
            return before.shifts
        if values["kind"] == BY_HOURS:
            return self._shifts_by_hours(values, before, now)
        members = tuple(self._person(row["person"]) for row in values["members"])
        if not members:
            raise InvalidRecord(self.tr("Say who takes turns. Nothing was saved yet."))
        zone = values["zone"] or self._known[members[0]].zone
        return (handed_over_every(values["rhythm"], local_time(values["handover"])[0], zone, members),)

    def _shifts_by_hours(self, values: dict[str, Any], before: Rotation | None, now: datetime) -> tuple[Shift, ...]:
        """The rows as shifts; those of the same hours and zone share one, and keep the day on which it began."""
        sharing: dict[tuple[str, str], list[str]] = {}
        for row in values["shifts"]:
            person = self._person(row["person"])
            zone = row["zone"] or self._known[person].zone
            sharing.setdefault((row["hours"], zone), []).append(person)
        if not sharing:
            raise InvalidRecord(self.tr("Say who has which hours. Nothing was saved yet."))
        begun = {(hours_of(one), one.zone): one.first.date() for one in before.shifts} if before is not None else {}
        return tuple(
            within_hours(hours, begun.get((hours, zone)) or now.astimezone(zone_named(zone)).date(), zone, tuple(who))
            for (hours, zone), who in sharing.items()
        )

    def _person(self, value: str | None) -> str:
        person = person_of(value, self._known)
        if person is None:
            raise InvalidRecord(self.tr("Choose a person in every row, or take the row out. Nothing was saved yet."))
        return person

    def _offer(self, record: Rotation | None) -> None:
        self._known: dict[str, Contact] = {one.id: one for one in records.everything(self._desk.book, Contact, "name")}
        named = [record.contact, *(one for shift in record.shifts for one in shift.members)] if record else []
        self._people = choosable(self._known, named)
        self.form.fields["contact"].offer(self._people)

    def _tell(self) -> None:
        """Ask only for what belongs to the kind of duty."""
        kind = self.form.fields["kind"].value()
        for names, wanted in ((("rhythm", "handover", "zone", "members"), ROUND), (("shifts",), BY_HOURS)):
            for name in names:
                self.form.show_field(name, shown=kind == wanted)
        self.sharing.setVisible(kind == BY_HOURS)

    def _members(self, form: Form) -> RowsField:
        words = Words(
            self.tr("Add a person"),
            self.tr("Take the turn earlier"),
            self.tr("Take the turn later"),
            self.tr("Take no turns any more"),
        )
        return RowsField(
            (Part("person", self.tr("Person"), self._person_field),),
            words,
            self._desk.theme,
            form,
            key="person",
            across=True,
        )

    def _shifts(self, form: Form) -> RowsField:
        parts = (
            Part("person", self.tr("Person"), self._person_field),
            Part("hours", self.tr("Hours"), self._hours_field, share=2, line=1),
            Part("zone", self.tr("By the clock of"), self._zone_field, share=2, line=1),
        )
        words = Words(
            self.tr("Add hours"), self.tr("Goes before"), self.tr("Goes after"), self.tr("Take these hours out")
        )
        return RowsField(parts, words, self._desk.theme, form, key="hours", across=True)

    def _person_field(self, parent: QWidget) -> PersonField:
        field = PersonField(parent)
        field.offer(self._people)
        return field

    def _hours_field(self, parent: QWidget) -> LineField:
        field = LineField(parent)
        field.setPlaceholderText(self.tr("Mon-Sun 08:00-16:00"))
        return field

    def _zone_field(self, parent: QWidget) -> SuggestField:
        field = SuggestField(sorted(available_timezones()), parent)
        field.setPlaceholderText(self.tr("the person’s own zone"))
        return field
