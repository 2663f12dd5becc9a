"""Spreadsheets of people (.xlsx, .ods), read by calamine out of a copy that is no larger than it may be.

calamine keeps a sheet as one block from its first cell to its last: a file of 700 bytes with a cell in each corner
would take all the memory there is and end the program. So the file is unpacked here, up to a limit, and looked at for
the place of its last cell, before calamine is handed it.
"""

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.contact_columns import Table, known_column
from escplaybook.exchange.contact_items import in_lines, in_one_line
from escplaybook.exchange.text import bytes_of

SUFFIXES = (".xlsx", ".xlsm", ".ods")

SIZE_LIMIT, UNPACKED_LIMIT = 30_000_000, 100_000_000
"""Bytes of a file as it lies on the disk, and of what is in it."""

MOST_ROWS, MOST_COLUMNS = 50_000, 500
"""More is no table of people."""

_HEADINGS_WITHIN = 10
"""Rows from the top among which the headings are looked for; above them stand titles and dates."""

_NOT_READ = re.compile(r"(?i)(xl/media/|xl/drawings/|docProps/|Pictures/|Thumbnails/|Object |xl/embeddings/)")
_OLE = b"\xd0\xcf\x11\xe0"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")
_TOO_LONG = f"a sheet has more than {MOST_ROWS:,} rows; split it into smaller ones, or save the people in it as a sheet"
_TOO_WIDE = f"a sheet has more than {MOST_COLUMNS} columns; save the people in it as a sheet of their own"


def tables_in(path: Path, source: str) -> Iterator[Table]:
    """The sheets in sight that hold anything, each as a table. Raises Unreadable with the reason."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    copy = _copy_of(path)
    try:
        with CalamineWorkbook.from_filelike(copy) as workbook:
            seen = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
            hidden = [sheet.name for sheet in workbook.sheets_metadata if sheet.name not in seen]
            filled = [sheet for sheet in map(workbook.get_sheet_by_name, seen) if sheet.height]
            tables = [_table(sheet, source if len(filled) == 1 else f"{source} “{sheet.name}”") for sheet in filled]
    except PasswordError:
        raise Unreadable(_locked()) from None
    except CalamineError as error:
        raise Unreadable(f"The spreadsheet is damaged ({in_one_line(str(error))[:80]}); save it anew.") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a library written in Rust says that it gave up
            raise
        raise Unreadable("The spreadsheet is damaged; open it, save it anew and bring that in.") from None
    if not tables:
        raise Unreadable("The spreadsheet has no sheet with anything in it.")
    warnings = (f"Hidden sheets were not read: {', '.join(hidden)[:200]}.",) if hidden else ()
    for table in tables:
        yield Table(table.source, table.headings, table.rows, warnings, table.numbers)
        warnings = ()


def _copy_of(path: Path) -> BytesIO:
    """What is in the file, not packed, without pictures. Raises Unreadable for what is too large or none."""
    data = bytes_of(path, SIZE_LIMIT)
    if data.startswith(_OLE):
        raise Unreadable(_locked())
    copy, left = BytesIO(), UNPACKED_LIMIT
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed, zipfile.ZipFile(copy, "w") as plain:
            for member in packed.infolist():
                if _NOT_READ.match(member.filename) or member.is_dir():
                    continue
                with packed.open(member) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise Unreadable(
                        f"The spreadsheet unpacks to more than {UNPACKED_LIMIT // 1_000_000} MB; nothing was read. "
                        "Save only the people in it as a file of their own."
                    )
                if member.filename == "content.xml" or member.filename.startswith("xl/worksheets/"):
                    _refuse_too_large(part)
                plain.writestr(member.filename, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable(f"The file is no spreadsheet that can be read ({error}); save it anew as .xlsx.") from None
    copy.seek(0)
    return copy


def _refuse_too_large(sheet: bytes) -> None:
    """Raise Unreadable if the sheet ends too far from where it begins."""
    extent = _Extent()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = extent.begin, extent.end
    try:
        parser.Parse(sheet, True)
    except expat.ExpatError as error:
        raise Unreadable(f"The spreadsheet is damaged ({error}); open it, save it anew and bring that in.") from None


class _Extent:
    """Follows the rows and cells of a sheet, in either form, and stops at one that lies too far away."""

    def __init__(self) -> None:
        self._rows = self._columns = self._repeated = 0
        self._is_filled = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        what = name.rpartition(" ")[2]
        if what in ("row", "c") and (place := _PLACE.fullmatch(attributes.get("r", ""))):
            _refuse_far(int(place[2]), _column_number(place[1]))
        elif what == "row" and attributes.get("r", "").isdecimal():
            _refuse_far(int(attributes["r"][:9]), 0)
        elif what == "table":
            self._rows = 0
        elif what == "table-row":
            self._repeated = self._times(attributes, "number-rows-repeated")
            self._columns, self._is_filled = 0, False
        elif what in ("table-cell", "covered-table-cell"):
            self._columns += self._times(attributes, "number-columns-repeated")
            if any(key.endswith(("value-type", " value")) for key in attributes):
                self._is_filled = True
                _refuse_far(self._rows + self._repeated, self._columns)

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "table-row":
            self._rows += self._repeated  # empty ones at the end reach to the last row there can be: they do no harm

    def _times(self, attributes: dict[str, str], wanted: str) -> int:
        told = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == wanted), "1")
        return int(told[:9]) if told[:9].isdecimal() else 1


def _refuse_far(row: int, column: int) -> None:
    if row > MOST_ROWS:
        raise Unreadable(f"The spreadsheet was not read: {_TOO_LONG} of their own.")
    if column > MOST_COLUMNS:
        raise Unreadable(f"The spreadsheet was not read: {_TOO_WIDE}.")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _table(sheet: Any, source: str) -> Table:
    """The sheet from its headings on; a heading that spans several columns is each one's."""
    first_row, first_column = sheet.start or (0, 0)
    rows = [(first_row + number, row) for number, row in enumerate(sheet.to_python(), 1)]
    top = _top(rows)
    number, headings = rows[top][0], [in_one_line(_text(cell)) for cell in rows[top][1]]
    for (upper, left), (lower, right) in sheet.merged_cell_ranges or ():
        if upper <= number - 1 <= lower and left >= first_column:
            for column in range(left - first_column, min(right - first_column + 1, len(headings))):
                headings[column] = headings[column] or headings[left - first_column]
    body, numbers = [], defaultdict(list)
    for row, cells in rows[top + 1 :]:
        texts = [in_lines(_text(cell)) for cell in cells]
        if any(texts):
            body.append((row, texts))
            for column, cell in enumerate(cells):
                if not isinstance(cell, str | bool):
                    numbers[column].append(row)
    return Table(source, headings, body, (), dict(numbers))


def _top(rows: Sequence[tuple[int, list[Any]]]) -> int:
    """The row with the headings: the one near the top that has most known ones, else the first with anything."""
    near = [at for at, (_, row) in enumerate(rows) if any(map(_text, row))][:_HEADINGS_WITHIN]
    return max(near, key=lambda at: (sum(bool(known_column(_text(cell))) for cell in rows[at][1]), -at), default=0)


def _text(cell: object) -> str:
    """A cell as somebody would have typed it."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()


def _locked() -> str:
    return "The spreadsheet is protected by a password, or an old .xls; save it as .xlsx without one and bring that in."
