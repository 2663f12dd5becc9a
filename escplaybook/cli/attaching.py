"""Files kept with a record: attach, detach, document, for any kind that has attachments."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    FILE,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import PlaybookError
from escplaybook.services import attaching


def attaching_commands(group: click.Group, record_type: type[Any], field: str, called: str, examples: str) -> None:
    """Give a group of commands `attach`, `detach` and `document`; `called` is what one such record is called."""
    group.add_command(_attach(record_type, field, f"Keep FILE, up to 20 MB, with {called}: {examples}."))
    group.add_command(_detach(record_type, field, f"Take the file NAME off {called}; `undo` brings it back."))
    sentence = f"Write the file NAME of {called} to a file; without NAME, list what is attached."
    group.add_command(_document(record_type, field, sentence))


def _attach(record_type: type[Any], field: str, sentence: str) -> click.Command:
    @click.command("attach", help=sentence)
    @click.argument("key")
    @click.argument("file", type=FILE)
    @takes_json
    @takes_at
    @takes_book
    def attach(key: str, file: Path, as_json: bool, now: datetime, book_path: Path | None) -> None:
        with opened(book_path) as book:
            after = attaching.attach(book, wanted(book, record_type, key), file, now, field)
            tell_record(book, after, f"“{getattr(after, field)[-1].name}” is attached to", as_json)

    return attach


def _detach(record_type: type[Any], field: str, sentence: str) -> click.Command:
    @click.command("detach", help=sentence)
    @click.argument("key")
    @click.argument("name")
    @takes_json
    @takes_at
    @takes_book
    def detach(key: str, name: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
        with opened(book_path) as book:
            after = attaching.detach(book, wanted(book, record_type, key), name, now, field)
            tell_record(book, after, f"“{name}” is no longer attached to", as_json)

    return detach


def _document(record_type: type[Any], field: str, sentence: str) -> click.Command:
    @click.command("document", help=sentence)
    @click.argument("key")
    @click.argument("name", required=False)
    @click.option("-o", "--output", type=FILE, default=None, metavar="FILE", help="Where to write it.")
    @takes_json
    @takes_book
    def document(key: str, name: str | None, output: Path | None, as_json: bool, book_path: Path | None) -> None:
        with opened(book_path, read_only=True) as book:
            record = wanted(book, record_type, key)
            if name is None:
                _tell(getattr(record, field), as_json)
                return
            if output is None:
                raise PlaybookError(f"Say where “{name}” is to be written: -o FILE")
            attaching.save_as(book, attaching.attachment_named(record, name, field), output)
        if as_json:
            tell_json({"name": name, "written": str(output)})
        else:
            click.echo(f"“{name}” is written to {output}.")

    return document


def _tell(kept: tuple[Attachment, ...], as_json: bool) -> None:
    if as_json:
        tell_json([{"name": one.name, "size": one.size, "type": one.media_type} for one in kept])
    else:
        tell_table([(f"{one.size:,}", one.media_type, one.name) for one in kept])
