"""A deployment to read: where it stands, what is at stake, who alone speaks to which outsiders, and their questions."""

import html
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from escplaybook.domain.blockers import BlockerState
from escplaybook.domain.contacts import zone_named
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.gate import Gate
from escplaybook.domain.liaison import PointOfContact
from escplaybook.domain.programme import Programme
from escplaybook.domain.speaking import groups_of, who_speaks
from escplaybook.services.reviewing_matrix import gates_of
from escplaybook.store.programme import programme
from escplaybook.ui.deployments.asking import AskAnswer, AskQuestion
from escplaybook.ui.deployments.questions import ANSWER, log_html
from escplaybook.ui.desk import Desk
from escplaybook.ui.gate.told import GATE, stages_html
from escplaybook.ui.knowledge.text import block
from escplaybook.ui.parts.latest import Latest
from escplaybook.ui.parts.record_reading import RecordReading
from escplaybook.ui.parts.speakers import speakers_html
from escplaybook.ui.parts.stakes import day_html
from escplaybook.ui.times import said_day

ASK = "ask"
"""The scheme of the link that asks for a question of a group."""


class DeploymentReading(RecordReading):
    """Shows one deployment; its people are links.

    `asked` says that a question is to be written down, `answered` that an answer is; the bars hold what was typed.
    """

    asked = Signal()
    answered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._programme: Programme | None = None
        self._gates: tuple[Gate, ...] = ()
        super().__init__(desk, parent)
        self._latest = Latest(desk, self)
        self._latest.answered.connect(self._gates_came)
        desk.bridge.changed.connect(self._changed)
        self.text.setAccessibleName(self.tr("The deployment"))
        desk.ticker.minute.connect(self.tell_text)
        self.text.anchorClicked.connect(self._follow)

    def buttons(self) -> list[QPushButton]:
        return [self.edit, self.history, self.retire]

    def below_actions(self) -> list[QWidget]:
        self.question, self.answer = AskQuestion(self._desk, self), AskAnswer(self._desk, self)
        self.question.done.connect(self.asked)
        self.answer.done.connect(self.answered)
        for bar in (self.question, self.answer):
            bar.left.connect(self.text.setFocus)
        return [self.question, self.answer]

    def show_record(self, record: Deployment, words: tuple[str, ...] = ()) -> None:  # type: ignore[override]
        """Show a deployment as it stands now."""
        self._programme = programme(self._desk.book)
        if self.record is None or self.record.id != record.id:
            self.leave_asking()
        super().show_record(record, words)
        self._ask_gates()

    def leave_asking(self) -> bool:
        """Close what is asked; tells whether anything was."""
        return self.question.leave() or self.answer.leave()  # one at a time is open

    def tell_facts(self, record: Deployment) -> None:
        self.facts.tell(None, record.key, record.customer)

    def title_of(self, record: Deployment) -> str:
        return record.name

    def standing_of(self, record: Deployment) -> tuple[str, str]:
        now = self._desk.now()
        local = now.astimezone(zone_named(record.zone))
        stage = stage_on(record, local.date())
        told = [self.tr("Now in {0}").format(stage) if stage else self.tr("Between stages")]
        if record.go_live is not None:
            told.append(self.tr("go-live {0}").format(said_day(record.go_live, now)))
        told.append(self.tr("{0} there").format(f"{local:%H:%M}"))
        return "small", " · ".join(told)

    def html_of(self, record: Deployment) -> str:
        return "".join(self._parts(record))

    def _parts(self, deployment: Deployment) -> Iterator[str]:
        assert self._programme is not None  # read before it is shown
        found, now = self._programme, self._desk.now()
        if deployment.stages:
            yield f"<h2>{self.tr('Stages')}</h2>{stages_html(deployment, self._gates, now)}"
            yield "<p class='gap'></p>"  # a heading straight after a table loses its shape
        yield f"<h2>{self.tr('Outsiders talk to')}</h2>{speakers_html(found, deployment, now)}"
        for group in groups_of(found, deployment.id):
            yield self._questions(found, group, deployment)
        if told := day_html(deployment):
            yield f"<h2>{self.tr('At stake while business stands still')}</h2>{told}"
        hours = html.escape(deployment.hours) or self.tr("around the clock")
        zone = html.escape(deployment.zone)
        yield f"<h2>{self.tr('Project hours')}</h2><p>{hours} <span class='quiet'>{zone}</span></p>"
        if deployment.notes:
            yield f"<h2>{self.tr('Notes')}</h2>{block(deployment.notes)}"

    def _questions(self, found: Programme, group: PointOfContact, deployment: Deployment) -> str:
        can_write = not self._desk.book.read_only
        heading = self.tr("Questions of {0}").format(html.escape(group.group))
        told = log_html(found, group, deployment, self._desk.now(), can_write=can_write)
        ways = [html.escape(part) for part in (group.channel, group.hours) if part]
        if can_write:
            ways.append(f"<a href='{ASK}:{group.key}'>{self.tr('Write down a question …')}</a>")
        return f"<h2>{heading}</h2><p class='quiet'>{' · '.join(ways)}</p>{told}"

    def _ask_gates(self) -> None:
        """Work out anew whether the deployment may enter its stages; that takes a while, so it comes later."""
        deployment, now = self.record, self._desk.now()
        if deployment is not None and deployment.stages:
            self._latest.ask(lambda book: gates_of(book, deployment, now))

    def _changed(self, _kinds: frozenset[type[Any]]) -> None:
        if self.isVisible():
            self._ask_gates()

    def _gates_came(self, gates: tuple[Gate, ...]) -> None:
        self._gates = gates
        self.tell_text()

    def _follow(self, link: QUrl) -> None:
        found = self._programme
        if self.record is not None and link.scheme() == GATE:
            self._desk.go("gate", f"{self.record.id}/{link.path()}")
        if found is None or self.record is None or link.scheme() not in (ASK, ANSWER):
            return
        self.leave_asking()
        if link.scheme() == ASK:
            self.ask(link.path())
        else:
            self.ask_answer(link.path())

    def ask(self, key: str) -> None:
        """Ask for a question of the group with that key."""
        found = self._programme
        group = next((one for one in found.points_of_contact if one.key == key), None) if found is not None else None
        if found is not None and group is not None:
            at_hand = [one for one in found.blockers if one.state is not BlockerState.RESOLVED and not one.retired]
            self.question.open(group, [one for one in at_hand if one.deployment in (None, group.deployment)])

    def ask_answer(self, key: str) -> None:
        """Ask for the answer to the question with that key."""
        found = self._programme
        question = next((one for one in found.questions if one.key == key), None) if found is not None else None
        if found is None or question is None:
            return
        group = next(one for one in found.points_of_contact if one.id == question.point_of_contact)
        speaker = who_speaks(found, group, self._desk.now()).now
        self.answer.open(question, speaker.name if speaker is not None else self._desk.author)
