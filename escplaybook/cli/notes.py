"""Mentors' notes: written beside a passage, listed, agreed with, answered, superseded, retired."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
    OneOf,
    given,
    opened,
    retiring,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.domain.annotations import ANNOTATED, Annotation, AnnotationKind, span_of
from escplaybook.domain.knowledge import Entry
from escplaybook.prose.passages import texts_of
from escplaybook.services import annotating, editing
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.rows import to_full


def takes_passage(command: Command) -> Command:
    """Adds `--on PASSAGE` and `--field`, which says in which part of the entry it stands."""
    command = click.option(
        "--field", type=click.Choice(ANNOTATED), default=None, help="Where the passage stands; needless if only once."
    )(command)
    return click.option("--on", "words", required=True, metavar="PASSAGE", help="As a reader sees it, word for word.")(
        command
    )


def takes_author(command: Command) -> Command:
    """Adds `--by NAME`, handed on as `author`."""
    return click.option("--by", "author", default=None, metavar="NAME", help="Who says so; else you.")(command)


@click.command()
@click.argument("key", metavar="ENTRY")
@click.argument("text")
@takes_passage
@click.option("--kind", type=OneOf(AnnotationKind), required=True)
@click.option("--applies-when", default="", metavar="TEXT", help="What narrows it down: “only below 8.4”.")
@takes_author
@takes_json
@takes_at
@takes_book
def annotate(
    key: str, words: str, field: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Write a mentor's note beside a passage of a known blocker."""
    with opened(book_path) as book:
        entry = wanted(book, Entry, key)
        note = annotating.annotate(book, entry, annotating.passage(entry, words, field), now, **fields)
        tell_record(book, note, "Added", as_json)


@click.group()
def notes() -> None:
    """Mentors' notes on known blockers."""


@notes.command("list")
@click.argument("key", metavar="[ENTRY]", required=False)
@click.option("--all", "everything", is_flag=True, help="Superseded and retired ones too.")
@takes_json
@takes_book
def list_notes(key: str | None, everything: bool, as_json: bool, book_path: Path | None) -> None:
    """The notes on a known blocker, or on all, and whether their passage still stands."""
    with opened(book_path, read_only=True) as book:
        found = records.everything(book, Annotation)
        if key:
            entry_id = wanted(book, Entry, key).id
            found = [note for note in found if note.entry == entry_id]
        told = _told(book, [note for note in found if everything or note.is_in_use])
    _tell_notes(told, as_json)


@notes.command("orphaned")
@takes_json
@takes_book
def list_orphaned(as_json: bool, book_path: Path | None) -> None:
    """The notes whose passage is gone, with the passage as it was; `notes place` puts one at another."""
    with opened(book_path, read_only=True) as book:
        told = _told(book, [note for _, note in annotating.orphaned(book)])
    _tell_notes(told, as_json)


@notes.command("wanted")
@takes_json
@takes_book
def list_wanted(as_json: bool, book_path: Path | None) -> None:
    """A mentor's list: the most used known blockers that no note helps with yet."""
    with opened(book_path, read_only=True) as book:
        found = annotating.wanting(book)
    if as_json:
        tell_json([{"key": entry.key, "title": entry.title, "uses": count} for entry, count in found])
    else:
        tell_table([(entry.key, f"used {count}×", entry.title) for entry, count in found])


@notes.command("place")
@click.argument("key")
@takes_passage
@takes_author
@takes_json
@takes_at
@takes_book
def place(
    key: str,
    words: str,
    field: str | None,
    author: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Put a note at another passage of its known blocker."""
    with opened(book_path) as book:
        note = wanted(book, Annotation, key)
        at = annotating.passage(records.get(book, Entry, note.entry), words, field)
        tell_record(book, annotating.place(book, note, at, now, author), "Placed", as_json)


@notes.command("edit")
@click.argument("key")
@click.option("--text", default=None, metavar="TEXT")
@click.option("--kind", type=OneOf(AnnotationKind), default=None)
@click.option("--applies-when", default=None, metavar="TEXT")
@takes_json
@takes_at
@takes_book
def edit(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Mend what a note says; a note that is no longer right is superseded instead."""
    with opened(book_path) as book:
        tell_record(book, editing.change(book, wanted(book, Annotation, key), now, **given(fields)), "Changed", as_json)


@notes.command("endorse")
@click.argument("key")
@takes_author
@takes_json
@takes_at
@takes_book
def endorse(key: str, author: str | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Agree with a note."""
    with opened(book_path) as book:
        tell_record(book, annotating.endorse(book, wanted(book, Annotation, key), now, author), "Agreed with", as_json)


@notes.command("answer")
@click.argument("key")
@click.argument("text")
@takes_author
@takes_json
@takes_at
@takes_book
def answer(key: str, text: str, author: str | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Say something to a note."""
    with opened(book_path) as book:
        note = annotating.answer(book, wanted(book, Annotation, key), text, now, author)
        tell_record(book, note, "Answered", as_json)


@notes.command("supersede")
@click.argument("key")
@click.argument("text")
@click.option("--kind", type=OneOf(AnnotationKind), default=None, help="Else that of the older note.")
@click.option("--applies-when", default=None, metavar="TEXT", help="Else that of the older note.")
@takes_author
@takes_json
@takes_at
@takes_book
def supersede(
    key: str, text: str, author: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Put a newer note in the place of one that is no longer right; the older one is kept behind it."""
    with opened(book_path) as book:
        older = wanted(book, Annotation, key)
        tell_record(
            book,
            annotating.supersede(book, older, text, now, author, **given(fields)),
            f"{older.key} gives way to",
            as_json,
        )


notes.add_command(retiring(Annotation, "Take a note out of use; it stays in the book."))


def _told(book: Book, found: list[Annotation]) -> list[dict[str, Any]]:
    """The notes with the key of their entry, and whether their passage is gone."""
    entries = {entry.id: entry for entry in records.some(book, Entry, {note.entry for note in found})}
    texts = {entry_id: texts_of(entry) for entry_id, entry in entries.items()}
    return [
        {
            **to_full(note),
            "entry_key": entries[note.entry].key,
            "orphaned": span_of(note, texts[note.entry]) is None,
        }
        for note in found
    ]


def _tell_notes(told: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        tell_json(told)
        return
    tell_table(
        [
            (
                note["key"],
                note["entry_key"],
                note["kind"],
                note["author"],
                f"“{_short(note['quote'])}”{' (gone)' if note['orphaned'] else ''}  {_short(note['text'])}",
            )
            for note in told
        ]
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
