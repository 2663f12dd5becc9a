"""A page of one kind of record: found at the left, opened at the right. Knowledge, Contacts and their like."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from escplaybook.domain.due import Due
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.suggestions import Suggestion
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.filters import filters_in, words_in
from escplaybook.ui.finder import Counted, Finder, Found, Question
from escplaybook.ui.parts.detail import Detail
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.states import Offer


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page lists: the kind by its name in the search, and how to list all without a search, if not by that.

    `follows` are kinds of record whose changes show in the list too.
    """

    kind: str
    record_type: type[Any]
    everything: Callable[[Book], Sequence[Any]] | None = None
    follows: frozenset[type[Any]] = frozenset()


class RecordPage(QWidget):
    """What the window asks of a page, for any kind of record.

    `search_changed` tells the search box of a search that was not typed into it, `moved` that another record is open,
    `tallied` the words for the corner of the message bar; `write_wanted` asks for a new record of that kind, prefilled.
    """

    search_changed = Signal(str)
    moved = Signal(object)
    tallied = Signal(str)
    write_wanted = Signal(str, str)

    def __init__(self, desk: Desk, name: str, listing: Listing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._name, self._listing = desk, name, listing
        self._said = self.words()
        self._question = Question("", (listing.kind,), with_facets=True)
        self._is_asked = False
        self._total: int | None = None
        self._seconds = 0.0
        self.finder = Finder(desk.book.path, self)
        self.hits, self.detail = self.build_hits(), self.build_detail()
        self._lay_out()
        self._connect()

    @abstractmethod
    def words(self) -> PageWords:
        """What the page says."""

    @abstractmethod
    def build_hits(self) -> HitList:
        """The left half."""

    @abstractmethod
    def build_detail(self) -> Detail:
        """The right half."""

    @abstractmethod
    def empty_offers(self) -> tuple[Offer, ...]:
        """What can be done about a book that has none of these records."""

    def other_offers(self) -> tuple[Offer, ...]:
        """What else can be written down with the words that nothing answers to."""
        return ()

    def is_listed(self, text: str) -> bool:
        """Whether the page lists records by itself for what is in the search box, rather than search for it."""
        return self._listing.everything is not None and not text.strip()

    def search_hint(self) -> str:
        """What stands in the empty search box."""
        return self._said.hint

    def searched(self) -> tuple[str, ...]:
        """The kinds of record that are searched here."""
        return (self._listing.kind,)

    def search(self, text: str) -> None:
        """Look for what is being typed."""
        is_blank = not text.strip()
        self._ask(Question(text, (self._listing.kind,), typing=not is_blank, with_facets=is_blank))

    def place(self) -> Place:
        """Where in the page one is."""
        record = self.detail.record
        return Place(self._name, record.id if record is not None else "", self._question.text)

    def show_place(self, place: Place) -> None:
        """Go to a place in the page; a form that is open stays kept as a draft."""
        if not self._is_asked:
            self.detail.offer_latest_draft()
        if place.search != self._question.text or not self._is_asked:
            self._ask(Question(place.search, (self._listing.kind,), with_facets=True))
        if not place.record or not self.detail.open(place.record):
            self.detail.close_record()

    def new(self, title: str = "") -> None:
        """Write a new record."""
        self.detail.new(title)

    def print_this(self) -> None:
        """There is no paper of this kind of record unless its page says otherwise."""

    def settle(self, due: Due) -> None:
        """Begin with what settles a due thing: the field that is to be filled in."""
        if due.field:
            self.detail.edit(due.field)
        elif isinstance(due.record, Suggestion):
            self.detail.reading.suggestions.give_keys()

    def save(self) -> None:
        """Store the form, if one is open."""
        self.detail.save()

    def step_out(self) -> bool:
        """One step back: from form or history to the text, from the text to the list; False if there is none."""
        if self.detail.step_out():
            return True
        if self.hits.view.hasFocus():
            return False
        self.hits.view.setFocus()
        return True

    def step(self, by: int) -> None:
        """Walk through the hits."""
        self.hits.step(by)

    def enter(self) -> None:
        """Go from the search box to the text, opening the first hit if none is open."""
        if not self.hits.current_id():
            self.hits.step(0)
        self.detail.focus_target().setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        return [self.hits.focus_target(), self.detail.focus_target()]

    def close_down(self) -> None:
        """Keep what is being typed and end the search thread."""
        self.detail.leave_form()
        self.finder.close()

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self.hits)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([440, 800])
        self.hits.setMinimumWidth(280)
        self.detail.setMinimumWidth(360)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def _connect(self) -> None:
        self.finder.found.connect(self._found)
        self.finder.counted.connect(self._counted)
        self.finder.failed.connect(self._failed)
        self.hits.chosen.connect(self._chosen)
        self.hits.filtered.connect(self._filtered)
        self.hits.new_wanted.connect(self.new)
        self.hits.as_typed_wanted.connect(self._search_as_typed)
        self.hits.table.more_wanted.connect(self._more)
        self.detail.opened.connect(self._opened)
        self.detail.left.connect(self.hits.view.setFocus)
        self._desk.bridge.changed.connect(self._refresh)

    def _ask(self, question: Question) -> None:
        self._question, self._is_asked = question, True
        if self.is_listed(question.text):
            self._list_everything()
        else:
            self.hits.pane.wait()
            self.finder.ask(question)

    def _list_everything(self) -> None:
        assert self._listing.everything is not None
        self.finder.forget()
        listed = self._listing.everything(self._desk.book)
        self.detail.mark(())
        self._show(Hits(self._question.text, tuple(listed), len(listed)))
        self.tallied.emit(self._count(len(listed)))

    def _found(self, found: Found) -> None:
        answer = found.answer
        if found.question.offset:
            self.hits.add(answer.hits)
            return
        self._question = found.question
        is_searched = bool(found.question.text.strip())
        self.detail.mark(answer.words if is_searched else ())
        text = found.question.text
        self._show(Hits(text, answer.hits, answer.total, answer.corrected, found.near, found.is_more))
        if not is_searched:
            self._total = answer.total
        self._seconds = found.seconds if is_searched else 0.0
        self.tallied.emit(self._tally(self._seconds))

    def _counted(self, counted: Counted) -> None:
        self.hits.show_facets(counted.facets)
        self._total = counted.total
        self.tallied.emit(self._tally(self._seconds))

    def _tally(self, seconds: float) -> str:
        """How many there are in the book, as far as that is known, and how soon the search answered."""
        words = [self._count(self._total)] if self._total is not None else []
        return " · ".join([*words, *([f"{seconds * 1000:.1f} ms"] if seconds else [])])

    def _show(self, hits: Hits) -> None:
        self.hits.show_hits(hits)
        if not hits.items:
            self._say_none(hits)
        elif self.detail.record is None or not self.hits.select(self.detail.record.id):
            self.hits.let_go()

    def _count(self, total: int) -> str:
        return self._said.one if total == 1 else self._said.many.format(f"{total:,}")

    def _say_none(self, hits: Hits) -> None:
        if not hits.text.strip():
            offers = () if self._desk.book.read_only else self.empty_offers()
            self.hits.pane.tell(self._said.icon, self._said.empty, self._said.belongs, *offers)
            return
        offers_here: list[Offer] = [(f"“{word}”", "", _Instead(self, word).search) for word in hits.near]
        if filters_in(hits.text):
            offers_here.append((self.tr("Search without filters"), "", self._search_unfiltered))
        if not self._desk.book.read_only:
            offers_here.append((self._said.write_it_down, "plus", self._write_it_down))
            offers_here += self.other_offers()
        said = self._said.nothing_found.format(hits.text)
        self.hits.pane.tell("search", self.tr("Nothing found"), said, *offers_here)

    def _failed(self, error: PlaybookError) -> None:
        self.hits.pane.tell("triangle-alert", self.tr("The search did not work"), str(error))

    def _search_unfiltered(self) -> None:
        self._filtered(words_in(self._question.text))

    def search_instead(self, text: str) -> None:
        """Look for this rather than for what is in the box."""
        self._filtered(text)

    def _write_it_down(self) -> None:
        self.new(self.words_asked())

    def words_asked(self) -> str:
        """What is searched for, without filters."""
        return words_in(self._question.text)

    def _filtered(self, text: str) -> None:
        self.search_changed.emit(text)
        self._ask(Question(text, (self._listing.kind,), with_facets=True))

    def _search_as_typed(self) -> None:
        self._ask(replace(self._question, typing=False, as_typed=True, with_facets=True))

    def _more(self, offset: int) -> None:
        self.finder.ask(replace(self._question, typing=False, with_facets=False, offset=offset))

    def _chosen(self, record_id: str) -> None:
        if self.detail.open(record_id):
            self.moved.emit(self.place())

    def _opened(self, record: Any) -> None:
        if not self.hits.select(record.id):
            self.hits.let_go()

    def _refresh(self, kinds: frozenset[type[Any]]) -> None:
        if not self._is_asked or not kinds & {self._listing.record_type, *self._listing.follows}:
            return
        self._total = None
        if self.is_listed(self._question.text):
            self._list_everything()
        else:
            limit = max(50, self.hits.table.rowCount())
            self.finder.ask(replace(self._question, typing=False, with_facets=True, limit=limit))


class _Instead:
    """The act of searching for another word, as a bound method that a signal can hold."""

    def __init__(self, page: RecordPage, word: str) -> None:
        self._page, self._word = page, word

    def search(self) -> None:
        self._page.search_instead(self._word)
