"""Conditions as typed expressions, and the form's condition as one of them.

An expression knows six words (severity, stage, cause_class, sub_class, system, data_domain) and two functions:
`held_for("data sync blocked") >= t"PT1H"` says how long something has held by now, `is_so("downstream blocked")`
whether it holds. Numbers are measured the same way: `held_for("error rate", ">=", "5 %")`. Only what is listed here
gets as far as rule-engine: no attributes, no arithmetic, no loops, no regular expressions, nothing nested deep.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from escplaybook.domain.durations import LONGEST
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.facts import fact_name, parse_quantity
from escplaybook.domain.triggers import (
    MEASURES,
    STATES,
    SUB_CLASS,
    Comparator,
    Part,
    Trigger,
    side_of,
    sub_class_of,
    subject_of,
)

if TYPE_CHECKING:
    from rule_engine import Rule

LENGTH, WORDS, DEPTH, DURATIONS = 1_000, 160, 12, 8
"""How many characters, words, nested brackets and durations an expression may have: enough for any rule people read."""

SYMBOLS = ("severity", "stage", "cause_class", "sub_class", "system", "data_domain")
HELD, IS_SO = "held_for", "is_so"
EXAMPLE = 'held_for("data sync blocked") >= t"PT60M" and is_so("downstream blocked")'

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<call>(?P<function>held_for|is_so)\s*\(\s*"(?P<name>[^"\\\n]*)"\s*
          (?:,\s*"(?P<by>>=|<=|>|<)"\s*,\s*"(?P<than>[^"\\\n]*)"\s*)?\))
    | (?P<duration>t"(?P<span>[^"\\\n]*)")
    | (?P<string>"[^"\\\n]*")
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>>=(?!=)|<=(?!=)|==(?!=)|!=(?!=)|>(?!>)|<(?!<)|[(){},])
    )\s*""",
    re.VERBOSE | re.ASCII,
)
_SPAN = re.compile(r"P(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?", re.ASCII)
_KEYWORDS = ("and", "or", "not", "in", "true", "false")


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was understood: the parts it asks for by its calls, and the durations it names."""

    text: str
    parts: tuple[Part, ...]
    durations: tuple[timedelta, ...]

    def holds(self, thing: Mapping[str, Any]) -> bool:
        """Whether it holds for these symbols and functions."""
        return bool(_rule(self.text).matches(thing))


@lru_cache(maxsize=256)
def understood(text: str) -> Expression:
    """The expression of a text. Raises InvalidRecord, in a sentence, if it is anything but a plain condition."""
    tokens = _tokens(text)
    parts = [_part(token) for token in tokens if token["call"]]
    durations = [_span(token["span"]) for token in tokens if token["duration"]]
    if len(durations) > DURATIONS:
        raise InvalidRecord(f"The expression names more than {DURATIONS} durations; make several triggers of it.")
    _rule(text)
    return Expression(text, tuple(dict.fromkeys(parts)), tuple(dict.fromkeys(durations)))


def expression_of(trigger: Trigger) -> str:
    """The trigger's condition as an expression, its own or that of its form. Raises InvalidRecord if it says none."""
    if trigger.expression:
        return trigger.expression
    if trigger.duration is None:
        raise InvalidRecord("Say for how long it must hold, like 60 min.")
    sides = (_called(IS_SO, side_of(side)) for side in trigger.side_conditions)
    return " and ".join((f"{_called(HELD, subject_of(trigger))} >= {_literal(trigger.duration)}", *sides))


def form_of(text: str) -> dict[str, Any] | None:
    """The form's fields that say the same as the expression; None if no form can. Raises InvalidRecord."""
    understood(text)
    first, *rest = _parted(_tokens(text))
    if [_kind(token) for token in first] != [HELD, ">=", "duration"]:
        return None
    sides = []
    for tokens in rest:
        kinds = [_kind(token) for token in tokens]
        if kinds in (["sub_class", "==", ""], ["sub_class", "!=", ""]):
            name = tokens[-1]["string"].strip('"')
            sides.append(str(Part(f"{SUB_CLASS}{name}", negated=kinds[1] == "!=")))
            continue
        if kinds not in ([IS_SO], ["not", IS_SO]):
            return None
        part = _part(tokens[-1])
        sides.append(str(Part(part.name, part.comparator, part.than, negated=len(tokens) == 2)))
    subject = _part(first[0])
    number, _, unit = str(subject.than or "").partition(" ")
    return {
        "subject": subject.name,
        "comparator": subject.comparator,
        "value": number,
        "unit": unit,
        "duration": _span(first[2]["span"]),
        "side_conditions": tuple(sides),
        "expression": "",
    }


def parts_of(trigger: Trigger) -> tuple[Part, ...]:
    """Everything that the trigger measures; what of it cannot be read is left out."""
    try:
        if trigger.expression:
            return tuple(_part(token) for token in _tokens(trigger.expression) if token["call"])
        return (subject_of(trigger), *(side_of(side) for side in trigger.side_conditions))
    except InvalidRecord:
        return ()


