"""People and vendors in a playbook: how to reach them, each number beside the age of its proof."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from escplaybook.domain.agreement_dates import current_end, notice_by, state
from escplaybook.domain.agreements import Agreement, AgreementKind, AgreementState
from escplaybook.domain.classification import MARKS, Severity
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.durations import format_span
from escplaybook.domain.hours import hours_words
from escplaybook.domain.vendors import Vendor, VendorLevel, hours_of
from escplaybook.domain.verification import Importance, Importances, proof_on_paper, rings
from escplaybook.prose.entries import render
from escplaybook.prose.html import Node, Nodes
from escplaybook.prose.shapes import heading, lines, paragraph, quiet, strong, table, terms

Words = Sequence[Node | str]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whose numbers stand in a playbook, and what hangs on each of them on `today`."""

    contacts: Mapping[str, Contact]
    importances: Importances
    today: date

    def importance_of(self, contact: Contact) -> Importance:
        """What hangs on reaching them."""
        return self.importances.get(contact.id, Importance.NOBODY)


def person(contact_id: str, role: str, numbers: Numbers) -> list[Node | str]:
    """A name with the number to try first, in two lines."""
    contact = numbers.contacts.get(contact_id)
    if contact is None or contact.retired is not None:
        gone = f"{contact.name}, no longer in use" if contact is not None else "somebody who is not in the book"
        return [strong(gone)]
    beside = [quiet(f"  {role}")] if role else []
    return list(
        lines([strong(contact.name), *beside], first_number(contact, numbers.importance_of(contact), numbers.today))
    )


def first_number(contact: Contact, importance: Importance, today: date) -> list[Node | str]:
    """The number to try first of those that may be shown, or why there is none."""
    for point in first_of(contact.points):
        return _point(point, importance, today)
    return [quiet("number not shown (private)" if contact.points else "no number or address")]


def first_of(known: Iterable[ContactPoint]) -> list[ContactPoint]:
    """The point to try first of those that may be shown, if there is one: what rings, and at any hour."""
    return sorted(_shown(known), key=lambda point: (not rings(point), bool(point.hours)))[:1]


def contact_sheet(people: Sequence[Contact], numbers: Numbers) -> Nodes:
    """These people, with when and how each is reached."""
    head = ("Name", "Local time", "In this order")
    return (table(head, [_person_row(contact, numbers) for contact in people]),)


def points(listed_points: Iterable[ContactPoint], importance: Importance, today: date) -> Nodes:
    """The points in the order to try them; that of others there are some is said."""
    known = list(listed_points)
    told: list[Words] = [_point(point, importance, today) for point in _shown(known)]
    withheld = [point.label or str(point.kind) for point in known if point.privacy is not Privacy.PRINT]
    if withheld:
        told.append([quiet(f"not shown here: {', '.join(withheld)}")])
    return lines(*told) or (quiet("no number or address"),)


def vendor(found: Vendor, agreements: Sequence[Agreement], at: datetime) -> Nodes:
    """A vendor whole: hours, entitlement, severity words, ladder, and what protects us."""
    today = at.date()
    systems = [quiet(f"  {', '.join(found.systems)}")] if found.systems else []
    facts = [*_facts(found, at), *_harmless(agreements, today)]
    rungs = [
        (
            _rung(number, level),
            points(level.points, Importance.VENDOR, today),
        )
        for number, level in enumerate(found.levels, 1)
    ]
    ladder = table(("Level", "In this order"), rungs) if rungs else paragraph(strong("Nobody is named to call."))
    through = render(found.how_to_get_through) if found.how_to_get_through.strip() else ()
    return (heading(found.name, *systems), terms(facts), *through, ladder)


def vendors_in_short(found: Sequence[tuple[Vendor, Sequence[Agreement]]], at: datetime) -> Nodes:
    """A line for each vendor: what it answers for, whom to call first, what to have ready, what protects us."""
    head = ("Vendor", "Entitlement and hours", "First to call", "Hold-harmless")
    return (table(head, [_vendor_row(one, agreements, at) for one, agreements in found]),)


def _shown(known: Iterable[ContactPoint]) -> list[ContactPoint]:
    return [point for point in known if point.privacy is Privacy.PRINT]


def _point(point: ContactPoint, importance: Importance, today: date) -> list[Node | str]:
    value: Node | str = strong(point.value.replace(" ", "\xa0")) if rings(point) else point.value
    proof, is_loud = proof_on_paper(point, importance, today)
    kind = point.label or ("" if point.kind is PointKind.EMAIL else str(point.kind))
    told = ", ".join(filter(None, (kind, "" if is_loud else proof)))
    return [value, " ", quiet(told), *((", ", strong(proof)) if is_loud else ())]


