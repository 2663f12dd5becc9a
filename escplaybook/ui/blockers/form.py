"""A blocker as a form: what stalls, how bad it is, and the intake checklist a ticket must carry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from escplaybook.domain.blockers import Blocker, Reference
from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Place
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm

PLAIN = (
    *("title", "severity", "stage", "cause_class", "deployment", "system", "data_domain"),
    *("milestone", "context", "dependencies", "options", "risk"),
)
"""The fields whose value goes from record to form as it is."""


class BlockerForm(RecordForm):
    """Raises a blocker or mends one. `asked` is what is known of a new one already."""

    asked: Place | None = None

    def build_fields(self, form: Form) -> None:
        form.line("title", self.tr("What is blocked"), self.tr("What stops, as anyone would say it"))
        form.beside(3)
        form.choice("severity", self.tr("Severity"), [(severity.value, severity) for severity in Severity])
        form.suggested("stage", self.tr("Stage"), STAGES)
        causes = [
            (self.tr("internal: ours"), CauseClass.INTERNAL),
            (self.tr("external: a third party's"), CauseClass.EXTERNAL),
        ]
        form.choice("cause_class", self.tr("Cause class"), causes)
        form.choice("deployment", self.tr("Deployment"), [(self.tr("none"), None)])
        form.suggested("system", self.tr("System"))
        form.suggested("data_domain", self.tr("Data domain"))
        form.below()
        form.line("milestone", self.tr("Milestone at risk"), self.tr("Which one, and by when it slips"))
        form.markdown("context", self.tr("Context"), self.tr("What stops, since when, for whom; the exact message"))
        form.markdown("dependencies", self.tr("Dependencies"), self.tr("What waits for it, and what it waits for"))
        form.markdown("options", self.tr("Possible workarounds"), self.tr("Each with what it would cost"))
        form.markdown("risk", self.tr("Risk"), self.tr("What happens if it stays, and if a workaround fails"))
        form.tags("tickets", self.tr("Tickets elsewhere"), self.tr("Keys, separated by commas"))

    def offer(self, systems: Sequence[str], domains: Sequence[str], deployments: Sequence[tuple[str, str]]) -> None:
        """Offer the words that are in use, and the deployments there are (name, id)."""
        self.form.fields["system"].suggest(systems)
        self.form.fields["data_domain"].suggest(domains)
        chosen = self.form.fields["deployment"].value()
        self.form.fields["deployment"].clear()
        for name, record_id in ((self.tr("none"), None), *deployments):
            self.form.fields["deployment"].addItem(name, record_id)
        self.form.fields["deployment"].set_value(chosen)

    def values_of(self, record: Blocker | None) -> dict[str, Any]:
        if record is not None:
            tickets = [reference.key for reference in record.references]
            return {name: getattr(record, name) for name in PLAIN} | {"tickets": tickets}
        asked = self.asked or Place(Severity.S3)
        blank = dict.fromkeys(PLAIN, "") | {"tickets": [], "severity": asked.severity, "stage": asked.stage}
        return blank | {"cause_class": asked.cause_class, "deployment": asked.deployment}

    def record_of(self, values: dict[str, Any], before: Blocker | None, now: datetime) -> Blocker:
        fields = {name: values[name] for name in PLAIN}
        fields["severity"] = Severity(values["severity"])
        fields["cause_class"] = CauseClass(values["cause_class"])
        known = {reference.key: reference for reference in before.references} if before is not None else {}
        fields["references"] = tuple(known.get(ticket, Reference(ticket)) for ticket in values["tickets"])
        if before is not None:
            return replace(before, updated=now, **fields)
        return Blocker(id=new_id(now), observed=now, created=now, updated=now, **fields)

    def title_of(self, record: Blocker | None) -> str:
        return self.tr("Raise a blocker") if record is None else self.tr("Edit {0}").format(record.key)
