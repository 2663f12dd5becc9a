"""Proving numbers: one point, the round of those due, and the results of a printed call list."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from escplaybook.cli.frame import (
    ANSWER_IS_NO,
    FILE,
    opened,
    takes_at,
    takes_book,
    takes_json,
    tell_json,
    tell_table,
)
from escplaybook.domain.contacts import Contact, ContactPoint
from escplaybook.domain.dues import first_called
from escplaybook.domain.errors import NotFound, Unreadable
from escplaybook.domain.numbers import fault_of, is_number, number_of
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Check, Importance, next_check, proof_words
from escplaybook.services import verifying
from escplaybook.services.call_lists import Keyed, key_in
from escplaybook.services.showing import whole
from escplaybook.services.verifying import How, Result, points_of
from escplaybook.store.kinds import kind_of
from escplaybook.store.memory import Memory
from escplaybook.store.records import by_key, get

HOW = {"call": How.CALL, "mail": How.MAIL, "chat": How.CHAT, "in-person": How.IN_PERSON}
"""How a point may be proved, as the command line calls it."""


@click.command("verify")
@click.argument("key")
@click.option("--point", default="", metavar="N|VALUE", help="Which point, by place or value; else the first called.")
@click.option("--how", type=click.Choice(list(HOW)), default=None, help="It works, and this is how that was proved.")
@click.option("--by", default="", metavar="NAME", help="Who proved it; else you.")
@click.option("--failed", default=None, metavar="REASON", help="It was tried in vain.")
@click.option("--value", default="", metavar="NEW", help="What it is now; believed only with --how.")
@takes_json
@takes_at
@takes_book
def verify_contact(
    key: str,
    point: str,
    how: str | None,
    by: str,
    failed: str | None,
    value: str,
    as_json: bool,
    now: datetime,
    book_path: Path | None,
) -> None:
    """Write down that a number or address works, failed, or is another one now; KEY may be a vendor's, too."""
    if failed is not None and (how or value):
        raise click.UsageError("A point either works or failed: give --failed alone.")
    if not how and failed is None and not value:
        raise click.UsageError("Say --how it was proved, that it --failed, or what its --value is now.")
    with opened(book_path) as book:
        holder = by_key(book, key)
        if not isinstance(holder, Contact | Vendor):
            raise NotFound(f"{holder.key} is neither a contact nor a vendor; nothing was stored.")
        chosen = _chosen(holder, point)
        result = Result(holder.id, chosen.value, HOW[how] if how else "", failed, value)
        verifying.verify(book, [result], now, by=by)
        after = get(book, type(holder), holder.id)
        if as_json:
            tell_json(whole(book, after))
            return
        written = next(one for one in points_of(after) if one.value == (value or chosen.value))
        weight = verifying.importances_of(book).get(after.id, Importance.NOBODY)
        click.echo(f"{after.key} {after.name}: {written.value}, {proof_words(written, weight, now.date())}")
        fault = fault_of(written, getattr(after, "country", ""))
        if fault:
            click.echo(fault, err=True)


@click.command("round")
@takes_json
@takes_at
@takes_book
def verification_round(as_json: bool, now: datetime, book_path: Path | None) -> None:
    """Every number and address that is to be proved again, the riskiest first."""
    with opened(book_path, read_only=True) as book:
        found = verifying.round_at(book, now)
    if as_json:
        tell_json([_told(check, now) for check in found])
    elif not found:
        click.echo("Every number is proved.")
    else:
        tell_table([_row(check, now) for check in found])


@click.command("key-in")
@click.argument("file", type=FILE)
@click.option("--how", type=click.Choice(list(HOW)), default="call", show_default=True, help="How they were proved.")
@click.option("--by", default="", metavar="NAME", help="Who proved them; else you.")
@takes_json
@takes_at
@takes_book
@click.pass_context
def key_results_in(
    ctx: click.Context, file: Path, how: str, by: str, as_json: bool, now: datetime, book_path: Path | None
) -> None:
    """Key in the results of a printed call list, one a line: “12 ok”, “13 failed no answer”, “14 now +44 …”.

    FILE may be - for standard input. What cannot be read is told line by line, the rest is stored; then exit 3.
    """
    text = text_of(file)
    with opened(book_path) as book:
        memory = Memory(book.path)
        try:
            keyed = key_in(book, memory, text, now, how=HOW[how], by=by)
        finally:
            memory.close()
    if not tell_keyed(keyed, as_json):
        ctx.exit(ANSWER_IS_NO)


def tell_keyed(keyed: Keyed, as_json: bool) -> bool:
    """Say what was keyed in and which lines nobody could read; tells whether all could be."""
    if as_json:
        unread = [{"line": line, "reason": why} for line, why in keyed.unread]
        tell_json({"keyed": keyed.count, "changed": [edit.record.key for edit in keyed.edits], "unread": unread})
    else:
        for line, why in keyed.unread:
            click.echo(f"line {line}: {why}", err=True)
        click.echo(f"Keyed in {keyed.count} result{'' if keyed.count == 1 else 's'}.")
    return not keyed.unread


def tell_dialling(point: ContactPoint, country: str, here: str) -> dict[str, Any]:
    """A number as every telephone knows it and as dialled `here`, and what is wrong with a point."""
    number = number_of(point.value, country) if is_number(point) else None
    return {
        "e164": number.e164 if number else None,
        "dial": number.dialled_from(here) if number else None,
        "fault": fault_of(point, country) or None,
    }


def _chosen(holder: Contact | Vendor, wanted: str) -> ContactPoint:
    """The point that is meant: by its place in the list, by its value, or the one that is called first."""
    points = points_of(holder)
    if not points:
        raise NotFound(f"{holder.name} has no number or address yet; nothing was stored. Add one first.")
    if not wanted:
        chosen = first_called(points)
        assert chosen is not None  # there are points
        return chosen
    plain = "".join(wanted.split()).casefold()
    for point in points:
        if "".join(point.value.split()).casefold() == plain:
            return point
    if wanted.isdecimal() and 1 <= int(wanted) <= len(points):
        return points[int(wanted) - 1]
    there = "; ".join(f"{number} {point.value}" for number, point in enumerate(points, start=1))
    raise NotFound(f"{holder.name} has no point “{wanted}”; nothing was stored. There are: {there}.")


def text_of(file: Path) -> str:
    """What stands in a text file, or on standard input if it is -. Raises Unreadable."""
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise Unreadable(f"{file} cannot be read ({why}); nothing was stored.") from error


def _told(check: Check, now: datetime) -> dict[str, Any]:
    point, until = check.point, next_check(check.point, check.importance)
    return {
        "kind": kind_of(type(check.holder)).name,
        "key": check.holder.key,
        "name": check.holder.name,
        "level": check.level,
        "point": {"kind": point.kind, "value": point.value, "label": point.label},
        "why": check.importance.words,
        "state": proof_words(point, check.importance, now.date()),
        "verified": point.verified.isoformat() if point.verified else None,
        "failed": point.failed.isoformat() if point.failed else None,
        "next_check": until.isoformat() if until else None,
    }


def _row(check: Check, now: datetime) -> tuple[str, ...]:
    holder, point = check.holder, check.point
    said = proof_words(point, check.importance, now.date())
    return holder.key, holder.name, check.importance.words, f"{point.kind} {point.value}", said
