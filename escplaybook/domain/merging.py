"""Making one record of two that are about the same: field by field ours, theirs or both."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.knowledge import TEXT_FIELDS
from escplaybook.domain.naming import named
from escplaybook.domain.origins import MERGED, Origin

_OUR_OWN = frozenset({"id", "key", "created", "updated", "origin", "retired"})
_LONG = frozenset({"notes", *TEXT_FIELDS})
"""Texts of several paragraphs, of which both can stand one below the other."""


class Choice(StrEnum):
    """Whose value a field gets."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


def choices(ours: Any, theirs: Any) -> dict[str, Choice]:
    """The fields in which the two differ, each with what is proposed: nothing that somebody wrote down gets lost.

    Of lists and notes both are kept, what only one says is taken, and where both say another thing ours stays.
    """
    return {name: _proposed(name, ours, theirs) for name in _names(ours) if _differ(name, ours, theirs)}


def can_be_both(record: Any, field: str) -> bool:
    """Whether a field can hold what both say."""
    return field in _LONG or isinstance(getattr(record, field), tuple)


def merged(ours: Any, theirs: Any, chosen: Mapping[str, Choice], now: datetime) -> Any:
    """Our record with the fields chosen; where nothing is chosen, as `choices` proposes.

    Raises InvalidRecord for a field that there is not, or of which there cannot be both.
    """
    names = _names(ours)
    for name, choice in chosen.items():
        if name not in names:
            raise InvalidRecord(f"There is no field “{name}” to choose; there are {', '.join(names)}.")
        if choice is Choice.BOTH and not can_be_both(ours, name):
            raise InvalidRecord(f"“{name}” holds one value; choose ours or theirs.")
    decided = {**choices(ours, theirs), **chosen}
    values = {name: _value(name, choice, ours, theirs) for name, choice in decided.items()}
    if values.get("deputy", getattr(ours, "deputy", None)) in (ours.id, theirs.id):  # nobody stands in for themselves
        others = {ours.deputy, theirs.deputy} - {None, ours.id, theirs.id}
        values["deputy"] = others.pop() if others else None
    if ours.origin is None and theirs.origin is not None:
        values["origin"] = theirs.origin  # so that our record follows the source from now on
    return replace(ours, **values, updated=now)


def retired_into(theirs: Any, survivor: Any, now: datetime) -> Any:
    """Their record out of use, saying for people and for the next import into which one it went."""
    origin = theirs.origin if theirs.origin and theirs.origin != survivor.origin else Origin(theirs.id)
    extra = (*((name, value) for name, value in origin.extra if name != MERGED), (MERGED, survivor.id))
    values: dict[str, Any] = {"retired": now, "updated": now, "origin": replace(origin, extra=extra)}
    said = f"Merged into {named(survivor)} on {now:%Y-%m-%d}."
    field = "notes" if hasattr(theirs, "notes") else "summary"
    values[field] = "\n\n".join(filter(None, (said, getattr(theirs, field))))
    return replace(theirs, **values)


def _names(record: Any) -> list[str]:
    return [field.name for field in fields(record) if field.name not in _OUR_OWN]


def _differ(name: str, ours: Any, theirs: Any) -> bool:
    mine, others = getattr(ours, name), getattr(theirs, name)
    return bool(mine != others and not (name == "deputy" and {mine, others} <= {None, ours.id, theirs.id}))


def _proposed(name: str, ours: Any, theirs: Any) -> Choice:
    nothing = next(field.default for field in fields(ours) if field.name == name)
    if nothing is not MISSING and getattr(theirs, name) == nothing:
        return Choice.OURS
    if nothing is not MISSING and getattr(ours, name) == nothing:
        return Choice.THEIRS
    return Choice.BOTH if can_be_both(ours, name) else Choice.OURS


def _value(name: str, choice: Choice, ours: Any, theirs: Any) -> Any:
    mine, others = getattr(ours, name), getattr(theirs, name)
    if choice is not Choice.BOTH:
        return mine if choice is Choice.OURS else others
    if name == "points":
        return _points(mine, others)
    if isinstance(mine, tuple):
        return tuple(dict.fromkeys((*mine, *others)))
    return mine if others in mine else others if mine in others else f"{mine}\n\n{others}"


def _points(mine: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    """Ours in their order, then what only the other has; of one number the later verification counts."""
    known = {(point.kind, _bare(point.value)): point for point in mine}
    for point in others:
        key = (point.kind, _bare(point.value))
        here = known.setdefault(key, point)
        if here is not point:
            known[key] = _better_known(here, point)
    return tuple(known.values())


def _better_known(mine: Any, other: Any) -> Any:
    values = {"label": mine.label or other.label, "hours": mine.hours or other.hours}
    if other.verified and (mine.verified is None or other.verified > mine.verified):
        values |= {name: getattr(other, name) for name in ("verified", "verified_how", "verified_by")}
    return replace(mine, **values)


def _bare(value: str) -> str:
    """A number or address without what is written differently and means the same."""
    return "".join(sign for sign in value.casefold() if sign not in " -()/\u00a0")
