"""The sheet of the vendors: their ladders, and what protects us."""

from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.errors import NotFound
from escplaybook.domain.verification import Importance
from escplaybook.services.sheets.wishes import Content, Wish, for_paper
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp


def content(book: Book, wish: Wish, _at: datetime) -> Content:
    """Every vendor in use, with their agreements."""
    found = programme(book)
    vendors = [vendor for vendor in found.vendors if vendor.retired is None]
    if not vendors:
        raise NotFound("There are no vendors in this book yet, so there is nothing to print; add one first.")
    known = {vendor.id for vendor in vendors}
    agreements = [one for one in found.agreements if one.retired is None and one.vendor in known]

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.vendors import vendor_sheet

        return vendor_sheet(vendors, agreements, stamp, size)

    points = [(point, Importance.VENDOR) for vendor in vendors for level in vendor.levels for point in level.points]
    return Content(wish, (*vendors, *agreements), for_paper(points), lay_out)
