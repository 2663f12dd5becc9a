"""What a field of a record says, in words: for whoever compares two versions of it."""

import dataclasses
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.durations import format_span

UNSAID = frozenset({"id", "key", "created", "updated", "origin"})
"""The fields that tell a reader nothing."""

NameOf = Callable[[str], str]
"""How a record that is named by its id is called."""

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def words_of(record: Any, name: str, name_of: NameOf = str) -> str:
    """What a field of a record says, in words; several parts stand on a line each."""
    return "" if record is None else said(getattr(record, name), name_of)


def said(value: Any, name_of: NameOf = str) -> str:
    """What a value of a field says, in words."""
    if value is None or value is False:
        return ""
    if isinstance(value, tuple):
        return "\n".join(said(part, name_of) for part in value)
    if isinstance(value, Attachment):  # the hash tells two files of one name apart
        return f"{value.name} ({value.size:,} · {value.hash[:8]})"
    if dataclasses.is_dataclass(value):
        parts = (said(getattr(value, field.name), name_of) for field in dataclasses.fields(value))
        return " · ".join(part for part in parts if part)
    if value is True:
        return "✓"
    if isinstance(value, timedelta):
        return format_span(value)
    return name_of(value) if isinstance(value, str) and _ID.fullmatch(value) else str(value)
