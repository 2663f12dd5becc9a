"""What the program does with its arguments."""

import sys

import pytest
from pypdf import PdfReader

from escplaybook import __main__ as start
from escplaybook.services.sample import make_sample
from escplaybook.ui import main as desktop


@pytest.fixture
def opened(monkeypatch):
    """The books that the desktop was opened on, in place of the desktop."""
    books: list[object] = []
    monkeypatch.setattr(desktop, "run_desktop", lambda book=None: books.append(book) or 0)
    return books


def begin(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["escplaybook", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        start.main()
    return left.value.code


def test_without_arguments_the_desktop_opens_on_the_usual_book(monkeypatch, opened):
    assert begin(monkeypatch) == 0
    assert opened == [None]


def test_a_double_click_opens_that_book(monkeypatch, opened, book, path):
    assert begin(monkeypatch, path) == 0
    assert begin(monkeypatch, "--book", path) == 0
    assert opened == [path, path]


def test_a_command_never_opens_the_desktop(monkeypatch, opened, book, path, capsys):
    assert begin(monkeypatch, "entries", "list", "--book", path) == 0
    assert begin(monkeypatch, "nonsense") == 2
    assert opened == []


def test_every_paper_of_the_tour_is_printed_and_has_pages(book, tmp_path, now):
    make_sample(book, now)
    papers = start._papers(book, tmp_path, now)
    assert {paper.suffix for paper in papers} == {".pdf"}
    assert all(PdfReader(paper).pages for paper in papers)
    kinds = ("matrix-harbour-erp", "contact-sheet-vendor", "call-list", "KB-0001")
    assert set(kinds) <= {paper.stem for paper in papers}
