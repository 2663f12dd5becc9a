"""Tables of known blockers (CSV, spreadsheets) and JSON: read into entries, and written so that they come back whole.

A table of ours has every one of `entry_cells.COLUMNS` and comes back to the letter. In any other the first row names
the columns as people do (`COLUMN_OF`); what fits nowhere is kept.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from escplaybook.domain.annotations import Annotation
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.knowledge import Entry
from escplaybook.domain.uses import Use
from escplaybook.exchange import spreadsheet
from escplaybook.exchange.contact_columns import Table
from escplaybook.exchange.entry_cells import COLUMNS, cells_of, pairs_of, unguarded
from escplaybook.exchange.entry_reading import Read, foreign_from, ours_from
from escplaybook.exchange.markdown import Item
from escplaybook.exchange.profiles import KNOWN_ISSUES, PARTS, SHORT, bare, meaning
from escplaybook.exchange.text import bytes_of, decode

SUFFIXES = (".csv", ".tsv", *spreadsheet.SUFFIXES)

SIZE_LIMIT = 200_000_000
"""Bytes of one table or JSON file: some 50,000 known blockers."""

CHOICES = (*SHORT, *PARTS, "id", "created", "updated")
"""What a column can be."""

_SYNONYMS = {
    "title": "subject, headline, name, short description, known issue, known error",
    "system": "application, app, component, product, service, module, area",
    "data_domain": "data domain, domain",
    "cause_class": "cause class",
    "vendor": "supplier, provider",
    "tags": "labels, tag, keywords, category, categories",
    "error_codes": "error codes, error code, code, codes",
    "id": "uid, ticket, ticket id, number, issue key, issue id, reference",
    "created": "created at, created on, date, opened",
    "updated": "updated at, updated on, last modified, modified, last updated",
}
COLUMN_OF = {bare(word): name for name, words in _SYNONYMS.items() for word in (name, *words.split(","))}
COLUMN_OF |= {bare(name): name for name in SHORT}

Columns = Callable[[Sequence[str]], Sequence[str]]
"""Says for the headings of a table which field each column is, empty for one that is kept as it stands."""


def usual(headings: Sequence[str]) -> list[str]:
    """The field that each heading names, each field once."""
    found: list[str] = []
    for heading in headings:
        field = COLUMN_OF.get(bare(heading)) or meaning(heading, KNOWN_ISSUES)
        found.append("" if field in found else field)
    return found


def write_csv(known: Iterable[tuple[Entry, Sequence[Annotation], Sequence[Use]]]) -> Iterator[str]:
    """The entries with their notes and uses as one table, row by row. Save it as UTF-8 with a byte order mark."""
    yield _line(COLUMNS)
    for entry, notes, uses in known:
        yield _line(cells_of(entry, notes, uses))


def read(
    path: Path, source: str, now: datetime, columns: Columns = usual
) -> Iterator[tuple[Item, frozenset[str] | None]]:
    """Each row of the table, one after the other, with the fields that the table speaks of (None for all).

    `known.csv row 3 (Login loops)` is the source of one. A table that cannot be used is one refused item.
    """
    try:
        tables = list(tables_in(path, source))
    except Unreadable as error:
        yield Item(source, None, str(error)), None
        return
    for table in tables:
        if is_ours(table):
            yield from ((_ours(table, number, cells, now), None) for number, cells in table.rows)
            continue
        chosen = list(columns(table.headings))
        if fault := fault_in(chosen):
            yield Item(table.source, None, f"The columns are wrong: {fault}. Nothing was read."), None
            continue
        says = frozenset(field for field in chosen if field in (*SHORT, *PARTS)) | {"extra"}
        times: Counter[str] = Counter()
        yield from ((_foreign(table, chosen, row, now, times), says) for row in table.rows)


def is_ours(table: Table) -> bool:
    """Whether this program wrote it: then it comes back to the letter."""
    return set(COLUMNS) <= set(table.headings)


def fault_in(columns: Sequence[str]) -> str:
    """Why these columns cannot be used, as the middle of a sentence; empty if they can."""
    twice = sorted(column for column, number in Counter(filter(None, columns)).items() if number > 1)
    if twice:
        return f"“{twice[0]}” is there twice"
    return "" if "title" in columns else "“title” is missing; say with a mapping which column it is"


def tables_in(path: Path, source: str) -> Iterator[Table]:
    """The tables in a file. Raises Unreadable with the reason."""
    if path.suffix.casefold() in spreadsheet.SUFFIXES:
        tables = list(spreadsheet.tables_in(path, source))
        yield from (Table(one.source, one.headings, one.rows, one.warnings, one.numbers, "entries") for one in tables)
        return
    text, warning = decode(bytes_of(path, SIZE_LIMIT))
    try:
        header, *rows = rows_in(text)
    except csv.Error as error:
        raise Unreadable(f"The table is damaged ({error}); nothing was read. Look at its quotation marks.") from None
    except ValueError:
        raise Unreadable("The file is empty.") from None
    numbered = [(number, row) for number, row in enumerate(rows, 2) if any(row)]
    yield Table(
        source, [heading.strip() for heading in header], numbered, (warning,) if warning else (), kind="entries"
    )


def rows_in(text: str) -> list[list[str]]:
    """The rows of a table of text, told apart by the sign that its first line has most of. Raises csv.Error."""
    csv.field_size_limit(SIZE_LIMIT)  # as it comes, a text of 131,072 letters breaks the reader
    first = text.partition("\n")[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True))


def _ours(table: Table, number: int, cells: list[str], now: datetime) -> Item:
    name = f"{table.source} row {number}"
    try:
        return _item(ours_from(pairs_of(_by_heading(table, number, cells)), name, now), name)
    except (Unreadable, InvalidRecord) as error:
        return Item(name, None, str(error))


def _foreign(
    table: Table, chosen: Sequence[str], row: tuple[int, list[str]], now: datetime, times: Counter[str]
) -> Item:
    number, cells = row
    name = f"{table.source} row {number}"
    try:
        there = {heading: cell.strip() for heading, cell in _by_heading(table, number, cells).items()}
        field_of = dict(zip(table.headings, chosen, strict=True))
        title = next(
            (there[heading] for heading, field in field_of.items() if field == "title" and heading in there), ""
        )
        if not title:
            raise Unreadable("The row has no title.")
        times[title] += 1
        pairs = [(heading, cell) for heading, cell in there.items() if cell]
        return _item(foreign_from(pairs, name, uid_of(title, times[title]), now, lambda key: field_of[key]), name)
    except (Unreadable, InvalidRecord) as error:
        return Item(name, None, str(error))


def uid_of(title: str, time: int) -> str:
    """By what to know an item again that has no identifier: its title, and which one of that title it is."""
    return f"title:{sha256(f'{time} {title.casefold()}'.encode()).hexdigest()[:16]}"


def _item(read: Read, source: str) -> Item:
    return Item(f"{source} ({read.entry.title[:60]})", read.entry, "", read.warnings, read.notes, read.uses)


def _by_heading(table: Table, number: int, cells: list[str]) -> dict[str, str]:
    if len(cells) > len(table.headings) and any(cells[len(table.headings) :]):
        raise Unreadable(f"Row {number} has more cells than there are columns; look at its quotation marks.")
    return {heading: unguarded(cell) for heading, cell in zip(table.headings, cells, strict=False) if heading}


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
