"""The escalation matrix: what stands in it, setting a cell, and who may decide what."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli import matrix_causes, matrix_definition, matrix_editions, matrix_reviews, matrix_rotation
from escplaybook.cli.frame import (
    Instant,
    OneOf,
    given,
    opened,
    retiring,
    takes_at,
    takes_book,
    takes_deployment,
    takes_json,
    tell_json,
    tell_record,
    tell_table,
    wanted,
)
from escplaybook.cli.matrix_definition import definition_lines
from escplaybook.domain.business_time import checked_calendar
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import definition_in_use
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import as_of
from escplaybook.domain.matrix import Cell, DecisionRight, Place, cell_for, is_set_at, rights_at
from escplaybook.domain.programme import Programme
from escplaybook.services import calling, editing
from escplaybook.store.programme import programme
from escplaybook.store.rows import to_full

TARGETS = ("acknowledge", "act", "resolve")
NOBODY = "none"
"""What is said in the place of a deputy where there is to be none."""
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def matrix() -> None:
    """Stage × severity × cause → who answers at each level, and by when."""


@matrix.command("show")
@click.option("--stage", default="", metavar="STAGE", help="Else what holds at any stage.")
@click.option("--cause-class", type=OneOf(CauseClass), default=CauseClass.INTERNAL.value, show_default=True)
@click.option("--default", "default_only", is_flag=True, help="The default matrix, whatever the deployments.")
@click.option("--at", "at", type=Instant(), default=None, metavar="INSTANT", help="As the editions of then say it.")
@takes_deployment
@takes_json
@takes_book
def show_matrix(
    stage: str,
    cause_class: CauseClass,
    default_only: bool,
    at: datetime | None,
    deployment_key: str | None,
    as_json: bool,
    book_path: Path | None,
) -> None:
    """What a blocker is, and the cells that hold at a stage, inherited ones among them."""
    with opened(book_path, read_only=True) as book:
        found = programme(book) if at is None else as_of(programme(book), at)
        deployment = None if default_only else calling.only_deployment(book, deployment_key)
    place = Place(Severity.S1, stage, cause_class, deployment.id if deployment else None)
    cells = [
        (cell, not is_set_at(cell, replace(place, severity=severity, cause_class=cell.cause_class)))
        for severity in Severity
        for level in found.levels
        if (cell := cell_for(found.cells, replace(place, severity=severity), level.rank)) is not None
    ]
    if as_json:
        tell_json([{"kind": "cell", "inherited": inherited, **to_full(cell)} for cell, inherited in cells])
    else:
        if (definition := definition_in_use(found.definitions)) is not None:
            click.echo("\n".join((*definition_lines(definition), "")))
        tell_table([_row(cell, found, inherited=inherited) for cell, inherited in cells])


@matrix.command("set")
@click.option("--severity", type=OneOf(Severity), required=True)
@click.option("--level", type=click.IntRange(1), required=True, metavar="RANK")
@click.option("--stage", default="", metavar="STAGE", help="Only there; else at any stage.")
@click.option("--cause-class", type=OneOf(CauseClass), default=None, help="Only for these; else for both.")
@click.option("--deployment", "deployment_key", default=None, metavar="KEY", help="Only there; else for any.")
@click.option("--owner", default=None, metavar="KEY", help="The contact who answers.")
@click.option("--backup", default=None, metavar="KEY", help="The contact who stands in.")
@click.option(
    *("--deputy", "deputies"),
    multiple=True,
    metavar="KEY",
    help="Who is asked after the two; may be given again. “none” takes all away.",
)
@click.option("--acknowledge", default=None, metavar="SPAN", help="Like “15 min”.")
@click.option("--act", default=None, metavar="SPAN")
@click.option("--resolve", default=None, metavar="SPAN")
@click.option("--outcome", default=None, metavar="TEXT", help="What this level must bring about.")
@click.option("--entry-criterion", default=None, metavar="TEXT", help="When this level is asked.")
@click.option("--channel", default=None, metavar="TEXT")
@click.option(
    "--calendar",
    default=None,
    help="By which time is counted, like “Mon-Fri 08:00-17:00 in Europe/Oslo, holidays of NO”.",
)
@click.option("--not-escalated/--escalated", default=None, help="Whether this level is asked at all.")
@takes_json
@takes_at
@takes_book
def set_cell(
    severity: Severity,
    level: int,
    stage: str,
    cause_class: CauseClass | None,
    deployment_key: str | None,
    deputies: tuple[str, ...],
    as_json: bool,
    now: datetime,
    book_path: Path | None,
    **fields: Any,
) -> None:
    """Set the cell of exactly this place; what is not named stays as it was."""
    with opened(book_path) as book:
        named = calling.only_deployment(book, deployment_key) if deployment_key else None
        deployment = named.id if named else None
        fields = given(fields)
        for person in ("owner", "backup"):
            if person in fields:
                fields[person] = wanted(book, Contact, fields[person]).id
        if deputies:
            named_ones = () if deputies == (NOBODY,) else deputies
            fields["deputies"] = tuple(wanted(book, Contact, key).id for key in named_ones)
        fields |= {name: parse_span(fields[name]) for name in TARGETS if name in fields}
        if "calendar" in fields:
            fields["calendar"] = checked_calendar(fields["calendar"])
        place = Place(severity, stage, cause_class, deployment)
        there = cell_for(programme(book).cells, place, level)
        if there is not None and is_set_at(there, place):
            tell_record(book, editing.change(book, there, now, **fields), "Changed", as_json)
            return
        where: dict[str, Any] = {"severity": severity, "level": level, "stage": stage}
        where |= {"cause_class": cause_class, "deployment": deployment}
        cell = Cell(id=new_id(now), created=now, updated=now, **where, **fields)
        tell_record(book, editing.add(book, cell, now), "Set", as_json)


for command in (
    *matrix_editions.COMMANDS,
    *matrix_reviews.COMMANDS,
    *matrix_rotation.COMMANDS,
    matrix_causes.causes,
    matrix_definition.define,
):
    matrix.add_command(command)


@click.group()
def rights() -> None:
    """Who may decide what, up to which threshold."""


@rights.command("list")
@click.option("--severity", type=OneOf(Severity), default=None)
@click.option("--stage", default="", metavar="STAGE")
@takes_deployment
@takes_json
@takes_at
@takes_book
def list_rights(
    severity: Severity | None,
    stage: str,
    deployment_key: str | None,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Every decision right, or those that hold at a severity and stage."""
    with opened(book_path, read_only=True) as book:
        found = programme(book)
        if severity is None:
            held = [right for right in found.rights if right.retired is None]
        else:
            deployment = calling.only_deployment(book, deployment_key)
            place = Place(severity, stage, deployment=deployment.id if deployment else None)
            held = rights_at(found.rights, place, now.date())
    if as_json:
        tell_json([{"kind": "right", **to_full(right)} for right in held])
        return
    tell_table(
        [
            (
                right.key,
                _named(found, right.decider),
                f"else {_named(found, right.alternate)}",
                right.decision + (f" ({right.threshold})" if right.threshold else ""),
            )
            for right in held
        ]
    )


