"""Suggestions: anyone leaves one on any record, whoever the record belongs to settles it."""

from datetime import datetime

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import Record, new_id
from escplaybook.domain.naming import named
from escplaybook.domain.owners import owner_of
from escplaybook.domain.suggestions import Outcome, Side, Suggestion, settled, suggestible
from escplaybook.services import editing
from escplaybook.store import history, records
from escplaybook.store.book import Book, default_author
from escplaybook.store.kinds import kind_named, kind_of
from escplaybook.store.programme import programme


def drafted(about: Record, text: str, now: datetime, author: str, *, side: Side, field: str = "") -> Suggestion:
    """A suggestion on a record, not yet stored. Raises InvalidRecord if it has no such field, or none can be made."""
    if isinstance(about, Suggestion):
        raise InvalidRecord(f"{about.key} is a suggestion itself; suggest it on the record that it is about.")
    if field and field not in suggestible(type(about)):
        raise InvalidRecord(f"“{field}” is no field of {about.key}; there are {', '.join(suggestible(type(about)))}.")
    return Suggestion(
        id=new_id(now),
        about=about.id,
        about_kind=kind_of(type(about)).name,
        text=text,
        author=author,
        created=now,
        updated=now,
        field=field,
        side=side,
    )


def suggest(
    book: Book, about: Record, text: str, now: datetime, *, side: Side, field: str = "", author: str | None = None
) -> Suggestion:
    """Leave a suggestion on a record; returns it with its key. Raises InvalidRecord as `drafted` does."""
    suggestion = drafted(about, text, now, author or default_author(), side=side, field=field)
    reason = f"Suggest a change of {named(about)}"
    (stored,) = editing.apply(book, reason, Edit(None, suggestion), now=now, author=author)
    assert isinstance(stored.after, Suggestion)
    return stored.after


def settle(
    book: Book, suggestion: Suggestion, outcome: Outcome, answer: str, now: datetime, *, author: str | None = None
) -> Suggestion:
    """Accept or decline; raises InvalidRecord if that was done already, or it is declined without a reason."""
    after = settled(suggestion, outcome, answer, now, author or default_author())
    verb = "Accept" if outcome is Outcome.ACCEPTED else "Decline"
    (stored,) = editing.apply(book, f"{verb} {named(suggestion)}", Edit(suggestion, after), now=now, author=author)
    assert isinstance(stored.after, Suggestion)
    return stored.after


def subject_of(book: Book, suggestion: Suggestion) -> Record | None:
    """The record that a suggestion is about; None if it is no longer in the book."""
    found: Record | None = records.find(book, kind_named(suggestion.about_kind).type, suggestion.about)
    return found


def settler_of(book: Book, record: Record) -> str:
    """The name of whoever settles what is suggested about a record.

    See `domain.owners`. A mentor's note belongs to the mentor; knowledge, and what has no owner, to its last editor.
    """
    if (owner := owner_of(programme(book), record)) is not None:
        return owner.name
    if isinstance(record, Annotation):
        return record.author
    lines = history.of_record(book, record.id)
    return lines[-1].stroke.author if lines else ""
