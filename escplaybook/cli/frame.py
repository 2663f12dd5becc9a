"""What every command shares: the book it works on, the clock, JSON or words, and plain errors."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from escplaybook.domain.errors import NotFound, PlaybookError
from escplaybook.domain.identity import Record
from escplaybook.domain.naming import named
from escplaybook.services import editing, keeping, publishing_matrix
from escplaybook.services.replacing import places_of
from escplaybook.services.showing import whole
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.kinds import kind_of
from escplaybook.store.places import default_book

ANSWER_IS_NO = 3
"""Exit code: the command did its work and the answer is no."""

FILE = click.Path(path_type=Path, readable=False)
"""A path as it is typed: whether it can be used is told by whoever uses it, in one sentence."""

R = TypeVar("R", bound=Record)
Command = TypeVar("Command", bound=Callable[..., Any])


class PlainGroup(click.Group):
    """A group whose commands tell mendable trouble in one sentence on standard error, exit 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a PlaybookError is told, anything else is a bug and shows as one."""
        try:
            return super().invoke(ctx)
        except PlaybookError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


class Instant(click.ParamType[datetime]):
    """An instant with its offset, as ISO 8601: `2026-12-25T03:00:00+01:00`."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware instant in UTC; usage error if there is none or its offset is missing."""
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is no instant; write it like 2026-12-25T03:00:00+01:00.", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"“{value}” lacks its offset; write it like {value}+01:00, or {value}Z.", param, ctx)
        if not 1900 <= instant.year < 3000:
            self.fail(f"“{value}” is too far away; give a year from 1900 to 2999.", param, ctx)
        return instant.astimezone(UTC)


class Country(click.ParamType[str]):
    """A country by its two letters, as ISO 3166 has them."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The two letters in capitals; usage error if they are none."""
        letters = str(value).upper()
        if letters and not (len(letters) == 2 and letters.isascii() and letters.isalpha()):
            self.fail(f"“{value}” is no country; write two letters, such as DE.", param, ctx)
        return letters


class OneOf(click.Choice[str]):
    """One of an enumeration's values, as people write them; the command is handed the member."""

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__([member.value for member in members])
        self._members = members

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:
        """The member with that value; usage error if there is none."""
        return self._members(super().convert(value, param, ctx))


def takes_book(command: Command) -> Command:
    """Adds `--book PATH`, handed on as `book_path`."""
    option = click.option(
        "--book",
        "book_path",
        type=FILE,
        default=None,
        metavar="PATH",
        help="The book to work on; else ESCPLAYBOOK_BOOK, else your own book.",
    )
    return option(command)


def bears_book(command: Command) -> Command:
    """Adds `--book PATH` to a command that asks no book, so that whoever always says it need not stop."""
    return click.option("--book", type=FILE, expose_value=False, metavar="PATH", help="Of no account here.")(command)


MANY = click.IntRange(1, 1_000_000)
"""How many lines of a listing somebody may ask for."""


def takes_json(command: Command) -> Command:
    """Adds `--json`, handed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")(command)


def takes_at(command: Command) -> Command:
    """Adds `--at INSTANT`, handed on as `now`: the clock the command goes by."""
    return click.option(
        "--at", "now", type=Instant(), default=lambda: datetime.now(UTC), metavar="INSTANT", help="Go by this instant."
    )(command)


def takes_here(command: Command) -> Command:
    """Adds `--from COUNTRY`, handed on as `here`: where one dials from."""
    return click.option(
        "--from",
        "here",
        type=Country(),
        default="",
        metavar="COUNTRY",
        help="Say numbers as dialled from this country, such as DE; else from that of the settings.",
    )(command)


def takes_deployment(command: Command) -> Command:
    """Adds `--deployment KEY`, handed on as `deployment_key`; needless while there is one."""
    return click.option(
        "--deployment", "deployment_key", default=None, metavar="KEY", help="Which deployment; needless if only one."
    )(command)


@contextmanager
def opened(book_path: Path | None, *, read_only: bool = False) -> Iterator[Book]:
    """The book the command works on, closed afterwards. Raises BookUnusable."""
    with keeping.opened(book_path or default_book(), read_only=read_only) as book:
        publishing_matrix.catch_up(book, datetime.now(UTC))
        yield book


def tell_record(book: Book, record: Record, did: str, as_json: bool) -> None:
    """Say what was done to a record, or print it whole as JSON."""
    if as_json:
        tell_json(whole(book, record))
    else:
        click.echo(f"{did} {named(record)}.")


def wanted(book: Book, record_type: type[R], key: str) -> R:
    """The record with that key, if it is of that kind. Raises NotFound."""
    found = records.by_key(book, key)
    if not isinstance(found, record_type):
        name = kind_of(record_type).name
        raise NotFound(f"{found.key} is not {'an' if name[0] in 'aeiou' else 'a'} {name}.")
    return found


def retiring(record_type: type[Any], sentence: str) -> click.Command:
    """The command `retire KEY` for one kind of record."""

    @click.command("retire", help=sentence)
    @click.argument("key")
    @takes_json
    @takes_at
    @takes_book
    def retire(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
        with opened(book_path) as book:
            retired = editing.retire(book, wanted(book, record_type, key), now)
            tell_record(book, retired, "Retired", as_json)
            if places := len({usage.record.id for usage in places_of(book, retired)}):
                named_in = "1 record names" if places == 1 else f"{places} records name"
                told = f"{named_in} it still; put another in with: escplaybook reassign {retired.key} --to KEY"
                click.echo(told, err=True)

    return retire


def given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given on the command line."""
    return {name: value for name, value in fields.items() if value not in (None, ())}


def tell_json(value: Any) -> None:
    """Print a value as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns; the last column may be as long as it likes."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def is_watched() -> bool:
    """Whether a person sees standard error, so that progress is worth showing."""
    return sys.stderr.isatty()
