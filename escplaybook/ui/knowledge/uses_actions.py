"""What one does with a known blocker in use: tick it through, say what came of it, see how far to trust it."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.confidence import Confidence, confidence_of
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Outcome, Use
from escplaybook.services import using
from escplaybook.store import records
from escplaybook.store.uses import uses_of
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.uses import TAKE_BACK, AskUse, role_of, uses_html
from escplaybook.ui.knowledge.uses_steps import StepsPane
from escplaybook.ui.outcomes import told_outcome, word_of
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.parts.wrapped import WrappedLabel
from escplaybook.ui.times import said


class Using(QObject):
    """The buttons, the sentence of confidence, what is asked and the steps, beside the text of one known blocker.

    `changed` follows when uses were recorded or taken back, here or elsewhere; `turned` when the steps take the place
    of the text or give it back.
    """

    changed = Signal()
    turned = Signal()

    def __init__(self, desk: Desk, reading: RecordReading) -> None:
        super().__init__(reading)
        self._desk = desk
        self.entry: Entry | None = None
        self.uses: list[Use] = []
        self.worked = reading.button(word_of(Outcome.WORKED), "check")
        self.worked.setProperty("kind", "primary")
        dress(self.worked, "check", desk.theme, "on_accent")
        self.otherwise = reading.button(self.tr("It did not"), "x")
        self.otherwise.setMenu(self._menu())
        self.tick = reading.button(self.tr("Tick through"), "list-checks")
        self.ask = AskUse(desk, reading)
        self.trust = WrappedLabel(reading)
        self.steps = StepsPane(desk, reading)
        self.worked.clicked.connect(self._ask_worked)
        self.tick.clicked.connect(self._turn)
        self.ask.done.connect(self._record)
        self.ask.left.connect(self._focus)
        self.steps.finished.connect(self._ask_worked)
        self.steps.left.connect(self._keep_ticks)
        desk.bridge.changed.connect(self._news)
        desk.ticker.minute.connect(self.tell)

    def show_entry(self, entry: Entry) -> None:
        """Show what there is to say and to do about this one; another one closes what was asked and ticked."""
        if self.entry is None or self.entry.id != entry.id:
            self.ask.leave()
            self._close_steps()
        self.steps.follow(entry)
        self.entry = entry
        self.uses = uses_of(self._desk.book, entry.id)
        self.tell()

    def tell(self) -> None:
        """Say at this minute how far the remedy can be trusted, and offer what can be done."""
        if self.entry is None:
            return
        confidence = self._confidence(self.entry)
        self.trust.setText(confidence.sentence)
        self.trust.setProperty("role", role_of(confidence))
        self.trust.style().unpolish(self.trust)
        self.trust.style().polish(self.trust)
        can_write = not self._desk.book.read_only
        for button in (self.worked, self.otherwise):
            button.setVisible(can_write)
        self.tick.setVisible(can_write and bool(self.entry.steps) and not self.is_ticking())
        kept = self.steps.kept(self.entry)
        going_on = self.tr("Go on ({0} of {1})")
        ticked = len(kept.ticks) if kept is not None else 0
        self.tick.setText(going_on.format(ticked, len(self.entry.steps)) if ticked else self.tr("Tick through"))

    def html(self) -> str:
        """The uses, to stand below the text."""
        named = [use.blocker for use in self.uses if use.blocker is not None]
        blockers = {one.id: one.key for one in records.some(self._desk.book, Blocker, named)}
        return uses_html(self.uses, blockers, self._desk.now(), can_write=not self._desk.book.read_only)

    def is_ticking(self) -> bool:
        """Whether the steps stand in the place of the text."""
        return self.steps.entry is not None

    def step_out(self) -> bool:
        """Close what is asked, else the steps; tells whether anything was open."""
        if self.ask.leave():
            return True
        if self.is_ticking():
            self._keep_ticks()
            return True
        return False

    def follow(self, link: QUrl) -> None:
        """Take back the use that a link names."""
        if link.scheme() == TAKE_BACK:
            self._take_back(link.path())

    def _menu(self) -> QMenu:
        menu = QMenu(self.otherwise)
        for outcome in (Outcome.PARTLY, Outcome.FAILED, Outcome.NOT_APPLICABLE):
            action = QAction(word_of(outcome), menu)
            action.setData(outcome)
            action.triggered.connect(self._ask_chosen)
            menu.addAction(action)
        return menu

    def _ask_worked(self) -> None:
        self._ask(Outcome.WORKED)

    def _ask_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._ask(Outcome(action.data()))

    def _ask(self, outcome: Outcome) -> None:
        if self.entry is not None and not self._desk.book.read_only:
            self.ask.open(self.entry, outcome)

    def _record(self) -> None:
        entry, asked = self.entry, self.ask
        if entry is None:
            return
        try:
            use = using.use_of(
                entry,
                Outcome(asked.outcome.value()),
                self._desk.now(),
                by=asked.by.value() or self._desk.author,
                environment=asked.environment.value(),
                note=asked.note.value(),
                blocker=records.find(self._desk.book, Blocker, asked.blocker.value() or ""),
                ticks=self.steps.ticks() if self.is_ticking() else (),
            )
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        reason = self.tr("Record that {0}").format(told_outcome(entry.key, use.outcome))
        if self._desk.apply(reason, Edit(None, use)) is None:
            return
        if self.is_ticking():
            self.steps.done()
            self.turned.emit()
        asked.leave()
        self.tell()

    def _take_back(self, key: str) -> None:
        try:
            use = records.by_key(self._desk.book, key)
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        if isinstance(use, Use):
            reason = self.tr("Take back that {0}").format(
                told_outcome(self.entry.key if self.entry else "", use.outcome)
            )
            self._desk.apply(reason, using.taken_back(use, self._desk.now()))

    def _turn(self) -> None:
        if self.entry is not None:
            self.steps.open(self.entry)
            self.turned.emit()
            self.steps.focus_target().setFocus()
            self.tell()

    def _keep_ticks(self) -> None:
        had_ticks = bool(self.steps.ticks())
        self._close_steps()
        self.tell()
        self._focus()
        if had_ticks:
            self._desk.say(self.tr("Your ticks are kept; no use is recorded yet."), self.tr("Go on"), self._turn)

    def _close_steps(self) -> None:
        if self.is_ticking():
            self.steps.close_steps()
            self.turned.emit()

    def _focus(self) -> None:
        reading = self.parent()
        if isinstance(reading, RecordReading):
            reading.focus_target().setFocus()

    def _news(self, kinds: frozenset[type[Any]]) -> None:
        if self.entry is not None and kinds & {Use, Blocker}:
            self.uses = uses_of(self._desk.book, self.entry.id)
            self.tell()
            self.changed.emit()

    def _confidence(self, entry: Entry) -> Confidence:
        now = self._desk.now()
        return confidence_of(entry, self.uses, now, lambda instant: said(instant, now))
