"""The right half of a page: one record to read, to edit, or with its history; drafts, saving, retiring, restoring."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.vendors import Vendor
from escplaybook.services.replacing import edits_for, places_of, reason_for
from escplaybook.store import records
from escplaybook.ui.desk import Desk
from escplaybook.ui.drafts import Draft
from escplaybook.ui.parts.record_form import RecordForm
from escplaybook.ui.parts.states import StateView
from escplaybook.ui.times import said

if TYPE_CHECKING:
    from escplaybook.ui.parts.handing_over import HandingOver
    from escplaybook.ui.parts.history_panel import HistoryPanel

NEW = "new"
"""The id under which the draft of a record that is not in the book yet is kept."""


class ReadingPane(Protocol):
    """A widget that shows one record. Its signals say what a person wants done with it."""

    edit_wanted: Any
    history_wanted: Any
    retire_wanted: Any
    record: Any

    def show_record(self, record: Any, words: tuple[str, ...]) -> None:
        """Show it with the searched words marked."""
        ...

    def focus_target(self) -> QWidget:
        """What takes the keys while it is read."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What a detail pane must know of its kind of record. `name_of` is how a record is called in the history."""

    record_type: type[Any]
    name: str
    name_of: Callable[[Any], str]
    label_of: Callable[[str], str]
    icon: str
    nothing_open: tuple[str, str]


