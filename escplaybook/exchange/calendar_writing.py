"""Events as a calendar file (.ics, RFC 5545) that calendar programs take in. The same events give the same bytes."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from escplaybook.exchange.calendar_events import Event

PRODUCT = "-//escplaybook//deadlines and duty//EN"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The stamp of what was never changed: RFC 5545 wants one, and the clock must not decide over the bytes."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""What no calendar file may hold, and line ends that some programs count and others do not."""


def write_calendar(events: Iterable[Event], name: str) -> bytes:
    """The file, events by their start, under the name that calendar programs show.

    Times on the wall clock of a zone other than UTC bring that zone's rules along.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _clean(name))
    listed = sorted(events, key=lambda event: (event.start, event.uid))
    for event in listed:
        calendar.add_component(_written(event))
    if any(not event.all_day and event.zone != "UTC" for event in listed):
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _written(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", _clean(event.uid))
    made.add("dtstamp", (event.updated or _EPOCH).astimezone(UTC).replace(microsecond=0))
    made.add("dtstart", _when(event, event.start))
    made.add("dtend", _when(event, event.end))
    made.add("summary", _clean(event.title))
    if event.text:
        made.add("description", _clean(event.text))
    if event.rule:
        made.add("rrule", icalendar.vRecur.from_ical(event.rule))
    if event.excluded:
        made.add("exdate", [_when(event, start) for start in sorted(event.excluded)])
    for person in event.people:
        made.add("attendee", f"mailto:{_clean(person)}")
    if event.categories:
        made.add("categories", [_clean(word) for word in event.categories])
    if event.all_day and not event.is_busy:
        made.add("transp", "TRANSPARENT")  # a deadline keeps nobody from a meeting
    for before in event.reminders:
        made.add_component(_alarm(event, before))
    return made


def _when(event: Event, instant: datetime) -> date | datetime:
    local = instant.astimezone(ZoneInfo(event.zone) if event.zone != "UTC" else UTC)
    return local.date() if event.all_day else local


def _alarm(event: Event, before: timedelta) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _clean(event.title))
    alarm.add("trigger", -before)
    return alarm


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
