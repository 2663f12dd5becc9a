"""Blockers: what stalls a milestone now, raised, taken, resolved, and the known blocker that helps with it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.deployments import stage_on
from escplaybook.domain.due import Due
from escplaybook.domain.editions import Edition
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.form_kinds import INTAKE, UPDATE
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.matrix import Place as MatrixPlace
from escplaybook.domain.programme import deployments_of
from escplaybook.domain.uses import Outcome
from escplaybook.services import blocking, triggering
from escplaybook.services.sheets.wishes import Wish
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.ui.blockers.form import BlockerForm
from escplaybook.ui.blockers.reading import BlockerReading
from escplaybook.ui.blockers.similar import Similar
from escplaybook.ui.desk import Desk
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.outcomes import told_outcome
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.person_field import person_of
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.times import said
from escplaybook.ui.who.question import Asked

NAME = "blockers"
ALIKE = 4
"""How many known blockers that look like one are shown."""


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
        self.form.titled.connect(self._title_typed)
        self.form.read_wanted.connect(self._read_first)
        self.reading.taken.connect(self._take)
        self.reading.resolved.connect(self._resolve)
        self.reading.used.connect(self._use)
        self.reading.measured.connect(self._measure)
        self.reading.escalated.connect(self._escalate)
        self.reading.edition_wanted.connect(self._work_by)
        self.reading.call_wanted.connect(self._call)
        self.reading.record_wanted.connect(desk.go_to_key)

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
            new=self.tr("Raise a blocker"),
        )

    def build_hits(self) -> HitList:
        hits = HitList(self._desk, self._said, self._row_of, (), self)
        hits.offer(self.tr("Key in a paper form"), "list-checks", self._key_in)
        return hits

    def build_detail(self) -> Detail:
        self.reading, self.form = BlockerReading(self._desk, self), BlockerForm(self._desk, self)
        nothing_open = (self.tr("No blocker is open"), self.tr("What you choose at the left is shown here."))
        subject = Subject(Blocker, "blocker", _name_of, _label_of, "octagon-alert", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Raise a blocker"), "plus", self._raise_first),)

    def other_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Write it down as a known blocker"), "book-open", self._write_known),)

    def new(self, title: str = "") -> None:
        """Raise a blocker where the only deployment stands now."""
        self.form.asked = self._here()
        super().new(title)

    def raise_at(self, asked: Asked) -> None:
        """Raise a blocker with what was asked on “Who do I call?”, even if another was being written down."""
        if self._desk.book.read_only:
            return
        self.form.asked = asked
        self.detail.new()
        self.form.show_asked(asked)

    def recount(self) -> None:
        """Say how many blockers nobody has taken."""
        self.counted.emit(sum(blocker.state is BlockerState.RAISED for blocker in at_hand(self._desk.book)))

    def step_out(self) -> bool:
        """Close what is asked before taking or resolving first."""
        return self.reading.leave_asking() or super().step_out()

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
        now = self._desk.now()
        state, token = {
            BlockerState.RAISED: (self.tr("not taken yet"), "bad"),
            BlockerState.ACKNOWLEDGED: (self.tr("taken"), "muted"),
            BlockerState.RESOLVED: (self.tr("resolved"), "good"),
        }[blocker.state]
        facts = [(blocker.key, "muted"), (state, token)]
        if blocker.resolved is not None:
            facts.append((said(blocker.resolved, now), "muted"))
        else:
            facts.append((self.tr("seen {0}").format(said(blocker.observed, now)), "muted"))
        if blocker.system:
            facts.append((blocker.system, "muted"))
        snippet = "" if isinstance(item, Blocker) else item.snippet
        return Row(blocker.title, blocker.severity, snippet, tuple(facts))

    def _here(self) -> Asked | None:
        """The only deployment and its present stage, as far as there is one."""
        current = deployments_of(programme(self._desk.book))
        if len(current) != 1:
            return None
        stage = stage_on(current[0], self._desk.now().astimezone(zone_named(current[0].zone)).date())
        return Asked(MatrixPlace(Severity.S3, stage, deployment=current[0].id))

    def _write_known(self) -> None:
        self.write_wanted.emit("entry", self.words_asked())

    def _raise_first(self) -> None:
        self.new()

    def print_this(self) -> None:
        """Show the form for an update on the blocker that is open, or the intake form if none is."""
        record = self.detail.record
        update, intake = Wish("form", record.key if record else "", shape=UPDATE), Wish("form", shape=INTAKE)
        self._desk.go("paper", (update if record is not None else intake).address)

    def _key_in(self) -> None:
        self._desk.go("keying")

    # what is known already

    def _look_for_alike(self, blocker: Blocker) -> None:
        self._alike.ask(Question(blocker.title, ("entry",), limit=ALIKE))

    def _title_typed(self, title: str) -> None:
        if self.detail.currentWidget() is self.form and title.strip():
            self._alike.ask(Question(title, ("entry",), limit=ALIKE, typing=True))

    def _found_alike(self, found: Found) -> None:
        similar = tuple(Similar(hit.id, hit.key, hit.title) for hit in found.answer.hits)
        if self.detail.currentWidget() is self.form:
            self.form.show_similar(similar)
        if self.reading.record is not None and self.reading.record.title == found.question.text:
            self.reading.show_similar(similar)

    def _read_first(self, entry_id: str) -> None:
        before = self.form.before
        self.detail.leave_form()
        self._desk.go("knowledge", entry_id)
        back = partial(self._go_on, before.id if before is not None else "")
        self._desk.say(self.tr("The blocker you were writing down is kept."), self.tr("Go on with it"), back)

    def _go_on(self, record_id: str) -> None:
        self._desk.go(NAME, record_id)
        if record_id:
            self.detail.edit()
        else:
            self.new()

    # what is done with the one that is open

    def settle(self, due: Due) -> None:
        """Ask who takes it, or what ended it."""
        asked = {"acknowledge": self.reading.acknowledge, "resolve": self.reading.resolve}.get(due.action)
        if asked is not None and not self._desk.book.read_only:
            asked.click()

    def _take(self, named: str | None) -> None:
        people = self.reading.people()
        try:
            person = people.get(person_of(named, people) or "")
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        self._do(partial(blocking.acknowledge, by=person), self.tr("Taken: {0}"))
        self.reading.taker.remember(person)

    def _resolve(self, resolution: str, entry_id: str | None, outcome: Outcome) -> None:
        entry = records.find(self._desk.book, Entry, entry_id) if entry_id else None
        act = partial(blocking.resolve, resolution=resolution, entry=entry, outcome=outcome)
        told = self.tr("Resolved: {0}")
        self._do(act, f"{told} · {told_outcome(entry.key, outcome)}" if entry is not None else told)

    def _use(self, key: str) -> None:
        found = records.by_key(self._desk.book, key) if key else None
        entry = found if isinstance(found, Entry) else None
        told = self.tr("Known blocker used for {0}") if key else self.tr("No known blocker is used for {0}")
        self._do(partial(blocking.use, entry=entry), told)

    def _measure(self, name: str, value: str, since: datetime) -> None:
        told = self.tr("Written down at {0}")
        if self._do(partial(triggering.record_fact, name=name, value=value, at=since), told):
            self.reading.measuring.clear()

    def _escalate(self, level: int) -> None:
        told = self.tr("Level {0} has it: {1}").format(level, "{0}")
        self._do(partial(triggering.escalate, level=level, at=self._desk.now()), told)

    def _work_by(self, key: str) -> None:
        found = records.by_key(self._desk.book, key)
        if isinstance(found, Edition):
            told = self.tr("By edition {0} from now on: {1}").format(found.number, "{0}")
            self._do(partial(blocking.work_by, edition=found), told)

    def _do(self, act: Callable[..., Blocker], told: str) -> bool:
        """Do it to the one that is open and say so; tells whether it was done."""
        blocker = self.reading.record
        if blocker is None:
            return False
        try:
            act(self._desk.book, blocker, self._desk.now(), author=self._desk.author)
        except PlaybookError as error:
            self._desk.trouble(error)
            return False
        self.reading.leave_asking()
        self._desk.say(told.format(_name_of(blocker)))
        return True

    def _call(self) -> None:
        blocker = self.reading.record
        if blocker is not None:
            place = MatrixPlace(blocker.severity, blocker.stage, blocker.cause_class, blocker.deployment)
            self.call_wanted.emit(Asked(place, blocker.system))


def at_hand(book: Book) -> Sequence[Blocker]:
    """Every blocker in use: those at hand first, the worst and oldest on top, then the resolved ones."""
    found = [blocker for blocker in records.everything(book, Blocker) if blocker.retired is None]
    return sorted(found, key=lambda b: (b.state is BlockerState.RESOLVED, b.severity, b.observed))


def _name_of(blocker: Blocker) -> str:
    return f"{blocker.key} “{blocker.title}”".strip()


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
