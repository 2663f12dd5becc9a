"""The whole programme of a book, read at once."""

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.vendors import Vendor
from escplaybook.store.book import Book
from escplaybook.store.records import everything


def programme(book: Book) -> Programme:
    """Everything but the knowledge; small, so it is read whole and decided upon in `domain`."""
    return Programme(
        contacts={contact.id: contact for contact in everything(book, Contact, "name")},
        vendors=tuple(everything(book, Vendor, "name")),
        agreements=tuple(everything(book, Agreement)),
        deployments=tuple(everything(book, Deployment, "name")),
        severities=tuple(everything(book, SeverityDefinition, "severity")),
        levels=tuple(everything(book, Level, "rank")),
        cells=tuple(everything(book, Cell)),
        rights=tuple(everything(book, DecisionRight)),
        blockers=tuple(everything(book, Blocker, "observed DESC")),
        triggers=tuple(everything(book, Trigger, "name")),
    )
