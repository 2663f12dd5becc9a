"""Triggers: measurable conditions that make an escalation due, and how they are said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from escplaybook.domain.classification import Severity
from escplaybook.domain.durations import format_span
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import Quantity, fact_name, parse_quantity


class Comparator(StrEnum):
    """How a subject is measured: whether it is so, or against a number."""

    IS_SO = "is so"
    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"


OPEN, NOT_NOTIFIED, NOT_ACKNOWLEDGED, ACKNOWLEDGED = "open", "not notified", "not acknowledged", "acknowledged"
STATES = (OPEN, NOT_NOTIFIED, NOT_ACKNOWLEDGED, ACKNOWLEDGED)
"""What the book knows of every blocker by itself, by the name that conditions call it."""

MONEY, USERS = "money lost", "users hindered"
MEASURES = {MONEY: "a day", USERS: "%"}
"""What the impact answers tell of a blocker, and the unit it is measured in."""

SUB_CLASS = "sub-class "
"""Begins the side condition that asks for a sub-class of causes: “sub-class vendor”."""

_SIDE = re.compile(r"(?P<no>not\s+)?(?P<name>[^<>=]+?)\s*(?:(?P<by>>=|<=|>|<)\s*(?P<than>[^<>=]+))?", re.IGNORECASE)
_LONGEST_SIDE = 160
_SIGNS = {"≥": ">=", "≤": "<="}
"""How people write comparisons, and how they are kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that holds or does not: a fact that is so, or a number against which one is measured."""

    name: str
    comparator: Comparator = Comparator.IS_SO
    than: Quantity | None = None
    negated: bool = False

    def __str__(self) -> str:
        words = self.name if self.than is None else f"{self.name} {self.comparator} {self.than}"
        return f"not {words}" if self.negated else words


@dataclass(frozen=True, slots=True)
class Trigger:
    """Makes escalating to `level` due once its condition has held for `duration`.

    The condition is `subject` (a fact's name, one of STATES or MEASURES), measured by `comparator` against `value`
    and `unit`, while every one of `side_conditions` holds (“downstream blocked”, “not paid”, “error rate >= 5 %”,
    “sub-class vendor”).
    A hand-written `expression` takes the place of all of these. `observer` says who or what sees it. An empty
    `severity`, `stage` or `deployment` means any. `engineering` and `business` are the contacts who reviewed it, on
    those days; until both have, nothing is due by it.
    """

    id: str
    name: str
    created: datetime
    updated: datetime
    key: str = ""
    subject: str = ""
    comparator: Comparator = Comparator.IS_SO
    value: str = ""
    unit: str = ""
    duration: timedelta | None = None
    side_conditions: tuple[str, ...] = ()
    expression: str = ""
    observer: str = ""
    level: int = 1
    severity: Severity | None = None
    stage: str = ""
    deployment: str | None = None
    engineering: str | None = None
    engineering_on: date | None = None
    business: str | None = None
    business_on: date | None = None
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRecord("Give the trigger a name, like “Data sync blocked”.")
        if self.level < 1:
            raise InvalidRecord("Levels count from 1.")
        if self.duration is not None and self.duration <= timedelta(0):
            raise InvalidRecord("A condition must hold for more than zero time.")
        if self.engineering is not None and self.engineering == self.business:
            raise InvalidRecord("Two sides review a trigger: name another person for business than for engineering.")


_CONDITION = (
    "subject",
    "comparator",
    "value",
    "unit",
    "duration",
    "side_conditions",
    "expression",
    "observer",
    "level",
)
_SCOPE = ("severity", "stage", "deployment")
_REVIEWS = ("engineering", "engineering_on", "business", "business_on")


def subject_of(trigger: Trigger) -> Part:
    """What the form's subject, comparator, value and unit measure. Raises InvalidRecord if they say nothing yet."""
    name = fact_name(trigger.subject)
    if trigger.comparator is Comparator.IS_SO:
        return Part(name)
    return Part(name, trigger.comparator, parse_quantity(f"{trigger.value} {trigger.unit}"))


def side_of(text: str) -> Part:
    """What one side condition measures. Raises InvalidRecord if it cannot be read."""
    plain = " ".join(text.split())
    for sign, kept in _SIGNS.items():
        plain = plain.replace(sign, kept)
    found = _SIDE.fullmatch(plain) if len(plain) <= _LONGEST_SIDE else None
    if found is None:
        raise InvalidRecord(f"“{text}” is no condition; write it like “downstream blocked” or “error rate >= 5 %”.")
    name, negated = fact_name(found["name"]), found["no"] is not None
    if negated and f"not {name.casefold()}" in STATES:
        name, negated = f"not {name.casefold()}", False
    if found["by"] is None:
        return Part(name, negated=negated)
    return Part(name, Comparator(found["by"]), parse_quantity(found["than"]), negated)


def sub_class_of(part: Part) -> str:
    """The sub-class of causes that a part asks for; empty if it asks for something else."""
    return part.name[len(SUB_CLASS) :] if part.name.casefold().startswith(SUB_CLASS) else ""


def condition_words(trigger: Trigger) -> str:
    """The condition as one reads it: “error rate ≥ 5 %, for 10 min, while downstream blocked”."""
    if trigger.expression:
        return trigger.expression
    measured = trigger.subject
    if trigger.comparator is not Comparator.IS_SO:
        measured = f"{trigger.subject} {trigger.comparator} {trigger.value} {trigger.unit}".strip()
    held = f", for {format_span(trigger.duration)}" if trigger.duration is not None else ""
    sides = " and ".join(trigger.side_conditions)
    told = f"{measured}{held}" + (f", while {sides}" if sides else "")
    for sign, kept in _SIGNS.items():
        told = told.replace(kept, sign)
    return told


def in_force_since(trigger: Trigger) -> datetime | None:
    """From when on the trigger makes anything due: the day of the later review; None while one is missing."""
    if trigger.retired is not None or None in (trigger.engineering, trigger.business):
        return None
    if trigger.engineering_on is None or trigger.business_on is None:
        return None
    return datetime.combine(max(trigger.engineering_on, trigger.business_on), time(), UTC)


def missing_reviews(trigger: Trigger) -> list[str]:
    """The sides that have not reviewed it yet."""
    done = {
        "engineering": trigger.engineering is not None and trigger.engineering_on is not None,
        "business": trigger.business is not None and trigger.business_on is not None,
    }
    return [side for side, is_done in done.items() if not is_done]


def to_review_anew(before: Trigger, after: Trigger) -> Trigger:
    """`after`, without reviews that were of another condition: what was reviewed is what `before` said."""

    def differs(names: Iterable[str]) -> bool:
        return any(getattr(before, name) != getattr(after, name) for name in names)

    if not differs((*_CONDITION, *_SCOPE)):
        return after
    kept = {side: differs((side, f"{side}_on")) for side in ("engineering", "business")}
    cleared: dict[str, Any] = {name: None for name in _REVIEWS if not kept[name.removesuffix("_on")]}
    return replace(after, **cleared)
