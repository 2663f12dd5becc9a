"""Coverage: does the matrix reach somebody at every hour to come?"""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import opened, takes_at, takes_book, takes_deployment, takes_json, tell_json, tell_table
from escplaybook.domain.coverage import Coverage, Hole
from escplaybook.services import calling

LONGEST = 366


@click.command("coverage")
@click.option(
    "--days", type=click.IntRange(1, LONGEST), default=30, show_default=True, help="How many days to look at."
)
@takes_deployment
@takes_json
@takes_at
@takes_book
def tell_coverage(days: int, deployment_key: str | None, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every hour × stage × severity × cause class: the share that is covered, and each hole with its reason."""
    with opened(book_path, read_only=True) as book:
        found = calling.coverage_of(book, now, days, calling.only_deployment(book, deployment_key))
    if as_json:
        tell_json(_told(found))
        return
    click.echo(
        f"{found.share:.1%} of {sum(len(one.covered) for one in found.squares):,} cell-hours are covered; at worst "
        f"{_minutes(found.to_human)} to somebody who answers, {_minutes(found.to_right)} to the right to decide.\n"
    )
    tell_table([_row(hole) for hole in found.holes])


def _told(found: Coverage) -> dict[str, Any]:
    return {
        "from": found.start.isoformat(),
        "days": found.days,
        "covered": found.share,
        "minutes_to_human": found.to_human,
        "minutes_to_right": found.to_right,
        "holes": [
            {
                "stage": hole.place.stage,
                "severity": hole.place.severity,
                "cause_class": hole.place.cause_class,
                "level": hole.level,
                "from": hole.start.isoformat(),
                "to": hole.end.isoformat(),
                "why": hole.why,
            }
            for hole in found.holes
        ],
    }


def _row(hole: Hole) -> tuple[str, ...]:
    place = hole.place
    hours = round((hole.end - hole.start).total_seconds() / 3600)
    since = f"{hole.start.astimezone():%a %d %b %H:%M}"
    return (
        str(place.severity),
        place.stage,
        str(place.cause_class),
        f"level {hole.level}",
        since,
        f"{hours} h",
        hole.why,
    )


def _minutes(found: int | None) -> str:
    if found is None:
        return "never"
    return f"{found} min" if found < 120 else f"{found / 60:.1f} h"
