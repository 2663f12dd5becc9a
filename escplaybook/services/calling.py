"""Who do I call? The question answered from the book as it stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.due import Due
from escplaybook.domain.dues import dues, ladder_at
from escplaybook.domain.editions import Edition, effective_at
from escplaybook.domain.errors import NotFound
from escplaybook.domain.living_matrix import standing
from escplaybook.domain.matrix import Place
from escplaybook.domain.programme import definition_of
from escplaybook.domain.routing import Rung
from escplaybook.domain.speaking import groups_of, who_speaks, who_speaks_for
from escplaybook.domain.vendors import Vendor, who_answers_for
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key

if TYPE_CHECKING:
    from escplaybook.domain.coverage import Coverage


def who(
    book: Book,
    severity: Severity,
    at: datetime,
    *,
    stage: str = "",
    cause_class: CauseClass = CauseClass.INTERNAL,
    deployment: Deployment | None = None,
) -> tuple[Rung, ...]:
    """The ladder for a blocker raised at `at`. Raises NotFound if the book's matrix has no cell for it."""
    place = Place(severity, stage, cause_class, deployment.id if deployment else None)
    rungs = ladder_at(standing(programme(book), at), place, at)
    if not rungs:
        where = f" at {stage}" if stage else ""
        raise NotFound(f"The matrix names nobody for {severity}{where}; fill in its cells first.")
    return rungs


def edition_at(book: Book, at: datetime, deployment: Deployment | None = None) -> Edition | None:
    """The edition of the matrix that holds at `at`; None if none does."""
    return effective_at(programme(book).editions, at, deployment.id if deployment else None)


def coverage_of(book: Book, start: datetime, days: int, deployment: Deployment | None = None) -> "Coverage":
    """How the matrix is covered from `start` on. Raises NotFound if it has no cell at all."""
    from escplaybook.domain.coverage import coverage  # Today needs it not, and it is on the way to the first window

    found = coverage(programme(book), start, days, deployment=deployment.id if deployment else None)
    if not found.squares:
        raise NotFound("The matrix has no cells yet, so there is nothing to cover; fill them in first.")
    return found


def vendor_of(book: Book, system: str) -> Vendor | None:
    """The vendor who answers for a system, by the name entries and blockers use."""
    return who_answers_for(system, programme(book).vendors)


def have_ready(book: Book, severity: Severity) -> tuple[str, ...]:
    """What a ticket of that severity must carry, by the book's own definition."""
    definition = definition_of(programme(book), severity)
    return definition.intake if definition is not None else ()


def only_deployment(book: Book, key: str | None) -> Deployment | None:
    """The deployment with that key, or the only one there is; None if the book has none.

    Raises NotFound if there are several and none was named, or the key names none.
    """
    current = [deployment for deployment in programme(book).deployments if deployment.retired is None]
    if key is None:
        if len(current) > 1:
            names = ", ".join(f"{deployment.key} ({deployment.name})" for deployment in current)
            raise NotFound(f"There are several deployments: {names}. Say which with --deployment.")
        return current[0] if current else None
    named = [deployment for deployment in current if deployment.name.casefold() == key.casefold()]
    found = named[0] if named else by_key(book, key)
    if not isinstance(found, Deployment):
        raise NotFound(f"{found.key} is not a deployment.")
    return found


def today(book: Book, now: datetime) -> list[Due]:
    """What asks to be done, the riskiest first."""
    return dues(programme(book), now)


def outsiders(book: Book, deployment: Deployment, now: datetime) -> list[dict[str, Any]]:
    """Who alone talks to each stakeholder group of a deployment, and to everybody else, and who does at `now`."""
    found = programme(book)
    told = [(group.group, who_speaks(found, group, now)) for group in groups_of(found, deployment.id)]
    rest = who_speaks_for(found, deployment, now)
    if rest.person is not None:
        told.append(("everybody else", rest))
    return [
        {"group": name, "speaks": _named(one.person), "speaks_now": _named(one.now), "why": one.why}
        for name, one in told
    ]


def _named(person: Contact | None) -> dict[str, str] | None:
    return None if person is None else {"key": person.key, "name": person.name}
