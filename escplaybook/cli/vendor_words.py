"""A vendor's ladder, numbers, severity names and promises as they are written on the command line."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from escplaybook.cli.frame import given
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.durations import parse_span
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.vendors import Entitlement, Promise, SeverityName, VendorLevel


def vendor_fields(fields: dict[str, Any], known: Iterable[ContactPoint]) -> dict[str, Any]:
    """The fields that were given, as a vendor takes them. Points among the `known` keep the proof that they work.

    Raises InvalidRecord, quoting it, if one cannot be read.
    """
    found = given(fields)
    points = {point.value: point for point in known}
    readers: dict[str, Callable[[str], Any]] = {
        "levels": lambda text: _level(text, points),
        "entitlements": _entitlement,
        "severity_names": _severity_name,
        "promises": _promise,
    }
    return {
        name: tuple(readers[name](text) for text in value) if name in readers else value
        for name, value in found.items()
    }


def _level(text: str, known: dict[str, ContactPoint]) -> VendorLevel:
    name, parts = _parts(text, ("within", "hours", "zone", *PointKind))
    words = dict(parts)
    points = [
        known.get(value) or ContactPoint(PointKind(word), value) for word, value in parts if word in list(PointKind)
    ]
    within = parse_span(words["within"]) if "within" in words else None
    return VendorLevel(name, tuple(points), within, words.get("hours", ""), words.get("zone", ""))


def _entitlement(text: str) -> Entitlement:
    number, parts = _parts(text, ("covers", "until"))
    words = dict(parts)
    try:
        until = date.fromisoformat(words["until"]) if "until" in words else None
    except ValueError:
        raise InvalidRecord(f"“{words['until']}” is no day; write it like 2027-03-31.") from None
    return Entitlement(number, words.get("covers", ""), until)


def _severity_name(text: str) -> SeverityName:
    ours, equals, theirs = text.partition("=")
    if not equals or not theirs.strip():
        raise InvalidRecord(f"“{text}” does not say what they call it; write it like S1=Severity A.")
    return SeverityName(_severity(ours), theirs.strip())


def _promise(text: str) -> Promise:
    severity, parts = _parts(text, ("respond", "restore"))
    words = {word: parse_span(value) for word, value in parts}
    if not words:
        raise InvalidRecord(f"“{text}” promises nothing; write it like “S1 | respond 1 h | restore 8 h”.")
    return Promise(_severity(severity), words.get("respond"), words.get("restore"))


def _severity(text: str) -> Severity:
    try:
        return Severity(text.strip().upper())
    except ValueError:
        raise InvalidRecord(f"“{text.strip()}” is no severity; there are {', '.join(Severity)}.") from None


def _parts(text: str, words: Iterable[str]) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first bar, and after each bar its first word with the rest."""
    first, *rest = (part.strip() for part in text.split("|"))
    allowed, parts = list(words), []
    for part in rest:
        word, _, value = part.partition(" ")
        if word not in allowed or not value.strip():
            raise InvalidRecord(f"“{part}” is not understood; each part begins with one of {', '.join(allowed)}.")
        parts.append((word, value.strip()))
    if not first:
        raise InvalidRecord(f"“{text}” has nothing before its first bar.")
    return first, parts
