"""Duties that people take turns at: rotations."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.absences import DAYS, name_of, stand_in_of, told_absence, when_of, who_of
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
from escplaybook.domain.absences import local_time
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Away, Roster, Turn
from escplaybook.domain.rotations import LENGTHS, Rotation, Shift, handed_over_every, within_hours
from escplaybook.services import duty, editing
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from escplaybook.store.rows import to_full


@click.group()
def rotations() -> None:
    """Duties that people take turns at."""


def takes_turns(command: Command) -> Command:
    """Adds the options that say who takes turns, and when."""
    for option in (
        click.option("--member", "members", multiple=True, metavar="KEY", help="Again for each, in their order."),
        click.option("--handover", default=None, metavar="TIME", help="The first one, like “2026-11-30 09:00”."),
        click.option("--every", "rhythm", type=click.Choice([*LENGTHS]), default=None, help="How often; else a week."),
        click.option("--zone", default=None, metavar="ZONE", help="By whose clock; else that of the first member."),
        click.option(
            "--shift",
            "shifts",
            multiple=True,
            metavar="“HOURS; KEYS”",
            help="Instead, for each part of the day: “Mon-Fri 08:00-16:00; CO-0007 CO-0008; Asia/Tokyo”.",
        ),
        click.option("--notes", default=None, metavar="TEXT"),
    ):
        command = option(command)
    return command


@rotations.command("add")
@click.argument("name")
@click.option("--duty", "duty_key", default=None, metavar="KEY", help="The contact they stand for; else one is made.")
@takes_turns
@takes_json
@takes_at
@takes_book
def add_rotation(
    name: str, duty_key: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """Let people take turns at a duty called NAME, which the matrix can then name like a person."""
    with opened(book_path) as book:
        shifts = _shifts(book, fields, now)
        if not shifts:
            raise InvalidRecord("Say who takes turns: --member for each and --handover, or --shift for each shift.")
        stands_for = wanted(book, Contact, duty_key) if duty_key else None
        made = duty.add_rotation(book, name, shifts, now, duty=stands_for, notes=fields["notes"] or "")
        tell_record(book, made, "Added", as_json)


@rotations.command("edit")
@click.argument("key")
@click.option("--name", default=None, metavar="TEXT")
@takes_turns
@takes_json
@takes_at
@takes_book
def edit_rotation(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change a rotation; turns given replace all that were there, what is not named stays."""
    with opened(book_path) as book:
        before = wanted(book, Rotation, key)
        shifts = _shifts(book, fields, now)
        found = given({"name": fields["name"], "notes": fields["notes"], "shifts": shifts})
        tell_record(book, editing.change(book, before, now, **found), "Changed", as_json)


@rotations.command("list")
@click.option("--retired", is_flag=True, help="Show the retired ones too.")
@takes_json
@takes_at
@takes_book
def list_rotations(retired: bool, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every duty that people take turns at, and whose turn it is."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
    listed = [one for one in found.rotations if retired or one.retired is None]
    turns = {one.id: _own(one).on_duty(one.contact, now) for one in listed}
    if as_json:
        tell_json([{"kind": "rotation", **to_full(one), "now": _told_turn(turns[one.id], found)} for one in listed])
        return
    for one in listed:
        turn = turns[one.id]
        who = f"{name_of(turn.member, found)} until {_local(turn.end, turn.member, found)}" if turn else "nobody"
        tell_table([(one.key, one.name, who, "; ".join(shift.rhythm for shift in one.shifts))])


rotations.add_command(retiring(Rotation, "Take a rotation out of use; it stays in the book."))


@rotations.command("show")
@click.argument("key")
@click.option("--days", type=DAYS, default=28, show_default=True, help="How far to look ahead.")
@takes_json
@takes_at
@takes_book
def show_rotation(key: str, days: int, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """The turns from now on, and who of them is away meanwhile."""
    with opened(book_path, read_only=True) as book:
        rotation, found = wanted(book, Rotation, key), programme(book)
    turns = _own(rotation).turns_between(rotation.contact, now, now + timedelta(days=days))
    if as_json:
        tell_json([_told_turn(turn, found) for turn in turns])
        return
    click.echo(f"{rotation.key} {rotation.name}\n")
    rows = []
    for turn in turns:
        away = [f"away {when_of(one, now)}{stand_in_of(one, found)}" for one in _absent(turn, found)]
        begins = _local(turn.start, turn.member, found)
        rows.append((begins, _local(turn.end, turn.member, found), name_of(turn.member, found), "; ".join(away)))
    tell_table(rows)


def _shifts(book: Book, fields: dict[str, Any], now: datetime) -> tuple[Shift, ...]:
    """The shifts that were given; none if nothing was said of them."""
    if fields["shifts"]:
        return tuple(_shift(book, text, fields["zone"], now) for text in fields["shifts"])
    members = [wanted(book, Contact, key) for key in fields["members"]]
    if not members:
        return ()
    if not fields["handover"]:
        raise InvalidRecord("Say when the first turn begins: --handover “2026-11-30 09:00”.")
    zone = fields["zone"] or members[0].zone
    ids = tuple(member.id for member in members)
    return (handed_over_every(fields["rhythm"] or "week", local_time(fields["handover"])[0], zone, ids),)


def _shift(book: Book, text: str, zone: str | None, now: datetime) -> Shift:
    hours, _, rest = (part.strip() for part in text.partition(";"))
    keys, _, own_zone = (part.strip() for part in rest.partition(";"))
    members = [wanted(book, Contact, key) for key in keys.replace(",", " ").split()]
    if not members:
        raise InvalidRecord(f"“{text}” names nobody; write a shift like “Mon-Fri 08:00-16:00; CO-0007 CO-0008”.")
    zone = own_zone or zone or members[0].zone
    today = now.astimezone(zone_named(zone)).date()
    return within_hours(hours, today, zone, tuple(member.id for member in members))


def _own(rotation: Rotation) -> Roster:
    return Roster((), [rotation])


def _told_turn(turn: Turn | None, found: Programme) -> dict[str, Any] | None:
    if turn is None:
        return None
    return {
        "from": turn.start.isoformat(),
        "to": turn.end.isoformat(),
        "member": who_of(turn.member, found),
        "away": [told_absence(time, found) for time in _absent(turn, found)],
    }


def _absent(turn: Turn, found: Programme) -> list[Away]:
    return found.roster.away_between(turn.member, turn.start, turn.end)


def _local(instant: datetime, person: str, found: Programme) -> str:
    zone = found.contacts[person].zone if person in found.contacts else "UTC"
    return f"{instant.astimezone(zone_named(zone)):%a %d %b %Y %H:%M %Z}"
