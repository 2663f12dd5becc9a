"""What the matrix says, in a playbook: severities, ladders, and who may decide."""

from collections.abc import Mapping, Sequence

from escplaybook.domain.classification import MARKS, CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.durations import format_span
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.prose.entries import render
from escplaybook.prose.html import Node, Nodes
from escplaybook.prose.playbooks_people import Numbers, person
from escplaybook.prose.shapes import heading, lines, listed, paragraph, quiet, strong, table


def severities(definitions: Sequence[SeverityDefinition]) -> Nodes:
    """What each severity means, how often it is reported on, and what a ticket must carry."""
    head = ("Severity", "It is this one if", "A ticket must carry")
    return (table(head, [_severity(one) for one in definitions]),)


def blocker(definition: BlockerDefinition) -> Nodes:
    """What counts as a blocker in this book, and what does not."""
    columns = [("It is one", definition.counts), ("It is none", definition.does_not_count)]
    told = [(word, examples) for word, examples in columns if examples]
    examples = table([word for word, _ in told], [[(listed([(one,) for one in each]),) for _, each in told]])
    kinds = paragraph(quiet("Met most: "), ", ".join(definition.kinds))
    return (*render(definition.text), *([examples] if told else []), *([kinds] if definition.kinds else []))


def ladder(rungs: Sequence[tuple[Level, Cell]], where: str, numbers: Numbers) -> Nodes:
    """The levels at one place of the matrix: who, by when, to what end. `where` says which place it is."""
    head = ("Level", "Who", "By when", "What it brings about")
    return (
        heading(where),
        table(head, [_rung(level, cell, numbers) for level, cell in rungs]),
    )


def place_words(severity: Severity, stage: str, cause_class: CauseClass, deployment: str) -> str:
    """A place in the matrix: “◆ S1 · go-live · external causes · Harbour ERP”."""
    return " · ".join(filter(None, (marked(severity), stage, f"{cause_class} causes", deployment)))


def rights(found: Sequence[DecisionRight], contacts: Mapping[str, Contact]) -> Nodes:
    """Who may decide what, and up to where."""
    rows = [_right(right, contacts) for right in found]
    return (table(("Decision", "Up to", "Who decides", "If not there"), rows),)


def marked(severity: Severity) -> str:
    """The severity with its mark."""
    return f"{MARKS[severity]}\xa0{severity}"


def _severity(one: SeverityDefinition) -> Sequence[Nodes]:
    cadence = f"Update every\xa0{format_span(one.cadence)}".replace(" ", "\xa0") if one.cadence else ""
    name = lines([strong(marked(one.severity))], [one.name] if one.name else [], [quiet(cadence)] if cadence else [])
    meaning: list[Node | str] = list(render(one.criteria))
    if one.examples:
        meaning.append(paragraph(quiet("For example: "), _sentences(one.examples)))
    if one.channels.strip():
        meaning.append(paragraph(quiet("Where: "), " ".join(one.channels.split())))
    intake = (listed([(item,) for item in one.intake]),) if one.intake else (quiet("not written down"),)
    return name, tuple(meaning), intake


def _sentences(texts: Sequence[str]) -> str:
    return " ".join(text if text[-1:] in ".!?" else f"{text}." for text in texts)


def _rung(level: Level, cell: Cell, numbers: Numbers) -> Sequence[Nodes]:
    named = [(cell.owner, ""), (cell.backup, "backup"), *((one, "deputy") for one in cell.deputies)]
    called = [person(one, role, numbers) for one, role in named if one]
    who = lines(*called) or (strong("Nobody is named."),)
    targets = (("acknowledge", cell.acknowledge), ("act", cell.act), ("resolve", cell.resolve))
    told = [[f"{word} in {format_span(span)}".replace(" ", "\xa0")] for word, span in targets if span]
    calendar = [[quiet(f"counted {cell.calendar}")]] if cell.calendar else []
    by_when = lines(*told, *calendar) or (quiet("no target"),)
    outcome = lines(
        [quiet("Asked when: "), cell.entry_criterion.strip()] if cell.entry_criterion.strip() else [],
        [cell.outcome.strip() or level.purpose.strip()],
        [quiet("On: "), cell.channel.strip()] if cell.channel.strip() else [],
    )
    return lines([strong(f"{level.rank}")], [level.name]), who, by_when, outcome


def _right(right: DecisionRight, contacts: Mapping[str, Contact]) -> Sequence[Nodes]:
    decider, alternate = (contacts.get(one or "") for one in (right.decider, right.alternate))
    beside = " · ".join(
        filter(None, (right.stage, right.severity or "", f"until {right.expires:%-d %b %Y}" if right.expires else ""))
    )
    decision = lines([right.decision], [quiet(beside)] if beside else [])
    return (
        decision,
        (right.threshold.strip() or "–",),
        (decider.name if decider else strong("nobody"),),
        (alternate.name if alternate else "–",),
    )
