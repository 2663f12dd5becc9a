"""An absence as a form, for people who write no rules: once, every week, every year."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from escplaybook.domain.absences import Absence, local_time, time_away
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.recurrence import RHYTHMS, every, rhythm_of
from escplaybook.store import records
from escplaybook.ui.duty.told import absence_when, rhythm_words
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, choosable, person_of
from escplaybook.ui.parts.record_form import RecordForm

OWN_RULE = "rule"
"""The choice of a rule that none of the simple ones says."""

ONCE = ""


class AbsenceForm(RecordForm):
    """Edits an absence or adds one. `person` is the id of whose a new one is, if that is known."""

    person: str | None = None

    def build_fields(self, form: Form) -> None:
        form.beside(2)
        form.place("contact", self.tr("Who is away"), PersonField(form))
        form.place("deputy", self.tr("Who stands in"), PersonField(form))
        form.line("first", self.tr("From"), self.tr("2026-12-24, or 2026-12-24 18:00"))
        form.line("last", self.tr("To (the last day counts)"), self.tr("2027-01-03, or 2027-01-04 08:00"))
        words = [(self.tr("once"), ONCE), *((rhythm_words(word), word) for word in RHYTHMS)]
        form.choice("rhythm", self.tr("How often"), [*words, (self.tr("by a rule of its own"), OWN_RULE)])
        form.line("until", self.tr("Again until"), self.tr("2027-06-30; empty means without end"))
        form.below()
        form.line("rule", self.tr("Rule (RFC 5545)"), "FREQ=MONTHLY;BYDAY=1MO")
        form.beside(2)
        form.line("reason", self.tr("Reason"), self.tr("holiday"))
        form.suggested("zone", self.tr("By the clock of"), sorted(available_timezones()), self.tr("Europe/Berlin"))
        form.below()
        self.consequence = form.note()
        form.changed.connect(self._tell)

    def show_record(self, record: Any) -> None:
        """Edit that absence."""
        self._offer(record)
        super().show_record(record)
        self._tell()

    def show_new(self, title: str = "") -> None:
        """Write a new one."""
        self._offer(None)
        super().show_new()
        if title:
            self.form.fields["reason"].set_value(title)
        self._tell()

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed."""
        super().show_draft(values)
        self._tell()

    def values_of(self, record: Absence | None) -> dict[str, Any]:
        if record is None:
            person = self._known.get(self.person or "")
            zone = person.zone if person is not None else ""
            blank = dict.fromkeys(("first", "last", "until", "rule", "reason"), "")
            return blank | {"contact": self.person, "deputy": None, "rhythm": ONCE, "zone": zone}
        form = "%Y-%m-%d" if record.all_day else "%Y-%m-%d %H:%M"
        known = rhythm_of(record.rule, record.first) if record.rule else (ONCE, None)
        rhythm, until = known if known is not None else (OWN_RULE, None)
        return {
            "contact": record.contact,
            "deputy": record.deputy,
            "first": record.first.strftime(form),
            "last": record.last.strftime(form),
            "rhythm": rhythm,
            "until": until.isoformat() if until is not None else "",
            "rule": record.rule if rhythm == OWN_RULE else "",
            "reason": record.reason,
            "zone": record.zone,
        }

    def record_of(self, values: dict[str, Any], before: Absence | None, now: datetime) -> Absence:
        contact = person_of(values["contact"], self._known)
        if contact is None:
            raise InvalidRecord(self.tr("Say who is away. Nothing was saved yet."))
        zone = values["zone"] or self._known[contact].zone
        start, end, all_day = time_away(values["first"], values["last"], zone)
        fields: dict[str, Any] = {
            "contact": contact,
            "deputy": person_of(values["deputy"], self._known),
            "start": start,
            "end": end,
            "all_day": all_day,
            "zone": zone,
            "rule": self._rule(values),
            "reason": values["reason"],
        }
        if before is None:
            return Absence(id=new_id(now), created=now, updated=now, **fields)
        if (fields["rule"], start) != (before.rule, before.start):
            fields["excluded"] = ()  # they were starts of the series as it was
        return replace(before, updated=now, **fields)

    def title_of(self, record: Absence | None) -> str:
        return self.tr("New absence") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field whose own rule is broken, asked one by one."""
        values = self.values()
        rules = (
            ("contact", lambda: person_of(values["contact"], self._known)),
            ("deputy", lambda: person_of(values["deputy"], self._known)),
            ("zone", lambda: zone_named(values["zone"] or "UTC")),
            ("first", lambda: local_time(values["first"])),
            ("last", lambda: time_away(values["first"], values["last"], "UTC")),
            ("until", lambda: values["until"] and local_time(values["until"])),
        )
        for name, rule in rules:
            try:
                rule()
            except PlaybookError:
                return name
        if values["contact"] is None:
            return "contact"
        return "rule" if values["rhythm"] == OWN_RULE else "deputy"

    def _rule(self, values: dict[str, Any]) -> str:
        match values["rhythm"]:
            case "":
                return ""
            case "rule":
                rule: str = values["rule"].upper()
                if not rule:
                    raise InvalidRecord(self.tr("Write down the rule, or choose how often. Nothing was saved yet."))
                return rule
            case word:
                until = local_time(values["until"])[0].date() if values["until"] else None
                return every(word, local_time(values["first"])[0], until)

    def _offer(self, record: Absence | None) -> None:
        self._known: dict[str, Contact] = {one.id: one for one in records.everything(self._desk.book, Contact, "name")}
        named = (record.contact, record.deputy) if record is not None else ()
        for field in ("contact", "deputy"):
            self.form.fields[field].offer(choosable(self._known, named))

    def _tell(self) -> None:
        """Say what it comes to, or what is still missing; ask only for what the choices leave open."""
        fields = self.form.fields
        rhythm = fields["rhythm"].value()
        self.form.show_field("until", shown=rhythm not in (ONCE, OWN_RULE))
        self.form.show_field("rule", shown=rhythm == OWN_RULE)
        try:
            absence = self.record_of(self.values(), self.before, self._desk.now())
        except PlaybookError as error:
            is_blank = not fields["first"].value() or fields["contact"].value() is None
            self.consequence.setText("" if is_blank else str(error))
            return
        person = self._known[absence.contact]
        told = self.tr("{0} is away {1}.").format(person.name, absence_when(absence, self._desk.now()))
        deputy = self._known.get(absence.deputy or person.deputy or "")
        stand_in = self.tr("{0} stands in.").format(deputy.name) if deputy else self.tr("Nobody stands in.")
        self.consequence.setText(f"{told} {stand_in}")