class Detail(QStackedWidget):
    """`opened` carries the record that is open now; `left` that the person has stepped back towards the list."""

    opened = Signal(object)
    left = Signal()

    def __init__(
        self, desk: Desk, subject: Subject, reading: Any, form: RecordForm, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._subject = desk, subject
        self.setProperty("plane", "raised")
        self._words: tuple[str, ...] = ()
        self._dropped: tuple[str, dict[str, Any]] = ("", {})
        self._latest = ""
        self.reading, self.form = reading, form
        self._history: HistoryPanel | None = None
        self._handing_over: HandingOver | None = None
        self.nothing = StateView(desk.theme, self)
        self.nothing.tell(subject.icon, *subject.nothing_open)
        self._draft = Draft(desk, subject.name, self)
        for pane in (self.nothing, reading, form):
            self.addWidget(pane)
        self._connect()

    @property
    def history(self) -> "HistoryPanel":
        """The history of the open record; made when it is first wanted."""
        if self._history is None:
            from escplaybook.ui.parts.history_panel import HistoryPanel

            self._history = HistoryPanel(self._desk, self._subject.label_of, self)
            self._history.left.connect(self._leave_history)
            self._history.restore_wanted.connect(self._restore)
            self.addWidget(self._history)
        return self._history

    @property
    def handing_over(self) -> "HandingOver":
        """Who takes over from the open record; made when it is first wanted."""
        if self._handing_over is None:
            from escplaybook.ui.parts.handing_over import HandingOver

            self._handing_over = HandingOver(self._desk, self)
            self._handing_over.left.connect(self._leave_history)
            self._handing_over.decided.connect(self._hand_over)
            self.addWidget(self._handing_over)
        return self._handing_over

    @property
    def record(self) -> Any:
        """The record that is open, or None."""
        return self.reading.record

    def open(self, record_id: str) -> bool:
        """Show that record to read; tells whether it is in the book."""
        record = records.find(self._desk.book, self._subject.record_type, record_id)
        if record is None:
            return False
        self.leave_form()
        self.reading.show_record(record, self._words)
        self._show_reading()
        self._offer_draft(record_id)
        self.opened.emit(record)
        return True

    def close_record(self) -> None:
        """Show none."""
        self.leave_form()
        self.reading.record = None
        self._show_reading()

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark these words in the text from now on."""
        self._words = words
        if self.record is not None:
            self.reading.show_record(self.record, words)

    def edit(self, field: str = "") -> None:
        """Edit the open record, going on from a draft if one was kept; `field` is where writing begins."""
        if self.record is None or self._desk.book.read_only:
            return
        self._draft.begin(self.record.id)
        self.form.show_record(self.record)
        self._show_form(self.record.id)
        if field in self.form.form.fields:
            self.form.form.fields[field].setFocus()

    def new(self, title: str = "") -> None:
        """Write a new record, going on from a draft if one was kept and no title is given."""
        if self._desk.book.read_only:
            return
        self.leave_form()
        self._draft.begin(NEW)
        self.form.show_new(title)
        if title:
            self.setCurrentWidget(self.form)
            self._typed()
        else:
            self._show_form(NEW)

    def save(self) -> None:
        """Store what the form holds, if it is open."""
        if self.currentWidget() is not self.form:
            return
        before = self.form.before
        if before is not None and not self.form.is_changed():
            self._cancel()
            return
        try:
            record = self.form.record(self._desk.now())
            edits = self.form.edits_of(before, record, self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        name = self._subject.name_of(record)
        reason = self.tr("Add {0}").format(name) if before is None else self.tr("Edit {0}").format(name)
        if self._desk.apply(reason, *edits, files=self.form.files()) is None:
            self._begin_again()
            return
        self.setCurrentWidget(self.reading)
        self._draft.drop()  # last: a field that spells out what was typed as it loses the keys would note it again
        self.open(record.id)
        self.reading.focus_target().setFocus()

    def step_out(self) -> bool:
        """Leave the form or the history for the text; tells whether there was anything to leave."""
        if self.currentWidget() is self.form:
            self._cancel()
        elif self._is_on_history() or self._is_on_handing_over():
            self._leave_history()
        else:
            is_read = self.currentWidget() is self.reading
            return is_read and bool(self.reading.suggestions.leave_asking())
        return True

    def focus_target(self) -> QWidget:
        """What takes the keys on this side of the page."""
        if self.currentWidget() is self.form:
            return self.form.first_field()
        if self._is_on_history():
            return self.history.view
        if self._is_on_handing_over():
            return self.handing_over.focus_target()
        if self.currentWidget() is self.nothing:
            return self.nothing
        target: QWidget = self.reading.focus_target()
        return target

    def refresh(self, kinds: frozenset[type[Any]]) -> None:
        """Somebody changed records of these kinds; show the open one as it is now."""
        if self._subject.record_type not in kinds or self.record is None:
            return
        fresh = records.find(self._desk.book, self._subject.record_type, self.record.id)
        if fresh is None:
            self.reading.record = None
            if self.currentWidget() is not self.form:
                self._show_reading()
            return
        self.reading.show_record(fresh, self._words)
        if self._is_on_history():
            self.history.show_history(fresh.id, self._subject.name_of(fresh))

    def leave_form(self) -> None:
        """Go away from the form; what was typed stays kept as a draft."""
        if self.currentWidget() is self.form:
            if self.form.is_changed():
                self._draft.keep()
                self._latest = self.form.before.id if self.form.before is not None else NEW
                told = self.tr("What you typed is kept, not saved.")
                self._desk.say(told, self.tr("Go on"), self._go_on_with_latest)
            self._show_reading()

    def show_history(self) -> None:
        """Show how the open record came to be what it is."""
        if self.record is not None:
            self.history.show_history(self.record.id, self._subject.name_of(self.record))
            self.setCurrentWidget(self.history)

    def retire(self) -> None:
        """Take the open record out of use, or back into it; who takes over is asked if others name it."""
        record = self.record
        if record is None or self._desk.book.read_only:
            return
        if (
            record.retired is None
            and isinstance(record, Contact | Vendor)
            and (places := places_of(self._desk.book, record))
        ):
            self.handing_over.show_places(record, places)
            self.setCurrentWidget(self.handing_over)
            self.handing_over.focus_target().setFocus()
            return
        self._retire(record)

    def _hand_over(self, successor: Any) -> None:
        """Retire the open record; whoever was named takes its places."""
        record = self.record
        if successor is None:
            self._retire(record)
        else:
            try:
                edits = edits_for(self._desk.book, record, successor, self._desk.now(), retire=True)
            except PlaybookError as error:
                self._desk.trouble(error)
                return
            if self._desk.apply(reason_for(record, successor, retire=True), *edits) is None:
                return
        if self._is_on_handing_over():
            self._leave_history()

    def _retire(self, record: Any) -> None:
        now = self._desk.now()
        after = replace(record, retired=None if record.retired else now, updated=now)
        reason = self.tr("Take {0} back into use") if record.retired else self.tr("Retire {0}")
        self._desk.apply(reason.format(self._subject.name_of(record)), Edit(record, after))

    def _connect(self) -> None:
        self.reading.edit_wanted.connect(self.edit)
        self.reading.history_wanted.connect(self.show_history)
        self.reading.retire_wanted.connect(self.retire)
        self.form.changed.connect(self._typed)
        self.form.save_wanted.connect(self.save)
        self.form.cancel_wanted.connect(self._cancel)
        self._desk.bridge.changed.connect(self.refresh)

    def _is_on_history(self) -> bool:
        return self._history is not None and self.currentWidget() is self._history

    def _is_on_handing_over(self) -> bool:
        return self._handing_over is not None and self.currentWidget() is self._handing_over

    def _show_reading(self) -> None:
        self.setCurrentWidget(self.reading if self.record is not None else self.nothing)

    def _show_form(self, record_id: str) -> None:
        if (kept := self._draft.kept(record_id)) is not None:
            at, values = kept
            clashes = self.form.take_up(values, self._draft.kept_base(record_id))
            self._draft.note(self.form.values(), self.form.base())
            self.form.tell(self.tr("What you typed {0}, not saved yet").format(self._said(at)))
            self._tell_clashes(clashes)
        self.setCurrentWidget(self.form)
        self.form.first_field().setFocus()

    def offer_latest_draft(self) -> None:
        """The program ended while somebody was typing: say so, and offer to go on."""
        drafts = [(kept[0], record_id) for record_id in self._draft.all_kept() if (kept := self._draft.kept(record_id))]
        if drafts and not self._desk.book.read_only:
            at, self._latest = max(drafts)
            told = self.tr("You were writing {0} and had not saved.").format(self._said(at))
            self._desk.say(told, self.tr("Go on"), self._go_on_with_latest)

    def _go_on_with_latest(self) -> None:
        if self._latest == NEW:
            self.new()
        elif self.open(self._latest):
            self.edit()

    def _offer_draft(self, record_id: str) -> None:
        if (kept := self._draft.kept(record_id)) is not None and not self._desk.book.read_only:
            told = self.tr("You were editing this {0} and had not saved.").format(self._said(kept[0]))
            self._desk.say(told, self.tr("Go on"), self.edit)

    def _said(self, at: datetime) -> str:
        return said(at, self._desk.now())

    def _typed(self) -> None:
        self._draft.note(self.form.values(), self.form.base())
        self.form.tell(self.tr("Kept as you type, not saved yet"))

    def _cancel(self) -> None:
        was_changed, values = self.form.is_changed(), self.form.values()
        record_id = self.form.before.id if self.form.before is not None else NEW
        self._show_reading()
        self._draft.drop()
        self.left.emit()
        if was_changed:
            self._dropped = (record_id, values)
            self._desk.say(self.tr("Your changes were not saved."), self.tr("Go on editing"), self._take_up_again)

    def _take_up_again(self) -> None:
        record_id, values = self._dropped
        if record_id == NEW:
            self.new()
        elif self.open(record_id):
            self.edit()
        self.form.show_draft(values)
        self._typed()

    def _begin_again(self) -> None:
        """Somebody else changed the record while it was edited: put what was typed on top of what it is now."""
        before = self.form.before
        fresh = records.find(self._desk.book, self._subject.record_type, before.id) if before is not None else None
        if fresh is None or fresh == before:
            return
        values, base = self.form.values(), self.form.base()
        self.form.show_record(fresh)
        clashes = self.form.take_up(values, base)
        self._typed()
        self.form.tell(self.tr("Changed elsewhere; look at it again and save"))
        self._tell_clashes(clashes)

    def _tell_clashes(self, fields: list[str]) -> None:
        if fields:
            told = self.tr("Changed elsewhere as well: {0}. Yours is shown, theirs is in the history.")
            self.form.tell(told.format(", ".join(map(self._subject.label_of, fields))))

    def _leave_history(self) -> None:
        self._show_reading()
        self.reading.focus_target().setFocus()

    def _restore(self, version: Any) -> None:
        name = self._subject.name_of(version)
        reason = self.tr("Restore {0} as it was {1}").format(name, self._said(version.updated))
        edit = Edit(self.record, replace(version, updated=self._desk.now()))
        if self._desk.apply(reason, edit) is not None:
            self._show_reading()
