"""What an agreement covers, in plain words, for somebody who must know it in the middle of a blocker.

The three forms of a hold-harmless promise are those of the IRMI glossary (“hold harmless agreement”, irmi.com): the one
who promises answers, in the broad form, even for what is the other's fault alone; in the intermediate form for all but
that, so for the whole damage as soon as part of the fault is not the other's; in the limited form for the own fault.
Courts of many places do not enforce the broad form; the words tell what was signed, not what a court makes of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from escplaybook.domain.agreement_dates import current_end, earliest_end, notice_by, notice_given, renewal_day, state
from escplaybook.domain.agreements import Agreement, AgreementKind, AgreementState, HoldHarmlessForm, Renewal

INSURANCE_NEAR = timedelta(days=30)
"""How long before its end a certificate is spoken of as one that runs out."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. `warns` where it tells what one must not rely on."""

    text: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who is bound and who is protected, as they are called in a sentence; “you” is whoever keeps the book."""

    bound: str
    protected: str


def coverage(agreement: Agreement, vendor: str, today: date) -> tuple[Said, ...]:
    """The sentences about an agreement with the vendor of that name, what matters most in front."""
    stands = state(agreement, today)
    sides = _sides(agreement, vendor)
    return (
        *_standing(agreement, stands, today),
        *_promise(agreement, vendor, sides),
        *_limits(agreement),
        *_insurance(agreement, today),
        *_days(agreement, stands, today),
    )


def _sides(agreement: Agreement, vendor: str) -> _Sides:
    """The parties of a one-way agreement: the bound one comes first among them, and it is the vendor if none is named.

    Where the vendor is not among the names they are said as they are written, as “you” might be either of them.
    """
    names = agreement.parties
    theirs = [number for number, name in enumerate(names) if _is_same(name, vendor)]
    if not names or theirs == [0]:
        return _Sides(vendor, "you")
    if len(theirs) == 1:
        return _Sides("you", vendor)
    return _Sides(names[0], names[1] if len(names) > 1 else "the other side")


def _is_same(name: str, vendor: str) -> bool:
    """Whether a party is that vendor, whose name may lack or have “Ltd” and the like."""
    short, long = sorted((name.casefold().split(), vendor.casefold().split()), key=len)
    return bool(short) and long[: len(short)] == short


def _standing(agreement: Agreement, stands: AgreementState, today: date) -> Iterator[Said]:
    if stands is AgreementState.UNSIGNED:
        yield Said("It is not signed: nobody is bound by it. Signed, it would say what follows.", warns=True)
    elif stands is AgreementState.NOT_BEGUN:
        assert agreement.start is not None  # else it would have begun
        yield Said(f"It begins on {_date(agreement.start)}: until then nobody is bound by it.", warns=True)
    elif stands is AgreementState.LAPSED:
        end = current_end(agreement, today)
        assert end is not None  # what has no end does not lapse
        yield Said(f"It ended {_ago(end, today)}: what happens now is not covered. It said what follows.", warns=True)


def _promise(agreement: Agreement, vendor: str, sides: _Sides) -> Iterator[Said]:
    match agreement.kind:
        case AgreementKind.HOLD_HARMLESS:
            yield _harmless(agreement, vendor, sides)
        case AgreementKind.NDA if agreement.mutual:
            yield Said(f"{vendor} and you must keep secret what you learn from each other.")
        case AgreementKind.NDA:
            yield Said(f"{_upper(sides.bound)} must keep secret what {_learnt(sides)}.")
        case AgreementKind.SUPPORT:
            yield Said(f"{vendor} has promised you support; it does not hold you harmless.")
        case AgreementKind.DATA_PROCESSING:
            yield Said(f"{vendor} may process personal data for you, within what it covers and nothing else.")


def _learnt(sides: _Sides) -> str:
    return f"{'you learn' if sides.bound == 'you' else 'it learns'} from {sides.protected}"


def _harmless(agreement: Agreement, vendor: str, sides: _Sides) -> Said:
    form = agreement.form
    if agreement.mutual:
        start = f"{vendor} and you must hold each other harmless"
        return {
            HoldHarmlessForm.BROAD: Said(f"{start}, each even where the other alone is at fault."),
            HoldHarmlessForm.INTERMEDIATE: Said(f"{start}, each unless the other alone is at fault."),
            HoldHarmlessForm.LIMITED: Said(f"{start}, each for its own share of the fault only."),
            None: Said(f"{start}; how far is not written down, so read the paper first.", warns=True),
        }[form]
    start = f"{_upper(sides.bound)} must hold {sides.protected} harmless"
    alone = "you are" if sides.protected == "you" else f"{sides.protected} is"
    share = "your" if sides.bound == "you" else "its"
    told = {
        HoldHarmlessForm.BROAD: f"{start} even where {alone} alone at fault",
        HoldHarmlessForm.INTERMEDIATE: f"{start} unless {alone} alone at fault",
        HoldHarmlessForm.LIMITED: f"{start} for {share} own share of the fault only",
        None: f"{start}; how far is not written down, so read the paper first",
    }[form]
    if sides.bound == "you":
        return Said(f"{told}. It does not protect you.", warns=True)
    return Said(f"{told}.", warns=form is None)


def _limits(agreement: Agreement) -> Iterator[Said]:
    if scope := _line(agreement.scope):
        yield Said(f"It covers: {scope}")
    if carve_outs := _line(agreement.carve_outs):
        yield Said(f"But not: {carve_outs}", warns=agreement.kind is AgreementKind.HOLD_HARMLESS)
    if cap := _line(agreement.cap):
        yield Said(f"Up to: {cap}")
    elif agreement.kind is AgreementKind.HOLD_HARMLESS:
        yield Said("No cap is written down.")
    if defend := _line(agreement.duty_to_defend):
        yield Said(f"Duty to defend: {defend}")


def _insurance(agreement: Agreement, today: date) -> Iterator[Said]:
    until, name = agreement.insurance_until, _words(agreement.insurance)
    behind = f"The insurance certificate behind it{f' ({name})' if name else ''}"
    if until is None:
        if name:
            yield Said(f"{behind} has no end written down.", warns=True)
    elif until < today:
        yield Said(f"{behind} ran out {_ago(until, today)}.", warns=True)
    else:
        near = f" ({_ahead(until, today)})" if until - today <= INSURANCE_NEAR else ""
        yield Said(f"{behind} runs until {_date(until)}{near}.", warns=bool(near))


def _days(agreement: Agreement, stands: AgreementState, today: date) -> Iterator[Said]:
    if stands in (AgreementState.UNSIGNED, AgreementState.LAPSED):
        return
    end, given, renews = current_end(agreement, today), notice_given(agreement, today), renewal_day(agreement, today)
    if end is None:
        freed = earliest_end(agreement, today)
        assert freed is not None  # an evergreen agreement can always be ended
        yield Said(f"It has no end; notice given today would end it on {_date(freed)}.")
    elif given is not None and agreement.renewal is not Renewal.FIXED:
        yield Said(f"Notice was given on {_date(given)}: it ends on {_date(end)} ({_ahead(end, today)}).", warns=True)
    elif renews is not None:
        yield Said(_renewing(agreement, end, renews, today))
    else:
        near = stands is AgreementState.EXPIRING
        yield Said(f"It ends on {_date(end)} ({_ahead(end, today)}).", warns=near)


def _renewing(agreement: Agreement, end: date, renews: date, today: date) -> str:
    notice, bound = notice_by(agreement, today), earliest_end(agreement, today)
    told = f"It renews itself on {_date(renews)}"
    if notice is None or bound is None:
        return f"{told} for {_span(agreement.term_months)}."
    if bound > end:  # this term's notice day has passed
        return f"{told} and runs at least until {_date(bound)}; notice for then counts until {_date(notice)}."
    unless = f"unless notice is given by {_date(notice)} ({_ahead(notice, today)})"
    return f"{told} for {_span(agreement.term_months)} {unless}."


def _line(text: str) -> str:
    """A text as one line that ends like a sentence."""
    line = _words(text)
    return line if not line or line[-1] in ".!?…" else f"{line}."


def _words(text: str) -> str:
    return " ".join(text.split())


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _span(months: int) -> str:
    return "a month" if months == 1 else f"{months} months"


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return "yesterday" if days == 1 else f"{days} days ago"


def _ahead(day: date, today: date) -> str:
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
