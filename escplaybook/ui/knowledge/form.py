"""A known blocker as a form: every field of it, in reading order, beside it how it will be read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, TITLE_LIMIT, Entry, Link, Section, Step
from escplaybook.services import templating
from escplaybook.services.templating import Template
from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.editor_bar import EditorBar
from escplaybook.ui.knowledge.editor_begin import Beginning
from escplaybook.ui.knowledge.editor_pictures import Pictures
from escplaybook.ui.knowledge.editor_preview import Preview
from escplaybook.ui.knowledge.editor_sides import Sides
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

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._files: list[bytes] = []
        self.pictures = Pictures(desk)
        super().__init__(desk, parent)
        self.bar = EditorBar(desk.theme, self)
        self.begin = Beginning(desk, self)
        self.preview = Preview(desk, self.pictures, self._as_written, self)
        self.sides = Sides(self.area, self.preview, self.bar.preview, desk, self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # as RecordForm has laid it out
        column.insertWidget(1, self.bar)
        column.insertWidget(2, self.begin)
        column.addWidget(self.sides, 1)
        self.changed.connect(self._written)
        self.bar.entered.connect(self._entered)
        self.bar.picture_wanted.connect(self._choose_picture)
        self.bar.template.clicked.connect(self._keep_template)
        self.begin.chosen.connect(self._begin_with)
        self.sides.turned.connect(self._written)

    def take_in(self, field: MarkdownField) -> None:
        """Serve a field: also by keeping the pictures that are pasted into it."""
        super().take_in(field)
        field.keep_picture = self.pictures.keep

    def files(self) -> Sequence[bytes]:
        """The pictures that were pasted and are shown by what is being saved."""
        return self._files

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
        attached = before.attachments if before is not None else ()
        texts = [*(fields[name] for name in TEXT_FIELDS), *(section.text for section in fields["rest"])]
        pasted = self.pictures.new_in(texts, attached)
        self._files = [data for _, data in pasted]
        fields["attachments"] = (*attached, *(one for one, _ in pasted))
        if before is None:
            return Entry(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Entry | None) -> str:
        return self.tr("New known blocker") if record is None else self.tr("Edit {0}").format(record.key)

    def _begin(self, before: Entry | None, values: dict[str, Any]) -> None:
        super()._begin(before, values)
        self.begin.offer(is_new=before is None)
        self.sides.settle()
        self._written()

    def _written(self) -> None:
        if self.sides.is_previewing():
            self.preview.follow_soon()

    def _as_written(self) -> Entry | None:
        """The known blocker as the form has it, for the preview; None if there can be none, which saving tells."""
        values = self.values()
        values["title"] = values["title"][:TITLE_LIMIT] or "…"
        try:
            entry: Entry = self.record_of(values, self.before, self._desk.now())
        except PlaybookError:
            return None
        return entry

    def _entered(self, field: MarkdownField) -> None:
        name = next((name for name, one in self.form.fields.items() if one is field), "")
        if name:
            self.preview.go_to(name)

    def _choose_picture(self) -> None:
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.gif)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Picture"), "", kinds)
        if path:
            self.add_picture(Path(path))

    def add_picture(self, path: Path) -> None:
        """Put a picture from a file at the cursor."""
        if self.bar.field is not None and (made := self.pictures.keep(QImage(str(path)))):
            self.bar.field.insert(made)

    def _begin_with(self, template: Template) -> None:
        """Fill the fields that are empty with a template's texts."""
        values, now = self.values(), self._desk.now()
        offered = self.values_of(template.filled("…", now))
        self.show_draft({name: value for name, value in offered.items() if name != "title" and not values[name]})
        self.changed.emit()

    def _keep_template(self) -> None:
        try:
            entry = self.record(self._desk.now())
            kept = templating.keep(self._desk.book, entry, entry.title[: templating.LONGEST_NAME], self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.say(self.tr("“{0}” is kept as a template for new known blockers.").format(kept.name))

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
        field = MarkdownField(self._desk.theme, parent)
        self.take_in(field)
        return field
