"""A whole programme written down as YAML files and Markdown entries: read into records, as the sample book needs it.

Each YAML file holds lists named as in LISTS, and each key in them is the name of a record's field. Who is referred to
goes by the short `id` it has here, a known blocker by its key. Days and instants count from the moment of reading
(`-9d`, `+6w`, `-20min`), so that the programme is as fresh at any date; those written in full are moved along with
`as_of`, the day they were written. What goes by the clock on a wall counts from this week (`+3w Mon 09:00`), in the
record's own `zone`. Lengths of time read `5 min`, `4 h`, `2 d`.
"""

import dataclasses
import re
import types
import typing
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from escplaybook.domain.absences import Absence
from escplaybook.domain.agreements import Agreement
from escplaybook.domain.annotations import Annotation
from escplaybook.domain.blockers import Blocker
from escplaybook.domain.causes import SubClass
from escplaybook.domain.contacts import Contact, zone_named
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.editions import Edition
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.hours import DAYS
from escplaybook.domain.identity import Record, new_id
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.liaison import PointOfContact, Question
from escplaybook.domain.living_matrix import living
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.readings import Reading, ReadingQuestion
from escplaybook.domain.recurrence import local_instant
from escplaybook.domain.rotations import Rotation
from escplaybook.domain.suggestions import Suggestion
from escplaybook.domain.triggers import Trigger
from escplaybook.domain.uses import Use, wording_of
from escplaybook.domain.vendors import Vendor
from escplaybook.exchange import markdown, strict_yaml
from escplaybook.exchange.strict_yaml import Part

LISTS: dict[str, type[Any]] = {
    "people": Contact,
    "absences": Absence,
    "rotations": Rotation,
    "vendors": Vendor,
    "agreements": Agreement,
    "deployments": Deployment,
    "definitions": BlockerDefinition,
    "severities": SeverityDefinition,
    "levels": Level,
    "sub_classes": SubClass,
    "cells": Cell,
    "rights": DecisionRight,
    "triggers": Trigger,
    "notes": Annotation,
    "blockers": Blocker,
    "groups": PointOfContact,
    "questions": Question,
    "editions": Edition,
    "suggestions": Suggestion,
    "uses": Use,
    "readings": Reading,
    "reading_questions": ReadingQuestion,
}
"""What each list in the files is made of, in the order in which the records are numbered (entries come first)."""

_REFERENCES = {
    "contact": "people",
    "members": "people",
    "deputy": "people",
    "owner": "people",
    "backup": "people",
    "deputies": "people",
    "decider": "people",
    "alternate": "people",
    "point_of_contact": "people",
    "acknowledged_by": "people",
    "adopted_by": "people",
    "engineering": "people",
    "business": "people",
    "vendor": "vendors",
    "deployment": "deployments",
    "entry": "entries",
    "person": "people",
    "reader_contact": "people",
    "mentor_contact": "people",
    "reading": "readings",
    "blocker": "blockers",
    "edition": "editions",
}
"""The fields that hold another record's id, and the list it stands in."""

_ANY = "all lists"
_OTHERWISE = {(Question, "point_of_contact"): "groups", (Suggestion, "about"): _ANY}
"""Fields of one kind that name what stands in another list than the field's name says."""

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "min": "minutes"}
_FROM_NOW = re.compile(r"([+-]\d+)(w|d|h|min)")
_ON_THE_WALL = re.compile(r"([+-]\d+)w (Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?: (\d{2}:\d{2}))?")
_LENGTH = re.compile(r"(\d+) (w|d|h|min)")


def read_programme(folder: Path, now: datetime) -> tuple[Record, ...]:
    """The records that the YAML files in `folder` and the known blockers in `folder/entries` describe.

    Entries keep their keys, all else is still to be numbered. Raises Unreadable, naming file and line, at the first
    key, name, zone or date that is not understood.
    """
    lists: dict[str, list[Part]] = {name: [] for name in LISTS}
    as_of = now
    for path in sorted(folder.glob("*.yaml")):
        for name, part in strict_yaml.read(path).pairs().items():
            if name == "as_of":
                as_of = _day(part)
            elif name in lists:
                lists[name] += part.items()
            else:
                part.refuse(f"no list is called “{name}”; there are {', '.join(LISTS)}.")
    entries = _entries(folder / "entries", now, shift=timedelta(days=(now - as_of).days))
    reader = _Reader(now, as_of, lists, entries)
    records = [reader.record(LISTS[name], part) for name in LISTS for part in lists[name]]
    wordings = {entry.id: wording_of(entry) for entry in entries}  # a use was of the remedy as it is written here
    return (*entries, *_with_editions([_worded(record, wordings) for record in records]))


def _with_editions(records: list[Any]) -> list[Any]:
    """The records, each edition among them with the matrix that is written here."""

    def of(kind: type[Any]) -> tuple[Any, ...]:
        return tuple(record for record in records if isinstance(record, kind))

    matrix = Programme(
        contacts={person.id: person for person in of(Contact)},
        **dict.fromkeys(("vendors", "agreements", "deployments", "blockers"), ()),
        severities=of(SeverityDefinition),
        levels=of(Level),
        sub_classes=of(SubClass),
        definitions=of(BlockerDefinition),
        cells=of(Cell),
        rights=of(DecisionRight),
        triggers=of(Trigger),
    )
    editions = (dataclasses.replace(one, content=living(matrix, one.deployment)) for one in of(Edition))
    return [record if not isinstance(record, Edition) else next(editions) for record in records]


def _worded(record: Record, wordings: dict[str, str]) -> Record:
    return dataclasses.replace(record, wording=wordings[record.entry]) if isinstance(record, Use) else record


