"""Printing everything into one folder: with progress, and nothing half done whatever stops it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from escplaybook.cli.frame import ANSWER_IS_NO, FILE, is_watched, opened, takes_at, takes_book, takes_json, tell_json
from escplaybook.cli.printing import SIZES

if TYPE_CHECKING:
    from escplaybook.services.printing_all import Filed, Filing


@click.command("all")
@click.option("-o", "folder", required=True, type=FILE, metavar="FOLDER")
@click.option("--size", type=click.Choice(SIZES, case_sensitive=False), default="A4", show_default=True)
@click.option("--replace", is_flag=True, help="Print a mark where no font has a character, not refuse.")
@click.option("--progress", type=click.Choice(["jsonl"]), default=None, help="Tell each paper once it is there.")
@takes_json
@takes_at
@takes_book
@click.pass_context
def everything(
    ctx: click.Context,
    folder: Path,
    size: str,
    replace: bool,
    progress: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Every paper of the book for every deployment, and a list of them in index.txt. Exit 3 if some were refused."""
    from escplaybook.services.printing import font_remarks
    from escplaybook.services.printing_all import print_everything

    tell = _tell_line if progress else (_tell_count if is_watched() else _tell_nothing)
    with opened(book_path, read_only=True) as book:
        try:
            done = print_everything(book, folder, at=now, size=size, with_replacements=replace, progress=tell)
        except KeyboardInterrupt:
            click.echo(f"Stopped; what lies in {folder} is whole, and index.txt lists it.", err=True)
            ctx.exit(1)
    for remark in font_remarks():
        click.echo(remark, err=True)
    if as_json:
        told = asdict(done)
        tell_json({**told, "papers": [_as_json(paper) for paper in done.papers]})
    else:
        _tell(done, folder)
    if done.refused:
        ctx.exit(ANSWER_IS_NO)


def _tell(done: "Filing", folder: Path) -> None:
    pages = sum(paper.pages for paper in done.printed)
    click.echo(f"Printed {len(done.printed)} papers, {pages} pages, into {folder}; index.txt lists them.")
    for paper in done.refused:
        click.echo(f"Not printed: {paper.file}: {paper.why_not}")


def _as_json(paper: "Filed") -> dict[str, object]:
    return {**asdict(paper), "did": paper.did}


def _tell_line(paper: "Filed", done: int, total: int) -> None:
    click.echo(json.dumps({**_as_json(paper), "done": done, "total": total}, ensure_ascii=False), err=True)


def _tell_count(_paper: "Filed", done: int, total: int) -> None:
    click.echo(f"\r{done} of {total} ", nl=done == total, err=True)


def _tell_nothing(*_told: object) -> None:
    """Nobody watches."""
