"""Rules about third parties: what is signed holds through every stage, and their own ladder can be climbed."""

from collections.abc import Iterator
from datetime import date

from escplaybook.domain.agreement_dates import current_end, is_ending, state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.audit_case import URGENT, Case, Grade, Objection, Rule
from escplaybook.domain.vendors import Vendor

OVER = (AgreementState.LAPSED, AgreementState.UNSIGNED)


def lapsed(case: Case) -> Iterator[Objection]:
    """Agreements kept current."""
    for agreement, name in _agreements(case):
        if state(agreement, case.today) is AgreementState.LAPSED:
            yield Objection(agreement, f"{name} has lapsed on {current_end(agreement, case.today):%-d %b %Y}")


def unsigned(case: Case) -> Iterator[Objection]:
    """A draft protects nobody."""
    for agreement, name in _agreements(case):
        if state(agreement, case.today) is AgreementState.UNSIGNED:
            yield Objection(agreement, f"{name} is not signed", "signed")


def ends_before_a_stage(case: Case) -> Iterator[Objection]:
    """The stage-entry gate wants agreements to be valid through the stage."""
    for agreement, name in _agreements(case):
        end = current_end(agreement, case.today)
        if end is None or state(agreement, case.today) in OVER or not is_ending(agreement, case.today):
            continue
        if stage := _stage_after(case, end):
            yield Objection(agreement, f"{name} ends on {end:%-d %b %Y}, before {stage} is over", "end")


def insurance_ends(case: Case) -> Iterator[Objection]:
    """A cap is worth as much as the insurance behind it."""
    for agreement, name in _agreements(case):
        end = agreement.insurance_until
        if end is not None and state(agreement, case.today) not in OVER and (stage := _stage_after(case, end)):
            yield Objection(agreement, f"{name}: insured until {end:%-d %b %Y}, and {stage} goes on")


def nobody_answers_for_it(case: Case) -> Iterator[Objection]:
    """Deadlines of a paper that is nobody’s pass unseen."""
    for agreement, name in _agreements(case):
        if not case.is_there(agreement.owner):
            yield Objection(agreement, f"Nobody answers for {name}")


def notice_undecided(case: Case) -> Iterator[Objection]:
    """A tacit renewal is a decision that is taken by not looking."""
    for agreement, name in _agreements(case):
        if state(agreement, case.today) is AgreementState.NOTICE_WINDOW:
            yield Objection(agreement, f"{name} renews itself unless notice is given in time")


def no_ladder(case: Case) -> Iterator[Objection]:
    """External blockers go up the vendor’s ladder, so there must be one, with somebody to call."""
    for vendor in _vendors(case):
        if not any(level.points for level in vendor.levels):
            yield Objection(vendor, f"{vendor.name} has no ladder with a number or address on it")


def no_severity_words(case: Case) -> Iterator[Objection]:
    """The wrong word in their portal can cost days."""
    for vendor in _vendors(case):
        missing = [severity for severity in URGENT if not vendor.name_of(severity)]
        if missing:
            yield Objection(vendor, f"Nobody wrote down what {vendor.name} calls our {' and '.join(missing)}")


def no_entitlement(case: Case) -> Iterator[Objection]:
    """The number that a vendor asks for before it helps."""
    for vendor in _vendors(case):
        if not vendor.entitlements:
            yield Objection(vendor, f"{vendor.name} has no entitlement number")


def entitlement_ends(case: Case) -> Iterator[Objection]:
    """It has an end of its own, often sooner than the contract."""
    for vendor in _vendors(case):
        for item in vendor.entitlements:
            if item.until is None:
                continue
            if item.until < case.today:
                yield Objection(vendor, f"{vendor.name}: the number {item.number} counts no more")
            elif stage := _stage_after(case, item.until):
                yield Objection(vendor, f"{vendor.name}: the number {item.number} runs out before {stage} is over")


def _agreements(case: Case) -> Iterator[tuple[Agreement, str]]:
    vendors = {vendor.id: vendor.name for vendor in case.programme.vendors if vendor.retired is None}
    for agreement in case.programme.agreements:
        if agreement.retired is None and agreement.vendor in vendors:
            title, vendor = agreement.title or f"{agreement.kind} agreement", vendors[agreement.vendor]
            yield agreement, title if vendor in title else f"{vendor}: {title}"


def _vendors(case: Case) -> Iterator[Vendor]:
    return (vendor for vendor in case.programme.vendors if vendor.retired is None)


def _stage_after(case: Case, end: date) -> str:
    """The first stage, of any deployment, that is still to be gone through after that day: “go-live of Harbour ERP”."""
    ahead = [
        (stage.end, f"{stage.stage} of {deployment.name}")
        for deployment in case.programme.deployments
        if deployment.retired is None
        for stage in deployment.stages
        if stage.end >= case.today and stage.end > end
    ]
    return min(ahead)[1] if ahead else ""


RULES = (
    Rule(
        "M56",
        Grade.ERROR,
        "Agreement has lapsed",
        "What it protected from, it protects from no longer, and work goes on as if it did.",
        "Renew it, or take it out of use and stop relying on it.",
        lapsed,
        "end",
    ),
    Rule(
        "M57",
        Grade.WARNING,
        "Not signed",
        "A draft protects nobody, and in an emergency nobody remembers that it is one.",
        "Have it signed, or take it out of use.",
        unsigned,
        "signed",
    ),
    Rule(
        "M58",
        Grade.WARNING,
        "Ends during the programme",
        "It ends before a stage is over that relies on it.",
        "Renew it, or order its successor now.",
        ends_before_a_stage,
        "end",
    ),
    Rule(
        "M59",
        Grade.WARNING,
        "Insurance ends too soon",
        "The liability stays, but the money behind it is gone before the stage is over.",
        "Ask for the next certificate.",
        insurance_ends,
        "insurance_until",
    ),
    Rule(
        "M60",
        Grade.ADVICE,
        "Nobody answers for it",
        "Its deadlines come to nobody in particular.",
        "Name who answers for the agreement.",
        nobody_answers_for_it,
        "owner",
    ),
    Rule(
        "M61",
        Grade.ADVICE,
        "Renews itself",
        "If nobody decides, the old terms hold for another term.",
        "Decide before the notice day, and note what was decided.",
        notice_undecided,
    ),
    Rule(
        "M62",
        Grade.WARNING,
        "Vendor without ladder",
        "When their part fails there is nobody to call, and nobody above them.",
        "Write down whom to ask for, level by level.",
        no_ladder,
        "levels",
    ),
    Rule(
        "M63",
        Grade.WARNING,
        "Severities not mapped",
        "A ticket with the wrong word of theirs waits at the end of their queue.",
        "Ask them what they call our S1 and S2.",
        no_severity_words,
        "severity_names",
    ),
    Rule(
        "M64",
        Grade.WARNING,
        "No entitlement",
        "They ask for it first, and help nobody who does not know it.",
        "Write down the contract, customer or support number.",
        no_entitlement,
        "entitlements",
    ),
    Rule(
        "M65",
        Grade.WARNING,
        "Entitlement runs out",
        "The number that opens their door stops counting before the programme is through.",
        "Have it renewed.",
        entitlement_ends,
        "entitlements",
    ),
)
