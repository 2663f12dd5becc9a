"""Agreements: hold-harmless, NDA, support, data processing; those that ask for something first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.agreements import Agreement, AgreementState, current_end, notice_by, state
from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import PlaybookError
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
from escplaybook.ui.times import short_day

NAME = "agreements"
CALM = (AgreementState.IN_FORCE, AgreementState.NOT_BEGUN)


class AgreementsPage(RecordPage):
    """Agreements by vendor."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._agreements: dict[str, Agreement] = {}
        self._vendors: dict[str, str] = {}
        super().__init__(desk, NAME, Listing("agreement", Agreement, every_agreement), parent)
        self.reading.edit_wanted.connect(self._offer)
        self.reading.record_wanted.connect(self._go_to_vendor)

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
        )

    def build_hits(self) -> HitList:
        return HitList(self._desk, self._said, self._row_of, (), self)

    def build_detail(self) -> Detail:
        self.reading, self.form = AgreementReading(self._desk, self), AgreementForm(self._desk, self)
        nothing_open = (self.tr("No agreement is open"), self.tr("Choose one at the left."))
        subject = Subject(Agreement, "agreement", _name_of, _label_of, "file-text", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Add the first agreement"), "plus", self._write_first),)

    def new(self, title: str = "") -> None:
        """Add an agreement."""
        self._offer()
        super().new(title)

    def _write_first(self) -> None:
        self.new()

    def _offer(self) -> None:
        book = self._desk.book
        vendors = [(v.name, v.id) for v in records.everything(book, Vendor, "name") if v.retired is None]
        people = [(c.name, c.id) for c in records.everything(book, Contact, "name") if c.retired is None]
        self.form.offer(vendors, people)

    def _show(self, hits: Hits) -> None:
        found = records.some(self._desk.book, Agreement, (item.id for item in hits.items))
        self._agreements = {agreement.id: agreement for agreement in found}
        self._vendors = {vendor.id: vendor.name for vendor in records.everything(self._desk.book, Vendor)}
        super()._show(hits)

    def _row_of(self, item: Any) -> Row:
        agreement = self._agreements.get(item.id)
        if agreement is None:
            return Row(item.title)
        today = self._desk.now().date()
        stands = state(agreement, today)
        facts = [(stands.value, "muted" if stands in CALM else "warn")]
        if (end := current_end(agreement, today)) is not None:
            facts.append((self.tr("until {0}").format(short_day(end)), "muted"))
        if (notice := notice_by(agreement, today)) is not None:
            facts.append((self.tr("notice by {0}").format(short_day(notice)), "muted"))
        title = f"{self._vendors[agreement.vendor]}: {agreement.title or agreement.kind.replace('-', ' ')}"
        return Row(title, None, "" if isinstance(item, Agreement) else item.snippet, tuple(facts))

    def _go_to_vendor(self, key: str) -> None:
        try:
            self._desk.go("vendors", records.by_key(self._desk.book, key).id)
        except PlaybookError as error:
            self._desk.trouble(error)


def every_agreement(book: Book) -> Sequence[Agreement]:
    """Every agreement in use, by vendor."""
    vendors = {vendor.id: vendor.name.casefold() for vendor in records.everything(book, Vendor)}
    found = (agreement for agreement in records.everything(book, Agreement) if agreement.retired is None)
    return sorted(found, key=lambda agreement: (vendors[agreement.vendor], agreement.key))


def _name_of(agreement: Agreement) -> str:
    return agreement.title or agreement.key or agreement.kind.replace("-", " ")


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
