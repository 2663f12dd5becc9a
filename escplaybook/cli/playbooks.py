"""Playbooks: which there are, and whether everything in one can be shown."""

from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    bears_book,
    opened,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
    tell_table,
)
from escplaybook.services.calling import only_deployment


@click.group()
def playbooks() -> None:
    """Documents that teach a role, with what the book knows in its place; `print playbook` prints them."""


@playbooks.command("list")
@takes_json
@bears_book
def list_playbooks(as_json: bool) -> None:
    """The playbooks that come with the program."""
    from escplaybook.services.playbooks import playbooks as shipped

    found = shipped()
    if as_json:
        facts = ("name", "title", "role", "stage", "version", "language", "summary")
        told = [{name: getattr(one, name) for name in facts} for one in found]
        chapters = [[{"file": each.file, "title": each.title} for each in one.chapters] for one in found]
        tell_json([{**one, "chapters": listed} for one, listed in zip(told, chapters, strict=True)])
        return
    tell_table([(one.name, one.role, f"{len(one.chapters)} chapters", one.title) for one in found])


@playbooks.command()
@click.argument("name", metavar="NAME|FOLDER")
@takes_json
@takes_deployment
@takes_at
@takes_book
@click.pass_context
def check(
    ctx: click.Context, name: str, as_json: bool, deployment_key: str | None, now: datetime, book_path: Path | None
) -> None:
    """What in a playbook cannot be shown as it was meant: links, pictures, live blocks; exit 3 if anything."""
    from escplaybook.services.playbooks import playbook_named, reading_of

    playbook = playbook_named(name)
    with opened(book_path, read_only=True) as book:
        warnings = reading_of(book, playbook, only_deployment(book, deployment_key), now).warnings
    if as_json:
        tell_json([{"chapter": one.chapter, "what": one.what} for one in warnings])
    else:
        for one in warnings:
            click.echo(f"{one.chapter}: {one.what}")
        click.echo("Not everything can be shown." if warnings else "Everything in it can be shown.")
    if warnings:
        ctx.exit(ANSWER_IS_NO)
