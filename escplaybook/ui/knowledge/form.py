"""A known blocker as a form: every field of it, in reading order."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Link, Section, Step
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words

PLAIN = ("title", "system", "data_domain", "stage", "severity", "cause_class", "vendor", "tags", "error_codes")
"""The fields whose value goes from record to form as it is."""

SUGGESTED = ("system", "stage", "data_domain", "vendor")
PARTS = {"steps": Step, "rest": Section, "links": Link}


class EntryForm(RecordForm):
    """Edits an entry or writes a new one."""

    def build_fields(self, form: Form) -> None:
        form.line("title", self.tr("Title"), self.tr("What a newcomer would say is happening"))
        form.beside(3)
        form.choice("severity", self.tr("Severity"), [(self.tr("not set"), None), *((s.value, s) for s in Severity)])
        form.suggested("stage", self.tr("Stage"), STAGES)
        causes = [
            (self.tr("not set"), None),
            (self.tr("internal: ours"), CauseClass.INTERNAL),
            (self.tr("external: a third party's"), CauseClass.EXTERNAL),
        ]
        form.choice("cause_class", self.tr("Cause class"), causes)
        form.suggested("system", self.tr("System"))
        form.suggested("data_domain", self.tr("Data domain"))
        form.suggested("vendor", self.tr("Vendor"))
        form.beside(2)
        form.tags("tags", self.tr("Tags"), self.tr("separated by commas"))
        form.tags("error_codes", self.tr("Error codes"), self.tr("AADSTS50011, HTTP 429"))
        form.below()
        for field in TEXT_FIELDS:
            form.markdown(field, HEADINGS[field])
            if field == "remedy":
                form.place("steps", self.tr("Remedy, step by step"), self._steps())
        form.place("rest", self.tr("Other sections"), self._sections())
        form.place("links", self.tr("Links"), self._links())

    def values_of(self, record: Entry | None) -> dict[str, Any]:
        if record is None:
            blank: dict[str, Any] = {"title": "", "severity": None, "cause_class": None, "tags": [], "error_codes": []}
            return {**dict.fromkeys((*PLAIN, *TEXT_FIELDS), ""), **blank, **{name: [] for name in PARTS}}
        values = {name: getattr(record, name) for name in (*PLAIN, *TEXT_FIELDS)}
        return values | {name: [asdict(part) for part in getattr(record, name)] for name in PARTS}

    def record_of(self, values: dict[str, Any], before: Entry | None, now: datetime) -> Entry:
        fields = {name: values[name] for name in (*PLAIN, *TEXT_FIELDS)}
        fields |= {name: tuple(make(**part) for part in values[name]) for name, make in PARTS.items()}
        if before is None:
            return Entry(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Entry | None) -> str:
        return self.tr("New known blocker") if record is None else self.tr("Edit {0}").format(record.key)

    def suggest(self, words: Mapping[str, Sequence[str]]) -> None:
        """Offer the systems, stages, vendors and data domains that are in use."""
        for name in SUGGESTED:
            used = list(words.get(name, ()))
            usual = [stage for stage in STAGES if stage not in used] if name == "stage" else []
            self.form.fields[name].suggest(used + usual)

    def _steps(self) -> RowsField:
        parts = (
            Part("action", self.tr("What to do"), LineField),
            Part("precondition", self.tr("Needs"), LineField),
            Part("expected", self.tr("Expect"), LineField),
            Part("rollback", self.tr("Roll back"), LineField),
        )
        words = Words(
            self.tr("Add step"),
            self.tr("Move this step up"),
            self.tr("Move this step down"),
            self.tr("Remove this step"),
        )
        return RowsField(parts, words, self._desk.theme, self.form)

    def _sections(self) -> RowsField:
        parts = (Part("heading", self.tr("Heading"), LineField), Part("text", self.tr("Text"), self._long))
        words = Words(
            self.tr("Add section"),
            self.tr("Move this section up"),
            self.tr("Move this section down"),
            self.tr("Remove this section"),
        )
        return RowsField(parts, words, self._desk.theme, self.form)

    def _links(self) -> RowsField:
        parts = (
            Part("label", self.tr("Label"), LineField),
            Part("target", self.tr("Address or number"), LineField, share=2),
        )
        words = Words(
            self.tr("Add link"),
            self.tr("Move this link up"),
            self.tr("Move this link down"),
            self.tr("Remove this link"),
        )
        return RowsField(parts, words, self._desk.theme, self.form, across=True)

    def _long(self, parent: QWidget) -> MarkdownField:
        return MarkdownField(self._desk.theme, parent)
