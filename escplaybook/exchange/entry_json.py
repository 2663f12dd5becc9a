"""JSON of known blockers: what `show --json`, `entries list --json` and an export as JSON tell comes back whole."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.knowledge import TEXT_FIELDS
from escplaybook.exchange.entry_reading import foreign_from, ours_from
from escplaybook.exchange.entry_table import SIZE_LIMIT, Columns, uid_of, usual
from escplaybook.exchange.front_matter import Value, as_text, as_value, json_in
from escplaybook.exchange.markdown import Item
from escplaybook.exchange.text import bytes_of, decode

SUFFIXES = (".json",)

_EXACT = (*TEXT_FIELDS, "steps", "rest")
_TOLD = (
    "key", "title", "system", "data_domain", "stage", "severity", "cause_class", "vendor", "tags", "error_codes",
    "links", "attachments", "language", "created", "updated", "retired", "id", "origin", "notes", "uses",
)  # fmt: skip
"""What our JSON tells besides the texts; what is worked out (the confidence) is worked out anew."""


@dataclass(slots=True)
class _Found:
    """What the files hold: entries as they stand, and what belongs to each by its id."""

    entries: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    notes: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    uses: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    refused: list[Item] = field(default_factory=list)


def read(files: Sequence[tuple[Path, str]], now: datetime, columns: Columns = usual) -> Iterator[Item]:
    """Each known blocker in the files, with the notes and uses that any of them has; `all.json#3 (Login loops)` is one.

    `columns` says what the keys of another program's records are. What cannot be read, and records of other kinds, are
    refused items: one for each file and kind.
    """
    found = _Found()
    for path, source in files:
        try:
            told = json_in(decode(bytes_of(path, SIZE_LIMIT))[0])
        except Unreadable as error:
            found.refused.append(Item(source, None, str(error)))
            continue
        _sort(told if isinstance(told, list) else [told], source, found)
    times: Counter[str] = Counter()
    for source, record in found.entries:
        yield _item(source, record, found, times, now, columns)
    yield from found.refused
    for what, left in (("notes", found.notes), ("uses", found.uses)):
        if count := sum(map(len, left.values())):
            yield Item(
                what, None, f"{count:,} {what} belong to no known blocker in these files; bring them in together."
            )


def _sort(told: Sequence[Any], source: str, found: _Found) -> None:
    others: Counter[str] = Counter()
    for number, record in enumerate(told, 1):
        name = f"{source}#{number}"
        if not isinstance(record, dict):
            found.refused.append(Item(name, None, "It is no record: a JSON object belongs here."))
        elif "entry" in record and ("quote" in record or "outcome" in record):
            beside = found.notes if "quote" in record else found.uses
            beside[str(record["entry"])].append(record)
        elif record.get("kind", "entry") == "entry" or "title" in record:
            found.entries.append((name, record))
        else:
            others[str(record["kind"])[:40]] += 1
    for kind, count in others.items():
        reason = f"It holds {count:,} of the kind “{kind}”; of JSON only known blockers, their notes and uses come in."
        found.refused.append(Item(source, None, reason))


def _item(
    name: str, record: Mapping[str, Any], found: _Found, times: Counter[str], now: datetime, columns: Columns
) -> Item:
    try:
        told = as_value(dict(record))
        assert isinstance(told, dict)
        name = f"{name} ({as_text(told.get('title'))[:60]})"
        if record.get("kind") != "entry":
            return _foreign(name, told, times, now, columns)
        if not as_text(told.get("title")).strip():
            raise Unreadable("It has no title.")
        entry_id = as_text(told.get("id"))
        values: dict[str, Value] = {
            key: value for key, value in told.items() if key in _TOLD and (value or key == "language")
        }
        for key, beside in (("notes", found.notes), ("uses", found.uses)):
            values[key] = as_value(beside.pop(entry_id, [])) or told.get(key)
        exact: Value = {key: value for key, value in told.items() if key in _EXACT and value}
        read = ours_from([*values.items(), ("exact", exact)], name, now)
    except (Unreadable, InvalidRecord) as error:
        return Item(name, None, str(error))
    return Item(name, read.entry, "", read.warnings, read.notes, read.uses)


def _foreign(name: str, told: dict[str, Value], times: Counter[str], now: datetime, columns: Columns) -> Item:
    """What another program calls a record: its keys are read as the columns of a table are."""
    field_of = dict(zip(told, columns(list(told)), strict=True))
    title = next((as_text(told[key]) for key, field in field_of.items() if field == "title"), "").strip()
    if not title:
        raise Unreadable("It has no title.")
    times[title] += 1
    name = f"{name.removesuffix(' ()')} ({title[:60]})" if name.endswith(" ()") else name
    read = foreign_from(list(told.items()), name, uid_of(title, times[title]), now, lambda key: field_of[key])
    return Item(name, read.entry, "", read.warnings, read.notes, read.uses)
