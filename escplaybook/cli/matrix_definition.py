"""What a blocker is, on the command line."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import given, opened, takes_at, takes_book, takes_json, tell_json, tell_record
from escplaybook.domain.definition import BlockerDefinition, definition_in_use
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.services.showing import whole
from escplaybook.store import records
from escplaybook.store.book import Book


@click.command("define")
@click.argument("text", required=False, metavar="[MARKDOWN]")
@click.option("--counts", multiple=True, metavar="EXAMPLE", help="What counts as one; may be given again.")
@click.option("--does-not-count", multiple=True, metavar="EXAMPLE", help="What does not; may be given again.")
@click.option("--kind", "kinds", multiple=True, metavar="NAME", help="A kind met often; may be given again.")
@takes_json
@takes_at
@takes_book
def define(text: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Say what a blocker is in this book; without anything said, tell what is written down. What is not named stays."""
    said = given({"text": text, **fields})
    with opened(book_path, read_only=not said) as book:
        before = _in_use(book)
        if not said:
            if as_json:
                tell_json(whole(book, before) if before is not None else None)
            else:
                for line in definition_lines(before):
                    click.echo(line)
            return
        if before is not None:
            tell_record(book, editing.change(book, before, now, **said), "Changed", as_json)
            return
        if text is None:
            raise click.UsageError("Nobody wrote down yet what a blocker is; say it first, then the examples.")
        made = BlockerDefinition(id=new_id(now), created=now, updated=now, **said)
        tell_record(book, editing.add(book, made, now), "Written down", as_json)


def definition_lines(found: BlockerDefinition | None) -> list[str]:
    """What a blocker is, in lines."""
    if found is None:
        return ["Nobody wrote down yet what a blocker is."]
    lists = (("Counts", found.counts), ("Does not count", found.does_not_count), ("Met most", found.kinds))
    return [*found.text.strip().splitlines(), *(f"{word}: {'; '.join(items)}" for word, items in lists if items)]


def _in_use(book: Book) -> BlockerDefinition | None:
    return definition_in_use(records.everything(book, BlockerDefinition))
