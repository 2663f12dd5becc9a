"""Spans of time as people write them: “15 min”, “1 h 30 min”, “2 d”. A day is 24 hours of the clock."""

import re
from datetime import timedelta

from escplaybook.domain.errors import InvalidRecord

LONGEST = timedelta(days=1_000)
"""Nobody waits longer for an answer, and no deadline counted from it leaves the calendar."""

_UNITS = {
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
"""The units a span is written in, the longest first."""

_WORDS = {
    "week": timedelta(weeks=1),
    "day": _UNITS["d"],
    "hour": _UNITS["h"],
    "hr": _UNITS["h"],
    "minute": _UNITS["min"],
    "m": _UNITS["min"],
    "second": _UNITS["s"],
    "sec": _UNITS["s"],
    "w": timedelta(weeks=1),
    **_UNITS,
}
"""The units people type; a plural s is passed over."""

_PART = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-z]+)\.?\s*(?:,|and\b)?", re.ASCII)


def parse_span(text: str) -> timedelta:
    """The span that `text` says: one or more numbers, each with its unit.

    Raises InvalidRecord if a number lacks its unit, a unit is unknown, or the span is zero or over LONGEST.
    """
    rest, span = text.strip().casefold(), timedelta(0)
    while rest:
        part = _PART.match(rest)
        unit = _unit(part[2]) if part else None
        if part is None or unit is None:
            raise InvalidRecord(f"“{text.strip()}” is no span of time; write it like 15 min, 1 h or 2 d.")
        span += float(part[1].replace(",", ".")) * unit
        if span > LONGEST:
            raise InvalidRecord(
                f"“{text.strip()}” is longer than {LONGEST.days:,} days; write it like 15 min, 1 h or 2 d."
            )
        rest = rest[part.end() :].lstrip()
    span = timedelta(seconds=round(span.total_seconds()))
    if span <= timedelta(0):
        raise InvalidRecord("A span of time must be longer than zero; write it like 15 min, 1 h or 2 d.")
    return span


def format_span(span: timedelta) -> str:
    """The span in its whole units, those that are zero left out: “1 h 30 min”. Parts of a second are dropped."""
    said, rest = [], timedelta(seconds=int(span.total_seconds()))
    for unit, length in _UNITS.items():
        count, rest = divmod(rest, length)
        if count:
            said.append(f"{count} {unit}")
    return " ".join(said) or "0 min"


def _unit(word: str) -> timedelta | None:
    return _WORDS.get(word) or (_WORDS.get(word.removesuffix("s")) if len(word) > 2 else None)
