"""A vendor as a form."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind, zone_named
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.identity import new_id
from escplaybook.domain.vendors import Entitlement, SeverityName, Vendor, VendorLevel
from escplaybook.ui.parts.fields import LineField, TagsField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

PLAIN = ("name", "portal", "zone", "hours", "systems", "how_to_get_through", "notes", "tags")
"""The fields whose value goes from record to form as it is."""


class VendorForm(RecordForm):
    """Edits a vendor or adds one."""

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"))
        form.tags("systems", self.tr("Systems they answer for"), self.tr("separated by commas"))
        form.markdown("how_to_get_through", self.tr("How to get through"), self.tr("What works when it is urgent"))
        form.place("levels", self.tr("Their ladder, first level first"), self._levels())
        form.place("entitlements", self.tr("Numbers they ask for"), self._entitlements())
        form.heading(self.tr("What they call our severities"))
        form.beside(4)
        for severity in Severity:
            form.line(severity.value, severity.value)
        form.below()
        form.beside(2)
        form.line("portal", self.tr("Portal"))
        form.tags("tags", self.tr("Tags"))
        form.suggested("zone", self.tr("Time zone"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.line("hours", self.tr("Hours"), self.tr("Mon-Fri 09:00-17:00; empty means around the clock"))
        form.below()
        form.markdown("notes", self.tr("Notes"))

    def values_of(self, record: Vendor | None) -> dict[str, Any]:
        names = {severity.value: record.name_of(severity) if record else "" for severity in Severity}
        if record is None:
            blank: dict[str, Any] = dict.fromkeys(PLAIN, "") | {
                "systems": [],
                "tags": [],
                "levels": [],
                "entitlements": [],
            }
            return blank | names | {"zone": self._desk.memory.recall("zone", "Europe/London")}
        rows = {
            "levels": [_values_of_level(level) for level in record.levels],
            "entitlements": [{"number": item.number, "covers": item.covers} for item in record.entitlements],
        }
        return {name: getattr(record, name) for name in PLAIN} | names | rows

    def record_of(self, values: dict[str, Any], before: Vendor | None, now: datetime) -> Vendor:
        fields = {name: values[name] for name in PLAIN}
        fields["levels"] = tuple(self._level_of(level) for level in values["levels"])
        fields["entitlements"] = tuple(Entitlement(item["number"], item["covers"]) for item in values["entitlements"])
        fields["severity_names"] = tuple(
            SeverityName(severity, values[severity.value]) for severity in Severity if values[severity.value]
        )
        if before is None:
            return Vendor(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Vendor | None) -> str:
        return self.tr("New vendor") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        for name, rule in (("zone", zone_named), ("hours", parse_hours)):
            try:
                rule(values[name])
            except PlaybookError:
                return name
        return "levels" if values["name"] else "name"

    def _levels(self) -> RowsField:
        parts = (
            Part("name", self.tr("Whom to ask for"), LineField, share=3),
            Part("points", self.tr("Numbers and addresses, separated by commas"), TagsField, line=1, share=3),
            Part("answers_within", self.tr("Answers within"), LineField, line=1),
        )
        words = Words(
            self.tr("Add level"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this level")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="name", across=True)

    def _entitlements(self) -> RowsField:
        parts = (
            Part("number", self.tr("Number"), LineField),
            Part("covers", self.tr("What it is for"), LineField, share=2),
        )
        words = Words(
            self.tr("Add number"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this number")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="number", across=True)

    def _level_of(self, values: dict[str, Any]) -> VendorLevel:
        within = parse_span(values["answers_within"]) if values["answers_within"] else None
        return VendorLevel(values["name"], tuple(self._point_of(value) for value in values["points"]), within)

    def _point_of(self, value: str) -> ContactPoint:
        """A number as it was known, with its verification; a new one by what it looks like."""
        known = [point for level in (self.before.levels if self.before else ()) for point in level.points]
        new = ContactPoint(PointKind.EMAIL if "@" in value else PointKind.PHONE, value)
        return next((point for point in known if point.value == value), new)


def _values_of_level(level: VendorLevel) -> dict[str, Any]:
    within = format_span(level.answers_within) if level.answers_within is not None else ""
    return {"name": level.name, "points": [point.value for point in level.points], "answers_within": within}
