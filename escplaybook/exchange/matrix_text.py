"""The matrix in text form: YAML with one fact a line, in an order that never changes, fit to be kept under versions.

An item holds only what is set; what it does not set, the less exact one gives: default, deployment, stage. People go
by their name, or by their key where the name is not theirs alone. `exchange.matrix_text_reading` reads it back.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import STAGES
from escplaybook.domain.contacts import Contact, PointKind
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.durations import format_span
from escplaybook.domain.editions import BOOKKEEPING, MatrixContent, StandIn
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.references import REFERENCES
from escplaybook.domain.triggers import Trigger

SECTIONS: dict[str, type[Any]] = {
    "definitions": BlockerDefinition,
    "severities": SeverityDefinition,
    "levels": Level,
    "sub_classes": SubClass,
    "deputies": StandIn,
    "cells": Cell,
    "rights": DecisionRight,
    "triggers": Trigger,
}
"""The lists of the file in their order, and what each is made of."""

PLACELESS = (BlockerDefinition, SeverityDefinition, Level, SubClass, StandIn)
"""What holds everywhere, so that no heading says where."""

ONLY = "deployment"
"""The key above the lists that says the file is of one deployment alone."""

HEAD = """\
# The escalation matrix. The most exact cell holds: deployment before stage before cause class; what is not set here is
# inherited. Targets count from the moment the level is reached. Contacts go by name, e-mail or key.
"""
_LEAD = ("deployment", "stage", "cause_class", "severity", "level")
"""The fields that say where an item stands; they come first, except that a trigger's level is what it asks for."""


class Names:
    """What people and deployments are called in the file, and who is meant by a name in it."""

    def __init__(self, found: Programme) -> None:
        people, deployments = found.contacts.values(), found.deployments
        self._keys: dict[type[Any], dict[str, str]] = {
            Contact: {one.id: one.key for one in people},
            Deployment: {one.id: one.key for one in deployments},
        }
        self._names: dict[type[Any], dict[str, str]] = {
            Contact: {one.id: one.name for one in people},
            Deployment: {one.id: one.name for one in deployments},
        }
        self._meant = {Contact: _index(people, _emails), Deployment: _index(deployments, lambda _: ())}

    def meant(self, target: type[Any], word: str) -> frozenset[str]:
        """The ids of those whom the word may mean: by key, else by e-mail, else by name in use, else by any name."""
        by = self._meant[target]
        plain = " ".join(word.split()).casefold()
        return next((frozenset(one[plain]) for one in by if plain in one), frozenset())

    def word(self, target: type[Any], record_id: str) -> str:
        """What to call it: by its name if that means nobody else, else by its key."""
        name = self._names[target].get(record_id, "")
        return name if self.meant(target, name) == {record_id} else self._keys[target].get(record_id, record_id)


def write_matrix(content: MatrixContent, found: Programme, deployment: str | None = None) -> str:
    """The text of a matrix of that programme; with `deployment`, what is set for it alone."""
    names = Names(found)
    parts = [HEAD]
    if deployment is not None:
        parts.append(_dumped({ONLY: names.word(Deployment, deployment)}))
    for section, kind in SECTIONS.items():
        records = getattr(content, section)
        if records:
            parts.append(f"{section}:\n{_items(kind, records, names)}")
    return "\n".join(parts)


def fields_of(kind: type[Any]) -> tuple[str, ...]:
    """The fields that an item of that kind may have, in their order."""
    own = [one.name for one in fields(kind) if one.name not in BOOKKEEPING]
    lead = [name for name in _LEAD if name in own and not (kind is Trigger and name == "level")]
    if kind in PLACELESS:
        return tuple(own)
    return (*lead, *(name for name in own if name not in lead))


def refers_to(kind: type[Any], name: str) -> type[Any] | None:
    """Contact or Deployment if the field holds the id of one."""
    if kind is StandIn:
        return Contact
    return next((one.target for one in REFERENCES if one.holder is kind and one.field == name), None)


