"""An event of a calendar (.ics), as it is read and as it is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """Something from `start` until just before `end` (UTC), on the wall clock of `zone`.

    An `all_day` event is written by its days in `zone`, without times. `rule` repeats it (RFC 5545, “FREQ=WEEKLY”),
    `excluded` are starts that do not happen. `people` are the e-mail addresses of those it concerns, `reminders` how
    long before the start to speak up, `categories` words to sort by. `updated` is when it was last changed. One that
    `is_busy` keeps people from other things, even if it is a whole day.
    """

    uid: str
    title: str
    start: datetime
    end: datetime
    zone: str = "UTC"
    all_day: bool = False
    rule: str = ""
    excluded: tuple[datetime, ...] = ()
    text: str = ""
    people: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    reminders: tuple[timedelta, ...] = ()
    updated: datetime | None = None
    is_busy: bool = False
