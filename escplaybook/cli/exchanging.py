"""What comes in from files and goes out to them."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from escplaybook.cli.frame import ANSWER_IS_NO, FILE, is_watched, opened, takes_at, takes_book, takes_json, tell_json

if TYPE_CHECKING:  # reading Markdown and cards costs 0.1 s to import, needed by these two commands alone
    from escplaybook.services.importing import Done, Report, Take
    from escplaybook.services.importing_files import Form


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option("--as", "form", type=click.Choice(["markdown", "vcard", "csv", "ics"]), help="Else the ending tells.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--take",
    type=click.Choice(["ours", "theirs"]),
    default="ours",
    show_default=True,
    help="Whose field stays where it changed here and in the source.",
)
@click.option("--progress", type=click.Choice(["jsonl"]), default=None, help="Tell each item once it is committed.")
@takes_json
@takes_at
@takes_book
@click.pass_context
def import_files(
    ctx: click.Context,
    paths: tuple[Path, ...],
    form: "Form | None",
    dry_run: bool,
    take: "Take",
    progress: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Bring in files or folders; what is here already is compared, never doubled. Exit 3 if items were refused."""
    from escplaybook.services.importing_files import import_files as bring_in

    tell = _tell_line if progress else (_tell_bar if is_watched() else _tell_nothing)
    with opened(book_path) as book:
        report = bring_in(book, paths, now=now, form=form, dry_run=dry_run, take=take, progress=tell)
    if as_json:
        tell_json(asdict(report))
    else:
        _tell_report(report, dry_run=dry_run)
    if report.refused:
        ctx.exit(ANSWER_IS_NO)


@click.command("export")
@click.argument("folder", type=FILE)
@click.option("--as", "form", type=click.Choice(["markdown"]), default="markdown", show_default=True)
@takes_json
@takes_book
@click.pass_context
def export_files(ctx: click.Context, folder: Path, form: str, as_json: bool, book_path: Path | None) -> None:
    """Write every known blocker to FOLDER, one file each, so that it can come back in whole."""
    from escplaybook.services.exporting import export_markdown

    del form
    with opened(book_path, read_only=True) as book:
        done = export_markdown(book, folder)
    if as_json:
        tell_json(asdict(done))
    else:
        click.echo(f"{done.written} written, {done.same} the same, {len(done.refused)} refused.")
        for refused in done.refused:
            click.echo(f"{refused.source}: {refused.reason}", err=True)
    if done.refused:
        ctx.exit(ANSWER_IS_NO)


def _tell_report(report: "Report", *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    counts = (
        f"{report.added} {would}added",
        f"{report.changed} {would}changed",
        f"{report.same} the same",
        f"{len(report.refused)} refused",
    )
    click.echo(", ".join(counts) + ".")
    for refused in report.refused:
        click.echo(f"refused {refused.source}: {refused.reason}", err=True)
    for conflict in report.conflicts:
        click.echo(f"{conflict.key}: {conflict.field} changed here and in the source; ours stays.", err=True)
    for warning in report.warnings:
        click.echo(f"{warning.source}: {warning.reason}", err=True)


def _tell_line(done: "Done") -> None:
    click.echo(json.dumps({**asdict(done.item), "done": done.done, "total": done.total}, ensure_ascii=False), err=True)


def _tell_bar(done: "Done") -> None:
    click.echo(f"\r{done.done} of {done.total} ", nl=done.done == done.total, err=True)


def _tell_nothing(_done: "Done") -> None:
    """Nobody watches."""
