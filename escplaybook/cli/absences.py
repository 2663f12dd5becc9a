"""Who is away, when, and who stands in."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escplaybook.cli.exchanging import tell_report
from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    FILE,
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
from escplaybook.domain.absences import Absence, local_time, time_away, told_span
from escplaybook.domain.contacts import Contact
from escplaybook.domain.identity import new_id
from escplaybook.domain.programme import Programme
from escplaybook.domain.recurrence import RHYTHMS, every
from escplaybook.domain.roster import Away
from escplaybook.services import editing
from escplaybook.services.calendar_files import save_calendar
from escplaybook.services.exporting_absences import calendar
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.rows import to_full

if TYPE_CHECKING:
    from escplaybook.services.importing import Take

DAYS = click.IntRange(1, 1_000)
"""How far ahead somebody may look."""


@click.group()
def absences() -> None:
    """Who is away, when, and who stands in."""


def takes_absence(command: Command) -> Command:
    """Adds the options that say when somebody is away and who stands in."""
    for option in (
        click.option("--to", "last", default=None, metavar="TIME", help="The end; of whole days the last one."),
        click.option("--every", "rhythm", type=click.Choice([*RHYTHMS]), default=None, help="It comes again."),
        click.option("--until", "to_day", default=None, metavar="DAY", help="The last day on which it may come again."),
        click.option("--rule", default=None, metavar="RRULE", help="Instead: a rule of calendars (RFC 5545)."),
        click.option("--zone", default=None, metavar="ZONE", help="By whose clock; else that of the person."),
        click.option("--deputy", default=None, metavar="KEY", help="Who stands in; else the person's own deputy."),
        click.option("--reason", default=None, metavar="TEXT", help="Like “holiday”."),
    ):
        command = option(command)
    return command


@absences.command("add")
@click.argument("contact")
@click.option("--from", "first", required=True, metavar="TIME", help="Like 2026-12-24, or “2026-12-24 18:00”.")
@takes_absence
@takes_json
@takes_at
@takes_book
def add_absence(contact: str, first: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Say that CONTACT (a key) is away."""
    with opened(book_path) as book:
        person = wanted(book, Contact, contact)
        found = _absence_fields(book, fields | {"first": first}, person.zone, None)
        absence = Absence(id=new_id(now), contact=person.id, created=now, updated=now, **found)
        tell_record(book, editing.add(book, absence, now), "Added", as_json)


