"""The weekly review of the matrix and the gate before a stage, on the command line."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    opened,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
)
from escplaybook.cli.matrix_editions import told_difference
from escplaybook.domain.audit import Finding
from escplaybook.domain.editions import MatrixReview
from escplaybook.domain.errors import NotFound
from escplaybook.services import calling, publishing_matrix, reviewing_matrix
from escplaybook.services.reviewing_matrix import Week
from escplaybook.store.kinds import kind_of


@click.command("review-week")
@click.option("--by", default=None, metavar="NAME", help="Signs the review: a contact by name, e-mail or key.")
@click.option("--note", default="", metavar="TEXT", help="What was decided, if anything.")
@takes_json
@takes_at
@takes_book
def review_week(by: str | None, note: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What changed, went stale or was found since the last review; with --by it is signed."""
    if note and by is None:
        raise click.UsageError("A note belongs to a signature; say --by too.")
    with opened(book_path, read_only=by is None) as book:
        week = reviewing_matrix.week(book, now)
        review = None
        if by is not None:
            review = reviewing_matrix.sign(book, publishing_matrix.contact_called(book, by), now, note)
    if as_json:
        tell_json(_told(week, review))
        return
    click.echo(f"Since {week.since:%d %b %Y %H:%M %Z}" + ("" if week.last else ", as nobody has reviewed it before"))
    changes = [f"{one.words[0].upper()}{one.words[1:]}." for one in week.changes]
    findings = [f"{one.rule.grade} {one.rule.id}: {one.what}" for one in week.findings]
    for heading, lines in (
        ("Changed", changes),
        ("Went stale", [one.what for one in week.stale]),
        ("New findings of the audit", findings),
    ):
        click.echo(f"\n{heading}: {len(lines) or 'nothing'}")
        for line in lines:
            click.echo(f"    {line}")
    if review is not None:
        click.echo(f"\nSigned as {review.key}.")


@click.command("gate")
@takes_deployment
@click.option("--stage", required=True, metavar="STAGE", help="The stage to enter.")
@takes_json
@takes_at
@takes_book
def tell_gate(deployment_key: str | None, stage: str, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Whether a deployment may enter a stage, with every reason against it; exit 3 if not."""
    with opened(book_path, read_only=True) as book:
        deployment = calling.only_deployment(book, deployment_key)
        if deployment is None:
            raise NotFound("There is no deployment in this book; add one first.")
        found = reviewing_matrix.gate_of(book, deployment, stage, now)
    if as_json:
        tell_json(
            {
                "deployment": {"key": deployment.key, "name": deployment.name},
                "stage": found.stage,
                "at": now.isoformat(),
                "through": found.through.isoformat() if found.through else None,
                "open": found.is_open,
                "checks": [
                    {"check": one.check, "looked_at": one.looked_at, "fine": one.is_fine} for one in found.checks
                ],
                "reasons": [
                    {"check": one.check, "what": one.what, "object": _object(one.record)} for one in found.reasons
                ],
            }
        )
    else:
        answer = "may enter" if found.is_open else "may not enter"
        click.echo(f"{deployment.name} {answer} {found.stage}.")
        for one in found.reasons:
            click.echo(f"    {one.check}: {one.what}")
        for looked in (looked for looked in found.checks if looked.is_fine):
            click.echo(f"    {looked.check} is fine: {looked.looked_at}")
        if found.through is None:
            click.echo("The stage has no days, so agreements were looked at as of today.", err=True)
    if not found.is_open:
        raise SystemExit(ANSWER_IS_NO)


def _told(week: Week, review: MatrixReview | None) -> dict[str, Any]:
    return {
        "since": week.since.isoformat(),
        "last": week.last.key if week.last else None,
        "changes": [told_difference(one) for one in week.changes],
        "stale": [{"what": one.what, "object": _object(one.record), "action": one.action} for one in week.stale],
        "findings": [_finding(one) for one in week.findings],
        "signed": review.key if review else None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {"rule": one.rule.id, "grade": one.rule.grade, "object": _object(one.record), "what": one.what}


def _object(record: Any) -> dict[str, str] | None:
    return None if record is None else {"kind": kind_of(type(record)).name, "key": record.key}


COMMANDS: tuple[click.Command, ...] = (review_week, tell_gate)
"""Everything here, as the group `matrix` takes it in."""
