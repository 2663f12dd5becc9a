"""Severities, levels and decision rights as forms."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from escplaybook.domain.classification import STAGES, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import deployments_of
from escplaybook.store.programme import programme
from escplaybook.ui.matrix.words import level_head
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_form import RecordForm

BEGINNINGS = ("users_from", "money_from")


class SeverityForm(RecordForm):
    """Edits what a severity means, or defines one. `free` are the severities that are not defined yet."""

    free: Sequence[Severity] = tuple(Severity)
    _fault = "name"

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"), self.tr("Two words: Milestone slips"))
        form.markdown("criteria", self.tr("Criteria of business impact"), lines=3)
        form.markdown("examples", self.tr("Examples, one a line"))
        form.beside(2)
        form.line("users_from", self.tr("From users, %"), self.tr("the usual"))
        form.line("money_from", self.tr("From money a day"), self.tr("the usual"))
        form.below()
        form.line("cadence", self.tr("Time between updates"), "30 min")
        form.markdown("channels", self.tr("Channels"), self.tr("Call, then the bridge"), lines=1)
        form.markdown("intake", self.tr("What a ticket must carry, one a line"), lines=3)

    def values_of(self, record: SeverityDefinition | None) -> dict[str, Any]:
        if record is None:
            texts = ("name", "criteria", "examples", "cadence", "channels", "intake", *BEGINNINGS)
            return dict.fromkeys(texts, "")
        return {
            "name": record.name,
            "criteria": record.criteria,
            "examples": "\n".join(record.examples),
            "cadence": format_span(record.cadence) if record.cadence is not None else "",
            "channels": record.channels,
            "intake": "\n".join(record.intake),
            **{name: str(getattr(record, name) or "") for name in BEGINNINGS},
        }

    def record_of(self, values: dict[str, Any], before: SeverityDefinition | None, now: datetime) -> SeverityDefinition:
        self._fault = "name"
        if not values["name"]:
            raise InvalidRecord(self.tr("Give the severity a name of a word or two. Nothing was saved yet."))
        beginnings = {}
        for name in BEGINNINGS:
            self._fault = name
            beginnings[name] = self._number(values[name])
        self._fault = "cadence"
        fields: dict[str, Any] = {
            "name": values["name"],
            "criteria": values["criteria"],
            "examples": _lines(values["examples"]),
            "cadence": parse_span(values["cadence"]) if values["cadence"] else None,
            "channels": values["channels"],
            "intake": _lines(values["intake"]),
        } | beginnings
        self._fault = "users_from"  # a record refuses nothing else
        if before is None:
            return SeverityDefinition(id=new_id(now), severity=self.free[0], created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def _number(self, text: str) -> int | None:
        plain = "".join(text.split()).replace(",", "")
        if not plain:
            return None
        if not plain.isdecimal() or not int(plain[:12]) > 0:
            told = self.tr("“{0}” is no whole number above zero; write it like 12, or nothing for the usual.")
            raise InvalidRecord(told.format(text))
        return int(plain)

    def title_of(self, record: SeverityDefinition | None) -> str:
        severity = record.severity if record is not None else self.free[0]
        return self.tr("What {0} means").format(severity)

    def field_at_fault(self) -> str:
        """The field that was being read when the refusal came."""
        return self._fault


class LevelForm(RecordForm):
    """Edits a level or adds one on top of the others. A level keeps its rank: the cells go by it."""

    next_rank = 1

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"), self.tr("Project manager"))
        form.line("purpose", self.tr("What it is there to bring about"), self.tr("move people and dates"))

    def values_of(self, record: Level | None) -> dict[str, Any]:
        if record is None:
            return {"name": "", "purpose": ""}
        return {"name": record.name, "purpose": record.purpose}

    def record_of(self, values: dict[str, Any], before: Level | None, now: datetime) -> Level:
        if before is None:
            return Level(id=new_id(now), rank=self.next_rank, created=now, updated=now, **values)
        return replace(before, updated=now, **values)

    def title_of(self, record: Level | None) -> str:
        return self.tr("Level {0}").format(self.next_rank) if record is None else level_head(record)


class RightForm(RecordForm):
    """Edits a decision right or adds one."""

    _fault = "decision"
    _known: Mapping[str, Contact] = MappingProxyType({})

    def build_fields(self, form: Form) -> None:
        form.line("decision", self.tr("What may be decided"), self.tr("authorise a temporary workaround"))
        form.line("threshold", self.tr("How far"), self.tr("up to 72 h"))
        form.place("decider", self.tr("Who decides"), PersonField(form))
        form.place("alternate", self.tr("Who decides in their place"), PersonField(form))
        form.beside(2)
        any_severity = [(self.tr("any"), None), *((severity.value, severity) for severity in Severity)]
        form.choice("severity", self.tr("Severity"), any_severity)
        form.suggested("stage", self.tr("Stage"), STAGES, self.tr("any"))
        form.below()
        form.choice("deployment", self.tr("Deployment"), [(self.tr("any"), None)])
        form.markdown("evidence", self.tr("What must be shown for it"))
        form.line("expires", self.tr("Last day it holds"), self.tr("2026-12-31; empty: until taken back"))

    def show_record(self, record: DecisionRight) -> None:
        self._offer({record.decider, record.alternate})
        super().show_record(record)

    def show_new(self, title: str = "") -> None:
        self._offer(set())
        super().show_new(title)

    def values_of(self, record: DecisionRight | None) -> dict[str, Any]:
        words = ("decision", "threshold", "evidence", "stage")
        others = ("decider", "alternate", "severity", "deployment")
        if record is None:
            return dict.fromkeys((*words, "expires"), "") | dict.fromkeys(others)
        values = {name: getattr(record, name) for name in (*words, *others)}
        return values | {"expires": record.expires.isoformat() if record.expires else ""}

    def record_of(self, values: dict[str, Any], before: DecisionRight | None, now: datetime) -> DecisionRight:
        fields = {name: values[name] for name in ("decision", "threshold", "evidence", "deployment")}
        folded = values["stage"].casefold()
        fields["stage"] = folded if folded in STAGES else values["stage"]
        fields["severity"] = Severity(values["severity"]) if values["severity"] else None
        for name in ("decider", "alternate"):
            self._fault = name
            fields[name] = person_of(values[name], self._known)
        self._fault = "expires"
        fields["expires"] = self._day(values["expires"])
        self._fault = "decision"
        if before is None:
            return DecisionRight(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: DecisionRight | None) -> str:
        return self.tr("New decision right") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field that was being read when the refusal came."""
        return self._fault

    def _offer(self, named: Collection[str | None]) -> None:
        """Let the people and deployments in use be chosen, and whoever is named already."""
        found = programme(self._desk.book)
        self._known = found.contacts
        for name in ("decider", "alternate"):
            self.form.fields[name].offer(choosable(found.contacts, named))
        field = self.form.fields["deployment"]
        field.clear()
        field.addItem(self.tr("any"), None)
        for deployment in deployments_of(found):
            field.addItem(deployment.name, deployment.id)

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = self.tr("“{0}” is no date; write it like 2026-11-24. Nothing was saved yet.")
            raise InvalidRecord(told.format(text)) from None


def _lines(text: str) -> tuple[str, ...]:
    """The lines that say something, without the dash of a list."""
    return tuple(line for raw in text.splitlines() if (line := raw.strip().removeprefix("- ").strip()))