def _items(kind: type[Any], records: Iterable[Any], names: Names) -> str:
    told, heading = [], ""
    for item in sorted((_item(kind, record, names) for record in records), key=_ranked):
        where = _where(item)
        if kind not in PLACELESS and where != heading:
            told.append(f"  # {where}\n")
            heading = where
        told.append(_dumped([dict(item)]))
    return "".join(told)


_Item = tuple[tuple[str, Any], ...]


def _item(kind: type[Any], record: Any, names: Names) -> _Item:
    """What is set in a record, in words and in order."""
    defaults = {one.name: one.default for one in fields(kind)}
    told = []
    for name in fields_of(kind):
        value, target = getattr(record, name), refers_to(kind, name)
        if defaults[name] is MISSING or value != defaults[name]:
            told.append((name, _words(names, target, value) if target is not None else _plain(value)))
    return tuple(told)


def _words(names: Names, target: type[Any], value: str | tuple[str, ...]) -> Any:
    return [names.word(target, one) for one in value] if isinstance(value, tuple) else names.word(target, value)


def _plain(value: Any) -> Any:
    if isinstance(value, timedelta):
        return format_span(value)
    if isinstance(value, StrEnum):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _ranked(item: _Item) -> tuple[Any, ...]:
    """By what items are ordered: where they stand, then all they say."""
    said = dict(item)
    stage = said.get("stage", "")
    rank = (-1 if not stage else STAGES.index(stage) if stage in STAGES else len(STAGES), stage)
    place = (said.get("deployment", ""), rank, said.get("cause_class", ""), said.get("severity", ""))
    number = said.get("rank", said.get("level", 0)) if "subject" not in said and "observer" not in said else 0
    return (*place, number, repr(item))


def _where(item: _Item) -> str:
    """The heading of the items that stand there: “default”, “Harbour ERP, go-live”."""
    said = dict(item)
    parts = [" ".join(str(said[name]).split()) for name in ("deployment", "stage", "cause_class") if name in said]
    words = ", ".join(parts)
    return words if words and words.isprintable() else "default" if not words else "elsewhere"


def _dumped(value: Any) -> str:
    from ruamel.yaml import YAML  # 0.1 s to import

    yaml = YAML()
    yaml.width = 1_000_000_000  # never folded: one fact a line
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    out = io.StringIO()
    yaml.dump(_styled(value), out)
    return out.getvalue()


def _styled(value: Any) -> Any:
    """The value with each text in the style in which it is read back as it was."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

    if isinstance(value, Mapping):
        return {name: _styled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_styled(inner) for inner in value]
    if not isinstance(value, str):
        return value
    lines = value.split("\n")
    if not all(line.isprintable() for line in lines):
        return DoubleQuotedScalarString(value)
    if len(lines) == 1:
        return value
    readable = lines[0].strip() and lines[0] == lines[0].lstrip() and all(line == line.rstrip() for line in lines)
    return LiteralScalarString(value) if readable and not value.endswith("\n\n") else DoubleQuotedScalarString(value)


def _emails(person: Contact) -> Iterator[str]:
    return (point.value for point in person.points if point.kind is PointKind.EMAIL)


def _index(records: Iterable[Any], addresses: Callable[[Any], Iterable[str]]) -> tuple[Mapping[str, set[str]], ...]:
    """Who is meant by a word in small letters: by key, by address, by name among those in use, by any name."""
    keys: dict[str, set[str]] = {}
    written: dict[str, set[str]] = {}
    current: dict[str, set[str]] = {}
    any_name: dict[str, set[str]] = {}
    for one in records:
        name = " ".join(one.name.split()).casefold()
        keys.setdefault(one.key.casefold(), set()).add(one.id)
        any_name.setdefault(name, set()).add(one.id)
        if one.retired is None:
            current.setdefault(name, set()).add(one.id)
            for address in addresses(one):
                written.setdefault(address.casefold(), set()).add(one.id)
    return keys, written, current, any_name
