"""Sub-classes of causes on the command line: which there are, what each means, with whom one deals."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
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
from escplaybook.domain.causes import SubClass, refuse_described_twice, sub_class_called, sub_class_names
from escplaybook.domain.classification import CauseClass
from escplaybook.domain.identity import new_id
from escplaybook.services import editing
from escplaybook.store import records


@click.group()
def causes() -> None:
    """Sub-classes of causes: internal (priority, resource, approval …) and external (vendor, API, regulator …)."""


@causes.command("list")
@takes_json
@takes_book
def list_causes(as_json: bool, book_path: Path | None) -> None:
    """Every sub-class a blocker's cause can be, with whom one deals."""
    with opened(book_path, read_only=True) as book:
        described = records.everything(book, SubClass)
    found = [(cause, name) for cause in CauseClass for name in sub_class_names(described, cause)]
    told = [(cause, name, sub_class_called(described, cause, name)) for cause, name in found]
    if as_json:
        tell_json(
            [
                {
                    "kind": "sub-class",
                    "key": one.key if one else None,
                    "cause_class": cause,
                    "name": name,
                    "counterpart": one.counterpart if one else "",
                    "meaning": one.meaning if one else "",
                }
                for cause, name, one in told
            ]
        )
        return
    tell_table([(cause, name, one.key if one else "—", one.counterpart if one else "") for cause, name, one in told])


@causes.command("add")
@click.argument("cause_class", type=OneOf(CauseClass), metavar="CLASS")
@click.argument("name")
@click.option("--counterpart", default="", metavar="TEXT", help="With whom one deals.")
@click.option("--meaning", default="", metavar="MARKDOWN", help="What it means, and how to recognise it.")
@takes_json
@takes_at
@takes_book
def add_cause(
    cause_class: CauseClass, name: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Describe one that every book knows, or add one of the book's own; CLASS is internal or external."""
    with opened(book_path) as book:
        made = SubClass(id=new_id(now), cause_class=cause_class, name=name, created=now, updated=now, **fields)
        refuse_described_twice(records.everything(book, SubClass), made)
        tell_record(book, editing.add(book, made, now), "Described", as_json)


@causes.command("edit")
@click.argument("key")
@click.option("--counterpart", default=None, metavar="TEXT")
@click.option("--meaning", default=None, metavar="MARKDOWN")
@takes_json
@takes_at
@takes_book
def edit_cause(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change what is said of a sub-class; what is not named stays."""
    with opened(book_path) as book:
        changed = editing.change(book, wanted(book, SubClass, key), now, **given(fields))
        tell_record(book, changed, "Changed", as_json)


causes.add_command(retiring(SubClass, "Take a sub-class out of use; blockers keep it."))
