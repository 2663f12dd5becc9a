"""A matrix read back from its text form. Whatever cannot be is refused by its line, and then nothing of it is taken."""

import itertools
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from escplaybook.domain.causes import SubClass
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.deputies import rings, told
from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.editions import MatrixContent, StandIn, paired, place_of, says
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.living_matrix import living
from escplaybook.domain.matrix import Cell, Level, SeverityDefinition
from escplaybook.domain.naming import cell_name
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger, to_review_anew
from escplaybook.domain.triggers_vagueness import vagueness
from escplaybook.exchange import strict_yaml
from escplaybook.exchange.matrix_text import ONLY, SECTIONS, Names, fields_of, refers_to
from escplaybook.exchange.strict_yaml import Part

_WORDS = {
    BlockerDefinition: "definition",
    SeverityDefinition: "severity",
    Level: "level",
    SubClass: "sub-class",
    StandIn: "deputy",
    Cell: "cell",
    Trigger: "trigger",
}
_TARGETS = ("acknowledge", "act", "resolve")


@dataclass(frozen=True, slots=True)
class _Item:
    """A record with the part of the file that it was read from, and the parts of its fields."""

    record: Any
    part: Part
    parts: Mapping[str, Part]


def read_matrix(path: Path, found: Programme, now: datetime) -> tuple[str | None, MatrixContent]:
    """The matrix that the file describes, and the id of the deployment that it is of, if it is of one alone.

    Records that stand in the matrix at the same place already keep their id. A fault that the book has itself, a ring
    of deputies or a target that is inverted between two severities, is no reason to refuse the file that repeats it.
    Raises Unreadable with the file and the line.
    """
    names = Names(found)
    whole = strict_yaml.read(path)
    _refuse_unknown_keys(whole, (ONLY, *SECTIONS), "section of a matrix")
    sections = whole.pairs()
    only = _id(sections.pop(ONLY), Deployment, names) if ONLY in sections else None
    read = {name: [_item(SECTIONS[name], item, names, now) for item in part.items()] for name, part in sections.items()}
    content = MatrixContent(**{name: tuple(item.record for item in items) for name, items in read.items()})
    present = living(found, only)
    if only is not None:
        _refuse_others(only, [item for items in read.values() for item in items])
    _refuse_doubles(read)
    _refuse_inverted(read.get("cells", []), present.cells)
    _refuse_vague(read.get("triggers", []))
    _refuse_rings(read.get("deputies", []), found)
    return only, _with_known_ids(content, present)


def _item(kind: type[Any], part: Part, names: Names, now: datetime) -> _Item:
    _refuse_unknown_keys(part, fields_of(kind), f"fact of a {_word(kind)}")
    parts = part.pairs()
    hints = typing.get_type_hints(kind)
    values = {name: _value(hints[name], value, refers_to(kind, name), names) for name, value in parts.items()}
    if kind is not StandIn:
        values |= {"id": new_id(now), "created": now, "updated": now}
    for field in fields(kind):
        if field.default is MISSING and field.name not in values:
            part.refuse(f"a {_word(kind)} lacks its “{field.name}”.")
    try:
        return _Item(kind(**values), part, parts)
    except InvalidRecord as error:
        part.refuse(str(error))


def _value(hint: Any, part: Part, target: type[Any] | None, names: Names) -> Any:
    if isinstance(hint, types.UnionType):
        (hint,) = (inner for inner in typing.get_args(hint) if inner is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_value(typing.get_args(hint)[0], item, target, names) for item in part.items())
    if target is not None:
        return _id(part, target, names)
    text = part.text()
    if hint is bool:
        return text == "true" or (text != "false" and part.refuse(f"“{text}” is neither true nor false."))
    if hint is int and not (text.isascii() and text.isdecimal() and len(text) <= 15):
        part.refuse(f"“{text}” is no whole number.")
    if issubclass(hint, StrEnum) and text not in list(hint):
        part.refuse(f"“{text}” is none of {', '.join(hint)}.")
    try:
        return parse_span(text) if hint is timedelta else date.fromisoformat(text) if hint is date else hint(text)
    except InvalidRecord as error:
        part.refuse(str(error))
    except ValueError:
        part.refuse(f"“{text}” is no day; write it like 2026-11-24.")


def _id(part: Part, target: type[Any], names: Names) -> str:
    if not part.is_single():
        part.refuse("one place has one owner and one backup; name one here, not a list.")
    word = part.text()
    meant = names.meant(target, word)
    kind = "contact" if target is not Deployment else "deployment"
    if not meant:
        part.refuse(f"no {kind} of this book is called “{word}”; name one by key, e-mail or name, or add it first.")
    if len(meant) > 1:
        part.refuse(f"several {kind}s are called “{word}”; say which by its key.")
    return next(iter(meant))


