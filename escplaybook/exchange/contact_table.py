"""Tables of people (CSV and spreadsheets): read into contacts, and written as CSV with the same columns.

The first row names the columns (see `contact_columns`), in any order. Only the name must be there; a column that is
missing leaves the book as it is. Several numbers or addresses stand in one cell with semicolons between them, each
with its label in brackets behind it: `+46 70 174 06 31 (work); +46 70 174 06 32`. Tags and languages may have commas
between them as well. A backslash before a semicolon, comma, bracket or backslash takes its meaning away. `deputy` is a
name, an e-mail address or a uid, of this file or of the book.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.origins import Origin
from escplaybook.exchange import contact_items as items
from escplaybook.exchange import spreadsheet
from escplaybook.exchange.contact_columns import (
    CHOICES,
    COLUMNS,
    FAMILY,
    GIVEN,
    Table,
    fault_in,
    guessed,
    known_column,
    label_in,
    listed,
)
from escplaybook.exchange.contact_items import Item, in_one_line
from escplaybook.exchange.files import files
from escplaybook.exchange.text import text_of

TEXT_SUFFIXES = (".csv", ".tsv")
SUFFIXES = (*TEXT_SUFFIXES, *spreadsheet.SUFFIXES)

_SEPARATORS = ",;\t"
_DECLARED = re.compile(r"sep=([,;\t])\n")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_LABELLED = re.compile(r"(?P<value>.*\S)\s+\((?P<label>(?:[^()\\]|\\.)*)\)")
_ESCAPE = re.compile(r"\\([\\;,()])")

Columns = Callable[[Sequence[str]], Sequence[str]]
"""Says for the headings of a table which column each one is, empty for one that is left out."""


def read(paths: Sequence[Path], now: datetime, columns: Columns = guessed) -> Iterator[Item]:
    """Each row in the tables at or below `paths`, one after the other; `file.csv row 3 (Mara Lindqvist)` is one.

    A table with wrong columns or broken quotation marks is one refused item. Raises Unreadable if a path is not there.
    """
    met: dict[str, items.Whole] = {}
    for table in tables(paths):
        if isinstance(table, Item):
            yield table
            continue
        chosen = list(columns(table.headings))
        if fault := fault_in(table.headings, chosen):
            known = ", ".join(CHOICES)
            yield Item(table.source, None, f"The columns are wrong: {fault}. Nothing was read; known are {known}.")
            continue
        warnings = [*table.warnings, *_doubts(table, chosen)]
        for number, cells in table.rows:
            yield _item(f"{table.source} row {number}", table, chosen, cells, now, met, warnings)
            warnings = []


def tables(paths: Sequence[Path]) -> Iterator[Table | Item]:
    """The tables at or below `paths`, a spreadsheet's sheets each; a refused item for what is none."""
    for path, source in files(paths, lambda path: path.suffix.casefold() in SUFFIXES):
        try:
            if path.suffix.casefold() in spreadsheet.SUFFIXES:
                yield from map(_with_rows, spreadsheet.tables_in(path, source))
            else:
                yield _text_table(path, source)
        except Unreadable as error:
            yield Item(source, None, str(error))


def _doubts(table: Table, columns: Sequence[str]) -> Iterator[str]:
    """What to look at in the whole table."""
    unknown = [one for one, column in zip(table.headings, columns, strict=True) if one and not column]
    if unknown:
        yield f"{listed(unknown)} left out; say what they are with a mapping if they matter."
    for at, rows in table.numbers.items():
        if at < len(columns) and columns[at] in (PointKind.PHONE, PointKind.MOBILE, PointKind.PAGER):
            more = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
            yield (
                f"“{in_one_line(table.headings[at])[:40]}” is kept as a number in row {rows[0]}{more}: a leading zero "
                "or plus may be lost. Look at them."
            )


def write_csv(contacts: Iterable[Contact]) -> str:
    """The contacts as one table; a cell that a spreadsheet would take for a formula has an apostrophe before it.

    Private points are left out, for a table cannot say that they are. Save it as UTF-8 with a byte order mark, so
    that spreadsheets know its letters.
    """
    listed = list(contacts)
    times = Counter(contact.name for contact in listed)
    known = {one.id: one.name if times[one.name] == 1 else _uid_of(one) for one in listed}
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for contact in listed:
        row = _row(contact, known)
        writer.writerow([_guarded(row[column]) for column in COLUMNS])
    return written.getvalue()


def _text_table(path: Path, source: str) -> Table:
    """The table in a file of text. Raises Unreadable with the reason why it cannot be used."""
    text, warning = text_of(path)
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    if not body.strip():
        raise Unreadable("The file is empty.")
    try:
        separator = declared[1] if declared else max(_SEPARATORS, key=lambda one: _known_in(body, one))
        header, *rows = _rows(body, separator)
    except csv.Error as error:
        raise Unreadable(f"The table is damaged ({error}); nothing was read. Look at its quotation marks.") from None
    first = 3 if declared else 2
    numbered = [(number, row) for number, row in enumerate(rows, first) if any(row)]
    return _with_rows(Table(source, header, numbered, (warning,) if warning else ()))


def _with_rows(table: Table) -> Table:
    if not table.rows:
        raise Unreadable("The table has no rows below its columns.")
    return table


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield [_unguarded(cell.strip()) for cell in row]


