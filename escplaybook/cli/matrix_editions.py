"""Editions of the matrix on the command line: text form, draft, difference, review, publication, adoption."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    FILE,
    Instant,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_table,
    wanted,
)
from escplaybook.domain.edition_diff import Difference, differences
from escplaybook.domain.editions import Edition, EditionStatus, MatrixContent, content_at, effective_at, status_of
from escplaybook.domain.errors import NotFound
from escplaybook.domain.living_matrix import changes_since, living
from escplaybook.domain.naming import named
from escplaybook.domain.programme import Programme
from escplaybook.services import calling, publishing_matrix
from escplaybook.services.publishing_matrix import SIDES, Side
from escplaybook.services.showing import whole
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.programme import programme

LIVING = "living"
"""The word for the matrix as it stands, where an edition's key may stand too."""

_TITLE = click.option("--title", default="", metavar="TEXT", help="What it is about, in a few words.")
_BY = click.option("--by", required=True, metavar="NAME", help="Who signs: a contact by name, e-mail or key.")


@click.command("export")
@click.argument("file", type=FILE)
@click.option("--edition", "edition_key", default=None, metavar="KEY", help="An edition; else the living matrix.")
@click.option("--deployment", "deployment_key", default=None, metavar="KEY", help="Only what is set for it alone.")
@takes_book
def export_matrix(file: Path, edition_key: str | None, deployment_key: str | None, book_path: Path | None) -> None:
    """Write the matrix as a text with one fact a line, fit for a version-controlled repository."""
    with opened(book_path, read_only=True) as book:
        named_one = calling.only_deployment(book, deployment_key) if deployment_key else None
        edition = wanted(book, Edition, edition_key) if edition_key else None
        deployment = named_one.id if named_one else None
        is_new = publishing_matrix.export(book, file, deployment=deployment, edition=edition)
    click.echo(f"Wrote {file.name}." if is_new else f"{file.name} says the same already.")


