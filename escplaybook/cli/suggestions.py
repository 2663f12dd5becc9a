"""Suggestions: left by anyone on any record, settled by whoever it belongs to."""

from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import (
    OneOf,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.domain.identity import Record
from escplaybook.domain.naming import named
from escplaybook.domain.suggestions import Outcome, Side, Suggestion
from escplaybook.services import suggesting
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.rows import to_full


@click.command()
@click.argument("key")
@click.argument("text")
@click.option("--side", type=OneOf(Side), required=True, help="From where you look at it.")
@click.option("--field", default="", metavar="NAME", help="The field it is about, as `show --json` names it.")
@takes_json
@takes_at
@takes_book
def suggest(key: str, text: str, side: Side, field: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Suggest a change of any record; its owner accepts or declines it."""
    with opened(book_path) as book:
        about = records.by_key(book, key)
        made = suggesting.suggest(book, about, text, now, side=side, field=field.replace("-", "_"))
        tell_record(book, made, f"Suggested for {named(about)}:", as_json)


@click.group()
def suggestions() -> None:
    """What was suggested, and what became of it."""


@suggestions.command("list")
@click.option("--about", "key", default=None, metavar="KEY", help="Only those about this record.")
@click.option("--all", "settled_too", is_flag=True, help="Show the settled ones too.")
@takes_json
@takes_book
def list_suggestions(key: str | None, settled_too: bool, as_json: bool, book_path: Path | None) -> None:
    """What is open, the oldest first, and whose it is to settle."""
    with opened(book_path, read_only=True) as book:
        only = records.by_key(book, key).id if key is not None else None
        found = [one for one in records.everything(book, Suggestion, "created, key") if one.retired is None]
        chosen = [one for one in found if only in (None, one.about)]
        chosen = [one for one in chosen if settled_too or one.outcome is Outcome.OPEN]
        told = [(one, suggesting.subject_of(book, one)) for one in chosen]
        settlers = [_settler(book, about) for _, about in told]
    if as_json:
        tell_json(
            [
                {"kind": "suggestion", **to_full(one), "about_key": about.key if about else None, "settles": settler}
                for (one, about), settler in zip(told, settlers, strict=True)
            ]
        )
        return
    tell_table(
        [
            (
                *(one.key, about.key if about else "—", one.side, one.outcome, settler),
                one.text + (f" → {one.answer}" if one.answer else ""),
            )
            for (one, about), settler in zip(told, settlers, strict=True)
        ]
    )


@suggestions.command("accept")
@click.argument("key")
@click.option("--answer", default="", metavar="TEXT", help="What you will change.")
@takes_json
@takes_at
@takes_book
def accept(key: str, answer: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Accept a suggestion; the change itself is yours to make."""
    with opened(book_path) as book:
        one = suggesting.settle(book, wanted(book, Suggestion, key), Outcome.ACCEPTED, answer, now)
        tell_record(book, one, "Accepted", as_json)


@suggestions.command("decline")
@click.argument("key")
@click.option("--answer", default="", metavar="TEXT", help="Why; it is owed.")
@takes_json
@takes_at
@takes_book
def decline(key: str, answer: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Decline a suggestion, and say why."""
    with opened(book_path) as book:
        one = suggesting.settle(book, wanted(book, Suggestion, key), Outcome.DECLINED, answer, now)
        tell_record(book, one, "Declined", as_json)


def _settler(book: Book, about: Record | None) -> str:
    return suggesting.settler_of(book, about) if about is not None else ""
