"""The words of this trade, one word for one thing, as playbooks explain them to newcomers."""

from collections.abc import Iterable, Mapping

TERMS: Mapping[str, str] = {
    "acknowledge": (
        "To take ownership of a blocker, by name. From then on everybody knows who has it; the first "
        "acknowledgement never moves."
    ),
    "agreement": (
        "A contract with a vendor that matters when things stall: hold-harmless agreement, non-disclosure "
        "agreement or support contract, with its cap, its end and the last day for notice."
    ),
    "backup": "Who stands in when the owner of a level cannot be reached. Named beforehand, not looked for at night.",
    "blocker": (
        "An obstacle that stalls a milestone. Something merely annoying is none; something that nobody may "
        "decide about can be one."
    ),
    "cadence": "How often an update is promised while a blocker is open. The promise holds also when nothing is new.",
    "cause class": (
        "Whose obstacle it is. Internal: a priority, a resource or an approval of our own is missing. "
        "External: a vendor, an interface or a regulator holds us up."
    ),
    "close": "To finish the paperwork of a blocker, after it was resolved.",
    "confidence": "How far a remedy may be trusted, worked out from how often it was used and what came of it.",
    "contact point": (
        "One way to reach a person: a number, an address, a pager. Each has the day on which somebody last "
        "proved that it works."
    ),
    "debrief": "The talk after an escalation or a drill that ends in actions with an owner and a date.",
    "decision right": (
        "The authority to decide one thing, at one stage, up to a threshold. Whoever has it need not ask; "
        "whoever has it not must."
    ),
    "deployment": "One customer’s implementation, from initiation to hypercare, under one escalation matrix.",
    "drill": (
        "A rehearsed escalation. Nobody is harmed by a mistake in it, and its gaps are mended before the real one."
    ),
    "edition": "One published version of the escalation matrix. It never changes; a newer one takes its place.",
    "entitlement": "The number a vendor asks for before it helps: contract, customer or support id.",
    "escalation": (
        "A blocker’s way up the levels. It is a request for a decision or for help, never a complaint about somebody."
    ),
    "escalation matrix": (
        "The table that says for each stage, severity and cause class who answers at which level, and by when."
    ),
    "hold-harmless agreement": (
        "An agreement about who bears the damage if work on one side harms the other. Without it nothing is "
        "changed on the other side unless they agree in writing."
    ),
    "hypercare": "The weeks after go-live in which the project team still watches the system closely.",
    "known blocker": (
        "A blocker that was met before, written down with its symptoms, its cause and its remedy. Also called an entry."
    ),
    "level": (
        "A rung of the ladder, such as team lead, project manager, director, executive sponsor. Each is there "
        "to bring about something the level below cannot."
    ),
    "note": (
        "What a mentor knows of a known blocker, tied to the passage it is about: a caution, a shortcut, a "
        "why or a story."
    ),
    "owner": "The one person who answers for a level, a blocker or an action. Two owners are none.",
    "playbook": "A document that teaches one role what to do, with what the book knows at the moment in its place.",
    "reference": "The ticket, task or risk in another tool that belongs to a blocker.",
    "remedy": "The ordered steps that restore progress, each with what to see afterwards and the way back.",
    "resolve": "To end the impact of a blocker. The paperwork may come later.",
    "severity": (
        "How bad the impact on the business is, from S1 (it stands still) to S4 (a question). It follows from "
        "the impact, never from how loud somebody is."
    ),
    "single point of contact": (
        "The only person who talks to people outside the project about a blocker, so that they hear one story."
    ),
    "stage": "Where a deployment is in its life: initiation, integration, testing, go-live, hypercare.",
    "trigger": (
        "A condition that can be measured and that makes an escalation due: “blocks data sync for 60 "
        "minutes”, never “this is late”."
    ),
    "update": (
        "A short report in a fixed shape: impact on milestones, containment, mitigations, decisions awaited, "
        "and when the next one comes."
    ),
    "vendor": "A third party whose product or service the deployment needs, with a ladder of its own.",
    "workaround": (
        "A temporary change that somebody approved, with an end, risks, a way back, checks and people who are "
        "told. Without these it is an accident that has not happened yet."
    ),
}
"""What each term means, in the order of the alphabet."""


def explained(wanted: Iterable[str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The terms asked for with their meanings (all if none was), and those that nobody has explained."""
    asked = tuple(wanted)
    if not asked:
        return tuple(TERMS.items()), ()
    known = {term: _known(term) for term in asked}
    found = {name: TERMS[name] for name in known.values() if name}
    return tuple(found.items()), tuple(term for term, name in known.items() if not name)


def _known(term: str) -> str:
    """The term as it is listed; a plural s is passed over."""
    folded = " ".join(term.casefold().split())
    return next((name for name in (folded, folded.removesuffix("s")) if name in TERMS), "")
