"""Who do I call, and what asks to be done today."""

from dataclasses import dataclass
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
    takes_here,
    takes_json,
    tell_json,
    tell_table,
)
from escplaybook.cli.verifying import tell_dialling
from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint
from escplaybook.domain.deployments import Deployment, stage_on
from escplaybook.domain.numbers import dialled
from escplaybook.domain.routing import Rung, why_by
from escplaybook.domain.vendors import Vendor, hours_of
from escplaybook.domain.verification import Importance, Importances, proof_words
from escplaybook.services import calling
from escplaybook.services.verifying import here_of, importances_of
from escplaybook.store.kinds import kind_of


def takes_place(command: Command) -> Command:
    """Adds the options that say where in the matrix one stands."""
    for option in (
        click.option("--severity", type=OneOf(Severity), required=True, help="How bad it is."),
        click.option("--stage", default=None, metavar="STAGE", help=f"One of {', '.join(STAGES)}, or the book's own."),
        click.option("--cause-class", type=OneOf(CauseClass), default=CauseClass.INTERNAL.value, show_default=True),
        click.option("--system", default="", metavar="NAME", help="Shows the ladder of the vendor who answers for it."),
    ):
        command = option(command)
    return command


@click.command()
@takes_place
@takes_deployment
@takes_here
@takes_json
@takes_at
@takes_book
def who(
    severity: Severity,
    stage: str | None,
    cause_class: CauseClass,
    system: str,
    deployment_key: str | None,
    here: str,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """The ladder: who answers at each level, by when, and why."""
    with opened(book_path, read_only=True) as book:
        deployment = calling.only_deployment(book, deployment_key)
        if stage is None:
            stage = stage_on(deployment, now.date()) if deployment else ""
        edition = calling.edition_at(book, now, deployment)
        rungs = calling.who(book, severity, now, stage=stage, cause_class=cause_class, deployment=deployment)
        vendor = calling.vendor_of(book, system) if system else None
        telling = Telling(importances_of(book), here_of(book, here), now)
        outsiders = calling.outsiders(book, deployment, now) if deployment is not None else []
        ready = calling.have_ready(book, severity)
    if as_json:
        told: dict[str, Any] = {
            "edition": edition.number if edition is not None else None,
            "severity": severity,
            "stage": stage,
            "cause_class": cause_class,
            "at": now.isoformat(),
            "deployment": _named(deployment),
            "ladder": [_rung(rung, telling) for rung in rungs],
            "vendor": _vendor(vendor, severity, telling),
            "outsiders": outsiders,
            "have_ready": list(ready),
            "stake": _day(deployment),
        }
        tell_json(told)
        return
    where = f"{severity} · {stage or 'any stage'} · {cause_class}" + (f" · {deployment.name}" if deployment else "")
    click.echo(f"{where} · {now.astimezone():%a %d %b %Y %H:%M %Z}\n")
    for rung in rungs:
        _tell(rung, telling)
    if ready:
        click.echo(f"Have ready: {'; '.join(ready)}\n")
    if vendor is not None:
        _tell_vendor(vendor, severity, telling)
    for one in outsiders:
        now_speaks = one["speaks_now"]["name"] if one["speaks_now"] else "nobody"
        click.echo(f"{one['group']}: only {now_speaks} talks to them now" + (f" ({one['why']})" if one["why"] else ""))


@click.command()
@takes_json
@takes_at
@takes_book
def today(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """What is due, overdue, stale, expiring or without owner."""
    with opened(book_path, read_only=True) as book:
        found = calling.today(book, now)
    if as_json:
        tell_json(
            [
                {
                    "what": item.what,
                    "due": item.due.isoformat() if item.due else None,
                    "kind": kind_of(type(item.record)).name,
                    "key": item.record.key,
                    "action": item.action,
                    "overdue": item.is_overdue(now),
                }
                for item in found
            ]
        )
    elif not found:
        click.echo("Nothing is due.")
    else:
        rows = [
            (
                item.record.key,
                getattr(item.record, "severity", None) or "",
                _due(item.due, now),
                f"{item.what} → {item.action}",
            )
            for item in found
        ]
        tell_table(rows)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to say of a point how far it is believed and how it is dialled."""

    weights: Importances
    here: str
    now: datetime

    def proof(self, point: ContactPoint, holder: Contact | Vendor | None) -> str:
        """“verified 94 days ago, out of date”."""
        weight = self.weights.get(holder.id, Importance.NOBODY) if holder else Importance.NOBODY
        return proof_words(point, weight, self.now.date())

    def point(self, point: ContactPoint, holder: Contact | Vendor | None) -> dict[str, Any]:
        """The point as JSON."""
        verified = point.verified.isoformat() if point.verified else None
        told = {"kind": point.kind, "value": point.value, "verified": verified, "state": self.proof(point, holder)}
        return told | tell_dialling(point, getattr(holder, "country", ""), self.here)


def _tell(rung: Rung, telling: Telling) -> None:
    local = rung.starts.astimezone()
    name = rung.answers.name if rung.answers else "nobody"
    click.echo(f"{local:%H:%M}  {rung.level.rank} · {rung.level.name}: {name}")
    for reason in rung.why:
        click.echo(f"         {reason}")
    for point in rung.points:
        dial = dialled(point, rung.answers.country if rung.answers else "", telling.here) if telling.here else ""
        said = f"; dial {dial}" if dial else ""
        click.echo(f"         {point.kind}: {point.value}  ({telling.proof(point, rung.answers)}{said})")
    by = [
        f"{verb} by {_clock(instant, telling.now)}"
        for verb, instant in (
            ("answers", rung.acknowledge_by),
            ("acts", rung.act_by),
            ("resolves", rung.resolve_by),
        )
        if instant and rung.answers
    ]
    for line in (
        ", ".join(by),
        f"due then because {why_by(rung)}" if by and why_by(rung) else "",
        rung.cell.outcome if rung.answers else "",
        "; ".join(right.decision for right in rung.rights),
    ):
        if line:
            click.echo(f"         {line}")
    click.echo()


def _tell_vendor(vendor: Vendor, severity: Severity, telling: Telling) -> None:
    theirs = vendor.name_of(severity)
    click.echo(f"{vendor.name}" + (f": our {severity} is their “{theirs}”" if theirs else ""))
    for level in vendor.levels:
        numbers = ", ".join(f"{point.value} ({telling.proof(point, vendor)})" for point in level.points)
        click.echo(f"         {level.name}: {numbers}")


def _rung(rung: Rung, telling: Telling) -> dict[str, Any]:
    return {
        "level": rung.level.rank,
        "name": rung.level.name,
        "owner": _named(rung.owner),
        "answers": _named(rung.answers),
        "why": list(rung.why),
        "points": [telling.point(point, rung.answers) for point in rung.points],
        "starts": rung.starts.isoformat(),
        "acknowledge_by": _instant(rung.acknowledge_by),
        "act_by": _instant(rung.act_by),
        "resolve_by": _instant(rung.resolve_by),
        "counted": why_by(rung),
        "outcome": rung.cell.outcome,
        "decision_rights": [right.decision for right in rung.rights],
    }


def _day(deployment: Deployment | None) -> dict[str, Any] | None:
    """What a day of standstill costs there, and what else is at risk."""
    if deployment is None or (deployment.money_a_day is None and not deployment.reputation):
        return None
    money = {"money_a_day": deployment.money_a_day, "currency": deployment.currency}
    return money | {"reputation": deployment.reputation}


def _vendor(vendor: Vendor | None, severity: Severity, telling: Telling) -> dict[str, Any] | None:
    if vendor is None:
        return None
    ladder = [
        {"name": level.name, "points": [telling.point(point, vendor) for point in level.points]}
        for level in vendor.levels
    ]
    numbers = [{"number": item.number, "covers": item.covers} for item in vendor.entitlements]
    opens = hours_of(vendor).opens(telling.now)
    told = {"theirs": vendor.name_of(severity), "entitlements": numbers, "opens": _instant(opens)}
    return {"key": vendor.key, "name": vendor.name, "ladder": ladder, **told}


def _named(record: Any) -> dict[str, str] | None:
    return None if record is None else {"key": record.key, "name": record.name}


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _clock(instant: datetime, now: datetime) -> str:
    """“10:20”, or “Tue 10:20” on another day than today."""
    local, today = instant.astimezone(), now.astimezone().date()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{local:%a %H:%M}" if (local.date() - today).days < 7 else f"{local:%a %-d %b %H:%M}"


def _due(due: datetime | None, now: datetime) -> str:
    if due is None:
        return "now"
    return f"{due.astimezone():%d %b %H:%M}" + (" overdue" if due <= now else "")
