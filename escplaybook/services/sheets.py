"""What belongs on each kind of sheet: the records and numbers it is printed from, and how they are laid out."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.classification import CauseClass
from escplaybook.domain.contacts import Contact, ContactPoint, Privacy, zone_named
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.duty_words import duty_on_paper
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.hierarchy import hierarchy
from escplaybook.domain.identity import Record
from escplaybook.domain.knowledge import TEXT_FIELDS, Entry
from escplaybook.domain.mentions import pictures_in
from escplaybook.domain.overview import overview
from escplaybook.domain.programme import Programme, stages_of
from escplaybook.domain.uses import Outcome
from escplaybook.domain.verification import Importance, Importances, importances
from escplaybook.services.call_lists import numbered
from escplaybook.store.blobs import data_of
from escplaybook.store.book import Book
from escplaybook.store.knowledge import notes_on
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key
from escplaybook.store.uses import uses_of

if TYPE_CHECKING:  # ReportLab costs start-up: it is loaded when something is printed
    from escplaybook.paper.page import PageSize, Sheet, Stamp

SHEETS = ("entry", "contact-sheet", "matrix", "call-list")
"""The kinds of paper, as the command line calls them."""

GROUPINGS = ("name", "hierarchy", "team", "vendor", "zone")
"""The orders of a contact sheet; by vendor it lists the vendors and not the people."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which sheet is asked for. `entry` is a key, `deployment` an id (None: what holds for every deployment).

    `first` is the number of a call list's first line; 0 asks for the numbers that are to be proved now.
    A `stage` of None stands for the one the deployment is in (on a contact sheet) or for each of them (on a matrix).
    """

    sheet: str
    entry: str = ""
    by: str = "name"
    deployment: str | None = None
    stage: str | None = None
    cause_class: CauseClass | None = None
    first: int = 0

    @property
    def choices(self) -> dict[str, str]:
        """What is noted in the file, so that the same sheet can be asked for again (see `wish_of`)."""
        noted = (
            ("entry", self.entry),
            ("by", self.by if self.sheet == "contact-sheet" else ""),
            ("deployment", self.deployment),
            ("stage", self.stage),
            ("cause_class", self.cause_class),
            ("first", self.first),
        )
        return {name: str(value) for name, value in noted if value or (name == "stage" and value is not None)}

    @property
    def address(self) -> str:
        """The wish in a line: `matrix?stage=go-live`; `wish_at` reads it."""
        return f"{self.sheet}?{urlencode(self.choices)}"


@dataclass(frozen=True, slots=True)
class Content:
    """What belongs on a sheet. `wish` names the stage if it was left open.

    `points` are those that are for paper, each with what hangs on it.
    """

    wish: Wish
    records: tuple[Record, ...]
    points: tuple[tuple[ContactPoint, Importance], ...]
    lay_out: "Callable[[Stamp, PageSize], Sheet]"


def wish_of(sheet: str, choices: Mapping[str, str]) -> Wish:
    """The wish that noted these choices. Raises ValueError if they are none."""
    cause = choices.get("cause_class")
    return Wish(
        sheet,
        entry=choices.get("entry", ""),
        by=choices.get("by", "name"),
        deployment=choices.get("deployment"),
        stage=choices.get("stage"),
        cause_class=CauseClass(cause) if cause else None,
        first=int(choices.get("first", 0)),
    )


def wish_at(address: str) -> Wish | None:
    """The wish of an address; None if it is none."""
    sheet, _, choices = address.partition("?")
    try:
        wish = wish_of(sheet, dict(parse_qsl(choices, keep_blank_values=True)))
    except ValueError:
        return None
    return wish if sheet in SHEETS else None


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """What belongs on the sheet, as the book is. Raises NotFound if there is nothing to print."""
    match wish.sheet, wish.by:
        case "entry", _:
            return _entry(book, wish)
        case "matrix", _:
            return _matrix(programme(book), wish, at)
        case "call-list", _:
            return _call_list(book, wish, at)
        case "contact-sheet", "vendor":
            return _vendors(programme(book), wish)
        case "contact-sheet", "hierarchy":
            return _people_by_level(programme(book), wish, at)
        case "contact-sheet", by if by in GROUPINGS:
            return _people(programme(book), wish, at)
    known = ", ".join(GROUPINGS)
    raise PlaybookError(f"No contact sheet is ordered by “{wish.by}”; nothing was printed. Choose one of {known}.")


def _entry(book: Book, wish: Wish) -> Content:
    entry = by_key(book, wish.entry)
    if not isinstance(entry, Entry):
        raise NotFound(f"{entry.key} is not a known blocker; nothing was printed. Their keys look like KB-0001.")

    uses = uses_of(book, entry.id)
    notes = [note for note in notes_on(book, entry.id) if note.is_in_use]
    pictures = _pictures(book, entry)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.entries import entry_sheet

        return entry_sheet(entry, stamp, size, notes, uses, pictures)

    # a success more leaves a sheet as good as it was; a failure since makes it one that must not be leant on
    failed = (use for use in uses if use.outcome is Outcome.FAILED and use.retired is None)
    return Content(wish, (entry, *notes, *failed), (), lay_out)


def _pictures(book: Book, entry: Entry) -> dict[str, bytes]:
    """The pictures that an entry's texts show, by their hash, as far as this book has them."""
    found: dict[str, bytes] = {}
    texts = (*(getattr(entry, name) for name in TEXT_FIELDS), *(section.text for section in entry.rest))
    for known in (known for text in texts for known in pictures_in(text)):
        with suppress(NotFound):
            found[known] = data_of(book, Attachment("picture", known, 0))
    return found


