"""Records to rows and JSON, and back, led by the records' own type hints.

A field is a column; a part that has no life of its own is JSON in its column. In history and hashes a record is
compact JSON: keys sorted, fields at their default left out, so that a field added later changes no old hash.
"""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from escplaybook.domain.errors import BookDamaged, InvalidRecord

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, InvalidRecord)
"""What comes of reading a record from text that no record was written to: a bit flipped on the disk."""

Plain = None | bool | int | float | str | list[Any] | dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    default: Any
    is_json: bool
    to_plain: Callable[[Any], Plain]
    from_plain: Callable[[Any], Any]


def to_plain(record: Any) -> dict[str, Plain]:
    """The record as JSON can hold it, fields at their default left out."""
    plain: dict[str, Plain] = {}
    for field in _fields(type(record)):
        value = getattr(record, field.name)
        if value != field.default or type(value) is not type(field.default):
            plain[field.name] = field.to_plain(value)
    return plain


def to_full(record: Any) -> dict[str, Plain]:
    """The record as JSON can hold it, every field and every part's field named."""
    return {field.name: _full(field, getattr(record, field.name)) for field in _fields(type(record))}


def _full(field: _Field, value: Any) -> Plain:
    if dataclasses.is_dataclass(value):
        return to_full(value)
    if isinstance(value, tuple):
        outward = field.to_plain(value)
        assert isinstance(outward, list)
        return [
            to_full(item) if dataclasses.is_dataclass(item) else plain
            for item, plain in zip(value, outward, strict=True)
        ]
    return field.to_plain(value)


def from_plain(record_type: type[Any], plain: Mapping[str, Any]) -> Any:
    """The record that `plain` describes; fields it does not name take their default, unknown ones are passed over."""
    known = {field.name: field for field in _fields(record_type)}
    return record_type(**{name: known[name].from_plain(value) for name, value in plain.items() if name in known})


def to_json(record: Any) -> str:
    """The one canonical text of a record, as history keeps it."""
    return json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(record_type: type[Any], text: str) -> Any:
    """The record of a canonical text."""
    return from_plain(record_type, json.loads(text))


def hash_of(text: str) -> str:
    """SHA-256 of a canonical text, in hex: the record's hash."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_row(record: Any) -> dict[str, Any]:
    """Column values of a record (without its hash)."""
    row: dict[str, Any] = {}
    for field in _fields(type(record)):
        plain = field.to_plain(getattr(record, field.name))
        if field.is_json and plain is not None:
            plain = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        row[field.name] = plain
    return row


def from_row(record_type: type[Any], row: Mapping[str, Any]) -> Any:
    """The record in a row; columns that are no field (hash, generated ones) are passed over.

    Raises BookDamaged if the row holds what no record can.
    """
    values = {}
    try:
        for field in _fields(record_type):
            value = row[field.name]
            if field.is_json and value is not None:
                value = json.loads(value)
            values[field.name] = field.from_plain(value)
        return record_type(**values)
    except UNREADABLE as error:
        raise BookDamaged(
            f"{row['key']} is damaged and cannot be read ({error}); the book was left as it is. Look what else is "
            "with: escplaybook check, and put a backup in its place with: escplaybook restore BACKUP"
        ) from error


def columns(record_type: type[Any]) -> tuple[str, ...]:
    """The names of a record's columns, in the order of its fields."""
    return tuple(field.name for field in _fields(record_type))


def _fields(record_type: type[Any]) -> tuple[_Field, ...]:
    if record_type not in _KNOWN:
        _KNOWN[record_type] = _read_fields(record_type)
    return _KNOWN[record_type]


def _read_fields(record_type: type[Any]) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(record_type)
    fields = []
    for field in dataclasses.fields(record_type):
        hint = hints[field.name]
        outward, inward = _codec(hint)
        default = field.default if field.default is not dataclasses.MISSING else _NO_DEFAULT
        fields.append(_Field(field.name, default, _is_json(hint), outward, inward))
    return tuple(fields)


_NO_DEFAULT = object()
_KNOWN: dict[Any, tuple[_Field, ...]] = {}


def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        (inner,) = (part for part in typing.get_args(hint) if part is not type(None))
        return inner
    return hint


def _is_json(hint: Any) -> bool:
    inner = _without_none(hint)
    return typing.get_origin(inner) is tuple or dataclasses.is_dataclass(inner)


def _codec(hint: Any) -> tuple[Callable[[Any], Plain], Callable[[Any], Any]]:
    """How values of that hint go out to JSON and come back."""
    inner = _without_none(hint)
    outward, inward = _inner_codec(inner)
    if inner is hint:
        return outward, inward
    return (
        lambda value: None if value is None else outward(value),
        lambda plain: None if plain is None else inward(plain),
    )


def _inner_codec(hint: Any) -> tuple[Callable[[Any], Plain], Callable[[Any], Any]]:
    if typing.get_origin(hint) is tuple:
        return _tuple_codec(typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return to_plain, lambda plain: from_plain(typing.cast(type[Any], hint), plain)
    if hint is datetime:
        return lambda value: value.astimezone(UTC).isoformat(), datetime.fromisoformat
    if hint is date:
        return lambda value: value.isoformat(), date.fromisoformat
    if hint is time:
        return lambda value: value.isoformat(), time.fromisoformat
    if hint is timedelta:
        return lambda value: int(value.total_seconds()), lambda plain: timedelta(seconds=plain)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, hint
    if hint is bool:
        return bool, bool
    return _as_it_is, _as_it_is


def _tuple_codec(parts: tuple[Any, ...]) -> tuple[Callable[[Any], Plain], Callable[[Any], Any]]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        outward, inward = _codec(parts[0])
        return lambda value: [outward(item) for item in value], lambda plain: tuple(inward(item) for item in plain)
    codecs = [_codec(part) for part in parts]
    return (
        lambda value: [outward(item) for (outward, _), item in zip(codecs, value, strict=True)],
        lambda plain: tuple(inward(item) for (_, inward), item in zip(codecs, plain, strict=True)),
    )


def _as_it_is(value: Any) -> Any:
    return value
