"""A trigger as a form for people who write no expressions; what cannot be measured is told while it is typed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QLabel

from escplaybook.domain.classification import STAGES, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.programme import Programme, deployments_of, levels_of
from escplaybook.domain.triggers import MEASURES, STATES, Comparator, Trigger, to_review_anew
from escplaybook.domain.triggers_expressions import expression_of, units_of
from escplaybook.domain.triggers_vagueness import measurable, vagueness
from escplaybook.store.programme import programme
from escplaybook.ui.matrix.trigger_reading import tried_lines
from escplaybook.ui.matrix.words import level_head
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_form import RecordForm

TEXTS = ("name", "subject", "value", "unit", "observer", "stage", "expression")
CHOICES = ("comparator", "level", "severity", "deployment", "engineering", "business")


class TriggerForm(RecordForm):
    """Edits a trigger or adds one."""

    _fault = "name"
    _known: Mapping[str, Contact] = MappingProxyType({})
    _found: Programme | None = None

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"), self.tr("Data sync blocks the next process"))
        form.heading(self.tr("What is measured"))
        form.suggested("subject", self.tr("What is seen"), (), self.tr("data sync blocked"))
        form.beside(2)
        comparators = {
            Comparator.IS_SO: self.tr("is so"),
            Comparator.AT_LEAST: self.tr("is at least"),
            Comparator.ABOVE: self.tr("is above"),
            Comparator.AT_MOST: self.tr("is at most"),
            Comparator.BELOW: self.tr("is below"),
        }
        form.choice("comparator", self.tr("How"), [(word, str(one)) for one, word in comparators.items()])
        form.line("duration", self.tr("For how long"), "60 min")
        form.line("value", self.tr("How much"), "5")
        form.line("unit", self.tr("Counted in"), self.tr("%, ms, users"))
        form.below()
        form.markdown("side_conditions", self.tr("While, one a line"), self.tr("downstream blocked"), lines=1)
        form.line("observer", self.tr("Who or what sees it"), self.tr("Queue monitor, every minute"))
        self.check = form.note()
        self.trial = form.note()
        form.markdown("expression", self.tr("Or an expression in place of all these"), lines=1)
        form.heading(self.tr("What it makes due, and where"))
        form.beside(2)
        form.choice("level", self.tr("To level"), [("1", 1)])
        any_severity = [(self.tr("any"), None), *((severity.value, severity) for severity in Severity)]
        form.choice("severity", self.tr("Severity"), any_severity)
        form.suggested("stage", self.tr("Stage"), STAGES, self.tr("any"))
        form.choice("deployment", self.tr("Deployment"), [(self.tr("any"), None)])
        form.below()
        form.heading(self.tr("Who stands by it"))
        form.note(
            self.tr("Nothing is due by it until both sides have reviewed it; a changed condition is reviewed anew.")
        )
        form.beside(2)
        form.place("engineering", self.tr("For engineering"), PersonField(form))
        form.line("engineering_on", self.tr("On"), "2026-11-24")
        form.place("business", self.tr("For business"), PersonField(form))
        form.line("business_on", self.tr("On"), "2026-11-24")
        form.below()
        form.changed.connect(self._tell)

    def show_record(self, record: Trigger) -> None:
        """Edit that trigger."""
        self._offer({record.engineering, record.business}, record.level)
        super().show_record(record)
        self._tell()

    def show_new(self, title: str = "") -> None:
        """Write a new one."""
        self._offer(set(), 2)
        super().show_new(title)
        self._tell()

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed."""
        super().show_draft(values)
        self._tell()

    def values_of(self, record: Trigger | None) -> dict[str, Any]:
        days = ("engineering_on", "business_on")
        if record is None:
            blank: dict[str, Any] = dict.fromkeys((*TEXTS, *days, "duration", "side_conditions"), "")
            return blank | dict.fromkeys(CHOICES) | {"comparator": str(Comparator.IS_SO), "level": 2}
        values = {name: getattr(record, name) for name in (*TEXTS, *CHOICES)}
        return (
            values
            | {day: getattr(record, day).isoformat() if getattr(record, day) else "" for day in days}
            | {"comparator": str(record.comparator), "side_conditions": "\n".join(record.side_conditions)}
            | {"duration": format_span(record.duration) if record.duration is not None else ""}
        )

    def record_of(self, values: dict[str, Any], before: Trigger | None, now: datetime) -> Trigger:
        made = self._read(values, before, now)
        self._fault = next((vague.field for vague in vagueness(made)), "name")
        made = measurable(made)
        return to_review_anew(before, made) if before is not None else made

    def title_of(self, record: Trigger | None) -> str:
        return self.tr("New trigger") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field that was being read when the refusal came."""
        return self._fault

    def _read(self, values: dict[str, Any], before: Trigger | None, now: datetime) -> Trigger:
        """The trigger as the fields have it, measurable or not. Raises InvalidRecord where a field cannot be read."""
        self._fault = "name"
        fields: dict[str, Any] = {name: values[name] for name in (*TEXTS, "level", "deployment")}
        folded = values["stage"].casefold()
        fields["stage"] = folded if folded in STAGES else values["stage"]
        fields["comparator"] = Comparator(values["comparator"])
        if fields["comparator"] is Comparator.IS_SO:
            fields |= {"value": "", "unit": ""}
        fields["severity"] = Severity(values["severity"]) if values["severity"] else None
        fields["side_conditions"] = tuple(
            line for raw in values["side_conditions"].splitlines() if (line := raw.strip())
        )
        self._fault = "duration"
        fields["duration"] = parse_span(values["duration"]) if values["duration"] else None
        for side in ("engineering", "business"):
            self._fault = side
            fields[side] = person_of(values[side], self._known)
            self._fault = f"{side}_on"
            day = self._day(values[f"{side}_on"]) or now.date()
            fields[f"{side}_on"] = day if fields[side] is not None else None
        self._fault = "name"
        if before is None:
            return Trigger(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = self.tr("“{0}” is no date; write it like 2026-11-24. Nothing was saved yet.")
            raise InvalidRecord(told.format(text)) from None

    def _offer(self, named: set[str | None], level: int) -> None:
        """The people, deployments and levels to choose from, and the facts that are in use."""
        found = self._found = programme(self._desk.book)
        self._known = found.contacts
        fields = self.form.fields
        for side in ("engineering", "business"):
            fields[side].offer(choosable(found.contacts, named))
        fields["deployment"].clear()
        fields["deployment"].addItem(self.tr("any"), None)
        for deployment in deployments_of(found):
            fields["deployment"].addItem(deployment.name, deployment.id)
        fields["level"].clear()
        for one in levels_of(found):
            fields["level"].addItem(level_head(one), one.rank)
        if fields["level"].findData(level) < 0:
            fields["level"].addItem(str(level), level)
        facts = {fact.name for blocker in found.blockers for fact in blocker.facts}
        fields["subject"].suggest(sorted({*STATES, *MEASURES, *facts, *units_of(found.triggers)}))

    def _tell(self) -> None:
        """Say what cannot be measured yet, else what it is as an expression, and what it would have done so far."""
        self.form.complain()
        values = self.form.values()
        is_written = bool(values["expression"])
        for name in ("subject", "comparator", "duration", "side_conditions"):
            self.form.fields[name].setEnabled(not is_written)
        for name in ("value", "unit"):
            self.form.fields[name].setEnabled(not is_written and values["comparator"] != Comparator.IS_SO)
        try:
            made = self._read(values | {"name": values["name"] or "-"}, self.before, self._desk.now())
        except InvalidRecord as error:
            _say(self.check, str(error), "warn")
            self.trial.hide()
            return
        vague = vagueness(made)
        if vague:
            self.form.mark({one.field for one in vague if values[one.field]})
            _say(self.check, "\n".join(str(one) for one in vague), "warn")
            self.trial.hide()
            return
        _say(self.check, self.tr("Can be measured: {0}").format(expression_of(made)), "good")
        lines = tried_lines(self._desk, made, self._found) if self._found is not None else []
        told = "\n".join(f"{key} {words}" for key, words in lines)
        _say(self.trial, told or self.tr("On the blockers so far it would have made nothing due."), "small")


def _say(label: QLabel, text: str, role: str) -> None:
    label.setText(text)
    label.show()
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
