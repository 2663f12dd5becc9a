"""Absences as a calendar file, for the calendars of those who plan with them."""

from collections.abc import Iterator
from datetime import datetime

from escplaybook.domain.contacts import PointKind, Privacy
from escplaybook.domain.programme import Programme
from escplaybook.exchange.calendar_events import Event
from escplaybook.store.book import Book
from escplaybook.store.programme import programme


def calendar(book: Book, now: datetime, contact: str | None = None) -> tuple[bytes, int]:
    """The absences that are not over, of one contact (an id) or of all, as a calendar file; and how many they are.

    Brought in again, it changes nothing.
    """
    from escplaybook.exchange.calendar_writing import write_calendar  # icalendar costs 0.1 s to import

    events = list(_events(programme(book), now, contact))
    return write_calendar(events, "Absences"), len(events)


def _events(found: Programme, now: datetime, contact: str | None) -> Iterator[Event]:
    for absence in found.absences:
        is_over = not absence.rule and absence.end <= now
        if absence.retired is not None or is_over or contact not in (None, absence.contact):
            continue
        person, deputy = found.contacts[absence.contact], found.contacts.get(absence.deputy or "")
        addresses = (
            point.value
            for point in person.points
            if point.kind is PointKind.EMAIL and point.privacy is not Privacy.PRIVATE
        )
        yield Event(
            uid=absence.id,
            title=absence.reason,
            start=absence.start,
            end=absence.end,
            zone=absence.zone,
            all_day=absence.all_day,
            rule=absence.rule,
            excluded=absence.excluded,
            text=f"{person.name} is away" + (f"; {deputy.name} stands in." if deputy is not None else "."),
            people=tuple(addresses)[:1],
            updated=absence.updated,
            is_busy=True,
        )
