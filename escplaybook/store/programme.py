"""The whole programme of a book, read at once."""

from dataclasses import replace

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.blockers import Blocker, BlockerState
from escplaybook.domain.causes import SubClass
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.waivers import Waiver
from escplaybook.store.book import Book
from escplaybook.store.records import everything
from escplaybook.store.remembered import memory


def programme(book: Book) -> Programme:
    """Everything but the knowledge; small, so it is read whole and decided upon in `domain`.

    It is read once until the book changes: ten pages may ask for it at the same moment.
    """
    known = memory(book)
    if "programme" not in known:
        people = {contact.id: contact for contact in everything(book, Contact, "name")}
        known["programme"] = replace(without_contacts(book), contacts=people)
    found: Programme = known["programme"]
    return found


def deputies(book: Book) -> dict[str, str | None]:
    """Who stands in for whom, by id; read without their numbers, which are most of a large book."""
    return dict(book.connection.execute("SELECT id, deputy FROM contacts WHERE deputy IS NOT NULL").fetchall())


def without_contacts(book: Book) -> Programme:
    """The programme without anybody's name and numbers, which take 30 times as long to read when they are 10,000."""
    return Programme(
        contacts={},
        vendors=tuple(everything(book, Vendor, "name")),
        agreements=tuple(everything(book, Agreement)),
        deployments=tuple(everything(book, Deployment, "name")),
        severities=tuple(everything(book, SeverityDefinition, "severity")),
        levels=tuple(everything(book, Level, "rank")),
        cells=tuple(everything(book, Cell)),
        rights=tuple(everything(book, DecisionRight)),
        blockers=tuple(everything(book, Blocker, "observed DESC")),
        triggers=tuple(everything(book, Trigger, "name")),
        absences=tuple(everything(book, Absence, "start")),
        rotations=tuple(everything(book, Rotation, "name")),
        points_of_contact=tuple(everything(book, PointOfContact)),
        questions=tuple(everything(book, Question, "asked")),
        suggestions=tuple(everything(book, Suggestion)),
        editions=tuple(everything(book, Edition, "number")),
        matrix_reviews=tuple(everything(book, MatrixReview, "at")),
        waivers=tuple(everything(book, Waiver)),
        sub_classes=tuple(everything(book, SubClass, "name")),
        definitions=tuple(everything(book, BlockerDefinition)),
        readings=tuple(everything(book, Reading, "started")),
        reading_questions=tuple(everything(book, ReadingQuestion, "asked")),
    )


def open_blockers(book: Book) -> list[Blocker]:
    """The blockers that stall something now, the latest seen first."""
    return [
        blocker
        for blocker in everything(book, Blocker, "observed DESC")
        if blocker.retired is None and blocker.state is not BlockerState.RESOLVED
    ]


def roster(book: Book) -> Roster:
    """Who is away and whose turn it is, without reading everybody."""
    return Roster(everything(book, Absence), everything(book, Rotation))
