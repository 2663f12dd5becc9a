"""A small programme to print cards of, of which only what matters to the story need be said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
TODAY = NOW.date()
BORN: dict[str, Any] = {"created": NOW, "updated": NOW}
LEVELS = ("Team lead", "Project manager", "Director", "Executive sponsor")
PEOPLE = {
    "mara": ("Mara Lindqvist", "+46 70 174 06 31", 9),
    "jun": ("Jun Park", "+44 7700 900 317", 20),
    "deniz": ("Deniz Aydin", "+44 7700 900 240", 31),
    "ingrid": ("Ingrid Solberg", "+46 70 174 06 23", 12),
    "paul": ("Paul Adeyemi", "+44 7700 900 142", 140),
    "ana": ("Ana Ferreira", "+44 7700 900 455", 17),
}
HARBOUR = Deployment("d1", "Harbour ERP", point_of_contact="ana", deputy="jun", zone="Europe/Stockholm", **BORN)


def number(value: str, days: int | None = 9, **fields: Any) -> ContactPoint:
    verified = None if days is None else TODAY - timedelta(days=days)
    return ContactPoint(fields.pop("kind", PointKind.MOBILE), value, verified=verified, **fields)


def person(key: str, name: str, value: str = "+46 70 174 06 31", days: int = 9, **fields: Any) -> Contact:
    basics = {"points": (number(value, days),)}
    return Contact(key, name, **BORN, **(basics | fields))


def cell(severity: Severity, level: int, owner: str | None = None, backup: str | None = None, **fields: Any) -> Cell:
    times = {"acknowledge": timedelta(minutes=5), "act": timedelta(minutes=15)}
    where = "".join(str(fields.get(name)) for name in ("stage", "cause_class", "deployment"))
    return Cell(f"{severity}{level}{where}", severity, level, owner=owner, backup=backup, **BORN, **(times | fields))


def right(decision: str, decider: str | None, alternate: str | None = None, **fields: Any) -> DecisionRight:
    key = f"{decision}{fields.get('threshold', '')}"
    return DecisionRight(key, decision, decider=decider, alternate=alternate, **BORN, **fields)


def definition(severity: Severity, channels: str = "Bridge, room 31") -> SeverityDefinition:
    return SeverityDefinition(severity, severity, "Stop", channels=channels, cadence=timedelta(minutes=30), **BORN)


OWNERS = ("mara", "deniz", "ingrid", "paul")
BACKUPS = ("jun", "jun", None, "ana")
CELLS = tuple(
    cell(severity, level, owner, backup, acknowledge=timedelta(minutes=minutes))
    for severity, minutes in ((Severity.S1, 5), (Severity.S2, 15))
    for level, (owner, backup) in enumerate(zip(OWNERS, BACKUPS, strict=True), start=1)
)
RIGHTS = (
    right("Pause the load", "mara", "jun"),
    right("Roll back the release", "ingrid", expires=date(2026, 12, 31)),
    right("Spend", "ingrid", threshold="up to 20 000"),
    right("Spend", "paul", threshold="over 20 000"),
)


def programme(**parts: Any) -> Programme:
    people = parts.pop("people", None) or [person(key, *facts) for key, facts in PEOPLE.items()]
    names = parts.pop("levels", LEVELS)
    basics = {
        "contacts": {one.id: one for one in people},
        "vendors": (),
        "agreements": (),
        "deployments": (HARBOUR,),
        "severities": tuple(definition(severity) for severity in (Severity.S1, Severity.S2)),
        "levels": tuple(Level(f"l{rank}", rank, name, **BORN) for rank, name in enumerate(names, start=1)),
        "cells": CELLS,
        "rights": RIGHTS,
        "blockers": (),
    }
    return Programme(**(basics | parts))
