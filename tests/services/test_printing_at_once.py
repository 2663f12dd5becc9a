"""The desktop prints in its pool: two sheets may be asked for at the same moment.

ReportLab reads a font through one place in its file and keeps the glyphs of the sheet it is saving in the font itself,
so two sheets saved at once take each other's glyphs.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest

from escplaybook.paper.page import Sheet
from escplaybook.services.printing import pdf_of
from escplaybook.services.sample import make_sample
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store.book import Book


@pytest.fixture
def met(monkeypatch):
    """Whether two sheets ever were on the press together: each waits there a moment for the other."""
    meeting, met = Barrier(2), []
    really = Sheet.pdf

    def pdf(sheet):
        try:
            meeting.wait(timeout=0.3)
            met.append(sheet.title)
        except BrokenBarrierError:
            meeting.reset()
        return really(sheet)

    monkeypatch.setattr(Sheet, "pdf", pdf)
    return met


def test_two_sheets_are_never_on_the_press_together(book, path, now, met):
    make_sample(book, now)

    def printed(by):
        with Book.open(path, read_only=True) as own:
            return pdf_of(own, Wish("contact-sheet", by=by), at=now, with_replacements=True)

    with ThreadPoolExecutor(2) as pool:
        sheets = list(pool.map(printed, ("name", "vendor")))
    assert all(sheet.startswith(b"%PDF") for sheet in sheets)
    assert met == []
