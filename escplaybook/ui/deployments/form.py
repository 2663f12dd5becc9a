"""A deployment as a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import available_timezones

from escplaybook.domain.classification import STAGES
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.hours import parse_hours
from escplaybook.domain.identity import new_id
from escplaybook.domain.liaison import PointOfContact
from escplaybook.domain.speaking import groups_of
from escplaybook.store import records
from escplaybook.store.programme import programme
from escplaybook.ui.parts.days import day_of
from escplaybook.ui.parts.fields import KeptField, LineField, SuggestField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

PLAIN = ("name", "customer", "zone", "hours", "currency", "reputation", "notes")
"""The fields whose value goes from record to form as it is."""

PEOPLE = ("point_of_contact", "deputy")
GROUP = ("id", "group", "person", "deputy", "hours", "channel")
"""The fields of a group that stand in its row."""

PEOPLE_OF_GROUP = ("person", "deputy")


class DeploymentForm(RecordForm):
    """Edits a deployment or adds one, with the stakeholder groups that have a single point of contact of their own."""

    _people: Mapping[str, Contact] = MappingProxyType({})
    _choosable: Sequence[Contact] = ()

    def build_fields(self, form: Form) -> None:
        form.line("name", self.tr("Name"))
        form.beside(2)
        form.line("customer", self.tr("Customer"))
        form.line("go_live", self.tr("Go-live"), self.tr("2026-11-24"))
        form.suggested("zone", self.tr("Time zone"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.line("hours", self.tr("Project hours"), self.tr("Mon-Fri 09:00-17:00; empty means around the clock"))
        form.below()
        form.place("stages", self.tr("Stages, first one first"), self._stages())
        form.heading(self.tr("Who talks to outsiders"))
        form.beside(2)
        form.place("point_of_contact", self.tr("Single point of contact"), self._person_field(form))
        form.place("deputy", self.tr("Deputy"), self._person_field(form))
        form.below()
        form.place("groups", self.tr("Groups to whom somebody else talks"), self._groups())
        form.heading(self.tr("At stake while business stands still"))
        form.beside(2)
        form.line("money_a_day", self.tr("Money a day"), self.tr("40000"))
        form.line("currency", self.tr("Currency"), self.tr("EUR"))
        form.below()
        form.markdown("reputation", self.tr("What else is at stake"), self.tr("Whose trust, which promise, what name"))
        form.markdown("notes", self.tr("Notes"))

    def values_of(self, record: Deployment | None) -> dict[str, Any]:
        self._offer_people(record)
        if record is None:
            blank: dict[str, Any] = dict.fromkeys((*PLAIN, "go_live", "money_a_day"), "")
            nobody: dict[str, Any] = {"point_of_contact": None, "deputy": None, "stages": [], "groups": []}
            return blank | nobody | {"zone": self._desk.memory.recall("zone", "Europe/London")}
        stages = [
            {"stage": part.stage, "start": part.start.isoformat(), "end": part.end.isoformat()}
            for part in record.stages
        ]
        words = {name: getattr(record, name) for name in (*PLAIN, *PEOPLE)}
        words["go_live"] = record.go_live.isoformat() if record.go_live else ""
        words["money_a_day"] = str(record.money_a_day) if record.money_a_day is not None else ""
        groups = [{name: getattr(group, name) for name in GROUP} for group in self._groups_of(record)]
        return words | {"stages": stages, "groups": groups}

    def record_of(self, values: dict[str, Any], before: Deployment | None, now: datetime) -> Deployment:
        fields = {name: values[name] for name in PLAIN}
        fields |= {name: person_of(values[name], self._people) for name in PEOPLE}
        fields["go_live"] = day_of(values["go_live"])
        fields["money_a_day"] = _amount_of(values["money_a_day"])
        fields["stages"] = tuple(map(_stage_of, values["stages"]))
        if before is None:
            return Deployment(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def edits_of(self, before: Deployment | None, record: Deployment, now: datetime) -> Sequence[Edit]:
        """The deployment, and the groups that were added, changed or taken out."""
        known = {group.id: group for group in (self._groups_of(before) if before is not None else ())}
        edits = [Edit(before, record)]
        for row in self.values()["groups"]:
            group = known.pop(row["id"] or "", None)
            fields = {name: row[name] for name in GROUP if name != "id"}
            fields |= {name: person_of(fields[name], self._people) for name in PEOPLE_OF_GROUP}
            if group is None:
                made = PointOfContact(id=new_id(now), deployment=record.id, created=now, updated=now, **fields)
                edits.append(Edit(None, made))
            elif replace(group, **fields) != group:
                edits.append(Edit(group, replace(group, updated=now, **fields)))
        return [*edits, *(Edit(gone, replace(gone, retired=now, updated=now)) for gone in known.values())]

    def _offer_people(self, record: Deployment | None) -> None:
        """Let everybody in use be chosen, and those who are named though they have left."""
        self._people = {person.id: person for person in records.everything(self._desk.book, Contact, "name")}
        groups = self._groups_of(record) if record is not None else []
        named = [person for group in groups for person in (group.person, group.deputy)]
        named += [record.point_of_contact, record.deputy] if record is not None else []
        self._choosable = choosable(self._people, named)
        for name in PEOPLE:
            self.form.fields[name].offer(self._choosable)

    def _groups_of(self, record: Deployment) -> list[PointOfContact]:
        return groups_of(programme(self._desk.book), record.id)

    def title_of(self, record: Deployment | None) -> str:
        return self.tr("New deployment") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        for name, rule in self._rules():
            try:
                rule(values[name])
            except PlaybookError:
                return name
        return "currency" if values["name"] else "name"

    def _rules(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """Each field that has a rule of its own, with that rule."""
        return [
            ("zone", zone_named),
            ("hours", parse_hours),
            ("go_live", day_of),
            ("stages", lambda rows: list(map(_stage_of, rows))),
            *((name, lambda value: person_of(value, self._people)) for name in PEOPLE),
            ("money_a_day", _amount_of),
        ]

    def _stages(self) -> RowsField:
        parts = (
            Part("stage", self.tr("Stage"), self._stage),
            Part("start", self.tr("First day, like 2026-11-24"), LineField, line=1),
            Part("end", self.tr("Last day"), LineField, line=1),
        )
        words = Words(
            self.tr("Add stage"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this stage")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="stage", across=True)

    def _stage(self, parent: Any) -> SuggestField:
        return SuggestField(STAGES, parent)

    def _groups(self) -> RowsField:
        parts = (
            Part("id", "", KeptField),
            Part("group", self.tr("Group, such as Customer board"), LineField, share=2),
            Part("person", self.tr("Who alone talks to them"), self._person_field, line=1),
            Part("deputy", self.tr("Deputy"), self._person_field, line=1),
            Part("hours", self.tr("Hours, if not at any time"), LineField, line=2),
            Part("channel", self.tr("Channel"), LineField, line=2),
        )
        words = Words(
            self.tr("Add group"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Take this group out")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="group", across=True)

    def _person_field(self, parent: Any) -> PersonField:
        field = PersonField(parent)
        field.offer(self._choosable)
        return field


def _stage_of(row: dict[str, Any]) -> StageDates:
    start, end = day_of(row["start"]), day_of(row["end"])
    if start is None or end is None:
        raise InvalidRecord(f"Say on which day the stage {row['stage']} begins and on which it ends.")
    return StageDates(row["stage"], start, end)


def _amount_of(text: str) -> int | None:
    plain = "".join(text.split()).replace(",", "")
    if plain and not (plain.isascii() and plain.isdecimal()):
        raise InvalidRecord(f"“{text}” is no whole amount; write it like 40000.")
    return int(plain) if plain else None
