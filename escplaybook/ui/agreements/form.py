"""An agreement as a form; what its days come to is said while it is typed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from escplaybook.domain.agreement_dates import current_end, earliest_end, notice_by
from escplaybook.domain.agreements import Agreement, AgreementKind, HoldHarmlessForm, Renewal
from escplaybook.domain.contacts import Contact
from escplaybook.domain.coverage_words import coverage
from escplaybook.domain.errors import InvalidRecord, PlaybookError
from escplaybook.domain.identity import new_id
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.ui.parts.fields import LineField
from escplaybook.ui.parts.form import Form
from escplaybook.ui.parts.person_field import PersonField, person_of
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.rows_field import Part, RowsField, Words
from escplaybook.ui.times import short_day
from escplaybook.ui.vendors.told import kind_word

WORDS = ("title", "scope", "cap", "carve_outs", "duty_to_defend", "insurance", "notice_address", "notes")
NAMES = ("parties", "signatories")
CHOICES = ("vendor", "mutual")
DAYS = ("signed", "start", "end", "insurance_until")
COUNTS = ("term_months", "notice_months", "notice_days")


class AgreementForm(RecordForm):
    """Edits an agreement or adds one. `vendor` is the id of the vendor that a new one is with, if that is known."""

    vendor: str | None = None

    def build_fields(self, form: Form) -> None:
        form.line("title", self.tr("Title"), self.tr("Hold-harmless agreement 2026"))
        form.beside(2)
        form.choice("vendor", self.tr("Vendor"), [])
        form.place("owner", self.tr("Owner here"), PersonField(form))
        form.choice("kind", self.tr("Kind"), [(kind_word(kind), kind) for kind in AgreementKind])
        forms = [(self.tr("none"), None), *((shape.value, shape) for shape in HoldHarmlessForm)]
        form.choice("form", self.tr("Hold-harmless form"), forms)
        form.choice("mutual", self.tr("Whom it binds"), [(self.tr("one way"), False), (self.tr("both sides"), True)])
        renewals = {
            Renewal.FIXED: self.tr("ends"),
            Renewal.TACIT: self.tr("renews itself"),
            Renewal.EVERGREEN: self.tr("has no end"),
        }
        form.choice("renewal", self.tr("At its end it"), [(word, renewal) for renewal, word in renewals.items()])
        form.below()
        form.markdown("scope", self.tr("What it covers"), self.tr("In plain words, to be read during a blocker"))
        form.markdown("carve_outs", self.tr("What it does not cover"))
        form.line("cap", self.tr("Cap"))
        form.line("duty_to_defend", self.tr("Duty to defend"), self.tr("Who appoints and pays the lawyers"))
        self.coverage = form.note()
        self._ask_days(form)
        self._ask_people(form)
        form.markdown("notes", self.tr("Notes"))
        form.changed.connect(self._tell)

    def _ask_days(self, form: Form) -> None:
        form.heading(self.tr("Days that matter"))
        form.beside(3)
        for name, label in (("signed", self.tr("Signed")), ("start", self.tr("Start")), ("end", self.tr("End"))):
            form.line(name, label, self.tr("like 2026-11-24"))
        form.line("term_months", self.tr("Renews by (months)"))
        form.line("notice_months", self.tr("Notice (months)"))
        form.line("notice_days", self.tr("Notice (days)"))
        form.below()
        form.beside(2)
        form.line("insurance", self.tr("Insurance certificate"), self.tr("insurer and number"))
        form.line("insurance_until", self.tr("Insurance until"), self.tr("like 2026-11-24"))
        form.below()
        self.consequence = form.note()
        form.line("notice_address", self.tr("Notice goes to"))

    def _ask_people(self, form: Form) -> None:
        form.heading(self.tr("Who agreed"))
        parties = self._rows(form, self.tr("Firm"), self.tr("Add a party"))
        form.place("parties", self.tr("Parties; where only one is bound, that one first"), parties)
        signatories = self._rows(form, self.tr("Name, role, firm"), self.tr("Add a signatory"))
        form.place("signatories", self.tr("Who signed"), signatories)

    def _rows(self, form: Form, part: str, add: str) -> RowsField:
        words = Words(add, self.tr("Move up"), self.tr("Move down"), self.tr("Take off"))
        return RowsField((Part("name", part, LineField),), words, self._desk.theme, form, across=True)

    def show_record(self, record: Any) -> None:
        """Edit that agreement."""
        self._offer(record)
        super().show_record(record)
        self._tell()

    def show_new(self, title: str = "") -> None:
        """Write a new one."""
        self._offer(None)
        super().show_new(title)
        self._tell()

    def show_draft(self, values: dict[str, Any]) -> None:
        """Go on with what was typed."""
        super().show_draft(values)
        self._tell()

    def _offer(self, record: Agreement | None) -> None:
        """The vendors and people in use to choose from, and those the record names all the same."""
        vendors = records.everything(self._desk.book, Vendor, "name")
        contacts = records.everything(self._desk.book, Contact, "name")
        named = (record.vendor, record.owner) if record is not None else ()
        self._known = {person.id: person for person in contacts}
        field = self.form.fields["vendor"]
        field.clear()
        for vendor in vendors:
            if vendor.retired is None or vendor.id in named:
                field.addItem(vendor.name, vendor.id)
        self.form.fields["owner"].offer(one for one in contacts if one.retired is None or one.id in named)

    def _tell(self) -> None:
        """Say what the days come to, or what is wrong with them; ask only for what the choices leave open."""
        fields = self.form.fields
        fields["form"].setEnabled(fields["kind"].value() == AgreementKind.HOLD_HARMLESS)
        renewal = fields["renewal"].value()
        fields["term_months"].setEnabled(renewal == Renewal.TACIT)
        try:
            agreement = self.record_of(self.values(), self.before, self._desk.now())
        except PlaybookError as error:
            self.consequence.setText(str(error))
            self.coverage.setText("")
            return
        self.consequence.setText(self._consequence(agreement))
        vendor = fields["vendor"].currentText()
        first = coverage(agreement, vendor, self._desk.now().date())
        self.coverage.setText("\n".join(one.text for one in first))

    def _consequence(self, agreement: Agreement) -> str:
        today = self._desk.now().date()
        end, notice = current_end(agreement, today), notice_by(agreement, today)
        if end is None:
            earliest = earliest_end(agreement, today)
            assert earliest is not None  # what has no end can be ended
            told = self.tr("It runs until somebody ends it; notice given today would end it on {0}.")
            return told.format(short_day(earliest))
        told = self.tr("It ends on {0}.") if agreement.renewal is Renewal.FIXED else self.tr("This term ends on {0}.")
        if notice is None:
            return told.format(short_day(end))
        return f"{told.format(short_day(end))} {self.tr('Notice counts until {0}.').format(short_day(notice))}"

    def values_of(self, record: Agreement | None) -> dict[str, Any]:
        if record is None:
            blank: dict[str, Any] = dict.fromkeys((*WORDS, *DAYS, *COUNTS), "")
            return blank | {
                **{name: [] for name in NAMES},
                "vendor": self.vendor or self.form.fields["vendor"].itemData(0),
                "owner": None,
                "mutual": False,
                "kind": AgreementKind.HOLD_HARMLESS,
                "form": HoldHarmlessForm.LIMITED,
                "renewal": Renewal.FIXED,
            }
        values = {name: getattr(record, name) for name in (*WORDS, *CHOICES, "owner", "kind", "form", "renewal")}
        values |= {name: day.isoformat() if (day := getattr(record, name)) else "" for name in DAYS}
        values |= {name: [{"name": one} for one in getattr(record, name)] for name in NAMES}
        return values | {name: str(getattr(record, name) or "") for name in COUNTS}

    def record_of(self, values: dict[str, Any], before: Agreement | None, now: datetime) -> Agreement:
        fields: dict[str, Any] = {name: values[name] for name in (*WORDS, *CHOICES)}
        fields["kind"] = AgreementKind(values["kind"])
        fields["form"] = HoldHarmlessForm(values["form"]) if values["form"] else None
        fields["renewal"] = Renewal(values["renewal"])
        fields |= {name: self._day_of(values[name]) for name in DAYS}
        fields |= {name: self._count_of(values[name]) for name in COUNTS}
        fields |= {name: tuple(row["name"] for row in values[name]) for name in NAMES}
        fields["owner"] = person_of(values["owner"], self._known)
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
        for names, rule in ((DAYS, self._day_of), (COUNTS, self._count_of), (("owner",), self._owner_of)):
            for name in names:
                try:
                    rule(values[name])
                except PlaybookError:
                    return name
        return "end" if values["vendor"] else "vendor"

    def _owner_of(self, value: str | None) -> str | None:
        return person_of(value, self._known)

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
