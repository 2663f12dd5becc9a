"""The desktop prints in its pool: two sheets may be asked for at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from escplaybook.services.printing import pdf_of_contact_sheet
from escplaybook.services.sample import make_sample
from escplaybook.store.book import Book


def test_sheets_printed_at_once_are_the_same_as_alone(book, path, now):
    make_sample(book, now)
    orders = ("name", "vendor", "team", "zone")

    def printed(by):
        with Book.open(path, read_only=True) as own:
            return pdf_of_contact_sheet(own, by=by, at=now, with_replacements=True)

    alone = [printed(by) for by in orders]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(printed, orders))
    assert at_once == alone
