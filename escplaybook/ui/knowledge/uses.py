"""Using a known blocker: what is asked when somebody has used it, and the uses there are, to be read."""

import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.confidence import Confidence, State, counted
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Outcome, Use
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.desk import Desk
from escplaybook.ui.outcomes import outcomes, word_of
from escplaybook.ui.parts.asking import Asking
from escplaybook.ui.parts.fields import ChoiceField, LineField
from escplaybook.ui.times import said

TAKE_BACK = "take-back"
"""The scheme of the link that takes a use back."""

SHOWN = 20
"""Uses that are listed, the latest first."""

ROLES = {State.VALIDATED: "good", State.WORK_IN_PROGRESS: "warn"}


class AskUse(Asking):
    """What came of it, on which blocker, what was seen, where, and by whom."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "check", parent)
        self.outcome = ChoiceField(outcomes(), self)
        self.blocker = ChoiceField([(self.tr("none"), None)], self)
        self.note, self.environment, self.by = LineField(self), LineField(self), LineField(self)
        self.note.setPlaceholderText(self.tr("The evidence: what changed, the message, the figure"))
        self.environment.setPlaceholderText(self.tr("Deployment, system, version"))
        for field in (self.note, self.environment, self.by):
            field.returnPressed.connect(self.done)
        self.blocker.currentIndexChanged.connect(self._propose_place)
        self._places: dict[str, str] = {}
        self.ask_beside((self.tr("What came of it"), self.outcome), (self.tr("Blocker at hand"), self.blocker))
        self.ask_beside((self.tr("Where"), self.environment), (self.tr("Used by"), self.by))
        self.ask(self.tr("What was seen"), self.note, self.tr("Record"))

    def open(self, entry: Entry, outcome: Outcome) -> None:
        """Ask about a use of `entry`; a blocker at hand that names it is proposed."""
        book = self._desk.book
        at_hand = [one for one in records.everything(book, Blocker, "observed DESC") if _may_be_named(one, entry)]
        self._places = {blocker.id: place_of(book, blocker) for blocker in at_hand}
        self.note.clear()
        self.environment.clear()
        self.by.set_value(self._desk.author)
        self.outcome.set_value(outcome)
        self.blocker.clear()
        self.blocker.addItem(self.tr("none"), None)
        for blocker in at_hand:
            self.blocker.addItem(f"{blocker.key} {blocker.title}", blocker.id)
        proposed = next((blocker.id for blocker in at_hand if blocker.entry == entry.id), None)
        self.blocker.set_value(proposed)
        self.show()
        self.note.setFocus()

    def _propose_place(self) -> None:
        place = self._places.get(self.blocker.value() or "", "")
        if place and not self.environment.value():
            self.environment.set_value(place)


def place_of(book: Book, blocker: Blocker) -> str:
    """Where a blocker stalls: its deployment and system."""
    deployment = records.find(book, Deployment, blocker.deployment) if blocker.deployment else None
    return ", ".join(part for part in (deployment.name if deployment is not None else "", blocker.system) if part)


def role_of(confidence: Confidence) -> str:
    """The look of the sentence that explains the confidence."""
    return "badSmall" if confidence.failure is not None else ROLES.get(confidence.state, "small")


def uses_html(uses: Sequence[Use], blockers: Mapping[str, str], now: datetime, *, can_write: bool) -> str:
    """The uses that count, the latest first; `blockers` are keys by id."""
    listed = counted(uses)[::-1]
    if not listed:
        return ""
    told = "".join("".join(_use(use, blockers, now, can_write=can_write)) for use in listed[:SHOWN])
    more = len(listed) - SHOWN
    rest = f"<p class='small'>{_tr('and {0} more').format(more)}</p>" if more > 0 else ""
    return f"<h2>{_tr('Uses')}</h2>{told}{rest}"


def _use(use: Use, blockers: Mapping[str, str], now: datetime, *, can_write: bool) -> Iterator[str]:
    word = html.escape(word_of(use.outcome))
    yield f"<p><b class='warn'>{word}</b>" if use.outcome is Outcome.FAILED else f"<p><b>{word}</b>"
    facts = [said(use.at, now), use.by, use.environment]
    if use.ticks:
        facts.append(_tr("1 step ticked") if len(use.ticks) == 1 else _tr("{0} steps ticked").format(len(use.ticks)))
    yield f" <span class='quiet'>{' · '.join(html.escape(fact) for fact in facts if fact)}</span>"
    if (blocker := blockers.get(use.blocker or "")) is not None:
        key = html.escape(blocker)
        yield f" · <a href='record:{key}'>{key}</a>"
    if can_write:
        yield f" · <a href='{TAKE_BACK}:{html.escape(use.key)}'>{_tr('take&nbsp;back')}</a>"
    if use.note:
        yield f"<br>{html.escape(use.note)}"
    for tick in use.ticks:
        if tick.evidence:
            yield f"<br><span class='quiet'>{_tr('Step {0}:').format(tick.number)}</span> {html.escape(tick.evidence)}"
    yield "</p>"


def _may_be_named(blocker: Blocker, entry: Entry) -> bool:
    is_open = blocker.retired is None and blocker.state is not BlockerState.RESOLVED
    return is_open or (blocker.retired is None and blocker.entry == entry.id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("uses", text)
