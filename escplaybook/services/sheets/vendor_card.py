"""The card of one vendor, or of each of them."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendor_cards import vendor_card
from escplaybook.domain.vendors import Vendor
from escplaybook.services.sheets.cards import SINGLE, check_shape
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of, for_paper
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key

_KEY = re.compile(r"[A-Za-z]{2}-\d+")

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, _at: datetime) -> Content:
    """The vendor of `wish.subject` (a key), or all; with a shape as cards to cut. Raises NotFound without one."""
    if wish.shape:
        check_shape(wish.shape)
    found = programme(book)
    vendors = [vendor for vendor in found.vendors if vendor.retired is None]
    if wish.subject:
        vendors = [_vendor(book, wish.subject)]
    if not vendors:
        raise NotFound("There are no vendors in this book yet, so there is nothing to print; add one first.")
    deployment = deployment_of(found, wish)
    cards = [vendor_card(found, vendor, deployment) for vendor in vendors]

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.imposing import SHAPES
        from escplaybook.paper.vendor_card import vendor_card_sheet, vendor_cards_to_cut

        if not wish.shape:
            return vendor_card_sheet(cards, stamp, size)
        shape, is_single = SHAPES[wish.shape.removesuffix(SINGLE)], wish.shape.endswith(SINGLE)
        return vendor_cards_to_cut(cards, shape, stamp, size, is_single=is_single)

    records: dict[str, Record] = {record.id: record for card in cards for record in card.records()}
    points = for_paper(number for card in cards for number in card.numbers())
    return Content(wish, tuple(records.values()), points, lay_out)


def wishes(book: Book, _at: datetime) -> Iterator[Wish]:
    """A sheet with every vendor, if there are any."""
    if any(vendor.retired is None for vendor in programme(book).vendors):
        yield Wish("vendor-card")


def vendor_called(found: Programme, name: str) -> str:
    """The key of the vendor in use with that name; a key stands as it is. Raises NotFound if it is neither."""
    vendors, wanted = [one for one in found.vendors if one.retired is None], name.casefold()
    named = next((one.key for one in vendors if one.name.casefold() == wanted), "")
    if not named and not _KEY.fullmatch(name):
        known = ", ".join(one.name for one in vendors) or "none yet"
        raise NotFound(f"No vendor is called “{name}”; nothing was printed. There are {known}.")
    return named or name


def _vendor(book: Book, key: str) -> Vendor:
    vendor = by_key(book, key)
    if not isinstance(vendor, Vendor):
        raise NotFound(f"{vendor.key} is not a vendor; nothing was printed. Their keys look like VE-0001.")
    return vendor
