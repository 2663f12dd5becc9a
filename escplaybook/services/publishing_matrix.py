"""Editions of the matrix: drafted from a text or an old edition, signed by two sides, published, adopted."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from escplaybook.domain.contacts import Contact
from escplaybook.domain.editions import Edition, EditionStatus, MatrixContent, status_of
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord, NotFound, PlaybookError, Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import edits_towards, living, waiting
from escplaybook.domain.naming import named
from escplaybook.services import editing
from escplaybook.store.book import Book
from escplaybook.store.editions import is_any_waiting
from escplaybook.store.programme import programme

Side = Literal["engineering", "business"]
SIDES: tuple[Side, ...] = get_args(Side)


def export(book: Book, path: Path, *, deployment: str | None = None, edition: Edition | None = None) -> bool:
    """Write the living matrix or an edition as a text; False if the file says the same already.

    An earlier export gives way. Raises PlaybookError if the file is something else, or cannot be written.
    """
    from escplaybook.exchange.matrix_text import HEAD, write_matrix

    found = programme(book)
    scope = edition.deployment if edition is not None else deployment
    content = edition.content if edition is not None else living(found, scope)
    text = write_matrix(content, found, scope).encode()
    try:
        there = path.read_bytes() if path.exists() else None
        if there == text:
            return False
        if there and not there.startswith(HEAD.encode()[:32]):
            raise PlaybookError(f"{path.name} is no matrix in text form; it was left as it is. Give another name.")
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(text)
        part.replace(path)
    except OSError as error:
        raise PlaybookError(f"{path} cannot be written ({error.strerror}); nothing was changed.") from error
    return True


def draft(book: Book, path: Path, now: datetime, title: str = "") -> Edition:
    """Make a draft of what the file says; returns it. Raises Unreadable by the line; then nothing was drafted."""
    from escplaybook.exchange.matrix_text_reading import read_matrix

    try:
        is_there = path.is_file()
    except (OSError, ValueError):  # a name no file can have
        is_there = False
    if not is_there:
        raise Unreadable(f"There is no file “{path.name[:80]}”; nothing was drafted. Check the name.")
    deployment, content = read_matrix(path, programme(book), now)
    return _drafted(book, content, deployment, now, title)


def restore(book: Book, edition: Edition, now: datetime, author: str | None = None) -> Edition:
    """Make a draft that says what an edition said; returns it."""
    return _drafted(book, edition.content, edition.deployment, now, f"Edition {edition.number} again", author)


def draft_of_living(
    book: Book, now: datetime, title: str = "", *, deployment: str | None = None, author: str | None = None
) -> Edition:
    """Make a draft of the matrix as it was edited by hand; returns it."""
    return _drafted(book, living(programme(book), deployment), deployment, now, title, author)


def review(book: Book, edition: Edition, side: Side, by: Contact, now: datetime, author: str | None = None) -> Edition:
    """One side has read the edition and stands by it; returns it as it is now.

    Raises InvalidRecord if the same person signed for the other side, or the edition has been published.
    """
    _refuse_published(edition)
    after = replace(edition, updated=now, **cast(Any, {side: by.id, f"{side}_at": now}))
    return _stored(book, f"Review {named(edition)} for {side}", edition, after, now=now, author=author)


def publish(book: Book, edition: Edition, start: datetime, now: datetime, author: str | None = None) -> Edition:
    """The edition holds from `start`; returns it. If that has come, the living matrix becomes what it says.

    Raises InvalidRecord if a side has not reviewed it, or it has been published already.
    """
    _refuse_published(edition)
    if not edition.is_reviewed:
        missing = " and ".join(side for side in SIDES if getattr(edition, side) is None)
        raise InvalidRecord(
            f"{edition.key} is not reviewed by {missing} yet; nothing was published. "
            f"Sign with: escplaybook matrix review {edition.key} --as {missing.split()[0]} --by NAME"
        )
    published = replace(edition, effective=start, updated=now)
    found = programme(book)
    others = tuple(published if one.id == edition.id else one for one in found.editions)
    if status_of(published, others, now) is not EditionStatus.EFFECTIVE:
        return _stored(book, f"Publish {named(edition)}", edition, published, now=now, author=author)
    edits = edits_towards(found, published, now)
    applied = replace(published, applied=now)
    return _stored(book, f"Publish {named(edition)}", edition, applied, *edits, now=now, author=author)


def bring_into_force(book: Book, now: datetime) -> list[Edition]:
    """Let the living matrix become what editions say whose instant has come meanwhile; returns them."""
    done = []
    for edition in waiting(programme(book).editions, now):
        edits = edits_towards(programme(book), edition, now)
        reason = f"Bring {named(edition)} into force"
        done.append(_stored(book, reason, edition, replace(edition, applied=now, updated=now), *edits, now=now))
    return done


def catch_up(book: Book, now: datetime) -> None:
    """Bring into force what is due, also if this book was opened for reading.

    Where that cannot be done now (the book is protected, a deputy would come to stand in for themselves), it waits;
    `living_matrix.standing` answers by it all the same.
    """
    if not is_any_waiting(book, now):
        return
    with suppress(PlaybookError):
        if not book.read_only:
            bring_into_force(book, now)
            return
        with Book.open(book.path) as writer:
            bring_into_force(writer, now)


def adopt(book: Book, edition: Edition, by: Contact, on: date, now: datetime, author: str | None = None) -> Edition:
    """Somebody took the edition as standard operating procedure; returns it. Raises InvalidRecord before it holds."""
    if edition.effective is None or edition.effective > now:
        raise InvalidRecord(f"{edition.key} is not effective yet, so nobody can work by it; publish it first.")
    after = replace(edition, adopted_by=by.id, adopted_on=on, updated=now)
    reason = f"Adopt {named(edition)} as standard operating procedure"
    return _stored(book, reason, edition, after, now=now, author=author)


def withdraw(book: Book, edition: Edition, now: datetime) -> Edition:
    """Take back a draft, or an edition whose instant has not come. Raises InvalidRecord once it holds."""
    if edition.effective is not None and edition.effective <= now:
        raise InvalidRecord(f"{edition.key} is effective; publish another edition in its place.")
    return editing.retire(book, edition, now)


def contact_called(book: Book, word: str) -> Contact:
    """The contact with that key, e-mail or name. Raises NotFound if there is none, or more than one."""
    from escplaybook.exchange.matrix_text import Names

    found = programme(book)
    meant = Names(found).meant(Contact, word)
    if len(meant) != 1:
        told = "Nobody in this book is" if not meant else "Several people are"
        raise NotFound(f"{told} called “{word}”; name one contact by key, e-mail or name.")
    return found.contacts[next(iter(meant))]


def _drafted(
    book: Book, content: MatrixContent, deployment: str | None, now: datetime, title: str, author: str | None = None
) -> Edition:
    number = max((one.number for one in programme(book).editions), default=0) + 1
    made = Edition(
        id=new_id(now),
        number=number,
        created=now,
        updated=now,
        content=content,
        title=title.strip(),
        deployment=deployment,
    )
    (stored,) = editing.apply(book, f"Draft edition {number} of the matrix", Edit(None, made), now=now, author=author)
    return cast(Edition, stored.after)


def _refuse_published(edition: Edition) -> None:
    if edition.retired is not None:
        raise InvalidRecord(f"{edition.key} was withdrawn; nothing was changed. Restore it as a draft first.")
    if edition.effective is not None:
        raise InvalidRecord(
            f"{edition.key} is published already and stays as it is. Make a draft of it anew with: "
            f"escplaybook matrix restore {edition.key}"
        )


def _stored(
    book: Book, reason: str, before: Edition, after: Edition, *edits: Edit, now: datetime, author: str | None = None
) -> Edition:
    stored = editing.apply(book, reason, Edit(before, after), *edits, now=now, author=author)
    return cast(Edition, stored[0].after)
