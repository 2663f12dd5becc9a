"""Severity by impact: the questionnaire's answers as options, the severity and the rule that gave it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    Command,
    OneOf,
    opened,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
)
from escplaybook.domain.deployments import stage_on
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.impact import (
    QUESTIONS,
    DataHarm,
    Duty,
    Held,
    Impact,
    MilestoneAt,
    Verdict,
    Workaround,
    is_answered,
    thresholds_of,
    verdict,
)
from escplaybook.services import calling
from escplaybook.store.book import Book
from escplaybook.store.programme import programme

_TEXTS = {question.name: question.text for question in QUESTIONS}
_PREFIX = "impact_"


def takes_impact(command: Command) -> Command:
    """Adds one option a question; `taken_impact` makes the answers of what is handed on."""
    choices = (("workaround", Workaround), ("duty", Duty), ("data", DataHarm), ("milestone", MilestoneAt))
    numbers = (("users", "PERCENT", click.IntRange(0, 100)), ("money", "A_DAY", click.IntRange(0)))
    options = {"milestone": "--milestone-lost", "users": "--users", "data": "--data", "money": "--money"}
    for name, members in choices:
        option = options.get(name, f"--{name}")
        command = click.option(option, f"{_PREFIX}{name}", type=OneOf(members), default=None, help=_TEXTS[name])(
            command
        )
    for name, metavar, kind in numbers:
        option = options[name]
        command = click.option(option, f"{_PREFIX}{name}", type=kind, default=None, metavar=metavar, help=_TEXTS[name])(
            command
        )
    return command


def taken_impact(fields: dict[str, Any], overruled: str = "") -> Impact | None:
    """The answers among the options, which leave `fields`; None if nothing was answered."""
    answers = {question.name: fields.pop(f"{_PREFIX}{question.name}") for question in QUESTIONS}
    impact = Impact(**answers, overruled=overruled)
    return impact if is_answered(impact) else None


def judged(book: Book, impact: Impact, stage: str) -> Verdict:
    """What the book's rules make of the answers."""
    return verdict(impact, stage, thresholds_of(programme(book).severities))


@click.command()
@takes_impact
@click.option("--stage", default=None, metavar="STAGE", help="Else the deployment's present stage.")
@takes_deployment
@takes_json
@takes_at
@takes_book
def severity(
    stage: str | None, deployment_key: str | None, as_json: bool, now: datetime, book_path: Path | None, **fields: Any
) -> None:
    """How bad it is: the severity that the answers give at this stage, and the rule that says so."""
    impact = taken_impact(fields)
    if impact is None:
        raise InvalidRecord("Answer at least one question, like --milestone-lost today or --users 12; see --help.")
    with opened(book_path, read_only=True) as book:
        if stage is None:
            deployment = calling.only_deployment(book, deployment_key)
            stage = stage_on(deployment, now.date()) if deployment else ""
        found = judged(book, impact, stage)
    if as_json:
        tell_json(
            {
                "severity": found.severity,
                "stage": stage,
                "rule": found.fired.rule,
                "why": found.fired.sentence,
                "also": [_held(held) for held in found.others],
                "open": list(found.open),
            }
        )
        return
    click.echo(f"{found.severity}: {found.fired.sentence}")
    for held in found.others:
        click.echo(f"    also {held.severity}: {held.sentence}")
    for name in found.open:
        click.echo(f"    not answered: {_TEXTS[name]}")


def _held(held: Held) -> dict[str, str]:
    return {"rule": held.rule, "severity": held.severity, "why": held.sentence}
