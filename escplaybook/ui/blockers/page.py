"""Blockers at hand: what stalls a milestone now, to raise, take, resolve and mend."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import stage_on
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.services import blocking
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.ui.blockers.form import BlockerForm
from escplaybook.ui.blockers.reading import BlockerReading
from escplaybook.ui.desk import Desk
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.times import said
from escplaybook.ui.who.question import Asked

NAME = "blockers"
ALIKE = 5
"""How many known blockers that look like the open one are shown."""


class BlockersPage(RecordPage):
    """Open blockers first, the worst on top. `call_wanted` asks who to call, `counted` tells how many nobody took."""

    call_wanted = Signal(object)
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._blockers: dict[str, Blocker] = {}
        super().__init__(desk, NAME, Listing("blocker", Blocker, at_hand), parent)
        self._alike = Finder(desk.book.path, self)
        self._alike.found.connect(self._found_alike)
        self.detail.opened.connect(self._look_for_alike)
        self.reading.acknowledge_wanted.connect(self._acknowledge)
        self.reading.resolve_wanted.connect(self._resolve)
        self.reading.call_wanted.connect(self._call)
        self.reading.edit_wanted.connect(self._offer_words)
        self.reading.record_wanted.connect(self._go_to_entry)

    def words(self) -> PageWords:
        return PageWords(
            name=self.tr("Blockers"),
            hint=self.tr("Search blockers at hand"),
            one=self.tr("1 blocker"),
            many=self.tr("{0} blockers"),
            icon="octagon-alert",
            empty=self.tr("Nothing is blocked"),
            belongs=self.tr("Here stands what stalls a milestone now: since when, how bad, and who has taken it."),
            nothing_found=self.tr("No blocker answers to “{0}”."),
            write_it_down=self.tr("Raise it as a new blocker"),
        )

    def build_hits(self) -> HitList:
        return HitList(self._desk, self._said, self._row_of, (), self)

    def build_detail(self) -> Detail:
        self.reading, self.form = BlockerReading(self._desk, self), BlockerForm(self._desk, self)
        nothing_open = (self.tr("No blocker is open"), self.tr("Choose one at the left."))
        subject = Subject(Blocker, "blocker", _name_of, _label_of, "octagon-alert", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Raise a blocker"), "plus", self._raise_first),)

    def new(self, title: str = "") -> None:
        """Raise a blocker where the only deployment stands now."""
        self.form.asked = self._here()
        self._offer_words()
        super().new(title)

    def raise_at(self, asked: Asked) -> None:
        """Raise a blocker with what was asked on “Who do I call?”."""
        self.form.asked = asked.place
        self._offer_words()
        self.detail.new()

    def recount(self) -> None:
        """Say how many blockers nobody has taken."""
        self.counted.emit(sum(blocker.state is BlockerState.RAISED for blocker in at_hand(self._desk.book)))

    def step_out(self) -> bool:
        """Close the question what ended it first."""
        return self.reading.leave_resolution() or super().step_out()

    def close_down(self) -> None:
        """End the second search too."""
        self._alike.close()
        super().close_down()

    def _show(self, hits: Hits) -> None:
        found = records.some(self._desk.book, Blocker, (item.id for item in hits.items))
        self._blockers = {blocker.id: blocker for blocker in found}
        self.recount()
        super()._show(hits)

    def _row_of(self, item: Any) -> Row:
        blocker = self._blockers.get(item.id)
        if blocker is None:
            return Row(item.title)
        state, token = {
            BlockerState.RAISED: (self.tr("not taken yet"), "bad"),
            BlockerState.ACKNOWLEDGED: (self.tr("taken"), "muted"),
            BlockerState.RESOLVED: (self.tr("resolved"), "good"),
        }[blocker.state]
        facts = [(blocker.key, "muted"), (state, token), (said(blocker.observed, self._desk.now()), "muted")]
        if blocker.system:
            facts.append((blocker.system, "muted"))
        snippet = "" if isinstance(item, Blocker) else item.snippet
        return Row(blocker.title, blocker.severity, snippet, tuple(facts))

    def _here(self) -> MatrixPlace | None:
        """The only deployment and its present stage, as far as there is one."""
        current = [d for d in programme(self._desk.book).deployments if d.retired is None]
        if len(current) != 1:
            return None
        stage = stage_on(current[0], self._desk.now().date())
        return MatrixPlace(Severity.S3, stage, deployment=current[0].id)

    def _offer_words(self) -> None:
        found = programme(self._desk.book)
        systems = {name for vendor in found.vendors for name in vendor.systems}
        systems |= {blocker.system for blocker in found.blockers if blocker.system}
        domains = {blocker.data_domain for blocker in found.blockers if blocker.data_domain}
        deployments = [(d.name, d.id) for d in found.deployments if d.retired is None]
        self.form.offer(sorted(systems), sorted(domains), deployments)

    def _raise_first(self) -> None:
        self.new()

    def _look_for_alike(self, blocker: Blocker) -> None:
        self._alike.ask(Question(blocker.title, ("entry",), limit=ALIKE))

    def _found_alike(self, found: Found) -> None:
        if self.reading.record is not None and self.reading.record.title == found.question.text:
            self.reading.show_similar(tuple((hit.key, hit.title) for hit in found.answer.hits))

    def _acknowledge(self) -> None:
        self._do(blocking.acknowledge, self.tr("Taken: {0}"))

    def _resolve(self, resolution: str) -> None:
        def resolve(book: Book, blocker: Blocker, now: datetime) -> Blocker:
            return blocking.resolve(book, blocker, now, resolution)

        self._do(resolve, self.tr("Resolved: {0}"))

    def _do(self, act: Any, told: str) -> None:
        blocker = self.reading.record
        if blocker is None:
            return
        try:
            act(self._desk.book, blocker, self._desk.now())
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._desk.say(told.format(_name_of(blocker)))

    def _call(self) -> None:
        blocker = self.reading.record
        if blocker is not None:
            place = MatrixPlace(blocker.severity, blocker.stage, blocker.cause_class, blocker.deployment)
            self.call_wanted.emit(Asked(place, blocker.system))

    def _go_to_entry(self, key: str) -> None:
        try:
            self._desk.go("knowledge", records.by_key(self._desk.book, key).id)
        except PlaybookError as error:
            self._desk.trouble(error)


def at_hand(book: Book) -> Sequence[Blocker]:
    """Every blocker in use: those at hand first, the worst and oldest on top, then the resolved ones."""
    found = [blocker for blocker in records.everything(book, Blocker) if blocker.retired is None]
    return sorted(found, key=lambda b: (b.state is BlockerState.RESOLVED, b.severity, b.observed))


def _name_of(blocker: Blocker) -> str:
    return f"{blocker.key} “{blocker.title}”".strip()


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
