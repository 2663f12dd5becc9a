"""The audit: what the rules object to, the rules themselves, and what may stay for a while."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    bears_book,
    opened,
    retiring,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
)
from escplaybook.domain.audit import RULES, Finding, Grade, standing
from escplaybook.domain.waivers import Waiver
from escplaybook.services import auditing
from escplaybook.store import records
from escplaybook.store.kinds import kind_of
from escplaybook.store.rows import to_full

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("audit", invoke_without_command=True)
@takes_json
@takes_at
@takes_book
@click.pass_context
def audit(context: click.Context, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What is wrong with the matrix and what stands around it; exit 3 while an error stands that nobody waived."""
    if context.invoked_subcommand is not None:
        return
    with opened(book_path, read_only=True) as book:
        found = auditing.findings(book, now)
    if as_json:
        tell_json([_told(one) for one in found])
    else:
        _tell(found)
    if standing(found, Grade.ERROR):
        context.exit(ANSWER_IS_NO)


@audit.command("rules")
@takes_json
@bears_book
def list_rules(as_json: bool) -> None:
    """Every rule with its grade, why it matters and how to mend what breaks it."""
    if as_json:
        tell_json(
            [{"rule": one.id, "grade": one.grade, "name": one.name, "why": one.why, "fix": one.fix} for one in RULES]
        )
        return
    tell_table([(one.id, one.grade, f"{one.name}. {one.why} {one.fix}") for one in RULES])


@audit.command("waive")
@click.argument("rule")
@click.argument("key")
@click.option("--until", type=_DAY, required=True, metavar="DAY", help="The last day it may stay, like 2026-12-31.")
@click.option("--reason", required=True, metavar="TEXT", help="Why it may stay as it is.")
@takes_json
@takes_at
@takes_book
def waive_finding(
    rule: str, key: str, until: datetime, reason: str, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Let RULE pass on the record KEY for a while; it is told again when the day is over."""
    with opened(book_path) as book:
        waiver = auditing.waive(book, rule, records.by_key(book, key), until.date(), reason, now)
        tell_record(book, waiver, "Added", as_json)


@audit.command("waivers")
@click.option("--all", "over_too", is_flag=True, help="Those that are over or were taken back, too.")
@takes_json
@takes_at
@takes_book
def list_waivers(over_too: bool, as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What may stay as it is, until when, and who answers for it."""
    with opened(book_path, read_only=True) as book:
        found = [one for one in records.everything(book, Waiver, "until") if over_too or one.holds(now.date())]
        about = {one.id: auditing.about_of(book, one) for one in found}
    keys = {waiver: record.key if record is not None else "" for waiver, record in about.items()}
    if as_json:
        tell_json([{"kind": "waiver", **to_full(one), "object": keys[one.id]} for one in found])
        return
    tell_table([(one.key, one.rule, keys[one.id], f"until {one.until}", one.by or "—", one.reason) for one in found])


audit.add_command(retiring(Waiver, "Take a waiver back; the finding stands again."))


def _told(finding: Finding) -> dict[str, Any]:
    waiver = finding.waiver
    return {
        "rule": finding.rule.id,
        "grade": finding.rule.grade,
        "name": finding.rule.name,
        "object": {"kind": kind_of(type(finding.record)).name, "key": finding.record.key},
        "field": finding.field,
        "what": finding.what,
        "why": finding.rule.why,
        "fix": finding.rule.fix,
        "waived_until": waiver.until.isoformat() if waiver is not None else None,
    }


def _tell(found: list[Finding]) -> None:
    if not found:
        click.echo("Nothing to object to.")
        return
    tell_table([_row(one) for one in found])
    counted = [f"{len(standing(found, grade))} {_many(grade, len(standing(found, grade)))}" for grade in Grade]
    waived = len(found) - len(standing(found))
    click.echo(f"\n{', '.join(counted)}{f'; {waived} waived' if waived else ''}. Why and how: escplaybook audit rules")


def _row(finding: Finding) -> tuple[str, ...]:
    until = f" (waived until {finding.waiver.until})" if finding.waiver is not None else ""
    return finding.rule.id, finding.rule.grade, finding.record.key, f"{finding.what}{until}"


def _many(grade: Grade, count: int) -> str:
    return grade if count == 1 or grade is Grade.ADVICE else f"{grade}s"
