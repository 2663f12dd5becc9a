"""What came of using known blockers: recorded, listed, taken back."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    OneOf,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_table,
    wanted,
)
from escplaybook.cli.knowledge import told_confidence, told_use
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Outcome, Use
from escplaybook.services import using
from escplaybook.services.showing import whole
from escplaybook.store import records
from escplaybook.store.rows import to_full
from escplaybook.store.uses import uses_of


@click.command()
@click.argument("key")
@click.option("--outcome", type=OneOf(Outcome), required=True, help="What came of it.")
@click.option("--by", default="", metavar="NAME", help="Who used it; else your login name.")
@click.option("--environment", default="", metavar="TEXT", help="Where: the deployment, the system, its version.")
@click.option("--note", default="", metavar="TEXT", help="What was seen: the evidence.")
@click.option("--blocker", "blocker_key", default=None, metavar="KEY", help="The blocker at hand it was used on.")
@click.option("--step", "steps", type=int, multiple=True, metavar="NUMBER", help="A step done; may be given again.")
@takes_json
@takes_at
@takes_book
def used(
    key: str,
    outcome: Outcome,
    blocker_key: str | None,
    steps: tuple[int, ...],
    as_json: bool,
    now: datetime,
    book_path: Path | None,
    **told: Any,
) -> None:
    """Record that the known blocker KEY was used, and what came of it."""
    with opened(book_path) as book:
        entry = wanted(book, Entry, key)
        blocker = wanted(book, Blocker, blocker_key) if blocker_key else None
        ticks = [using.ticked(entry, number, now) for number in dict.fromkeys(steps)]
        use = using.record(book, entry, using.use_of(entry, outcome, now, blocker=blocker, ticks=ticks, **told), now)
        trusted = using.confidence(book, entry, now)
        record = whole(book, use)
    if as_json:
        tell_json(record | told_confidence(trusted))
    else:
        click.echo(f"Recorded {use.key}: {entry.key} {using.SAID[outcome]}. {trusted.sentence}")


@click.group()
def uses() -> None:
    """What came of using known blockers."""


@uses.command("list")
@click.argument("key", required=False)
@takes_json
@takes_book
def list_uses(key: str | None, as_json: bool, book_path: Path | None) -> None:
    """Every use recorded, or those of the known blocker KEY, oldest first."""
    with opened(book_path, read_only=True) as book:
        entries = {entry.id: entry.key for entry in records.everything(book, Entry)}
        listed = uses_of(book, wanted(book, Entry, key).id) if key else records.everything(book, Use, "at, key")
    told: list[dict[str, Any]] = [
        {"kind": "use", **to_full(use), "entry_key": entries[use.entry]} for use in listed if use.retired is None
    ]
    if as_json:
        tell_json(told)
    else:
        tell_table([(row["entry_key"], *told_use(row)) for row in told])


@uses.command("retire")
@click.argument("key")
@takes_json
@takes_at
@takes_book
def retire_use(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Take back a use that was recorded by mistake; it stays in the book and counts no more."""
    with opened(book_path) as book:
        use = using.take_back(book, wanted(book, Use, key), now)
        entry = records.get(book, Entry, use.entry)
        trusted = using.confidence(book, entry, now)
        record = whole(book, use)
    if as_json:
        tell_json(record | told_confidence(trusted))
    else:
        click.echo(f"Took back {use.key} of {entry.key}. {trusted.sentence}")
