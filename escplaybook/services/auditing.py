"""The audit of a book as it stands, and the waivers that let a finding pass for a while."""

from dataclasses import replace
from datetime import date, datetime

from escplaybook.domain.audit import Finding, audit, rule_named
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import NotFound
from escplaybook.domain.identity import Record, new_id
from escplaybook.domain.naming import named
from escplaybook.domain.waivers import Waiver
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_named, kind_of
from escplaybook.store.programme import programme


def findings(book: Book, now: datetime) -> list[Finding]:
    """Everything the audit objects to at `now`, the gravest first, what is waived among it."""
    return audit(programme(book), now)


def waived(
    book: Book, rule: str, about: Record, until: date, reason: str, now: datetime, author: str | None = None
) -> tuple[str, tuple[Edit, ...]]:
    """The stroke by which a rule may pass on a record until that day; a waiver that holds already is put aside.

    Returns what the stroke is called, and its edits. Raises NotFound if the rule does not object to that record,
    InvalidRecord if the day is over or the reason empty.
    """
    wanted = rule_named(rule)
    found = next((one for one in findings(book, now) if (one.rule, one.record.id) == (wanted, about.id)), None)
    if found is None:
        raise NotFound(f"{wanted.id} ({wanted.name}) has nothing against {named(about)}; there is nothing to waive.")
    waiver = Waiver(
        id=new_id(now),
        rule=wanted.id,
        about=about.id,
        about_kind=kind_of(type(about)).name,
        reason=reason.strip(),
        by=author or default_author(),
        until=until,
        created=now,
        updated=now,
    )
    before = [] if found.waiver is None else [Edit(found.waiver, replace(found.waiver, retired=now, updated=now))]
    return f"Waive {wanted.id} on {named(about)} until {until:%-d %b %Y}", (Edit(None, waiver), *before)


def waive(
    book: Book, rule: str, about: Record, until: date, reason: str, now: datetime, author: str | None = None
) -> Waiver:
    """Let a rule pass on a record until that day; returns the waiver with its key. Raises what `waived` does."""
    told, edits = waived(book, rule, about, until, reason, now, author)
    stored = editing.apply(book, told, *edits, now=now, author=author)
    assert isinstance(stored[0].after, Waiver)
    return stored[0].after


def about_of(book: Book, waiver: Waiver) -> Record | None:
    """The record that a waiver is about; None if it is no longer in the book."""
    found: Record | None = records.find(book, kind_named(waiver.about_kind).type, waiver.about)
    return found
