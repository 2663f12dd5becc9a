"""Which boxes each form has: the intake of a blocker, and the update at its cadence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import SUB_CLASSES, Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.forms import Asked, Box, Choice, Form, Section
from escplaybook.domain.impact import LIVE, QUESTIONS, RULES, Impact, Question, Thresholds, verdict
from escplaybook.domain.matrix import SeverityDefinition

INTAKE, UPDATE, CALL_TREE = "intake", "update", "call-tree"
"""The kinds of forms, by the word that asks for them."""

CODES = {INTAKE: "IN", UPDATE: "UP", CALL_TREE: "CT"}
"""How the id of each kind begins."""

UPDATE_TEXTS = ("milestones", "containment", "mitigations", "decisions")
"""What an update says, box by box."""

IMPACT = "impact_"
"""Begins the name of every box that answers a question of the impact."""

MORE = "more "
"""Begins the name of a box in which a severity asks for more than every ticket carries."""

ANY = "ANY"
"""Stands in the id of an intake form that is for any severity."""

_CARRIED = {
    "context": ("Context", "What stops, since when, for whom, and what was changed last"),
    "dependencies": ("Dependencies", "What waits for it, what it waits for"),
    "options": ("Possible workarounds", "Each with how long it takes and what it touches"),
    "risk": ("Risk", "What happens if it stays, and if a workaround fails"),
}
"""What every ticket must carry, by the blocker's field, where a severity does not say it in its own words."""

_HOW_INTAKE = (
    "Write in capitals where you can, and leave empty what nobody knows. Call first, write then. Afterwards key it in "
    "by the numbers of the boxes, on the screen or in a file: “3 …”, “4 02:41”, “11 c”."
)
_HOW_UPDATE = (
    "One sheet an update, a sentence a box; “nothing new” is an update too. Afterwards key it in by the numbers of the "
    "boxes, on the screen or in a file."
)


@dataclass(frozen=True, slots=True)
class _Asking:
    """A box before it has its number."""

    name: str
    label: str
    asked: Asked = Asked.LINE
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    given: str = ""


def intake_form(
    definition: SeverityDefinition | None, limits: Thresholds, deployment: Deployment | None = None, stage: str = ""
) -> Form:
    """The form by which a blocker is raised; with the checklist of one severity, or of none if it is not known yet."""
    severity = definition.severity if definition is not None else None
    where = f"{deployment.key} {deployment.name}" if deployment is not None else ""
    what = (
        _Asking("deployment", "Deployment", hint="its key or name", given=where),
        _Asking("stage", "Stage", given=stage),
        _Asking("title", "What is blocked, in one line"),
        _Asking("observed", "First seen", Asked.MOMENT, "date and time"),
        _Asking("system", "System"),
        _Asking("data_domain", "Data domain"),
        _Asking("milestone", "Milestone at risk", hint="and its day"),
        _Asking("cause_class", "Whose obstacle", Asked.CHOICE, "internal a to c, external d to f", _CAUSES),
    )
    severities = tuple(Choice(one, letter, one) for letter, one in zip("abcd", Severity, strict=True))
    bad = (
        *(_impact_box(question, limits) for question in QUESTIONS),
        _Asking("severity", "Severity", Asked.CHOICE, "the gravest answer, if nobody overrules it", severities),
        _Asking("overruled", "If it is another one: why"),
    )
    last = (
        _Asking("notified", "First level told", Asked.MOMENT, "time"),
        _Asking("taken_by", "Taken by", hint="the first one never moves"),
        _Asking("taken_at", "Taken", Asked.MOMENT, "time"),
    )
    end = (_Asking("ticket", "Ticket elsewhere", hint="its key"), _Asking("reporter", "Filled in by"))
    carries = f"What a ticket of {severity} must carry" if severity else "What every ticket must carry"
    return _form(
        INTAKE,
        "-".join((CODES[INTAKE], severity or ANY)),
        f"Intake of a blocker: {severity} {definition.name}".strip() if definition else "Intake of a blocker",
        _HOW_INTAKE,
        (
            ("What is blocked", what, ""),
            ("How bad it is", bad, _together(limits)),
            ("Who has it", last, ""),
            (carries, (*_carried(definition), *end), ""),
        ),
        deployment,
    )