@rights.command("add")
@click.argument("decision")
@click.option("--decider", default=None, metavar="KEY", help="The contact who decides.")
@click.option("--alternate", default=None, metavar="KEY", help="Who decides otherwise.")
@click.option("--threshold", default=None, metavar="TEXT", help="Up to what, like “up to 24 h”.")
@click.option("--severity", type=OneOf(Severity), default=None)
@click.option("--stage", default=None, metavar="STAGE")
@click.option("--evidence", default=None, metavar="TEXT")
@click.option("--expires", type=_DAY, default=None, metavar="DAY")
@takes_json
@takes_at
@takes_book
def add_right(decision: str, as_json: bool, now: datetime, book_path: Path | None, **fields: Any) -> None:
    """Give somebody the right to a DECISION."""
    with opened(book_path) as book:
        found = given(fields)
        for person in ("decider", "alternate"):
            if person in found:
                found[person] = wanted(book, Contact, found[person]).id
        if "expires" in found:
            found["expires"] = found["expires"].date()
        right = DecisionRight(id=new_id(now), decision=decision, created=now, updated=now, **found)
        tell_record(book, editing.add(book, right, now), "Added", as_json)


rights.add_command(retiring(DecisionRight, "Take a decision right out of use; it stays in the book."))


def _row(cell: Cell, found: Programme, *, inherited: bool) -> tuple[str, ...]:
    level = next((level.name for level in found.levels if level.rank == cell.level), str(cell.level))
    if cell.not_escalated:
        return (cell.severity, f"{cell.level} {level}", "not escalated", "", "")
    spans = (("answer", cell.acknowledge), ("resolve", cell.resolve))
    targets = [f"{verb} {format_span(span)}" for verb, span in spans if span]
    targets += ["in business hours"] if targets and cell.calendar else []
    owner, backup = _named(found, cell.owner), f"backup {_named(found, cell.backup)}"
    if cell.deputies:
        backup += f", then {', '.join(_named(found, one) for one in cell.deputies)}"
    return (cell.severity, f"{cell.level} {level}", owner, backup, ", ".join(targets) + (" *" if inherited else ""))


def _named(found: Programme, contact: str | None) -> str:
    return found.contacts[contact].name if contact else "—"
