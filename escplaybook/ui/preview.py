"""What will be printed, before it is: the very PDF, to look at, save or send to a printer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.errors import PlaybookError
from escplaybook.services.printing import Unprintable, font_remarks, save
from escplaybook.services.printing_verify import Label, label_of
from escplaybook.store.book import Book
from escplaybook.ui.background import Job
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.find_bar import FindBar
from escplaybook.ui.parts.pdf_view import Pages, PdfView
from escplaybook.ui.parts.states import Offer, StatePane
from escplaybook.ui.times import short_day

DOTS = 300
"""Dots an inch sent to the printer; more makes no sharper text on a laser printer, only a larger job."""

Make = Callable[[Book, bool], bytes]
"""Makes the PDF; with True, characters that no font here has are printed as their numbers."""


class Preview(QFrame):
    """`left` says that the person is done here. One that is not `is_over` a page but part of it has no way back."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, is_over: bool = True) -> None:
        super().__init__(parent)
        self._desk, self._is_over = desk, is_over
        self._setting: _Setting | None = None
        self._pdf, self._name = b"", ""
        self._pages: Pages | None = None
        self._make: Make | None = None
        self._hits = 0
        self.dialog: QFileDialog | QPrintDialog | None = None
        self.setProperty("plane", "raised")
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.place = QLabel(self)
        self.place.setProperty("role", "muted")
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        self.remark.setContentsMargins(16, 8, 16, 8)
        self.view = PdfView(desk.theme, self)
        self.view.moved.connect(self._moved)
        self.view.zoomed.connect(self._zoomed)
        self.find_bar = FindBar(desk.theme, self)
        self.find_bar.hide()
        self.find_bar.typed.connect(self._find)
        self.find_bar.stepped.connect(self._step_found)
        self.find_bar.left.connect(self.close_finding)
        self.pane = StatePane(self.view, desk.theme, self)
        self.back = self._button(self.tr("Back"), "arrow-left", self.left.emit)
        self.smaller = self._button("", "zoom-out", self._smaller, self.tr("Smaller"))
        self.zoom = self._button("100 %", "", self.view.fit, self.tr("As wide as the window"))
        self.larger = self._button("", "zoom-in", self._larger, self.tr("Larger"))
        self.finding = self._button("", "search", self.find_here, self.tr("Find in these pages (Ctrl+F)"))
        self.save = self._button(self.tr("Save as …"), "save", self.ask_where)
        self.print = self._button(self.tr("Print …"), "printer", self.ask_printer)
        self.print.setProperty("kind", "primary")
        dress(self.print, "printer", desk.theme, "on_accent")
        self._lay_out()
        for part in (self.back, self.title):
            part.setVisible(is_over)

    def show_pdf(self, title: str, name: str, make: Make) -> None:
        """Make the PDF in the pool and show it. `name` is the file's name without its ending."""
        self.title.setText(title)
        self._name, self._make = name, make
        self._start(with_replacements=False)

    def _start(self, *, with_replacements: bool) -> None:
        make = self._make
        assert make is not None
        self._pdf, self._pages = b"", None
        self._allow(allowed=False)
        self.pane.wait()
        self._setting = _Setting(make, with_replacements)
        job = self._desk.jobs.start(self.tr("Setting the pages"), self._setting.run)
        job.finished.connect(self._set)
        job.failed.connect(self._failed)

    def _print_numbers(self) -> None:
        self._start(with_replacements=True)

    def find_here(self) -> None:
        """Ask what is to be found in the pages; nothing where there are none."""
        if self.save.isEnabled():
            self.find_bar.begin()
            self._find(self.find_bar.line.text())

    def close_finding(self) -> bool:
        """Leave off finding; tells whether there was anything to leave."""
        if not self.find_bar.isVisible():
            return False
        self.find_bar.hide()
        self.view.look_for("")
        self.view.setFocus()
        return True

    def ask_where(self) -> None:
        """Ask for a file to save the PDF in."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save the PDF"), str(Path(folder) / f"{self._name}.pdf"), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_as)
        self._open(dialog)

    def save_as(self, name: str) -> None:
        """Save the PDF there."""
        try:
            save(self._pdf, Path(name))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.say(self.tr("Saved as {0}").format(name))

    def ask_printer(self) -> None:
        """Ask for a printer."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.view.count()))
        dialog.accepted.connect(self._printer_chosen)
        self._open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages asked for to that printer, each as large as the paper holds."""
        assert self._pages is not None
        first, last = printer.fromPage() or 1, printer.toPage() or len(self._pages.sizes)
        painter = QPainter()
        for number in range(first - 1, last):
            width, height = self._pages.sizes[number]
            layout = QPageLayout.Orientation
            printer.setPageOrientation(layout.Landscape if width > height else layout.Portrait)
            if painter.isActive():
                printer.newPage()
            else:
                painter.begin(printer)
            self._paint(painter, printer, self._pages.image(number, DOTS / 72))
        painter.end()
        self._desk.say(self.tr("Sent to {0}").format(printer.printerName() or self.tr("the printer")))

    def _paint(self, painter: QPainter, printer: QPrinter, image: QImage) -> None:
        """One page in the middle of the paper. The pages keep margins of their own, so the paper's are passed over."""
        paper = printer.pageLayout().fullRectPixels(printer.resolution())
        margin = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
        ratio = min(paper.width() / image.width(), paper.height() / image.height())
        size = QSize(int(image.width() * ratio), int(image.height() * ratio))
        box = QRect(QPoint(0, 0), size)
        box.moveCenter(paper.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box.translated(-margin), image)

    def _printer_chosen(self) -> None:
        if isinstance(self.dialog, QPrintDialog):
            self.print_on(self.dialog.printer())

    def _open(self, dialog: QFileDialog | QPrintDialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)

    def focus_target(self) -> QWidget:
        """Where the keys go: to the pages, or to what is offered in their place."""
        is_told = self.pane.currentWidget() is self.pane.state and self.pane.state.buttons
        return self.pane.state.buttons[0] if is_told else self.view

    def _set(self, setting: "_Setting") -> None:
        """The pages are set, or cannot be; unless others have been asked for since."""
        if setting is not self._setting:
            return
        if setting.error is not None:
            self._failed(setting.error)
            return
        self._pdf, self._pages = setting.pdf, Pages(setting.pdf)
        self.pane.show_content()
        self.view.show_pages(self._pages)
        self._allow(allowed=True)
        self._tell_validity(setting.label)
        if self._is_over:
            self.view.setFocus()
        if self.find_bar.isVisible():
            self._find(self.find_bar.line.text())

    def _find(self, text: str) -> None:
        self._hits = self.view.look_for(text)
        self.find_bar.tell(self.view.place_found(), self._hits)

    def _step_found(self, by: int) -> None:
        self.view.step_found(by)
        self.find_bar.tell(self.view.place_found(), self._hits)

    def _tell_validity(self, label: Label | None) -> None:
        """Below the buttons: until when the pages hold and why no longer, and what is the matter with a font."""
        until = label.valid_until if label is not None else None
        outdated = label.outdated if label is not None else 0
        told = list(font_remarks())
        self.remark.setProperty("role", "warn" if outdated or told else "small")
        if outdated:
            count = self.tr("1 number is out of date") if outdated == 1 else self.tr("{0} numbers are out of date")
            told.insert(0, self.tr("{0}; the pages say which").format(count.format(outdated)))
        elif until is not None and label is not None:
            told.insert(0, self.tr("Valid until {0}: {1}").format(short_day(until), label.until_why))
        self.remark.setText("\n".join(told))
        self.remark.setVisible(bool(told))
        self.remark.style().unpolish(self.remark)
        self.remark.style().polish(self.remark)

    def _failed(self, error: PlaybookError) -> None:
        self.remark.hide()
        offers: tuple[Offer, ...] = ()
        if isinstance(error, Unprintable):
            offers = ((self.tr("Print their numbers in their place"), "printer", self._print_numbers),)
        self.pane.tell("triangle-alert", self.tr("This cannot be printed"), str(error), *offers)

    def _moved(self, page: int) -> None:
        self.place.setText(self.tr("Page {0} of {1}").format(page, self.view.count()))

    def _zoomed(self, zoom: float) -> None:
        self.zoom.setText(f"{round(zoom * 100)} %")

    def _smaller(self) -> None:
        self.view.step_zoom(-1)

    def _larger(self) -> None:
        self.view.step_zoom(+1)

    def _allow(self, *, allowed: bool) -> None:
        for button in (self.finding, self.smaller, self.zoom, self.larger, self.save, self.print):
            button.setEnabled(allowed)
        self.place.setVisible(allowed)

    def _button(self, word: str, icon: str, act: Callable[[], None], hover: str = "") -> QPushButton:
        button = QPushButton(word, self)
        button.setToolTip(hover)
        button.setAccessibleName(hover or word)
        if icon:
            dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        head = QFrame(self)
        head.setProperty("line", "below")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addSpacing(8 if self._is_over else 0)
        row.addWidget(self.title)
        row.addSpacing(8 if self._is_over else 0)
        row.addWidget(self.place)
        row.addStretch(1)
        for button in (self.finding, self.smaller, self.zoom, self.larger):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.find_bar)
        column.addWidget(self.remark)
        column.addWidget(self.pane, 1)


class _Setting:
    """The work of setting the pages, away from the window: the PDF and what it says of itself, or what prevents it."""

    def __init__(self, make: Make, with_replacements: bool) -> None:
        self._make, self._with_replacements = make, with_replacements
        self.pdf = b""
        self.label: Label | None = None
        self.error: PlaybookError | None = None

    def run(self, book: Book, _job: Job) -> "_Setting":
        """Set the pages; returns itself."""
        try:
            self.pdf = self._make(book, self._with_replacements)
            self.label = label_of(self.pdf)
        except PlaybookError as error:
            self.error = error
        except ValueError:
            self.label = None  # pages of another program, which say nothing
        return self
