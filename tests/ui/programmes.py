"""A believable programme in a book: four levels of people, a full default matrix, and what its stages set apart."""

from datetime import date, timedelta
from typing import Any

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.services import editing
from escplaybook.services.starting import matrix_to_start_with
from escplaybook.store.book import Book
from escplaybook.store.programme import programme
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}

PEOPLE = {
    "mara": ("Mara Lindqvist", "Integration lead", "Europe/Stockholm", "", 9),
    "jun": ("Jun Park", "Second integration lead", "Asia/Seoul", "", 40),
    "deniz": ("Deniz Aydin", "Project manager", "Europe/Istanbul", "Mon-Fri 08:00-22:00", 31),
    "ruth": ("Ruth Mensah", "Programme manager", "Africa/Accra", "", 12),
    "ingrid": ("Ingrid Solberg", "Delivery director", "Europe/Oslo", "Mon-Fri 07:00-19:00", 9),
    "paul": ("Paul Adeyemi", "Executive sponsor", "Asia/Singapore", "", 140),
    "ana": ("Ana Ferreira", "Customer lead", "Europe/Lisbon", "", 3),
    "hubert": ("Hubertus-Maximilian von Schwarzenfels-Donnersmarck", "Leiter Revision", "Europe/Berlin", "", 5),
    "layla": ("ليلى عبد الرحمن", "مديرة المشروع", "Asia/Dubai", "", 20),
}


def minutes(*numbers: int | None) -> list[timedelta | None]:
    return [None if number is None else timedelta(minutes=number) for number in numbers]


TARGETS = {
    Severity.S1: ((5, 30), (15, 60), (30, 120), (60, 240)),
    Severity.S2: ((15, 120), (30, 240), (120, 480), (240, 1440)),
    Severity.S3: ((60, 1440), (240, 2880), (1440, 7200), None),
    Severity.S4: ((1440, 7200), (2880, 14400), None, None),
}
"""Acknowledge and resolve in minutes, level by level; None: not escalated to it."""

DEFAULT = (("mara", "jun"), ("deniz", "ruth"), ("ingrid", None), ("paul", "ana"))


def person(name: str) -> Contact:
    full, role, zone, hours, days = PEOPLE[name]
    points = (ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", verified=NOW.date() - timedelta(days=days)),)
    return Contact(id=new_id(NOW), name=full, role=role, zone=zone, hours=hours, points=points, **BORN)


def cell(severity: Severity, level: int, owner: Contact | None, backup: Contact | None = None, **fields: Any) -> Cell:
    targets = TARGETS[severity][level - 1]
    acknowledge, resolve = minutes(*targets) if targets else (None, None)
    told = {"acknowledge": acknowledge, "resolve": resolve, "not_escalated": targets is None}
    return Cell(
        id=new_id(NOW),
        severity=severity,
        level=level,
        owner=owner.id if owner else None,
        backup=backup.id if backup else None,
        **(BORN | told | fields),
    )


def fill(book: Book) -> dict[str, Any]:
    """Put the programme into the book; returns people and deployment by their short names."""
    people = {name: person(name) for name in PEOPLE}
    harbour = Deployment(
        id=new_id(NOW),
        name="Harbour ERP",
        stages=(
            StageDates("integration", date(2026, 9, 1), date(2026, 12, 15)),
            StageDates("Probelauf mit Echtdaten", date(2026, 12, 16), date(2027, 1, 20)),
        ),
        point_of_contact=people["ana"].id,
        **BORN,
    )
    cells = []
    for severity in Severity:
        for level, (owner, backup) in enumerate(DEFAULT, start=1):
            if TARGETS[severity][level - 1] is None:
                cells.append(cell(severity, level, None))
            else:
                told = "A decision on scope or money, in writing to the single point of contact."
                outcome = told if level == 3 else "Somebody has taken it."
                cells.append(cell(severity, level, people[owner], people.get(backup or ""), outcome=outcome))
    cells.append(cell(Severity.S1, 3, people["ingrid"], people["ruth"], stage="integration"))
    cells.append(cell(Severity.S2, 3, people["hubert"], people["layla"], stage="integration"))
    cells.append(cell(Severity.S1, 1, people["layla"], people["hubert"], stage="go-live", deployment=harbour.id))
    cells.append(cell(Severity.S2, 2, people["ruth"], people["deniz"], cause_class=CauseClass.EXTERNAL))
    rights = [
        DecisionRight(id=new_id(NOW), decision=decision, threshold=threshold, decider=people[who].id, **BORN, **fields)
        for decision, threshold, who, fields in (
            ("change the design", "up to 20 days of work", "ingrid", {"alternate": people["ruth"].id}),
            ("authorise a temporary workaround", "up to 72 h", "ingrid", {"expires": date(2026, 12, 10)}),
            ("roll back", "", "deniz", {"stage": "testing", "severity": Severity.S1}),
        )
    ]
    named = {**people, "harbour": harbour}
    stored = editing.apply(book, "Add people", *(Edit(None, record) for record in named.values()), now=NOW)
    editing.apply(book, "Start the matrix", *matrix_to_start_with(programme(book), NOW), now=NOW)
    editing.apply(book, "Fill the matrix", *(Edit(None, record) for record in (*cells, *rights)), now=NOW)
    return {name: edit.after for name, edit in zip(named, stored, strict=True)}
