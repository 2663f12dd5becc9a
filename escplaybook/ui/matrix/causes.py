"""Sub-classes of causes as a form and to read: what each means, and with whom one deals."""

import html
from dataclasses import replace
from datetime import datetime
from typing import Any

from escplaybook.domain.causes import SubClass, refuse_described_twice, sub_class_called
from escplaybook.domain.classification import SUB_CLASSES, CauseClass
from escplaybook.domain.identity import new_id
from escplaybook.domain.programme import Programme
from escplaybook.store.programme import programme
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.matrix.words import cause_word
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.record_reading import RecordReading

WORDS = ("name", "counterpart", "meaning")


class SubClassForm(RecordForm):
    """Describes a sub-class or adds one; `begun` is the one that every book knows and nobody has described yet."""

    begun: SubClass | None = None
    _fault = "name"

    def build_fields(self, form: Form) -> None:
        form.beside(2)
        known = sorted({name for names in SUB_CLASSES.values() for name in names}, key=str.casefold)
        form.suggested("name", self.tr("Sub-class"), known, self.tr("vendor"))
        causes = [(cause_word(cause), cause) for cause in CauseClass]
        form.choice("cause_class", self.tr("Of which causes"), causes)
        form.below()
        form.line("counterpart", self.tr("With whom one deals"), self.tr("The vendor’s duty manager, by our own"))
        form.markdown("meaning", self.tr("What it means, and how to recognise it"), lines=3)
        known_words = self.tr("Every book knows {0} for internal causes, {1} for external ones.")
        form.note(known_words.format(*(", ".join(SUB_CLASSES[cause]) for cause in CauseClass)))

    def values_of(self, record: SubClass | None) -> dict[str, Any]:
        one = record if record is not None else self.begun
        if one is None:
            return dict.fromkeys(WORDS, "") | {"cause_class": CauseClass.INTERNAL}
        return {name: getattr(one, name) for name in (*WORDS, "cause_class")}

    def record_of(self, values: dict[str, Any], before: SubClass | None, now: datetime) -> SubClass:
        self._fault = "name"
        fields = {name: values[name] for name in WORDS} | {"cause_class": CauseClass(values["cause_class"])}
        if before is None:
            made = SubClass(id=new_id(now), created=now, updated=now, **fields)
        else:
            made = replace(before, updated=now, **fields)
        refuse_described_twice(programme(self._desk.book).sub_classes, made)
        return made

    def title_of(self, record: SubClass | None) -> str:
        return self.tr("Sub-class of causes") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The field that was being read when the refusal came."""
        return self._fault


class SubClassReading(RecordReading):
    """What a sub-class means, with whom one deals, and how many open blockers are of it."""

    def tell_facts(self, record: SubClass) -> None:
        self.facts.tell(None, record.key, self.tr("{0} causes").format(cause_word(record.cause_class)))

    def title_of(self, record: SubClass) -> str:
        return record.name

    def standing_of(self, record: SubClass) -> tuple[str, str]:
        if record.retired is not None:
            return "warn", self.tr("No longer in use; blockers keep it.")
        found = programme(self._desk.book)
        there = sum(
            (blocker.cause_class, blocker.sub_class) == (record.cause_class, record.name)
            for blocker in found.blockers
            if blocker.retired is None
        )
        return "small", self.tr("{0} blockers so far").format(there) if there != 1 else self.tr("1 blocker so far")

    def html_of(self, record: SubClass) -> str:
        dealt = html.escape(record.counterpart) or self.tr("Nobody has written it down.")
        meaning = f"<h2>{self.tr('What it means')}</h2>{block(record.meaning)}" if record.meaning else ""
        return f"<h2>{self.tr('With whom one deals')}</h2><p>{dealt}</p>{meaning}"


def undescribed(found: Programme) -> list[SubClass]:
    """The sub-classes that every book knows and this one says nothing about, as records without a key."""
    return [
        SubClass(f"{cause}/{name}", cause, name, datetime.min, datetime.min)
        for cause in CauseClass
        for name in SUB_CLASSES[cause]
        if sub_class_called(found.sub_classes, cause, name) is None
    ]
