"""An agreement to read: what it covers in plain words, how it stands, what it asks for, and which days matter."""

import html
from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtWidgets import QPushButton, QWidget

from escplaybook.domain.agreement_dates import current_end, earliest_end, is_ending, notice_by, renewal_day, state
from escplaybook.domain.agreement_reminders import can_be_ended, reminders
from escplaybook.domain.agreements import Act, Agreement, AgreementState, Deadline, Renewal
from escplaybook.domain.contacts import Contact
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.ui.agreements.acting import Acting, Deed
from escplaybook.ui.agreements.told import acted_word, coverage_html, deadline_word
from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.attachments_field import AttachmentsField
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import said_day, short_day
from escplaybook.ui.vendors.told import agreement_name, kind_word


class AgreementReading(RecordReading):
    """Shows one agreement; its vendor is a link. What it asks for is acted on in place, its documents stand below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.text.setAccessibleName(self.tr("The agreement"))
        self.acting.left.connect(self.text.setFocus)
        layout = self.layout()
        assert layout is not None  # RecordReading has laid it out
        layout.addWidget(self.documents)
        desk.ticker.minute.connect(self._ask_again)

    def buttons(self) -> list[QPushButton]:
        self.give_notice = self.button(self.tr("Notice given …"), "mail")
        self.give_notice.clicked.connect(self._ask_notice)
        return [self.edit, self.give_notice, self.history, self.retire]

    def below_actions(self) -> list[QWidget]:
        self.acting, self.documents = Acting(self._desk, self), AttachmentsField(self._desk, self)
        return [self.acting]  # the documents stand below the text

    def show_record(self, record: Agreement, words: Sequence[str] = ()) -> None:
        """Show an agreement, what it asks for today, and its documents."""
        super().show_record(record, words)
        self.documents.show_record(record)
        self._ask_again()

    def leave_asking(self) -> bool:
        """Close what is asked before an act is done; tells whether anything was."""
        return self.acting.leave()

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
        vendor = self._vendor(agreement)
        yield f"<h2>{self.tr('What does this cover?')}</h2>{coverage_html(agreement, vendor.name, self._desk.now())}"
        wordings = (
            (self.tr("What it covers, as written"), agreement.scope),
            (self.tr("What it does not cover, as written"), agreement.carve_outs),
        )
        for heading, text in wordings:
            if "\n" in text.strip():  # one line is whole in the plain words
                yield f"<h2>{heading}</h2>{block(text)}"
        yield f"<h2>{self.tr('Days that matter')}</h2>{self._days(agreement)}{self._renewal(agreement)}"
        if agreement.acted:
            yield f"<h2>{self.tr('What was done about them')}</h2>{self._acts(agreement)}"
        yield f"<h2>{self.tr('Vendor')}</h2><p><a href='record:{vendor.key}'>{html.escape(vendor.name)}</a></p>"
        yield from self._people(agreement)
        if agreement.notice_address:
            yield f"<h2>{self.tr('Notice goes to')}</h2><p>{html.escape(agreement.notice_address)}</p>"
        if agreement.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(agreement.notes)}"

    def _people(self, agreement: Agreement) -> Iterator[str]:
        if agreement.parties:
            yield f"<h2>{self.tr('Parties')}</h2>{_lines(agreement.parties)}"
        if agreement.signatories:
            yield f"<h2>{self.tr('Signed by')}</h2>{_lines(agreement.signatories)}"
        if agreement.owner:
            owner = records.get(self._desk.book, Contact, agreement.owner)
            link = f"<a href='record:{html.escape(owner.key)}'>{html.escape(owner.name)}</a>"
            yield f"<h2>{self.tr('Owner here')}</h2><p>{link}</p>"

    def _days(self, agreement: Agreement) -> str:
        """A line of time from top to bottom, today in its place."""
        now = self._desk.now()
        today = now.date()
        days = [(day, name) for name, day in self._named_days(agreement, today) if day is not None]
        rows = ""
        for day, name in sorted([(today, ""), *days]):
            date_words, away = short_day(day), said_day(day, now) if name else ""
            shown = "" if away == date_words else f"<span class='quiet'>{away}</span>"  # what is far has only its date
            cells = _cell(date_words, is_past=day < today) + _cell(name, is_past=day < today)
            rows += f"<tr>{cells if name else _today(date_words, self.tr('Today'))}<td>{shown}</td></tr>"
        return f"<table cellspacing='0' cellpadding='2'>{rows}</table><p class='gap'></p>"

    def _named_days(self, agreement: Agreement, today: date) -> Iterator[tuple[str, date | None]]:
        end = current_end(agreement, today)
        yield self.tr("Signed"), agreement.signed
        yield self.tr("Start"), agreement.start
        is_least = agreement.renewal is Renewal.EVERGREEN
        if agreement.end != end:
            yield self.tr("Cannot be ended before") if is_least else self.tr("End as signed"), agreement.end
        yield self.tr("Last day for notice"), notice_by(agreement, today)
        yield self.tr("It ends") if is_ending(agreement, today) else self.tr("End of this term"), end
        yield self.tr("It renews itself"), renewal_day(agreement, today)
        if can_be_ended(agreement, today) and (earliest := earliest_end(agreement, today)) != end:
            yield self.tr("Earliest end, by notice today"), earliest
        yield self.tr("Insurance certificate runs out"), agreement.insurance_until

    def _acts(self, agreement: Agreement) -> str:
        lines = []
        for one in reversed(agreement.acted):
            about = self.tr("{0} of {1}").format(deadline_word(one.about), short_day(one.deadline))
            note = f": {html.escape(one.note)}" if one.note else ""
            told = f"{acted_word(one.act)} <span class='quiet'>({about}, {html.escape(one.by)})</span>{note}"
            lines.append(f"{short_day(one.on)} · {told}")
        return f"<p>{'<br>'.join(lines)}</p>"

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

    def _ask_again(self) -> None:
        """Ask for what the day asks for; what is retired asks for nothing."""
        record: Agreement | None = self.record
        if record is None:
            return
        today = self._desk.now().date()
        in_use = record.retired is None
        asking = reminders(record, today) if in_use else ()
        self.acting.show_reminders(record, asking)
        is_offered = any(Act.NOTICE_GIVEN in one.acts for one in asking)
        self.give_notice.setVisible(
            in_use and not is_offered and not self._desk.book.read_only and can_be_ended(record, today)
        )

    def _ask_notice(self) -> None:
        self.acting.ask(Deed(Act.NOTICE_GIVEN, Deadline.NOTICE))

    def _vendor(self, agreement: Agreement) -> Vendor:
        return records.get(self._desk.book, Vendor, agreement.vendor)

    def _fit(self) -> None:
        super()._fit()
        self.documents.stand_below(self.head)


def _lines(names: Sequence[str]) -> str:
    return f"<p>{'<br>'.join(map(html.escape, names))}</p>"


def _cell(text: str, *, is_past: bool) -> str:
    """A cell of the line of time; what is over is quiet."""
    return "<td class='cell'>" + (f"<span class='quiet'>{text}</span>" if is_past else text) + "</td>"


def _today(*texts: str) -> str:
    return "".join(f"<td class='cell'><b>{text}</b></td>" for text in texts)
