"""The left half of the page: how many there are, filters, what was corrected, and the list of hits."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.classification import Severity
from escplaybook.ui.desk import Desk
from escplaybook.ui.finder import Facets, Found
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.filters import filters_in, toggled
from escplaybook.ui.marks import mark_pixmap
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane
from escplaybook.ui.times import said

if TYPE_CHECKING:
    from escplaybook.search.find import Hit

MENUS = ("system", "stage", "severity", "state")
"""The filters that have a menu, where the book has more than one value for them."""


class HitList(QFrame):
    """`chosen` carries the id of the hit that became current, `filtered` the search with a filter put in or out."""

    chosen = Signal(str)
    filtered = Signal(str)
    as_typed_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._text, self._facets = desk, "", Facets()
        self._is_quiet = False
        self.setProperty("plane", "raised")
        self.table: RecordTable[Any] = RecordTable(Column(self.tr("Known blocker"), _spoken), parent=self)
        self.view = self._build_view()
        self.pane = StatePane(self.view, desk.theme, self)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.corrected = self._build_corrected()
        self.menus = {facet: self._build_menu(facet) for facet in MENUS}
        self.chips = QWidget(self)
        self._chip_row = QHBoxLayout(self.chips)
        self._chip_row.setContentsMargins(16, 0, 16, 8)
        self._chip_row.setSpacing(8)
        self._lay_out()
        desk.ticker.minute.connect(self.view.viewport().update)

    def show_found(self, found: Found) -> None:
        """Show what was found; the record that is current stays so if it is among the hits."""
        answer = found.answer
        if found.question.offset:
            self.table.add(answer.hits)
            return
        kept = self.current_id()
        self._text = found.question.text
        if found.facets:
            self._facets = found.facets
        self.table.show(answer.hits, answer.total)
        self._show_frame(found)
        if answer.hits:
            self.pane.show_content()
            self.select(kept)

    def current_id(self) -> str:
        """The id of the hit that is current; empty if none is."""
        index = self.view.currentIndex()
        return str(index.data(RECORD).id) if index.isValid() else ""

    def select(self, record_id: str) -> bool:
        """Make that hit current without saying so; tells whether it is in the list."""
        row = self.table.row_of(record_id) if record_id else -1
        if row < 0:
            return False
        index = self.table.index(row, 0)
        self._is_quiet = True
        self.view.setCurrentIndex(index)
        self._is_quiet = False
        self.view.scrollTo(index)
        return True

    def step(self, by: int) -> None:
        """Make the next (+1) or previous (−1) hit current."""
        row = max(0, min(self.view.currentIndex().row() + by, self.table.rowCount() - 1))
        if self.table.rowCount():
            self.view.setCurrentIndex(self.table.index(row, 0))

    def _build_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self.table)
        view.setItemDelegate(RowDelegate(self._desk.theme, self._row_of, view))
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setAccessibleName(self.tr("Known blockers found"))
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

    def _build_menu(self, facet: str) -> QPushButton:
        words = {
            "system": self.tr("System"),
            "stage": self.tr("Stage"),
            "severity": self.tr("Severity"),
            "state": self.tr("State"),
        }
        button = QPushButton(words[facet], self)
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
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(0)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in self.menus.values():
            row.addWidget(button)
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

    def _show_frame(self, found: Found) -> None:
        answer = found.answer
        self.count.setText(_count(answer.total, self.tr("1 known blocker"), self.tr("{0} known blockers")))
        self.corrected.setVisible(answer.corrected is not None)
        if answer.corrected is not None:
            told = self.tr("Searched for <b>{0}</b> instead of “{1}”.")
            self.corrected_text.setText(told.format(_escaped(answer.corrected), _escaped(answer.query)))
        for facet, button in self.menus.items():
            is_set = facet in dict(filters_in(self._text))
            button.setVisible(is_set or len(self._facets.get(facet, ())) > 1)
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
        for value, count in self._facets.get(facet, ()):
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

    def _row_of(self, hit: "Hit") -> Row:
        meta = [(hit.key, "muted")]
        if hit.system:
            meta.append((hit.system, "muted"))
        if hit.state:
            meta.append((hit.state, "muted"))
        meta.append((said(datetime.fromisoformat(hit.updated), self._desk.now()), "muted"))
        severity = Severity(hit.severity) if hit.severity else None
        return Row(hit.title, severity, hit.snippet, tuple(meta))

    def _follow_theme(self) -> None:
        self.view.doItemsLayout()


def _spoken(hit: "Hit") -> str:
    return f"{hit.severity} {hit.title}, {hit.key}".strip()


def _count(total: int, one: str, many: str) -> str:
    return one if total == 1 else many.format(f"{total:,}")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
