"""Vendors: third parties, how to get through to them, and what is agreed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.vendors import Vendor
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.vendors.form import VendorForm
from escplaybook.ui.vendors.reading import VendorReading
from escplaybook.ui.vendors.told import is_open_now

NAME = "vendors"


class VendorsPage(RecordPage):
    """Vendors by name. `agreement_wanted` carries the id of the vendor with whom one is to be written down."""

    agreement_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._vendors: dict[str, Vendor] = {}
        super().__init__(desk, NAME, Listing("vendor", Vendor, every_vendor), parent)
        self.reading.record_wanted.connect(desk.go_to_key)
        self.reading.agreement_wanted.connect(self._add_agreement)
        desk.bridge.changed.connect(self._show_agreements)

    def words(self) -> PageWords:
        return PageWords(
            name=self.tr("Vendors"),
            hint=self.tr("Search vendors"),
            one=self.tr("1 vendor"),
            many=self.tr("{0} vendors"),
            icon="building-2",
            empty=self.tr("No vendors yet"),
            belongs=self.tr("Here belongs every third party: its ladder, the numbers it asks for, what is agreed."),
            nothing_found=self.tr("No vendor answers to “{0}”."),
            write_it_down=self.tr("Add this vendor"),
            new=self.tr("Add a vendor"),
        )

    def build_hits(self) -> HitList:
        return HitList(self._desk, self._said, self._row_of, (), self)

    def build_detail(self) -> Detail:
        self.reading, self.form = VendorReading(self._desk, self), VendorForm(self._desk, self)
        nothing_open = (self.tr("No vendor is open"), self.tr("What you choose at the left is shown here."))
        subject = Subject(Vendor, "vendor", _name_of, _label_of, "building-2", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Add the first vendor"), "plus", self._write_first),)

    def print_this(self) -> None:
        """Show the vendors as they are printed."""
        self._desk.go("paper", Wish("contact-sheet", by="vendor").address)

    def _write_first(self) -> None:
        self.new()

    def _show(self, hits: Hits) -> None:
        found = records.some(self._desk.book, Vendor, (item.id for item in hits.items))
        self._vendors = {vendor.id: vendor for vendor in found}
        super()._show(hits)

    def _row_of(self, item: Any) -> Row:
        vendor = self._vendors.get(item.id)
        if vendor is None:
            return Row(item.title)
        told = self.tr("around the clock")
        if vendor.hours:
            told = self.tr("open now") if is_open_now(vendor, self._desk.now()) else self.tr("closed now")
        number = vendor.entitlements[0].number if vendor.entitlements else ""
        facts = tuple((word, "muted") for word in (told, ", ".join(vendor.systems), number) if word)
        return Row(vendor.name, None, "" if isinstance(item, Vendor) else item.snippet, facts)

    def _add_agreement(self) -> None:
        if self.reading.record is not None:
            self.agreement_wanted.emit(self.reading.record.id)

    def _show_agreements(self, kinds: frozenset[type[Any]]) -> None:
        """An agreement was written: the vendor that is open tells of it."""
        if Agreement in kinds and self.reading.record is not None:
            self.reading.show_record(self.reading.record)


def every_vendor(book: Book) -> Sequence[Vendor]:
    """Every vendor in use, by name."""
    found = (vendor for vendor in records.everything(book, Vendor) if vendor.retired is None)
    return sorted(found, key=lambda vendor: vendor.name.casefold())


def _name_of(vendor: Vendor) -> str:
    return vendor.name


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
