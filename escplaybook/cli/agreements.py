"""The agreements with vendors: how they stand, what they cover, their deadlines and their documents."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.attaching import attaching_commands
from escplaybook.cli.frame import (
    FILE,
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
from escplaybook.domain.agreement_reminders import MARKS, Reminder
from escplaybook.domain.agreements import (
    Act,
    Agreement,
    AgreementKind,
    AgreementState,
    Deadline,
    HoldHarmlessForm,
    Renewal,
)
from escplaybook.domain.identity import new_id
from escplaybook.domain.naming import named
from escplaybook.domain.vendors import Vendor
from escplaybook.services import agreeing, editing
from escplaybook.services.calendar_files import save_calendar
from escplaybook.services.showing import whole

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def agreements() -> None:
    """Hold-harmless agreements, NDAs, support and data-processing contracts."""


def takes_agreement(command: Command) -> Command:
    """Adds one option for each field of an agreement."""
    for name in ("title", "scope", "cap", "carve-outs", "duty-to-defend", "insurance", "notice-address", "notes"):
        command = click.option(f"--{name}", default=None, metavar="TEXT")(command)
    for name in ("insurance-until", "signed", "start", "end"):
        command = click.option(f"--{name}", type=_DAY, default=None, metavar="DAY", help="Like 2027-03-31.")(command)
    for name in ("term-months", "notice-months", "notice-days"):
        command = click.option(f"--{name}", type=click.IntRange(0, 9999), default=None)(command)
    bound = "A contracting firm; where only one is bound, that one first."
    command = click.option("--party", "parties", multiple=True, metavar="NAME", help=bound)(command)
    command = click.option("--signatory", "signatories", multiple=True, metavar="NAME", help="Who signed.")(command)
    command = click.option("--form", type=OneOf(HoldHarmlessForm), default=None)(command)
    command = click.option("--mutual/--one-way", default=None)(command)
    return click.option("--renewal", type=OneOf(Renewal), default=None)(command)


@agreements.command("list")
@click.option("--state", "states", type=OneOf(AgreementState), multiple=True, help="Only those that stand so.")
@takes_json
@takes_at
@takes_book
def list_agreements(states: tuple[AgreementState, ...], as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every agreement with its state, end and notice day."""
    with opened(book_path, read_only=True) as book:
        told = [agreeing.told(one, vendor.name, now.date()) for one, vendor in agreeing.listed(book)]
    _tell([line for line in told if not states or line["state"] in states], as_json)


@agreements.command("due")
@click.option("--within", type=click.IntRange(0, 36_500), default=MARKS[-1], show_default=True, metavar="DAYS")
@click.option("--ics", type=FILE, default=None, metavar="FILE", help="Write all deadlines ahead as a calendar file.")
@takes_json
@takes_at
@takes_book
def due(within: int, ics: Path | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """The agreements that ask for something: notice, renewal, a signature, insurance; the riskiest first."""
    with opened(book_path, read_only=True) as book:
        if ics is not None:
            made, count = agreeing.calendar(book, now)
            save_calendar(made, ics)
            click.echo(f"{count} deadlines written to {ics}.", err=as_json)
        asking = agreeing.due(book, now.date(), within) if ics is None or as_json else []
    lines = [
        {**agreeing.told(one.agreement, one.vendor.name, now.date()), "asks": [_asked(each) for each in one.reminders]}
        for one in asking
    ]
    if ics is None or as_json:
        _tell(lines, as_json)


@agreements.command("show")
@click.argument("key")
@takes_json
@takes_at
@takes_book
def show_agreement(key: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What an agreement covers in plain words, how it stands, and what has been done about its days."""
    with opened(book_path, read_only=True) as book:
        agreement = wanted(book, Agreement, key)
        stands = agreeing.standing(book, agreement, now.date())
        told = whole(book, agreement) | stands
    if as_json:
        tell_json(told)
        return
    click.echo(f"{named(agreement)}: {stands['state']}")
    for line in stands["covers"]:
        click.echo(f"  {line}")
    for acted in agreement.acted:
        note = f": {acted.note}" if acted.note else ""
        click.echo(f"{acted.on}  {acted.by}  {acted.act} ({acted.about}, {acted.deadline}){note}")
    for document in agreement.documents:
        click.echo(f"document “{document.name}”, {document.size:,} bytes")


@agreements.command("act")
@click.argument("key")
@click.option("--seen", is_flag=True, help="Say no more of it until its next mark (90, 30, 7, 0 days before).")
@click.option("--notice-given", is_flag=True, help="The other side has the notice.")
@click.option("--left-to-renew", is_flag=True, help="It may renew itself this time.")
@click.option("--renewed", type=_DAY, default=None, metavar="UNTIL", help="It was renewed until that day.")
@click.option("--let-end", is_flag=True, help="It may end.")
@click.option("--about", type=OneOf(Deadline), default=None, help="Which deadline; else the most pressing.")
@click.option("--on", type=_DAY, default=None, metavar="DAY", help="When it was done; else today.")
@click.option("--note", default="", metavar="TEXT")
@takes_json
@takes_at
@takes_book
def act(
    key: str,
    renewed: datetime | None,
    about: Deadline | None,
    on: datetime | None,
    note: str,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
    **flags: bool,
) -> None:
    """Say what was done about a deadline of an agreement, so that it is asked for no more; `undo` takes it back."""
    done = [Act(name.replace("_", " ")) for name, is_given in flags.items() if is_given]
    done += [Act.RENEWED] if renewed is not None else []
    if len(done) != 1:
        raise click.UsageError("Say one of --seen, --notice-given, --left-to-renew, --renewed UNTIL, --let-end.")
    with opened(book_path) as book:
        before = wanted(book, Agreement, key)
        on_day, until = (day.date() if day is not None else None for day in (on, renewed))
        after = agreeing.act(book, before, done[0], now, on=on_day, about=about, until=until, note=note)
        tell_record(book, after, f"Noted “{done[0]}” of", as_json)


attaching_commands(agreements, Agreement, "documents", "an agreement", "the signed paper, the certificate")


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


def _tell(told: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        tell_json(told)
        return
    tell_table([(line["key"], line["state"], line["vendor"], line["kind"], _days(line)) for line in told])


def _days(line: dict[str, Any]) -> str:
    days = f"end {line['end'] or '—'}, notice by {line['notice_by'] or '—'}"
    asked = ", ".join(f"{ask['about']} {_away(ask['days'])}" for ask in line.get("asks", ()))
    return f"{days}; asks: {asked}" if asked else days


def _asked(one: Reminder) -> dict[str, Any]:
    return {"about": one.about, "day": one.day.isoformat(), "days": one.days, "acts": list(one.acts)}


def _away(days: int) -> str:
    return "today" if days == 0 else f"in {days} d" if days > 0 else f"{-days} d ago"


def _agreement_fields(fields: dict[str, Any]) -> dict[str, Any]:
    found = given(fields)
    return {name: value.date() if isinstance(value, datetime) else value for name, value in found.items()}
