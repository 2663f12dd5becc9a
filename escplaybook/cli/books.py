"""The book itself: new, backup, restore, check, history, undo, redo."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    FILE,
    MANY,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_table,
)
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import BookDamaged, PlaybookError
from escplaybook.services import editing, keeping
from escplaybook.services.showing import changed_fields, told_reason
from escplaybook.store import backup, checking, history, records
from escplaybook.store.book import Book, discard, make_folder
from escplaybook.store.handover import hand_over
from escplaybook.store.places import default_book


@click.command()
@click.option("--sample", is_flag=True, help="With the sample programme in it, to look around.")
@takes_at
@takes_book
def new(sample: bool, now: datetime, book_path: Path | None) -> None:
    """Make an empty book, or one with the sample programme."""
    path = book_path or default_book()
    if book_path is None:
        make_folder(path)
    with Book.create(path) as book:
        if sample:
            from escplaybook.services.sample import make_sample

            try:
                make_sample(book, now)
            except PlaybookError:
                discard(path)  # so that the next try finds room
                raise
    click.echo(f"Made {'a book with the sample programme' if sample else 'an empty book'} at {path}.")


@click.command("remove-sample")
@takes_at
@takes_book
def take_sample_out(now: datetime, book_path: Path | None) -> None:
    """Take the sample programme out again; what you changed or named of it is retired instead."""
    from escplaybook.services.sample import remove_sample

    with opened(book_path) as book:
        edits = remove_sample(book, now)
    gone = sum(edit.after is None for edit in edits)
    click.echo(f"Removed {gone} records of the sample, retired {len(edits) - gone}.")


@click.command("backup")
@click.argument("target", required=False, type=FILE)
@takes_at
@takes_book
def back_up(target: Path | None, now: datetime, book_path: Path | None) -> None:
    """Write a verified copy of the book to TARGET, or to the folder `backups` beside it."""
    with opened(book_path, read_only=True) as book:
        click.echo(f"Backed up to {backup.back_up(book, target or backup.backup_name(book, now))}.")


@click.command()
@click.argument("target", type=FILE)
@takes_at
@takes_book
def handover(target: Path, now: datetime, book_path: Path | None) -> None:
    """Write a compact copy for reading to TARGET, without private points and attached files; it says its age."""
    with opened(book_path, read_only=True) as book:
        hand_over(book, target, now)
    left_out = "of attached files only pictures in known blockers are in it"
    click.echo(f"Wrote {target}, for reading, as of {now.astimezone():%d %b %Y %H:%M}; {left_out}.")


@click.command()
@click.argument("source", type=FILE)
@takes_at
@takes_book
def restore(source: Path, now: datetime, book_path: Path | None) -> None:
    """Put the backup SOURCE in the book's place; the present state is backed up first."""
    kept = backup.put_in_place(book_path or default_book(), source, now)
    click.echo(f"Restored {source}.{f' The state before is kept at {kept}.' if kept else ''}")


@click.command()
@click.option("--repair", is_flag=True, help="Make the search index anew from the records.")
@takes_json
@takes_book
@click.pass_context
def check(ctx: click.Context, repair: bool, as_json: bool, book_path: Path | None) -> None:
    """Look the book over: structure, record hashes, history, search. Exit 3 if something is wrong."""
    try:
        with opened(book_path) as book:
            if repair:
                keeping.rebuild_search(book)
            faults = [{"part": part, "what": what} for part, what in checking.trouble(book)]
    except BookDamaged as error:  # too badly to be opened, or to be repaired
        faults = [{"part": "structure", "what": str(error)}]
    if as_json:
        tell_json(faults)
    elif faults:
        tell_table([(fault["part"], fault["what"]) for fault in faults])
    else:
        click.echo("The book is sound: structure, records, history and search agree.")
    if faults:
        ctx.exit(ANSWER_IS_NO)


@click.command("history")
@click.argument("key", required=False)
@click.option("--limit", default=50, show_default=True, type=MANY, help="How many changes at most.")
@takes_json
@takes_book
def tell_history(key: str | None, limit: int, as_json: bool, book_path: Path | None) -> None:
    """Who changed what, when and why: of one record, or the latest of all."""
    with opened(book_path, read_only=True) as book:
        if key:
            lines = list(reversed(history.of_record(book, records.by_key(book, key).id)))[:limit]
        else:
            lines = history.recent(book, limit)
    told: list[dict[str, Any]] = [
        {
            "at": line.stroke.at.isoformat(),
            "author": line.stroke.author,
            "reason": told_reason(line.stroke.way, line.stroke.reason),
            "kind": line.kind,
            "key": line.edit.record.key,
            "changed": _what(line.edit),
        }
        for line in lines
    ]
    if as_json:
        tell_json(told)
    else:
        tell_table(
            [(_minute(t["at"]), t["author"], t["key"], f"{t['reason']} ({', '.join(t['changed'])})") for t in told]
        )


@click.command()
@takes_at
@takes_book
def undo(now: datetime, book_path: Path | None) -> None:
    """Take back the last change."""
    with opened(book_path) as book:
        click.echo(f"Undone: {editing.undo(book, now).reason}.")


@click.command()
@takes_at
@takes_book
def redo(now: datetime, book_path: Path | None) -> None:
    """Do again what undo took back."""
    with opened(book_path) as book:
        click.echo(f"Done again: {editing.redo(book, now).reason}.")


def _what(edit: Edit) -> list[str]:
    if edit.before is None:
        return ["added"]
    return ["deleted"] if edit.after is None else changed_fields(edit)


def _minute(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
