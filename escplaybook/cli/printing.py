"""Printing to a PDF file: the group, the options every paper takes, and whether a printed sheet still holds."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escplaybook.cli.frame import ANSWER_IS_NO, FILE, Command, opened, takes_at, takes_book, takes_json, tell_json

if TYPE_CHECKING:
    from escplaybook.services.printing_verify import Verification
    from escplaybook.services.sheets.wishes import Wish
    from escplaybook.store.book import Book

SIZES = ("A4", "A3", "A5", "A6", "Letter", "Legal", "Tabloid")


@click.group("print")
def print_paper() -> None:
    """Print to a PDF file; every page says when it was printed and from what."""


@dataclass(frozen=True, slots=True)
class Press:
    """What every printing command is told: where to, on what, from which book, at which instant."""

    target: Path
    size: str
    with_replacements: bool
    now: datetime
    book_path: Path | None

    def print(self, wish: "Callable[[Book], Wish]") -> None:
        """Print what `wish` asks for in the opened book, and say where it is."""
        from escplaybook.services.printing import print_to

        with opened(self.book_path, read_only=True) as book:
            how: dict[str, Any] = {"size": self.size, "with_replacements": self.with_replacements}
            ready = print_to(book, wish(book), self.target, at=self.now, **how)
        for remark in ready.remarks:
            click.echo(remark, err=True)
        click.echo(f"Printed {self.target}.")


def takes_paper(command: Command) -> Command:
    """Adds `-o FILE.pdf`, `--size`, `--replace`, `--at` and `--book`, handed on together as `press`."""

    @wraps(command)
    def with_press(target: Path, size: str, replace: bool, now: datetime, book_path: Path | None, **others: Any) -> Any:
        return command(press=Press(target, size, replace, now, book_path), **others)

    options: tuple[Callable[[Any], Any], ...] = (
        click.option("-o", "target", required=True, type=FILE, metavar="FILE.pdf"),
        click.option("--size", type=click.Choice(SIZES, case_sensitive=False), default="A4", show_default=True),
        click.option("--replace", is_flag=True, help="Print a mark where no font has a character, not refuse."),
        takes_at,
        takes_book,
    )
    wrapped: Any = with_press
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


@print_paper.command()
@click.argument("file", type=FILE)
@takes_json
@takes_at
@takes_book
@click.pass_context
def verify(ctx: click.Context, file: Path, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Whether a printed sheet still agrees with the book, and what changed; exit 3 if it does not."""
    from escplaybook.services.printing_verify import verify as verify_sheet

    with opened(book_path, read_only=True) as book:
        found = verify_sheet(book, file, now)
    if as_json:
        tell_json(_as_json(found))
    else:
        for line in _told(found):
            click.echo(line)
    if not found.is_current:
        ctx.exit(ANSWER_IS_NO)


def _as_json(found: "Verification") -> dict[str, Any]:
    records = [{**asdict(record), "fields": record.fields} for record in found.records]
    days = {
        "printed": found.printed.isoformat(),
        "valid_until": found.valid_until.isoformat() if found.valid_until else None,
    }
    return {**asdict(found), **days, "records": records, "is_current": found.is_current}


def _told(found: "Verification") -> Iterator[str]:
    """What changed, a line a record and one a field below it, then what follows from it."""
    words = {"changed": "changed", "gone": "is not in the book any more", "missing": "belongs on it now and is missing"}
    for record in found.records:
        if record.state != "agrees":
            name = f" “{record.name}”" if record.name else ""
            yield f"{record.key}{name} {words[record.state]}"
            for change in record.changes:
                yield f"    {change.field}: {change.before or 'nothing'} → {change.after or 'nothing'}"
    if found.is_rewritten:
        yield "Its own text has been written anew since."
    if found.edition != found.edition_now:
        yield f"It was printed from {found.edition}; now it is {found.edition_now}."
    if found.is_past and found.valid_until:
        yield f"It was valid until {found.valid_until.isoformat()}; something on it has gone stale since."
    yield "The sheet agrees with the book." if found.is_current else "The sheet is out of date; print it again."
