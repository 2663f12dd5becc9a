"""Until when a sheet of paper holds, and who may see it: by whatever on it goes stale first or is most confidential."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from escplaybook.domain.agreement_dates import current_end, notice_by, state
from escplaybook.domain.agreements import Agreement, AgreementState
from escplaybook.domain.contacts import Contact, ContactPoint
from escplaybook.domain.editions import Edition, effective_at
from escplaybook.domain.identity import Record
from escplaybook.domain.living_matrix import changes_since, standing
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.vendors import Vendor
from escplaybook.domain.verification import Importance, next_check, rings

_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day on which a sheet holds, and what happens then: “a number of Mara Lindqvist is to be proved”."""

    day: date
    why: str


class PrivacyClass(IntEnum):
    """Who may see a sheet, the strictest last."""

    TEAM = 0
    CONFIDENTIAL = 1

    @property
    def words(self) -> str:
        """As it stands on every page."""
        return ("team only", "confidential")[self]


def class_of(records: Iterable[Record]) -> PrivacyClass:
    """The strictest class of what stands whole on a sheet.

    What was agreed with a vendor, and the numbers by which they know us, are confidential; all else is for the team.
    Numbers and addresses that are not for paper never stand on any.
    """
    return max(map(_class, records), default=PrivacyClass.TEAM)


def first_to_expire(
    records: Iterable[Record], points: Iterable[tuple[ContactPoint, Importance]], today: date
) -> Expiry | None:
    """Whatever of these records and numbers goes stale first; None if nothing can.

    A number may have gone stale before `today`; other days that are past are told as past on the sheet itself.
    """
    listed = tuple(records)
    found = [Expiry(day, f"a number of {_holder(point, listed)} is to be proved") for point, day in _proofs(points)]
    found += [expiry for record in listed for expiry in _days(record, today) if expiry.day >= today]
    return min(found, key=lambda expiry: expiry.day, default=None)


def replaced_on(editions: Iterable[Edition], at: datetime, deployment: str | None) -> Expiry | None:
    """The last day before an edition that is signed already takes the place of the one that holds at `at`."""
    coming = [
        (edition.effective, edition.number)
        for edition in editions
        if edition.deployment in (None, deployment)
        and edition.effective is not None
        and edition.effective > at
        and (edition.retired is None or edition.retired > edition.effective)
    ]
    if not coming:
        return None
    effective, number = min(coming)
    last = (effective - timedelta(microseconds=1)).astimezone(at.tzinfo).date()
    return Expiry(last, f"edition {number} comes into force")


def speaks_of_matrix(records: Iterable[Record]) -> bool:
    """Whether any of it is what an edition fixes."""
    return any(isinstance(record, Cell | DecisionRight | Level | SeverityDefinition) for record in records)


def edition_words(found: Programme, records: Iterable[Record], at: datetime, deployment: str | None) -> str:
    """The edition that holds for these records of the matrix, and whether they were changed by hand since."""
    edition = effective_at(found.editions, at, deployment)
    if edition is None:
        return "no edition"
    changed = {change.record.id for change in changes_since(standing(found, at), at) if change.record is not None}
    is_changed = not changed.isdisjoint(record.id for record in records)
    return f"edition {edition.number}, changed since" if is_changed else f"edition {edition.number}"


def _class(record: Record) -> PrivacyClass:
    is_known_to_us = isinstance(record, Agreement) or (isinstance(record, Vendor) and bool(record.entitlements))
    return PrivacyClass.CONFIDENTIAL if is_known_to_us else PrivacyClass.TEAM


def _proofs(points: Iterable[tuple[ContactPoint, Importance]]) -> Iterator[tuple[ContactPoint, date]]:
    for point, importance in points:
        day = next_check(point, importance) if rings(point) else None
        if day is not None:
            yield point, day


def _holder(point: ContactPoint, records: Iterable[Record]) -> str:
    for record in records:
        held = record.points if isinstance(record, Contact) else ()
        if isinstance(record, Vendor):
            held = tuple(one for level in record.levels for one in level.points)
        if point in held:
            return _short(record.name)  # type: ignore[attr-defined]  # contacts and vendors have one
    return "somebody"


def _days(record: Record, today: date) -> Iterator[Expiry]:
    """The days on which what is printed of a record is no longer so."""
    match record:
        case Agreement() if state(record, today) not in (AgreementState.UNSIGNED, AgreementState.LAPSED):
            days = (
                (notice_by(record, today), f"notice on {record.key} is due"),
                (current_end(record, today), f"{record.key} ends or goes on"),
                (record.insurance_until, f"the insurance of {record.key} ends"),
            )
            yield from (Expiry(day, why) for day, why in days if day is not None)
        case DecisionRight() if record.expires is not None:
            yield Expiry(record.expires, f"the right “{_short(record.decision)}” ends")
        case Vendor():
            days_of = ((one.until, one.number) for one in record.entitlements)
            yield from (Expiry(day, f"entitlement {_short(number)} ends") for day, number in days_of if day is not None)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - 1].rstrip() + "…"
