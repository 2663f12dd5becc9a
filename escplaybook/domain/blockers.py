"""Blockers at hand: what stalls a milestone now, since when, and who has taken it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import Fact
from escplaybook.domain.impact import Impact


class BlockerState(StrEnum):
    """How far a blocker at hand has come."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


INTAKE = ("context", "dependencies", "options", "risk")
"""The fields that a ticket must carry."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A ticket, task or risk in another tool."""

    key: str
    system: str = ""
    url: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Blocker:
    """An obstacle that stalls a milestone. `deployment`, `entry`, `edition` and the two people are ids.

    `context`, `dependencies`, `options` (possible workarounds) and `risk` are the intake checklist, in Markdown.
    `observed` is when it was first seen, `notified` when the first level was told, `acknowledged` when somebody took
    it (the first one never moves), `resolved` when its impact ended. `entry` is the known blocker that was used.
    `sub_class` is one of its cause class (see `domain.causes`), or empty.
    `impact` are the answers that its severity came from, `facts` what was measured, in the order it was written down.
    `classified` is since when severity, place and impact are what they are; None: since it was raised.
    `edition` is the edition of the matrix it works by (see `living_matrix.pinned`); None: the matrix as it stands.
    """

    id: str
    title: str
    severity: Severity
    observed: datetime
    created: datetime
    updated: datetime
    key: str = ""
    deployment: str | None = None
    stage: str = ""
    cause_class: CauseClass = CauseClass.INTERNAL
    sub_class: str = ""
    system: str = ""
    data_domain: str = ""
    milestone: str = ""
    context: str = ""
    dependencies: str = ""
    options: str = ""
    risk: str = ""
    owner: str | None = None
    notified: datetime | None = None
    acknowledged: datetime | None = None
    acknowledged_by: str | None = None
    resolved: datetime | None = None
    resolution: str = ""
    entry: str | None = None
    references: tuple[Reference, ...] = ()
    tags: tuple[str, ...] = ()
    impact: Impact | None = None
    facts: tuple[Fact, ...] = ()
    classified: datetime | None = None
    edition: str | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidRecord("Say in one line what is blocked.")
        for name, instant in (("acknowledged", self.acknowledged), ("resolved", self.resolved)):
            if instant is not None and instant < self.observed:
                raise InvalidRecord(f"A blocker cannot be {name} before it was observed.")

    @property
    def state(self) -> BlockerState:
        """How far it has come."""
        if self.resolved is not None:
            return BlockerState.RESOLVED
        return BlockerState.ACKNOWLEDGED if self.acknowledged is not None else BlockerState.RAISED


_CLASSIFYING = ("severity", "deployment", "stage", "cause_class", "sub_class", "system", "data_domain", "impact")


def reclassified(before: Blocker, after: Blocker, now: datetime) -> Blocker:
    """`after`, with since when it is what it is if anything changed by which cells and triggers are chosen."""
    if any(getattr(before, name) != getattr(after, name) for name in _CLASSIFYING):
        return replace(after, classified=now)
    return after