@absences.command("edit")
@click.argument("key")
@click.option("--from", "first", default=None, metavar="TIME", help="Like 2026-12-24, or “2026-12-24 18:00”.")
@takes_absence
@click.option("--once", is_flag=True, help="It does not come again after all.")
@takes_json
@takes_at
@takes_book
def edit_absence(key: str, once: bool, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change an absence; what is not named stays."""
    with opened(book_path) as book:
        before = wanted(book, Absence, key)
        found = _absence_fields(book, fields, before.zone, before)
        if once:
            found["rule"] = ""
        tell_record(book, editing.change(book, before, now, **found), "Changed", as_json)


@absences.command("list")
@click.option("--contact", default=None, metavar="KEY", help="That person's alone.")
@click.option("--days", type=DAYS, default=None, help="Each time within that many days; else each absence once.")
@click.option("--all", "everything", is_flag=True, help="Show those that are over or retired, too.")
@takes_json
@takes_at
@takes_book
def list_absences(
    contact: str | None, days: int | None, everything: bool, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Who is away now or will be, the earliest first."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
        person = wanted(book, Contact, contact).id if contact else None
    listed = [one for one in found.absences if person in (None, one.contact)]
    if days is not None:
        times = _times(listed, now, now + timedelta(days=days))
    else:
        times = [time for one in listed if (time := _next(one, now, everything=everything)) is not None]
    times.sort(key=lambda time: time.start)
    if as_json:
        tell_json([told_absence(time, found) for time in times])
    else:
        tell_table([_absence_row(time, found, now) for time in times])


absences.add_command(retiring(Absence, "Take an absence out of use; it stays in the book."))


@absences.command("import")
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option("--contact", default=None, metavar="KEY", help="Whose absences they are; else the file tells.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--take", type=click.Choice(["ours", "theirs"]), default="ours", show_default=True, help="Whose field stays."
)
@takes_json
@takes_at
@takes_book
@click.pass_context
def bring_in(
    ctx: click.Context,
    paths: tuple[Path, ...],
    contact: str | None,
    dry_run: bool,
    take: "Take",
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Bring in calendars (.ics) and tables (.csv with who, from, to). Exit 3 if items were refused."""
    from escplaybook.services.importing_absences import import_absences  # reading calendars costs 0.1 s

    with opened(book_path) as book:
        person = wanted(book, Contact, contact) if contact else None
        report = import_absences(book, paths, now=now, contact=person, dry_run=dry_run, take=take)
    if as_json:
        tell_json(asdict(report))
    else:
        tell_report(report, dry_run=dry_run)
    if report.refused:
        ctx.exit(ANSWER_IS_NO)


@absences.command("export")
@click.argument("file", type=FILE)
@click.option("--contact", default=None, metavar="KEY", help="That person's alone.")
@takes_at
@takes_book
def export(file: Path, contact: str | None, now: datetime, book_path: Path | None) -> None:
    """Write the absences that are not over to a calendar file (.ics)."""
    with opened(book_path, read_only=True) as book:
        made, count = calendar(book, now, wanted(book, Contact, contact).id if contact else None)
    save_calendar(made, file)
    click.echo(f"{count} absences written to {file}.")


def _absence_fields(book: Book, fields: dict[str, Any], zone: str, before: Absence | None) -> dict[str, Any]:
    """The fields of an absence as they were given; what was not is left out, or stays as `before` has it."""
    first, last, zone = fields["first"], fields["last"], fields["zone"] or zone
    found = given({"reason": fields["reason"], "zone": fields["zone"]})
    if fields["deputy"]:
        found["deputy"] = wanted(book, Contact, fields["deputy"]).id
    if first or last:
        form = "%Y-%m-%d" if before is not None and before.all_day else "%Y-%m-%d %H:%M"
        first = first or (before.first.strftime(form) if before is not None else "")
        last = last or (before.last.strftime(form) if before is not None else "")
        found["start"], found["end"], found["all_day"] = time_away(first, last, zone)
        found["zone"] = zone
    if fields["rule"]:
        found["rule"] = fields["rule"].upper()
    elif fields["rhythm"]:
        start = local_time(first)[0] if first else (before.first if before is not None else None)
        assert start is not None  # an absence has a start, or is being given one
        found["rule"] = every(fields["rhythm"], start, _day(fields["to_day"]))
    return found


def _day(text: str | None) -> date | None:
    return local_time(text)[0].date() if text else None


def _times(listed: list[Absence], since: datetime, until: datetime) -> list[Away]:
    return [
        Away(one, span.start, span.end)
        for one in listed
        if one.retired is None
        for span in one.series.spans(since, until)
    ]


def _next(absence: Absence, now: datetime, *, everything: bool) -> Away | None:
    """Its time that is under way or comes next within two years; the first one if everything is to be listed."""
    span = next(absence.series.spans(now, now + timedelta(days=731)), None)
    if span is not None and (absence.retired is None or everything):
        return Away(absence, span.start, span.end)
    return Away(absence, absence.start, absence.end) if everything else None


def _absence_row(time: Away, found: Programme, now: datetime) -> tuple[str, ...]:
    absence = time.absence
    told = [absence.reason, absence.rhythm, stand_in_of(time, found).lstrip(", ")]
    if absence.retired is not None:
        told.append("retired")
    return absence.key, name_of(absence.contact, found), when_of(time, now), ", ".join(filter(None, told))


def told_absence(time: Away, found: Programme) -> dict[str, Any]:
    """One time of an absence, for other programs."""
    absence = time.absence
    return {
        "kind": "absence",
        **to_full(absence),
        "who": who_of(absence.contact, found),
        "stands_in": who_of(absence.deputy, found),
        "from": time.start.isoformat(),
        "to": time.end.isoformat(),
    }


def when_of(time: Away, now: datetime) -> str:
    """When it is, by its own clock."""
    return told_span(time.start, time.end, time.absence.zone, now, by_days=time.absence.all_day)


def stand_in_of(time: Away, found: Programme) -> str:
    """Who stands in, to be put behind other words; empty if nobody is named."""
    return f", {name_of(time.absence.deputy, found)} stands in" if time.absence.deputy else ""


def name_of(person: str | None, found: Programme) -> str:
    """What the contact with that id is called."""
    contact = found.contacts.get(person or "")
    return contact.name if contact is not None else ""


def who_of(person: str | None, found: Programme) -> dict[str, str] | None:
    """The contact with that id, for other programs."""
    contact = found.contacts.get(person or "")
    return {"key": contact.key, "name": contact.name} if contact is not None else None
