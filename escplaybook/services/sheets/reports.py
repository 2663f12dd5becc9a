"""Reports: the audit, the week's review of the matrix, and how the coming week is covered."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from escplaybook.domain.audit import RULES, audit
from escplaybook.domain.coverage_week import DAYS, midnight
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.domain.programme import deployments_of
from escplaybook.services import reviewing_matrix
from escplaybook.services.calling import coverage_of
from escplaybook.services.sheets.wishes import Content, Wish, deployment_of
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp

REPORTS = ("audit", "weekly-review", "coverage")
"""The reports, by the word that asks for them."""


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The report `wish.shape`, one of REPORTS."""
    match wish.shape:
        case "audit":
            return _audit(book, wish, at)
        case "weekly-review":
            return _week(book, wish, at)
        case "coverage":
            return _coverage(book, wish, at)
    raise NotFound(f"No report is called “{wish.shape}”; nothing was printed. There are {', '.join(REPORTS)}.")


def wishes(book: Book, _at: datetime) -> Iterator[Wish]:
    """The audit and the week's review, and how each deployment is covered."""
    found = programme(book)
    if not any(cell.retired is None for cell in found.cells):
        return
    yield Wish("report", shape="audit")
    yield Wish("report", shape="weekly-review")
    for deployment in (*deployments_of(found),) or (None,):
        yield Wish("report", shape="coverage", deployment=deployment.id if deployment else None)


def _audit(book: Book, wish: Wish, at: datetime) -> Content:
    findings = audit(programme(book), at)

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.reports_audit import audit_report

        return audit_report(findings, len(RULES), stamp, size)

    waivers = (one.waiver for one in findings if one.waiver is not None)
    return Content(wish, _once((*(one.record for one in findings), *waivers)), (), lay_out)


def _week(book: Book, wish: Wish, at: datetime) -> Content:
    week = reviewing_matrix.week(book, at)
    signed = programme(book).contacts.get(week.last.by) if week.last is not None else None
    who = f" by {signed.name}" if signed is not None else ""

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.page import day
        from escplaybook.paper.reports_week import Reviewed, week_report

        last = f"Last reviewed on {day(week.since.astimezone(at.tzinfo))}{who}." if week.last is not None else ""
        reviewed = Reviewed(week.since, last, week.changes, week.stale, week.findings)
        return week_report(reviewed, stamp, size)

    told: tuple[Any, ...] = (*week.changes, *week.stale, *week.findings)
    return Content(wish, _once(one.record for one in told if one.record is not None), (), lay_out)


def _coverage(book: Book, wish: Wish, at: datetime) -> Content:
    found = programme(book)
    deployment = deployment_of(found, wish)
    zone = deployment.zone if deployment is not None else "UTC"
    week = coverage_of(book, midnight(at, zone), DAYS, deployment)
    where = deployment.name if deployment is not None else "every deployment"

    def lay_out(stamp: "Stamp", size: "PageSize") -> "Sheet":
        from escplaybook.paper.reports_coverage import coverage_report

        return coverage_report(week, where, zone, stamp, size)

    cells = [cell for cell in found.cells if cell.retired is None and cell.deployment in (None, wish.deployment)]
    named = dict.fromkeys(person for cell in cells for person in cell.people)
    people = [found.contacts[person] for person in named if person in found.contacts]
    rest: tuple[Any, ...] = (*found.absences, *found.rotations)
    return Content(wish, (*cells, *people, *(one for one in rest if one.retired is None)), (), lay_out)


def _once(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple({record.id: record for record in records}.values())
