"""A contact as a form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtWidgets import QWidget

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy, zone_named
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.identity import new_id
from escplaybook.ui.parts.fields import ChoiceField, LineField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

PLAIN = ("name", "role", "organisation", "team", "zone", "hours", "deputy", "languages", "notes", "tags")
"""The fields whose value goes from record to form as it is."""


class ContactForm(RecordForm):
    """Edits a contact or adds one."""

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"))
        form.beside(2)
        form.line("role", self.tr("Role"))
        form.line("organisation", self.tr("Organisation"))
        form.line("team", self.tr("Team"))
        form.choice("deputy", self.tr("Deputy"), [(self.tr("nobody"), None)])
        form.below()
        form.place("points", self.tr("Numbers and addresses, in the order to try them"), self._points())
        form.beside(2)
        form.suggested("zone", self.tr("Time zone"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.line("hours", self.tr("Hours"), self.tr("Mon-Fri 09:00-17:00; empty means at any time"))
        form.tags("languages", self.tr("Languages"), self.tr("separated by commas"))
        form.tags("tags", self.tr("Tags"), self.tr("separated by commas"))
        form.below()
        form.markdown("notes", self.tr("Notes"))

    def offer_deputies(self, people: Sequence[Contact]) -> None:
        """Let everyone but the contact itself be chosen as deputy."""
        deputy: ChoiceField = self.form.fields["deputy"]
        chosen, itself = deputy.value(), self.before.id if self.before is not None else ""
        deputy.clear()
        deputy.addItem(self.tr("nobody"), None)
        for person in people:
            if person.id != itself:
                deputy.addItem(person.name, person.id)
        deputy.set_value(chosen)

    def values_of(self, record: Contact | None) -> dict[str, Any]:
        if record is None:
            zone = self._desk.memory.recall("zone", "Europe/London")
            return {**dict.fromkeys(PLAIN, ""), "deputy": None, "languages": [], "tags": [], "points": [], "zone": zone}
        values = {name: getattr(record, name) for name in PLAIN}
        return values | {"points": [_values_of_point(point) for point in record.points]}

    def record_of(self, values: dict[str, Any], before: Contact | None, now: datetime) -> Contact:
        fields = {name: values[name] for name in PLAIN}
        fields["points"] = tuple(self._point_of(point, now) for point in values["points"])
        if before is None:
            self._desk.memory.remember("zone", fields["zone"])
            return Contact(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Contact | None) -> str:
        return self.tr("New contact") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        for name, rule in (("zone", zone_named), ("hours", parse_hours)):
            try:
                rule(values[name])
            except PlaybookError:
                return name
        return "points" if values["name"] else "name"

    def _points(self) -> RowsField:
        parts = (
            Part("kind", self.tr("Kind"), self._kind),
            Part("value", self.tr("Number or address"), LineField, share=3),
            Part("label", self.tr("Label"), LineField, line=1),
            Part("verified", self.tr("Verified on"), LineField, line=1),
            Part("privacy", self.tr("Who may see it"), self._privacy, line=1),
        )
        words = Words(
            self.tr("Add number or address"),
            self.tr("Try this earlier"),
            self.tr("Try this later"),
            self.tr("Remove this one"),
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="value", across=True)

    def _kind(self, parent: QWidget) -> ChoiceField:
        words = (
            (self.tr("Mobile"), PointKind.MOBILE),
            (self.tr("Phone"), PointKind.PHONE),
            (self.tr("E-mail"), PointKind.EMAIL),
            (self.tr("Chat"), PointKind.CHAT),
            (self.tr("Pager"), PointKind.PAGER),
            (self.tr("Bridge"), PointKind.BRIDGE),
        )
        return ChoiceField(words, parent)

    def _privacy(self, parent: QWidget) -> ChoiceField:
        words = (
            (self.tr("printed"), Privacy.PRINT),
            (self.tr("team"), Privacy.TEAM),
            (self.tr("private"), Privacy.PRIVATE),
        )
        return ChoiceField(words, parent)

    def _point_of(self, values: dict[str, Any], now: datetime) -> ContactPoint:
        return ContactPoint(
            kind=PointKind(values["kind"]),
            value=values["value"],
            label=values["label"],
            verified=self._day_of(values["verified"], now),
            verified_how=self._how(values["value"]),
            privacy=Privacy(values["privacy"]),
        )

    def _how(self, value: str) -> str:
        """How that number was verified is not asked here, so it stays as it was."""
        known = self.before.points if self.before is not None else ()
        return next((point.verified_how for point in known if point.value == value), "")

    def _day_of(self, text: str, now: datetime) -> date | None:
        if not text:
            return None
        if text.casefold() == self.tr("today"):
            return now.astimezone().date()
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = self.tr("“{0}” is no date; write it like 2026-11-24, or “today”. Nothing was saved yet.")
            raise InvalidRecord(told.format(text)) from None


def _values_of_point(point: ContactPoint) -> dict[str, Any]:
    return {
        "kind": point.kind,
        "value": point.value,
        "label": point.label,
        "verified": point.verified.isoformat() if point.verified else "",
        "privacy": point.privacy,
    }
