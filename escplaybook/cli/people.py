"""Contacts: list, add, edit, retire."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
    given,
    opened,
    retiring,
    takes_at,
    takes_book,
    takes_here,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.cli.verifying import key_results_in, tell_dialling, verification_round, verify_contact
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.identity import new_id
from escplaybook.domain.verification import Importance, Importances, proof_words, reachability
from escplaybook.services import editing
from escplaybook.services.verifying import here_of, importances_of
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.rows import to_full


@click.group()
def contacts() -> None:
    """The people who can be called."""


def takes_contact(command: Command) -> Command:
    """Adds one option for each field of a contact that is words, and one for each kind of point."""
    for name in ("role", "organisation", "team", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    for kind in PointKind:
        command = click.option(f"--{kind}", multiple=True, metavar="VALUE", help="May be given again.")(command)
    command = click.option("--country", default=None, metavar="XX", help="Where numbers without + belong.")(command)
    command = click.option("--zone", default=None, metavar="ZONE", help="IANA name, like Europe/Berlin.")(command)
    command = click.option("--hours", default=None, metavar="HOURS", help="Like “Mon-Fri 09:00-17:00”.")(command)
    command = click.option("--deputy", default=None, metavar="KEY", help="Who stands in.")(command)
    return click.option("--tag", "tags", multiple=True, metavar="TEXT", help="May be given again.")(command)


@contacts.command("list")
@click.option("--retired", is_flag=True, help="Show the retired ones too.")
@takes_here
@takes_json
@takes_at
@takes_book
def list_contacts(retired: bool, here: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Everyone who can be called, by name."""
    with opened(book_path, read_only=True) as book:
        found = [person for person in records.everything(book, Contact, "name") if retired or person.retired is None]
        weights, here = importances_of(book), here_of(book, here)
    if as_json:
        tell_json([_told(person, weights, here, now) for person in found])
    else:
        tell_table([_row(person, weights, now) for person in found])


@contacts.command("add")
@click.argument("name")
@takes_contact
@takes_json
@takes_at
@takes_book
def add_contact(name: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Add a person; points are tried in the order phone, mobile, e-mail, chat, pager, bridge."""
    with opened(book_path) as book:
        person = Contact(id=new_id(now), name=name, created=now, updated=now, **_fields(book, fields))
        tell_record(book, editing.add(book, person, now), "Added", as_json)


@contacts.command("edit")
@click.argument("key")
@click.option("--name", default=None, metavar="TEXT")
@takes_contact
@takes_json
@takes_at
@takes_book
def edit_contact(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of a contact; points given replace all that were there, what is not named stays."""
    with opened(book_path) as book:
        tell_record(
            book, editing.change(book, wanted(book, Contact, key), now, **_fields(book, fields)), "Changed", as_json
        )


for _command in (verify_contact, verification_round, key_results_in):
    contacts.add_command(_command)
contacts.add_command(retiring(Contact, "Take a person out of use; the contact stays in the book."))


def _row(person: Contact, weights: Importances, now: datetime) -> tuple[str, ...]:
    reached = reachability(person.points, weights.get(person.id, Importance.NOBODY), now.date())
    numbers = ", ".join(point.value for point in person.points)
    return person.key, person.name, person.role, person.organisation, numbers, str(reached)


def _told(person: Contact, weights: Importances, here: str, now: datetime) -> dict[str, Any]:
    """A contact whole, with how far they can be reached and how each number is dialled."""
    weight, today = weights.get(person.id, Importance.NOBODY), now.date()
    reached = reachability(person.points, weight, today)
    full: dict[str, Any] = to_full(person)
    points = [
        {**one, **tell_dialling(point, person.country, here), "state": proof_words(point, weight, today)}
        for one, point in zip(full["points"], person.points, strict=True)
    ]
    reach = {"reach": reached.reach, "reason": reached.reason, "since": str(reached.since) if reached.since else None}
    return {"kind": "contact", **full, "points": points, "reachability": reach}


def _fields(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    points = tuple(ContactPoint(kind, value) for kind in PointKind for value in fields.pop(kind.value))
    found = given(fields)
    if points:
        found["points"] = points
    if "deputy" in found:
        found["deputy"] = wanted(book, Contact, found["deputy"]).id
    return found
