"""What differs between two matrices, in the words in which people talk of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from escplaybook.domain.causes import SubClass
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.durations import format_span
from escplaybook.domain.editions import MatrixContent, paired, says
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.references import REFERENCES
from escplaybook.domain.triggers import Trigger, condition_words


class Change(StrEnum):
    """What happened to a record, or to one thing it says."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `record` is as it is after, or as it was if it is gone; for a deputy, whom they help.

    `field` is empty where the whole record came or went. `words` is the sentence, without its full stop.
    """

    change: Change
    record: Any
    words: str
    field: str = ""
    before: str = ""
    after: str = ""


def differences(before: MatrixContent, after: MatrixContent, found: Programme) -> tuple[Difference, ...]:
    """Everything that differs, what counts most first: cells, rights, triggers, deputies, then what they stand upon.

    `found` knows what people and deployments are called.
    """
    name = _namer(found.contacts, found.deployments)
    told: list[Difference] = []
    for kind in ("cells", "rights", "triggers", "levels", "severities", "sub_classes", "definitions"):
        pairs = paired(getattr(before, kind), getattr(after, kind))
        pairs.sort(key=lambda pair: _order(pair[0] if pair[1] is None else pair[1], name))
        for was, now in pairs:
            told += _between(was, now, name)
        if kind == "triggers":
            told += _deputies(before, after, found.contacts, name)
    return tuple(told)


_Name = Callable[[str | None], str]


def _namer(contacts: Mapping[str, Contact], deployments: tuple[Deployment, ...]) -> _Name:
    names = {one.id: one.name for one in contacts.values()} | {one.id: one.name for one in deployments}
    return lambda record_id: names.get(record_id or "", "somebody no longer in the book") if record_id else ""


def _order(record: Any, name: _Name) -> tuple[str, ...]:
    deployment, stage = name(getattr(record, "deployment", None)), getattr(record, "stage", "")
    rank = str(getattr(record, "level", getattr(record, "rank", "")))
    return (getattr(record, "severity", None) or "", deployment, stage, rank, record.key, record.id)


def _between(was: Any, now: Any, name: _Name) -> Iterator[Difference]:
    if was is None:
        yield Difference(Change.NEW, now, _new(now, name))
    elif now is None:
        yield Difference(Change.GONE, was, _gone(was, name))
    else:
        for (field, old), (_, new) in zip(says(was), says(now), strict=True):
            if old != new:
                yield _changed(now, field, old, new, name)


def _changed(record: Any, field: str, old: Any, new: Any, name: _Name) -> Difference:
    is_person = _is_reference(record, field)
    was, now = (_people(one, name) if is_person else _said(one) for one in (old, new))
    label = field.replace("_", " ")
    if field == "not_escalated":
        words = f"{_subject(record, name)} {'no longer escalated' if new else 'escalated again'}"
    elif isinstance(old, timedelta) and isinstance(new, timedelta):
        words = f"{_subject(record, name, label)}: {_spans(was, now)}"
    elif is_person and not now and not isinstance(new, tuple):
        words = f"{_subject(record, name, label)} now vacant (was {was})"
    elif not was or not now:
        words = f"{_subject(record, name, label)}: " + (f"now {_quoted(record, field, now)}" if now else "taken out")
    else:
        pair = (_quoted(record, field, one) for one in (was, now))
        words = f"{_subject(record, name, label)}: " + " → ".join(pair)
    return Difference(Change.CHANGED, record, words, field, was, now)


def _spans(was: str, now: str) -> str:
    """`15 → 10 min`; with both units where they differ."""
    number, _, unit = was.partition(" ")
    return (
        f"{number} → {now}"
        if " " not in unit and now.endswith(f" {unit}") and now.count(" ") == 1
        else (f"{was} → {now}")
    )


def _subject(record: Any, name: _Name, label: str = "") -> str:
    """What a sentence is about: `S1 acknowledge at go-live, level 1`, `Right “roll back”, threshold`."""
    match record:
        case Cell():
            said = f"{record.severity} {label}".strip()
            return ", ".join((_where(said, record, name), f"level {record.level}"))
        case DecisionRight():
            return _labelled(_where(f"Right “{record.decision}”", record, name), label)
        case Trigger():
            return _labelled(_where(f"Trigger “{record.name}”", record, name), label)
        case Level():
            return _labelled(f"Level {record.rank}", label)
        case SeverityDefinition():
            return _labelled(f"{record.severity}", label)
        case BlockerDefinition():
            return _labelled("What a blocker is", label)
        case SubClass():
            return _labelled(f"Sub-class “{record.name}” of {record.cause_class} causes", label)
    raise TypeError(f"{type(record).__name__} does not stand in a matrix")


def _labelled(subject: str, label: str) -> str:
    return f"{subject}, {label}" if label else subject


def _where(said: str, record: Any, name: _Name) -> str:
    """The words with where it holds: `S1 backup at go-live in Harbour ERP for external causes`."""
    stage = f" at {record.stage}" if record.stage else ""
    deployment = f" in {name(record.deployment)}" if record.deployment else ""
    cause = getattr(record, "cause_class", None)
    severity = f" for {record.severity}" if not isinstance(record, Cell) and record.severity else ""
    return f"{said}{severity}{stage}{deployment}" + (f" for {cause} causes" if cause else "")


def _new(record: Any, name: _Name) -> str:
    match record:
        case Cell():
            where = f"new: {_subject(record, name)}"
            if record.not_escalated:
                return f"{where}, not escalated"
            targets = [f"{verb} {format_span(span)}" for verb, span in _targets(record) if span is not None]
            people = [name(record.owner) or "no owner", f"backup {name(record.backup)}" if record.backup else ""]
            people.append(f"then {_people(record.deputies, name)}" if record.deputies else "")
            return ", ".join(filter(None, (where, *people, *targets)))
        case DecisionRight():
            who = f": {name(record.decider) or 'nobody decides'}"
            return f"new right{_subject(record, name).removeprefix('Right')}{who}" + _up_to(record)
        case Trigger():
            return f"new trigger{_subject(record, name).removeprefix('Trigger')}: {condition_words(record)}"
        case BlockerDefinition():
            return f"new: what a blocker is: {_quoted(record, 'text', record.text)}"
        case SubClass():
            dealt = f": one deals with {record.counterpart}" if record.counterpart else ""
            return f"new sub-class{_subject(record, name).removeprefix('Sub-class')}{dealt}"
    return f"new: {_subject(record, name)}, {record.name}"


def _gone(record: Any, name: _Name) -> str:
    subject = _subject(record, name)
    if isinstance(record, Cell):
        exact = record.deployment or record.stage or record.cause_class is not None
        return f"{subject} is set no longer" + (": inherited again" if exact else "")
    if isinstance(record, BlockerDefinition):
        return "what a blocker is stands nowhere any more"
    return (
        f"{subject[0].lower()}{subject[1:]} taken out"
        if not isinstance(record, SeverityDefinition)
        else (f"{subject} is defined no longer")
    )


def _targets(cell: Cell) -> tuple[tuple[str, timedelta | None], ...]:
    return (("acknowledge", cell.acknowledge), ("act", cell.act), ("resolve", cell.resolve))


def _up_to(right: DecisionRight) -> str:
    return f", {right.threshold}" if right.threshold else ""


def _deputies(
    before: MatrixContent, after: MatrixContent, contacts: Mapping[str, Contact], name: _Name
) -> Iterator[Difference]:
    """Who stands in for whom otherwise; whom a matrix does not name a deputy for, it says nothing about."""
    was = {one.person: one.deputy for one in before.deputies}
    for one in after.deputies:
        if one.person in was and was[one.person] != one.deputy:
            old, new = name(was[one.person]), name(one.deputy)
            words = f"deputy of {name(one.person)}: {old} → {new}"
            yield Difference(Change.CHANGED, contacts.get(one.person), words, "deputy", old, new)


def _is_reference(record: Any, field: str) -> bool:
    return any(one.holder is type(record) and one.field == field for one in REFERENCES)


def _people(named: str | tuple[str, ...] | None, name: _Name) -> str:
    return ", ".join(name(one) for one in named) if isinstance(named, tuple) else name(named)


def _said(value: Any) -> str:
    match value:
        case None | "" | ():
            return ""
        case timedelta():
            return format_span(value)
        case date():
            return f"{value:%-d %b %Y}"
        case tuple():
            return "; ".join(str(one) for one in value)
        case bool():
            return "yes" if value else "no"
    return str(value)


_LONGEST = 80
"""Characters of a text that a sentence quotes; the whole of it stands in the record."""


def _quoted(record: Any, field: str, said: str) -> str:
    if _is_reference(record, field) or not isinstance(getattr(record, field), str | tuple):
        return said
    flat = " ".join(said.split())
    return f"“{flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + '…'}”"
