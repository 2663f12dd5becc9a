"""Acting on an agreement's deadlines, telling which ask for something, and putting them into a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from escplaybook.domain.agreement_dates import current_end, earliest_end, notice_by, renewal_day, state
from escplaybook.domain.agreement_reminders import MARKS, Reminder, acted, reminders, unsettled
from escplaybook.domain.agreements import Act, Agreement, AgreementState, Deadline
from escplaybook.domain.coverage_words import coverage
from escplaybook.domain.dues import agreement_dues
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import Record
from escplaybook.domain.naming import named
from escplaybook.domain.vendors import Vendor
from escplaybook.exchange.calendar_events import Event
from escplaybook.services import editing
from escplaybook.store import records
from escplaybook.store.book import Book, default_author

_MORNING = timedelta(hours=9)
"""When on its day an alarm of the calendar rings; at midnight nobody hears it."""

_REASONS = {
    Act.SEEN: "Have seen the deadline of {0}",
    Act.NOTICE_GIVEN: "Give notice of {0}",
    Act.LEFT_TO_RENEW: "Leave {0} to renew itself",
    Act.RENEWED: "Renew {0}",
    Act.LET_END: "Let {0} end",
}
_INSURANCE_REASONS = {Act.RENEWED: "Renew the insurance of {0}", Act.LET_END: "Do without the insurance of {0}"}
_TITLES = {
    Deadline.NOTICE: "Last day for notice: {0}",
    Deadline.END: "Ends: {0}",
    Deadline.INSURANCE: "Insurance certificate runs out: {0}",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """An agreement and what it asks for; nothing may ask where it is only listed."""

    agreement: Agreement
    vendor: Vendor
    reminders: tuple[Reminder, ...]


def act_edit(
    agreement: Agreement,
    act: Act,
    now: datetime,
    *,
    on: date | None = None,
    about: Deadline | None = None,
    until: date | None = None,
    by: str = "",
    note: str = "",
) -> tuple[str, Edit]:
    """What the act is called in the history, and the edit that keeps it. `on` is the day it was done, else today.

    Raises InvalidRecord if the act makes no sense as the agreement stands, or is said to be done on a day to come.
    """
    done = on or now.date()
    if done > now.date():
        raise InvalidRecord("What was done was done today or earlier; nothing was changed.")
    after = acted(agreement, act, done, about=about, until=until, by=by or default_author(), note=note)
    is_insurance = after.acted[-1].about is Deadline.INSURANCE
    reason = _INSURANCE_REASONS.get(act) if is_insurance else None
    return (reason or _REASONS[act]).format(named(agreement)), Edit(agreement, replace(after, updated=now))


def act(book: Book, agreement: Agreement, what: Act, now: datetime, **how: Any) -> Agreement:
    """Act on an agreement's deadline; returns it as it is now. `how` and errors as of `act_edit`."""
    reason, edit = act_edit(agreement, what, now, **how)
    (stored,) = editing.apply(book, reason, edit, now=now)
    assert isinstance(stored.after, Agreement)
    return stored.after


def listed(book: Book) -> list[tuple[Agreement, Vendor]]:
    """Every agreement in use with its vendor."""
    vendors = {vendor.id: vendor for vendor in records.everything(book, Vendor)}
    found = records.everything(book, Agreement)
    return [(agreement, vendors[agreement.vendor]) for agreement in found if agreement.retired is None]


def due(book: Book, today: date, within: int = MARKS[-1]) -> list[Asking]:
    """The agreements that ask for something today or will within so many days, the riskiest first."""
    asking = [
        Asking(agreement, vendor, reminders(agreement, today, within))
        for agreement, vendor in listed(book)
        if vendor.retired is None
    ]
    unsigned = AgreementState.UNSIGNED
    wanted = [one for one in asking if one.reminders or state(one.agreement, today) is unsigned]

    def risk(one: Asking) -> tuple[int, date, str]:
        risks = [due.risk for due in agreement_dues(one.agreement, one.vendor.name, today)]
        first = one.reminders[0].day if one.reminders else date.max
        return min(risks, default=9), first, one.agreement.key

    return sorted(wanted, key=risk)


def told(agreement: Agreement, vendor: str, today: date) -> dict[str, Any]:
    """How an agreement stands on that day, in the shape of the command line's listings."""
    return {
        "key": agreement.key,
        "vendor": vendor,
        "kind": agreement.kind,
        "title": agreement.title,
        "end": _day(current_end(agreement, today)),
        "notice_by": _day(notice_by(agreement, today)),
        "renewal": agreement.renewal,
        "renews_on": _day(renewal_day(agreement, today)),
        "earliest_end": _day(earliest_end(agreement, today)),
        "state": state(agreement, today),
    }


def standing(book: Book, record: Record, today: date) -> dict[str, Any]:
    """What `show` adds for an agreement to the fields it has: how it stands and what it covers; else nothing."""
    if not isinstance(record, Agreement):
        return {}
    vendor = records.get(book, Vendor, record.vendor)
    stands = told(record, vendor.name, today)
    return {
        "current_end": stands["end"],
        **{name: stands[name] for name in ("notice_by", "renews_on", "earliest_end", "state")},
        "covers": [one.text for one in coverage(record, vendor.name, today)],
    }


def calendar(book: Book, now: datetime) -> tuple[bytes, int]:
    """The deadlines ahead that nobody has settled, as a calendar file with alarms; and how many they are."""
    from escplaybook.exchange.calendar_writing import write_calendar  # icalendar costs 0.1 s to import

    events = [event for agreement, vendor in listed(book) for event in _events(agreement, vendor, now.date())]
    return write_calendar(events, "Agreements"), len(events)


def _events(agreement: Agreement, vendor: Vendor, today: date) -> Iterator[Event]:
    if vendor.retired is not None:
        return
    title = agreement.title or f"{agreement.kind} agreement"
    name = title if vendor.name in title else f"{vendor.name}: {title}"
    notice = [f"Notice goes to {agreement.notice_address}"] if agreement.notice_address else []
    for about, day in unsettled(agreement, today):
        if day >= today:
            start = datetime.combine(day, time(), UTC)
            yield Event(
                uid=f"{agreement.id}-{about}-{day}@escplaybook",
                title=_TITLES[about].format(name),
                start=start,
                end=start + timedelta(days=1),
                all_day=True,
                text="\n".join((agreement.key, *notice)),
                reminders=tuple(timedelta(days=days) - _MORNING for days in reversed(MARKS)),
                categories=("agreement",),
                updated=agreement.updated,
            )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
