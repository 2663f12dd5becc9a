"""How long it takes to look at every hour of the coming month, beside asking `routing` hour by hour."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

from figures import Figure, milliseconds, percentile

from escplaybook.domain.classification import STAGES, CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.coverage import coverage
from escplaybook.domain.matrix import Cell, DecisionRight, Level
from escplaybook.domain.programme import Programme
from escplaybook.domain.roster import Roster
from escplaybook.domain.routing import who_answers

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
BORN = {"created": NOW, "updated": NOW}
ZONES = ("Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "America/St_Johns")
HOURS = ("", "Mon-Fri 08:00-17:00", "Mon-Sun 22:00-06:00")
PEOPLE, DAYS, SAMPLED = 200, 30, 2_000


def measure() -> Iterator[Figure]:
    """The figure of DESIGN's table: 4 stages × 4 severities × 2 cause classes × 4 levels, 200 contacts, 30 days."""
    whole = _programme(random.Random(7))
    took = percentile([milliseconds(lambda: coverage(whole, NOW, DAYS)) for _ in range(5)], 0.5) / 1000
    roster = Roster(whole.absences, whole.rotations)
    hours = DAYS * 24
    asked = [(random.Random(n).choice(whole.cells), NOW + timedelta(hours=n % hours)) for n in range(SAMPLED)]
    slow = milliseconds(lambda: [who_answers(cell, at, whole.contacts, roster) for cell, at in asked]) / 1000
    raw = slow / SAMPLED * len(whole.cells) * hours
    at = f"{len(whole.cells)} cells, {PEOPLE} contacts"
    yield Figure(
        f"coverage of {DAYS} days, every hour", at, "≤ 1 s", f"{took:.2f} s", f"{raw:.1f} s", took / raw, took <= 1
    )


def _programme(chance: random.Random) -> Programme:
    point = ContactPoint(PointKind.MOBILE, "+44 7700 900 101")
    names = [f"c{number}" for number in range(PEOPLE)]
    people = {
        name: Contact(
            id=name,
            name=name,
            points=(point,),
            zone=chance.choice(ZONES),
            hours=chance.choice(HOURS),
            deputy=names[number - 1] if number % 2 else None,
            **BORN,
        )
        for number, name in enumerate(names)
    }
    levels = tuple(Level(id=f"l{rank}", rank=rank, name=f"Level {rank}", **BORN) for rank in range(1, 5))
    cells = []
    for stage, severity, cause, level in product(STAGES[:4], Severity, CauseClass, levels):
        owner, backup = chance.sample(names, 2)
        cells.append(
            Cell(
                id=f"x{len(cells)}",
                severity=severity,
                level=level.rank,
                stage=stage,
                cause_class=cause,
                owner=owner,
                backup=backup,
                acknowledge=timedelta(minutes=15),
                **BORN,
            )
        )
    rights = tuple(
        DecisionRight(id=f"d{number}", decision="Roll back", decider=chance.choice(names), **BORN)
        for number in range(20)
    )
    return Programme(people, (), (), (), (), levels, tuple(cells), rights, ())
