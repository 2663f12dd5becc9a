"""A programme that the audit has nothing against, and the ways to change one thing about it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment, StageDates
from escplaybook.domain.liaison import PointOfContact
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.vendors import Entitlement, SeverityName, Vendor, VendorLevel
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
TODAY = NOW.date()
OWNERS, BACKUPS = ("mara", "deniz", "ingrid", "paul"), ("jun", "ruth", "danielle", "ana")

ACKNOWLEDGE = {
    Severity.S1: (5, 15, 30, 60),
    Severity.S2: (15, 30, 120, 240),
    Severity.S3: (60, 240, 1440, 1440),
    Severity.S4: (1440, 2880, 2880, 2880),
}
"""Minutes to acknowledge, level by level; one has twice as long to act and four times as long to resolve."""

DECISIONS = (
    ("Approve a design change", "initiation"),
    ("Authorise a temporary workaround", ""),
    ("Decide on a breach of a security policy", "integration"),
    ("Roll back", "testing"),
    ("Change the environment", "testing"),
    ("Inform the executive sponsor", "go-live"),
    ("Reallocate people between teams", ""),
    ("Negotiate with third parties", ""),
)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def point(kind: PointKind = PointKind.MOBILE, days: int = 5, value: str = "+46 70 174 06 31") -> ContactPoint:
    return ContactPoint(kind, value, verified=day(-days))


def person(name: str, **fields: Any) -> Contact:
    return Contact(id=name, name=name.capitalize(), **({"points": (point(),)} | BORN | fields))


def cell(severity: Severity, level: int, **fields: Any) -> Cell:
    minutes = timedelta(minutes=ACKNOWLEDGE[severity][level - 1])
    usual = {
        "id": f"{severity}-{level}",
        "owner": OWNERS[level - 1],
        "backup": BACKUPS[level - 1],
        "acknowledge": minutes,
        "act": 2 * minutes,
        "resolve": 4 * minutes,
        "entry_criterion": "The level below has not answered.",
        "outcome": "There is a way forward.",
    }
    return Cell(severity=severity, level=level, **(usual | BORN | fields))


def severity(code: Severity) -> SeverityDefinition:
    intake = ("Context", "Dependencies", "Possible workarounds", "Risk")
    told = {
        "criteria": "A milestone is at risk.",
        "examples": ("Orders stop.",),
        "channels": "Bridge",
        "intake": intake,
    }
    return SeverityDefinition(f"d{code}", code, "Stops", cadence=timedelta(minutes=30), **told, **BORN)


def programme() -> Programme:
    """Nothing is wrong with it at NOW."""
    spans = (("initiation", -90, -61), ("integration", -60, 9), ("testing", 10, 39), ("go-live", 40, 46))
    stages = (*spans, ("hypercare", 47, 80))
    harbour = Deployment(
        "harbour",
        "Harbour ERP",
        stages=tuple(StageDates(name, day(start), day(end)) for name, start, end in stages),
        go_live=day(41),
        point_of_contact="ana",
        deputy="jun",
        **BORN,
    )
    tidewater = Vendor(
        "tidewater",
        "Tidewater",
        levels=(VendorLevel("Support line", (point(PointKind.PHONE, value="+49 30 23125 014"),)),),
        entitlements=(Entitlement("TM-4471"),),
        severity_names=tuple(SeverityName(code, f"P{code[1]}") for code in Severity),
        **BORN,
    )
    support = Agreement(
        "support", "tidewater", AgreementKind.SUPPORT, signed=day(-100), end=day(500), owner="deniz", **BORN
    )
    taken = Blocker(
        "blocker",
        "Orders stop",
        Severity.S1,
        NOW - timedelta(hours=2),
        deployment="harbour",
        stage="integration",
        notified=NOW - timedelta(minutes=110),
        acknowledged=NOW - timedelta(minutes=106),
        acknowledged_by="mara",
        **BORN,
    )
    return Programme(
        contacts={name: person(name) for name in (*OWNERS, *BACKUPS)},
        vendors=(tidewater,),
        agreements=(support,),
        deployments=(harbour,),
        severities=tuple(severity(code) for code in Severity),
        definitions=(BlockerDefinition("what", "An obstacle that stalls a milestone.", **BORN),),
        levels=tuple(Level(f"l{rank}", rank, f"Level {rank}", purpose="Moves it on.", **BORN) for rank in (1, 2, 3, 4)),
        cells=tuple(cell(code, level) for code in Severity for level in (1, 2, 3, 4)),
        rights=tuple(
            DecisionRight(f"r{at}", said, stage=stage, decider="ingrid", alternate="paul", **BORN)
            for at, (said, stage) in enumerate(DECISIONS)
        ),
        blockers=(taken,),
        triggers=(trigger(),),
        points_of_contact=(PointOfContact("board", "harbour", "Board", person="ana", deputy="jun", **BORN),),
    )


def trigger(**fields: Any) -> Trigger:
    usual = {
        "id": "trigger",
        "name": "Data sync blocked",
        "subject": "data sync blocked",
        "duration": timedelta(hours=1),
        "observer": "Queue monitor, every minute",
        "level": 2,
        "engineering": "mara",
        "engineering_on": day(-9),
        "business": "ana",
        "business_on": day(-8),
    }
    return Trigger(**(usual | BORN | fields))


def with_one(found: Programme, name: str, one: str, **fields: Any) -> Programme:
    """The programme with other values in the record with that id, in the list of that name."""
    held = getattr(found, name)
    if isinstance(held, dict):
        return replace(found, **{name: held | {one: replace(held[one], **fields)}})
    assert any(record.id == one for record in held), one
    return replace(found, **{name: tuple(replace(record, **fields) if record.id == one else record for record in held)})


def with_more(found: Programme, name: str, *records: Any) -> Programme:
    """The programme with more records in the list of that name."""
    held = getattr(found, name)
    if isinstance(held, dict):
        return replace(found, **{name: held | {record.id: record for record in records}})
    return replace(found, **{name: (*held, *records)})


def long_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)
