"""What of a trigger cannot be measured, and how to say it so that it can."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import fact_name
from escplaybook.domain.triggers import MEASURES, Comparator, Part, Trigger, side_of, sub_class_of, subject_of
from escplaybook.domain.triggers_expressions import form_of, understood

_ADVICE = {
    "say by how much, and against which time: “45 min behind the run book”": (
        *("late", "later", "delayed", "overdue", "behind", "tardy"),
    ),
    "say within how many minutes: “no answer” for 30 min": (
        *("soon", "quickly", "quick", "fast", "asap", "promptly", "immediately", "timely", "shortly"),
    ),
    "say from which number on: “response time” ≥ 3 s": ("slow", "slowly", "sluggish", "degraded", "unstable"),
    "say how often in which time: “failed runs” ≥ 3 runs": (
        *("often", "frequent", "frequently", "regularly", "repeatedly", "sometimes", "occasionally", "usually"),
    ),
    "say how many, or which share: “users hindered” ≥ 10 %": (
        *("many", "most", "some", "few", "several", "lots", "numerous", "enough"),
    ),
    "say for how long in its own field: 60 min": ("long", "longer", "prolonged", "while"),
    "say from which number on, with its unit: ≥ 5 %": (
        *("high", "low", "too", "big", "large", "small", "bad", "poor", "excessive", "unacceptable", "significant"),
        *("significantly", "considerable", "serious", "seriously", "severe", "normal", "abnormal"),
    ),
    "say what is stopped, and for whom: “data sync blocked”": (
        *("urgent", "important", "problem", "problems", "issue", "issues", "trouble", "difficult", "wrong"),
    ),
    "put the comparison in its own field: at least, 5, %": (
        *("above", "below", "exceeds", "exceed", "exceeding", "over", "under", "more", "less"),
    ),
}
_SAY = {word: advice for advice, words in _ADVICE.items() for word in words}

_NOBODY = frozenset(
    (
        *("someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody", "none", "people", "one"),
        *("us", "we", "they", "tbd", "tba", "unknown", "x"),
    )
)
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Vague:
    """What cannot be measured, the trigger's field it stands in, and how to say it."""

    field: str
    what: str
    say: str

    def __str__(self) -> str:
        return f"{self.what}: {self.say}."


def vagueness(trigger: Trigger) -> tuple[Vague, ...]:
    """Everything about the trigger that cannot be measured; empty if it can be."""
    found = [*(_expression(trigger) if trigger.expression else _form(trigger)), *_observer(trigger.observer)]
    return tuple(dict.fromkeys(found))


def measurable(trigger: Trigger) -> Trigger:
    """The trigger, its expression taken apart into the form where a form can say it.

    Raises InvalidRecord with what cannot be measured, and how to say it.
    """
    if vague := vagueness(trigger):
        raise InvalidRecord(f"{' '.join(str(one) for one in vague[:3])} Nothing was saved.")
    form = form_of(trigger.expression) if trigger.expression else None
    return replace(trigger, **form) if form is not None else trigger


def _form(trigger: Trigger) -> Iterator[Vague]:
    if not trigger.subject.strip():
        yield Vague("subject", "Nothing is measured yet", "name what is seen, like “data sync blocked”")
    else:
        yield from _named("subject", trigger.subject)
    if trigger.comparator is Comparator.IS_SO:
        yield from _unit("subject", Part(trigger.subject.strip()))
    else:
        yield from _number(trigger)
    if trigger.duration is None:
        yield Vague("duration", "It does not say for how long", "give a span like 60 min; 1 min if once is enough")
    for side in trigger.side_conditions:
        yield from _side(side)


def _number(trigger: Trigger) -> Iterator[Vague]:
    if not trigger.value.strip():
        yield Vague("value", "The number is missing", f"say how much, like 5 {trigger.unit.strip() or '%'}")
        return
    if not trigger.unit.strip():
        yield Vague("unit", f"“{trigger.value.strip()}” lacks its unit", "say what it counts: %, ms, users, runs, EUR")
        return
    try:
        yield from _unit("unit", subject_of(trigger))
    except InvalidRecord as error:
        yield Vague("value", str(error).rstrip("."), "write the number alone, like 1000 or 0.5")


def _side(text: str) -> Iterator[Vague]:
    try:
        part = side_of(text)
    except InvalidRecord as error:
        yield Vague("side_conditions", str(error).rstrip("."), "one condition a line")
        return
    if sub_class_of(part):
        return  # it is one of a list, not measured
    yield from _named("side_conditions", part.name)
    yield from _unit("side_conditions", part)


def _expression(trigger: Trigger) -> Iterator[Vague]:
    try:
        found = understood(trigger.expression)
    except InvalidRecord as error:
        yield Vague("expression", str(error).rstrip("."), "or use the fields above")
        return
    if not found.parts:
        yield Vague(
            "expression", "The expression measures nothing", 'ask for a fact, like held_for("data sync blocked")'
        )
    elif not found.durations:
        yield Vague("expression", "The expression does not say for how long", 'compare held_for(…) with t"PT60M"')
    for part in found.parts:
        yield from _named("expression", part.name)
        yield from _unit("expression", part)


def _named(field: str, text: str) -> Iterator[Vague]:
    """What of a fact's name cannot be measured."""
    try:
        fact_name(text)
    except InvalidRecord as error:
        yield Vague(field, str(error).rstrip("."), "numbers have fields of their own")
    for word in _WORD.findall(text.casefold()):
        if word in _SAY:
            yield Vague(field, f"“{word}” cannot be measured", _SAY[word])


def _unit(field: str, part: Part) -> Iterator[Vague]:
    wanted = MEASURES.get(part.name.casefold())
    if wanted is not None and part.than is None:
        yield Vague(field, f"“{part.name}” is a number", f"compare it with one, in {wanted}")
    elif wanted is not None and part.than is not None and part.than.unit.casefold() != wanted:
        yield Vague(field, f"“{part.name}” is measured in “{wanted}”, not “{part.than.unit}”", f"write {wanted}")


def _observer(text: str) -> Iterator[Vague]:
    words = _WORD.findall(text.casefold())
    if not words:
        yield Vague(
            "observer", "Nobody observes it", "name who or what sees it, like “integration monitoring, every minute”"
        )
    elif set(words) & _NOBODY and len(words) <= 2:
        yield Vague("observer", f"“{text.strip()}” is nobody in particular", "name the role or the tool that sees it")
