"""Deployments: one customer's implementation each."""

from datetime import date, datetime
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
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment, StageDates, stage_on
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.rows import to_full


@click.group()
def deployments() -> None:
    """Customer implementations, their stages and who speaks for them."""


def takes_deployment_fields(command: Command) -> Command:
    """Adds one option for each field of a deployment."""
    for name in ("customer", "zone", "hours", "reputation", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    options = (
        click.option("--money-a-day", type=int, default=None, help="What a day of standstill costs, in whole units."),
        click.option("--currency", default=None, metavar="CODE", help="Like EUR."),
        click.option("--go-live", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY"),
        click.option("--point-of-contact", default=None, metavar="KEY", help="Who alone talks to outsiders."),
        click.option("--deputy", default=None, metavar="KEY", help="Who stands in for that."),
        click.option(
            "--stage-dates",
            "stages",
            multiple=True,
            metavar="“STAGE FIRST LAST”",
            help="Like “testing 2026-11-01 2026-12-15”; may be given again.",
        ),
    )
    for option in options:
        command = option(command)
    return command


@deployments.command("list")
@takes_json
@takes_at
@takes_book
def list_deployments(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every deployment and the stage it is in."""
    with opened(book_path, read_only=True) as book:
        found = [one for one in records.everything(book, Deployment, "name") if one.retired is None]
    if as_json:
        tell_json([{"kind": "deployment", "stage": stage_on(one, now.date()), **to_full(one)} for one in found])
    else:
        tell_table([(one.key, one.name, one.customer, stage_on(one, now.date())) for one in found])


@deployments.command("add")
@click.argument("name")
@takes_deployment_fields
@takes_json
@takes_at
@takes_book
def add_deployment(name: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Add a deployment."""
    with opened(book_path) as book:
        made = Deployment(id=new_id(now), name=name, created=now, updated=now, **_fields(book, fields))
        tell_record(book, editing.add(book, made, now), "Added", as_json)


@deployments.command("edit")
@click.argument("key")
@click.option("--name", default=None, metavar="TEXT")
@takes_deployment_fields
@takes_json
@takes_at
@takes_book
def edit_deployment(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of a deployment; stages given replace all that were there, what is not named stays."""
    with opened(book_path) as book:
        changed = editing.change(book, wanted(book, Deployment, key), now, **_fields(book, fields))
        tell_record(book, changed, "Changed", as_json)


deployments.add_command(retiring(Deployment, "Take a deployment out of use; it stays in the book."))


def _fields(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    found = given(fields)
    for person in ("point_of_contact", "deputy"):
        if person in found:
            found[person] = wanted(book, Contact, found[person]).id
    if "go_live" in found:
        found["go_live"] = found["go_live"].date()
    if "stages" in found:
        found["stages"] = tuple(_stage(text) for text in found["stages"])
    return found


def _stage(text: str) -> StageDates:
    try:
        stage, first, last = text.split()
        return StageDates(stage, date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise InvalidRecord(
            f"“{text}” is no stage with its days; write it like “testing 2026-11-01 2026-12-15”."
        ) from None