def _entries(folder: Path, now: datetime, shift: timedelta) -> list[Entry]:
    """The known blockers, as our own: what comes with the program has no outside source to follow."""
    entries = []
    for item in markdown.read([folder], now):
        if item.entry is None or item.warnings:
            raise Unreadable(f"{item.source}: {item.reason or item.warnings[0]}")
        created, updated = item.entry.created + shift, item.entry.updated + shift
        entries.append(dataclasses.replace(item.entry, origin=None, created=created, updated=updated))
    return entries


class _Reader:
    """Makes records of parts, knowing the moment and everybody's local name."""

    def __init__(self, now: datetime, as_of: datetime, lists: dict[str, list[Part]], entries: list[Entry]) -> None:
        self._now, self._shift = now, timedelta(days=(now - as_of).days)
        self._ids = {name: _named(parts, now) for name, parts in lists.items()}
        self._ids["entries"] = {entry.key: entry.id for entry in entries}
        self._ids[_ANY] = {name: one for ids in list(self._ids.values()) for name, one in ids.items()}
        self._list_of = {record_type: name for name, record_type in LISTS.items()}

    def record(self, record_type: type[Any], part: Part) -> Any:
        """The record that one item of a list describes."""
        pairs = part.pairs()
        name = pairs.pop("id").text() if "id" in pairs else ""
        values = self._values(record_type, pairs)
        created = values.setdefault("created", self._now)
        values.setdefault("updated", created)
        values["id"] = self._ids[self._list_of[record_type]].get(name) or new_id(self._now)
        return _made(record_type, values, part)

    def _values(self, owner: type[Any], pairs: dict[str, Part]) -> dict[str, Any]:
        hints = typing.get_type_hints(owner)
        for name, value in pairs.items():
            if name not in hints:
                value.refuse(f"“{name}” is no field of {_word(owner)}; there are {', '.join(hints)}.")
        zone = pairs["zone"].text() if "zone" in pairs else "UTC"
        lists = {name: _OTHERWISE.get((owner, name)) or _REFERENCES.get(name, "") for name in pairs}
        return {name: self._value(lists[name], hints[name], value, zone) for name, value in pairs.items()}

    def _value(self, list_name: str, hint: Any, part: Part, zone: str) -> Any:
        """What the part says, as a field with that type hint takes it; with a list, it names what stands there."""
        if isinstance(hint, types.UnionType):
            (hint,) = (inner for inner in typing.get_args(hint) if inner is not type(None))
        if typing.get_origin(hint) is tuple:
            return tuple(self._value(list_name, typing.get_args(hint)[0], item, zone) for item in part.items())
        if dataclasses.is_dataclass(hint):
            kind = typing.cast(type[Any], hint)
            return _made(kind, self._values(kind, part.pairs()), part)
        if list_name:
            return self._id(list_name, part)
        if hint is datetime:
            return self._instant(part, zone)
        if hint is date:
            return self._instant(part, zone).date()
        return _scalar(hint, part)

    def _id(self, list_name: str, part: Part) -> str:
        if part.text() not in self._ids[list_name]:
            part.refuse(f"“{part.text()}” is not among the {list_name}.")
        return self._ids[list_name][part.text()]

    def _instant(self, part: Part, zone: str) -> datetime:
        if wall := _ON_THE_WALL.fullmatch(part.text()):
            today = self._now.astimezone(zone_named(zone)).date()
            days = 7 * int(wall[1]) + DAYS.index(wall[2]) - today.weekday()
            at = time.fromisoformat(wall[3] or "00:00")
            return local_instant(datetime.combine(today + timedelta(days=days), at), zone)
        found = _FROM_NOW.fullmatch(part.text())
        return self._now + _length(found) if found else _day(part) + self._shift


def _named(parts: list[Part], now: datetime) -> dict[str, str]:
    """An id for each item that has a local name, so that others can refer to it before it is read."""
    names: dict[str, str] = {}
    for name in (pairs["id"] for pairs in (part.pairs() for part in parts) if "id" in pairs):
        if name.text() in names:
            name.refuse(f"“{name.text()}” is the id of another one already.")
        names[name.text()] = new_id(now)
    return names


def _made(kind: type[Any], values: dict[str, Any], part: Part) -> Any:
    for field in dataclasses.fields(kind):
        if field.default is dataclasses.MISSING and field.name not in values:
            part.refuse(f"{_word(kind)} lacks its “{field.name}”.")
    try:
        return kind(**values)
    except InvalidRecord as error:
        part.refuse(str(error))


def _scalar(hint: Any, part: Part) -> Any:
    text = part.text()
    if hint is timedelta:
        found = _LENGTH.fullmatch(text)
        return _length(found) if found else part.refuse(f"“{text}” is no length of time; write it like 30 min or 4 h.")
    if hint is bool:
        return text == "true" or (text != "false" and part.refuse(f"“{text}” is neither true nor false."))
    if hint is int and not text.isdecimal():
        part.refuse(f"“{text}” is no whole number.")
    if issubclass(hint, StrEnum) and text not in list(hint):
        part.refuse(f"“{text}” is none of {', '.join(hint)}.")
    return hint(text)


def _length(found: re.Match[str]) -> timedelta:
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _day(part: Part) -> datetime:
    """An instant written in full; without an offset it is taken for UTC."""
    try:
        instant = datetime.fromisoformat(part.text())
    except ValueError:
        part.refuse(f"“{part.text()}” is no day; write it like -9d, -20min or 2026-09-14.")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _word(kind: type[Any]) -> str:
    """`a decision right` for DecisionRight."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
