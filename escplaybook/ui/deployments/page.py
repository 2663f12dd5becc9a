"""Deployments: one customer's implementation each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.speaking import answered, question_of
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.deployments.form import DeploymentForm
from escplaybook.ui.deployments.reading import DeploymentReading
from escplaybook.ui.desk import Desk, Place
from escplaybook.ui.parts.detail import Detail, Subject
from escplaybook.ui.parts.hit_list import HitList, Hits, PageWords
from escplaybook.ui.parts.record_page import Listing, RecordPage
from escplaybook.ui.parts.rows import Row
from escplaybook.ui.parts.states import Offer
from escplaybook.ui.times import said_day

NAME = "deployments"


class DeploymentsPage(RecordPage):
    """Deployments by name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._deployments: dict[str, Deployment] = {}
        super().__init__(desk, NAME, Listing("deployment", Deployment, every_deployment), parent)
        self.reading.asked.connect(self._note_question)
        self.reading.answered.connect(self._note_answer)
        desk.bridge.changed.connect(self._show_outsiders)
        self.reading.record_wanted.connect(desk.go_to_key)

    def words(self) -> PageWords:
        return PageWords(
            name=self.tr("Deployments"),
            hint=self.tr("Search deployments"),
            one=self.tr("1 deployment"),
            many=self.tr("{0} deployments"),
            icon="map-pin",
            empty=self.tr("No deployments yet"),
            belongs=self.tr("Here belongs every customer implementation: its stages, its go-live, who speaks for it."),
            nothing_found=self.tr("No deployment answers to “{0}”."),
            write_it_down=self.tr("Add this deployment"),
            new=self.tr("Add a deployment"),
        )

    def build_hits(self) -> HitList:
        return HitList(self._desk, self._said, self._row_of, (), self)

    def build_detail(self) -> Detail:
        self.reading, self.form = DeploymentReading(self._desk, self), DeploymentForm(self._desk, self)
        nothing_open = (self.tr("No deployment is open"), self.tr("Choose one at the left."))
        subject = Subject(Deployment, "deployment", _name_of, _label_of, "map-pin", nothing_open)
        return Detail(self._desk, subject, self.reading, self.form, self)

    def empty_offers(self) -> tuple[Offer, ...]:
        return ((self.tr("Add the first deployment"), "plus", self._write_first),)

    def _write_first(self) -> None:
        self.new()

    def show_place(self, place: Place) -> None:
        """Come to a deployment, also by one of its groups or their questions; a question that waits is answered."""
        found = self._outsider(place.record) if place.record else None
        if found is None:
            super().show_place(place)
            return
        group, question = found
        super().show_place(replace(place, page=NAME, record=group.deployment))
        if question is not None and question.answered is None and not self._desk.book.read_only:
            self.reading.leave_asking()
            self.reading.ask_answer(question.key)

    def step_out(self) -> bool:
        """Close what is asked first."""
        return self.reading.leave_asking() or super().step_out()

    def _outsider(self, record_id: str) -> tuple[PointOfContact, Question | None] | None:
        """The group with that id, or the question and its group; None if neither has it."""
        book = self._desk.book
        question = records.find(book, Question, record_id)
        group = records.find(book, PointOfContact, question.point_of_contact if question is not None else record_id)
        return (group, question) if group is not None else None

    def _note_question(self) -> None:
        desk, bar = self._desk, self.reading.question
        if bar.group is None:
            return
        blocker = records.find(desk.book, Blocker, bar.blocker.value()) if bar.blocker.value() else None
        asked_by, text = bar.asked_by.value(), bar.text.value()
        try:
            question = question_of(bar.group, text, desk.now(), asked_by=asked_by, blocker=blocker)
        except PlaybookError as error:
            desk.trouble(error)
            return
        if desk.apply(self.tr("Write down a question of {0}").format(bar.group.group), Edit(None, question)):
            bar.leave()

    def _note_answer(self) -> None:
        desk, bar = self._desk, self.reading.answer
        question = records.find(desk.book, Question, bar.question.id) if bar.question is not None else None
        if question is None:
            return
        try:
            after = answered(question, bar.text.value(), desk.now(), bar.by.value() or desk.author)
        except PlaybookError as error:
            desk.trouble(error)
            return
        if desk.apply(self.tr("Answer {0}").format(question.key), Edit(question, after)):
            bar.leave()

    def _show_outsiders(self, kinds: frozenset[type[Any]]) -> None:
        """What the open deployment tells of others has changed: groups, questions, people, blockers."""
        if kinds & {PointOfContact, Question, Contact, Blocker} and self.reading.record is not None:
            self.reading.show_record(self.reading.record)

    def _show(self, hits: Hits) -> None:
        found = records.some(self._desk.book, Deployment, (item.id for item in hits.items))
        self._deployments = {deployment.id: deployment for deployment in found}
        super()._show(hits)

    def _row_of(self, item: Any) -> Row:
        deployment = self._deployments.get(item.id)
        if deployment is None:
            return Row(item.title)
        now = self._desk.now()
        facts = [(word, "muted") for word in (deployment.customer, stage_on(deployment, now.date())) if word]
        if deployment.go_live is not None:
            facts.append((self.tr("go-live {0}").format(said_day(deployment.go_live, now)), "muted"))
        return Row(deployment.name, None, "" if isinstance(item, Deployment) else item.snippet, tuple(facts))


def every_deployment(book: Book) -> Sequence[Deployment]:
    """Every deployment in use, by name."""
    found = (deployment for deployment in records.everything(book, Deployment) if deployment.retired is None)
    return sorted(found, key=lambda deployment: deployment.name.casefold())


def _name_of(deployment: Deployment) -> str:
    return deployment.name


def _label_of(field: str) -> str:
    return field.replace("_", " ").capitalize()
