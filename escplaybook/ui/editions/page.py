"""Editions: the matrix as it stands and every edition of it at the left, what differs in words at the right."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QSplitter, QVBoxLayout, QWidget

from escplaybook.domain.causes import SubClass
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition, status_of
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.living_matrix import living
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger
from escplaybook.services import publishing_matrix
from escplaybook.services.publishing_matrix import Side
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.editions.acting import Acting
from escplaybook.ui.editions.told import edition_html, row_of, standing_of
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.parts.plain_page import PlainPage
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import RowDelegate
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.prose_view import ProseView

NAME = "editions"
EVERY = "every"
"""What is chosen where every edition is listed, whichever deployment it is of."""

SHOWN = frozenset(
    (Edition, Contact, Deployment, SeverityDefinition, Level, Cell, DecisionRight, Trigger, SubClass, BlockerDefinition)
)


class EditionsPage(PlainPage):
    """What the window asks of a page; an edition is signed, published and restored beside what it changes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Programme = programme(desk.book)
        self.table: RecordTable[Edition] = RecordTable(Column(self.tr("Edition"), self._spoken), parent=self)
        self.view = QListView(self)
        self.text = ProseView(desk.theme, self)
        self.text.setAccessibleName(self.tr("What differs"))
        self.against = ChoiceField([(self.tr("the matrix as it stands"), None)], self)
        self.only = ChoiceField([(self.tr("every edition"), EVERY)], self)
        self.only.setAccessibleName(self.tr("Which editions"))
        self.acting = Acting(desk, self)
        self.restore = self._button(self.tr("Restore as a draft"), "history", self.restore_it)
        self.draft = self._button(self.tr("Draft what stands"), "plus", self.draft_what_stands)
        self.rotate = self._button(self.tr("Plan a rotation of roles"), "users", self._go_to_rotation)
        self.back = self._button(self.tr("Back to the matrix"), "arrow-left", self._go_back)
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.against.changed.connect(self._show)
        self.only.changed.connect(self._narrowed)
        self.acting.sign_wanted.connect(self.sign_for)
        self.acting.publish_wanted.connect(self.publish_it)
        self.acting.adopt_wanted.connect(self.adopt_it)
        desk.bridge.changed.connect(self._changed)
        self._refresh("")

    # what the window asks of every page

    def place(self) -> Place:
        """Where in the page one is."""
        edition = self.edition()
        return Place(NAME, edition.id if edition is not None else "")

    def show_place(self, place: Place) -> None:
        """Go to an edition by its id, else to the latest."""
        self._refresh(place.record)
        self.view.setFocus()

    def new(self, _title: str = "") -> None:
        """Draft the matrix as it stands."""
        self.draft_what_stands()

    def print_this(self) -> None:
        """The matrix is printed from its own page."""
        self._desk.go("paper")

    def step_out(self) -> bool:
        """From the differences to the list, from the list to the matrix."""
        if self.view.hasFocus() or not self.table.rowCount():
            self._go_back()
        else:
            self.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the editions."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go to the differences."""
        self.text.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.view, self.text, self.acting.signer] if self.table.rowCount() else [self.pane.state]

    # what is done

    def edition(self) -> Edition | None:
        """The edition that is chosen."""
        found: Edition | None = self.view.currentIndex().data(RECORD)
        return found

    def sign_for(self, side: Side) -> None:
        """Whoever is chosen signs for that side."""
        person, author = self.acting.person(), self._desk.author
        if person is not None:
            self._do(lambda book, edition, now: publishing_matrix.review(book, edition, side, person, now, author))

    def publish_it(self) -> None:
        """The living matrix becomes what the edition says, from the instant that is chosen on."""
        start, author = self.acting.start.at(), self._desk.author
        self._do(lambda book, edition, now: publishing_matrix.publish(book, edition, start, now, author))

    def adopt_it(self) -> None:
        """Whoever is chosen takes the edition as standard operating procedure, on the day that is given."""
        person, author = self.acting.person(), self._desk.author
        if person is None:
            return
        try:
            on = self.acting.adopted_on()
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._do(lambda book, edition, now: publishing_matrix.adopt(book, edition, person, on, now, author))

    def restore_it(self) -> None:
        """Make a draft of what the edition says."""
        self._do(lambda book, edition, now: publishing_matrix.restore(book, edition, now, self._desk.author))

    def draft_what_stands(self) -> None:
        """Make a draft of the matrix as it was edited by hand."""
        self._store(
            lambda: publishing_matrix.draft_of_living(self._desk.book, self._desk.now(), author=self._desk.author)
        )

    # inside

    def _do(self, act: Callable[[Book, Edition, datetime], Edition]) -> None:
        edition = self.edition()
        if edition is not None:
            self._store(lambda: act(self._desk.book, edition, self._desk.now()))

    def _store(self, act: Callable[[], Edition]) -> None:
        try:
            stored = act()
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.bridge.look()
        self._refresh(stored.id)
        told = self.tr("{0}: {1}").format(stored.key, standing_of(stored, self._found, self._desk.now()))
        self._desk.say(told, self.tr("Undo"), self._desk.undo)

    def _refresh(self, wanted: str) -> None:
        self._found = programme(self._desk.book)
        self._offer_deployments(wanted)
        meant = (one for one in self._found.editions if self.only.value() in (EVERY, one.deployment))
        newest_first = sorted(meant, key=lambda one: one.number, reverse=True)
        self.table.show(newest_first)
        self.draft.setEnabled(not self._desk.book.read_only)
        self.tallied.emit(
            self.tr("1 edition") if len(newest_first) == 1 else self.tr("{0} editions").format(len(newest_first))
        )
        self.rotate.setVisible(bool(self._found.cells))
        if not newest_first:
            told = self.tr("A draft is signed by engineering and business, then it holds from an instant on.")
            self.pane.tell("history", self.tr("No edition yet"), told, (self.draft.text(), "plus", self.draft.click))
            return
        self.pane.show_content()
        row = max(self.table.row_of(wanted), 0)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def _chosen(self, index: QModelIndex) -> None:
        edition: Edition | None = index.data(RECORD)
        if edition is None:
            return
        blocked = self.against.blockSignals(True)
        self.against.clear()
        self.against.addItem(self.tr("the matrix as it stands"), None)
        for one in self._found.editions:
            if one.id != edition.id:
                self.against.addItem(self.tr("edition {0}").format(one.number), one.id)
        self.against.blockSignals(blocked)
        self._show()

    def _show(self) -> None:
        edition = self.edition()
        if edition is None:
            return
        other = next((one for one in self._found.editions if one.id == self.against.value()), None)
        content = living(self._found, edition.deployment) if other is None else other.content
        name = self.against.currentText()
        now = self._desk.now()
        self.text.show_html(edition_html(edition, content, name, self._found, now))
        self.acting.show_edition(edition, status_of(edition, self._found.editions, now), self._found)
        self.restore.setEnabled(not self._desk.book.read_only)
        self.moved.emit(self.place())

    def _offer_deployments(self, wanted: str) -> None:
        """Offer the editions of one deployment alone, where there are any; the one that is wanted is among them."""
        named = {one.id: one.name for one in self._found.deployments}
        mine = [one for one in dict.fromkeys(one.deployment for one in self._found.editions) if one is not None]
        kept = self.only.value()
        self.only.clear()
        self.only.addItem(self.tr("every edition"), EVERY)
        if any(one.deployment is None for one in self._found.editions):
            self.only.addItem(self.tr("of the whole matrix"), None)
        for deployment in mine:
            self.only.addItem(self.tr("of {0} alone").format(named.get(deployment, "")), deployment)
        edition = next((one for one in self._found.editions if one.id == wanted), None)
        is_hidden = edition is not None and kept not in (EVERY, edition.deployment)
        if is_hidden or kept not in (EVERY, None, *mine):
            kept = EVERY
        self.only.set_value(kept)
        self.only.setVisible(bool(mine))

    def _narrowed(self) -> None:
        edition = self.edition()
        kept = edition is not None and self.only.value() in (EVERY, edition.deployment)
        self._refresh(edition.id if edition is not None and kept else "")

    def _changed(self, kinds: frozenset[type[Any]]) -> None:
        if kinds & SHOWN:
            self._refresh(self.place().record)

    def _go_back(self) -> None:
        self._desk.go("matrix")

    def _go_to_rotation(self) -> None:
        self._desk.go("rotating")

    def _spoken(self, edition: Edition) -> str:
        row = row_of(edition, self._found, self._desk.now())
        return ", ".join((row.title, *(words for words, _ in row.meta)))

    def _button(self, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Editions of the matrix"), self)
        title.setProperty("role", "title")
        self.view.setModel(self.table)
        delegate = RowDelegate(self._desk.theme, lambda one: row_of(one, self._found, self._desk.now()), self.view)
        self.view.setItemDelegate(delegate)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setAccessibleName(self.tr("Editions"))
        left = QFrame(self)
        left.setProperty("plane", "raised")
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 16, 12, 8)
        column.setSpacing(12)
        at_left: tuple[QWidget, ...] = (title, self.only, self.view, self.draft, self.rotate, self.back)
        for part in at_left:
            column.addWidget(part)
        label = QLabel(self.tr("&Compared with"), self)
        label.setBuddy(self.against)
        compared = QHBoxLayout()
        compared.setSpacing(8)
        compared.addWidget(label)
        compared.addWidget(self.against)
        compared.addStretch(1)
        compared.addWidget(self.restore)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(compared)
        column.addWidget(self.text, 1)
        column.addWidget(self.acting)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setSizes([320, 920])
        self.pane = StatePane(split, self._desk.theme, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)
