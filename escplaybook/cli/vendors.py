"""Vendors and the agreements with them."""

from datetime import date, datetime
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
from escplaybook.cli.vendor_words import vendor_fields
from escplaybook.domain.agreements import (
    Agreement,
    AgreementKind,
    AgreementState,
    HoldHarmlessForm,
    Renewal,
    current_end,
    notice_by,
    state,
)
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


@click.group()
def agreements() -> None:
    """Hold-harmless agreements, NDAs, support and data-processing contracts."""


def takes_agreement(command: Command) -> Command:
    """Adds one option for each field of an agreement."""
    for name in ("title", "scope", "cap", "carve-outs", "notice-address", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    for name in ("insurance-until", "signed", "start", "end"):
        command = click.option(f"--{name}", type=_DAY, default=None, metavar="DAY", help="Like 2027-03-31.")(command)
    for name in ("term-months", "notice-months", "notice-days"):
        command = click.option(f"--{name}", type=int, default=None)(command)
    command = click.option("--form", type=OneOf(HoldHarmlessForm), default=None)(command)
    command = click.option("--mutual/--one-way", default=None)(command)
    return click.option("--renewal", type=OneOf(Renewal), default=None)(command)


@agreements.command("list")
@takes_json
@takes_at
@takes_book
def list_agreements(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every agreement with its state, end and notice day."""
    told = _agreements(book_path, now.date())
    _tell_agreements(told, as_json)


@agreements.command("due")
@takes_json
@takes_at
@takes_book
def due(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """The agreements that ask for something: notice, renewal, a signature."""
    calm = (AgreementState.IN_FORCE, AgreementState.NOT_BEGUN)
    _tell_agreements([told for told in _agreements(book_path, now.date()) if told["state"] not in calm], as_json)


@agreements.command("add")
@click.argument("vendor_key", metavar="VENDOR")
@click.argument("kind", type=OneOf(AgreementKind))
@takes_agreement
@takes_json
@takes_at
@takes_book
def add_agreement(
    vendor_key: str, kind: AgreementKind, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Add an agreement with VENDOR."""
    with opened(book_path) as book:
        agreement = Agreement(
            id=new_id(now),
            vendor=wanted(book, Vendor, vendor_key).id,
            kind=kind,
            created=now,
            updated=now,
            **_agreement_fields(fields),
        )
        tell_record(book, editing.add(book, agreement, now), "Added", as_json)


@agreements.command("edit")
@click.argument("key")
@takes_agreement
@takes_json
@takes_at
@takes_book
def edit_agreement(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change fields of an agreement; what is not named stays."""
    with opened(book_path) as book:
        agreement = editing.change(book, wanted(book, Agreement, key), now, **_agreement_fields(fields))
        tell_record(book, agreement, "Changed", as_json)


agreements.add_command(retiring(Agreement, "Take an agreement out of use; it stays in the book."))


def _agreements(book_path: Path | None, today: date) -> list[dict[str, Any]]:
    with opened(book_path, read_only=True) as book:
        names = {vendor.id: vendor.name for vendor in records.everything(book, Vendor)}
        found = [agreement for agreement in records.everything(book, Agreement) if agreement.retired is None]
    return [
        {
            "key": agreement.key,
            "vendor": names[agreement.vendor],
            "kind": agreement.kind,
            "title": agreement.title,
            "end": _day(current_end(agreement, today)),
            "notice_by": _day(notice_by(agreement, today)),
            "renewal": agreement.renewal,
            "state": state(agreement, today),
        }
        for agreement in found
    ]


def _tell_agreements(told: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        tell_json(told)
        return
    tell_table(
        [
            (t["key"], t["state"], t["vendor"], t["kind"], f"end {t['end'] or '—'}, notice by {t['notice_by'] or '—'}")
            for t in told
        ]
    )


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


def _agreement_fields(fields: dict[str, Any]) -> dict[str, Any]:
    found = given(fields)
    for name, value in found.items():
        if isinstance(value, datetime):
            found[name] = value.date()
    return found


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
