"""Forms to fill in by hand: intake of a blocker, update on one, and the log of a call tree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.call_tree import Call, call_tree, numbers_of
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Privacy
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.errors import NotFound
from escplaybook.domain.form_kinds import CALL_TREE, CODES, INTAKE, UPDATE, intake_form, update_form
from escplaybook.domain.forms import Form
from escplaybook.domain.hierarchy import Rank, hierarchy
from escplaybook.domain.identity import Record
from escplaybook.domain.impact import thresholds_of
from escplaybook.domain.matrix import Cell, Level, Place, cell_for
from escplaybook.domain.programme import Programme, definition_of, deployments_of, levels_of
from escplaybook.domain.verification import importances
from escplaybook.services.call_lists import numbered, numbered_call_tree
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of, for_paper, printed, speakers_of, stage_at
from escplaybook.store.book import Book
from escplaybook.store.memory import Memory
from escplaybook.store.programme import programme
from escplaybook.store.records import by_key

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp

FORMS = (INTAKE, UPDATE, CALL_TREE)
"""The forms, by the word that asks for them."""


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The form `wish.shape`, one of FORMS; `wish.subject` is the severity of an intake, the blocker of an update."""
    found = programme(book)
    match wish.shape:
        case "intake":
            return _intake(found, wish, at)
        case "update":
            return _update(book, found, wish)
        case "call-tree":
            return _call_tree(book, found, wish, at)
    raise NotFound(f"No form is called “{wish.shape}”; nothing was printed. There are {', '.join(FORMS)}.")


def wishes(book: Book, at: datetime) -> Iterator[Wish]:
    """An intake of each severity and a call tree for every deployment, and an empty update."""
    found = programme(book)
    if not any(cell.retired is None for cell in found.cells):
        return
    for deployment in (*deployments_of(found),) or (None,):
        own = deployment.id if deployment else None
        for severity in Severity:
            if definition_of(found, severity) is not None:
                yield Wish("form", severity, shape=INTAKE, deployment=own)
        _, calls = _calls(found, deployment, stage_at(deployment, at))
        if any(numbers_of(calls, {})):
            yield Wish("form", shape=CALL_TREE, deployment=own)
    yield Wish("form", shape=UPDATE)


def intake_of(found: Programme, severity: Severity | None, deployment: str | None, stage: str) -> Form:
    """The intake form as the book asks for it now."""
    definition = definition_of(found, severity) if severity is not None else None
    where = next((one for one in found.deployments if one.id == deployment), None)
    return intake_form(definition, thresholds_of(found.severities), where, stage)


def update_of(found: Programme, blocker: Blocker | None) -> Form:
    """The update form; its times are those of the blocker's deployment."""
    where = next((one for one in found.deployments if blocker is not None and one.id == blocker.deployment), None)
    return update_form(blocker, where)


def _intake(found: Programme, wish: Wish, at: datetime) -> Content:
    severity = _severity(wish.subject)
    deployment = deployment_of(found, wish)
    stage = stage_at(deployment, at) if wish.stage is None else wish.stage
    form = intake_of(found, severity, wish.deployment, stage)
    called_for = severity or Severity.S1
    level, cells = _first_rung(found, called_for, wish.deployment, stage)
    named = dict.fromkeys(person for cell in cells for person in (cell.owner, cell.backup) if person)
    people = [found.contacts[one] for one in named if one in found.contacts and found.contacts[one].retired is None]
    weights = importances(found)
    definition = definition_of(found, severity) if severity else None
    channels = _for_paper(definition.channels, found) if definition else ""

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.forms import form_sheet
        from escplaybook.paper.forms_aside import first_rung

        aside = first_rung(
            severity or Severity.S1, level, cells, {one.id: one for one in people}, weights, channels, stamp
        )
        return form_sheet(form, stamp, size, aside)

    records: list[Record] = [*people, *cells]
    records += [one for one in (level, deployment) if one is not None]
    records += [one for one in found.severities if one.retired is None and severity in (None, one.severity)]
    return Content(replace(wish, stage=stage), tuple(records), printed(people, weights), lay_out)


