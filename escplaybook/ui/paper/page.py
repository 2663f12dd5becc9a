"""Paper: what can be printed at the left, and at the right the very pages as they will come out."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from escplaybook.services.sheets.kinds import wish_at
from escplaybook.services.sheets.wishes import Wish, file_name
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.paper.everything import PrintingAll
from escplaybook.ui.paper.offered import group_words, papers
from escplaybook.ui.paper.options import Options
from escplaybook.ui.paper.papers import maker
from escplaybook.ui.paper.rows import PaperDelegate, PaperRow, spoken
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.preview import Preview

NAME = "paper"


class PaperPage(PlainPage):
    """A list of papers, the choices of the one that is chosen, and its pages."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Wish | None = None
        self._is_listing = False
        self.table: RecordTable[PaperRow] = RecordTable(Column(self.tr("Paper"), spoken), parent=self)
        self.view = self._make_view()
        self.options = Options(desk, self)
        self.preview = Preview(desk, self, is_over=False)
        self.all = QPushButton(self.tr("All into a folder …"), self)
        self.all.setToolTip(self.tr("Print every paper for every deployment, with a list of them"))
        self.all.setAccessibleName(self.tr("Print everything into a folder"))
        self.all.clicked.connect(self.print_everything)
        self.printing_all: PrintingAll | None = None
        self._lay_out()
        self._list()
        self.view.selectionModel().currentChanged.connect(self._paper_chosen)
        self.options.changed.connect(self._go_on)
        desk.bridge.changed.connect(self._book_changed)

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is: which paper with which choices."""
        return Place(NAME, self.options.wish().address)

    def show_place(self, place: Place) -> None:
        """Go to a paper by its address, else stay; its pages are as of now."""
        self._list(wish_at(place.record))
        QTimer.singleShot(0, self, self._keep_in_view)
        self._show()

    def print_this(self) -> None:
        """Send the pages in view to a printer."""
        if self.preview.print.isEnabled():
            self.preview.ask_printer()

    def save(self) -> None:
        """Save the pages in view as a file."""
        if self.preview.save.isEnabled():
            self.preview.ask_where()

    def print_everything(self) -> None:
        """Ask for a folder and print every paper into it."""
        self.printing_all = PrintingAll(self._desk, self)

    def find_here(self) -> None:
        """Find something in the pages in view."""
        self.preview.find_here()

    def step_out(self) -> bool:
        """Leave off finding, else back to the list of papers."""
        if self.preview.close_finding():
            return True
        if self.view.hasFocus():
            return False
        self.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the papers."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the pages."""
        self.preview.focus_target().setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.view, self.options.first(), self.preview.focus_target()]

    # inside

    def _list(self, wish: Wish | None = None) -> None:
        """List the papers and stand at that of `wish` with its choices, else where one stood."""
        self._asked = wish or self._asked
        chosen: PaperRow | None = self.view.currentIndex().data(RECORD)
        self._is_listing = True
        self.table.show(self._rows())
        rows = self.table.records()
        stands = (row.paper.fits(wish) if wish else chosen is not None and row.id == chosen.id for row in rows)
        row = next((at for at, is_here in enumerate(stands) if is_here), 0)
        self.view.setCurrentIndex(self.table.index(row, 0))
        self._is_listing = False
        self.options.offer(programme(self._desk.book), rows[row].paper, wish)

    def _rows(self) -> list[PaperRow]:
        words, rows, above = group_words(), list[PaperRow](), ""
        for paper in papers(self._desk, self._asked):
            rows.append(PaperRow(paper, words[paper.group] if paper.group != above else ""))
            above = paper.group
        return rows

    def _paper_chosen(self) -> None:
        row: PaperRow | None = self.view.currentIndex().data(RECORD)
        if not self._is_listing and row is not None:
            self.options.offer(programme(self._desk.book), row.paper)
            self._go_on()

    def _go_on(self) -> None:
        QTimer.singleShot(0, self, self._keep_in_view)
        self._show()
        self.moved.emit(self.place())

    def _keep_in_view(self) -> None:
        """The choices may have taken the room where the paper stood in the list."""
        self.view.scrollTo(self.view.currentIndex())

    def _show(self) -> None:
        wish = self.options.wish()
        name: str = self.view.currentIndex().data(RECORD).paper.name
        self.preview.show_pdf(name, file_name(wish), maker(self._desk, wish, self.options.paper_size.value()))

    def _book_changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible():
            self._list()
            self._show()

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(PaperDelegate(self._desk.theme, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("What can be printed"))
        let_flow(view)
        self._desk.theme.changed.connect(view.doItemsLayout)
        return view

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Paper"), self)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 12)
        head.addWidget(title, 1)
        head.addWidget(self.all)
        left = QFrame(self)
        left.setProperty("plane", "raised")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.options)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.preview)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([300, 780])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
