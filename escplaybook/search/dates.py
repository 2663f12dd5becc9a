"""Dates as people ask for them: `>30d`, `2026-01..2026-03`, `>=2026-01-01`, `yesterday`. Days are days of UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from whoosh.qparser.dateparse import English

from escplaybook.search.question import When

_AGE = re.compile(r"(\d{1,4})([hdwmy])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks", "m": "months", "y": "years"}
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_COMPARISON = re.compile(r"(>=|<=|>|<|=)?(.+)", re.DOTALL)


def when(column: str, text: str, now: datetime) -> When | None:
    """The span of time that `text` names, or None if it names none.

    An age is compared as an age: `>30d` is what is older than 30 days, `<7d` and `7d` what is younger than 7.
    """
    first, dots, last = text.partition("..")
    if dots:
        return _between(column, first, last, now)
    found = _COMPARISON.fullmatch(text.strip())
    if found is None:
        return None
    sign, value = found[1] or "", found[2]
    age = _age(value, now)
    if age is not None:
        is_older = sign in (">", ">=")
        return When(column, None, _stored(age)) if is_older else When(column, _stored(age), None)
    span = _span(value, now)
    if span is None:
        return None
    since, until = map(_stored, span)
    return {
        ">": When(column, until, None),
        ">=": When(column, since, None),
        "<": When(column, None, since),
        "<=": When(column, None, until),
    }.get(sign, When(column, since, until))


def _between(column: str, first: str, last: str, now: datetime) -> When | None:
    """Both ends belong to it; one may be left out."""
    start = _span(first, now) if first.strip() else None
    end = _span(last, now) if last.strip() else None
    if (first.strip() and start is None) or (last.strip() and end is None) or (start is None and end is None):
        return None
    return When(column, _stored(start[0]) if start else None, _stored(end[1]) if end else None)


def _span(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """The first instant of a year, month or day and the first after it; of an age, all the time since."""
    age = _age(text, now)
    if age is not None:
        return age, now
    found: Any = _english().date_from(text.strip(), now.astimezone(UTC).replace(tzinfo=None))
    if found is None:
        return None
    if isinstance(found, datetime):
        return _aware(found), _aware(found)
    last = _aware(found.end)
    return _aware(found.start), last if last >= _END_OF_TIME else last + timedelta(microseconds=1)


def _age(text: str, now: datetime) -> datetime | None:
    found = _AGE.fullmatch(text.strip().casefold())
    if found is None:
        return None
    try:
        at: Any = _english().date_from(f"-{found[1]} {_UNITS[found[2]]}", now.astimezone(UTC).replace(tzinfo=None))
    except (ValueError, OverflowError):  # older than time is counted
        return datetime.min.replace(tzinfo=UTC)
    return _aware(at) if isinstance(at, datetime) else None


@cache
def _english() -> Any:
    return English()


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _stored(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