def _known_in(text: str, separator: str) -> tuple[int, int]:
    """How many columns are known, and how many there are, if `separator` parts the first row."""
    header = next(_rows(text, separator), [])
    return sum(bool(known_column(cell)) for cell in header), len(header)


def _item(
    source: str,
    table: Table,
    columns: Sequence[str],
    row: list[str],
    now: datetime,
    met: dict[str, items.Whole],
    warnings: list[str],
) -> Item:
    warnings = list(warnings)
    try:
        cells = _cells(table, columns, row)
        contact, deputy = _contact(cells, now, warnings)
        uid = items.uid_of(in_one_line(" ".join(cells["uid"])), contact, met)
    except (Unreadable, InvalidRecord) as error:
        return Item(source, None, str(error), tuple(warnings))
    if any(items.TRAPS.search(cell) for cell in row):
        warnings.append("Control characters, or signs that turn the direction of text, were taken out.")
    warnings += items.undialled(contact.points)
    contact = replace(contact, origin=Origin(uid, source))
    says = dict.fromkeys("name" if one in (GIVEN, FAMILY) else one for one in columns if one and one != "uid")
    return Item(f"{source} ({contact.name[:60]})", contact, "", tuple(warnings), deputy, tuple(says))


def _cells(table: Table, columns: Sequence[str], row: list[str]) -> dict[str, list[str]]:
    """What a row says, by column; nothing where it is blank or left out."""
    cells: dict[str, list[str]] = defaultdict(list)
    for number, cell in enumerate(row):
        heading = table.headings[number] if number < len(columns) else ""
        if cell and not heading and not (number < len(columns) and columns[number]):
            raise Unreadable(f"The row has more cells than there are columns, from “{in_one_line(cell)[:40]}” on.")
        if cell and (column := columns[number]):
            label = _escaped(label_in(heading, column), "\\;()")
            cells[column].append(f"{cell} ({label})" if label and not _LABELLED.fullmatch(cell) else cell)
    return cells


def _contact(cells: dict[str, list[str]], now: datetime, warnings: list[str]) -> tuple[Contact, str]:
    """The contact of a row, without origin, and who stands in. Raises InvalidRecord or Unreadable."""

    def short(column: str) -> str:
        return items.cut(in_one_line(" ".join(cells[column])), items.LONGEST_NAME, column, warnings)

    def listed(column: str) -> tuple[str, ...]:
        words = (in_one_line(word) for cell in cells[column] for word in _parted(cell, r";,\n"))
        return tuple(dict.fromkeys(_ESCAPE.sub(r"\1", word) for word in words if word))

    name = short("name") or items.cut(
        " ".join(filter(None, (short(GIVEN), short(FAMILY)))), items.LONGEST_NAME, "name", warnings
    )
    if not name:
        raise Unreadable("The row has no name; nobody can be asked for.")
    contact = Contact(
        id=new_id(now),
        name=name,
        created=now,
        updated=now,
        role=short("role"),
        organisation=short("organisation"),
        team=short("team"),
        points=items.distinct(
            _point(kind, part) for kind in PointKind for cell in cells[kind] for part in _parted(cell, r";\n")
        ),
        country=short("country").upper(),
        zone=short("zone") or "UTC",
        hours=short("hours"),
        languages=listed("languages"),
        notes=items.cut(items.in_lines("\n\n".join(cells["notes"])), items.LONGEST_NOTE, "note", warnings),
        tags=listed("tags"),
    )
    return contact, short("deputy")


def _parted(cell: str, separators: str) -> Iterator[str]:
    """The values in one cell, still with their backslashes."""
    for part in re.findall(rf"(?:\\.|[^{separators}])+", cell):
        if part.strip():
            yield part.strip()


def _point(kind: PointKind, part: str) -> ContactPoint:
    found = _LABELLED.fullmatch(part)
    value, label = found.groups() if found else (part, "")
    if len(value) > items.LONGEST_POINT:
        raise Unreadable(f"“{value[:40]}…” is too long for a number or an address.")
    return ContactPoint(kind, in_one_line(_ESCAPE.sub(r"\1", value)), in_one_line(_ESCAPE.sub(r"\1", label)))


def _row(contact: Contact, known: dict[str, str]) -> dict[str, str]:
    """The contact's cells by column; `known` says for each id by what to know a deputy."""
    row = {column: getattr(contact, column) for column in COLUMNS if column not in (*PointKind, "uid")}
    for kind in PointKind:
        points = (p for p in contact.points if p.kind is kind and p.privacy is not Privacy.PRIVATE)
        row[kind] = "; ".join(map(_written, points))
    row["deputy"] = known.get(contact.deputy, contact.deputy) if contact.deputy else ""
    row["uid"] = _uid_of(contact)
    return row | {name: "; ".join(_escaped(word, "\\;,") for word in row[name]) for name in ("languages", "tags")}


def _written(point: ContactPoint) -> str:
    value, label = _escaped(point.value, "\\;"), _escaped(point.label, "\\;()")
    if label:
        return f"{value} ({label})"
    return value[:-1] + "\\)" if value.endswith(")") else value  # so that its end is not taken for a label


def _escaped(text: str, signs: str) -> str:
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)


def _uid_of(contact: Contact) -> str:
    return contact.origin.uid if contact.origin else contact.id


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
