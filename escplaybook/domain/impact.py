"""Severity by impact: the questions, the answers, and the rules that make a severity of them. All of it is data.

The book may set its own thresholds for users and money on its severities; all else holds for every book.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from escplaybook.domain.classification import Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.matrix import SeverityDefinition


class MilestoneAt(StrEnum):
    """When a milestone is lost if nothing happens."""

    NONE = "none"
    LATER = "later"
    THIS_WEEK = "this-week"
    TODAY = "today"


class DataHarm(StrEnum):
    """Whether data is lost or made wrong."""

    SAFE = "safe"
    DOUBTFUL = "doubtful"
    HARMED = "harmed"


class Duty(StrEnum):
    """How a regulation or a contract stands."""

    KEPT = "kept"
    AT_RISK = "at-risk"
    BROKEN = "broken"


class Workaround(StrEnum):
    """Whether people can go on."""

    TRIED = "tried"
    UNTRIED = "untried"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Impact:
    """The answers; None is not answered. `users` is a share in per cent, `money` what a day costs.

    `overruled` is why somebody chose another severity than the rules give.
    """

    milestone: MilestoneAt | None = None
    users: int | None = None
    data: DataHarm | None = None
    money: int | None = None
    duty: Duty | None = None
    workaround: Workaround | None = None
    overruled: str = ""

    def __post_init__(self) -> None:
        if self.users is not None and not 0 <= self.users <= 100:
            raise InvalidRecord("The users affected are a share from 0 to 100 %.")
        if self.money is not None and self.money < 0:
            raise InvalidRecord("What a day costs cannot be less than nothing.")


@dataclass(frozen=True, slots=True)
class Question:
    """One question by the field it fills; `answers` are its values from harmless to grave, none for a number."""

    name: str
    text: str
    answers: tuple[tuple[StrEnum, str], ...] = ()
    unit: str = ""


QUESTIONS = (
    Question(
        "milestone",
        "Which milestone is lost if nothing happens?",
        (
            (MilestoneAt.NONE, "none"),
            (MilestoneAt.LATER, "one later than this week"),
            (MilestoneAt.THIS_WEEK, "one this week"),
            (MilestoneAt.TODAY, "one today"),
        ),
    ),
    Question("users", "What share of the users is hindered?", unit="%"),
    Question(
        "data",
        "Is data lost or made wrong?",
        (
            (DataHarm.SAFE, "no, and that was checked"),
            (DataHarm.DOUBTFUL, "it may be"),
            (DataHarm.HARMED, "yes"),
        ),
    ),
    Question("money", "What does a day of it cost?", unit="a day, in the deployment’s currency"),
    Question(
        "duty",
        "Is a regulation or a contract broken?",
        ((Duty.KEPT, "no"), (Duty.AT_RISK, "a date or a limit is at risk"), (Duty.BROKEN, "yes")),
    ),
    Question(
        "workaround",
        "Can people go on meanwhile?",
        (
            (Workaround.TRIED, "yes, the workaround was tried"),
            (Workaround.UNTRIED, "perhaps, nobody has tried it"),
            (Workaround.NONE, "no"),
        ),
    ),
)

LIVE = ("go-live", "hypercare")
"""The stages in which the customer works with it: the same defect weighs more there."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many per cent of the users, and from how much money a day, a severity begins."""

    users: Mapping[Severity, int] = field(default_factory=lambda: {Severity.S1: 50, Severity.S2: 10, Severity.S3: 1})
    money: Mapping[Severity, int] = field(
        default_factory=lambda: {Severity.S1: 50_000, Severity.S2: 5_000, Severity.S3: 500}
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """Gives `severity`, or `live` at go-live and after it, if every one of `needs` is answered by one of its values.

    `reaches` names a number and the severity whose threshold it must reach.
    """

    name: str
    severity: Severity
    live: Severity
    sentence: str
    needs: tuple[tuple[str, tuple[StrEnum, ...]], ...] = ()
    reaches: tuple[str, Severity] | None = None


_S1, _S2, _S3, _S4 = Severity
_UNPROVEN = ("workaround", (Workaround.UNTRIED, Workaround.NONE))
_USERS = "{number} % of the users are hindered, and {threshold} % is where {tier} begins"
_MONEY = "A day costs {number:,}, and {threshold:,} is where {tier} begins"

RULES = (
    Rule("data-harmed", _S1, _S1, "Data is lost or made wrong", (("data", (DataHarm.HARMED,)),)),
    Rule("duty-broken", _S1, _S1, "A regulation or a contract is broken", (("duty", (Duty.BROKEN,)),)),
    Rule(
        "milestone-today-unproven",
        _S1,
        _S1,
        "A milestone is lost today, and no workaround is proven",
        (("milestone", (MilestoneAt.TODAY,)), _UNPROVEN),
    ),
    Rule("users-most-unproven", _S1, _S1, _USERS + "; no workaround is proven", (_UNPROVEN,), ("users", _S1)),
    Rule("money-most", _S1, _S1, _MONEY, (), ("money", _S1)),
    Rule("milestone-today", _S2, _S1, "A milestone is lost today", (("milestone", (MilestoneAt.TODAY,)),)),
    Rule("users-most", _S2, _S1, _USERS + "; only a workaround keeps that off", (), ("users", _S1)),
    Rule("milestone-week", _S2, _S1, "A milestone is lost this week", (("milestone", (MilestoneAt.THIS_WEEK,)),)),
    Rule("data-doubtful", _S2, _S1, "Data may be lost or wrong", (("data", (DataHarm.DOUBTFUL,)),)),
    Rule(
        "duty-at-risk", _S2, _S1, "A date or limit of a regulation or contract is at risk", (("duty", (Duty.AT_RISK,)),)
    ),
    Rule("users-many", _S2, _S1, _USERS, (), ("users", _S2)),
    Rule("money-much", _S2, _S1, _MONEY, (), ("money", _S2)),
    Rule("milestone-later", _S3, _S2, "A later milestone is lost", (("milestone", (MilestoneAt.LATER,)),)),
    Rule("users-some", _S3, _S2, _USERS, (), ("users", _S3)),
    Rule("money-some", _S3, _S2, _MONEY, (), ("money", _S3)),
    Rule("no-workaround", _S3, _S2, "Whoever meets it cannot go on", (("workaround", (Workaround.NONE,)),)),
    Rule("nothing", _S4, _S4, "Nothing answered so far costs the business anything"),
)
"""The gravest first; the last one always holds."""


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds, with the severity it gives at this stage and the sentence that says so."""

    rule: str
    severity: Severity
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The severity, the rule that gave it, the other rules that hold too, and the questions still open."""

    severity: Severity
    fired: Held
    others: tuple[Held, ...]
    open: tuple[str, ...]


def verdict(impact: Impact, stage: str = "", thresholds: Thresholds | None = None) -> Verdict:
    """The severity that these answers give at `stage`; of several rules that give it, the first in RULES fired."""
    limits = thresholds or Thresholds()
    holding = [_held(rule, impact, stage, limits) for rule in RULES if _holds(rule, impact, limits)]
    fired = min(holding, key=lambda held: held.severity)  # min keeps the first of equals
    others = tuple(held for held in holding if held is not fired and held.rule != "nothing")
    unanswered = tuple(question.name for question in QUESTIONS if getattr(impact, question.name) is None)
    return Verdict(fired.severity, fired, others, unanswered)


def thresholds_of(definitions: Iterable[SeverityDefinition]) -> Thresholds:
    """The book's own thresholds where its severities set them, else the usual ones."""
    users, money = dict(Thresholds().users), dict(Thresholds().money)
    for definition in definitions:
        if definition.retired is None and definition.severity is not Severity.S4:
            if definition.users_from is not None:
                users[definition.severity] = definition.users_from
            if definition.money_from is not None:
                money[definition.severity] = definition.money_from
    return Thresholds(users, money)


def settled(impact: Impact, chosen: Severity, stage: str, thresholds: Thresholds | None = None) -> Impact:
    """The answers as they are kept with the chosen severity: a reason to overrule goes where nothing is overruled.

    Raises InvalidRecord if the chosen severity is another than the rules give and nobody says why.
    """
    given = verdict(impact, stage, thresholds)
    reason = impact.overruled.strip()
    if chosen is given.severity:
        reason = ""
    elif not reason:
        raise InvalidRecord(
            f"By its impact this is {given.severity} ({given.fired.sentence}), not {chosen}; nothing was saved. "
            f"Say why it is {chosen} all the same, or take {given.severity}."
        )
    return Impact(
        impact.milestone, impact.users, impact.data, impact.money, impact.duty, impact.workaround, overruled=reason
    )


def is_answered(impact: Impact) -> bool:
    """Whether anything was answered at all."""
    return any(getattr(impact, question.name) is not None for question in QUESTIONS)


def answer_words(impact: Impact) -> list[tuple[Question, str]]:
    """Every question that was answered, with its answer in words."""
    told = []
    for question in QUESTIONS:
        value = getattr(impact, question.name)
        if value is not None:
            words = dict(question.answers).get(value) or f"{value:,} {question.unit}"
            told.append((question, words))
    return told


def _holds(rule: Rule, impact: Impact, limits: Thresholds) -> bool:
    if any(getattr(impact, name) not in answers for name, answers in rule.needs):
        return False
    if rule.reaches is None:
        return True
    number = getattr(impact, rule.reaches[0])
    return number is not None and number >= _limit(rule.reaches, limits)


def _held(rule: Rule, impact: Impact, stage: str, limits: Thresholds) -> Held:
    severity = rule.live if stage in LIVE else rule.severity
    sentence = rule.sentence
    if rule.reaches is not None:
        number = getattr(impact, rule.reaches[0])
        sentence = sentence.format(number=number, threshold=_limit(rule.reaches, limits), tier=rule.reaches[1])
    if severity is not rule.severity:
        sentence += f"; that is {rule.severity} elsewhere and weighs more at {stage}"
    return Held(rule.name, severity, f"{sentence}.")


def _limit(reaches: tuple[str, Severity], limits: Thresholds) -> int:
    name, tier = reaches
    found: Mapping[Severity, int] = getattr(limits, name)
    return found[tier]