def update_form(blocker: Blocker | None, deployment: Deployment | None) -> Form:
    """The form of one structured update; of one blocker, or of any if there is none."""
    audience = zip("abcd", ("the team", "project and sponsors", "the customer", "the vendor"), strict=True)
    groups = tuple(Choice(words, letter, words) for letter, words in audience)
    head = (
        _Asking("blocker", "Blocker", hint="its key", given=f"{blocker.key} {blocker.title}" if blocker else ""),
        _Asking("at", "Stands as of", Asked.MOMENT, "date and time"),
        _Asking("audience", "For whom", Asked.TICKS, choices=groups),
    )
    body = (
        _Asking("milestones", "Impact on milestones", Asked.TEXT, "which, and by how much they slip"),
        _Asking("containment", "Containment", Asked.TEXT, "what keeps it from spreading"),
        _Asking("mitigations", "Proposed mitigations", Asked.TEXT, "each with who does it and how long it takes"),
        _Asking("decisions", "Decisions awaited", Asked.TEXT, "what, from whom, by when"),
    )
    last = (
        _Asking("next", "Next update promised", Asked.PROMISE, "date and time"),
        _Asking("by", "Written by"),
    )
    title = f"Update on {blocker.key}" if blocker else "Update on a blocker"
    sections = (("Which blocker", head, ""), ("How it stands", (*body, *last), ""))
    return _form(UPDATE, CODES[UPDATE], title, _HOW_UPDATE, sections, deployment)


_SUB_CLASSES = [(cause, one) for cause, listed in SUB_CLASSES.items() for one in listed]
_CAUSES = tuple(
    Choice(sub_class, letter, f"{cause} {sub_class}")
    for letter, (cause, sub_class) in zip("abcdefgh", _SUB_CLASSES, strict=False)
)
"""Priority, resource, approval are internal; vendor, API, regulator external."""


def _form(
    kind: str,
    code: str,
    title: str,
    how: str,
    sections: Iterable[tuple[str, tuple[_Asking, ...], str]],
    deployment: Deployment | None,
) -> Form:
    """The form with its boxes numbered."""
    made, number = list[Section](), 0
    for heading, asked, said in sections:
        boxes = []
        for one in asked:
            number += 1
            boxes.append(Box(number, one.name, one.label, one.asked, one.hint, one.choices, one.given))
        made.append(Section(heading, tuple(boxes), said))
    zone = deployment.zone if deployment is not None else "UTC"
    return Form(kind, code, title, how, tuple(made), zone)


def _impact_box(question: Question, limits: Thresholds) -> _Asking:
    """A question of the impact with what each answer gives; of a number with where each severity begins."""
    if question.answers:
        choices = tuple(
            Choice(words, letter, value, _gives(question.name, value, limits))
            for letter, (value, words) in zip("abcdefgh", question.answers, strict=False)
        )
        return _Asking(f"{IMPACT}{question.name}", question.text, Asked.CHOICE, choices=choices)
    starts = sorted({getattr(limits, question.name)[one] for one in getattr(limits, question.name)})
    unit = " %" if question.name == "users" else ""
    guide = tuple(
        Choice(f"from {start:,}{unit}".replace(",", "\u202f"), gives=_gives(question.name, start, limits))
        for start in starts
    )
    return _Asking(f"{IMPACT}{question.name}", question.text, Asked.NUMBER, question.unit, guide)


def _gives(name: str, value: object, limits: Thresholds) -> tuple[Severity, Severity]:
    alone = Impact(**{name: value})  # type: ignore[arg-type]  # the value is one of that question's
    return verdict(alone, "", limits).severity, verdict(alone, LIVE[0], limits).severity


def _together(limits: Thresholds) -> str:
    """What the answers give: each alone, and the rules that need two of them."""
    joint = [rule for rule in RULES if len(rule.needs) + (rule.reaches is not None) > 1]
    told = []
    for rule in joint:
        if rule.reaches is None:
            told.append(f"{rule.sentence[0].lower()}{rule.sentence[1:]}: {rule.severity}")
        else:
            start = getattr(limits, rule.reaches[0])[rule.reaches[1]]
            told.append(f"from {start} % of the users on, and no workaround is proven: {rule.severity}")
    return (
        "Beside each answer stands the severity it gives by itself, before go-live and from then on; the gravest "
        f"decides. Together they give more: {'; '.join(told)}."
    )


def _carried(definition: SeverityDefinition | None) -> Iterator[_Asking]:
    """The four that every ticket carries, then what this severity asks for besides."""
    own, more = dict[str, str](), list[str]()
    for item in definition.intake if definition is not None else ():
        head, colon, rest = item.partition(":")
        name = next((name for name, (label, _) in _CARRIED.items() if label.casefold() == head.strip().casefold()), "")
        if name and colon and name not in own:
            own[name] = rest.strip()
        else:
            more.append(item)
    for name, (label, hint) in _CARRIED.items():
        yield _Asking(name, label, Asked.TEXT, own.get(name, hint))
    for item in more:
        yield _Asking(f"{MORE}{item}", item, Asked.TEXT)
