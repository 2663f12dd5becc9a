"""Triggers: measurable conditions that make an escalation due; listed, written down, reviewed, tried on past dates."""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

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
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.durations import parse_span
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.triggers import Comparator, Trigger, condition_words, in_force_since, missing_reviews
from escplaybook.domain.triggers_expressions import expression_of
from escplaybook.domain.triggers_firing import Firing, tried
from escplaybook.domain.triggers_vagueness import vagueness
from escplaybook.services import triggering
from escplaybook.store import records
from escplaybook.store.book import Book
from escplaybook.store.rows import to_full

_COMPARED = {
    "at_least": Comparator.AT_LEAST,
    "above": Comparator.ABOVE,
    "at_most": Comparator.AT_MOST,
    "below": Comparator.BELOW,
}


@click.group()
def triggers() -> None:
    """Measurable conditions that make an escalation due."""


def takes_condition(command: Command) -> Command:
    """Adds the options that say what is measured, for how long, by whom, and what it makes due where."""
    options = (
        click.option("--subject", default=None, metavar="NAME", help="What is seen, like “data sync blocked”."),
        *(
            click.option(f"--{name.replace('_', '-')}", default=None, metavar="QUANTITY", help="Like “5 %”.")
            for name in _COMPARED
        ),
        click.option("--for", "duration", default=None, metavar="SPAN", help="How long it must hold, like “60 min”."),
        click.option(
            "--while",
            "side_conditions",
            multiple=True,
            metavar="CONDITION",
            help="Holds too, like “downstream blocked”; may be given again.",
        ),
        click.option("--expression", default=None, metavar="TEXT", help="In place of all these."),
        click.option("--observer", default=None, metavar="WHO", help="Who or what sees it."),
        click.option("--level", type=click.IntRange(1, 99), default=None, help="The level that it makes due."),
        click.option("--severity", type=OneOf(Severity), default=None, help="Only for these."),
        click.option("--stage", default=None, metavar="STAGE", help="Only there."),
        click.option("--deployment", default=None, metavar="KEY", help="Only there."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@triggers.command("list")
@click.option("--all", "retired_too", is_flag=True, help="Show those out of use too.")
@takes_json
@takes_book
def list_triggers(retired_too: bool, as_json: bool, book_path: Path | None) -> None:
    """Every trigger, what it makes due, and whether both sides have reviewed it."""
    with opened(book_path, read_only=True) as book:
        found = [one for one in records.everything(book, Trigger, "name") if retired_too or one.retired is None]
    if as_json:
        tell_json([_told(one) for one in found])
        return
    tell_table(
        [
            (one.key, f"level {one.level}", _scope(one), _standing(one), f"{one.name}: {condition_words(one)}")
            for one in found
        ]
    )


@triggers.command("add")
@click.argument("name")
@takes_condition
@takes_json
@takes_at
@takes_book
def add_trigger(name: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Write down a trigger; refused if it cannot be measured."""
    with opened(book_path) as book:
        made = Trigger(id=new_id(now), name=name, created=now, updated=now, **_fields(book, fields))
        tell_record(book, triggering.add(book, made, now), "Added", as_json)


@triggers.command("edit")
@click.argument("key")
@click.option("--name", default=None, metavar="TEXT")
@takes_condition
@takes_json
@takes_at
@takes_book
def edit_trigger(key: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Change a trigger; what is not named stays. Whoever reviewed another condition has to do so again."""
    with opened(book_path) as book:
        before = wanted(book, Trigger, key)
        changed = triggering.change(book, before, now, **_fields(book, fields))
        tell_record(book, changed, "Changed", as_json)
    lost = set(missing_reviews(changed)) - set(missing_reviews(before))
    if lost and not as_json:
        click.echo(f"It has to be reviewed anew by {' and '.join(sorted(lost))}; nothing is due by it until then.")


@triggers.command("review")
@click.argument("key")
@click.option("--side", type=click.Choice(["engineering", "business"]), required=True)
@click.option("--by", required=True, metavar="KEY", help="The contact who reviewed it.")
@takes_json
@takes_at
@takes_book
def review_trigger(
    key: str, side: Literal["engineering", "business"], by: str, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """One side stands by the trigger; once both do, escalations are due by it."""
    with opened(book_path) as book:
        reviewed = triggering.review(book, wanted(book, Trigger, key), side, wanted(book, Contact, by), now)
        tell_record(book, reviewed, "Reviewed", as_json)


triggers.add_command(retiring(Trigger, "Take a trigger out of use; it stays in the book."))


@triggers.command("test")
@click.argument("key", required=False)
@click.option("--blocker", "blocker_key", default=None, metavar="KEY", help="Only on this blocker.")
@takes_json
@takes_at
@takes_book
def test_triggers(
    key: str | None, blocker_key: str | None, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """When escalation was or will be due, by what was known at that instant; on all blockers, resolved ones too."""
    with opened(book_path, read_only=True) as book:
        chosen = [wanted(book, Trigger, key)] if key else _in_use(book)
        found = records.everything(book, Blocker)
        blockers = [wanted(book, Blocker, blocker_key)] if blocker_key else found
    fired = [(blocker, firing) for trigger in chosen for blocker, firing in _tried(trigger, blockers, now)]
    if as_json:
        tell_json(
            [firing_json(firing, now) | {"blocker": blocker.key, "title": blocker.title} for blocker, firing in fired]
        )
    elif not fired:
        click.echo("No trigger makes anything due on these blockers.")
    else:
        tell_table([(blocker.key, firing_words(firing, now), blocker.title) for blocker, firing in fired])


def firing_json(firing: Firing, now: datetime) -> dict[str, Any]:
    """What a trigger set off, for `--json`."""
    return {
        "trigger": firing.trigger.key,
        "name": firing.trigger.name,
        "level": firing.trigger.level,
        "due": firing.due.isoformat(),
        "is_due": firing.due <= now,
        "ended": firing.ended.isoformat() if firing.ended else None,
        "escalated": firing.escalated.isoformat() if firing.escalated else None,
        "in_force": in_force_since(firing.trigger) is not None,
    }


def firing_words(firing: Firing, now: datetime) -> str:
    """What a trigger set off: “should have been escalated to level 2 at 24 Nov 09:40 by TR-0003 “Data sync””."""
    local = f"{firing.due.astimezone():%d %b %H:%M}"
    to = f"escalated to level {firing.trigger.level}"
    by = f"by {firing.trigger.key} “{firing.trigger.name}”".replace("  ", " ")
    if firing.escalated is not None:
        return f"was {to} at {firing.escalated.astimezone():%d %b %H:%M}, due {local} {by}"
    ended = f" (no longer since {firing.ended.astimezone():%d %b %H:%M})" if firing.ended is not None else ""
    return f"{'should have been' if firing.due <= now else 'is to be'} {to} at {local} {by}{ended}"


def _tried(trigger: Trigger, blockers: list[Blocker], now: datetime) -> list[tuple[Blocker, Firing]]:
    try:
        return tried(trigger, blockers, now)
    except InvalidRecord as error:
        click.echo(f"{trigger.key} cannot be measured and was passed over: {error}", err=True)
        return []


def _in_use(book: Book) -> list[Trigger]:
    return [one for one in records.everything(book, Trigger, "name") if one.retired is None]


def _fields(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    """The record's fields that the options give; a condition given in one way replaces what was given in the other."""
    found = given({name: value for name, value in fields.items() if name not in _COMPARED})
    compared = [(comparator, fields[name]) for name, comparator in _COMPARED.items() if fields[name] is not None]
    if len(compared) > 1:
        raise click.UsageError("Give one of --at-least, --above, --at-most and --below.")
    if compared:
        found["comparator"], quantity = compared[0]
        found["value"], _, found["unit"] = quantity.strip().partition(" ")
    elif "subject" in found:
        found |= {"comparator": Comparator.IS_SO, "value": "", "unit": ""}
    if "duration" in found:
        found["duration"] = parse_span(found["duration"])
    if "deployment" in found:
        found["deployment"] = wanted(book, Deployment, found["deployment"]).id
    if "expression" not in found and {"subject", "comparator", "duration", "side_conditions"} & found.keys():
        found["expression"] = ""
    return found


def _told(trigger: Trigger) -> dict[str, Any]:
    vague, since = vagueness(trigger), in_force_since(trigger)
    return {
        "kind": "trigger",
        **to_full(trigger),
        "condition": condition_words(trigger),
        "as_expression": None if vague else expression_of(trigger),
        "in_force_since": since.isoformat() if since else None,
        "missing_reviews": missing_reviews(trigger),
        "vague": [{"field": one.field, "what": one.what, "say": one.say} for one in vague],
    }


def _scope(trigger: Trigger) -> str:
    return " ".join(part for part in (trigger.severity or "", trigger.stage) if part) or "everywhere"


def _standing(trigger: Trigger) -> str:
    if trigger.retired is not None:
        return "out of use"
    missing = missing_reviews(trigger)
    return f"not reviewed by {' and '.join(missing)}" if missing else "in force"
