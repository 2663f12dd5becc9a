"""A deployment as a form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from escplaybook.domain.classification import STAGES
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.identity import new_id
from escplaybook.ui.parts.fields import LineField, SuggestField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

PLAIN = ("name", "customer", "zone", "hours", "point_of_contact", "deputy", "notes")
"""The fields whose value goes from record to form as it is."""


class DeploymentForm(RecordForm):
    """Edits a deployment or adds one."""

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"))
        form.beside(2)
        form.line("customer", self.tr("Customer"))
        form.line("go_live", self.tr("Go-live"), self.tr("2026-11-24"))
        form.choice("point_of_contact", self.tr("Single point of contact"), [(self.tr("nobody"), None)])
        form.choice("deputy", self.tr("Deputy"), [(self.tr("nobody"), None)])
        form.suggested("zone", self.tr("Time zone"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.line("hours", self.tr("Project hours"), self.tr("Mon-Fri 09:00-17:00; empty means around the clock"))
        form.below()
        form.place("stages", self.tr("Stages, first one first"), self._stages())
        form.markdown("notes", self.tr("Notes"))

    def offer_people(self, people: Sequence[tuple[str, str]]) -> None:
        """The contacts who may speak to outsiders, as (name, id)."""
        for field in (self.form.fields["point_of_contact"], self.form.fields["deputy"]):
            chosen = field.value()
            field.clear()
            for name, record_id in ((self.tr("nobody"), None), *people):
                field.addItem(name, record_id)
            field.set_value(chosen)

    def values_of(self, record: Deployment | None) -> dict[str, Any]:
        if record is None:
            blank: dict[str, Any] = dict.fromkeys((*PLAIN, "go_live"), "")
            nobody: dict[str, Any] = {"point_of_contact": None, "deputy": None, "stages": []}
            return blank | nobody | {"zone": self._desk.memory.recall("zone", "Europe/London")}
        stages = [
            {"stage": part.stage, "start": part.start.isoformat(), "end": part.end.isoformat()}
            for part in record.stages
        ]
        go_live = record.go_live.isoformat() if record.go_live else ""
        return {name: getattr(record, name) for name in PLAIN} | {"stages": stages, "go_live": go_live}

    def record_of(self, values: dict[str, Any], before: Deployment | None, now: datetime) -> Deployment:
        fields = {name: values[name] for name in PLAIN}
        fields["go_live"] = self._day_of(values["go_live"]) if values["go_live"] else None
        fields["stages"] = tuple(
            StageDates(part["stage"], self._day_of(part["start"]), self._day_of(part["end"]))
            for part in values["stages"]
        )
        if before is None:
            return Deployment(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Deployment | None) -> str:
        return self.tr("New deployment") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        for name, rule in (("zone", zone_named), ("hours", parse_hours), ("go_live", self._day_or_none)):
            try:
                rule(values[name])
            except PlaybookError:
                return name
        return "stages" if values["name"] else "name"

    def _stages(self) -> RowsField:
        parts = (
            Part("stage", self.tr("Stage"), self._stage, share=2),
            Part("start", self.tr("First day"), LineField),
            Part("end", self.tr("Last day"), LineField),
        )
        words = Words(
            self.tr("Add stage"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this stage")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="stage", across=True)

    def _stage(self, parent: Any) -> SuggestField:
        return SuggestField(STAGES, parent)

    def _day_or_none(self, text: str) -> date | None:
        return self._day_of(text) if text else None

    def _day_of(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = self.tr("“{0}” is no date; write it like 2026-11-24. Nothing was saved yet.")
            raise InvalidRecord(told.format(text)) from None
