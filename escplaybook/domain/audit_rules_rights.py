"""Rules about who may decide: somebody, only one, always somebody else beside them, and all that a stage asks for."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from escplaybook.domain.audit_case import Case, Grade, Objection, Rule
from escplaybook.domain.identity import Record
from escplaybook.domain.matrix import DecisionRight
from escplaybook.domain.programme import levels_of

ANY = ""

NEEDED = (
    ("initiation", "approve a design change", ("design",)),
    ("initiation", "authorise a temporary workaround", ("workaround",)),
    ("integration", "decide on a breach of a security policy", ("security", "policy")),
    ("testing", "roll back", ("roll back", "rollback", "roll-back")),
    ("testing", "change the environment", ("environment",)),
    ("go-live", "inform the executive sponsor", ("sponsor",)),
    (ANY, "reallocate people and resources", ("reallocat", "resource")),
    (ANY, "negotiate with third parties", ("negotiat", "third part")),
)
"""What the stages ask to be decided, and the words, one of which a right to it names."""


def no_decider(case: Case) -> Iterator[Objection]:
    """Someone may decide, by name."""
    for right in _rights(case):
        if case.person(right.decider) is None:
            yield Objection(right, f"Nobody may decide: {right.decision}")


def decider_left(case: Case) -> Iterator[Objection]:
    """The right went with the person, and nobody took it over."""
    for right in _rights(case):
        for field in ("decider", "alternate"):
            person = case.person(getattr(right, field))
            if person is not None and case.has_left(person):
                yield Objection(right, f"“{right.decision}” is with {person.name}, who is no longer in use", field)


def no_alternate(case: Case) -> Iterator[Objection]:
    """Deputies inherit no rights (see `routing.who_decides`), so a right needs its own second name."""
    for right in _rights(case):
        if case.person(right.decider) is not None and case.person(right.alternate) is None:
            yield Objection(right, f"“{right.decision}” has no alternate")


def right_expired(case: Case) -> Iterator[Objection]:
    """A right that ran out is offered to nobody, and stays in the list as if it were."""
    for right in _rights(case):
        if right.expires is not None and right.expires < case.today:
            yield Objection(right, f"The right “{right.decision}” expired on {right.expires:%-d %b %Y}")


def decided_twice(case: Case) -> Iterator[Objection]:
    """Overlapping responsibilities: one decision, one place, one threshold, two deciders."""
    there: dict[object, DecisionRight] = {}
    for right in sorted(_rights(case), key=lambda right: right.id):
        words = " ".join(right.decision.casefold().split())
        place = (words, right.deployment, right.stage, right.severity, " ".join(right.threshold.casefold().split()))
        older = there.setdefault(place, right)
        if older is not right and older.decider != right.decider:
            names = [person.name for one in (older, right) if (person := case.person(one.decider)) is not None]
            yield Objection(right, f"“{right.decision}” is decided by {' and by '.join(names)} alike")


def _not_given(stage: str, asked: str, words: tuple[str, ...], case: Case) -> Iterator[Objection]:
    """A decision that a stage asks for and that nobody may take there."""
    for deployment, record in _wholes(case):
        held = any(
            right.deployment in (None, deployment)
            and right.stage in ("", stage)
            and (right.expires is None or right.expires >= case.today)
            and any(word in right.decision.casefold() for word in words)
            for right in _rights(case)
        )
        if not held:
            where = f" at {stage}" if stage else ""
            name = case.deployments.get(deployment or "")
            yield Objection(record, f"{f'{name}: nobody' if name else 'Nobody'} may {asked}{where}")


def _wholes(case: Case) -> Iterable[tuple[str | None, Record]]:
    """What the rights of a matrix are counted for: each deployment, else the matrix by its first level."""
    current = [one for one in case.programme.deployments if one.retired is None]
    if not case.ranks:
        return []
    return [(one.id, one) for one in current] or [(None, levels_of(case.programme)[0])]


def _rights(case: Case) -> Iterator[DecisionRight]:
    for right in case.programme.rights:
        if right.retired is None and (right.deployment is None or right.deployment in case.deployments):
            yield right


_NAMES = (
    "Design not decided",
    "Workaround not decided",
    "Security not decided",
    "Rollback not decided",
    "Environment not decided",
    "Sponsor not told",
    "People not moved",
    "Nobody negotiates",
)


def _missing(number: int) -> Rule:
    stage, asked, words = NEEDED[number]
    find: Callable[[Case], Iterable[Objection]] = partial(_not_given, stage, asked, words)
    at = f"At {stage} somebody" if stage else "Somebody"
    return Rule(
        f"M{40 + number}",
        Grade.WARNING,
        _NAMES[number],
        f"{at} must be allowed to {asked}; else the ladder is climbed to its top to ask who is.",
        f"Write down the decision right to {asked}, with decider and alternate.",
        find,
    )


RULES = (
    Rule(
        "M35",
        Grade.ERROR,
        "No decider",
        "Everybody knows what is to be done, and nobody may say so.",
        "Name who decides.",
        no_decider,
        "decider",
    ),
    Rule(
        "M36",
        Grade.ERROR,
        "Decider has left",
        "The right is with somebody who is gone.",
        "Name who took it over.",
        decider_left,
        "decider",
    ),
    Rule(
        "M37",
        Grade.WARNING,
        "No alternate",
        "When the decider is asleep or away nobody may decide: a deputy inherits no rights.",
        "Name an alternate.",
        no_alternate,
        "alternate",
    ),
    Rule(
        "M38",
        Grade.WARNING,
        "Right has expired",
        "It is offered to nobody any more, and those who had it believe that they still do.",
        "Renew it, or take it out of use.",
        right_expired,
        "expires",
    ),
    Rule(
        "M39",
        Grade.ERROR,
        "Decided twice",
        "Two people may take the same decision up to the same threshold, and each may say something else.",
        "Keep one of them, or tell them apart by stage, severity or threshold.",
        decided_twice,
        "decider",
    ),
    *(_missing(number) for number in range(len(NEEDED))),
)
