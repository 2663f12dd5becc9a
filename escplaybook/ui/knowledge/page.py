"""Knowledge: find a known blocker, read it, mend it, print it, see how it came to be what it is."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.classification import Severity
from escplaybook.domain.knowledge import HEADINGS, Entry
from escplaybook.domain.queues import Queue
from escplaybook.domain.uses import Use
from escplaybook.store import records
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.knowledge.alike import Alike
from escplaybook.ui.knowledge.form import SUGGESTED, EntryForm
from escplaybook.ui.knowledge.reading import Reading
from escplaybook.ui.knowledge.wanting import Wanting
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.times import said

if TYPE_CHECKING:
    from escplaybook.search.find import Hit

NAME = "knowledge"


class KnowledgePage(RecordPage):
    """`print_wanted` carries the entry to be printed; `import_wanted` that a collection is to be brought in."""

    print_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, NAME, Listing("entry", Entry, follows=frozenset({Use})), parent)
        self.reading.print_wanted.connect(self.print_this)
        self.reading.record_wanted.connect(desk.go_to_key)
        self.reading.edit_wanted.connect(self._suggest)
        self.wanting = Wanting(desk, self.detail)
        self.alike = Alike(desk, self.form)
        self.alike.read_wanted.connect(self._read_first)

    def show_place(self, place: Place) -> None:
        """Go to a known blocker; a mentor's note leads to its passage, a use to what it is about."""
        book, record = self._desk.book, place.record
        about = (records.find(book, Annotation, record) or records.find(book, Use, record)) if record else None
        super().show_place(replace(place, record=about.entry) if about is not None else place)
        if isinstance(about, Annotation):
            self.reading.margin.go_to(about.id)

    def words(self) -> PageWords:
        return PageWords(
            name=self.tr("Known blockers"),
            hint=self.tr("Search known blockers"),
            one=self.tr("1 known blocker"),
            many=self.tr("{0} known blockers"),
            icon="book-open",
            empty=self.tr("No known blockers yet"),
            belongs=self.tr("Here belongs every blocker that was met once: what people saw, what it was, what helped."),
            nothing_found=self.tr("No known blocker answers to “{0}”."),
            write_it_down=self.tr("Write it down as a known blocker"),
            new=self.tr("Write down a known blocker"),
        )

    def build_hits(self) -> HitList:
        menus = (
            ("system", self.tr("System")),
            ("stage", self.tr("Stage")),
            ("severity", self.tr("Severity")),
            ("state", self.tr("State")),
            ("confidence", self.tr("Confidence")),
            ("queue", self.tr("Queue")),
        )
        hits = HitList(self._desk, self._said, self._row_of, menus, self, beside="queue")
        hits.offer(self.tr("Probable doubles: compare, merge"), "copy", self._show_doubles)
        return hits

    def build_detail(self) -> Detail:
        self.reading, self.form = Reading(self._desk, self), EntryForm(self._desk, self)
        nothing_open = (self.tr("No known blocker is open"), self.tr("Choose one at the left."))
        subject = Subject(Entry, "entry", _name_of, self._label_of, "book-open", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return (
            (self.tr("Import known issues …"), "import", self.import_wanted.emit),
            (self.tr("Write the first one"), "plus", self._write_first),
        )

    def other_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Raise it as a blocker at hand"), "octagon-alert", self._raise_it),)

    def new(self, title: str = "") -> None:
        """Write a new known blocker."""
        self._suggest()
        self.alike.begin()
        super().new(title)

    def print_this(self) -> None:
        """Print the known blocker that is open."""
        if self.detail.record is not None:
            self.print_wanted.emit(self.detail.record)

    def note_this(self) -> None:
        """Write a note beside the selected passage."""
        self.reading.notes.write_beside()

    def save(self) -> None:
        """Store what is being written: a note in the margin, or the form."""
        if not self.reading.notes.save():
            super().save()

    def close_down(self) -> None:
        """End the second search too."""
        self.alike.close_down()
        super().close_down()

    def step_out(self) -> bool:
        """Give up a note that is being written, what is asked about a use, and the steps, first."""
        return self.reading.notes.step_out() or self.reading.using.step_out() or super().step_out()

    def _read_first(self, entry_id: str) -> None:
        self.detail.leave_form()
        self._desk.go(NAME, entry_id, self._question.text)

    def _show_doubles(self) -> None:
        self._desk.go("double-entries")

    def _raise_it(self) -> None:
        self.write_wanted.emit("blocker", self.words_asked())

    def _write_first(self) -> None:
        self.new()

    def _suggest(self) -> None:
        used = self.hits.facets
        self.form.suggest({name: [value for value, _ in used.get(name, ())] for name in SUGGESTED})

    def _row_of(self, hit: "Hit") -> Row:
        words = (hit.key, hit.confidence, hit.system, hit.stage, hit.state)
        meta = [(word, "muted") for word in words if word]
        if Queue.FAILED in hit.queues:
            meta.insert(2, (self.tr("failed"), "bad"))
        meta.append((said(datetime.fromisoformat(hit.updated), self._desk.now()), "muted"))
        severity = Severity(hit.severity) if hit.severity else None
        return Row(hit.title, severity, hit.snippet, tuple(meta))

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


def _name_of(entry: Entry) -> str:
    return entry.key or f"“{entry.title}”"
