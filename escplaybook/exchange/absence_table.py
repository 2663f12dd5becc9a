"""Tables of absences (CSV): who is away, from when, to when, and who stands in.

The first row names the columns of COLUMNS, in any order or by a synonym; `who`, `from` and `to` must be there. Days
are written 2026-12-24 or 24.12.2026, with a time behind them where it is not the whole day; the last day counts.
People are a name, an e-mail address or a key.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from escplaybook.domain.absences import time_away
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.recurrence import check_series
from escplaybook.exchange.calendar_events import Event
from escplaybook.exchange.calendar_reading import Item
from escplaybook.exchange.contact_items import LONGEST_NAME, LONGEST_POINT, in_one_line
from escplaybook.exchange.files import files
from escplaybook.exchange.text import text_of

SUFFIXES = (".csv", ".tsv")

_SYNONYMS = {
    "who": ("name", "person", "contact", "employee", "email", "mail"),
    "from": ("start", "begin", "first day", "since"),
    "to": ("end", "until", "last day", "till"),
    "reason": ("kind", "type", "why", "absence", "title", "subject", "summary"),
    "deputy": ("stand in", "substitute", "backup", "stands in"),
    "zone": ("time zone", "tz"),
    "rule": ("repeats", "rrule"),
    "uid": ("id",),
}
COLUMNS = tuple(_SYNONYMS)
"""The names of the columns."""

_COLUMN_OF = {word.replace(" ", ""): name for name, words in _SYNONYMS.items() for word in (name, *words)}


def read(paths: Sequence[Path]) -> Iterator[Item]:
    """Each row in the tables at or below `paths`, one after the other; `file.csv row 3 (Mara Lindqvist)` is one.

    Raises Unreadable if one of `paths` is not there.
    """
    for path, source in files(paths, lambda path: path.suffix.casefold() in SUFFIXES):
        try:
            rows = _rows(text_of(path)[0])
        except Unreadable as error:
            yield Item(source, None, str(error))
            continue
        for number, row in rows:
            name = f"{source} row {number}"
            try:
                yield _item(row, name)
            except (Unreadable, InvalidRecord) as error:
                yield Item(name, None, str(error))


def column_named(heading: str) -> str:
    """The column that the heading names; empty if it is not known."""
    return _COLUMN_OF.get(re.sub(r"[\s_-]", "", heading.casefold()), "")


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows by column, each with its number. Raises Unreadable if the table cannot be used."""
    if not text.strip():
        raise Unreadable("The file is empty.")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise Unreadable(f"The table is damaged ({error}); nothing was read. Look at its quotation marks.") from None
    columns = [column_named(cell) for cell in header]
    missing = [name for name in ("who", "from", "to") if columns.count(name) != 1]
    if missing:
        listed = " and ".join(f"“{name}”" for name in missing)
        raise Unreadable(f"The columns are wrong: {listed} must be there once; known are {', '.join(COLUMNS)}.")
    return [
        (number, {column: in_one_line(cell) for column, cell in zip(columns, row, strict=False) if column})
        for number, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row)
    ]


def _item(row: dict[str, str], source: str) -> Item:
    who, zone = row.get("who", ""), row.get("zone", "")
    if not who:
        raise Unreadable("The row does not say who is away.")
    first, last, is_day = time_away(row.get("from", ""), row.get("to", ""), zone or "UTC")
    rule = row.get("rule", "").upper()
    check_series(first, rule, zone or "UTC", by_days=is_day)
    derived = sha256(repr((who.casefold(), row.get("from"), row.get("to"))).encode()).hexdigest()[:16]
    event = Event(
        row.get("uid", "")[:LONGEST_POINT] or f"row:{derived}",
        row.get("reason", "")[:LONGEST_NAME],
        first,
        last,
        zone or "UTC",
        all_day=is_day,
        rule=rule,
        people=(who,),
    )
    return Item(f"{source} ({who[:60]})", event, floating=not zone, deputy=row.get("deputy", ""))
