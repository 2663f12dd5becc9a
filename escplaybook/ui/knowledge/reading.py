"""A known blocker to read: facts, title, what can be done with it, and its text with the searched words marked."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.annotations import ANNOTATED, Annotation, span_of
from escplaybook.domain.knowledge import Entry
from escplaybook.prose.passages import texts_of
from escplaybook.store.knowledge import notes_on
from escplaybook.ui.desk import Desk
from escplaybook.ui.knowledge.notes import aside, lost
from escplaybook.ui.knowledge.notes_acts import NoteActs
from escplaybook.ui.knowledge.text import IsHit, html_of
from escplaybook.ui.knowledge.uses_actions import Using
from escplaybook.ui.parts.attachments_field import AttachmentsField
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.times import exact, said


class Reading(RecordReading):
    """Shows an entry; `print_wanted` says that a person wants it on paper."""

    print_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._words: tuple[str, ...] = ()
        self._notes: list[Annotation] = []
        super().__init__(desk, parent)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.using.steps, 1)
        layout.addWidget(self.files)
        self.using.turned.connect(self._turned)
        self.using.changed.connect(self._retell)
        self.text.anchorClicked.connect(self.using.follow)
        self.notes = NoteActs(desk, self.text)
        self.margin = self.notes.margin
        self._had_room = self.margin.has_room()
        self.text.resized.connect(self._make_room)
        desk.bridge.changed.connect(self._notes_changed)
        self.text.setAccessibleName(self.tr("Text of the known blocker"))

    def show_record(self, record: Entry, words: Sequence[str] = ()) -> None:
        """Show an entry with the searched words marked; the same one again stays where it was read."""
        notes = notes_on(self._desk.book, record.id)
        self.using.show_entry(record)
        self.files.show_record(record)
        if self.record == record and self._words == tuple(words) and self._notes == notes:
            return
        self._words, self._notes = tuple(words), notes
        self.margin.forget()
        super().show_record(record, words)
        self.notes.show_notes(record, notes)
        if self.using.is_ticking():
            self._turned()

    def tell_standing(self) -> None:
        """Say how it stands at this minute, unless the steps need the room."""
        super().tell_standing()
        if self.using.is_ticking():
            self.standing.hide()

    def buttons(self) -> list[QPushButton]:
        self.using = Using(self._desk, self)
        self.print = self.button(self.tr("Print"), "printer")
        self.print.clicked.connect(self.print_wanted)
        use = self.using
        return [use.worked, use.otherwise, use.tick, self.print, self.edit, self.history, self.retire]

    def below_actions(self) -> list[QWidget]:
        self.files = AttachmentsField(self._desk, self, field="attachments")  # stands below the text
        return [self.using.ask, self.using.trust]

    def focus_target(self) -> QWidget:
        """The steps take the keys while they are ticked through, else the text."""
        return self.using.steps.focus_target() if self.using.is_ticking() else self.text

    def tell_facts(self, record: Entry) -> None:
        facts = (record.stage.capitalize(), record.system, record.data_domain, record.vendor, record.cause_class or "")
        self.facts.tell(record.severity, record.key, *facts)

    def title_of(self, record: Entry) -> str:
        return record.title

    def standing_of(self, record: Entry) -> tuple[str, str]:
        now = self._desk.now()
        told = [self.tr("changed {0}").format(said(record.updated, now))]
        if record.origin and record.origin.state:
            told.insert(0, self.tr("{0} in its tracker").format(record.origin.state))
        if record.retired:
            told.insert(0, self.tr("retired {0}").format(said(record.retired, now)))
        self.standing.setToolTip(exact(record.updated))
        return "small", " · ".join((*told, *record.tags, *record.error_codes))

    def html_of(self, record: Any) -> str:
        uses = self.using.html()
        muted, texts = self._desk.theme.tokens.muted, texts_of(record)
        in_use = [note for note in self._notes if note.is_in_use]
        gone = [note for note in in_use if span_of(note, texts) is None]
        if self.margin.has_room():
            return html_of(record, self._matcher()) + lost(gone, muted) + uses
        there = [note for note in in_use if note not in gone]
        below = {field: aside([note for note in there if note.field == field], muted) for field in ANNOTATED}
        return html_of(record, self._matcher(), below) + lost(gone, muted) + uses

    def _fit(self) -> None:
        super()._fit()
        self.files.stand_below(self.head)

    def _make_room(self) -> None:
        """Notes move between the margin and the text when the pane becomes wide or narrow enough."""
        if self._had_room != self.margin.has_room():
            self._had_room = self.margin.has_room()
            if self._notes and self.record is not None:
                self._retell()

    def _retell(self) -> None:
        """The text once more: its notes or its uses changed."""
        if self.record is not None:
            self.text.refresh_html(self.whole_html(self.record))

    def _turned(self) -> None:
        """Who ticks needs the room: what else can be done waits until the text is back."""
        is_ticking = self.using.is_ticking()
        for widget in (self.text, self.standing, self.print, self.history, self.files):
            widget.setHidden(is_ticking)
        for button in (self.edit, self.retire, self.suggest):
            button.setHidden(is_ticking or self._desk.book.read_only)

    def _notes_changed(self, kinds: frozenset[type[Any]]) -> None:
        if Annotation in kinds and self.record is not None:
            self.show_record(self.record, self._words)

    def _matcher(self) -> IsHit | None:
        if not self._words:
            return None
        from escplaybook.search.highlight import matcher

        return matcher(self._words)
