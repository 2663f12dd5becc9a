"""What a blocker is, as a form and to read."""

import html
from dataclasses import replace
from datetime import datetime
from typing import Any

from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.identity import new_id
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.record_reading import RecordReading

LISTS = ("counts", "does_not_count", "kinds")


class DefinitionForm(RecordForm):
    """Edits what a blocker is, or writes it down."""

    def build_fields(self, form: Form) -> None:
        hint = self.tr("A blocker is an obstacle that stalls a milestone and that the people at it cannot remove …")
        form.markdown("text", self.tr("What a blocker is"), hint, lines=4)
        form.markdown("counts", self.tr("Counts as one, an example a line"), lines=3)
        form.markdown("does_not_count", self.tr("Does not count, an example a line"), lines=3)
        form.markdown("kinds", self.tr("Kinds met most, one a line"), self.tr("Data migration"), lines=3)

    def values_of(self, record: BlockerDefinition | None) -> dict[str, Any]:
        if record is None:
            return dict.fromkeys(("text", *LISTS), "")
        return {"text": record.text} | {name: "\n".join(getattr(record, name)) for name in LISTS}

    def record_of(self, values: dict[str, Any], before: BlockerDefinition | None, now: datetime) -> BlockerDefinition:
        fields: dict[str, Any] = {"text": values["text"]} | {name: lines_of(values[name]) for name in LISTS}
        if before is None:
            return BlockerDefinition(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: BlockerDefinition | None) -> str:
        del record
        return self.tr("What a blocker is")


class DefinitionReading(RecordReading):
    """The definition with its examples."""

    def tell_facts(self, record: BlockerDefinition) -> None:
        self.facts.tell(None, record.key)

    def title_of(self, record: BlockerDefinition) -> str:
        del record
        return self.tr("What a blocker is")

    def standing_of(self, record: BlockerDefinition) -> tuple[str, str]:
        if record.retired is not None:
            return "warn", self.tr("No longer in use")
        return "small", self.tr("Shown to whoever raises a blocker")

    def html_of(self, record: BlockerDefinition) -> str:
        lists = (
            (self.tr("Counts as one"), record.counts),
            (self.tr("Does not count"), record.does_not_count),
            (self.tr("Kinds met most"), record.kinds),
        )
        told = (
            f"<h2>{heading}</h2><ul>{''.join(f'<li>{html.escape(item)}</li>' for item in items)}</ul>"
            for heading, items in lists
            if items
        )
        return block(record.text) + "".join(told)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, without the dash of a list."""
    return tuple(line for raw in text.splitlines() if (line := raw.strip().removeprefix("- ").strip()))
