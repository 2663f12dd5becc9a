"""Known blockers: list, queue, add, edit, retire, and one record shown whole."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.attaching import attaching_commands
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
from escplaybook.domain.confidence import Confidence, confidence_of
from escplaybook.domain.identity import new_id
from escplaybook.domain.knowledge import HEADINGS, TEXT_FIELDS, Entry
from escplaybook.domain.queues import Queue
from escplaybook.services import editing, templating, using
from escplaybook.services.agreeing import standing
from escplaybook.services.showing import whole
from escplaybook.store import records
from escplaybook.store.rows import to_full
from escplaybook.store.uses import uses_by_entry, uses_of


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
@takes_at
@takes_book
def list_entries(retired: bool, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every known blocker, by key, with the confidence in it."""
    with opened(book_path, read_only=True) as book:
        uses = uses_by_entry(book)
        found = [
            (entry, confidence_of(entry, uses.get(entry.id, ()), now))
            for entry in records.everything(book, Entry)
            if retired or entry.retired is None
        ]
    if as_json:
        tell_json([{"kind": "entry", **to_full(entry), **told_confidence(trusted)} for entry, trusted in found])
    else:
        tell_table(
            [(entry.key, entry.severity or "", entry.stage, trusted.state, entry.title) for entry, trusted in found]
        )


@entries.command("queue")
@click.option("--only", type=OneOf(Queue), default=None, help="Show this queue alone.")
@takes_json
@takes_at
@takes_book
def tell_queues(only: Queue | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What in the knowledge waits for somebody: failed, to be reviewed, without workaround, never reused."""
    with opened(book_path, read_only=True) as book:
        found = [queued for queued in using.waiting(book, now) if only in (None, queued.queue)]
    if as_json:
        tell_json(
            [
                {
                    "queue": q.queue,
                    "key": q.entry.key,
                    "title": q.entry.title,
                    "severity": q.entry.severity,
                    "why": q.why,
                }
                for q in found
            ]
        )
    else:
        tell_table([(q.queue, q.entry.key, q.entry.severity or "", f"{q.entry.title} – {q.why}") for q in found])


@entries.command("add")
@click.argument("title")
@click.option("--template", default=None, metavar="NAME", help="Begin with the texts of a template.")
@takes_fields
@takes_json
@takes_at
@takes_book
def add_entry(
    title: str, template: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Write down a known blocker."""
    with opened(book_path) as book:
        entry = Entry(id=new_id(now), title=title, created=now, updated=now)
        if template is not None:
            entry = templating.template_named(book, template, now).filled(title, now)
        tell_record(book, editing.add(book, replace(entry, **given(fields)), now), "Added", as_json)


@entries.command("templates")
@click.option("--keep", "kept", default=None, metavar="KEY", help="Keep the texts of this known blocker as one.")
@click.option("--name", default="", metavar="TEXT", help="What the kept one is called; else as the known blocker.")
@click.option("--drop", "dropped", default=None, metavar="NAME", help="Throw away one that was kept.")
@takes_json
@takes_at
@takes_book
def tell_templates(
    kept: str | None, name: str, dropped: str | None, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """What a new known blocker can begin with: the program's own templates, and those kept beside the book."""
    with opened(book_path, read_only=True) as book:
        if kept is not None:
            entry = wanted(book, Entry, kept)
            told = templating.keep(book, entry, name or entry.title[: templating.LONGEST_NAME], now)
            click.echo(f"“{told.name}” is kept as a template.", err=as_json)
        if dropped is not None:
            click.echo(f"“{templating.drop(book, dropped, now).name}” is thrown away.", err=as_json)
        found = templating.templates(book, now)
    if as_json:
        tell_json([{"name": one.name, "own": one.is_own} for one in found])
    elif kept is None and dropped is None:
        tell_table([("kept" if one.is_own else "shipped", one.name) for one in found])


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
attaching_commands(entries, Entry, "attachments", "a known blocker", "a screenshot, a log, the vendor's bulletin")


@click.command()
@click.argument("key")
@takes_json
@takes_at
@takes_book
def show(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """One record, whole, with its history; a known blocker with the confidence in it, an agreement with its cover."""
    with opened(book_path, read_only=True) as book:
        record = records.by_key(book, key)
        told = whole(book, record, now) | standing(book, record, now.date())
        if isinstance(record, Entry):
            uses = uses_of(book, record.id)
            told |= told_confidence(confidence_of(record, uses, now)) | {"uses": [to_full(use) for use in uses]}
    if as_json:
        tell_json(told)
    else:
        _show(told)


def told_confidence(trusted: Confidence) -> dict[str, Any]:
    """The confidence in an entry as `--json` tells it; `failed_use` is the key of the use that opened the flag."""
    failed = trusted.failure.key if trusted.failure is not None else None
    return {"confidence": trusted.state, "confidence_why": trusted.sentence, "failed_use": failed}


def _show(told: dict[str, Any]) -> None:
    """A record in words: its name, its short facts, its texts under their headings, its history."""
    history = told.pop("history")
    click.echo(f"{told.pop('key')}  {told.pop('title', '') or told.pop('name', '')}")
    for name in ("kind", "id"):
        told.pop(name)
    uses = told.pop("uses", [])
    if told.pop("confidence", ""):
        click.echo(told.pop("confidence_why"))
        told.pop("failed_use")
    texts = {name: told.pop(name) for name in (*TEXT_FIELDS, "notes") if name in told}
    for name, value in told.items():
        if value not in (None, "", [], {}):
            click.echo(f"{name.replace('_', ' ')}: {_words(value)}")
    for name, text in texts.items():
        if text:
            click.echo(f"\n{HEADINGS.get(name, name.capitalize())}\n{text}")
    if uses:
        click.echo("\nUses")
        tell_table([told_use(use) for use in uses if not use["retired"]])
    click.echo()
    for line in history:
        click.echo(f"{line['at'][:16].replace('T', ' ')}  {line['author']}  {line['reason']}")


def told_use(use: dict[str, Any]) -> tuple[str, ...]:
    """A use as a row: key, day, outcome, who, where and what was seen."""
    seen = " – ".join(part for part in (use["environment"], use["note"]) if part)
    return use["key"], use["at"][:10], use["outcome"], use["by"], seen


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"\n  - {_words(item)}" for item in value) if _is_long(value) else ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_words(part)}" for name, part in value.items() if part)
    return str(value)


def _is_long(value: list[Any]) -> bool:
    return any(isinstance(item, dict | list) or len(str(item)) > 60 for item in value)
