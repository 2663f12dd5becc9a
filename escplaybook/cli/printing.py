"""Printing to a PDF file: the group, the options every paper takes, and whether a printed sheet still holds."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escplaybook.cli.frame import ANSWER_IS_NO, FILE, Command, opened, takes_at, takes_book, takes_json, tell_json

if TYPE_CHECKING:
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
            print_to(book, wish(book), self.target, at=self.now, **how)
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
