"""Knowledge: find a known blocker, read it, mend it, print it, see how it came to be what it is."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.knowledge import HEADINGS, Entry
from escplaybook.store import records
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.drafts import Draft
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.knowledge.filters import filters_in, words_in
from escplaybook.ui.knowledge.form import EntryForm
from escplaybook.ui.knowledge.hits import HitList
from escplaybook.ui.knowledge.reading import Reading
from escplaybook.ui.parts.history_panel import HistoryPanel
from escplaybook.ui.parts.states import StateView
from escplaybook.ui.times import said

NAME = "knowledge"
KINDS = ("entry",)
NEW = "new"


class KnowledgePage(QWidget):
    """List at the left, the known blocker at the right: to read, to edit, or with its history.

    `search_changed` tells the search box of a search that was not typed into it; `moved` that another record is open.
    """

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)
    print_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question = Question("", KINDS, with_facets=True)
        self._words: tuple[str, ...] = ()
        self.finder = Finder(desk.book.path, self)
        self.hits = HitList(desk, self)
        self.reading = Reading(desk, self)
        self.form = EntryForm(desk, self)
        self.history = HistoryPanel(desk, self._label_of, self)
        self.nothing = StateView(desk.theme, self)
        self._draft = Draft(desk, "entry", self)
        self.right = QStackedWidget(self)
        for pane in (self.nothing, self.reading, self.form, self.history):
            self.right.addWidget(pane)
        self._lay_out()
        self._connect()
        self._say_nothing_open()
        self.reading.set_read_only(desk.book.read_only)

    # what the window asks of every page

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        return self.tr("Search known blockers")

    def search(self, text: str) -> None:
        """Look for what is being typed."""
        self._ask(Question(text, KINDS, typing=bool(text.strip()), with_facets=not text.strip()))

    def place(self) -> Place:
        """Where in the page one is."""
        entry = self.reading.entry
        return Place(NAME, entry.id if entry else "", self._question.text)

    def show_place(self, place: Place) -> None:
        """Go to a place in the page; a form that is open stays kept as a draft."""
        self._leave_form()
        if place.search != self._question.text or not self.hits.table.rowCount():
            self._ask(Question(place.search, KINDS, with_facets=True))
            self.search_changed.emit(place.search)
        if place.record:
            self._open(place.record)
        else:
            self._close_record()

    def new(self, title: str = "") -> None:
        """Write a new known blocker."""
        if self._desk.book.read_only:
            return
        self._leave_form()
        self._draft.begin(NEW)
        self.form.show_new(title)
        self._show_form(NEW)

    def print_this(self) -> None:
        """Print the known blocker that is open."""
        if self.reading.entry is not None:
            self.print_wanted.emit(self.reading.entry)

    def save(self) -> None:
        """Store the form."""
        if self.right.currentWidget() is self.form:
            self._save()

    def step_out(self) -> bool:
        """Leave the form or the history for the text, and the text for the list; tells whether there was a way out."""
        if self.right.currentWidget() is self.form:
            self._cancel()
        elif self.right.currentWidget() is self.history:
            self._show_reading()
            self.reading.text.setFocus()
        elif not self.hits.view.hasFocus():
            self.hits.view.setFocus()
        else:
            return False
        return True

    def step(self, by: int) -> None:
        """Walk through the hits."""
        self.hits.step(by)

    def enter(self) -> None:
        """Go from the search box to the text of the first hit."""
        if self.hits.current_id() == "":
            self.hits.step(0)
        self.reading.text.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        match self.right.currentWidget():
            case self.form:
                return [self.hits.view, self.form.form.fields["title"]]
            case self.history:
                return [self.hits.view, self.history.view]
            case _:
                return [self.hits.view, self.reading.text]

    def close_down(self) -> None:
        """Keep what is being typed and end the search thread."""
        self._leave_form()
        self.finder.close()

    # inside

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self.hits)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([440, 800])
        self.hits.setMinimumWidth(280)
        self.right.setMinimumWidth(360)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _connect(self) -> None:
        self.finder.found.connect(self._found)
        self.finder.failed.connect(self._failed)
        self.hits.chosen.connect(self._chosen)
        self.hits.filtered.connect(self._filtered)
        self.hits.as_typed_wanted.connect(self._search_as_typed)
        self.hits.table.more_wanted.connect(self._more)
        self.reading.edit_wanted.connect(self.edit)
        self.reading.print_wanted.connect(self.print_this)
        self.reading.history_wanted.connect(self._show_history)
        self.reading.retire_wanted.connect(self._retire)
        self.reading.text.record_wanted.connect(self._open_key)
        self.form.changed.connect(self._typed)
        self.form.save_wanted.connect(self._save)
        self.form.cancel_wanted.connect(self._cancel)
        self.history.left.connect(self._show_reading)
        self.history.restore_wanted.connect(self._restore)
        self._desk.bridge.changed.connect(self._refresh)

    def _ask(self, question: Question) -> None:
        self._question = question
        self.hits.pane.wait()
        self.finder.ask(question)

    def _found(self, found: Found) -> None:
        self._question = replace(found.question, offset=0)
        self._words = found.answer.words
        self.hits.show_found(found)
        if not found.answer.hits and not found.question.offset:
            self._say_none(found)
        self.tallied.emit(self._tally(found))
        if self.reading.entry is not None:
            self.reading.show_entry(self.reading.entry, self._words)
            self.hits.select(self.reading.entry.id)

    def _failed(self, error: PlaybookError) -> None:
        self.hits.pane.tell("triangle-alert", self.tr("The search did not work"), str(error))

    def _tally(self, found: Found) -> str:
        total = f"{records.count(self._desk.book, Entry):,}"
        said_total = self.tr("{0} known blockers").format(total)
        return f"{said_total} · {found.seconds * 1000:.1f} ms" if found.question.text.strip() else said_total

    def _say_none(self, found: Found) -> None:
        text = found.question.text
        if not text.strip():
            self.hits.pane.tell(
                "book-open",
                self.tr("No known blockers yet"),
                self.tr("Here belongs every blocker that was met once: what people saw, what it was, what helped."),
                (self.tr("Import known issues …"), "import", self.import_wanted.emit),
                (self.tr("Write the first one"), "plus", self.new),
            )
            return
        offers = []
        if filters_in(text):
            offers.append((self.tr("Search without filters"), "", self._search_unfiltered))
        if not self._desk.book.read_only:
            offers.append((self.tr("Write it down as a new blocker"), "plus", self._write_it_down))
        self.hits.pane.tell(
            "search", self.tr("Nothing found"), self.tr("No known blocker answers to “{0}”.").format(text), *offers
        )

    def _search_unfiltered(self) -> None:
        self._filtered(words_in(self._question.text))

    def _write_it_down(self) -> None:
        self.new(words_in(self._question.text))

    def _filtered(self, text: str) -> None:
        self.search_changed.emit(text)
        self._ask(Question(text, KINDS, with_facets=True))

    def _search_as_typed(self) -> None:
        self._ask(Question(self._question.text, KINDS, as_typed=True, with_facets=True))

    def _more(self, offset: int) -> None:
        self.finder.ask(replace(self._question, typing=False, with_facets=False, offset=offset))

    def _chosen(self, record_id: str) -> None:
        if self._open(record_id):
            self.moved.emit(self.place())

    def _open(self, record_id: str) -> bool:
        entry = records.find(self._desk.book, Entry, record_id)
        if entry is None:
            return False
        self._leave_form()
        self.reading.show_entry(entry, self._words)
        self.hits.select(entry.id)
        self._show_reading()
        self._offer_draft(entry.id, self.edit)
        return True

    def _open_key(self, key: str) -> None:
        try:
            self._chosen(records.by_key(self._desk.book, key).id)
        except PlaybookError as error:
            self._desk.trouble(error)

    def _close_record(self) -> None:
        self.reading.entry = None
        self.right.setCurrentWidget(self.nothing)

    def edit(self) -> None:
        """Edit the known blocker that is open, going on from a draft if one was kept."""
        entry = self.reading.entry
        if entry is None or self._desk.book.read_only:
            return
        self._draft.begin(entry.id)
        self.form.show_entry(entry)
        self._show_form(entry.id)

    def _show_form(self, record_id: str) -> None:
        if (kept := self._draft.kept(record_id)) is not None:
            at, values = kept
            self.form.show_draft(values)
            self.form.kept.setText(self.tr("Your text of {0}, not saved yet").format(said(at, self._desk.now())))
        self.right.setCurrentWidget(self.form)

    def _offer_draft(self, record_id: str, act: Any) -> None:
        if (kept := self._draft.kept(record_id)) is not None:
            told = self.tr("You were editing this {0} and had not saved.").format(said(kept[0], self._desk.now()))
            self._desk.say(told, self.tr("Go on"), act)

    def _typed(self) -> None:
        self._draft.note(self.form.values())
        self.form.kept.setText(self.tr("Kept as you type, not saved yet"))

    def _save(self) -> None:
        before = self.form.before
        try:
            entry = self.form.entry(self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        if before is not None and not self.form.is_changed():
            self._cancel()
            return
        reason = self.tr("Add “{0}”").format(entry.title) if before is None else self.tr("Edit {0}").format(before.key)
        stored = self._desk.apply(reason, Edit(before, entry))
        if stored is None:
            return
        self._draft.drop()
        self.right.setCurrentWidget(self.reading)
        self._chosen(entry.id)
        self.reading.text.setFocus()

    def _cancel(self) -> None:
        was_changed = self.form.is_changed()
        values, record_id = self.form.values(), self.form.before.id if self.form.before else NEW
        self._draft.drop()
        self._show_reading()
        self.hits.view.setFocus()
        if was_changed:
            self._dropped = (record_id, values)
            self._desk.say(self.tr("Your changes were not saved."), self.tr("Go on editing"), self._go_on)

    def _go_on(self) -> None:
        record_id, values = self._dropped
        if record_id == NEW:
            self.new()
        elif self._open(record_id):
            self.edit()
        self.form.show_draft(values)
        self._typed()

    def _leave_form(self) -> None:
        if self.right.currentWidget() is self.form:
            if self.form.is_changed():
                self._draft.keep()
            self.right.setCurrentWidget(self.nothing)

    def _show_reading(self) -> None:
        self.right.setCurrentWidget(self.reading if self.reading.entry is not None else self.nothing)

    def _show_history(self) -> None:
        if self.reading.entry is not None:
            self.history.show_history(self.reading.entry.id, self.reading.entry.key)
            self.right.setCurrentWidget(self.history)

    def _restore(self, version: Entry) -> None:
        now_stored = self.reading.entry
        if now_stored is None:
            return
        reason = self.tr("Restore {0} as of {1}").format(version.key, said(version.updated, self._desk.now()))
        edit = Edit(now_stored, replace(version, updated=self._desk.now()))
        if self._desk.apply(reason, edit) is not None:
            self._show_reading()

    def _retire(self) -> None:
        entry = self.reading.entry
        if entry is None:
            return
        now = self._desk.now()
        after = replace(entry, retired=None if entry.retired else now, updated=now)
        reason = self.tr("Take {0} back into use") if entry.retired else self.tr("Retire {0}")
        self._desk.apply(reason.format(entry.key), Edit(entry, after))

    def _refresh(self, kinds: frozenset[type[Any]]) -> None:
        if Entry not in kinds:
            return
        self.finder.ask(replace(self._question, typing=False, with_facets=True, limit=max(50, self._shown())))
        if self.reading.entry is not None:
            fresh = records.find(self._desk.book, Entry, self.reading.entry.id)
            if fresh is None:
                self._close_record()
            else:
                self.reading.show_entry(fresh, self._words)

    def _shown(self) -> int:
        return self.hits.table.rowCount()

    def _say_nothing_open(self) -> None:
        self.nothing.tell("book-open", self.tr("No known blocker is open"), self.tr("Choose one at the left."))

    def _label_of(self, field: str) -> str:
        names = {
            "title": self.tr("Title"),
            "steps": self.tr("Remedy, step by step"),
            "rest": self.tr("Other sections"),
            "data_domain": self.tr("Data domain"),
            "cause_class": self.tr("Cause class"),
            "error_codes": self.tr("Error codes"),
            "retired": self.tr("Retired"),
        }
        return names.get(field) or HEADINGS.get(field) or field.capitalize()
