"""Where a record is used, and putting somebody else in its places."""

from datetime import datetime
from pathlib import Path

import click

from escplaybook.cli.frame import opened, takes_at, takes_book, takes_json, tell_json, tell_table, wanted
from escplaybook.domain.contacts import Contact
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.naming import name_of, named
from escplaybook.domain.replacing import proposals
from escplaybook.services import replacing
from escplaybook.store import records
from escplaybook.store.kinds import kind_of
from escplaybook.store.mentions import mentions_of
from escplaybook.store.programme import programme
from escplaybook.store.references import users_of


@click.command("where-used")
@click.argument("key")
@takes_json
@takes_book
def where_used(key: str, as_json: bool, book_path: Path | None) -> None:
    """The records that name this one, and what they name it for; also those that mention its key in a text."""
    with opened(book_path, read_only=True) as book:
        record = records.by_key(book, key)
        named_in = [(usage.record, usage.reference.role) for usage in users_of(book, record)]
        found = named_in + [(one, "mentions it") for one in mentions_of(book, record)]
    if as_json:
        tell_json(
            [
                {
                    "kind": kind_of(type(one)).name,
                    "key": one.key,
                    "name": name_of(one),
                    "role": role,
                }
                for one, role in found
            ]
        )
    else:
        tell_table([(one.key, role, name_of(one)) for one, role in found])


@click.command()
@click.argument("key")
@click.option("--to", "successor", default=None, metavar="KEY", help="Who takes over.")
@click.option("--retire", is_flag=True, help="Take whoever goes out of use in the same stroke.")
@takes_json
@takes_at
@takes_book
def reassign(
    key: str, successor: str | None, retire: bool, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Put somebody else in every place of a person who leaves or falls ill; without --to, say who could."""
    with opened(book_path, read_only=successor is None) as book:
        old = records.by_key(book, key)
        if successor is None:
            proposed = proposals(programme(book), wanted(book, Contact, key))
            rows = [(one.contact.key, one.contact.name, one.why) for one in proposed]
            if as_json:
                tell_json([dict(zip(("key", "name", "why"), row, strict=True)) for row in rows])
            else:
                tell_table(rows)
            return
        if not hasattr(old, "name"):
            raise InvalidRecord(f"{named(old)} stands in no place; give the key of a contact or a vendor.")
        count = replacing.reassign(book, old, wanted(book, type(old), successor), now, retire=retire)
        new = records.by_key(book, successor)
    if as_json:
        tell_json({"from": old.key, "to": new.key, "changed": count, "retired": retire})
    else:
        click.echo(
            f"{named(new)} takes over from {named(old)}: {count} {'record' if count == 1 else 'records'} changed."
        )