def _for_paper(channels: str, found: Programme) -> str:
    """Where people meet, without the numbers and addresses in it that are kept from paper elsewhere."""
    levels = (level for vendor in found.vendors for level in vendor.levels)
    for point in chain(*(person.points for person in found.contacts.values()), *(level.points for level in levels)):
        if point.privacy is not Privacy.PRINT:
            channels = channels.replace(point.value, "(not printed)")
    return channels


def _severity(subject: str) -> Severity | None:
    if not subject:
        return None
    if subject not in tuple(Severity):
        raise NotFound(f"No severity is called “{subject}”; nothing was printed. Choose one of {', '.join(Severity)}.")
    return Severity(subject)


def _first_rung(
    found: Programme, severity: Severity, deployment: str | None, stage: str
) -> tuple[Level | None, tuple[Cell, ...]]:
    """The first level at which anybody is named there, with its cells for internal and external causes."""
    for level in levels_of(found):
        cells = (cell_for(found.cells, Place(severity, stage, cause, deployment), level.rank) for cause in CauseClass)
        held = {cell.id: cell for cell in cells if cell is not None and not cell.not_escalated}
        if held:
            return level, tuple(held.values())
    return None, ()


def _update(book: Book, found: Programme, wish: Wish) -> Content:
    blocker = by_key(book, wish.subject) if wish.subject else None
    if blocker is not None and not isinstance(blocker, Blocker):
        raise NotFound(f"{blocker.key} is not a blocker at hand; nothing was printed. Their keys look like BL-0001.")
    form = update_of(found, blocker)
    definitions = [one for one in found.severities if one.retired is None]
    if blocker is not None:
        definitions = [one for one in definitions if one.severity == blocker.severity]

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.forms import form_sheet
        from escplaybook.paper.forms_aside import cadences

        return form_sheet(form, stamp, size, cadences(definitions))

    return Content(wish, tuple(filter(None, (blocker, *definitions))), (), lay_out)


def _call_tree(book: Book, found: Programme, wish: Wish, at: datetime) -> Content:
    deployment = deployment_of(found, wish)
    stage = stage_at(deployment, at) if wish.stage is None else wish.stage
    ranks, calls = _calls(found, deployment, stage)
    checks = list(numbers_of(calls, importances(found)))
    if not checks:
        raise NotFound("The matrix names nobody with a number for paper; nothing was printed. Fill in its cells first.")
    where = ", ".join(filter(None, (deployment.name if deployment else "every deployment", stage)))
    memory = Memory(book.path)
    try:
        first, lines = (
            numbered(memory, found, wish.first, at.date()) if wish.first else numbered_call_tree(memory, checks, where)
        )
    finally:
        memory.close()
    zone = deployment.zone if deployment else "UTC"

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.call_tree import call_tree_sheet

        return call_tree_sheet(calls, lines, f"{CODES[CALL_TREE]}-{first}", where, zone, stamp, size)

    rest: list[Record] = [rank.level for rank in ranks if rank.posts]
    rest += {cell.id: cell for rank in ranks for cell in rank.cells}.values()
    people = {call.person.id: call.person for call in calls}
    records = (*people.values(), *rest, *([deployment] if deployment else []))
    asked = replace(wish, stage=stage, first=first)
    return Content(asked, records, for_paper((check.point, check.importance) for _, check in lines), lay_out)


def _calls(found: Programme, deployment: Deployment | None, stage: str) -> tuple[tuple[Rank, ...], tuple[Call, ...]]:
    """The levels at that stage, and who is called in which order."""
    ranks = hierarchy(found, deployment.id if deployment else None, stage)
    return ranks, call_tree(ranks, speakers_of(found, deployment))
