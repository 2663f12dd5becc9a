"""Tables of people (CSV), as spreadsheets write them: read into contacts, and written with the same columns.

The first row names the columns of COLUMNS, in any order, in small or capital letters or by a synonym. Only `name`
must be there; a column that is missing leaves the book as it is. Several numbers or addresses stand in one cell with
semicolons between them, each with its label in brackets behind it: `+46 70 174 06 31 (work); +46 70 174 06 32`.
Tags and languages may have commas between them as well. A backslash before a semicolon, comma, bracket or backslash
takes its meaning away. `deputy` is a name, an e-mail address or a uid, of this file or of the book.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.errors import InvalidRecord, Unreadable
from escplaybook.domain.identity import new_id
from escplaybook.domain.origins import Origin
from escplaybook.exchange import contact_items as items
from escplaybook.exchange.contact_items import Item, in_one_line
from escplaybook.exchange.files import files
from escplaybook.exchange.text import text_of

SUFFIXES = (".csv", ".tsv")

_SYNONYMS = {
    "name": ("full name", "display name"),
    "role": ("title", "job title", "position"),
    "organisation": ("organization", "company", "firm", "employer"),
    "team": ("department", "group", "unit"),
    "phone": ("telephone", "tel", "phone number", "work phone", "landline"),
    "mobile": ("mobile phone", "mobile number", "cell", "cell phone"),
    "email": ("mail", "email address"),
    "chat": ("im", "instant messaging"),
    "pager": (),
    "bridge": ("conference bridge", "conference", "dial in"),
    "country": ("country code",),
    "zone": ("time zone", "tz"),
    "hours": ("working hours", "business hours"),
    "deputy": ("backup", "stand in", "substitute"),
    "languages": ("language",),
    "notes": ("note", "comment", "comments", "remarks"),
    "tags": ("tag", "labels", "categories"),
    "uid": ("id",),
}
COLUMNS = tuple(_SYNONYMS)
"""The names of the columns, in the order in which they are written."""

_COLUMN_OF = {word.replace(" ", ""): name for name, words in _SYNONYMS.items() for word in (name, *words)}
_MAY_REPEAT = frozenset({*map(str, PointKind), "notes", "tags", "languages"})
_SEPARATORS = ",;\t"
_DECLARED = re.compile(r"sep=([,;\t])\n")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_LABELLED = re.compile(r"(?P<value>.*\S)\s+\((?P<label>(?:[^()\\]|\\.)*)\)")
_ESCAPE = re.compile(r"\\([\\;,()])")


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's column names ("" for one without a name) and its rows, each with the number a spreadsheet gives it."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]


def read(paths: Sequence[Path], now: datetime) -> Iterator[Item]:
    """Each row in the tables at or below `paths`, one after the other; `file.csv row 3 (Mara Lindqvist)` is one.

    A table with wrong columns or broken quotation marks is one refused item. Raises Unreadable if a path is not there.
    """
    met: dict[str, items.Whole] = {}
    for path, source in files(paths, lambda path: path.suffix.casefold() in SUFFIXES):
        try:
            text, warning = text_of(path)
            table = _table_in(text)
        except Unreadable as error:
            yield Item(source, None, str(error))
            continue
        for number, cells in table.rows:
            yield _item(f"{source} row {number}", table.columns, cells, now, met, warning)
            warning = ""


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


def _table_in(text: str) -> _Table:
    """The rows of a table. Raises Unreadable with the reason why it cannot be used."""
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    if not body.strip():
        raise Unreadable("The file is empty.")
    try:
        separator = declared[1] if declared else max(_SEPARATORS, key=lambda one: _known_in(body, one))
        header, *rows = _rows(body, separator)
    except csv.Error as error:
        raise Unreadable(f"The table is damaged ({error}); nothing was read. Look at its quotation marks.") from None
    columns = _columns_in(header)
    if not any(map(any, rows)):
        raise Unreadable("The table has no rows below its columns.")
    first = 3 if declared else 2
    return _Table(columns, [(number, row) for number, row in enumerate(rows, first) if any(row)])


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield [_unguarded(cell.strip()) for cell in row]


def _known_in(text: str, separator: str) -> int:
    """How many columns are known if `separator` parts the first row."""
    return sum(_bare(cell) in _COLUMN_OF for cell in next(_rows(text, separator), []))


def _columns_in(header: list[str]) -> list[str]:
    """The column that each cell names. Raises Unreadable if one is unknown, named twice, or missing."""
    columns = [_COLUMN_OF.get(_bare(cell), "") for cell in header]
    unknown = [cell for cell, column in zip(header, columns, strict=True) if cell and not column]
    twice = [column for column, times in Counter(columns).items() if times > 1 and column not in _MAY_REPEAT]
    faults = [
        *(["“name” is missing"] if "name" not in columns else []),
        *([f"{_listed(unknown)} not known"] if unknown else []),
        *([f"{_listed(twice)} there twice"] if any(twice) else []),
    ]
    if faults:
        raise Unreadable(
            f"The columns are wrong: {', and '.join(faults)}. Nothing was read; known are {', '.join(COLUMNS)}."
        )
    return columns


def _listed(names: list[str]) -> str:
    told = [f"“{in_one_line(name)[:40]}”" for name in names if name]
    more = f" and {len(told) - 5} more" if len(told) > 5 else ""
    return f"{', '.join(told[:5])}{more} {'is' if len(told) == 1 else 'are'}"


def _bare(cell: str) -> str:
    return re.sub(r"[\s_-]", "", cell.casefold())


def _item(
    source: str, columns: list[str], row: list[str], now: datetime, met: dict[str, items.Whole], warning: str
) -> Item:
    try:
        cells = _cells(columns, row)
        warnings = [warning] if warning else []
        contact, deputy = _contact(cells, now, warnings)
        uid = items.uid_of(in_one_line(" ".join(cells["uid"])), contact, met)
    except (Unreadable, InvalidRecord) as error:
        return Item(source, None, str(error))
    contact = replace(contact, origin=Origin(uid, source))
    says = tuple(column for column in dict.fromkeys(columns) if column and column != "uid")
    return Item(f"{source} ({contact.name[:60]})", contact, "", tuple(warnings), deputy, says)


def _cells(columns: list[str], row: list[str]) -> dict[str, list[str]]:
    """What a row says, by column; nothing where it is blank."""
    cells: dict[str, list[str]] = defaultdict(list)
    for number, cell in enumerate(row):
        column = columns[number] if number < len(columns) else ""
        if cell and not column:
            raise Unreadable(f"The row has more cells than there are columns, from “{in_one_line(cell)[:40]}” on.")
        if cell:
            cells[column].append(cell)
    return cells


def _contact(cells: dict[str, list[str]], now: datetime, warnings: list[str]) -> tuple[Contact, str]:
    """The contact of a row, without origin, and who stands in. Raises InvalidRecord or Unreadable."""

    def short(column: str) -> str:
        return items.cut(in_one_line(" ".join(cells[column])), items.LONGEST_NAME, column, warnings)

    def listed(column: str) -> tuple[str, ...]:
        words = (in_one_line(word) for cell in cells[column] for word in _parted(cell, r";,\n"))
        return tuple(dict.fromkeys(_ESCAPE.sub(r"\1", word) for word in words if word))

    name = short("name")
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