def _refuse_unknown_keys(part: Part, known: Sequence[str], what: str) -> None:
    for key in part.key_parts():
        if key.text() not in known:
            key.refuse(f"“{key.text()}” is no {what}; there are {', '.join(known)}.")


def _refuse_others(only: str, items: Iterable[_Item]) -> None:
    for item in items:
        if getattr(item.record, "deployment", None) != only:
            item.part.refuse("the file is of one deployment, and this is not set for it alone; say its “deployment”.")


def _refuse_doubles(read: Mapping[str, Sequence[_Item]]) -> None:
    """One place has one owner, one severity one meaning, one person one deputy; a blocker is one thing."""
    for section in ("definitions", "severities", "levels", "sub_classes", "cells", "deputies"):
        seen: dict[Any, _Item] = {}
        for item in read.get(section, []):
            place = item.record.person if isinstance(item.record, StandIn) else place_of(item.record)
            if place in seen:
                where = f"{cell_name(item.record)} has" if isinstance(item.record, Cell) else "this has"
                two = "two owners" if isinstance(item.record, Cell) else "two meanings"
                item.part.refuse(f"{where} {two}: it stands in line {seen[place].part.line} already; keep one of them.")
            seen[place] = item


def _refuse_inverted(items: Sequence[_Item], present: Iterable[Cell]) -> None:
    """Nobody is to act before they acknowledge, and no worse severity may wait longer than a lesser one."""
    for item in items:
        set_ones = [(name, span) for name in _TARGETS if (span := getattr(item.record, name)) is not None]
        for (first, sooner), (second, later) in itertools.pairwise(set_ones):
            if sooner > later:
                item.parts[second].refuse(
                    f"{cell_name(item.record)}: {second} within {format_span(later)} is sooner than {first} within "
                    f"{format_span(sooner)}; give {second} the longer time."
                )
    known = {_told(pair) for pair in _inversions(present)}
    parts = {item.record.id: item.parts for item in items}
    for worse, lesser, name in _inversions([item.record for item in items]):
        if _told((worse, lesser, name)) not in known:
            parts[worse.id][name].refuse(
                f"{cell_name(worse)}: {name} within {format_span(getattr(worse, name))} is longer than the "
                f"{format_span(getattr(lesser, name))} of {lesser.severity}; a worse severity may not wait longer."
            )


_Inversion = tuple[Cell, Cell, str]


def _inversions(cells: Iterable[Cell]) -> list[_Inversion]:
    """Pairs of cells that differ by one severity, of which the worse may wait longer for the named target."""
    by_place: dict[Any, list[Cell]] = {}
    for cell in sorted(cells, key=lambda one: one.severity):
        by_place.setdefault((cell.deployment, cell.stage, cell.cause_class, cell.level), []).append(cell)
    return [
        (worse, lesser, name)
        for column in by_place.values()
        for worse, lesser in itertools.pairwise(column)
        for name in _TARGETS
        if (longer := getattr(worse, name)) is not None
        and (shorter := getattr(lesser, name)) is not None
        and longer > shorter
    ]


def _told(inversion: _Inversion) -> tuple[Any, ...]:
    worse, lesser, name = inversion
    return place_of(worse), name, getattr(worse, name), getattr(lesser, name)


def _refuse_vague(items: Iterable[_Item]) -> None:
    for item in items:
        if vague := vagueness(item.record):
            item.parts.get(vague[0].field, item.part).refuse(str(vague[0]))


def _refuse_rings(items: Sequence[_Item], found: Programme) -> None:
    """Refuse a ring that the file closes; one that is in the book already is told by the audit."""
    deputies = {person.id: person.deputy for person in found.contacts.values()}
    after = deputies | {item.record.person: item.record.deputy for item in items}
    for ring in rings(after):
        for item in items:
            if item.record.person in ring and deputies.get(item.record.person) != item.record.deputy:
                item.part.refuse(told([found.contacts[person].name for person in ring]))


def _with_known_ids(content: MatrixContent, present: MatrixContent) -> MatrixContent:
    known = {after.id: _known(before, after) for before, after in paired(present.records(), content.records()) if after}
    lists = {name: getattr(content, name) for name in SECTIONS if name != "deputies"}
    return replace(content, **{name: tuple(known[one.id] for one in records) for name, records in lists.items()})


def _known(before: Any, after: Any) -> Any:
    if before is None:
        return after
    if says(before) == says(after):
        return before
    same = replace(after, id=before.id, key=before.key, created=before.created)
    return to_review_anew(before, same) if isinstance(before, Trigger) else same


def _word(kind: type[Any]) -> str:
    return _WORDS.get(kind, "decision right")
