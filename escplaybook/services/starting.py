"""A matrix to begin with: four severities tied to business impact, four levels, and what a ticket must carry."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from escplaybook.domain.classification import Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Level, SeverityDefinition
from escplaybook.domain.programme import Programme

INTAKE = (
    "What stands still, since when, and who sees it",
    "The milestone it stalls, and what waits behind it",
    "Workarounds thought of, and what speaks against each",
    "What is lost if nothing happens today",
)
"""What a ticket must carry at every severity: context, dependencies, workaround options, risk."""

SEVERITIES: dict[Severity, tuple[str, str, tuple[str, ...], timedelta, str]] = {
    Severity.S1: (
        "Business stands still",
        "Go-live or data integrity is at risk, or a business process stands still.",
        ("Nobody can sign in", "Orders are written twice", "The migration cannot go on in the night of go-live"),
        timedelta(minutes=30),
        "Call, then bridge; updates in writing to the single point of contact",
    ),
    Severity.S2: (
        "Milestone slips",
        "A milestone of this week slips, or many people work around it by hand.",
        ("The interface to one partner fails", "A report for acceptance cannot be made"),
        timedelta(hours=2),
        "Call in working hours, else chat; updates in writing",
    ),
    Severity.S3: (
        "Work goes on",
        "Work goes on; no date is at risk yet.",
        ("One role cannot open a page", "A job takes twice its time"),
        timedelta(days=1),
        "Chat and ticket",
    ),
    Severity.S4: (
        "Question or flaw",
        "A question, or a flaw that stops nobody.",
        ("A label is wrong", "A setting is not documented"),
        timedelta(days=7),
        "Ticket",
    ),
}
"""Each severity's name, criteria, examples, time between updates and channels."""

LEVELS = (
    ("Team lead", "unblock within the team"),
    ("Project manager", "move people and dates"),
    ("Director", "change scope, spend"),
    ("Executive sponsor", "lean on the other side"),
)
"""The levels from the first asked on, each with what it is there to bring about."""


def matrix_to_start_with(found: Programme, now: datetime) -> tuple[Edit, ...]:
    """The edits that give a programme four severities and four levels; what it has already stays as it is."""
    return (*_severities(found, now), *_levels(found, now))


def _severities(found: Programme, now: datetime) -> Iterator[Edit]:
    defined = {definition.severity for definition in found.severities if definition.retired is None}
    for severity, (name, criteria, examples, cadence, channels) in SEVERITIES.items():
        if severity not in defined:
            definition = SeverityDefinition(
                id=new_id(now),
                severity=severity,
                name=name,
                criteria=criteria,
                examples=examples,
                cadence=cadence,
                channels=channels,
                intake=INTAKE,
                created=now,
                updated=now,
            )
            yield Edit(None, definition)


def _levels(found: Programme, now: datetime) -> Iterator[Edit]:
    taken = {level.rank for level in found.levels if level.retired is None}
    for rank, (name, purpose) in enumerate(LEVELS, start=1):
        if rank not in taken:
            yield Edit(None, Level(id=new_id(now), rank=rank, name=name, purpose=purpose, created=now, updated=now))
