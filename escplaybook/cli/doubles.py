"""Probable doubles, and making one record of two."""

from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import opened, takes_at, takes_book, takes_json, tell_json, tell_record, tell_table, wanted
from escplaybook.domain.double_entries import DoubleEntry
from escplaybook.domain.doubles import Double
from escplaybook.domain.merging import Choice
from escplaybook.domain.naming import name_of
from escplaybook.services import merging
from escplaybook.store import records
from escplaybook.store.kinds import kind_of
from escplaybook.store.memory import Memory


@click.command()
@click.option("--apart", nargs=2, metavar="KEY KEY", default=None, help="These two are not one; say so no more.")
@click.option("--kind", type=click.Choice(["contact", "entry"]), default=None, help="Only these.")
@takes_json
@takes_book
def duplicates(apart: tuple[str, str] | None, kind: str | None, as_json: bool, book_path: Path | None) -> None:
    """Contacts that are probably one person, known blockers that tell of the same; with the reason.

    `merge` makes one of two; --apart says that two are not one, so that they are proposed no more.
    """
    with opened(book_path, read_only=True) as book:
        memory = Memory(book.path)
        if apart:
            first, second = (records.by_key(book, key) for key in apart)
            merging.set_apart(memory, first.id, second.id)
        people = merging.probable_doubles(book, memory) if kind != "entry" else []
        entries = merging.probable_double_entries(book, memory) if kind != "contact" else []
        memory.close()
    found: list[Double | DoubleEntry] = [*people, *entries]
    if as_json:
        tell_json(
            [
                {
                    "kind": kind_of(type(one.first)).name,
                    "first": {"key": one.first.key, "name": name_of(one.first)},
                    "second": {"key": one.second.key, "name": name_of(one.second)},
                    "reasons": list(one.reasons),
                }
                for one in found
            ]
        )
    else:
        tell_table(
            [
                (one.first.key, one.second.key, ", ".join(one.reasons), f"{name_of(one.first)} · {name_of(one.second)}")
                for one in found
            ]
        )


class Taken(click.ParamType[tuple[str, Choice]]):
    """Whose value a field gets: `role=theirs`."""

    name = "field=whose"

    def convert(
        self, value: str | tuple[str, Choice], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Choice]:
        """The field and the choice; usage error if it is none."""
        if isinstance(value, tuple):
            return value
        field, _, whose = value.partition("=")
        if whose not in list(Choice):
            told = f"“{value}” does not say whose; write it like {field or 'role'}=theirs (ours, theirs, both)."
            self.fail(told, param, ctx)
        return field, Choice(whose)


@click.command()
@click.argument("key")
@click.argument("other")
@click.option(
    "--take",
    type=Taken(),
    multiple=True,
    metavar="FIELD=WHOSE",
    help="Whose value a field gets: role=theirs, notes=both. Else what only one says is taken, and ours stays.",
)
@takes_json
@takes_at
@takes_book
def merge(
    key: str, other: str, take: tuple[tuple[str, Choice], ...], as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Make one of two: KEY stays and takes every place of OTHER, which is retired and says so. One undo."""
    with opened(book_path) as book:
        ours = records.by_key(book, key)
        theirs = wanted(book, type(ours), other)
        tell_record(book, merging.merge(book, ours, theirs, now, chosen=dict(take)), f"Merged {other} into", as_json)
