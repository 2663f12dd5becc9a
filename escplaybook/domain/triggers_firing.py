"""When a trigger makes escalating a blocker due: the exact instant, from the blocker's own log of measured facts.

A condition only changes at few moments: where a fact begins or ends to hold, and one of the named durations later.
Time goes by the microsecond, so these moments and the next microsecond after each are all that need be looked at.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import NO, YES, Fact, fact_name, is_same_name, parse_quantity
from escplaybook.domain.triggers import (
    ACKNOWLEDGED,
    MEASURES,
    MONEY,
    NOT_ACKNOWLEDGED,
    NOT_NOTIFIED,
    OPEN,
    STATES,
    Comparator,
    Part,
    Trigger,
    in_force_since,
    side_of,
    sub_class_of,
    subject_of,
)
from escplaybook.domain.triggers_expressions import HELD, IS_SO, SYMBOLS, understood

TICK = timedelta(microseconds=1)
_ESCALATED = re.compile(r"escalated to level (\d{1,2})", re.IGNORECASE)
_FOREVER = datetime.max.replace(tzinfo=UTC)

Span = tuple[datetime, datetime]
"""From its first moment to the first one after it."""


@dataclass(frozen=True, slots=True)
class Firing:
    """`trigger` made escalating the blocker due at `due`, which may lie ahead if nothing changes until then.

    `ended` is when the condition ceased to hold again, `escalated` when the blocker went to that level or higher.
    """

    trigger: Trigger
    due: datetime
    ended: datetime | None = None
    escalated: datetime | None = None


def set_off(triggers: Iterable[Trigger], blocker: Blocker, at: datetime) -> list[Firing]:
    """What the triggers in force make due of a blocker by what is known at `at`, the earliest first.

    A trigger that came into the book unmeasured sets nothing off.
    """
    found = []
    for trigger in triggers:
        since = in_force_since(trigger)
        if since is not None and since <= at:
            with suppress(InvalidRecord):
                found.append(firing(trigger, blocker, at, since))
    return sorted((one for one in found if one is not None), key=lambda one: (one.due, one.trigger.key))


def asks_for(firings: Iterable[Firing], at: datetime) -> list[Firing]:
    """Of what was set off, what has still to be done or will have: for each level the first, the lowest level first.

    A condition that has ended asks for nothing any more; what lies ahead counts only above the levels that are due.
    """
    first: dict[int, Firing] = {}
    for one in firings:
        if one.escalated is None and one.ended is None:
            first.setdefault(one.trigger.level, one)
    highest = max((level for level, one in first.items() if one.due <= at), default=0)
    return [one for level, one in sorted(first.items()) if one.due <= at or level > highest]


def tried(trigger: Trigger, blockers: Iterable[Blocker], at: datetime) -> list[tuple[Blocker, Firing]]:
    """What the trigger would have made due of each of these blockers, in force or not, the latest blocker first.

    Raises InvalidRecord if the trigger cannot be measured.
    """
    found = ((blocker, firing(trigger, blocker, at)) for blocker in blockers if blocker.retired is None)
    fired = [(blocker, one) for blocker, one in found if one is not None]
    return sorted(fired, key=lambda pair: pair[0].observed, reverse=True)


def firing(trigger: Trigger, blocker: Blocker, at: datetime, since: datetime | None = None) -> Firing | None:
    """When `trigger` makes escalating the blocker due, by what is known at `at`; None if it does not.

    Nothing is due before the blocker was seen, before its severity, place or impact were what they are, nor before
    `since`. After `at` it is taken that nothing changes.
    """
    seen = as_of(blocker, at)
    if seen is None or not _is_in_scope(trigger, seen):
        return None
    log = _Log(seen)
    holds, moments = _condition(trigger, log)
    begin = max(log.begin, since or log.begin, seen.classified or log.begin)
    ahead = [moment for moment in sorted({begin, *moments}) if begin <= moment < log.end]
    due = next((moment for moment in ahead if holds(moment)), None)
    if due is None:
        return None
    ended = next((moment for moment in ahead if moment > due and not holds(moment)), log.end)
    return Firing(trigger, due, ended if ended <= at else None, escalated(seen, trigger.level))


def escalated(blocker: Blocker, level: int) -> datetime | None:
    """When the blocker first went to that level or a higher one, by its log.

    The first level has it as soon as it was told or somebody took it. What was taken back for its instant never was.
    """
    said = {
        (int(found[1]), fact.at): fact.value for fact in blocker.facts if (found := _ESCALATED.fullmatch(fact.name))
    }
    instants = [at for (reached, at), value in said.items() if value == YES and reached >= level]
    if level <= 1:
        instants += [instant for instant in (blocker.notified, blocker.acknowledged) if instant is not None]
    return min(instants, default=None)


def escalated_to(level: int, at: datetime) -> Fact:
    """The fact that a blocker went to that level."""
    return Fact(at, f"escalated to level {level}")


def as_of(blocker: Blocker, at: datetime) -> Blocker | None:
    """The blocker as its log has it at `at`, all in UTC; what came later is not known yet. None before it was seen.

    Severity, place and impact are taken as they stand: the log keeps since when they do, not what they were before.
    """
    now = at.astimezone(UTC)
    if blocker.observed.astimezone(UTC) > now:
        return None

    def known(instant: datetime | None) -> datetime | None:
        return instant.astimezone(UTC) if instant is not None and instant.astimezone(UTC) <= now else None

    return replace(
        blocker,
        observed=blocker.observed.astimezone(UTC),
        classified=blocker.classified.astimezone(UTC) if blocker.classified is not None else None,
        notified=known(blocker.notified),
        acknowledged=known(blocker.acknowledged),
        resolved=known(blocker.resolved),
        facts=tuple(replace(fact, at=when) for fact in blocker.facts if (when := known(fact.at)) is not None),
    )


class _Log:
    """A blocker's log, in UTC, as spans of time in which each part of a condition holds."""

    def __init__(self, blocker: Blocker) -> None:
        self.blocker = blocker
        self.begin, self.end = blocker.observed, blocker.resolved or _FOREVER
        self._facts = sorted(
            blocker.facts, key=lambda fact: fact.at
        )  # of two at once the one recorded later stays last
        self._known: dict[Part, tuple[Span, ...]] = {}

    def spans(self, part: Part) -> tuple[Span, ...]:
        """When the part holds (its negation is left to the caller), in order and without overlap."""
        if part not in self._known:
            self._known[part] = tuple(span for span in self._spans(part) if span[0] < span[1])
        return self._known[part]

    def held(self, part: Part, at: datetime) -> timedelta:
        """How long the part has held without a break at `at`; zero if it does not hold then."""
        span = self._span_at(part, at)
        return at - span[0] if span is not None else timedelta(0)

    def is_so(self, part: Part, at: datetime) -> bool:
        """Whether the part holds at `at`, its negation seen to."""
        return (self._span_at(part, at) is not None) is not part.negated

    def _span_at(self, part: Part, at: datetime) -> Span | None:
        spans = self.spans(part)
        index = bisect_right(spans, at, key=lambda span: span[0]) - 1
        return spans[index] if index >= 0 and at < spans[index][1] else None

    def _spans(self, part: Part) -> Iterator[Span]:
        name = part.name.casefold()
        if name in STATES:
            yield self._state(name)
        elif name in MEASURES:
            if self._measures(part):
                yield self.begin, self.end
        elif sub_class := sub_class_of(part):
            if is_same_name(sub_class, self.blocker.sub_class):
                yield self.begin, self.end
        else:
            yield from self._recorded(part)

    def _state(self, name: str) -> Span:
        blocker = self.blocker
        notified, taken = blocker.notified, blocker.acknowledged
        return {
            OPEN: (self.begin, self.end),
            NOT_NOTIFIED: (self.begin, min(notified or self.end, self.end)),
            NOT_ACKNOWLEDGED: (notified or self.begin, min(taken or self.end, self.end)),
            ACKNOWLEDGED: (taken or self.end, self.end),
        }[name]

    def _measures(self, part: Part) -> bool:
        impact = self.blocker.impact
        number = (impact.money if part.name.casefold() == MONEY else impact.users) if impact is not None else None
        return number is not None and part.than is not None and _compared(number, part)

    def _recorded(self, part: Part) -> Iterator[Span]:
        said = ((fact.at, _says(fact, part)) for fact in self._facts)
        readings = {at: is_so for at, is_so in said if is_so is not None}
        start: datetime | None = None
        for at, is_so in readings.items():
            if is_so and start is None:
                start = at
            elif not is_so and start is not None:
                yield start, at
                start = None
        if start is not None:
            yield start, self.end


