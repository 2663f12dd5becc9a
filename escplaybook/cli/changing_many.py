"""One field changed in many contacts, with a preview."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    OneOf,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_table,
    wanted,
)
from escplaybook.domain.bulk import Field, Planned, plan
from escplaybook.domain.contacts import Contact, Privacy
from escplaybook.domain.errors import InvalidRecord, NotFound
from escplaybook.domain.selecting import Selection, Standing, select
from escplaybook.services.changing_many import change_many
from escplaybook.store.book import Book
from escplaybook.store.programme import programme


@click.command("change-many")
@click.argument("keys", nargs=-1, metavar="[KEY…]")
@click.option("--standing", type=OneOf(Standing), default=None, help="Those with whom this is amiss.")
@click.option("--team", default="", metavar="TEXT", help="Those of this team.")
@click.option("--organisation", default="", metavar="TEXT", help="Those of this organisation or vendor.")
@click.option("--zone", default="", metavar="ZONE", help="Those in this time zone.")
@click.option("--words", default="", metavar="TEXT", help="Those in whom these words stand.")
@click.option("--field", type=OneOf(Field), required=True, help="What to change.")
@click.option("--to", "value", required=True, metavar="VALUE", help="The new value; a key for a deputy; “” empties it.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@takes_json
@takes_at
@takes_book
def change_many_contacts(
    keys: tuple[str, ...],
    field: Field,
    value: str,
    dry_run: bool,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
    **narrowed: Any,
) -> None:
    """Change one field in the contacts named, or in all that the options choose; one stroke, one undo."""
    with opened(book_path, read_only=dry_run) as book:
        found = programme(book)
        chosen = _chosen(book, keys, Selection(**narrowed), now)
        planned = plan(chosen, field, _value(book, field, value), found.contacts)
        if not dry_run and any(one.is_change for one in planned):
            change_many(book, planned, field, now)
    if as_json:
        tell_json([_told(one) for one in planned])
    else:
        tell_table([(one.contact.key, one.contact.name, _words(one)) for one in planned])
        click.echo(_sum(planned, dry_run=dry_run))
    if any(one.refusal for one in planned):
        raise click.exceptions.Exit(ANSWER_IS_NO)


def _chosen(book: Book, keys: tuple[str, ...], selection: Selection, now: datetime) -> list[Contact]:
    if keys and selection != Selection():
        raise InvalidRecord("Name the contacts or describe them, not both.")
    if not keys and selection == Selection():
        raise InvalidRecord(
            "Say which contacts: by their keys, or by --standing, --team, --organisation, --zone, --words."
        )
    found = [wanted(book, Contact, key) for key in keys] if keys else select(programme(book), selection, now.date())
    if not found:
        raise NotFound("No contact is chosen by that; nothing was changed.")
    return found


def _value(book: Book, field: Field, said: str) -> Any:
    match field:
        case Field.DEPUTY:
            return wanted(book, Contact, said).id if said else None
        case Field.LANGUAGES:
            return tuple(word.strip() for word in said.split(",") if word.strip())
        case Field.PRIVACY | Field.PRIVACY_OF_PHONES:
            if said not in list(Privacy):
                raise InvalidRecord(f"Privacy is one of {', '.join(Privacy)}; “{said}” is not.")
            return Privacy(said)
        case _:
            return said


def _words(one: Planned) -> str:
    if one.refusal:
        return f"left out: {one.refusal}"
    return f"{one.was or '–'} → {one.will_be or '–'}" if one.is_change else f"{one.was or '–'} (stays)"


def _told(one: Planned) -> dict[str, Any]:
    told = {"kind": "contact", "key": one.contact.key, "name": one.contact.name, "was": one.was}
    return told | {"will_be": one.will_be, "changes": one.is_change, "refused": one.refusal}


def _sum(planned: list[Planned], *, dry_run: bool) -> str:
    count = sum(one.is_change for one in planned)
    many = "1 contact" if count == 1 else f"{count} contacts"
    return f"{many} would change." if dry_run else f"{many} changed."
