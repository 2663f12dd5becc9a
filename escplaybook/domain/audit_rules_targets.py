"""Rules about time: every level has its limits, and none of them runs against another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from escplaybook.domain.audit_case import Case, Grade, Objection, Rule
from escplaybook.domain.classification import STAGES, Severity
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import Cell, Place

TARGETS = ("acknowledge", "act", "resolve")
GO_LIVE = "go-live"


def no_acknowledge(case: Case) -> Iterator[Objection]:
    """The next level's clock starts when this target lapses (see `routing.ladder`), so without it nothing climbs."""
    return _without(case, "acknowledge")


def no_resolve(case: Case) -> Iterator[Objection]:
    """Each level has a target resolution, else it can keep a blocker for ever."""
    return _without(case, "resolve")


def no_act(case: Case) -> Iterator[Objection]:
    """How long people have to acknowledge and to act."""
    return _without(case, "act")


def out_of_order(case: Case) -> Iterator[Objection]:
    """Acknowledge, act, resolve: one follows the other, so must their limits."""
    for cell in case.cells:
        held = [(name, getattr(cell, name)) for name in TARGETS if getattr(cell, name) is not None]
        for (first, sooner), (second, later) in pairwise(held):
            if sooner > later:
                what = f"{case.called(cell)}: {first} in {format_span(sooner)}, but {second} in {format_span(later)}"
                yield Objection(cell, what, first)


def slower_than_milder(case: Case) -> Iterator[Objection]:
    """Severity is urgency: at one place and level the worse one may not wait longer."""
    told: set[tuple[str, str]] = set()
    for place, ladder in case.ladders.items():
        if place.severity is Severity.S4:
            continue
        milder = list(Severity)[list(Severity).index(place.severity) + 1]
        below = {cell.level: cell for cell in case.ladders.get(_at(place, milder), ())}
        for cell in ladder:
            other = below.get(cell.level)
            if other is None or (cell.id, other.id) in told:
                continue
            told.add((cell.id, other.id))
            if (name := _slower(cell, other)) is not None:
                yield Objection(cell, f"{case.called(cell)}: {_compared(cell, other, name)} {case.called(other)}", name)


def less_time_above(case: Case) -> Iterator[Objection]:
    """A level that is asked later has to be told everything first; a shorter limit than below is a slip of the pen."""
    for low, high in case.steps:
        if (name := _slower(low, high)) is not None:
            yield Objection(high, f"{case.called(high)}: {_compared(high, low, name)} {case.called(low)}", name)


def slower_at_go_live(case: Case) -> Iterator[Objection]:
    """The same defect weighs more at go-live, so nobody may have longer for it than before."""
    told: set[tuple[str, str]] = set()
    for place, ladder in case.ladders.items():
        if place.stage != GO_LIVE:
            continue
        for stage in STAGES[: STAGES.index(GO_LIVE)]:
            before = {cell.level: cell for cell in case.ladders.get(_at(place, place.severity, stage), ())}
            for cell in ladder:
                other = before.get(cell.level)
                if other is None or (cell.id, other.id) in told:
                    continue
                told.add((cell.id, other.id))
                if (name := _slower(cell, other)) is not None:
                    words = f"{_compared(cell, other, name)} {case.called(other)}"
                    yield Objection(cell, f"{case.called(cell)} holds at go-live, where it has {words}", name)


def _without(case: Case, name: str) -> Iterator[Objection]:
    for cell in case.cells:
        if getattr(cell, name) is None:
            yield Objection(cell, f"{case.called(cell)} does not say how long one has to {name}", name)


def _at(place: Place, severity: Severity, stage: str | None = None) -> Place:
    return replace(place, severity=severity, stage=place.stage if stage is None else stage)


def _slower(cell: Cell, other: Cell) -> str | None:
    """The first target that allows the cell more time than the other; None if none does."""
    for name in ("acknowledge", "resolve"):
        ours, theirs = getattr(cell, name), getattr(other, name)
        if ours is not None and theirs is not None and ours > theirs:
            return name
    return None


def _compared(cell: Cell, other: Cell, name: str) -> str:
    ours: timedelta = getattr(cell, name)
    theirs: timedelta = getattr(other, name)
    return f"{format_span(ours)} to {name}, against {format_span(theirs)} at"


RULES = (
    Rule(
        "M14",
        Grade.ERROR,
        "No time to acknowledge",
        "The next level is asked when this target lapses; without one nothing ever climbs in order.",
        "Set how long one has to acknowledge.",
        no_acknowledge,
        "acknowledge",
    ),
    Rule(
        "M15",
        Grade.WARNING,
        "No time to resolve",
        "A level without a limit for resolving can keep a blocker for ever.",
        "Set how long one has to resolve.",
        no_resolve,
        "resolve",
    ),
    Rule(
        "M16",
        Grade.ADVICE,
        "No time to act",
        "Between “I have it” and “it is solved” nobody can tell whether anything is being done.",
        "Set by when the first step is taken.",
        no_act,
        "act",
    ),
    Rule(
        "M17",
        Grade.ERROR,
        "Limits out of order",
        "Nobody can act before they have acknowledged, or have solved it before they act: the limit is a mistake.",
        "Let acknowledge be the shortest and resolve the longest of the three.",
        out_of_order,
        "acknowledge",
    ),
    Rule(
        "M18",
        Grade.ERROR,
        "Slower than a milder one",
        "People sort by these limits: the milder blocker is answered first while the worse one waits.",
        "Give the worse severity the shorter limit.",
        slower_than_milder,
        "acknowledge",
    ),
    Rule(
        "M19",
        Grade.WARNING,
        "Less time than below",
        "Whoever is asked later and knows less is expected to be quicker than those who know it best.",
        "Give the higher level at least as long as the one below it.",
        less_time_above,
        "acknowledge",
    ),
    Rule(
        "M20",
        Grade.ADVICE,
        "Slower at go-live",
        "The same defect costs more at go-live, and here it may wait longer than before.",
        "Set a shorter limit for the stage go-live.",
        slower_at_go_live,
        "acknowledge",
    ),
)
