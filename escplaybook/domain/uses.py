"""Uses: a known blocker's remedy applied to a blocker, and what came of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.knowledge import Entry


class Outcome(StrEnum):
    """What came of a use. `not applicable`: it was another blocker, so the use says nothing of the remedy."""

    WORKED = "worked"
    PARTLY = "partly"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Tick:
    """A step that was done. `number` counts from 1, `action` is the step as it read then, `evidence` what was seen."""

    number: int
    action: str
    at: datetime
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """One application of the entry with the id `entry`.

    `by` is a name, for people leave and their evidence stays. `environment` says where it was used, `note` what was
    seen; `blocker` is the id of the blocker at hand that it was used on. `wording` tells which wording of the remedy
    was used (see `wording_of`). A use recorded by mistake is retired and counts no more.
    """

    id: str
    entry: str
    outcome: Outcome
    by: str
    at: datetime
    created: datetime
    updated: datetime
    key: str = ""
    environment: str = ""
    note: str = ""
    blocker: str | None = None
    ticks: tuple[Tick, ...] = ()
    wording: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise InvalidRecord("Say who used it.")


def wording_of(entry: Entry) -> str:
    """A short fingerprint of what people apply: the remedy, its steps and the workaround.

    Spelt field by field, so that a field added to a step one day changes no fingerprint that was stored.
    """
    parts = [entry.remedy, entry.workaround]
    for step in entry.steps:
        parts += [step.action, step.precondition, step.expected, step.rollback]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]