def _people(found: Programme, wish: Wish, at: datetime) -> Content:
    people = [contact for contact in found.contacts.values() if contact.retired is None]
    if not people:
        raise NotFound("There are no contacts in this book yet, so there is nothing to print; add or import some.")
    weights, duty = importances(found), duty_on_paper(found, people, at)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.contacts import Group, Part, by_name, by_team, by_zone, contact_sheet

        title, groups, told = "Contacts", [Group("", by_name(people))], list[Part]()
        if wish.by == "team":
            title, groups, told = "Contacts by team", by_team(people), ["organisation"]
        elif wish.by == "zone":
            title, groups, told = "Contacts by time zone", by_zone(people, at), ["zone"]
        return contact_sheet(title, groups, stamp, size, importances=weights, told=told, duty=duty.lines)

    return Content(wish, (*people, *duty.records), _printed(people, weights), lay_out)


def _people_by_level(found: Programme, wish: Wish, at: datetime) -> Content:
    deployment = _deployment(found, wish)
    stage = _stage(deployment, at) if wish.stage is None else wish.stage
    ranks = hierarchy(found, wish.deployment, stage)
    if not any(rank.cells for rank in ranks):
        raise NotFound("The matrix names nobody yet, so there is nothing to print by level; fill in its cells first.")
    speakers = _speakers(found, deployment)
    people = {contact.id: contact for contact in speakers}
    people |= {post.contact.id: post.contact for rank in ranks for post in rank.posts}
    rest: list[Record] = [rank.level for rank in ranks]
    rest += [cell for rank in ranks for cell in rank.cells]
    weights, duty = importances(found), duty_on_paper(found, people.values(), at)
    people |= {person.id: person for person in duty.others}
    rest += duty.records

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.contacts import Group, by_level, by_name, contact_sheet, spokespeople

        groups = [*([spokespeople(speakers)] if deployment else []), *by_level(ranks)]
        if duty.others:
            groups.append(Group("Taking turns and standing in", by_name(duty.others)))
        where = ", ".join(filter(None, (deployment.name if deployment else "every deployment", stage)))
        title = f"Contacts by level: {where}"
        return contact_sheet(title, groups, stamp, size, importances=weights, duty=duty.lines)

    if deployment:
        rest.append(deployment)
    return Content(replace(wish, stage=stage), (*people.values(), *rest), _printed(people.values(), weights), lay_out)


def _matrix(found: Programme, wish: Wish, at: datetime) -> Content:
    deployment = _deployment(found, wish)
    stages = stages_of(found, wish.deployment) if wish.stage is None else [wish.stage]
    pages = [overview(found, deployment, stage, wish.cause_class, at.date()) for stage in stages]
    if not any(cell for page in pages for line in page.lines for cell in line.cells):
        raise NotFound("The matrix names nobody here yet, so there is nothing to print; fill in its cells first.")

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.matrix import matrix_sheet

        return matrix_sheet(pages, stamp, size)

    records = {record.id: record for page in pages for record in page.records()}
    return Content(wish, tuple(records.values()), tuple(point for page in pages for point in page.numbers()), lay_out)


def _vendors(found: Programme, wish: Wish) -> Content:
    vendors = [vendor for vendor in found.vendors if vendor.retired is None]
    if not vendors:
        raise NotFound("There are no vendors in this book yet, so there is nothing to print; add one first.")
    known = {vendor.id for vendor in vendors}
    agreements = [one for one in found.agreements if one.retired is None and one.vendor in known]

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.vendors import vendor_sheet

        return vendor_sheet(vendors, agreements, stamp, size)

    points = [(point, Importance.VENDOR) for vendor in vendors for level in vendor.levels for point in level.points]
    return Content(wish, (*vendors, *agreements), _for_paper(points), lay_out)


def _call_list(book: Book, wish: Wish, at: datetime) -> Content:
    memory = Memory(book.path)
    try:
        first, lines = numbered(memory, programme(book), wish.first, at.date())
    finally:
        memory.close()
    if not lines:
        raise NotFound("No number is to be proved now, so there is nothing to print.")

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.call_list import call_list_sheet

        return call_list_sheet(lines, stamp, size)

    holders: dict[str, Record] = {check.holder.id: check.holder for _, check in lines}
    return Content(replace(wish, first=first), tuple(holders.values()), (), lay_out)


def _deployment(found: Programme, wish: Wish) -> Deployment | None:
    if wish.deployment is None:
        return None
    for deployment in found.deployments:
        if deployment.id == wish.deployment:
            return deployment
    raise NotFound("The deployment of this sheet is not in the book any more; nothing was printed. Choose another.")


def _stage(deployment: Deployment | None, at: datetime) -> str:
    return stage_on(deployment, at.astimezone(zone_named(deployment.zone)).date()) if deployment else ""


def _speakers(found: Programme, deployment: Deployment | None) -> list[Contact]:
    """The single point of contact and who stands in, those in use."""
    named = (deployment.point_of_contact, deployment.deputy) if deployment else ()
    people = (found.contacts.get(person or "") for person in named)
    return [person for person in people if person is not None and person.retired is None]


def _printed(people: Iterable[Contact], weights: Importances) -> tuple[tuple[ContactPoint, Importance], ...]:
    return _for_paper(
        (point, weights.get(person.id, Importance.NOBODY)) for person in people for point in person.points
    )


def _for_paper(points: Iterable[tuple[ContactPoint, Importance]]) -> tuple[tuple[ContactPoint, Importance], ...]:
    return tuple((point, importance) for point, importance in points if point.privacy is Privacy.PRINT)
