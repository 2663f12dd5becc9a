"""Third parties and how to get through to them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
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
from escplaybook.cli.vendor_words import vendor_fields
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.identity import new_id
from escplaybook.domain.vendors import Vendor, hours_of, restored
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.rows import to_full

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def vendors() -> None:
    """Third parties and how to get through to them."""


def takes_vendor(command: Command) -> Command:
    """Adds one option for each field of a vendor; those that may be given again replace all that was there."""
    for name in ("portal", "zone", "hours", "how-to-get-through", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    several = (
        ("--system", "systems", "NAME", "They answer for it."),
        ("--level", "levels", "LEVEL", "Like “Support line | within 1 h | phone +44 20 7946 0730 | hours … | zone …”."),
        ("--entitlement", "entitlements", "NUMBER", "Like “TM-4471 | covers production | until 2027-03-31”."),
        ("--severity-name", "severity_names", "S1=WORD", "What they call our severity."),
        ("--promise", "promises", "PROMISE", "Like “S1 | respond 1 h | restore 8 h”."),
    )
    for option, name, metavar, told in several:
        told = f"{told} May be given again."
        command = click.option(option, name, multiple=True, metavar=metavar, help=told)(command)
    return command


@vendors.command("list")
@takes_json
@takes_at
@takes_book
def list_vendors(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every vendor, by name: whether somebody is there, the numbers it asks for, what it answers for."""
    with opened(book_path, read_only=True) as book:
        found = [vendor for vendor in records.everything(book, Vendor, "name") if vendor.retired is None]
        blockers = records.everything(book, Blocker)
    if as_json:
        tell_json([{"kind": "vendor", **to_full(vendor), **_standing(vendor, blockers, now)} for vendor in found])
        return
    tell_table(
        [
            (
                vendor.key,
                vendor.name,
                _open_words(vendor, now),
                ", ".join(item.number for item in vendor.entitlements),
                ", ".join(vendor.systems),
            )
            for vendor in found
        ]
    )


@vendors.command("add")
@click.argument("name")
@takes_vendor
@takes_json
@takes_at
@takes_book
def add_vendor(name: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Add a vendor."""
    with opened(book_path) as book:
        vendor = Vendor(id=new_id(now), name=name, created=now, updated=now, **vendor_fields(fields, ()))
        tell_record(book, editing.add(book, vendor, now), "Added", as_json)


@vendors.command("edit")
@click.argument("key")
@click.option("--name", default=None, metavar="TEXT")
@takes_vendor
@takes_json
@takes_at
@takes_book
def edit_vendor(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of a vendor; what is not named stays, what may be given again replaces all that was there."""
    with opened(book_path) as book:
        before = wanted(book, Vendor, key)
        known = [point for level in before.levels for point in level.points]
        vendor = editing.change(book, before, now, **vendor_fields(fields, known))
        tell_record(book, vendor, "Changed", as_json)


vendors.add_command(retiring(Vendor, "Take a vendor out of use; it stays in the book."))


def _standing(vendor: Vendor, blockers: list[Blocker], now: datetime) -> dict[str, Any]:
    """Who is there at `now`, when the others are, and how the promises to restore were kept."""
    hours = [(None, hours_of(vendor)), *((level.name, hours_of(vendor, level)) for level in vendor.levels)]
    support = [
        {"level": name, "open": one.is_open(now), "opens": opens.isoformat() if (opens := one.opens(now)) else None}
        for name, one in hours
    ]
    kept = [
        {"severity": one.promise.severity, "kept": one.kept, "of": len(one.took)} for one in restored(vendor, blockers)
    ]
    return {"support": support, "restored": kept}


def _open_words(vendor: Vendor, now: datetime) -> str:
    opens = hours_of(vendor).opens(now)
    return "open now" if opens is None else f"opens {opens.astimezone():%a %H:%M}"
