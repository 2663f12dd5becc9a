"""Contacts as a table: sorted, narrowed down, many of them chosen and changed in one field at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.contacts import Contact
from escplaybook.domain.programme import Programme
from escplaybook.domain.selecting import FACETS, Selection, Standing, counts, select
from escplaybook.domain.verification import Importance, Reach, Reachability, importances, reachability
from escplaybook.store.programme import programme
from escplaybook.ui.contacts.change_panel import ChangePanel
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.states import StatePane

NAME = "contacts-table"


@dataclass(frozen=True, slots=True)
class Line:
    """A contact as a row of the table: how far it can be reached today, and the deputy's name."""

    contact: Contact
    reached: Reachability
    deputy: str

    @property
    def id(self) -> str:
        """The contact's."""
        return self.contact.id


class ContactsTablePage(PlainPage):
    """What the window asks of a page; the table at the left, what to do with the chosen ones at the right."""

    write_wanted = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._selection = Selection()
        self._known: Mapping[str, Contact] = {}
        self._of: date | None = None
        self._lines: dict[str, Line] = {}
        self._counts: Mapping[str, list[tuple[str, int]]] = {}
        self.title = QLabel(self.tr("Contacts as a table"), self)
        self.title.setProperty("role", "title")
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("Narrow down by words"))
        self.words.setAccessibleName(self.tr("Narrow down by words"))
        self.words.setClearButtonEnabled(True)
        self.filters = {facet: self._filter() for facet in FACETS}
        self.back = QPushButton(self.tr("Back to the list"), self)
        dress(self.back, "arrow-left", desk.theme)
        self.table = self._make_table()
        self.view = self._make_view()
        self.pane = StatePane(self.view, desk.theme, self)
        self.panel = ChangePanel(desk, self)
        self._lay_out()
        self._connect()

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is: which contacts are shown."""
        return Place(NAME, self._selection.standing or "")

    def show_place(self, place: Place) -> None:
        """Come to the table; the place may say what is amiss with those to show."""
        if place.record in list(Standing):
            self.words.clear()
            self._selection = Selection(standing=Standing(place.record))
        self.refresh()
        if self.table.rowCount() and not self.view.currentIndex().isValid():
            self.view.selectionModel().setCurrentIndex(
                self.table.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def new(self, _title: str = "") -> None:
        """A new contact is written in the list."""
        self._desk.go("contacts")

    def print_this(self) -> None:
        """Print everyone who can be called."""
        self._desk.go("paper", "contact-sheet")

    def save(self) -> None:
        """Change the chosen contacts as the preview shows."""
        self.panel.change.click()

    def step_out(self) -> bool:
        """From the panel to the table, from the table to the list of contacts."""
        if self.view.hasFocus():
            self._desk.go("contacts")
        else:
            self.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the rows."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the table."""
        self.view.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.view if self.table.rowCount() else self.pane, self.words, self.panel.field]

    def chosen(self) -> list[Contact]:
        """The contacts whose rows are chosen, in the table's order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.table.index(row, 0).data(RECORD).contact for row in rows]

    def refresh(self, *_: object) -> None:
        """Show the contacts that are meant as they are now; the chosen ones stay chosen."""
        kept = {contact.id for contact in self.chosen()}
        found, today = programme(self._desk.book), self._desk.now().date()
        if self._known is not found.contacts or self._of != today:  # else only what is asked for has changed
            self._known, self._of = found.contacts, today
            self._lines = {line.id: line for line in _lines(found, found.contacts.values(), today)}
            self._counts = counts(found, today)
        self._offer()
        head = self.view.horizontalHeader()
        meant = (self._lines[person.id] for person in select(found, self._selection, today))
        is_down = head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        lines = self.table.in_order(meant, head.sortIndicatorSection(), descending=is_down)
        self.table.show(lines)
        self._choose(kept)
        total = sum(1 for one in found.contacts.values() if one.retired is None)
        self.told.setText(self.tr("{0} of {1}").format(f"{len(lines):,}", f"{total:,}"))
        self.tallied.emit("")
        if lines:
            self.pane.show_content()
        elif total:
            self.pane.tell(
                "search",
                self.tr("Nobody is so"),
                self.tr("No contact answers to all of this."),
                (self.tr("Show everybody"), "x", self._show_everybody),
            )
        else:
            offers = () if self._desk.book.read_only else ((self.tr("Add the first contact"), "plus", self._add_first),)
            told = self.tr("Here belongs everyone who may be called.")
            self.pane.tell("users", self.tr("No contacts yet"), told, *offers)
        self._tell_panel()

    # inside

    def _show_everybody(self) -> None:
        self.words.clear()  # narrows down by what was chosen until then
        self._selection = Selection()
        self.refresh()

    def _narrowed(self) -> None:
        held = {facet: field.value() or "" for facet, field in self.filters.items()}
        standing = held.pop("standing")
        self._selection = Selection(self.words.text(), Standing(standing) if standing else None, **held)
        self.refresh()

    def _offer(self) -> None:
        """Offer what the contacts have, each with its count; what was asked for stays asked for."""
        everything = {
            "standing": self.tr("Any standing"),
            "team": self.tr("Any team"),
            "organisation": self.tr("Any organisation"),
            "zone": self.tr("Any zone"),
        }
        for facet, values in self._counts.items():
            field, held = self.filters[facet], getattr(self._selection, facet) or ""
            field.clear()
            field.addItem(everything[facet], "")
            for value, count in values:
                field.addItem(f"{value.capitalize() if facet == 'standing' else value} ({count})", value)
            if held and field.findData(str(held)) < 0:
                field.addItem(f"{held} (0)", str(held))
            field.setCurrentIndex(max(field.findData(str(held)), 0))

    def _choose(self, ids: set[str]) -> None:
        rows = [row for row in range(self.table.rowCount()) if self.table.index(row, 0).data(RECORD).id in ids]
        chosen = QItemSelection()
        for row in rows:
            index = self.table.index(row, 0)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def _tell_panel(self) -> None:
        self.panel.show_contacts(self.chosen(), self._known)

    def _opened(self) -> None:
        line = self.view.currentIndex().data(RECORD)
        if line is not None:
            self._desk.go_to(line.contact)

    def _changed(self, kinds: frozenset[type[Any]]) -> None:
        if kinds and self.isVisible():
            self.refresh()

    def _add_first(self) -> None:
        self.write_wanted.emit("contact", "")

    def _go_back(self) -> None:
        self._desk.go("contacts")

    def _filter(self) -> ChoiceField:
        field = ChoiceField((), self)
        field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        return field

    def _make_table(self) -> RecordTable[Line]:
        tr = self.tr
        columns: list[Column[Line]] = [
            Column(tr("Name"), lambda line: line.contact.name),
            Column(tr("Can be reached"), _reached, lambda line: line.reached.reason, _order),
            Column(tr("Team"), lambda line: line.contact.team),
            Column(tr("Organisation"), lambda line: line.contact.organisation),
            Column(tr("Zone"), lambda line: line.contact.zone),
            Column(tr("Deputy"), lambda line: line.deputy),
            Column(tr("Role"), lambda line: line.contact.role),
        ]
        return RecordTable(*columns, parent=self)

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self.table)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.setProperty("part", "records")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setAccessibleName(self.tr("Contacts"))
        view.verticalHeader().hide()
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        return view

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.told, 1)
        head.addWidget(self.back)
        narrow = FlowLayout()
        self.words.setMinimumWidth(self._desk.theme.px(200))
        narrow.addWidget(self.words)
        names = (self.tr("Standing"), self.tr("Team"), self.tr("Organisation"), self.tr("Zone"))
        for name, field in zip(names, self.filters.values(), strict=True):
            field.setAccessibleName(name)
            narrow.addWidget(field)
        left = QFrame(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 16, 8)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(narrow)
        column.addWidget(self.pane, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([760, 320])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)
        self._follow_theme()

    def _connect(self) -> None:
        self.words.textChanged.connect(self._narrowed)
        for field in self.filters.values():
            field.changed.connect(self._narrowed)
        self.back.clicked.connect(self._go_back)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self.refresh)
        self.view.selectionModel().selectionChanged.connect(self._tell_panel)
        self.view.activated.connect(self._opened)
        self._desk.bridge.changed.connect(self._changed)
        self._desk.theme.changed.connect(self._follow_theme)

    def _follow_theme(self) -> None:
        px = self._desk.theme.px
        self.view.verticalHeader().setDefaultSectionSize(px(32))
        for column, width in enumerate((170, 230, 130, 150, 130, 130, 160)):
            self.view.setColumnWidth(column, px(width))


def _lines(found: Programme, people: Iterable[Contact], today: date) -> list[Line]:
    weights = importances(found)
    return [
        Line(
            one,
            reachability(one.points, weights.get(one.id, Importance.NOBODY), today),
            _name_of(found.contacts.get(one.deputy or "")),
        )
        for one in people
    ]


def _name_of(contact: Contact | None) -> str:
    return contact.name if contact is not None else ""


def _reached(line: Line) -> str:
    return f"{line.reached.reach.capitalize()}: {line.reached.reason}"


def _order(line: Line) -> Any:
    return (list(Reach).index(line.reached.reach), line.reached.reason)
