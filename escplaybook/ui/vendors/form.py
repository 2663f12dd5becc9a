"""A vendor as a form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind, zone_named
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.identity import new_id
from escplaybook.domain.vendors import Entitlement, Promise, SeverityName, Vendor, VendorLevel
from escplaybook.ui.parts.days import day_of
from escplaybook.ui.parts.fields import LineField, SuggestField, TagsField
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
        form.heading(self.tr("What they call our severities, and promise"))
        form.beside(3)
        for severity in Severity:
            form.line(severity.value, self.tr("{0} is their").format(severity))
            form.line(f"{severity}_respond", self.tr("They answer {0} in").format(severity), self.tr("1 h"))
            form.line(f"{severity}_restore", self.tr("{0} is restored in").format(severity), self.tr("8 h"))
        form.below()
        form.beside(2)
        form.line("portal", self.tr("Portal"))
        form.tags("tags", self.tr("Tags"))
        form.suggested("zone", self.tr("Time zone"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.line("hours", self.tr("Hours"), self.tr("Mon-Fri 09:00-17:00; empty means around the clock"))
        form.below()
        form.markdown("notes", self.tr("Notes"))

    def values_of(self, record: Vendor | None) -> dict[str, Any]:
        names = _values_of_severities(record)
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
            "entitlements": [_values_of_entitlement(item) for item in record.entitlements],
        }
        return {name: getattr(record, name) for name in PLAIN} | names | rows

    def record_of(self, values: dict[str, Any], before: Vendor | None, now: datetime) -> Vendor:
        fields = {name: values[name] for name in PLAIN}
        fields["levels"] = tuple(self._level_of(level) for level in values["levels"])
        fields["entitlements"] = tuple(
            Entitlement(item["number"], item["covers"], day_of(item["until"])) for item in values["entitlements"]
        )
        fields["severity_names"] = tuple(
            SeverityName(severity, values[severity.value]) for severity in Severity if values[severity.value]
        )
        fields["promises"] = tuple(filter(None, (_promise_of(severity, values) for severity in Severity)))
        if before is None:
            return Vendor(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Vendor | None) -> str:
        return self.tr("New vendor") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        rules: list[tuple[str, Callable[[Any], Any]]] = [("zone", zone_named), ("hours", parse_hours)]
        rules += [(f"{severity}_{word}", _span_of) for severity in Severity for word in ("respond", "restore")]
        rules.append(("entitlements", lambda items: [day_of(item["until"]) for item in items]))
        for name, rule in rules:
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
            Part("hours", self.tr("Hours, if its own: Mon-Fri 09:00-17:00"), LineField, line=2, share=3),
            Part("zone", self.tr("Time zone, if its own"), self._zone, line=2, share=2),
        )
        words = Words(
            self.tr("Add level"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this level")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="name", across=True)

    def _entitlements(self) -> RowsField:
        parts = (
            Part("number", self.tr("Number"), LineField, share=3),
            Part("until", self.tr("Until, like 2027-03-31"), LineField, share=2),
            Part("covers", self.tr("What it is for"), LineField, line=1),
        )
        words = Words(
            self.tr("Add number"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this number")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="number", across=True)

    def _level_of(self, values: dict[str, Any]) -> VendorLevel:
        points = tuple(self._point_of(value) for value in values["points"])
        return VendorLevel(values["name"], points, _span_of(values["answers_within"]), values["hours"], values["zone"])

    def _zone(self, parent: Any) -> SuggestField:
        return SuggestField(sorted(available_timezones()), parent)

    def _point_of(self, value: str) -> ContactPoint:
        """A number as it was known, with its verification; a new one by what it looks like."""
        known = [point for level in (self.before.levels if self.before else ()) for point in level.points]
        new = ContactPoint(PointKind.EMAIL if "@" in value else PointKind.PHONE, value)
        return next((point for point in known if point.value == value), new)


def _values_of_level(level: VendorLevel) -> dict[str, Any]:
    words = {"name": level.name, "hours": level.hours, "zone": level.zone}
    points = [point.value for point in level.points]
    return words | {"points": points, "answers_within": _span_words(level.answers_within)}


def _values_of_entitlement(item: Entitlement) -> dict[str, Any]:
    until = item.until.isoformat() if item.until is not None else ""
    return {"number": item.number, "covers": item.covers, "until": until}


def _values_of_severities(record: Vendor | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for severity in Severity:
        promise = record.promise_at(severity) if record is not None else None
        values[severity.value] = record.name_of(severity) if record is not None else ""
        values[f"{severity}_respond"] = _span_words(promise.respond) if promise is not None else ""
        values[f"{severity}_restore"] = _span_words(promise.restore) if promise is not None else ""
    return values


def _promise_of(severity: Severity, values: dict[str, Any]) -> Promise | None:
    respond, restore = (_span_of(values[f"{severity}_{word}"]) for word in ("respond", "restore"))
    return Promise(severity, respond, restore) if respond or restore else None


def _span_of(text: str) -> timedelta | None:
    return parse_span(text) if text else None


def _span_words(span: timedelta | None) -> str:
    return format_span(span) if span is not None else ""
