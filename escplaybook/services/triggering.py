"""Triggers and the facts they are measured by: written down, reviewed by both sides, tried on past blockers."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import NO, YES, Fact, fact_name, fact_value, is_same_name, parse_quantity
from escplaybook.domain.identity import Record
from escplaybook.domain.naming import named
from escplaybook.domain.triggers import MEASURES, STATES, Trigger, to_review_anew
from escplaybook.domain.triggers_expressions import units_of
from escplaybook.domain.triggers_firing import escalated_to
from escplaybook.domain.triggers_vagueness import measurable
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.records import everything

FACTS_AT_MOST = 1_000
"""How many facts a blocker keeps: a monitor tells what changed, not what it sees every second."""


def add(book: Book, trigger: Trigger, now: datetime) -> Record:
    """Put a trigger into the book; returns it with its key. Raises InvalidRecord if it cannot be measured."""
    return editing.add(book, measurable(trigger), now)


def change(book: Book, before: Trigger, now: datetime, **fields: Any) -> Trigger:
    """Give a trigger these values; returns it as it is now. Whoever reviewed another condition has to do so again.

    Raises InvalidRecord if it could no longer be measured; nothing was changed then.
    """
    after = to_review_anew(before, measurable(replace(before, **fields)))
    if after == before:
        return before
    edit = Edit(before, replace(after, updated=now))
    (stored,) = editing.apply(book, f"Change {named(before)}", edit, now=now)
    assert isinstance(stored.after, Trigger)
    return stored.after


def review(
    book: Book, trigger: Trigger, side: Literal["engineering", "business"], by: Contact, now: datetime
) -> Trigger:
    """One side has looked at the condition and stands by it from today on."""
    return editing.change(book, trigger, now, **{side: by.id, f"{side}_on": now.date()})


def record_fact(
    book: Book,
    blocker: Blocker,
    now: datetime,
    name: str,
    value: str,
    at: datetime,
    *,
    author: str | None = None,
) -> Blocker:
    """Write down that from `at` on something is so, is not so, or is that much; returns the blocker as it is now.

    Raises InvalidRecord if that cannot be, or counts in another unit than triggers and facts of that name do.
    """
    fact = fact_of(book, blocker, now, name, value, at)
    told = fact.name if fact.value == YES else f"not {fact.name}" if fact.value == NO else f"{fact.name} {fact.value}"
    return _store(book, f"Write down at {blocker.key}: {told}", blocker, fact, now, author)


def fact_of(book: Book, blocker: Blocker, now: datetime, name: str, value: str, at: datetime) -> Fact:
    """The fact as it would be written down. Raises InvalidRecord as `record_fact` does."""
    fact = Fact(at, _known_name(book, blocker, fact_name(name)), fact_value(value))
    _refuse(book, blocker, fact, now)
    return fact


def escalate(
    book: Book, blocker: Blocker, now: datetime, level: int, at: datetime, *, author: str | None = None
) -> Blocker:
    """The blocker went to that level at `at`; returns it as it is now."""
    fact = escalated_to(level, at)
    _refuse(book, blocker, fact, now)
    return _store(book, f"Escalate {blocker.key} to level {level}", blocker, fact, now, author)


def _known_name(book: Book, blocker: Blocker, name: str) -> str:
    """The name as it is written already, so that one fact has one name."""
    known = (*(fact.name for fact in blocker.facts), *units_of(everything(book, Trigger)))
    return next((one for one in known if is_same_name(one, name)), name)


def _refuse(book: Book, blocker: Blocker, fact: Fact, now: datetime) -> None:
    """Raise InvalidRecord if the fact does not belong into the blocker's log."""
    if fact.name.casefold() in (*STATES, *MEASURES):
        raise InvalidRecord(
            f"The book knows by itself whether and how far “{fact.name}” holds; nothing was written down."
        )
    if fact.at > now:
        raise InvalidRecord("Nobody has measured that yet at that time; nothing was written down.")
    if blocker.resolved is not None and fact.at >= blocker.resolved:
        raise InvalidRecord(f"{blocker.key} was resolved by then; nothing was written down.")
    if len(blocker.facts) >= FACTS_AT_MOST:
        raise InvalidRecord(
            f"{blocker.key} has {FACTS_AT_MOST:,} facts already; write down what changed, not every measurement."
        )
    if fact.value not in (YES, NO):
        _refuse_unit(book, blocker, fact)


def _refuse_unit(book: Book, blocker: Blocker, fact: Fact) -> None:
    ours = parse_quantity(fact.value).unit
    measured = {
        parse_quantity(other.value).unit
        for other in blocker.facts
        if is_same_name(other.name, fact.name) and other.value not in (YES, NO)
    }
    theirs = measured or units_of(everything(book, Trigger)).get(fact.name, set())
    if theirs and ours.casefold() not in {unit.casefold() for unit in theirs}:
        wanted = " or ".join(sorted(theirs))
        raise InvalidRecord(f"“{fact.name}” is measured in {wanted}, not in {ours}; say it in {wanted}.")


def _store(book: Book, reason: str, before: Blocker, fact: Fact, now: datetime, author: str | None) -> Blocker:
    after = replace(before, facts=(*before.facts, fact), updated=now)
    (stored,) = editing.apply(book, reason, Edit(before, after), now=now, author=author)
    assert isinstance(stored.after, Blocker)
    return stored.after
