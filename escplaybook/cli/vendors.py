"""Third parties and how to get through to them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
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
from escplaybook.domain.identity import new_id
from escplaybook.domain.vendors import Entitlement, Vendor
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.rows import to_full

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def vendors() -> None:
    """Third parties and how to get through to them."""


def takes_vendor(command: Command) -> Command:
    """Adds one option for each field of a vendor that is words."""
    for name in ("portal", "zone", "hours", "how-to-get-through", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    command = click.option("--system", "systems", multiple=True, metavar="NAME", help="They answer for it.")(command)
    return click.option("--entitlement", "entitlements", multiple=True, metavar="NUMBER")(command)


@vendors.command("list")
@takes_json
@takes_book
def list_vendors(as_json: bool, book_path: Path | None) -> None:
    """Every vendor, by name."""
    with opened(book_path, read_only=True) as book:
        found = [vendor for vendor in records.everything(book, Vendor, "name") if vendor.retired is None]
    if as_json:
        tell_json([{"kind": "vendor", **to_full(vendor)} for vendor in found])
    else:
        tell_table([(v.key, v.name, ", ".join(e.number for e in v.entitlements), ", ".join(v.systems)) for v in found])


@vendors.command("add")
@click.argument("name")
@takes_vendor
@takes_json
@takes_at
@takes_book
def add_vendor(name: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Add a vendor."""
    with opened(book_path) as book:
        vendor = Vendor(id=new_id(now), name=name, created=now, updated=now, **_vendor_fields(fields))
        tell_record(book, editing.add(book, vendor, now), "Added", as_json)


@vendors.command("edit")
@click.argument("key")
@click.option("--name", default=None, metavar="TEXT")
@takes_vendor
@takes_json
@takes_at
@takes_book
def edit_vendor(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of a vendor; what is not named stays."""
    with opened(book_path) as book:
        vendor = editing.change(book, wanted(book, Vendor, key), now, **_vendor_fields(fields))
        tell_record(book, vendor, "Changed", as_json)


vendors.add_command(retiring(Vendor, "Take a vendor out of use; it stays in the book."))


def _vendor_fields(fields: dict[str, Any]) -> dict[str, Any]:
    found = given(fields)
    if "entitlements" in found:
        found["entitlements"] = tuple(Entitlement(number) for number in found["entitlements"])
    return found
