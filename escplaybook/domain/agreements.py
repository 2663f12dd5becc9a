"""Agreements with vendors: what they cover, when they end, and by when notice must be given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import InvalidRecord


class AgreementKind(StrEnum):
    """What sort of paper it is."""

    HOLD_HARMLESS = "hold-harmless"
    NDA = "nda"
    SUPPORT = "support"
    DATA_PROCESSING = "data-processing"


class HoldHarmlessForm(StrEnum):
    """How far the promise goes: broad (even our sole fault), intermediate (all but that), limited (their own fault)."""

    BROAD = "broad"
    INTERMEDIATE = "intermediate"
    LIMITED = "limited"


class Renewal(StrEnum):
    """How an agreement goes on: it ends, it renews itself by a term unless notice is given, or it has no end."""

    FIXED = "fixed"
    TACIT = "tacit"
    EVERGREEN = "evergreen"


class AgreementState(StrEnum):
    """Where an agreement stands on a day."""

    UNSIGNED = "unsigned"
    NOT_BEGUN = "not begun"
    IN_FORCE = "in force"
    NOTICE_WINDOW = "notice window"
    EXPIRING = "expiring"
    LAPSED = "lapsed"


WARNING = timedelta(days=90)
"""How long before its notice date or its end an agreement asks for attention."""


class Act(StrEnum):
    """What somebody did about an agreement's deadline."""

    SEEN = "seen"
    NOTICE_GIVEN = "notice given"
    LEFT_TO_RENEW = "left to renew"
    RENEWED = "renewed"
    LET_END = "let end"


@dataclass(frozen=True, slots=True)
class Acted:
    """An act about the deadline that falls on `deadline`, done on `on` by `by` (a name)."""

    deadline: date
    act: Act
    on: date
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract with a vendor. `vendor` and `owner` are ids (of a vendor, and of the contact who answers for it).

    `end` is the last day in force as signed; a tacit agreement goes on from there by `term_months` at a time.
    Notice must be with the other side `notice_months` and `notice_days` before the end. `parties` are the contracting
    firms by name, `signatories` the people who signed; `insurance` names the certificate that lasts until
    `insurance_until`; `acted` is what was done about its deadlines.
    """

    id: str
    vendor: str
    kind: AgreementKind
    created: datetime
    updated: datetime
    key: str = ""
    title: str = ""
    form: HoldHarmlessForm | None = None
    mutual: bool = False
    parties: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    scope: str = ""
    cap: str = ""
    carve_outs: str = ""
    duty_to_defend: str = ""
    insurance: str = ""
    insurance_until: date | None = None
    signed: date | None = None
    start: date | None = None
    end: date | None = None
    renewal: Renewal = Renewal.FIXED
    term_months: int = 0
    notice_months: int = 0
    notice_days: int = 0
    notice_address: str = ""
    owner: str | None = None
    documents: tuple[Attachment, ...] = ()
    acted: tuple[Acted, ...] = ()
    notes: str = ""
    retired: datetime | None = None

    def __post_init__(self) -> None:
        if self.renewal is not Renewal.EVERGREEN and self.end is None:
            raise InvalidRecord("An agreement that is not evergreen needs the day it ends.")
        if self.renewal is Renewal.TACIT and self.term_months <= 0:
            raise InvalidRecord("An agreement that renews itself needs the months it renews by.")
        if self.start and self.end and self.end < self.start:
            raise InvalidRecord("An agreement cannot end before it starts.")
        if self.notice_months < 0 or self.notice_days < 0:
            raise InvalidRecord("Notice is given before the end, so its length cannot be negative.")
        if self.form is not None and self.kind is not AgreementKind.HOLD_HARMLESS:
            raise InvalidRecord("Only a hold-harmless agreement has a form (broad, intermediate, limited).")


def current_end(agreement: Agreement, today: date) -> date | None:
    """The last day of the term that `today` falls in; None for an evergreen one.

    Successive terms are counted from the end as signed, so that a 31st comes back after a short month.
    """
    if agreement.end is None or agreement.renewal is not Renewal.TACIT:
        return agreement.end
    return next(end for end in _ends(agreement) if end >= today)


def notice_by(agreement: Agreement, today: date) -> date | None:
    """The last day on which notice for the current term counts; None where no notice is foreseen.

    If that day has passed, the next term is bound already: the answer is then the next term's day.
    """
    if agreement.end is None or agreement.renewal is Renewal.EVERGREEN:
        return None
    if not agreement.notice_months and not agreement.notice_days:
        return None
    if agreement.renewal is Renewal.FIXED:
        return _before(agreement.end, agreement)
    return next(day for day in (_before(end, agreement) for end in _ends(agreement)) if day >= today)


def state(agreement: Agreement, today: date) -> AgreementState:
    """Where the agreement stands on `today`."""
    if agreement.signed is None or agreement.signed > today:
        return AgreementState.UNSIGNED
    if agreement.start is not None and agreement.start > today:
        return AgreementState.NOT_BEGUN
    end, notice = current_end(agreement, today), notice_by(agreement, today)
    if end is not None and end < today:
        return AgreementState.LAPSED
    if notice is not None and timedelta(0) <= notice - today <= WARNING:
        return AgreementState.NOTICE_WINDOW
    if agreement.renewal is Renewal.FIXED and end is not None and end - today <= WARNING:
        return AgreementState.EXPIRING
    return AgreementState.IN_FORCE


def _before(end: date, agreement: Agreement) -> date:
    notice: date = end - relativedelta(months=agreement.notice_months, days=agreement.notice_days)
    return notice


def _ends(agreement: Agreement) -> Iterator[date]:
    """The last days of the first and every following term."""
    assert agreement.end is not None
    terms = 0
    while True:
        try:
            yield agreement.end + relativedelta(months=terms * agreement.term_months)
        except (ValueError, OverflowError):  # the calendar itself ends in the year 9999
            yield date.max
        terms += 1
