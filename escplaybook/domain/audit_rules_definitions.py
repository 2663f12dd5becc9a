"""Rules about what the matrix is made of: severities and levels that are said, and no square that nobody thought of."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from escplaybook.domain.audit_case import Case, Grade, Objection, Rule, listed
from escplaybook.domain.classification import Severity
from escplaybook.domain.identity import Record
from escplaybook.domain.matrix import SeverityDefinition, cell_for
from escplaybook.domain.programme import definition_of, levels_of

INTAKE = 4
"""What a ticket must carry at least: context, dependencies, possible workarounds, risk."""


def no_definition(case: Case) -> Iterator[Objection]:
    """Severity tiers tied to business impact: a code that nobody explained is a matter of taste."""
    for severity in Severity:
        cells = [cell for cell in case.cells if cell.severity is severity]
        if cells and definition_of(case.programme, severity) is None:
            yield Objection(cells[0], f"{severity} has {len(cells)} cells, and nowhere stands what it means")


def no_criteria(case: Case) -> Iterator[Objection]:
    """Business-impact criteria that trigger escalation."""
    return _lacking(case, "criteria", "does not say by which impact one knows it")


def no_cadence(case: Case) -> Iterator[Objection]:
    """Concise structured updates at set intervals."""
    return _lacking(case, "cadence", "does not say how often there is news")


def no_channel(case: Case) -> Iterator[Objection]:
    """Channels prepared beforehand."""
    return _lacking(case, "channels", "does not say where one talks while it lasts")


def no_examples(case: Case) -> Iterator[Objection]:
    """Two people agree sooner about an example than about a definition."""
    return _lacking(case, "examples", "has no examples")


def short_intake(case: Case) -> Iterator[Objection]:
    """What a ticket must carry: context, dependencies, possible workarounds, risk."""
    for definition in _definitions(case):
        if len(definition.intake) < INTAKE:
            what = f"{definition.severity} asks a ticket for {len(definition.intake)} things, not for all {INTAKE}"
            yield Objection(definition, what)


def double_rank(case: Case) -> Iterator[Objection]:
    """Two levels with one number: which of them is asked is left to chance."""
    counted = Counter(level.rank for level in levels_of(case.programme))
    for level in levels_of(case.programme):
        if counted[level.rank] > 1:
            yield Objection(level, f"“{level.name}” is level {level.rank}, and so is another one")


def no_purpose(case: Case) -> Iterator[Objection]:
    """For each level the expected outcome: first of all, what the level is there for."""
    for level in levels_of(case.programme):
        if not level.purpose.strip():
            yield Objection(level, f"Level {level.rank} ({level.name}) does not say what it is there for")


def no_outcome(case: Case) -> Iterator[Objection]:
    """For each level the expected outcome."""
    return _unsaid(case, "outcome", "does not say what it must bring about")


def no_entry_criterion(case: Case) -> Iterator[Objection]:
    """Each cell says when it is asked."""
    return _unsaid(case, "entry_criterion", "does not say when it is asked")


def unknown_level(case: Case) -> Iterator[Objection]:
    """A cell on a level that is not in use is never asked, whoever stands in it."""
    for cell in case.cells:
        if cell.level not in case.ranks:
            yield Objection(cell, f"{case.called(cell)}: there is no level {cell.level}")


def unknown_stage(case: Case) -> Iterator[Objection]:
    """A stage that a deployment does not have is a slip of the pen: the cell holds nowhere."""
    known = {one.id: {stage.stage for stage in one.stages} for one in case.programme.deployments if one.retired is None}
    every = set().union(*known.values()) if known else set()
    for cell in case.cells:
        stages = known.get(cell.deployment or "", every)
        if cell.stage and stages and cell.stage not in stages:
            yield Objection(cell, f"{case.called(cell)}: no deployment it holds for has a stage “{cell.stage}”")


def nobody_at(case: Case) -> Iterator[Objection]:
    """A severity for which some stage has no level at all: the question “who do I call?” has no answer."""
    empty: dict[Severity, list[str]] = {}
    for place, ladder in case.ladders.items():
        if not ladder and case.ranks:
            empty.setdefault(place.severity, []).append(place.stage)
    for severity, stages in empty.items():
        record: Record = definition_of(case.programme, severity) or levels_of(case.programme)[0]
        yield Objection(record, f"{severity} reaches nobody at {listed(stages)}")


def empty_square(case: Case) -> Iterator[Objection]:
    """A square nobody thought of is told apart from one that is meant to be empty (“not escalated”)."""
    for level in levels_of(case.programme):
        holes: dict[Severity, list[str]] = {}
        for place in case.places:
            if case.ladders[place] and cell_for(case.programme.cells, place, level.rank) is None:
                holes.setdefault(place.severity, []).append(place.stage)
        if holes:
            yield Objection(level, f"Level {level.rank} ({level.name}) has no cell for {_told(holes)}")


def _told(holes: dict[Severity, list[str]]) -> str:
    every = {severity: listed(stages) for severity, stages in holes.items()}
    if len(set(every.values())) == 1:
        return f"{listed(every)} at {next(iter(every.values()))}"
    return "; ".join(f"{severity} at {stages}" for severity, stages in every.items())


def _definitions(case: Case) -> Iterator[SeverityDefinition]:
    for severity in Severity:
        if (found := definition_of(case.programme, severity)) is not None:
            yield found


def _lacking(case: Case, field: str, words: str) -> Iterator[Objection]:
    for definition in _definitions(case):
        if _is_empty(getattr(definition, field)):
            yield Objection(definition, f"{definition.severity} {words}")


def _unsaid(case: Case, field: str, words: str) -> Iterator[Objection]:
    for cell in case.cells:
        if _is_empty(getattr(cell, field)):
            yield Objection(cell, f"{case.called(cell)} {words}")


def _is_empty(value: Any) -> bool:
    return not (value.strip() if isinstance(value, str) else value)


RULES = (
    Rule(
        "M21",
        Grade.ERROR,
        "Severity not defined",
        "Without a definition every severity is argued about at the very moment when nobody has time.",
        "Write down what it means, in terms of business impact.",
        no_definition,
    ),
    Rule(
        "M22",
        Grade.WARNING,
        "No impact criteria",
        "A severity that is not tied to business impact goes to whoever is loudest.",
        "Say by which impact on milestone, users, data or money one knows it.",
        no_criteria,
        "criteria",
    ),
    Rule(
        "M23",
        Grade.WARNING,
        "No cadence",
        "Who is not told when the next news comes asks every five minutes.",
        "Promise a time between two updates.",
        no_cadence,
        "cadence",
    ),
    Rule(
        "M24",
        Grade.WARNING,
        "No channel",
        "The first quarter of an hour goes into finding a bridge that everybody can join.",
        "Name the bridge, room or channel beforehand.",
        no_channel,
        "channels",
    ),
    Rule(
        "M25",
        Grade.ADVICE,
        "No examples",
        "Two people agree sooner about an example than about a definition.",
        "Add two blockers that were of this severity.",
        no_examples,
        "examples",
    ),
    Rule(
        "M26",
        Grade.WARNING,
        "Intake too short",
        "A ticket without context, dependencies, possible workarounds and risk is sent back, and the clock runs.",
        "Ask for all four.",
        short_intake,
        "intake",
    ),
    Rule(
        "M27",
        Grade.ERROR,
        "Rank taken twice",
        "Two levels on one rung: which of them is asked is left to chance.",
        "Give each level a rank of its own.",
        double_rank,
        "rank",
    ),
    Rule(
        "M28",
        Grade.WARNING,
        "No purpose",
        "Whoever is woken on this level does not know what is expected of it.",
        "Say what the level is there to bring about.",
        no_purpose,
        "purpose",
    ),
    Rule(
        "M29",
        Grade.WARNING,
        "No expected outcome",
        "Without an outcome a level cannot be told to have failed, and nothing climbs on.",
        "Say what this level must bring about.",
        no_outcome,
        "outcome",
    ),
    Rule(
        "M30",
        Grade.ADVICE,
        "No entry criterion",
        "People escalate too late where they have to judge for themselves whether it is time.",
        "Say when this level is asked.",
        no_entry_criterion,
        "entry_criterion",
    ),
    Rule(
        "M31",
        Grade.ERROR,
        "Level not there",
        "A cell on a level that does not exist is never asked.",
        "Add the level, or take the cell out of use.",
        unknown_level,
    ),
    Rule(
        "M32",
        Grade.WARNING,
        "Stage not there",
        "A cell for a stage that no deployment goes through holds nowhere, and what it should override stays.",
        "Add the stage to the deployment, or set the cell for a stage it has.",
        unknown_stage,
    ),
    Rule(
        "M33",
        Grade.ERROR,
        "Reaches nobody",
        "For this severity the question “who do I call?” has no answer.",
        "Fill in at least one level of the severity.",
        nobody_at,
    ),
    Rule(
        "M34",
        Grade.WARNING,
        "Square left open",
        "An empty square may be meant or forgotten, and at night nobody can tell.",
        "Fill it in, or mark it as not escalated.",
        empty_square,
    ),
)
