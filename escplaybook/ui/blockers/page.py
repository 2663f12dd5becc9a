"""Blockers at hand: the list at the left, the blocker at the right, to raise, take, resolve and mend."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSplitter, QStackedWidget, QWidget

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import stage_on
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.services import blocking
from escplaybook.store import records
from escplaybook.store.programme import programme
from escplaybook.ui.blockers.form import BlockerForm
from escplaybook.ui.blockers.reading import BlockerReading
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.drafts import Draft
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.parts.history_panel import HistoryPanel
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.states import StatePane, StateView
from escplaybook.ui.times import said

NAME = "blockers"
NEW = "new"
ALIKE = 5
"""How many known blockers that look like it are shown."""


class BlockersPage(QWidget):
    """Open blockers first, the worst on top; resolved ones below. `call_wanted` asks who to call for one."""

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)
    counted = Signal(int)
    call_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._typed_words, self._similar = desk, "", ()
        self._programme = programme(desk.book)
        self.table: RecordTable[Blocker] = RecordTable(Column(self.tr("Blocker"), _spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, self._row, self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("Blockers"))
        self.pane = StatePane(self.view, desk.theme, self)
        self.reading = BlockerReading(desk, self)
        self.form = BlockerForm(desk, self)
        self.history = HistoryPanel(desk, _label_of, self)
        self.nothing = StateView(desk.theme, self)
        self.nothing.tell("octagon-alert", self.tr("No blocker is open"), self.tr("Choose one at the left."))
        self.right = QStackedWidget(self)
        for pane in (self.nothing, self.reading, self.form, self.history):
            self.right.addWidget(pane)
        self.finder = Finder(desk.book.path, self)
        self._draft = Draft(desk, "blocker", self)
        self._lay_out()
        self._connect()
        self.refresh(frozenset({Blocker}))

    # what the window asks of every page

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        return self.tr("Search blockers at hand")

    def search(self, text: str) -> None:
        """Show the blockers whose words contain what is typed."""
        self._typed_words = text
        self._fill()

    def place(self) -> Place:
        """Where in the page one is."""
        blocker = self.reading.blocker
        return Place(NAME, blocker.id if blocker else "", self._typed_words)

    def show_place(self, place: Place) -> None:
        """Go to a place in the page; a form that is open stays kept as a draft."""
        self._leave_form()
        self._typed_words = place.search
        self._fill()
        if place.record:
            self._open(place.record)

    def new(self, asked: MatrixPlace | None = None, title: str = "") -> None:
        """Raise a blocker; what is known of it already comes along."""
        if self._desk.book.read_only:
            return
        self._leave_form()
        self._draft.begin(NEW)
        self.form.show_new(asked or self._here(), title)
        self._show_form(NEW)

    def print_this(self) -> None:
        """There is no paper of a blocker yet; forms come with the paper room."""

    def save(self) -> None:
        """Store the form."""
        if self.right.currentWidget() is self.form:
            self._save()

    def step_out(self) -> bool:
        """Leave the form, the history or the question what ended it; tells whether there was a way out."""
        if self.right.currentWidget() is self.form:
            self._cancel()
        elif self.right.currentWidget() is self.history:
            self._show_reading()
        elif self.reading.leave_resolution():
            self.reading.text.setFocus()
        elif not self.view.hasFocus():
            self.view.setFocus()
        else:
            return False
        return True

    def step(self, by: int) -> None:
        """Walk through the list."""
        row = min(max(self.view.currentIndex().row() + by, 0), self.table.rowCount() - 1)
        self.view.setCurrentIndex(self.table.index(row, 0))

    def enter(self) -> None:
        """Go from the search box to the list."""
        self.view.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        if self.right.currentWidget() is self.form:
            return [self.view, self.form.form.fields["title"]]
        return [self.view, self.reading.text]

    def close_down(self) -> None:
        """Keep what is being typed and end the search thread."""
        self._leave_form()
        self.finder.close()

    def refresh(self, kinds: frozenset[type[Any]]) -> None:
        """Read again what changed."""
        if Entry in kinds and kinds == {Entry}:
            return
        self._programme = programme(self._desk.book)
        self._fill()
        if self.reading.blocker is not None:
            self._show(self.reading.blocker.id)

    # inside

    def _fill(self) -> None:
        words = self._typed_words.casefold().split()
        found = [
            blocker
            for blocker in self._programme.blockers
            if blocker.retired is None and all(word in _all_words(blocker) for word in words)
        ]
        found.sort(key=lambda blocker: (blocker.state is BlockerState.RESOLVED, blocker.severity, blocker.observed))
        chosen = self.reading.blocker.id if self.reading.blocker else ""
        self.table.show(found)
        if (row := self.table.row_of(chosen)) >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        at_hand = sum(blocker.state is not BlockerState.RESOLVED for blocker in found)
        self.counted.emit(sum(blocker.state is BlockerState.RAISED for blocker in self._programme.blockers))
        self.tallied.emit(self.tr("{0} at hand, {1} resolved").format(at_hand, len(found) - at_hand))
        if found:
            self.pane.show_content()
        elif words:
            self.pane.tell("search", self.tr("Nothing found"), self.tr("No blocker at hand has these words."))
        else:
            told = self.tr("Here stands what stalls a milestone now: since when, how bad, and who has taken it.")
            offers = () if self._desk.book.read_only else ((self.tr("Raise a blocker"), "plus", self.new),)
            self.pane.tell("octagon-alert", self.tr("Nothing is blocked"), told, *offers)

    def _here(self) -> MatrixPlace | None:
        """The only deployment and its present stage, as far as there is one."""
        current = [deployment for deployment in self._programme.deployments if deployment.retired is None]
        if len(current) != 1:
            return None
        stage = stage_on(current[0], self._desk.now().date())
        return MatrixPlace(Severity.S3, stage, deployment=current[0].id)

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        blocker = index.data(RECORD)
        if blocker is not None and (self.reading.blocker is None or blocker.id != self.reading.blocker.id):
            self._open(blocker.id)
            self.moved.emit(self.place())

    def _open(self, record_id: str) -> None:
        blocker = records.find(self._desk.book, Blocker, record_id)
        if blocker is None:
            return
        self._leave_form()
        self._similar = ()
        self._show(blocker.id)
        self.right.setCurrentWidget(self.reading)
        if (row := self.table.row_of(blocker.id)) >= 0:
            self.view.setCurrentIndex(self.table.index(row, 0))
        self.finder.ask(Question(blocker.title, ("entry",), limit=ALIKE))

    def _show(self, record_id: str) -> None:
        blocker = records.find(self._desk.book, Blocker, record_id)
        if blocker is None:
            self.reading.blocker = None
            self.right.setCurrentWidget(self.nothing)
            return
        entry = records.find(self._desk.book, Entry, blocker.entry) if blocker.entry else None
        self.reading.show_blocker(blocker, self._programme, entry, self._similar)

    def _found_alike(self, found: Found) -> None:
        self._similar = tuple((hit.key, hit.title) for hit in found.answer.hits)
        if self.reading.blocker is not None and self.reading.blocker.title == found.question.text:
            self._show(self.reading.blocker.id)

    def _acknowledge(self) -> None:
        self._do(blocking.acknowledge, self.tr("Taken"))

    def _resolve(self, resolution: str) -> None:
        def resolved(book: Any, blocker: Blocker, now: Any) -> Blocker:
            return blocking.resolve(book, blocker, now, resolution)

        self._do(resolved, self.tr("Resolved"))

    def _do(self, act: Any, told: str) -> None:
        blocker = self.reading.blocker
        if blocker is None:
            return
        try:
            act(self._desk.book, blocker, self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.say(f"{told}: {blocker.key} “{blocker.title}”")

    def _edit(self) -> None:
        if self.reading.blocker is not None and not self._desk.book.read_only:
            self._draft.begin(self.reading.blocker.id)
            self.form.show_blocker(self.reading.blocker)
            self._show_form(self.reading.blocker.id)

    def _call(self) -> None:
        blocker = self.reading.blocker
        if blocker is not None:
            self.call_wanted.emit(MatrixPlace(blocker.severity, blocker.stage, blocker.cause_class, blocker.deployment))

    def _show_form(self, record_id: str) -> None:
        deployments = [(d.name, d.id) for d in self._programme.deployments if d.retired is None]
        systems = {name for vendor in self._programme.vendors for name in vendor.systems}
        systems |= {blocker.system for blocker in self._programme.blockers if blocker.system}
        domains = {blocker.data_domain for blocker in self._programme.blockers if blocker.data_domain}
        self.form.suggest({"system": sorted(systems), "data_domain": sorted(domains)}, deployments)
        if (kept := self._draft.kept(record_id)) is not None:
            self.form.show_draft(kept[1])
            told = self.tr("Your text of {0}, not saved yet")
            self.form.kept.setText(told.format(said(kept[0], self._desk.now())))
        self.right.setCurrentWidget(self.form)

    def _typed(self) -> None:
        self._draft.note(self.form.values())
        self.form.kept.setText(self.tr("Kept as you type, not saved yet"))

    def _save(self) -> None:
        now, before = self._desk.now(), self.form.before
        try:
            blocker = self.form.blocker(now)
            if before is None:
                blocker = blocking.raise_blocker(self._desk.book, blocker, now)
                self._desk.say(self.tr("Raised {0} “{1}”").format(blocker.key, blocker.title))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        if before is not None and self.form.is_changed():
            if self._desk.apply(self.tr("Edit {0}").format(before.key), Edit(before, blocker)) is None:
                return
            self._desk.say(self.tr("Saved {0}").format(before.key))  # a blocker's log is mended, never undone
        self._draft.drop()
        self.right.setCurrentWidget(self.reading)
        self._open(blocker.id)

    def _cancel(self) -> None:
        self._draft.drop()
        self._show_reading()
        self.view.setFocus()

    def _leave_form(self) -> None:
        if self.right.currentWidget() is self.form:
            if self.form.is_changed():
                self._draft.keep()
            self._show_reading()

    def _show_reading(self) -> None:
        self.right.setCurrentWidget(self.reading if self.reading.blocker is not None else self.nothing)

    def _show_history(self) -> None:
        if self.reading.blocker is not None:
            self.history.show_history(self.reading.blocker.id, self.reading.blocker.key)
            self.right.setCurrentWidget(self.history)

    def _go_to_entry(self, key: str) -> None:
        try:
            self._desk.go("knowledge", records.by_key(self._desk.book, key).id)
        except PlaybookError as error:
            self._desk.trouble(error)

    def _tick(self) -> None:
        if self.isVisible() and self.reading.blocker is not None:
            self._show(self.reading.blocker.id)

    def _row(self, blocker: Blocker) -> Row:
        now = self._desk.now()
        state, token = {
            BlockerState.RAISED: (self.tr("not taken yet"), "bad"),
            BlockerState.ACKNOWLEDGED: (self.tr("taken"), "muted"),
            BlockerState.RESOLVED: (self.tr("resolved"), "good"),
        }[blocker.state]
        meta = [(blocker.key, "muted"), (state, token), (said(blocker.observed, now), "muted")]
        if blocker.system:
            meta.append((blocker.system, "muted"))
        return Row(blocker.title, blocker.severity, "", tuple(meta))

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self.pane)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([400, 800])
        self.pane.setMinimumWidth(280)
        self.right.setMinimumWidth(360)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.finder.found.connect(self._found_alike)
        self.finder.failed.connect(self._desk.trouble)
        self.reading.acknowledge_wanted.connect(self._acknowledge)
        self.reading.resolve_wanted.connect(self._resolve)
        self.reading.edit_wanted.connect(self._edit)
        self.reading.call_wanted.connect(self._call)
        self.reading.history_wanted.connect(self._show_history)
        self.reading.text.record_wanted.connect(self._go_to_entry)
        self.history.left.connect(self._show_reading)
        self.form.changed.connect(self._typed)
        self.form.save_wanted.connect(self._save)
        self.form.cancel_wanted.connect(self._cancel)
        self._desk.bridge.changed.connect(self.refresh)
        self._desk.ticker.minute.connect(self._tick)


def _spoken(blocker: Blocker) -> str:
    return f"{blocker.severity} {blocker.title}, {blocker.state}"


def _all_words(blocker: Blocker) -> str:
    parts = (blocker.key, blocker.title, blocker.system, blocker.data_domain, blocker.context, blocker.stage)
    return " ".join(parts).casefold()


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
