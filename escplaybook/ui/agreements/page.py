"""Agreements: hold-harmless, NDA, support, data processing; those that ask for something first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.agreement_dates import state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.agreements.form import AgreementForm
from escplaybook.ui.agreements.reading import AgreementReading
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.vendors.told import CALM, agreement_name, kind_word, standing_words

NAME = "agreements"
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
        return HitList(self._desk, self._said, self._row_of, (), self)

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

    def _write_first(self) -> None:
        self.new()

    def _go_to_vendors(self) -> None:
        self._desk.go("vendors")

    def _all(self, book: Book) -> Sequence[Agreement]:
        return every_agreement(book, self._desk.now().date())

    def _show(self, hits: Hits) -> None:
        found = records.some(self._desk.book, Agreement, (item.id for item in hits.items))
        self._agreements = {agreement.id: agreement for agreement in found}
        self._vendors = {vendor.id: vendor.name for vendor in records.everything(self._desk.book, Vendor)}
        super()._show(hits)

    def _row_of(self, item: Any) -> Row:
        agreement = self._agreements.get(item.id)
        if agreement is None:
            return Row(item.title)
        now = self._desk.now()
        token = "muted" if state(agreement, now.date()) in CALM else "warn"
        first, *others = standing_words(agreement, now)
        facts = ((first, token), *((word, "muted") for word in others))
        title = agreement_name(agreement, self._vendors[agreement.vendor])
        return Row(title, None, "" if isinstance(item, Agreement) else item.snippet, facts)


def every_agreement(book: Book, today: date) -> Sequence[Agreement]:
    """Every agreement in use: those that are not simply in force first, then by vendor."""
    vendors = {vendor.id: vendor.name.casefold() for vendor in records.everything(book, Vendor)}
    found = (agreement for agreement in records.everything(book, Agreement) if agreement.retired is None)

    def order(agreement: Agreement) -> tuple[int, str, str]:
        stands = state(agreement, today)
        return len(URGENT) if stands in CALM else URGENT.index(stands), vendors[agreement.vendor], agreement.key

    return sorted(found, key=order)


def _name_of(agreement: Agreement) -> str:
    return agreement.title or agreement.key or kind_word(agreement.kind)


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
