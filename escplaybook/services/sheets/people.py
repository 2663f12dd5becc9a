"""Contact sheets of people: by name, by team, by time zone, by level of the matrix."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from escplaybook.domain.contacts import Contact
from escplaybook.domain.duty_words import duty_on_paper
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.hierarchy import hierarchy
from escplaybook.domain.identity import Record
from escplaybook.domain.programme import Programme, deployments_of
from escplaybook.domain.selecting import COLUMNS, Selection, counts, select
from escplaybook.domain.verification import importances
from escplaybook.services.sheets import vendors
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of, printed, speakers_of, stage_at
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp

GROUPINGS = ("name", "hierarchy", "team", "vendor", "zone")
"""The orders of a contact sheet; by vendor it lists the vendors, each with its ladder and then its people."""

NARROWED_BY = ("team", "zone", "organisation", "vendor")
"""What a contact sheet may be narrowed by: to the people of one of them, or to one vendor."""


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """A contact sheet in the order of `wish.by`, one of GROUPINGS.

    `wish.shape` is one of NARROWED_BY and `wish.subject` the one team, vendor, zone or organisation that is meant;
    `wish.columns` are names of `selecting.COLUMNS`.
    """
    unknown = [name for name in wish.columns if name not in COLUMNS]
    if unknown:
        known = ", ".join(COLUMNS)
        raise PlaybookError(f"There is no column “{unknown[0]}”; nothing was printed. Choose from {known}.")
    match wish.by:
        case by if "vendor" in (by, wish.shape):
            return vendors.content(book, wish, at)
        case "hierarchy":
            return _people_by_level(programme(book), wish, at)
        case by if by in GROUPINGS:
            return _people(programme(book), wish, at)
    known = ", ".join(GROUPINGS)
    raise PlaybookError(f"No contact sheet is ordered by “{wish.by}”; nothing was printed. Choose one of {known}.")


def wishes(book: Book, _at: datetime) -> Iterator[Wish]:
    """Everyone in each order; by level for each deployment, or the one hierarchy there is without any."""
    found = programme(book)
    if any(contact.retired is None for contact in found.contacts.values()):
        yield from (Wish("contact-sheet", by=by) for by in ("name", "team", "zone"))
    if any(cell.retired is None for cell in found.cells):
        for deployment in (*deployments_of(found),) or (None,):
            yield Wish("contact-sheet", by="hierarchy", deployment=deployment.id if deployment else None)
    if any(vendor.retired is None for vendor in found.vendors):
        yield Wish("contact-sheet", by="vendor")


def _people(found: Programme, wish: Wish, at: datetime) -> Content:
    people = _meant(found, wish, at)
    weights, duty = importances(found), duty_on_paper(found, people, at)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.contacts import Group, Part, by_name, by_team, by_zone, contact_sheet

        title, groups, told = "Contacts", [Group("", by_name(people))], list[Part]()
        if wish.by == "team":
            title, groups, told = "Contacts by team", by_team(people), ["organisation"]
        elif wish.by == "zone":
            title, groups, told = "Contacts by time zone", by_zone(people, at), ["zone"]
        if wish.shape:
            title = f"{wish.subject.replace('_', ' ')}: {title[0].lower()}{title[1:]}"
        how: Any = {"columns": wish.columns, "told": told, "duty": duty.lines}
        return contact_sheet(title, groups, stamp, size, importances=weights, **how)

    return Content(wish, (*people, *duty.records), printed(people, weights), lay_out)


def _meant(found: Programme, wish: Wish, at: datetime) -> list[Contact]:
    """Everyone in use, or those of the one team, zone or organisation that is asked for."""
    narrowed: Any = {wish.shape: wish.subject} if wish.shape else {}
    if wish.shape and wish.shape not in NARROWED_BY:
        raise PlaybookError(f"A contact sheet cannot be narrowed by “{wish.shape}”; nothing was printed.")
    everyone = select(found, Selection(), at.date())
    if not everyone:
        raise NotFound("There are no contacts in this book yet, so there is nothing to print; add or import some.")
    people = select(found, Selection(**narrowed), at.date()) if wish.subject or not wish.shape else []
    if not people:
        known = ", ".join(value for value, _ in counts(found, at.date())[wish.shape])
        raise NotFound(
            f"Nobody here has the {wish.shape} “{wish.subject}”; nothing was printed. There are {known or 'none'}."
        )
    return people


def _people_by_level(found: Programme, wish: Wish, at: datetime) -> Content:
    deployment = deployment_of(found, wish)
    stage = stage_at(deployment, at) if wish.stage is None else wish.stage
    ranks = hierarchy(found, wish.deployment, stage)
    if not any(rank.cells for rank in ranks):
        raise NotFound("The matrix names nobody yet, so there is nothing to print by level; fill in its cells first.")
    speakers = speakers_of(found, deployment)
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
        how: Any = {"columns": wish.columns, "duty": duty.lines}
        return contact_sheet(title, groups, stamp, size, importances=weights, **how)

    if deployment:
        rest.append(deployment)
    return Content(replace(wish, stage=stage), (*people.values(), *rest), printed(people.values(), weights), lay_out)