def _person_row(contact: Contact, numbers: Numbers) -> Sequence[Nodes]:
    post = ", ".join(filter(None, (contact.role, contact.team)))
    deputy = numbers.contacts.get(contact.deputy or "")
    name = lines(
        [strong(contact.name)], [post] if post else [], [quiet("deputy: "), deputy.name] if deputy is not None else []
    )
    when = lines([contact.zone.replace("_", " ")], [quiet(hours_words(contact.hours))])
    return name, when, points(contact.points, numbers.importance_of(contact), numbers.today)


def _facts(found: Vendor, at: datetime) -> Iterator[tuple[str, Nodes]]:
    for one in found.entitlements:
        is_over = one.until is not None and one.until < at.date()
        until = f"{'RAN OUT' if is_over else 'until'} {_day(one.until)}" if one.until else ""
        told = [strong(until) if is_over else until] if until else []
        yield "Entitlement", (strong(one.number), f" {one.covers} ", *told)
    yield "Hours", (_hours(found, at),)
    words: list[Words] = [[said] for severity in Severity if (said := _severity(found, severity))]
    yield "What they call it", lines(*words) or (strong("Nobody has written it down."),)
    if found.portal:
        yield "Portal", (found.portal,)


def _severity(found: Vendor, severity: Severity) -> str:
    """Our severity, their word for it, and what they promise."""
    theirs, promise = found.name_of(severity), found.promise_at(severity)
    spans = (("answer", promise.respond), ("restored", promise.restore)) if promise else ()
    told = ", ".join(f"{word} in {format_span(span)}" for word, span in spans if span is not None)
    said = "  ".join(filter(None, (f"“{theirs}”" if theirs else "", told)))
    return f"{MARKS[severity]}\xa0{severity}  {said}" if said else ""


def _hours(found: Vendor, at: datetime) -> str:
    hours = hours_of(found)
    if not hours.hours:
        return "around the clock"
    here = hours.here(at)
    return f"{hours.there()} {hours.zone.replace('_', ' ')}" + (f" ({here} here)" if here else "")


def _rung(number: int, level: VendorLevel) -> Nodes:
    answers = [quiet(f"answers within {format_span(level.answers_within)}")] if level.answers_within else []
    return lines([strong(str(number)), f"  {level.name}"], answers)


def _harmless(agreements: Sequence[Agreement], today: date) -> Iterator[tuple[str, Nodes]]:
    found = [one for one in agreements if one.kind is AgreementKind.HOLD_HARMLESS]
    for one in found:
        parts = (("Covers: ", one.scope), ("Cap: ", one.cap), ("Not covered: ", one.carve_outs))
        told: list[Words] = [[quiet(name), " ".join(said.split())] for name, said in parts if said.strip()]
        yield "Hold-harmless", lines([strong(_standing(one, today))], *told)
    if not found:
        none = strong("None is written down.")
        yield "Hold-harmless", (none, " Change nothing on their side without their consent in writing.")


def _standing(one: Agreement, today: date) -> str:
    end, notice = current_end(one, today), notice_by(one, today)
    match state(one, today):
        case AgreementState.UNSIGNED:
            return "NOT signed: it protects nobody yet."
        case AgreementState.LAPSED:
            return f"LAPSED{f' on {_day(end)}' if end else ''}."
        case AgreementState.NOT_BEGUN:
            return f"Begins {_day(one.start) if one.start else 'later'}."
        case _:
            told = f"In force{f' until {_day(end)}' if end else ''}."
            return told + (f" Notice by {_day(notice)}." if notice else "")


def _vendor_row(found: Vendor, agreements: Sequence[Agreement], at: datetime) -> Sequence[Nodes]:
    today = at.date()
    name = lines([strong(found.name)], [quiet(", ".join(found.systems))] if found.systems else [])
    numbers: list[Words] = [[strong(one.number)] for one in found.entitlements]
    first = next(iter(found.levels), None)
    called = (
        lines([first.name], list(points(first.points[:1], Importance.VENDOR, today)))
        if first is not None
        else (strong("Nobody is named."),)
    )
    harmless = [one for one in agreements if one.kind is AgreementKind.HOLD_HARMLESS]
    standing = lines(*([_standing(one, today)] for one in harmless)) or (strong("None is written down."),)
    return name, lines(*numbers, [_hours(found, at)]), called, standing


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"
