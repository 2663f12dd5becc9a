"""Where a record is used, in words: the records that name it, each a link, by what they name it for."""

import html
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.agreements import Agreement
from escplaybook.domain.contacts import Contact
from escplaybook.domain.naming import name_of
from escplaybook.domain.vendors import Vendor
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.mentions import mentions_of
from escplaybook.store.programme import open_blockers
from escplaybook.store.references import Usage, users_of

SHOWN = 12
"""Records listed for one role; an owner of forty cells is told as such."""


def where_used(book: Book, record: Any) -> str:
    """The section that names the records in which this one is used; empty for kinds of which nobody asks that."""
    if not isinstance(record, Contact | Vendor | Agreement):
        return mentioned_in(book, record)
    lines = list_of(users_of(book, record)) + _by_system(book, record)
    if not lines and isinstance(record, Agreement):
        return ""  # it is named by nothing but a blocker of its vendor's systems
    said = lines or f"<p class='quiet'>{_tr('Nothing in the book names it.')}</p>"
    return f"<h2>{_tr('Named in')}</h2>{said}{mentioned_in(book, record)}"


def mentioned_in(book: Book, record: Any) -> str:
    """The section that names the records whose texts mention this one; empty if none does."""
    found = mentions_of(book, record)
    if not found:
        return ""
    lines = "".join(f"<p>{link(one)} <span class='quiet'>{html.escape(one.key)}</span></p>" for one in found[:SHOWN])
    more = f"<p class='quiet'>{_tr('and {0} more').format(len(found) - SHOWN)}</p>" if len(found) > SHOWN else ""
    return f"<h2>{_tr('Mentioned in')}</h2>{lines}{more}"


def list_of(usages: Iterable[Usage]) -> str:
    """The usages as lines of links, one line a role."""
    by_role: dict[str, list[str]] = defaultdict(list)
    for usage in usages:
        by_role[usage.reference.role].append(link(usage.record))
    return "".join(_line(role, links) for role, links in by_role.items())


def link(record: Any) -> str:
    """A record's name as a link to it."""
    name = " ".join(name_of(record).split())
    short = name if len(name) <= 60 else f"{name[:59]}…"
    return f"<a href='record:{html.escape(record.key)}'>{html.escape(short)}</a>"


def _line(role: str, links: list[str]) -> str:
    more = _tr(" and {0} more").format(len(links) - SHOWN) if len(links) > SHOWN else ""
    return f"<p><span class='quiet'>{html.escape(role)}:</span> {' · '.join(links[:SHOWN])}{more}</p>"


def _by_system(book: Book, record: Any) -> str:
    """The open blockers of the systems that a vendor, or the vendor of an agreement, answers for."""
    vendor = records.find(book, Vendor, record.vendor) if isinstance(record, Agreement) else record
    if not isinstance(vendor, Vendor) or not vendor.systems:
        return ""
    systems = {system.casefold() for system in vendor.systems}
    stalled = [link(blocker) for blocker in open_blockers(book) if blocker.system.casefold() in systems]
    return _line(_tr("open blocker"), stalled) if stalled else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("where used", text)
