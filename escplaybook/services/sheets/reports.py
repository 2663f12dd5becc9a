"""Reports: the audit, the week's review of the matrix, and how the coming week is covered."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from escplaybook.domain.audit import RULES, audit
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record
from escplaybook.services import reviewing_matrix
from escplaybook.services.sheets.wishes import Content, Wish
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

if TYPE_CHECKING:
    from escplaybook.paper.page import PageSize, Sheet, Stamp

AUDIT, WEEK = "audit", "weekly-review"
REPORTS = (AUDIT, WEEK)
"""The reports, by the word that asks for them."""


def content(book: Book, wish: Wish, at: datetime) -> Content:
    """The report `wish.shape`, one of REPORTS."""
    match wish.shape:
        case "audit":
            return _audit(book, wish, at)
        case "weekly-review":
            return _week(book, wish, at)
    raise NotFound(f"No report is called “{wish.shape}”; nothing was printed. There are {', '.join(REPORTS)}.")


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


def _once(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple({record.id: record for record in records}.values())
