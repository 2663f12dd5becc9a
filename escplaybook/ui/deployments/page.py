"""Deployments: one customer's implementation each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.ui.deployments.form import DeploymentForm
from escplaybook.ui.deployments.reading import DeploymentReading
from escplaybook.ui.desk import Desk
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
        self.reading.edit_wanted.connect(self._offer_people)
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

    def new(self, title: str = "") -> None:
        """Add a deployment."""
        self._offer_people()
        super().new(title)

    def _write_first(self) -> None:
        self.new()

    def _offer_people(self) -> None:
        people = records.everything(self._desk.book, Contact, "name")
        self.form.offer_people([(person.name, person.id) for person in people if person.retired is None])

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
