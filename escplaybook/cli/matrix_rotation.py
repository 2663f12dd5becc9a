"""Planning a rotation of roles on the command line."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import opened, takes_at, takes_book, takes_json, tell_json, tell_table, wanted
from escplaybook.domain.contacts import Contact
from escplaybook.domain.durations import parse_span
from escplaybook.domain.editions import Edition
from escplaybook.domain.programme import Programme
from escplaybook.domain.role_rotation import Load, Plan, Wish
from escplaybook.services import rotating_roles
from escplaybook.store.programme import programme


@click.command("rotate")
@click.option("--level", type=click.IntRange(min=1), required=True, metavar="N", help="The level whose roles rotate.")
@click.option("--among", required=True, multiple=True, metavar="KEYS", help="Who takes part, by key: CO-1,CO-2.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DAY", help="First day.")
@click.option("--every", required=True, metavar="SPAN", help="How long a term lasts, such as “13 w”.")
@click.option("--times", type=int, default=4, show_default=True, help="How many terms.")
@click.option("--owners-only", is_flag=True, help="Leave the backups where they are.")
@click.option("--dry-run", is_flag=True, help="Only tell who would sit where.")
@takes_json
@takes_at
@takes_book
def rotate(
    level: int,
    among: tuple[str, ...],
    start: datetime,
    every: str,
    times: int,
    owners_only: bool,
    dry_run: bool,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Let the people of a level change seats: one draft of the matrix a term, for two sides to sign."""
    with opened(book_path, read_only=dry_run) as book:
        keys = [key for part in among for key in part.replace(",", " ").split()]
        people = tuple(wanted(book, Contact, key).id for key in keys)
        wish = Wish(level, people, start.date(), parse_span(every), times, owners_only)
        plan = rotating_roles.planned(book, wish, now)
        drafts = () if dry_run else rotating_roles.draft(book, plan, now)
        found = programme(book)
    if as_json:
        tell_json(_told(plan, drafts, found))
        return
    tell_table([_row(plan, number, found) for number in range(len(plan.terms))])
    for one in plan.barred:
        click.echo(f"{_name(one.person, found)} cannot take the seat of {one.seat.name}: {one.why}.")
    for load in plan.loads:
        click.echo(_load_words(load, found))
    if drafts:
        keys = [one.key for one in drafts]
        click.echo(f"Drafted {', '.join(keys)}; each holds once both sides have signed it and it is published.")


def _row(plan: Plan, number: int, found: Programme) -> tuple[str, ...]:
    term = plan.terms[number]
    seats = [f"{seat.name}: {_name(one, found)}" for seat, one in zip(plan.seats, term.people, strict=True)]
    away = ", ".join(_name(one, found) for one in term.away)
    return (f"{term.start:%d %b %Y}", *seats, f"away: {away}" if away else "")


def _load_words(load: Load, found: Programme) -> str:
    (named, named_then), (only, only_then) = load.named, load.only
    told = f"{_name(load.person, found)}: the only name on {only} cells, then on {only_then} at most; "
    told += f"named on {named}, then on {named_then} at most"
    if any(load.is_too_many):
        told += {
            (True, False): " (too many now, no longer then)",
            (False, True): " (too many then)",
            (True, True): " (too many, before and after)",
        }[load.is_too_many]
    return told


def _told(plan: Plan, drafts: tuple[Edition, ...], found: Programme) -> dict[str, Any]:
    keys: list[str | None] = [*(one.key for one in drafts)] or [None] * len(plan.terms)
    return {
        "level": plan.wish.level,
        "seats": [
            {
                "name": seat.name,
                "held_by": _person(seat.holder, found),
                "owns": [cell.key for cell in seat.owned],
                "backs_up": [cell.key for cell in seat.backed],
            }
            for seat in plan.seats
        ],
        "terms": [
            {
                "from": term.start.isoformat(),
                "until": term.end.isoformat(),
                "people": [_person(one, found) for one in term.people],
                "away": [_person(one, found) for one in term.away],
                "edition": key,
            }
            for term, key in zip(plan.terms, keys, strict=True)
        ],
        "barred": [
            {"seat": one.seat.name, "person": _person(one.person, found), "why": one.why} for one in plan.barred
        ],
        "loads": [
            {
                "person": _person(one.person, found),
                "only_name_on": {"before": one.only[0], "after": one.only[1]},
                "named_on": {"before": one.named[0], "after": one.named[1]},
                "too_many": {"before": one.is_too_many[0], "after": one.is_too_many[1]},
            }
            for one in plan.loads
        ],
    }


def _person(contact: str | None, found: Programme) -> dict[str, str] | None:
    return None if contact is None else {"key": found.contacts[contact].key, "name": found.contacts[contact].name}


def _name(contact: str | None, found: Programme) -> str:
    return "nobody" if contact is None else found.contacts[contact].name


COMMANDS: tuple[click.Command, ...] = (rotate,)
"""Everything here, as the group `matrix` takes it in."""
