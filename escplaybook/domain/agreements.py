"""Agreements with vendors: what is signed with whom, how it goes on, and what was done about its deadlines."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


class Deadline(StrEnum):
    """A day of an agreement by which something is to be done."""

    NOTICE = "notice"
    END = "end"
    INSURANCE = "insurance"


class Act(StrEnum):
    """What somebody did about an agreement's deadline."""

    SEEN = "seen"
    NOTICE_GIVEN = "notice given"
    LEFT_TO_RENEW = "left to renew"
    RENEWED = "renewed"
    LET_END = "let end"


@dataclass(frozen=True, slots=True)
class Acted:
    """An act about the deadline that falls on `deadline`, done on `on` by `by` (a name).

    `about` tells deadlines apart that fall on the same day, as the end and the insurance's often do.
    """

    deadline: date
    act: Act
    on: date
    by: str = ""
    note: str = ""
    about: Deadline = Deadline.END


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract with a vendor. `vendor` and `owner` are ids (of a vendor, and of the contact who answers for it).

    `end` is the last day in force as signed; a tacit agreement goes on from there by `term_months` at a time, an
    evergreen one cannot be ended before it. Notice must be with the other side `notice_months` and `notice_days` before
    the end. `parties` are the contracting firms by name; where only one is bound, that one comes first. `signatories`
    are the people who signed; `insurance` names the certificate that lasts until `insurance_until`; `acted` is what was
    done about its deadlines, in the order it was done.
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
