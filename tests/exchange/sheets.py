"""Spreadsheets as office programs save them, no larger than a story needs."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"

HIDDEN = ' state="hidden"'

Rows = Sequence[Sequence[Any]]


def xlsx(path: Path, sheets: dict[str, Rows | str], *, hidden: Sequence[str] = (), merged: str = "") -> Path:
    """A workbook; a sheet is rows of texts and numbers, or its XML. `merged` is a range such as `C1:D1`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        parts = [(f"sheet{number}", name) for number, name in enumerate(sheets, 1)]
        types = "".join(
            f'<Override PartName="/xl/worksheets/{part}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for part, _ in parts
        )
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
        )
        packed.writestr("_rels/.rels", _relations(("rId1", "officeDocument", "xl/workbook.xml")))
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(*((part, "worksheet", f"worksheets/{part}.xml") for part, _ in parts)),
        )
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="{part}"{HIDDEN if name in hidden else ""}/>'
            for number, (part, name) in enumerate(parts, 1)
        )
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>{listed}</sheets></workbook>'
        )
        spans = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
        for part, name in parts:
            rows = sheets[name]
            body = rows if isinstance(rows, str) else "".join(_row(number, row) for number, row in enumerate(rows, 1))
            packed.writestr(
                f"xl/worksheets/{part}.xml",
                f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{spans}</worksheet>',
            )
    return path


def ods(path: Path, rows: Rows | str) -> Path:
    """A document of one sheet, which goes on empty to the last row and column there can be, as they do."""
    body = rows if isinstance(rows, str) else "".join(map(_ods_row, rows))
    rest = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
        packed.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" '
            f'xmlns:text="{_ODF}:text:1.0"><office:body><office:spreadsheet><table:table table:name="People">'
            f"{body}{rest}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(value: Any, more: str = "") -> str:
    kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
    return (
        f'<table:table-cell office:value-type="{kind}"{more}><text:p>{escape(str(value))}</text:p></table:table-cell>'
    )


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"


def _row(number: int, row: Sequence[Any]) -> str:
    return f'<row r="{number}">{"".join(_cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row))}</row>'


def _cell(place: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _relations(*relations: tuple[str, str, str]) -> str:
    listed = "".join(f'<Relationship Id="{one}" Type="{_DOC}/{kind}" Target="{to}"/>' for one, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
