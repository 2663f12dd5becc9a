"""Paper: sheets to print, and whether a printed one still agrees with the book."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    FILE,
    Command,
    OneOf,
    opened,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
)
from escplaybook.domain.classification import CauseClass
from escplaybook.services.calling import only_deployment

SIZES = ("A4", "A3", "A5", "A6", "Letter", "Legal", "Tabloid")


@click.group("print")
def print_paper() -> None:
    """Print to a PDF file; every page says when it was printed and from what."""


def takes_paper(command: Command) -> Command:
    """Adds `-o FILE.pdf`, `--size` and `--replace`."""
    options = (
        click.option("-o", "target", required=True, type=FILE, metavar="FILE.pdf"),
        click.option("--size", type=click.Choice(SIZES, case_sensitive=False), default="A4", show_default=True),
        click.option("--replace", is_flag=True, help="Print a mark where no font has a character, not refuse."),
    )
    for option in options:
        command = option(command)
    return command


@print_paper.command()
@click.argument("key")
@takes_paper
@takes_at
@takes_book
def entry(key: str, target: Path, size: str, replace: bool, now: datetime, book_path: Path | None) -> None:
    """One known blocker with its remedy as steps to tick off."""
    from escplaybook.services.printing import print_entry

    with opened(book_path, read_only=True) as book:
        print_entry(book, key, target, at=now, size=size, with_replacements=replace)
    click.echo(f"Printed {target}.")


@print_paper.command("contact-sheet")
@click.option(
    "--by",
    type=click.Choice(["name", "hierarchy", "team", "vendor", "zone"]),
    default="name",
    show_default=True,
    help="How people are grouped.",
)
@click.option("--stage", default=None, metavar="STAGE", help="For the hierarchy; else the deployment's present one.")
@takes_deployment
@takes_paper
@takes_at
@takes_book
def contact_sheet(
    by: str,
    stage: str | None,
    deployment_key: str | None,
    target: Path,
    size: str,
    replace: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Everyone who can be called, each number beside the age of its proof."""
    from escplaybook.services.printing import print_contact_sheet

    with opened(book_path, read_only=True) as book:
        deployment = only_deployment(book, deployment_key) if by == "hierarchy" or deployment_key else None
        print_contact_sheet(
            book, target, by=by, deployment=deployment, stage=stage, at=now, size=size, with_replacements=replace
        )
    click.echo(f"Printed {target}.")


@print_paper.command("wall-matrix")
@click.option("--stage", default=None, metavar="STAGE", help="Only this one; else a page a stage.")
@click.option("--cause-class", type=OneOf(CauseClass), default=None, help="Else what holds for both.")
@click.option("--default", "default_only", is_flag=True, help="The default matrix, whatever the deployments.")
@takes_deployment
@takes_paper
@takes_at
@takes_book
def wall_matrix(
    stage: str | None,
    cause_class: CauseClass | None,
    default_only: bool,
    deployment_key: str | None,
    target: Path,
    size: str,
    replace: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """The escalation matrix of a deployment, one page a stage."""
    from escplaybook.services.printing import print_matrix

    with opened(book_path, read_only=True) as book:
        deployment = None if default_only else only_deployment(book, deployment_key)
        print_matrix(
            book,
            target,
            deployment=deployment,
            stage=stage,
            cause_class=cause_class,
            at=now,
            size=size,
            with_replacements=replace,
        )
    click.echo(f"Printed {target}.")


@print_paper.command("call-list")
@takes_paper
@takes_at
@takes_book
def call_list(target: Path, size: str, replace: bool, now: datetime, book_path: Path | None) -> None:
    """The numbers to be proved, each with boxes to tick; key the results in with `contacts key-in`."""
    from escplaybook.services.printing import pdf_of, save
    from escplaybook.services.sheets import Wish

    with opened(book_path, read_only=True) as book:
        save(pdf_of(book, Wish("call-list"), at=now, size=size, with_replacements=replace), target)
    click.echo(f"Printed {target}.")


@print_paper.command()
@click.argument("file", type=FILE)
@takes_json
@takes_book
@click.pass_context
def verify(ctx: click.Context, file: Path, as_json: bool, book_path: Path | None) -> None:
    """Whether a printed sheet still agrees with the book; exit 3 if it does not."""
    from escplaybook.services.printing import verify as verify_sheet

    with opened(book_path, read_only=True) as book:
        found = verify_sheet(book, file)
    if as_json:
        told: dict[str, Any] = asdict(found)
        tell_json({**told, "printed": found.printed.isoformat(), "is_current": found.is_current})
    else:
        for record in found.records:
            if record.state != "agrees":
                fields = f": {', '.join(record.fields)}" if record.fields else ""
                click.echo(f"{record.key} {record.state}{fields}")
        click.echo(
            "The sheet agrees with the book." if found.is_current else "The sheet is out of date; print it again."
        )
    if not found.is_current:
        ctx.exit(ANSWER_IS_NO)
