"""A known blocker as a form: every field of it, in reading order, saved as one edit."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry, Link, Section, Step
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import LineField, MarkdownField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.rows_field import Part, RowsField, Words
from escplaybook.ui.prose_view import COLUMN, MARGIN

PLAIN = ("title", "system", "data_domain", "stage", "severity", "cause_class", "vendor", "tags", "error_codes")
"""The fields whose value goes from record to form as it is."""


class EntryForm(QFrame):
    """Edits an entry or writes a new one. `save_wanted` and `cancel_wanted` tell what a person decided."""

    changed = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.before: Entry | None = None
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(self.tr("Ctrl+S"))
        dress(self.save, "check", desk.theme, "on_accent")
        self.save.clicked.connect(self.save_wanted)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.kept = QLabel(self)
        self.kept.setProperty("role", "small")
        self.form = Form(desk.theme, self)
        self._build_fields()
        self.form.changed.connect(self.changed)
        self._lay_out()
        desk.theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_entry(self, entry: Entry) -> None:
        """Edit that entry."""
        self.before = entry
        self.heading.setText(self.tr("Edit {0}").format(entry.key))
        self._begin(values_of(entry))

    def show_new(self, title: str = "") -> None:
        """Write a new one."""
        self.before = None
        self.heading.setText(self.tr("New known blocker"))
        now = self._desk.now()
        blank = Entry(id="", title=title or "…", created=now, updated=now)
        self._begin(values_of(blank) | {"title": title})

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        self.form.show_values({name: value for name, value in values.items() if name in self.form.fields})

    def values(self) -> dict[str, Any]:
        """What the fields hold, as JSON can keep it."""
        return self.form.values()

    def is_changed(self) -> bool:
        """Whether saving would change anything."""
        return self.values() != self._as_shown

    def entry(self, now: datetime) -> Entry:
        """The entry as the form has it. Raises InvalidRecord, and marks the field that is to be mended."""
        self.form.complain()
        try:
            return entry_of(self.values(), self.before, now)
        except PlaybookError:
            self.form.complain("title")  # only a title can be wrong
            raise

    def suggest(self, words: dict[str, list[str]]) -> None:
        """Offer the systems, vendors and data domains that are in use."""
        for name in ("system", "data_domain", "vendor", "stage"):
            self.form.fields[name].suggest(words.get(name, []) or (STAGES if name == "stage" else []))

    def _begin(self, values: dict[str, Any]) -> None:
        self.form.complain()
        self.form.show_values(values)
        self._as_shown = self.values()
        self.kept.setText("")
        self.area.verticalScrollBar().setValue(0)
        self.form.fields["title"].setFocus()

    def _build_fields(self) -> None:
        form = self.form
        form.line("title", self.tr("&Title"), self.tr("What a newcomer would say is happening"))
        form.beside(3)
        form.choice("severity", self.tr("Se&verity"), [(self.tr("not set"), None), *((s.value, s) for s in Severity)])
        form.suggested("stage", self.tr("Sta&ge"), STAGES)
        causes = [
            (self.tr("not set"), None),
            (self.tr("internal: ours"), CauseClass.INTERNAL),
            (self.tr("external: a third party's"), CauseClass.EXTERNAL),
        ]
        form.choice("cause_class", self.tr("Cause &class"), causes)
        form.suggested("system", self.tr("S&ystem"))
        form.suggested("data_domain", self.tr("&Data domain"))
        form.suggested("vendor", self.tr("Ve&ndor"))
        form.below()
        form.beside(2)
        form.tags("tags", self.tr("Ta&gs"), self.tr("separated by commas"))
        form.tags("error_codes", self.tr("Error c&odes"), self.tr("AADSTS50011, HTTP 429"))
        form.below()
        for field in TEXT_FIELDS:
            form.markdown(field, HEADINGS[field])
            if field == "remedy":
                form.place("steps", self.tr("Remedy, step by step"), self._steps())
        form.place("rest", self.tr("Other sections"), self._sections())
        form.place("links", self.tr("Links"), self._links())

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
        parts = (
            Part("heading", self.tr("Heading"), LineField),
            Part("text", self.tr("Text"), self._long),
        )
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

    def _lay_out(self) -> None:
        self.area = QScrollArea(self)
        self.area.setProperty("plane", "raised")
        self.area.setWidgetResizable(True)
        inner = self._inner = QWidget()
        inner_column = QVBoxLayout(inner)
        inner_column.addWidget(self.form)
        inner_column.addStretch(1)
        self.area.setWidget(inner)
        head = self._head = QFrame(self)
        head.setProperty("line", "below")
        row = QHBoxLayout(head)
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addSpacing(8)
        row.addWidget(self.kept, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.area, 1)

    def _follow_theme(self) -> None:
        px = self._desk.theme.px
        for widget, above, under in ((self._head, 12, 12), (self._inner, 16, 32)):
            layout = widget.layout()
            if layout is not None:
                layout.setContentsMargins(px(MARGIN), px(above), px(MARGIN), px(under))
        self.form.setMaximumWidth(px(COLUMN + 100))


def values_of(entry: Entry) -> dict[str, Any]:
    """An entry's fields as the form holds them and JSON can keep them."""
    return {
        **{name: getattr(entry, name) for name in (*PLAIN, *TEXT_FIELDS)},
        "steps": [
            {
                "action": step.action,
                "precondition": step.precondition,
                "expected": step.expected,
                "rollback": step.rollback,
            }
            for step in entry.steps
        ],
        "rest": [{"heading": section.heading, "text": section.text} for section in entry.rest],
        "links": [{"label": link.label, "target": link.target} for link in entry.links],
    }


def entry_of(values: dict[str, Any], before: Entry | None, now: datetime) -> Entry:
    """The entry that those fields describe: `before` with them changed, or a new one. Raises InvalidRecord."""
    fields = {name: values[name] for name in (*PLAIN, *TEXT_FIELDS)}
    fields["steps"] = tuple(Step(**step) for step in values["steps"])
    fields["rest"] = tuple(Section(**section) for section in values["rest"])
    fields["links"] = tuple(Link(**link) for link in values["links"])
    if before is None:
        return Entry(id=new_id(now), created=now, updated=now, **fields)
    return replace(before, updated=now, **fields)