def units_of(triggers: Iterable[Trigger]) -> dict[str, set[str]]:
    """The facts that triggers in use ask for, by name, and the units in which they count (none for yes or no)."""
    found: dict[str, set[str]] = {}
    for part in (part for trigger in triggers if trigger.retired is None for part in parts_of(trigger)):
        if part.name.casefold() not in (*STATES, *MEASURES) and not sub_class_of(part):
            found.setdefault(part.name, set()).update([part.than.unit] if part.than is not None else [])
    return found


def _tokens(text: str) -> list[dict[str, str]]:
    """The words of the text, each of a kind that is listed. Raises InvalidRecord at the first that is not."""
    if len(text) > LENGTH:
        raise InvalidRecord(f"The expression is longer than {LENGTH:,} characters; make several triggers of it.")
    found: list[dict[str, str]] = []
    at = depth = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or (match["word"] and match["word"] not in (*SYMBOLS, *_KEYWORDS)):
            raise InvalidRecord(_refusal(text[at:].strip()))
        token = {name: value or "" for name, value in match.groupdict().items()}
        depth += (token["sign"] in ("(", "{")) - (token["sign"] in (")", "}")) + (token["word"] == "not")
        found.append(token)
        at = match.end()
        if len(found) > WORDS or depth > DEPTH:
            raise InvalidRecord("The expression is nested too deep or has too many parts; make several triggers of it.")
    if not found:
        raise InvalidRecord(f"The expression is empty; write it like {EXAMPLE}")
    return found


def _refusal(rest: str) -> str:
    """Why what stands here is refused, and what may stand instead."""
    seen = rest.split(maxsplit=1)[0][:30]
    known = f"it knows {', '.join(SYMBOLS)}, {HELD}(…) and {IS_SO}(…), joined by and, or, not"
    if rest.startswith(("=~", "!~")):
        return f"“{seen}”: patterns are refused, for they can run without end; compare whole words with == or in."
    if rest[0].isdigit():
        return f'“{seen}” lacks its name and unit; write it like {HELD}("error rate", ">=", "5 %") >= t"PT10M".'
    if re.match(rf"({HELD}|{IS_SO})\b", rest):
        return f'“{seen}” is not written as {HELD}("name") or {HELD}("name", ">=", "5 %").'
    return f"“{seen}” means nothing in an expression; {known}."


def _part(token: dict[str, str]) -> Part:
    name = fact_name(token["name"])
    if not token["by"]:
        return Part(name)
    return Part(name, Comparator(token["by"]), parse_quantity(token["than"]))


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) < span <= LONGEST:
        raise InvalidRecord(f't"{text}" is no duration; write it like t"PT60M" (60 minutes), t"PT2H" or t"P1D".')
    return span


def _literal(span: timedelta) -> str:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f't"PT{minutes}M{seconds}S"' if seconds else f't"PT{minutes}M"'


def _called(function: str, part: Part) -> str:
    if function == IS_SO and (sub_class := sub_class_of(part)):
        return f'sub_class {"!=" if part.negated else "=="} "{sub_class}"'
    against = f', "{part.comparator}", "{part.than}"' if part.than is not None else ""
    return f'{"not " if part.negated else ""}{function}("{part.name}"{against})'


def _kind(token: dict[str, str]) -> str:
    return token["function"] or ("duration" if token["duration"] else token["word"] or token["sign"])


def _parted(tokens: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """The tokens, parted at every `and`."""
    parted: list[list[dict[str, str]]] = [[]]
    for token in tokens:
        if token["word"] == "and":
            parted.append([])
        else:
            parted[-1].append(token)
    return parted


@lru_cache(maxsize=256)
def _rule(text: str) -> "Rule":
    """rule-engine's own reading of a text that has passed `_tokens`: types are checked, nothing is run."""
    from rule_engine import Context, DataType, Rule  # 0.3 s to import, needed for hand-written expressions only
    from rule_engine.errors import EngineError

    three = (DataType.STRING, DataType.STRING, DataType.STRING)
    types: dict[str, Any] = dict.fromkeys(SYMBOLS, DataType.STRING)
    types[HELD] = DataType.FUNCTION(HELD, return_type=DataType.TIMEDELTA, argument_types=three, minimum_arguments=1)
    types[IS_SO] = DataType.FUNCTION(IS_SO, return_type=DataType.BOOLEAN, argument_types=three, minimum_arguments=1)
    try:
        rule = Rule(text, context=Context(type_resolver=types))
    except EngineError as error:
        raise InvalidRecord(
            f"The expression does not hold together ({error.message}); write it like {EXAMPLE}"
        ) from None
    if rule.statement.expression.result_type is not DataType.BOOLEAN:
        raise InvalidRecord(f"The expression says neither yes nor no; write it like {EXAMPLE}")
    return rule
