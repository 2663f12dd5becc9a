"""What comes in from files and goes out to them."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    FILE,
    is_watched,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    wanted,
)
from escplaybook.domain.contacts import Contact

if TYPE_CHECKING:  # reading Markdown and cards costs 0.1 s to import, needed by these two commands alone
    from escplaybook.exchange.contact_columns import Table
    from escplaybook.exchange.table_kinds import TableKind
    from escplaybook.services.exporting import Form as OutForm
    from escplaybook.services.importing import Done, Report, Take
    from escplaybook.services.importing_files import Form


class _Pair(click.ParamType[tuple[str, str]]):
    """Two texts with an equals sign between them; the second may be empty."""

    name = "pair"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        first, equals, second = value.rpartition("=")
        if not equals or not first.strip():
            self.fail(f"“{value}” has no equals sign between two parts.", param, ctx)
        return first.strip(), second.strip()


PAIR = _Pair()


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option(
    "--as", "form", type=click.Choice(["markdown", "vcard", "csv", "ics", "json"]), help="Else the ending tells."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--take",
    type=click.Choice(["ours", "theirs"]),
    default="ours",
    show_default=True,
    help="Whose field stays where it changed here and in the source.",
)
@click.option("--map", "said", type=PAIR, multiple=True, metavar="HEADING=FIELD", help="What a heading or column is.")
@click.option("--profile", metavar="NAME", help="What pages are: known-issues, runbook, support, post-mortem.")
@click.option("--kind", type=click.Choice(["contacts", "absences", "entries"]), help="Else a table’s headings tell.")
@click.option("--same", type=PAIR, multiple=True, metavar="SOURCE=KEY", help="Who an item is: team.vcf#3=CO-0012.")
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
    said: tuple[tuple[str, str], ...],
    profile: str | None,
    kind: "TableKind | None",
    same: tuple[tuple[str, str], ...],
    progress: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Bring in files or folders; what is here already is compared, never doubled. Exit 3 if items were refused.

    Tables (.csv, .xlsx, .ods): headings are known in several languages; --map "Rufnummer=phone" says what another one
    is, --map "Shoe size=" leaves it out, and it is remembered for tables of the same headings. Pages (.md) are known
    issues, runbooks, support articles or post-mortems by their headings; --map "What to do=remedy" says what another
    one is, --map "Trigger=" keeps it as it stands. --dry-run shows what each would be taken for.
    """
    from escplaybook.services.importing_files import import_files as bring_in
    from escplaybook.services.mapping import answers, to_map

    tell = _tell_line if progress else (_tell_bar if is_watched() else _tell_nothing)
    with opened(book_path) as book:
        if dry_run and not as_json:
            _tell_columns(to_map(book, paths, dict(said), form=form, kind=kind, profile=profile))
        people = {source: wanted(book, Contact, key).id if key else "" for source, key in same}
        report = bring_in(
            book,
            paths,
            now=now,
            form=form,
            dry_run=dry_run,
            take=take,
            same=people,
            profile=profile,
            kind=kind,
            **answers(dict(said), paths, form, kind),
            progress=tell,
        )
    if as_json:
        tell_json(asdict(report))
    else:
        tell_report(report, dry_run=dry_run)
    if report.refused:
        ctx.exit(ANSWER_IS_NO)


@click.command("export")
@click.argument("folder", type=FILE)
@click.option(
    "--as",
    "form",
    type=click.Choice(["markdown", "vcard", "csv", "json", "ics"]),
    default="markdown",
    show_default=True,
    help="Known blockers as markdown, people as vcard, both as csv, absences and deadlines as ics, all as json.",
)
@click.option("--private", is_flag=True, help="With private points, and all that came with a card (not in csv).")
@takes_json
@takes_at
@takes_book
@click.pass_context
def export_files(
    ctx: click.Context,
    folder: Path,
    form: "OutForm",
    private: bool,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Write known blockers, people or all records to FOLDER in a form that other programs read.

    Known blockers are one file each, with notes, uses and attachments, and come back in whole; people are one file.
    As csv it is contacts.csv and entries.csv.
    """
    from escplaybook.services.exporting import export_files as put_out

    with opened(book_path, read_only=True) as book:
        tell = _tell_count if is_watched() else _tell_nothing
        done = put_out(book, folder, form, private=private, now=now, progress=tell)
    if as_json:
        tell_json(asdict(done))
    else:
        click.echo(f"{done.written} written, {done.same} the same, {len(done.refused)} refused.")
        for path in done.paths:
            click.echo(path)
        for refused in done.refused:
            click.echo(f"{refused.source}: {refused.reason}", err=True)
    if done.refused:
        ctx.exit(ANSWER_IS_NO)


def tell_report(report: "Report", *, dry_run: bool) -> None:
    """Say what came in, and on standard error what did not."""
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
    for double in report.doubles:
        told = f"{double.source} may be {double.like} “{double.name}”: {double.reason}."
        then = f" If so: escplaybook merge {double.like} {double.key}" if double.key else ""
        click.echo(told + then, err=True)
    for conflict in report.conflicts:
        click.echo(f"{conflict.key}: {conflict.field} changed here and in the source; ours stays.", err=True)
    for warning in report.warnings:
        click.echo(f"{warning.source}: {warning.reason}", err=True)


def _tell_columns(tables: "list[tuple[Table, list[str]]]") -> None:
    """What each column of a table would be taken for, with its first value."""
    for table, columns in tables:
        nothing = "left out" if table.kind == "people" else "kept as it stands"
        click.echo(f"{table.source}:", err=True)
        for at, (heading, column) in enumerate(zip(table.headings, columns, strict=True)):
            first = next((cells[at] for _, cells in table.rows if at < len(cells) and cells[at]), "")
            if heading:
                click.echo(f"  {heading} → {column or nothing} ({' '.join(first.split())[:40]})", err=True)


def _tell_line(done: "Done") -> None:
    click.echo(json.dumps({**asdict(done.item), "done": done.done, "total": done.total}, ensure_ascii=False), err=True)


def _tell_bar(done: "Done") -> None:
    click.echo(f"\r{done.done} of {done.total} ", nl=done.done == done.total, err=True)


def _tell_count(done: int, total: int) -> None:
    click.echo(f"\r{done} of {total} ", nl=done == total, err=True)


def _tell_nothing(*_done: object) -> None:
    """Nobody watches."""
