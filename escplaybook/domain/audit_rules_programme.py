"""Rules about triggers, deployments and what really happened: measurable, spoken for, and told in time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from escplaybook.domain.audit_case import Case, Grade, Objection, Rule
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.business_time import due_after
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.durations import format_span
from escplaybook.domain.living_matrix import pinned
from escplaybook.domain.matrix import Cell, Place, cell_for
from escplaybook.domain.programme import levels_of
from escplaybook.domain.triggers import Trigger, missing_reviews
from escplaybook.domain.triggers_vagueness import vagueness

TOLD_WITHIN = {
    Severity.S1: timedelta(minutes=15),
    Severity.S2: timedelta(minutes=30),
    Severity.S3: timedelta(hours=4),
    Severity.S4: timedelta(days=1),
}
"""How long after a blocker is seen its first level may still be untold.

Updates are due every 30 minutes while a blocker is active; who hears of it after half of that, or at S2 after all of
it, hears of it too late for the first one.
"""

LOOKED_BACK = timedelta(days=30)
"""How far back a delay is told: what lies further back was for its debrief to learn from."""


def vague(case: Case) -> Iterator[Objection]:
    """Triggers that can be measured, never “this is late”."""
    for trigger in _triggers(case):
        if found := vagueness(trigger):
            yield Objection(trigger, f"“{trigger.name}” cannot be measured: {found[0].what}", found[0].field)


def unreviewed(case: Case) -> Iterator[Objection]:
    """Reviewed by engineering and by business; until both have, nothing is due by it."""
    for trigger in _triggers(case):
        if missing := missing_reviews(trigger):
            yield Objection(trigger, f"“{trigger.name}” was not reviewed by {' and '.join(missing)}", missing[0])


def to_no_level(case: Case) -> Iterator[Objection]:
    """A trigger that makes due what does not exist."""
    for trigger in _triggers(case):
        if trigger.level not in case.ranks:
            yield Objection(trigger, f"“{trigger.name}” escalates to level {trigger.level}, which is not there")


def no_voice(case: Case) -> Iterator[Objection]:
    """One point of contact for outsiders."""
    for deployment in _deployments(case):
        if not case.is_there(deployment.point_of_contact):
            yield Objection(deployment, f"{deployment.name} has no single point of contact")


def no_second_voice(case: Case) -> Iterator[Objection]:
    """Whoever alone talks to outsiders sleeps, too."""
    for deployment in _deployments(case):
        if case.is_there(deployment.point_of_contact) and not case.is_there(deployment.deputy):
            yield Objection(deployment, f"{deployment.name}: nobody stands in for its single point of contact")


def group_without_voice(case: Case) -> Iterator[Objection]:
    """A stakeholder group that hears from nobody asks everybody."""
    for group in case.programme.points_of_contact:
        if group.retired is None and group.deployment in case.deployments and not case.is_there(group.person):
            yield Objection(group, f"{case.deployments[group.deployment]}, {group.group}: nobody talks to them")


def no_hypercare(case: Case) -> Iterator[Objection]:
    """Go-live may be followed by hypercare (GLOSSARY); where it is not planned the team is gone when the load comes."""
    for deployment in _deployments(case):
        stages = {stage.stage for stage in deployment.stages}
        if "go-live" in stages and "hypercare" not in stages:
            yield Objection(deployment, f"{deployment.name} goes live, and no hypercare is planned")


def go_live_outside(case: Case) -> Iterator[Objection]:
    """The day of go-live lies in another stage, so the wrong ladder holds on that day."""
    for deployment in _deployments(case):
        day = deployment.go_live
        spans = [stage for stage in deployment.stages if stage.stage == "go-live"]
        if day is not None and spans and not any(stage.start <= day <= stage.end for stage in spans):
            what = f"{deployment.name} goes live on {day:%-d %b %Y}, outside its stage go-live"
            yield Objection(deployment, what)


def told_late(case: Case) -> Iterator[Objection]:
    """Delayed notification: the first level heard of it later than TOLD_WITHIN."""
    for blocker in _recent(case):
        limit, end = TOLD_WITHIN[blocker.severity], blocker.notified or blocker.resolved or case.now
        if end - blocker.observed > limit:
            took = format_span(end - blocker.observed)
            said = f"was told after {took}" if blocker.notified else f"was not told in {took}"
            yield Objection(
                blocker, f"“{blocker.title}”: the first level {said}; at {blocker.severity} within {format_span(limit)}"
            )


def acknowledged_late(case: Case) -> Iterator[Objection]:
    """Delayed notification: it was taken after the first level’s target had lapsed."""
    for blocker in _recent(case):
        cell, since = _first_cell(case, blocker), blocker.notified or blocker.observed
        if cell is None or cell.acknowledge is None or blocker.acknowledged is None:
            continue
        due = due_after(since, cell.acknowledge, cell.calendar)
        if due is not None and blocker.acknowledged > due:
            took = format_span(blocker.acknowledged - since)
            told = f"was taken after {took}; the target is {format_span(cell.acknowledge)}"
            yield Objection(blocker, f"“{blocker.title}” {told}")


def _first_cell(case: Case, blocker: Blocker) -> Cell | None:
    place = Place(blocker.severity, blocker.stage, blocker.cause_class, blocker.deployment)
    found = pinned(case.programme, blocker)
    cells = (cell_for(found.cells, place, level.rank) for level in levels_of(found))
    return next((cell for cell in cells if cell is not None and not cell.not_escalated), None)


def _recent(case: Case) -> Iterator[Blocker]:
    for blocker in case.programme.blockers:
        ended: datetime = blocker.resolved or case.now
        if blocker.retired is None and case.now - ended <= LOOKED_BACK:
            yield blocker


def _triggers(case: Case) -> Iterator[Trigger]:
    for trigger in case.programme.triggers:
        if trigger.retired is None and (trigger.deployment is None or trigger.deployment in case.deployments):
            yield trigger


def _deployments(case: Case) -> Iterator[Deployment]:
    return (one for one in case.programme.deployments if one.retired is None)


RULES = (
    Rule(
        "M66",
        Grade.ERROR,
        "Trigger not measurable",
        "Whether it is time to escalate is argued about, which is what a trigger is there to end.",
        "Say what is seen, from which number on, for how long, and by whom.",
        vague,
        "subject",
    ),
    Rule(
        "M67",
        Grade.WARNING,
        "Trigger not reviewed",
        "Until engineering and business stand by it, nothing is due by it.",
        "Have the missing side review it.",
        unreviewed,
        "business",
    ),
    Rule(
        "M68",
        Grade.ERROR,
        "Trigger to no level",
        "It makes an escalation due that has nowhere to go.",
        "Point it at a level that is in use.",
        to_no_level,
        "level",
    ),
    Rule(
        "M69",
        Grade.ERROR,
        "Nobody speaks for it",
        "Outsiders ask whoever they know and hear something else from each.",
        "Name the single point of contact.",
        no_voice,
        "point_of_contact",
    ),
    Rule(
        "M70",
        Grade.WARNING,
        "One voice only",
        "While they sleep nobody may tell the customer anything.",
        "Name who stands in for the single point of contact.",
        no_second_voice,
        "deputy",
    ),
    Rule(
        "M71",
        Grade.WARNING,
        "Group without voice",
        "A stakeholder group that hears from nobody asks everybody.",
        "Name who talks to them, or take the group out of use.",
        group_without_voice,
        "groups",
    ),
    Rule(
        "M72",
        Grade.WARNING,
        "No hypercare",
        "Most blockers come in the weeks after go-live, when nobody is set aside for them any more.",
        "Plan a stage “hypercare” after go-live.",
        no_hypercare,
        "stages",
    ),
    Rule(
        "M73",
        Grade.WARNING,
        "Go-live outside its stage",
        "On the day itself another stage’s ladder holds.",
        "Move the day or the stage.",
        go_live_outside,
        "go_live",
    ),
    Rule(
        "M74",
        Grade.WARNING,
        "Told too late",
        "What the first level hears late, every level above it hears later.",
        "Find out where it lay; a trigger “not notified” makes it due next time.",
        told_late,
    ),
    Rule(
        "M75",
        Grade.WARNING,
        "Taken too late",
        "The target to acknowledge was missed, so either people or the target are wrong.",
        "Talk it over in the debrief; change the target or who answers.",
        acknowledged_late,
    ),
)
