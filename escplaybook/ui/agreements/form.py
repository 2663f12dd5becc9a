"""An agreement as a form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.record_form import RecordForm

WORDS = ("title", "scope", "cap", "carve_outs", "notice_address", "notes")
CHOICES = ("vendor", "owner", "mutual")
DAYS = ("signed", "start", "end", "insurance_until")
COUNTS = ("term_months", "notice_months", "notice_days")


class AgreementForm(RecordForm):
    """Edits an agreement or adds one."""

    def build_fields(self, form: Form) -> None:
        form.line("title", self.tr("Title"), self.tr("Hold-harmless agreement 2026"))
        form.beside(3)
        form.choice("vendor", self.tr("Vendor"), [])
        kinds = [(self.tr(kind.value.replace("-", " ")), kind) for kind in AgreementKind]
        form.choice("kind", self.tr("Kind"), kinds)
        forms = [(self.tr("none"), None), *((shape.value, shape) for shape in HoldHarmlessForm)]
        form.choice("form", self.tr("Hold-harmless form"), forms)
        form.choice("mutual", self.tr("Whom it binds"), [(self.tr("one way"), False), (self.tr("both sides"), True)])
        form.choice("owner", self.tr("Owner here"), [(self.tr("nobody"), None)])
        form.choice("renewal", self.tr("Renewal"), [(renewal.value, renewal) for renewal in Renewal])
        form.below()
        form.markdown("scope", self.tr("What it covers"), self.tr("In plain words, to be read during a blocker"))
        form.markdown("carve_outs", self.tr("What it does not cover"))
        form.line("cap", self.tr("Cap"))
        form.beside(4)
        for name, label in zip(
            DAYS, (self.tr("Signed"), self.tr("Start"), self.tr("End"), self.tr("Insurance until")), strict=True
        ):
            form.line(name, label, self.tr("2026-11-24"))
        form.below()
        form.beside(3)
        form.line("term_months", self.tr("Renews by (months)"))
        form.line("notice_months", self.tr("Notice (months)"))
        form.line("notice_days", self.tr("Notice (days)"))
        form.below()
        form.line("notice_address", self.tr("Notice goes to"))
        form.markdown("notes", self.tr("Notes"))

    def offer(self, vendors: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]) -> None:
        """The vendors and contacts to choose from, as (name, id)."""
        for field, first, options in (
            (self.form.fields["vendor"], (), vendors),
            (self.form.fields["owner"], ((self.tr("nobody"), None),), people),
        ):
            chosen = field.value()
            field.clear()
            for name, record_id in (*first, *options):
                field.addItem(name, record_id)
            if chosen is not None or first:
                field.set_value(chosen)

    def values_of(self, record: Agreement | None) -> dict[str, Any]:
        if record is None:
            blank: dict[str, Any] = dict.fromkeys((*WORDS, *DAYS, *COUNTS), "")
            first = self.form.fields["vendor"].itemData(0)
            return blank | {
                "vendor": first,
                "owner": None,
                "mutual": False,
                "kind": AgreementKind.HOLD_HARMLESS,
                "form": HoldHarmlessForm.LIMITED,
                "renewal": Renewal.FIXED,
            }
        values = {name: getattr(record, name) for name in (*WORDS, *CHOICES, "kind", "form", "renewal")}
        values |= {name: day.isoformat() if (day := getattr(record, name)) else "" for name in DAYS}
        return values | {name: str(getattr(record, name) or "") for name in COUNTS}

    def record_of(self, values: dict[str, Any], before: Agreement | None, now: datetime) -> Agreement:
        fields: dict[str, Any] = {name: values[name] for name in (*WORDS, *CHOICES)}
        fields["kind"] = AgreementKind(values["kind"])
        fields["form"] = HoldHarmlessForm(values["form"]) if values["form"] else None
        fields["renewal"] = Renewal(values["renewal"])
        fields |= {name: self._day_of(values[name]) for name in DAYS}
        fields |= {name: self._count_of(values[name]) for name in COUNTS}
        if fields["vendor"] is None:
            raise InvalidRecord(self.tr("Say with whom it is agreed; add the vendor first. Nothing was saved yet."))
        if fields["kind"] is not AgreementKind.HOLD_HARMLESS:
            fields["form"] = None
        if before is None:
            return Agreement(id=new_id(now), created=now, updated=now, **fields)
        return replace(before, updated=now, **fields)

    def title_of(self, record: Agreement | None) -> str:
        return self.tr("New agreement") if record is None else self.tr("Edit {0}").format(record.key)

    def field_at_fault(self) -> str:
        """The first field that cannot be read; else the end, about which most rules are."""
        values = self.values()
        for names, rule in ((DAYS, self._day_of), (COUNTS, self._count_of)):
            for name in names:
                try:
                    rule(values[name])
                except PlaybookError:
                    return name
        return "end" if values["vendor"] else "vendor"

    def _day_of(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = self.tr("“{0}” is no date; write it like 2026-11-24. Nothing was saved yet.")
            raise InvalidRecord(told.format(text)) from None

    def _count_of(self, text: str) -> int:
        if not text:
            return 0
        if not text.isdecimal():
            raise InvalidRecord(self.tr("“{0}” is no whole number. Nothing was saved yet.").format(text))
        return int(text)
