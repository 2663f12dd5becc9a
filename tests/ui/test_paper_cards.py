"""Cards on the page “Paper”: whom they are for and in which form is chosen there, and the very cards are looked at."""

import io

import pytest
from PySide6.QtCore import Qt

from tests.ui.hands import opened
from tests.ui.programmes import fill


@pytest.fixture
def page(desk, book, qtbot):
    fill(book)
    window = opened(desk, qtbot, "paper")
    wait_for_pages(qtbot, window.page)
    yield window.page
    window.close()


def wait_for_pages(qtbot, page):
    qtbot.waitUntil(lambda: not page._desk.jobs.are_running() and page.preview.save.isEnabled())


def choose(qtbot, page, name):
    row = next(at for at, row in enumerate(page.table.records()) if row.paper.name == name)
    page.view.scrollTo(page.table.index(row, 0))
    box = page.view.visualRect(page.table.index(row, 0))
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    wait_for_pages(qtbot, page)


def pick(qtbot, page, field, word):
    field.setCurrentIndex(field.findText(word))
    field.activated.emit(field.currentIndex())
    wait_for_pages(qtbot, page)


def text_of(page) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(page.preview._pdf)).pages).split())


def test_pocket_cards_are_chosen_by_whom_they_are_for_and_their_form(page, qtbot):
    choose(qtbot, page, "Pocket cards")
    assert "New in the team" in text_of(page)
    assert "fold at the broken ones" in text_of(page)
    pick(qtbot, page, page.options.subject, "Who is new in the team")
    pick(qtbot, page, page.options.shape, "A7, two sides, one a page")
    assert page.preview.place.text() == "Page 1 of 2"
    assert text_of(page).startswith("New in the team")
    pick(qtbot, page, page.options.subject, "Mara Lindqvist")
    assert text_of(page).startswith("Mara Lindqvist")
