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
from escplaybook.domain.numbers import countries
from escplaybook.domain.verification import verified
from escplaybook.ui.contacts.photo import PhotoField, files_in, photo_of
from escplaybook.ui.contacts.photo import values_of as values_of_photo
from escplaybook.ui.contacts.points import PointsField
from escplaybook.ui.parts.fields import ChoiceField, LineField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, Words

PLAIN = ("name", "role", "organisation", "team", "country", "zone", "hours", "deputy", "languages", "notes", "tags")
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
        points = self._points()
        form.place("points", self.tr("Numbers and addresses, in the order to try them"), points)
        form.beside(2)
        hint = self.tr("such as DE")
        country = form.suggested("country", self.tr("Country"), countries(), hint)
        country.changed.connect(points.tell_faults)
        points.country_of = country.value
        form.suggested("zone", self.tr("Time zone"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.line("hours", self.tr("Hours"), self.tr("Mon-Fri 09:00-17:00; empty means at any time"))
        form.tags("languages", self.tr("Languages"), self.tr("separated by commas"))
        form.tags("tags", self.tr("Tags"), self.tr("separated by commas"))
        form.below()
        form.place("photo", self.tr("Photo"), PhotoField(self._desk, form))
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
            lists: dict[str, Any] = {"languages": [], "tags": [], "points": []}
            return {**dict.fromkeys(PLAIN, ""), "deputy": None, "zone": zone, "photo": None, **lists}
        values = {name: getattr(record, name) for name in PLAIN}
        values["photo"] = values_of_photo(record.photo) if record.photo is not None else None
        return values | {"points": [_values_of_point(point) for point in record.points]}

    def record_of(self, values: dict[str, Any], before: Contact | None, now: datetime) -> Contact:
        fields = {name: values[name] for name in PLAIN}
        fields["country"] = fields["country"].upper()
        fields["points"] = tuple(self._point_of(point, now) for point in values["points"])
        fields["photo"] = photo_of(values["photo"]) if values["photo"] else None
        if before is None:
            self._desk.memory.remember("zone", fields["zone"])
            return Contact(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Contact | None) -> str:
        return self.tr("New contact") if record is None else self.tr("Edit {0}").format(record.key)

    def files(self) -> Sequence[bytes]:
        return files_in(self.values()["photo"])

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        for name, rule in (("zone", zone_named), ("hours", parse_hours)):
            try:
                rule(values[name])
            except PlaybookError:
                return name
        if values["country"] and values["country"].upper() not in countries():
            return "country"
        return "points" if values["name"] else "name"

    def _points(self) -> PointsField:
        parts = (
            Part("kind", self.tr("Kind"), self._kind),
            Part("value", self.tr("Number or address"), LineField, share=3),
            Part("label", self.tr("Label"), LineField, line=1),
            Part("hours", self.tr("Try it first at"), LineField, line=1),
            Part("verified", self.tr("Verified on"), LineField, line=2),
            Part("privacy", self.tr("Who may see it"), self._privacy, line=2),
        )
        words = Words(
            self.tr("Add number or address"),
            self.tr("Try this earlier"),
            self.tr("Try this later"),
            self.tr("Remove this one"),
        )
        return PointsField(parts, words, self._desk.theme, self.form, key="value", across=True)

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
        """The point of a row. What was proved of a number goes with the number, not with the row it stood in."""
        known = self.before.points if self.before is not None else ()
        day = self._day_of(values["verified"], now)
        point = next((one for one in known if one.value == values["value"]), None)
        if point is None:
            point = ContactPoint(PointKind(values["kind"]), values["value"])
            gone = {one.verified for one in known if one.value not in self._values()}
            day = None if day in gone else day  # the row is a corrected one: the day was that of the old number
        if day is None:
            point = replace(point, verified=None, verified_how="", verified_by="")
        elif day != point.verified:
            point = verified(point, day, "", self._desk.author)
        return replace(
            point,
            kind=PointKind(values["kind"]),
            label=values["label"],
            hours=values["hours"],
            privacy=Privacy(values["privacy"]),
        )

    def _values(self) -> set[str]:
        return {point["value"] for point in self.values()["points"]}

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
        "hours": point.hours,
        "verified": point.verified.isoformat() if point.verified else "",
        "privacy": point.privacy,
    }
