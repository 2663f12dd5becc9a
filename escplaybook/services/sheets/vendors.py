"""The sheet of the vendors: their ladders, what protects us, and the people we know there."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import NotFound
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Importance, importances
from escplaybook.services.sheets.wishes import Content, Wish, for_paper, printed
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, _at: datetime) -> Content:
    """Every vendor in use or the one that `wish.subject` names, with their agreements and their people."""
    found = programme(book)
    vendors = [vendor for vendor in found.vendors if vendor.retired is None]
    if not vendors:
        raise NotFound("There are no vendors in this book yet, so there is nothing to print; add one first.")
    if wish.subject:
        vendors = [_named(book, vendors, wish.subject)]
    known = {vendor.id for vendor in vendors}
    agreements = [one for one in found.agreements if one.retired is None and one.vendor in known]
    people = {vendor.id: _people_of(found, vendor) for vendor in vendors}
    everyone = [person for listed in people.values() for person in listed]
    weights = importances(found)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.contacts import Listing
        from escplaybook.paper.vendors import vendor_sheet

        names = {person.id: person.name for person in everyone}
        listing = Listing(names, stamp.printed.date(), frozenset({"organisation"}), weights)
        return vendor_sheet(vendors, agreements, stamp, size, people, listing)

    points = [(point, Importance.VENDOR) for vendor in vendors for level in vendor.levels for point in level.points]
    return Content(wish, (*vendors, *agreements, *everyone), (*for_paper(points), *printed(everyone, weights)), lay_out)


def _named(book: Book, vendors: list[Vendor], word: str) -> Vendor:
    """The vendor in use with that name or key. Raises NotFound."""
    for vendor in vendors:
        if word.casefold() == vendor.name.casefold():
            return vendor
    with suppress(NotFound):
        found = by_key(book, word)
        if found in vendors and isinstance(found, Vendor):
            return found
    known = ", ".join(vendor.name for vendor in vendors)
    raise NotFound(f"No vendor is called “{word}”; nothing was printed. There are {known}.")


def _people_of(found: Programme, vendor: Vendor) -> list[Contact]:
    """The contacts of the vendor's organisation that are in use."""
    people = (person for person in found.contacts.values() if person.retired is None)
    return [person for person in people if person.organisation.casefold() == vendor.name.casefold()]
