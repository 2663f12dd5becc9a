"""What is told of a square: who answers and whether they can be reached, by when, to what end, with which rights."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication

from escplaybook.domain.audit import Grade
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.durations import format_span
from escplaybook.domain.hours import is_open
from escplaybook.domain.matrix import Cell, DecisionRight, rights_of
from escplaybook.domain.programme import Programme
from escplaybook.domain.verification import Importance, Importances, Reach, importances, reachability
from escplaybook.ui.duty.told import away_now, duty_now, name_in
from escplaybook.ui.matrix.sheets import Square
from escplaybook.ui.matrix.words import calendar_words, sheet_name, sheet_of

AUDIT = "audit"
"""The act that goes to the first finding of a square."""

ROLES = {Grade.ERROR: "badSmall", Grade.WARNING: "warn", Grade.ADVICE: "small"}

GO = "go:"
"""Begins the name of an act that goes to another square, whose address follows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and the role in which it is set: small, good, warn, bad, or plain."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands below it, and what may be done about it: the acts' names with their words."""

    heading: str
    lines: tuple[Line, ...]
    acts: tuple[tuple[str, str], ...] = ()


def sections_of(square: Square, found: Programme, now: datetime) -> Iterator[Section]:
    """What there is to tell of a square that has a cell, in reading order."""
    cell = square.cell
    if cell is None:
        if (refined := refined_section(square, found)) is not None:
            yield refined
        return
    if cell.not_escalated:
        yield Section(_tr("Not escalated"), (Line(_tr("A blocker of this severity does not climb to this level.")),))
    else:
        weights = importances(found)
        yield _person(_tr("Owner"), square.owner, found, weights, now, square, "owner")
        yield _person(_tr("Backup"), square.backup, found, weights, now, square, "backup")
        for deputy in square.deputies:
            yield _person(_tr("Deputy"), deputy, found, weights, now, square, "deputies")
        if targets := _targets(cell):
            counted = calendar_words(cell)
            yield Section(_tr("By when"), (*targets, *([Line(counted, "small")] if counted else [])))
    for heading, text in (
        (_tr("What this level must bring about"), cell.outcome),
        (_tr("Asked when"), cell.entry_criterion),
        (_tr("Channel"), cell.channel),
    ):
        if text:
            yield Section(heading, (Line(text),))
    if square.owner is not None and not cell.not_escalated:
        held = rights_of(found.rights, square.place, square.owner.id, now.date())
        lines = tuple(Line(right_words(right)) for right in held) or (Line(_tr("No right is written down."), "small"),)
        yield Section(_tr("May decide"), lines, (("rights", _tr("All decision rights")),))
    if square.findings:
        lines = tuple(Line(finding.what, ROLES[finding.rule.grade]) for finding in square.findings)
        yield Section(_tr("Findings"), lines, ((AUDIT, _tr("Why, and how to mend it")),))
    if (refined := refined_section(square, found)) is not None:
        yield refined


def refined_section(square: Square, found: Programme) -> Section | None:
    """Which parts of the sheet set the square apart, each a step away."""
    if not square.refined:
        return None
    acts = []
    for cell in square.refined:
        owner = found.contacts.get(cell.owner or "")
        who = _tr("not escalated") if cell.not_escalated else owner.name if owner else _tr("no owner")
        address = replace(square, sheet=sheet_of(cell)).address
        acts.append((GO + address, f"{sheet_name(sheet_of(cell), found)}: {who}"))
    return Section(_tr("Set apart for"), (), tuple(sorted(acts, key=lambda act: act[1])))


def right_words(right: DecisionRight) -> str:
    """A decision right in a line: “Temporary workaround up to 72 h”."""
    decision = right.decision[:1].upper() + right.decision[1:]
    return f"{decision} ({right.threshold})" if right.threshold else decision


def reach_of(person: Contact, weights: Importances, now: datetime) -> Line:
    """Whether somebody can be reached, by what was last proved: “Ready: one number verified 9 days ago”."""
    if person.retired is not None:
        return Line(_tr("No longer in use"), "badSmall")
    reached = reachability(person.points, weights.get(person.id, Importance.NOBODY), now.date())
    roles = {Reach.READY: "good", Reach.PARTLY: "warn", Reach.NOT: "badSmall"}
    return Line(str(reached), roles[reached.reach])


def local_words(person: Contact, now: datetime) -> str:
    """Where somebody is and what time it is there, and whether that is outside their hours."""
    local = now.astimezone(zone_named(person.zone))
    city = person.zone.rpartition("/")[2].replace("_", " ")
    told = _tr("{0}, {1} there").format(city, f"{local:%H:%M}")
    return told if is_open(person.hours, local) else _tr("{0} · off duty").format(told)


def _person(
    heading: str,
    person: Contact | None,
    found: Programme,
    weights: Importances,
    now: datetime,
    square: Square,
    act: str,
) -> Section:
    if person is None:
        if not square.is_own:
            return Section(heading, (Line(_tr("nobody"), "muted"),))
        words = {"owner": _tr("Choose an owner …"), "backup": _tr("Choose a backup …")}
        return Section(heading, (), ((act, words[act]),))
    name_of = partial(name_in, found.contacts)
    if told := duty_now(person, found.roster, name_of, now):
        lines = [Line(person.name), Line(told, "small")]
    elif told := away_now(person, found.roster, name_of, now):
        lines = [Line(person.name), Line(told[:1].upper() + told[1:], "warn"), reach_of(person, weights, now)]
    else:
        lines = [Line(person.name), Line(local_words(person, now), "small"), reach_of(person, weights, now)]
    if person.role:
        lines.insert(1, Line(person.role, "small"))
    is_gone = person.retired is not None and square.is_own
    return Section(heading, tuple(lines), ((act, _tr("Choose somebody else …")),) if is_gone else ())


def _targets(cell: Cell) -> tuple[Line, ...]:
    named = (
        (_tr("Answer in {0}"), cell.acknowledge),
        (_tr("Act in {0}"), cell.act),
        (_tr("Resolve in {0}"), cell.resolve),
    )
    return tuple(Line(words.format(format_span(span))) for words, span in named if span is not None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("matrix", text)
