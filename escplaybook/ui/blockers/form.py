"""A blocker as a form: what stalls, how bad it is, what looks like it, and the intake checklist it must carry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal

from escplaybook.domain.blockers import INTAKE, Blocker, Reference, reclassified
from escplaybook.domain.causes import checked_sub_class, sub_class_called, sub_class_names
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.definition import definition_in_use
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.impact import settled, thresholds_of
from escplaybook.domain.living_matrix import raised_under
from escplaybook.domain.matrix import Place
from escplaybook.domain.programme import Programme, definition_of, stages_of
from escplaybook.prose.entries import first_words, plain_text
from escplaybook.store.programme import programme
from escplaybook.ui.blockers.impact_field import ImpactField, impact_of
from escplaybook.ui.blockers.similar import Similar, SimilarField
from escplaybook.ui.matrix.words import criteria_line
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words
from escplaybook.ui.parts.time_field import TimeField
from escplaybook.ui.who.question import Asked

PLAIN = (
    *("title", "severity", "stage", "cause_class", "sub_class", "deployment", "system", "data_domain", "entry"),
    *("milestone", *INTAKE),
)
"""The fields whose value goes from record to form as it is."""

DEFINITION_LINE = 120
"""Characters of the definition of a blocker, and of its examples, that stand above the form; the rest on hover."""


class BlockerForm(RecordForm):
    """Raises a blocker or mends one. `asked` is what is known of a new one already.

    `titled` carries the title while it is typed, `read_wanted` the known blocker to be read first.
    """

    titled = Signal(str)
    read_wanted = Signal(str)
    asked: Asked | None = None
    _found: Programme | None = None
    _fault = ""
    _given: Severity | None = None

    def build_fields(self, form: Form) -> None:
        title = form.line("title", self.tr("What is blocked"), self.tr("What stops, as anyone would say it"))
        title.textChanged.connect(self.titled)
        self.definition = form.note()
        similar = form.place("entry", self.tr("Known already?"), SimilarField(self._desk, form))
        similar.read_wanted.connect(self.read_wanted)
        form.beside(3)
        form.choice("severity", self.tr("Severity"), [(severity.value, severity) for severity in Severity])
        form.suggested("stage", self.tr("Stage"))
        causes = [
            (self.tr("internal: ours"), CauseClass.INTERNAL),
            (self.tr("external: a third party's"), CauseClass.EXTERNAL),
        ]
        form.choice("deployment", self.tr("Deployment"), [(self.tr("none"), None)])
        form.choice("cause_class", self.tr("Cause class"), causes)
        form.suggested("sub_class", self.tr("Sub-class"))
        form.suggested("system", self.tr("System"))
        form.suggested("data_domain", self.tr("Data domain"))
        form.below()
        self.dealt = form.note()
        self.meaning = form.note()
        self.impact = form.place("impact", self.tr("Impact"), ImpactField(self._desk.theme, form))
        self.impact.answered.connect(self._judge)
        form.place("observed", self.tr("Seen since"), TimeField(self._desk.theme, self._desk.now, form))
        form.line("milestone", self.tr("Milestone at risk"), self.tr("Which one, and by when it slips"))
        form.heading(self.tr("What it must carry"))
        self.missing = form.note()
        for name in INTAKE:
            form.markdown(name, self._intake_labels()[name])
        form.place("tickets", self.tr("Tickets elsewhere"), self._tickets())
        form.changed.connect(self._tell)

    def show_similar(self, similar: Sequence[Similar]) -> None:
        """Offer the known blockers that look like what is typed."""
        self.form.fields["entry"].show_similar(similar)

    def show_record(self, record: Any) -> None:
        """Edit that blocker."""
        self._offer(record)
        self.definition.hide()  # it is one already
        super().show_record(record)
        self._begin_to_tell()

    def show_new(self, title: str = "") -> None:
        """Raise a new one."""
        self._offer(None)
        self._tell_definition()
        self.show_similar(())
        super().show_new(title)
        self._begin_to_tell()

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed; drafts hold words where a record holds values."""
        super().show_draft(values)
        self._begin_to_tell()

    def show_asked(self, asked: Asked) -> None:
        """Take severity, stage, cause, deployment and system from what was asked, whatever a draft says of them."""
        self.form.show_values(_values_asked(asked))
        self._begin_to_tell()

    def values_of(self, record: Blocker | None) -> dict[str, Any]:
        if record is None:
            blank: dict[str, Any] = dict.fromkeys(PLAIN, "") | {
                "entry": None,
                "tickets": [],
                "observed": "",
                "impact": None,
            }
            return blank | _values_asked(self.asked or Asked(Place(Severity.S3)))
        tickets = [{"key": item.key, "system": item.system, "url": item.url} for item in record.references]
        values = {name: getattr(record, name) for name in PLAIN}
        return values | {"tickets": tickets, "observed": record.observed.isoformat(), "impact": record.impact}

    def record_of(self, values: dict[str, Any], before: Blocker | None, now: datetime) -> Blocker:
        self._fault = ""
        fields = {name: values[name] for name in PLAIN}
        fields["severity"] = Severity(values["severity"])
        fields["cause_class"] = CauseClass(values["cause_class"])
        relations = {item.key: item.relation for item in before.references} if before is not None else {}
        fields["references"] = tuple(
            Reference(item["key"], item["system"], item["url"], relations.get(item["key"], ""))
            for item in values["tickets"]
        )
        fields["observed"] = observed = _instant(values["observed"], before, now)
        self._fault = "sub_class"
        known = programme(self._desk.book).sub_classes
        fields["sub_class"] = checked_sub_class(known, fields["cause_class"], values["sub_class"])
        self._fault = ""
        if observed > now:
            raise InvalidRecord(self.tr("Nobody has seen it yet at that time; nothing was saved. Mend “Seen since”."))
        self._fault = "impact"
        impact = impact_of(values["impact"])
        if impact is not None:
            limits = thresholds_of(programme(self._desk.book).severities)
            impact = settled(impact, fields["severity"], fields["stage"], limits)
        self._fault, fields["impact"] = "", impact
        if before is not None:
            return reclassified(before, replace(before, updated=now, **fields), now)
        made = Blocker(id=new_id(now), created=now, updated=now, **fields)
        return raised_under(programme(self._desk.book), made, now)

    def title_of(self, record: Blocker | None) -> str:
        return self.tr("Raise a blocker") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The title if it is empty, else the sub-class or the impact if that was refused, else the time."""
        if self.values()["title"] and self._fault:
            return self._fault
        return "observed" if self.values()["title"] else "title"

    def still_missing(self) -> list[str]:
        """What a ticket must carry and this one does not yet, by its label."""
        values = self.values()
        return [label for name, label in self._intake_labels().items() if not values[name]]

    def _offer(self, record: Blocker | None) -> None:
        """The words that are in use, the deployments there are, and the one the record names all the same."""
        found = self._found = programme(self._desk.book)
        vendors = {name for vendor in found.vendors for name in vendor.systems}
        systems = {blocker.system for blocker in found.blockers if blocker.system} | vendors
        domains = {blocker.data_domain for blocker in found.blockers if blocker.data_domain}
        self.form.fields["system"].suggest(sorted(systems))
        self.form.fields["data_domain"].suggest(sorted(domains))
        field = self.form.fields["deployment"]
        field.clear()
        field.addItem(self.tr("none"), None)
        for deployment in found.deployments:
            if deployment.retired is None or (record is not None and deployment.id == record.deployment):
                field.addItem(deployment.name, deployment.id)

    def _begin_to_tell(self) -> None:
        """Other values are shown: what the answers gave before says nothing about them."""
        self._given = None
        self._tell()

    def _judge(self) -> None:
        """An answer about the impact: the severity follows, unless somebody has said why it is another."""
        self._given = Severity(self.form.fields["severity"].value()) if not self.impact.reason.value() else None

    def _tell(self) -> None:
        """Say what the severity means and asks for, what the impact makes it, and what is still missing."""
        if self._found is None:
            return
        self._tell_impact(self._found)
        self.form.fields["stage"].suggest(stages_of(self._found, self.form.fields["deployment"].value()))
        self._tell_cause(self._found)
        definition = definition_of(self._found, Severity(self.form.fields["severity"].value()))
        told = [criteria_line(definition)] if definition is not None else []
        hints = dict.fromkeys(INTAKE, "")
        for item in definition.intake if definition is not None else ():
            name = self._asked_by(item)
            if name:
                hints[name] = item.partition(":")[2].strip()
            else:
                told.append(item)
        self.meaning.setText(" · ".join(told))
        self.meaning.setVisible(bool(told))
        for name, hint in hints.items():
            self.form.fields[name].setPlaceholderText(hint[:1].upper() + hint[1:] or self._hints()[name])
        missing = self.still_missing()
        told_missing = self.tr("Still missing: {0}. It can be raised now and completed later.")
        whole = self.tr("Everything is there.")
        self.missing.setText(told_missing.format(", ".join(missing)) if missing else whole)

    def _tell_definition(self) -> None:
        """Say quietly what counts as a blocker in this book, while one is raised."""
        found = definition_in_use(self._found.definitions) if self._found is not None else None
        told = [plain_text(found.text)] if found is not None else []
        if found is not None and found.counts:
            told.append(self.tr("Counts: {0}").format("; ".join(found.counts)))
        if found is not None and found.does_not_count:
            told.append(self.tr("Does not count: {0}").format("; ".join(found.does_not_count)))
        self.definition.setText("\n".join(first_words(line, DEFINITION_LINE) for line in told))
        self.definition.setToolTip("\n\n".join(told))
        self.definition.setVisible(bool(told))

    def _tell_cause(self, found: Programme) -> None:
        """Offer the sub-classes of the class, and say with whom one deals."""
        field, cause = self.form.fields["sub_class"], CauseClass(self.form.fields["cause_class"].value())
        names = sub_class_names(found.sub_classes, cause)
        field.suggest(names)
        field.setPlaceholderText(", ".join(names))
        described = sub_class_called(found.sub_classes, cause, field.value())
        whom = described.counterpart if described is not None else ""
        self.dealt.setText(self.tr("With whom one deals: {0}").format(whom))
        self.dealt.setVisible(bool(whom))

    def _tell_impact(self, found: Programme) -> None:
        """Take the severity from the answers as long as it is the one they gave before."""
        severity, stage = self.form.fields["severity"], self.form.fields["stage"].value()
        limits = thresholds_of(found.severities)
        given = self.impact.tell(stage, Severity(severity.value()), limits)
        if given is not None and self._given is Severity(severity.value()) and given.severity is not self._given:
            severity.set_value(given.severity)
            self.impact.tell(stage, given.severity, limits)
        self._given = given.severity if given is not None and given.severity is Severity(severity.value()) else None

    def _asked_by(self, item: str) -> str:
        """The field that an item of the checklist asks for by its name; empty if it names none."""
        head = item.partition(":")[0].strip().casefold()
        words = {label.casefold(): name for name, label in self._intake_labels().items()}
        return words.get(head, "")

    def _intake_labels(self) -> dict[str, str]:
        return {
            "context": self.tr("Context"),
            "dependencies": self.tr("Dependencies"),
            "options": self.tr("Possible workarounds"),
            "risk": self.tr("Risk"),
        }

    def _hints(self) -> dict[str, str]:
        return {
            "context": self.tr("What stops, since when, for whom; the exact message"),
            "dependencies": self.tr("What waits for it, and what it waits for"),
            "options": self.tr("Each with what it would cost"),
            "risk": self.tr("What happens if it stays, and if a workaround fails"),
        }

    def _tickets(self) -> RowsField:
        parts = (
            Part("key", self.tr("Key"), LineField),
            Part("system", self.tr("Where"), LineField),
            Part("url", self.tr("Link"), LineField, share=2),
        )
        words = Words(
            self.tr("Add ticket"), self.tr("Move it up"), self.tr("Move it down"), self.tr("Remove this ticket")
        )
        return RowsField(parts, words, self._desk.theme, self.form, key="key", across=True)


def _values_asked(asked: Asked) -> dict[str, Any]:
    place = asked.place
    cause = place.cause_class or CauseClass.INTERNAL
    known = {"severity": place.severity, "stage": place.stage, "cause_class": cause, "system": asked.system}
    return known | {"deployment": place.deployment}


def _instant(text: str, before: Blocker | None, now: datetime) -> datetime:
    """The instant a field holds; what differs by less than a second from what was stored is what was stored."""
    given = datetime.fromisoformat(text) if text else now
    if before is not None and abs(given - before.observed) < timedelta(seconds=1):
        return before.observed
    return given
