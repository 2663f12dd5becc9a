"""Agreements: hold-harmless, NDA, support, data processing; those that ask for something first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from escplaybook.domain.agreement_dates import state
from escplaybook.domain.agreement_reminders import reminders
from escplaybook.domain.agreements import Agreement, AgreementState, Deadline
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.vendors import Vendor
from escplaybook.services import agreeing
from escplaybook.services.calendar_files import save_calendar
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.agreements.form import AgreementForm
from escplaybook.ui.agreements.reading import AgreementReading
from escplaybook.ui.desk import Desk
from escplaybook.ui.filters import filters_in, words_in
from escplaybook.ui.finder import Counted
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.times import short_day
from escplaybook.ui.vendors.told import agreement_name, kind_word, standing_words

NAME = "agreements"
STATE = "state"
"""The filter by how an agreement stands today; what changes by the day is in no index, so the page filters itself."""

URGENT = (AgreementState.LAPSED, AgreementState.NOTICE_WINDOW, AgreementState.EXPIRING, AgreementState.UNSIGNED)
"""The states that ask for something, the most pressing first."""


class AgreementsPage(RecordPage):
    """Agreements that ask for something first, then the others by vendor."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._agreements: dict[str, Agreement] = {}
        self._vendors: dict[str, str] = {}
        super().__init__(desk, NAME, Listing("agreement", Agreement, self._all), parent)
        self.reading.record_wanted.connect(desk.go_to_key)

    def words(self) -> PageWords:
        return PageWords(
            name=self.tr("Agreements"),
            hint=self.tr("Search agreements"),
            one=self.tr("1 agreement"),
            many=self.tr("{0} agreements"),
            icon="file-text",
            empty=self.tr("No agreements yet"),
            belongs=self.tr("Here belongs what is signed with vendors: what it covers, and by when notice is due."),
            nothing_found=self.tr("No agreement answers to “{0}”."),
            write_it_down=self.tr("Add this agreement"),
            new=self.tr("Add an agreement"),
        )

    def build_hits(self) -> HitList:
        hits = HitList(self._desk, self._said, self._row_of, ((STATE, self.tr("State")),), self)
        hits.offer(self.tr("Deadlines as a calendar file"), "calendar", self._save_calendar)
        return hits

    def build_detail(self) -> Detail:
        self.reading, self.form = AgreementReading(self._desk, self), AgreementForm(self._desk, self)
        nothing_open = (self.tr("No agreement is open"), self.tr("What you choose at the left is shown here."))
        subject = Subject(Agreement, "agreement", _name_of, _label_of, "file-text", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        if not records.count(self._desk.book, Vendor):
            return ((self.tr("Add a vendor first"), "building-2", self._go_to_vendors),)
        return ((self.tr("Add the first agreement"), "plus", self._write_first),)

    def new(self, title: str = "") -> None:
        """Add an agreement; with the vendor of the one that is open, if one is."""
        open_one = self.detail.record
        self.form.vendor = open_one.vendor if open_one is not None else None
        super().new(title)

    def add_with(self, vendor_id: str) -> None:
        """Add an agreement with that vendor, even if one with another was being written down."""
        if self._desk.book.read_only:
            return
        self.form.vendor = vendor_id
        self.detail.new()
        self.form.show_draft({"vendor": vendor_id})

    def _save_calendar(self) -> None:
        """Ask where, and write every deadline ahead that nobody has settled."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the deadlines"), "agreements.ics", "*.ics")
        if not path:
            return
        made, count = agreeing.calendar(self._desk.book, self._desk.now())
        try:
            save_calendar(made, Path(path))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.say(self.tr("The deadlines ahead are in {0} ({1}); open it with your calendar.").format(path, count))

    def _write_first(self) -> None:
        self.new()

    def _go_to_vendors(self) -> None:
        self._desk.go("vendors")

    def is_listed(self, text: str) -> bool:
        """Without a search, and with the filter by state, which the page looks to itself."""
        return super().is_listed(text) or STATE in dict(filters_in(text))

    def step_out(self) -> bool:
        """Close what is asked before an act is done, first."""
        return self.reading.leave_asking() or super().step_out()

    def _all(self, book: Book) -> Sequence[Agreement]:
        """Every agreement, or those that stand as the filter says and have every word that is typed beside it."""
        today, text = self._desk.now().date(), self._question.text
        wanted, words = dict(filters_in(text)).get(STATE, ""), words_in(text).casefold().split()
        vendors = {vendor.id: vendor.name for vendor in records.everything(book, Vendor)}

        def has_words(one: Agreement) -> bool:
            told = " ".join((one.key, one.title, kind_word(one.kind), one.scope, vendors[one.vendor])).casefold()
            return all(word in told for word in words)

        found = [one for one in every_agreement(book, today) if has_words(one)]
        if not wanted:
            return found
        return [one for one in found if state(one, today).casefold() == wanted.casefold()]

    def _show(self, hits: Hits) -> None:
        found = records.some(self._desk.book, Agreement, (item.id for item in hits.items))
        self._agreements = {agreement.id: agreement for agreement in found}
        self._vendors = {vendor.id: vendor.name for vendor in records.everything(self._desk.book, Vendor)}
        super()._show(hits)
        today = self._desk.now().date()
        stand = Counter(state(one, today) for one in every_agreement(self._desk.book, today))
        self.hits.show_facets({STATE: [(name, stand[name]) for name in AgreementState if stand[name]]})

    def _counted(self, counted: Counted) -> None:
        """A search counts facets of its own, and has none by state."""
        super()._counted(replace(counted, facets=self.hits.facets))

    def _row_of(self, item: Any) -> Row:
        agreement = self._agreements.get(item.id)
        if agreement is None:
            return Row(item.title)
        now = self._desk.now()
        asking = {one.about for one in reminders(agreement, now.date())}
        is_unsigned = state(agreement, now.date()) is AgreementState.UNSIGNED
        token = "warn" if is_unsigned or asking & {Deadline.NOTICE, Deadline.END} else "muted"
        first, *others = standing_words(agreement, now)
        facts = [(first, token)]
        if Deadline.INSURANCE in asking and agreement.insurance_until is not None:
            facts.append((self.tr("insurance until {0}").format(short_day(agreement.insurance_until)), "warn"))
        facts += [(word, "muted") for word in others]
        title = agreement_name(agreement, self._vendors[agreement.vendor])
        return Row(title, None, "" if isinstance(item, Agreement) else item.snippet, tuple(facts))


def every_agreement(book: Book, today: date) -> Sequence[Agreement]:
    """Every agreement in use: what is not simply in force first, then what else asks for something; by vendor."""
    vendors = {vendor.id: vendor.name.casefold() for vendor in records.everything(book, Vendor)}
    found = (agreement for agreement in records.everything(book, Agreement) if agreement.retired is None)

    def order(agreement: Agreement) -> tuple[int, str, str]:
        stands = state(agreement, today)
        rank = URGENT.index(stands) if stands in URGENT else len(URGENT) + (not reminders(agreement, today))
        return rank, vendors[agreement.vendor], agreement.key

    return sorted(found, key=order)


def _name_of(agreement: Agreement) -> str:
    return agreement.title or agreement.key or kind_word(agreement.kind)


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
