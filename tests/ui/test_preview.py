"""The very pages are looked at, saved and sent."""

import io

import pytest
from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from escplaybook.domain.errors import NotFound
from escplaybook.ui.preview import Preview


@pytest.fixture
def pdf(tmp_path, qapp) -> bytes:
    """Three pages, the last of them wide."""
    target = tmp_path / "pages.pdf"
    writer = QPdfWriter(str(target))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    painter.setFont(QFont("Inter", 40))
    painter.drawText(600, 600, "One")
    writer.newPage()
    painter.drawText(600, 600, "Two")
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF())
    )
    writer.newPage()
    painter.drawText(600, 600, "Three")
    painter.end()
    return target.read_bytes()


@pytest.fixture
def preview(desk, pdf, qtbot):
    made = Preview(desk)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_pdf("KB-0001 on paper", "KB-0001", lambda _book, _replaced: pdf)
    qtbot.waitUntil(made.save.isEnabled)
    return made


def test_the_pages_show_and_say_which_one_is_seen(preview):
    assert preview.place.text() == "Page 1 of 3"
    preview.view.verticalScrollBar().setValue(preview.view.verticalScrollBar().maximum())
    assert preview.place.text() == "Page 3 of 3"


def test_ink_is_drawn_on_white_paper(preview):
    image = preview.view._image(0, QSizeF(595, 842).toSize())
    colours = {image.pixelColor(x, y).lightness() for x in range(150) for y in range(100)}
    assert max(colours) == 255
    assert min(colours) < 128


def test_zoom_keeps_the_middle_in_view(preview, qtbot):
    bar = preview.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    page = preview.view.page_in_view()
    qtbot.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    assert preview.view.page_in_view() == page
    assert preview.zoom.text() == f"{round(preview.view.zoom * 100)} %"


def test_what_is_saved_is_the_very_pdf(preview, pdf, tmp_path):
    preview.save_as(str(tmp_path / "out.pdf"))
    assert (tmp_path / "out.pdf").read_bytes() == pdf


def test_a_place_that_cannot_be_written_is_told(preview, desk, qtbot, tmp_path):
    with qtbot.waitSignal(desk.said) as told:
        preview.save_as(str(tmp_path / "no" / "such" / "folder.pdf"))
    assert told.args[0].is_trouble


def test_every_page_reaches_the_printer(preview, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    from pypdf import PdfReader

    pages = PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) == 3
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, False, True]


def test_what_cannot_be_printed_is_told_in_its_place(desk, qtbot):
    preview = Preview(desk)
    qtbot.addWidget(preview)

    def make(_book, _replaced):
        raise NotFound("There are no contacts in this book yet.")

    preview.show_pdf("Contact sheet", "contact-sheet", make)
    qtbot.waitUntil(lambda: preview.pane.state.sentence.text() == "There are no contacts in this book yet.")
    assert not preview.save.isEnabled()


def test_an_entry_is_looked_at_as_it_will_be_printed(desk, known, qtbot):
    """The whole way: the page asks, the paper room sets the pages, the preview shows them."""
    from pypdf import PdfReader

    from escplaybook.ui.desk import Place
    from escplaybook.ui.window import MainWindow

    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.go(Place("knowledge", known[0].id))
    qtbot.mouseClick(window.page.reading.print, Qt.MouseButton.LeftButton)
    preview = window.stage.preview
    qtbot.waitUntil(preview.save.isEnabled)
    assert preview.title.text() == "KB-0001 on paper"
    assert "Login loops after SAML cut-over" in PdfReader(io.BytesIO(preview._pdf)).pages[0].extract_text()
    qtbot.keyClick(preview.view, Qt.Key.Key_Escape)
    assert window.stage.is_on_pages()
    window.close()


def test_letters_that_no_font_has_are_named_and_can_be_printed_as_numbers(desk, book, entry, now, qtbot):
    from escplaybook.domain.edits import Edit
    from escplaybook.services import editing
    from escplaybook.ui.rooms import Rooms
    from escplaybook.ui.stage import Stage

    (stored,) = editing.apply(book, "Add", Edit(None, entry("Rockets 🚀 in the title")), now=now)
    stage = Stage(desk, Rooms(desk))
    qtbot.addWidget(stage)
    stage.print_entry(stored.after)
    preview = stage.preview
    qtbot.waitUntil(lambda: "No font here can print" in preview.pane.state.sentence.text())
    preview.pane.state.buttons[0].click()
    qtbot.waitUntil(preview.save.isEnabled)


def test_what_is_typed_is_found_in_the_pages_and_walked_through(preview, qtbot):
    preview.find_here()
    assert preview.find_bar.line.hasFocus() or preview.find_bar.isVisible()
    qtbot.keyClicks(preview.find_bar.line, "t")
    assert preview.find_bar.count.text() == "1 of 2"  # Two, Three
    assert preview.place.text() == "Page 2 of 3"
    qtbot.keyClick(preview.find_bar.line, Qt.Key.Key_Return)
    assert preview.find_bar.count.text() == "2 of 2"
    assert preview.place.text() == "Page 3 of 3"
    qtbot.keyClick(preview.find_bar.line, Qt.Key.Key_Return)
    assert preview.find_bar.count.text() == "1 of 2"
    qtbot.keyClick(preview.find_bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert preview.find_bar.count.text() == "2 of 2"
    qtbot.keyClicks(preview.find_bar.line, "hrough")
    assert preview.find_bar.count.text() == "Not on these pages"
    assert not preview.find_bar.next.isEnabled()
    qtbot.keyClick(preview.find_bar.line, Qt.Key.Key_Escape)
    assert not preview.find_bar.isVisible()
    assert preview.view.place_found() == 0


def test_what_is_found_is_marked_where_it_stands(preview, qtbot):
    def tinted() -> int:
        image = preview.view.grab().toImage()
        points = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
        return sum(image.pixelColor(x, y).saturation() > 60 for x, y in points)

    bare = tinted()
    preview.find_here()
    qtbot.keyClicks(preview.find_bar.line, "one")
    assert tinted() > bare + 50
    preview.close_finding()
    assert tinted() == bare
