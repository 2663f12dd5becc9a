"""The left half of a page: how many there are, filters, what was corrected, and the list of hits."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.ui.desk import Desk
from escplaybook.ui.filters import filters_in, toggled
from escplaybook.ui.finder import Facets
from escplaybook.ui.icons import dress
from escplaybook.ui.marks import mark_pixmap
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.ground import let_flow
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane

AT_ONCE = 500
"""Rows that are laid out before any is painted; of more the first ones are seen at once and the rest follows."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What to list: search hits or records, the first of `total` (or `is_more`), and what the search said with them."""

    text: str
    items: tuple[Any, ...]
    total: int
    corrected: str | None = None
    near: tuple[str, ...] = ()
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says. `one` and `many` count what is listed; `empty` and `belongs` stand where there is none.

    `new` is what the plus above the list does.
    """

    name: str
    hint: str
    one: str
    many: str
    icon: str
    empty: str
    belongs: str
    nothing_found: str
    write_it_down: str
    new: str


class HitList(QFrame):
    """`chosen` carries the id of the hit that became current, `filtered` the search with a filter put in or out.

    `menus` are the facets that get a menu, with their words, where the hits have more than one value for them;
    that of the facet `beside` stands beside the count.
    """

    chosen = Signal(str)
    new_wanted = Signal()
    filtered = Signal(str)
    as_typed_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        words: PageWords,
        row_of: Callable[[Any], Row],
        menus: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
        *,
        beside: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk, self._said, self._row_of = desk, words, row_of
        self._text, self.facets, self._is_quiet, self._beside = "", Facets(), False, beside
        self.setProperty("plane", "raised")
        self.table: RecordTable[Any] = RecordTable(Column(words.name, self._spoken), parent=self)
        self.view = self._build_view()
        self.pane = StatePane(self.view, desk.theme, self)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.corrected = self._build_corrected()
        self.menus = {facet: self._build_menu(facet, word) for facet, word in menus}
        self.adder = self._build_adder()
        self.chips = QWidget(self)
        self._chip_row = QHBoxLayout(self.chips)
        self._chip_row.setContentsMargins(16, 0, 16, 8)
        self._chip_row.setSpacing(8)
        self._lay_out()
        desk.ticker.minute.connect(self.view.viewport().update)

    def show_hits(self, hits: Hits) -> None:
        """Show what was found; the item that is current stays so if it is among the hits."""
        kept = self.current_id()
        self._text = hits.text
        is_long = len(hits.items) > AT_ONCE
        self.view.setLayoutMode(QListView.LayoutMode.Batched if is_long else QListView.LayoutMode.SinglePass)
        self.table.show(hits.items, hits.total)
        self._show_frame(hits)
        if hits.items:
            self.pane.show_content()
            self.select(kept)

    def show_facets(self, facets: Facets) -> None:
        """Offer these filters, with their counts, where there is more than one value."""
        self.facets = facets
        for facet, button in self.menus.items():
            is_set = facet in dict(filters_in(self._text))
            button.setVisible(is_set or len(facets.get(facet, ())) > 1)

    def offer(self, word: str, icon: str, act: Callable[[], None]) -> QPushButton:
        """Offer something else to do with the list, as a small button before the plus."""
        button = QPushButton(self)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(word)
        button.setToolTip(word)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(act)
        self._head.insertWidget(self._head.indexOf(self.adder), button)
        return button

    def add(self, items: Sequence[Any]) -> None:
        """Put the next hits behind those that are shown."""
        self.table.add(items)

    def current_id(self) -> str:
        """The id of the item that is current; empty if none is."""
        index = self.view.currentIndex()
        return str(index.data(RECORD).id) if index.isValid() else ""

    def focus_target(self) -> QWidget:
        """What takes the keys on this side of the page: the list, or the first button of what stands in its place."""
        if self.pane.currentWidget() is self.view:
            return self.view
        return self.pane.state.buttons[0] if self.pane.state.buttons else self.pane

    def select(self, record_id: str) -> bool:
        """Make that item current without saying so; tells whether it is in the list."""
        row = self.table.row_of(record_id) if record_id else -1
        if row < 0:
            return False
        index = self.table.index(row, 0)
        if self.view.currentIndex() != index:
            self._is_quiet = True
            self.view.setCurrentIndex(index)
            self._is_quiet = False
        self.view.scrollTo(index)
        return True

    def let_go(self) -> None:
        """What is open is none of the hits, so no hit is current."""
        self._is_quiet = True
        self.view.setCurrentIndex(QModelIndex())
        self.view.clearSelection()
        self._is_quiet = False

    def step(self, by: int) -> None:
        """Make the next (+1) or previous (−1) item current."""
        row = max(0, min(self.view.currentIndex().row() + by, self.table.rowCount() - 1))
        if self.table.rowCount():
            self.view.setCurrentIndex(self.table.index(row, 0))

    def _build_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(RowDelegate(self._desk.theme, self._row_of, view))
        let_flow(view)
        view.setAccessibleName(self._said.name)
        view.selectionModel().currentChanged.connect(self._current_changed)
        return view

    def _build_corrected(self) -> QFrame:
        notice = QFrame(self)
        notice.setProperty("part", "notice")
        self.corrected_text = QLabel(notice)
        self.corrected_text.setWordWrap(True)
        self.corrected_text.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.as_typed = QPushButton(self.tr("Search as typed"), notice)
        self.as_typed.setProperty("kind", "link")
        self.as_typed.clicked.connect(self.as_typed_wanted)
        row = QHBoxLayout(notice)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self.corrected_text, 1)
        row.addWidget(self.as_typed)
        notice.hide()
        return notice

    def _build_adder(self) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(self._said.new)
        button.setToolTip(self.tr("{0} (Ctrl+N)").format(self._said.new))
        button.setVisible(not self._desk.book.read_only)
        dress(button, "plus", self._desk.theme)
        button.clicked.connect(self.new_wanted)
        return button

    def _build_menu(self, facet: str, word: str) -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("kind", "quiet")
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # puts the arrow behind the word
        dress(button, "chevron-down", self._desk.theme, "muted")
        menu = QMenu(button)
        menu.setProperty("facet", facet)
        menu.setLayoutDirection(self.layoutDirection())
        menu.aboutToShow.connect(self._fill_menu)
        button.setMenu(menu)
        button.hide()
        return button

    def _lay_out(self) -> None:
        header = QFrame(self)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 10, 0)
        row.addWidget(self.count, 1)
        menus = FlowLayout(gap=0)
        menus.setContentsMargins(10, 0, 10, 0)
        for facet, button in self.menus.items():
            if facet == self._beside:
                row.addWidget(button)
            else:
                menus.addWidget(button)
        row.addWidget(self.adder)
        self._head = row
        both = QVBoxLayout(header)
        both.setContentsMargins(0, 6, 0, 6)
        both.setSpacing(0)
        both.addLayout(row)
        both.addLayout(menus)
        line = QFrame(self)
        line.setProperty("line", "across")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (header, self.chips, line, self.corrected):
            column.addWidget(widget)
        column.addWidget(self.pane, 1)
        self._follow_theme()
        self._desk.theme.changed.connect(self._follow_theme)

    def _show_frame(self, hits: Hits) -> None:
        self.count.setText(self._counted(hits.total, is_more=hits.is_more))
        self.corrected.setVisible(hits.corrected is not None)
        if hits.corrected is not None:
            told = self.tr("Searched for <span style='font-weight:600'>{0}</span> instead of “{1}”.")
            self.corrected_text.setText(told.format(html.escape(hits.corrected), html.escape(hits.text)))
        self._show_chips()

    def _show_chips(self) -> None:
        while (item := self._chip_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        filters = filters_in(self._text)
        for facet, value in filters:
            chip = QPushButton(f"{facet.replace('_', ' ')}: {value}", self.chips)
            chip.setProperty("kind", "chip")
            chip.setProperty("filter", [facet, value])
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setToolTip(self.tr("Take this filter off"))
            dress(chip, "x", self._desk.theme, "muted")
            chip.clicked.connect(self._chip_clicked)
            self._chip_row.addWidget(chip)
        self._chip_row.addStretch(1)
        self.chips.setVisible(bool(filters))

    def _fill_menu(self) -> None:
        menu = self.sender()
        if not isinstance(menu, QMenu):
            return
        facet = str(menu.property("facet"))
        menu.clear()
        held = dict(filters_in(self._text)).get(facet, "")
        for value, count in self.facets.get(facet, ()):
            action = QAction(f"{value}\t{count}", menu)
            action.setCheckable(True)
            action.setChecked(value.casefold() == held.casefold())
            action.setData([facet, value])
            if facet == "severity":
                action.setIcon(self._severity_icon(Severity(value)))
            action.triggered.connect(self._filter_chosen)
            menu.addAction(action)

    def _severity_icon(self, severity: Severity) -> QIcon:
        return QIcon(mark_pixmap(severity, self._desk.theme.severity_color(severity).name(), 12, 2.0))

    def _filter_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            facet, value = action.data()
            self.filtered.emit(toggled(self._text, facet, value))

    def _chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            facet, value = chip.property("filter")
            self.filtered.emit(toggled(self._text, facet, value))

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_quiet:
            self.chosen.emit(current.data(RECORD).id)

    def _spoken(self, item: Any) -> str:
        row = self._row_of(item)
        severity = f"{row.severity} " if row.severity else ""
        return ", ".join((f"{severity}{row.title}", *(words for words, _ in row.meta)))

    def _counted(self, total: int, *, is_more: bool) -> str:
        return self._said.one if total == 1 else self._said.many.format(f"{total:,}{'+' if is_more else ''}")

    def _follow_theme(self) -> None:
        self.view.doItemsLayout()
