"""What a table is about – people, absences or known blockers – told from the headings in its first row."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange import spreadsheet
from escplaybook.exchange.absence_table import column_named
from escplaybook.exchange.contact_columns import FAMILY, GIVEN, known_column
from escplaybook.exchange.entry_table import usual
from escplaybook.exchange.profiles import PARTS
from escplaybook.exchange.text import bytes_of, decode

TableKind = Literal["contacts", "absences", "entries"]
TABLE_KINDS: tuple[TableKind, ...] = get_args(TableKind)

_FIRST = 65_536
"""Bytes in which the first row is looked for."""


def kind_of_table(path: Path) -> TableKind:
    """What the table is about; people if its headings do not tell, or cannot be read."""
    try:
        headings = _headings(path)
    except (Unreadable, csv.Error, OSError):
        return "contacts"
    return kind_told(headings)


def kind_told(headings: Sequence[str]) -> TableKind:
    """What a table with these headings is about."""
    if {"who", "from", "to"} <= {column_named(heading) for heading in headings}:
        return "absences"
    fields = set(usual(headings))
    if "title" in fields and fields & set(PARTS) and not {GIVEN, FAMILY} & {known_column(one) for one in headings}:
        return "entries"
    return "contacts"


def _headings(path: Path) -> list[str]:
    if path.suffix.casefold() in spreadsheet.SUFFIXES:
        return next(iter(spreadsheet.tables_in(path, path.name))).headings
    if not path.is_file():
        raise Unreadable("It is no file.")
    with path.open("rb") as file:
        data = file.read(_FIRST)
    text = decode(data[: data.rfind(b"\n") + 1] or data)[0] if not data.startswith(b"\xff\xfe") else _whole_text(path)
    first = text.partition("\n")[0]
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)), [])


def _whole_text(path: Path) -> str:
    """A file in UTF-16, which cannot be cut at a byte."""
    return decode(bytes_of(path))[0]
