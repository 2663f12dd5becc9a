"""Pocket cards: for each role, a level, somebody by name, or everybody the matrix names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from escplaybook.domain.cards import (
    NEWCOMER,
    Card,
    Common,
    Holder,
    common_of,
    everyone,
    of_level,
    of_person,
    of_speaker,
    roles,
)
from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.living_matrix import standing
from escplaybook.domain.programme import Programme, deployments_of
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of, stage_at
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp

ROLES, EVERYONE, SPEAKER, NEW = "", "everyone", "point-of-contact", "newcomer"
"""Whom cards are for, as `Wish.subject` says it; “level-2” is for the owners of a level, a contact's key for them."""

LEVEL = "level-"
SINGLE = "-single"
"""At the end of a shape: every card on pages of its own size."""

SIZES = ("A6-folded", "A7", "A6")
"""The shapes of a card; the first is the usual one."""


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The cards of a deployment at a stage. Raises NotFound if the matrix names nobody there."""
    found = standing(programme(book), at)
    deployment = deployment_of(found, wish)
    stage = stage_at(deployment, at) if wish.stage is None else wish.stage
    shape = wish.shape or SIZES[0]
    check_shape(shape)
    common = common_of(found, deployment, stage, at)
    if not common.called:
        raise NotFound(
            "The matrix names nobody for S1 or S2 here, so there is nothing to print; fill in its cells first."
        )
    cards = [Card(common, holder) for holder in _holders(book, found, common, wish.subject)]

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.cards import card_sheet
        from escplaybook.paper.imposing import SHAPES

        single = shape.endswith(SINGLE)
        return card_sheet(cards, SHAPES[shape.removesuffix(SINGLE)], stamp, size, is_single=single)

    records: dict[str, Record] = {record.id: record for card in cards for record in card.records()}
    return Content(replace(wish, stage=stage, shape=shape), tuple(records.values()), common.numbers, lay_out)


def wishes(book: Book, at: datetime) -> Iterator[Wish]:
    """The usual cards of every deployment: those of each role, where the matrix names anybody."""
    found = standing(programme(book), at)
    for deployment in deployments_of(found) or (None,):
        if common_of(found, deployment, stage_at(deployment, at), at).called:
            yield Wish("cards", deployment=deployment.id if deployment else None, shape=SIZES[0])


def check_shape(shape: str) -> None:
    """Raises PlaybookError if no card is called that."""
    if shape.removesuffix(SINGLE) not in SIZES:
        raise PlaybookError(f"No card is called “{shape}”; nothing was printed. Choose one of {', '.join(SIZES)}.")


def _holders(book: Book, found: Programme, common: Common, subject: str) -> list[Holder]:
    """Whose cards are asked for. Raises NotFound if there is nobody."""
    match subject:
        case "":
            return roles(found, common)
        case "everyone":
            return everyone(common)
        case "newcomer":
            return [NEWCOMER]
        case "point-of-contact":
            holder = of_speaker(common)
            if holder is None:
                raise NotFound("Nobody is named to speak to people outside; name the single point of contact first.")
            return [holder]
    if subject.startswith(LEVEL) and subject.removeprefix(LEVEL).isdecimal():
        holder = of_level(common, int(subject.removeprefix(LEVEL)))
        if holder is None:
            raise NotFound(f"Nobody is named at level {subject.removeprefix(LEVEL)} here; no card was printed.")
        return [holder]
    person = by_key(book, subject)
    if not isinstance(person, Contact):
        raise NotFound(f"{person.key} is not a contact; no card was printed. Their keys look like CO-0001.")
    return [of_person(person)]
