"""An agreement to read: what it covers in plain words, how it stands, and which days matter."""

import html
from collections.abc import Iterator
from datetime import date

from escplaybook.domain.agreement_dates import current_end, notice_by, state
from escplaybook.domain.agreements import Agreement, AgreementState, HoldHarmlessForm, Renewal
from escplaybook.domain.contacts import Contact
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said_day, short_day
from escplaybook.ui.vendors.told import agreement_name, kind_word


class AgreementReading(RecordReading):
    """Shows one agreement; its vendor is a link."""

    def tell_facts(self, record: Agreement) -> None:
        binds = self.tr("both sides") if record.mutual else self.tr("one way")
        shape = self.tr("{0} form").format(record.form) if record.form is not None else ""
        self.facts.tell(None, record.key, kind_word(record.kind), shape, binds)

    def title_of(self, record: Agreement) -> str:
        return agreement_name(record, self._vendor(record).name)

    def standing_of(self, record: Agreement) -> tuple[str, str]:
        now = self._desk.now()
        today = now.date()
        end, notice = current_end(record, today), notice_by(record, today)
        until = said_day(end, now) if end is not None else ""
        if record.retired is not None:
            return "small", self.tr("Retired: nobody watches its days any more")
        match state(record, today):
            case AgreementState.UNSIGNED:
                return "warn", self.tr("Not signed: it protects nobody yet")
            case AgreementState.NOT_BEGUN:
                return "small", self.tr("Signed, not begun yet")
            case AgreementState.LAPSED:
                return "bad", self.tr("Lapsed {0}: it protects nobody any more").format(until)
            case AgreementState.NOTICE_WINDOW:
                assert notice is not None  # else there is no window
                return "warn", self._notice_due(record).format(short_day(notice), said_day(notice, now))
            case AgreementState.EXPIRING:
                return "warn", self.tr("In force, ends {0}").format(until)
            case _:
                return "good", self._in_force(end, notice)

    def _notice_due(self, record: Agreement) -> str:
        if record.renewal is Renewal.TACIT:
            return self.tr("Renews itself unless notice is given by {0} ({1})")
        return self.tr("In force; notice counts until {0} ({1})")

    def _in_force(self, end: date | None, notice: date | None) -> str:
        told = self.tr("In force")
        if end is not None:
            told = self.tr("In force until {0}").format(short_day(end))
        return told if notice is None else self.tr("{0}, notice by {1}").format(told, short_day(notice))

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
            owner = records.get(self._desk.book, Contact, agreement.owner)
            link = f"<a href='record:{html.escape(owner.key)}'>{html.escape(owner.name)}</a>"
            yield f"<h2>{self.tr('Owner here')}</h2><p>{link}</p>"
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
            f"<tr><td class='cell'><span class='quiet'>{name}</span></td><td>{short_day(day)}</td></tr>"
            for name, day in days
            if day
        )
        return f"<table cellspacing='0' cellpadding='2'>{rows}</table>" + self._renewal(agreement)

    def _renewal(self, agreement: Agreement) -> str:
        told = {
            Renewal.FIXED: self.tr("It ends on its day."),
            Renewal.TACIT: self.tr("It renews itself by {0} months at a time."),
            Renewal.EVERGREEN: self.tr("It runs until somebody ends it."),
        }[agreement.renewal].format(agreement.term_months)
        spans = [
            (one if count == 1 else many).format(count)
            for one, many, count in (
                (self.tr("a month"), self.tr("{0} months"), agreement.notice_months),
                (self.tr("a day"), self.tr("{0} days"), agreement.notice_days),
            )
            if count
        ]
        if spans:
            told += " " + self.tr("Notice is due {0} before the end.").format(self.tr(" and ").join(spans))
        return f"<p class='quiet'>{told}</p>"

    def _meaning(self, shape: HoldHarmlessForm) -> str:
        return {
            HoldHarmlessForm.BROAD: self.tr("Broad: they stand for the damage even where we alone were at fault."),
            HoldHarmlessForm.INTERMEDIATE: self.tr("Intermediate: they stand for it unless the fault is ours alone."),
            HoldHarmlessForm.LIMITED: self.tr("Limited: each side stands for the share that is its own fault."),
        }[shape]

    def _vendor(self, agreement: Agreement) -> Vendor:
        return records.get(self._desk.book, Vendor, agreement.vendor)
