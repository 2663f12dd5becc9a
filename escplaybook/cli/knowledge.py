"""Known blockers: list, add, edit, retire, and one record shown whole."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
    OneOf,
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
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry
from escplaybook.services import editing
from escplaybook.services.showing import whole
from escplaybook.store import records
from escplaybook.store.rows import to_full


@click.group()
def entries() -> None:
    """Known blockers and their remedies."""


def takes_fields(command: Command) -> Command:
    """Adds one option for each field of an entry that is words."""
    for name in reversed(TEXT_FIELDS):
        command = click.option(f"--{name}", default=None, metavar="MARKDOWN", help=f"{HEADINGS[name]}.")(command)
    for name in ("system", "data-domain", "stage", "vendor", "language"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    command = click.option("--severity", type=OneOf(Severity), default=None)(command)
    command = click.option("--cause-class", type=OneOf(CauseClass), default=None)(command)
    command = click.option("--tag", "tags", multiple=True, metavar="TEXT", help="May be given again.")(command)
    return click.option(
        "--error-code", "error_codes", multiple=True, metavar="TEXT", help="As people see it; may be given again."
    )(command)


@entries.command("list")
@click.option("--retired", is_flag=True, help="Show the retired ones too.")
@takes_json
@takes_book
def list_entries(retired: bool, as_json: bool, book_path: Path | None) -> None:
    """Every known blocker, by key."""
    with opened(book_path, read_only=True) as book:
        found = [entry for entry in records.everything(book, Entry) if retired or entry.retired is None]
    if as_json:
        tell_json([{"kind": "entry", **to_full(entry)} for entry in found])
    else:
        tell_table([(entry.key, entry.severity or "", entry.stage, entry.title) for entry in found])


@entries.command("add")
@click.argument("title")
@takes_fields
@takes_json
@takes_at
@takes_book
def add_entry(title: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Write down a known blocker."""
    with opened(book_path) as book:
        entry = Entry(id=new_id(now), title=title, created=now, updated=now, **given(fields))
        tell_record(book, editing.add(book, entry, now), "Added", as_json)


@entries.command("edit")
@click.argument("key")
@click.option("--title", default=None, metavar="TEXT")
@takes_fields
@takes_json
@takes_at
@takes_book
def edit_entry(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of a known blocker; what is not named stays."""
    with opened(book_path) as book:
        tell_record(book, editing.change(book, wanted(book, Entry, key), now, **given(fields)), "Changed", as_json)


entries.add_command(retiring(Entry, "Take a known blocker out of use; it stays in the book."))


@click.command()
@click.argument("key")
@takes_json
@takes_at
@takes_book
def show(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """One record, whole, with its history."""
    with opened(book_path, read_only=True) as book:
        told = whole(book, records.by_key(book, key), now)
    if as_json:
        tell_json(told)
    else:
        _show(told)


def _show(told: dict[str, Any]) -> None:
    """A record in words: its name, its short facts, its texts under their headings, its history."""
    history = told.pop("history")
    click.echo(f"{told.pop('key')}  {told.pop('title', '') or told.pop('name', '')}")
    for name in ("kind", "id"):
        told.pop(name)
    texts = {name: told.pop(name) for name in (*TEXT_FIELDS, "notes") if name in told}
    for name, value in told.items():
        if value not in (None, "", [], {}):
            click.echo(f"{name.replace('_', ' ')}: {_words(value)}")
    for name, text in texts.items():
        if text:
            click.echo(f"\n{HEADINGS.get(name, name.capitalize())}\n{text}")
    click.echo()
    for line in history:
        click.echo(f"{line['at'][:16].replace('T', ' ')}  {line['author']}  {line['reason']}")


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"\n  - {_words(item)}" for item in value) if _is_long(value) else ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_words(part)}" for name, part in value.items() if part)
    return str(value)


def _is_long(value: list[Any]) -> bool:
    return any(isinstance(item, dict | list) for item in value)