@click.command("draft")
@click.argument("file", type=FILE, required=False)
@click.option("--living", "from_living", is_flag=True, help="Of the matrix as it was edited by hand.")
@_TITLE
@takes_json
@takes_at
@takes_book
def draft_matrix(
    file: Path | None, from_living: bool, title: str, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Make a draft edition of what a text says; the living matrix stays as it is."""
    if (file is None) == (not from_living):
        raise click.UsageError("Name the file to draft from, or say --living.")
    with opened(book_path) as book:
        if file is None:
            edition = publishing_matrix.draft_of_living(book, now, title)
        else:
            edition = publishing_matrix.draft(book, file, now, title)
        found = programme(book)
        told = differences(living(found, edition.deployment), edition.content, found)
        _tell(book, edition, "Drafted", as_json, now)
    if not as_json:
        _tell_differences(told, "It says what the living matrix says.")


@click.command("restore")
@click.argument("key")
@takes_json
@takes_at
@takes_book
def restore_edition(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Make a draft that says what an earlier edition said."""
    with opened(book_path) as book:
        _tell(book, publishing_matrix.restore(book, wanted(book, Edition, key), now), "Drafted", as_json, now)


@click.command("review")
@click.argument("key")
@click.option("--as", "side", type=click.Choice(SIDES), required=True, help="For which side.")
@_BY
@takes_json
@takes_at
@takes_book
def review_edition(key: str, side: Side, by: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Sign an edition for engineering or for business; two different people do."""
    with opened(book_path) as book:
        signer = publishing_matrix.contact_called(book, by)
        edition = publishing_matrix.review(book, wanted(book, Edition, key), side, signer, now)
        _tell(book, edition, f"{signer.name} signed for {side}:", as_json, now)


@click.command("publish")
@click.argument("key")
@click.option("--from", "start", type=Instant(), default=None, metavar="INSTANT", help="From when on; else at once.")
@takes_json
@takes_at
@takes_book
def publish_edition(key: str, start: datetime | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Make a reviewed edition effective: from that instant the living matrix is what it says."""
    with opened(book_path) as book:
        edition = publishing_matrix.publish(book, wanted(book, Edition, key), start or now, now)
        _tell(book, edition, "Published", as_json, now)


@click.command("adopt")
@click.argument("key")
@_BY
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY", help="Else today.")
@takes_json
@takes_at
@takes_book
def adopt_edition(key: str, by: str, on: datetime | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Record that an effective edition was adopted as standard operating procedure."""
    with opened(book_path) as book:
        signer = publishing_matrix.contact_called(book, by)
        edition = wanted(book, Edition, key)
        adopted = publishing_matrix.adopt(book, edition, signer, (on or now).date(), now)
        _tell(book, adopted, f"{signer.name} adopted", as_json, now)


@click.command("withdraw")
@click.argument("key")
@takes_json
@takes_at
@takes_book
def withdraw_edition(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Take back a draft, or an edition that is not effective yet; it stays in the book."""
    with opened(book_path) as book:
        _tell(book, publishing_matrix.withdraw(book, wanted(book, Edition, key), now), "Withdrew", as_json, now)


@click.command("editions")
@takes_json
@takes_at
@takes_book
def list_editions(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every edition: how far it has come, who signed it, since when it holds, and what changed by hand since."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
        if as_json:
            tell_json([told_edition(one, found, now) for one in found.editions])
            return
    tell_table([_row(one, found, now) for one in found.editions])
    effective = effective_at(found.editions, now)
    if effective is not None:
        count = len(changes_since(found, now))
        click.echo(f"{_count(count)} since edition {effective.number}." if count else "Nothing changed by hand since.")


@click.command("diff")
@click.argument("before", required=False)
@click.argument("after", default=LIVING)
@takes_json
@takes_at
@takes_book
def diff_matrix(before: str | None, after: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What differs between two editions, in words; else between the effective one and the living matrix."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
        if before is None:
            if not any(one.effective is not None and one.effective <= now for one in found.editions):
                raise NotFound(
                    "No edition is effective yet; say which to compare, like: escplaybook matrix diff ED-0001"
                )
            was = content_at(found.editions, now, living(found))
            scope = None
        else:
            was, scope = _content(book, before, found, None)
        then, _ = _content(book, after, found, scope)
        told = differences(was, then, found)
    if as_json:
        tell_json([told_difference(one) for one in told])
    else:
        _tell_differences(told, "They say the same.")


def told_difference(one: Difference) -> dict[str, Any]:
    """A difference, in the shape of `matrix diff --json`."""
    record = None if one.record is None else {"kind": kind_of(type(one.record)).name, "key": one.record.key}
    return {
        "change": one.change,
        "object": record,
        "field": one.field,
        "before": one.before,
        "after": one.after,
        "words": one.words,
    }


def told_edition(edition: Edition, found: Programme, now: datetime) -> dict[str, Any]:
    """An edition without its content, in the shape of `matrix editions --json`."""
    deployment = next((one for one in found.deployments if one.id == edition.deployment), None)
    signed: dict[str, Any] = {
        side: None
        if getattr(edition, side) is None
        else _person(found, getattr(edition, side)) | {"at": getattr(edition, f"{side}_at").isoformat()}
        for side in SIDES
    }
    adopted = None
    if edition.adopted_by is not None and edition.adopted_on is not None:
        adopted = _person(found, edition.adopted_by) | {"on": edition.adopted_on.isoformat()}
    return {
        "kind": "edition",
        "key": edition.key,
        "number": edition.number,
        "title": edition.title,
        "deployment": None if deployment is None else {"key": deployment.key, "name": deployment.name},
        "status": status_of(edition, found.editions, now),
        **signed,
        "effective": edition.effective.isoformat() if edition.effective else None,
        "adopted": adopted,
    }


def _content(book: Book, word: str, found: Programme, scope: str | None) -> tuple[MatrixContent, str | None]:
    if word.casefold() == LIVING:
        return living(found, scope), scope
    edition = wanted(book, Edition, word)
    return edition.content, edition.deployment


def _tell(book: Book, edition: Edition, did: str, as_json: bool, now: datetime) -> None:
    found = programme(book)
    if as_json:
        tell_json(whole(book, edition) | told_edition(edition, found, now))
        return
    status = status_of(edition, found.editions, now)
    word = "since" if status is EditionStatus.EFFECTIVE else "from"
    since = f" {word} {edition.effective:%d %b %Y %H:%M %Z}" if edition.effective else ""
    click.echo(f"{did} {named(edition)}: {status}{since}.")


def _tell_differences(told: tuple[Difference, ...], none: str) -> None:
    for one in told:
        click.echo(f"{one.words[0].upper()}{one.words[1:]}.")
    if not told:
        click.echo(none)


def _row(edition: Edition, found: Programme, now: datetime) -> tuple[str, ...]:
    signed = [f"{side} {_person(found, one)['name']}" for side in SIDES if (one := getattr(edition, side)) is not None]
    since = f"{edition.effective:%d %b %Y %H:%M %Z}" if edition.effective else "—"
    adopted = f"adopted by {_person(found, edition.adopted_by)['name']}" if edition.adopted_by else ""
    deployment = next((one.name for one in found.deployments if one.id == edition.deployment), "whole matrix")
    status = status_of(edition, found.editions, now)
    words = ", ".join(filter(None, (*signed, adopted, edition.title)))
    return (edition.key, str(edition.number), status, since, deployment, words)


def _person(found: Programme, contact: str) -> dict[str, str]:
    return {"key": found.contacts[contact].key, "name": found.contacts[contact].name}


def _count(changes: int) -> str:
    return "1 change" if changes == 1 else f"{changes} changes"


COMMANDS: tuple[click.Command, ...] = (
    export_matrix,
    draft_matrix,
    restore_edition,
    review_edition,
    publish_edition,
    adopt_edition,
    withdraw_edition,
    list_editions,
    diff_matrix,
)
"""Everything here, as the group `matrix` takes it in."""