def _says(fact: Fact, part: Part) -> bool | None:
    """Whether the fact says that the part holds; None if it is about something else."""
    if not is_same_name(fact.name, part.name):
        return None
    if part.than is None:
        return fact.value == YES if fact.value in (YES, NO) else None
    if fact.value in (YES, NO):
        return None
    quantity = parse_quantity(fact.value)
    return _compared(quantity.number, part) if quantity.is_like(part.than) else None


def _compared(number: float, part: Part) -> bool:
    assert part.than is not None
    than = part.than.number
    return {
        Comparator.AT_LEAST: number >= than,
        Comparator.ABOVE: number > than,
        Comparator.AT_MOST: number <= than,
        Comparator.BELOW: number < than,
    }[part.comparator]


def _condition(trigger: Trigger, log: _Log) -> tuple[Callable[[datetime], bool], set[datetime]]:
    """Whether the trigger's condition holds at a moment, and the moments at which that may change."""
    if trigger.expression:
        return _written(trigger.expression, log)
    subject, duration = subject_of(trigger), trigger.duration or TICK
    sides = [side_of(side) for side in trigger.side_conditions]

    def holds(at: datetime) -> bool:
        return log.held(subject, at) >= duration and all(log.is_so(side, at) for side in sides)

    return holds, _moments(log, (subject, *sides), (duration,))


def _written(text: str, log: _Log) -> tuple[Callable[[datetime], bool], set[datetime]]:
    expression = understood(text)
    symbols = {name: str(getattr(log.blocker, name)) for name in SYMBOLS}

    def holds(at: datetime) -> bool:
        def held_for(*words: str) -> timedelta:
            return log.held(_asked(*words), at)

        def is_so(*words: str) -> bool:
            return log.is_so(_asked(*words), at)

        return expression.holds(symbols | {HELD: held_for, IS_SO: is_so})

    return holds, _moments(log, expression.parts, expression.durations)


def _asked(name: str, by: str = "", than: str = "") -> Part:
    """The part that a function of an expression is asked for."""
    return Part(fact_name(name), Comparator(by), parse_quantity(than)) if by else Part(fact_name(name))


def _moments(log: _Log, parts: Iterable[Part], durations: Iterable[timedelta]) -> set[datetime]:
    edges = {edge for part in parts for span in log.spans(part) for edge in span if edge < _FOREVER}
    later = {edge + duration for edge in edges for duration in durations}
    return {moment + step for moment in edges | later for step in (timedelta(0), TICK)}


def _is_in_scope(trigger: Trigger, blocker: Blocker) -> bool:
    return (
        trigger.severity in (None, blocker.severity)
        and trigger.stage.casefold() in ("", blocker.stage.casefold())
        and trigger.deployment in (None, blocker.deployment)
    )
