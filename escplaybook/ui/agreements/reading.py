"""An agreement to read: what it covers in plain words, how it stands, and which days matter."""

import html
from collections.abc import Iterator

from escplaybook.domain.agreements import Agreement, AgreementState, HoldHarmlessForm, current_end, notice_by, state
from escplaybook.domain.contacts import Contact
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said_day, short_day


class AgreementReading(RecordReading):
    """Shows one agreement; its vendor is a link."""

    def tell_facts(self, record: Agreement) -> None:
        binds = self.tr("both sides") if record.mutual else self.tr("one way")
        shape = self.tr("{0} form").format(record.form) if record.form is not None else ""
        self.facts.tell(None, record.key, record.kind.replace("-", " "), shape, binds)

    def title_of(self, record: Agreement) -> str:
        return f"{self._vendor(record).name}: {record.title or record.kind.replace('-', ' ')}"

    def standing_of(self, record: Agreement) -> tuple[str, str]:
        now = self._desk.now()
        today = now.date()
        end, notice = current_end(record, today), notice_by(record, today)
        until = said_day(end, now) if end is not None else ""
        match state(record, today):
            case AgreementState.UNSIGNED:
                return "warn", self.tr("Not signed: it protects nobody yet")
            case AgreementState.NOT_BEGUN:
                return "small", self.tr("Signed, not begun yet")
            case AgreementState.LAPSED:
                return "bad", self.tr("Lapsed {0}").format(until)
            case AgreementState.NOTICE_WINDOW:
                told = self.tr("Renews itself unless notice is given by {0} ({1})")
                return "warn", told.format(short_day(notice), said_day(notice, now)) if notice is not None else ""
            case AgreementState.EXPIRING:
                return "warn", self.tr("In force, ends {0}").format(until)
            case _:
                return "good", self.tr("In force")

    def html_of(self, record: Agreement) -> str:
        return "".join(self._parts(record))

    def _parts(self, agreement: Agreement) -> Iterator[str]:
        if agreement.form is not None:
            yield f"<h2>{self.tr('What the form means')}</h2><p>{self._meaning(agreement.form)}</p>"
        if agreement.scope:
            yield f"<h2>{self.tr('What it covers')}</h2>{block(agreement.scope)}"
        if agreement.carve_outs:
            yield f"<h2>{self.tr('What it does not cover')}</h2>{block(agreement.carve_outs)}"
        if agreement.cap:
            yield f"<h2>{self.tr('Cap')}</h2><p>{html.escape(agreement.cap)}</p>"
        yield f"<h2>{self.tr('Days that matter')}</h2>{self._days(agreement)}"
        vendor = self._vendor(agreement)
        yield f"<h2>{self.tr('Vendor')}</h2><p><a href='record:{vendor.key}'>{html.escape(vendor.name)}</a></p>"
        if agreement.owner:
            owner = records.find(self._desk.book, Contact, agreement.owner)
            yield f"<h2>{self.tr('Owner here')}</h2><p>{html.escape(owner.name) if owner else ''}</p>"
        if agreement.notice_address:
            yield f"<h2>{self.tr('Notice goes to')}</h2><p>{html.escape(agreement.notice_address)}</p>"
        if agreement.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(agreement.notes)}"

    def _days(self, agreement: Agreement) -> str:
        today = self._desk.now().date()
        days = (
            (self.tr("Signed"), agreement.signed),
            (self.tr("Start"), agreement.start),
            (self.tr("End as signed"), agreement.end),
            (self.tr("End of this term"), current_end(agreement, today)),
            (self.tr("Notice by"), notice_by(agreement, today)),
            (self.tr("Insurance until"), agreement.insurance_until),
        )
        rows = "".join(
            f"<tr><td class='quiet'>{name}&nbsp;&nbsp;&nbsp;</td><td>{short_day(day)}</td></tr>"
            for name, day in days
            if day
        )
        return f"<table cellspacing='0' cellpadding='3'>{rows}</table>" + self._renewal(agreement)

    def _renewal(self, agreement: Agreement) -> str:
        if agreement.term_months:
            told = self.tr("Renews itself by {0} months at a time.").format(agreement.term_months)
        else:
            told = self.tr("Ends on its day.") if agreement.end else self.tr("Runs until somebody ends it.")
        return f"<p class='quiet'>{told}</p>"

    def _meaning(self, shape: HoldHarmlessForm) -> str:
        return {
            HoldHarmlessForm.BROAD: self.tr("Broad: they stand for the damage even where we alone were at fault."),
            HoldHarmlessForm.INTERMEDIATE: self.tr("Intermediate: they stand for it unless the fault is ours alone."),
            HoldHarmlessForm.LIMITED: self.tr("Limited: each side stands for the share that is its own fault."),
        }[shape]

    def _vendor(self, agreement: Agreement) -> Vendor:
        return records.get(self._desk.book, Vendor, agreement.vendor)
