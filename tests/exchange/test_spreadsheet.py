"""Spreadsheets of people come in as they are kept: with titles above, sheets hidden, numbers that lost their plus."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from escplaybook.exchange.contact_items import Item
from escplaybook.exchange.contact_table import read
from tests.exchange.cards import points
from tests.exchange.sheets import ods, ods_cell, xlsx

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
PEOPLE = [["Name", "Mobil", "Firma"], ["Mara Lindqvist", "+46 70 174 06 31", "Nordvik"]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "people.xlsx"


@pytest.fixture
def refused(place: Path) -> Callable[..., str]:
    """The reason why the file with these bytes, or the one that is there, is refused."""

    def reason(data: bytes | None = None) -> str:
        if data is not None:
            place.write_bytes(data)
        (item,) = read([place], NOW)
        assert (item.source, item.record) == ("people.xlsx", None)
        return item.reason

    return reason


def names(found: list[Item]) -> list[str]:
    return [item.record.name for item in found if item.record]


def test_both_forms_are_read_with_the_numbers_of_their_rows(place, tmp_path):
    for path in (xlsx(place, {"People": PEOPLE}), ods(tmp_path / "people.ods", PEOPLE)):
        (item,) = read([path], NOW)
        assert item.source == f"{path.name} row 2 (Mara Lindqvist)"
        assert points(item) == [("mobile", "+46 70 174 06 31", "")]
        assert (item.record.organisation, item.warnings) == ("Nordvik", ())


def test_titles_above_the_headings_and_empty_rows_are_passed_over(place):
    rows = [["Who to call, November"], [], ["Name", "Tel"], [None, None], ["Mara", "1"], ["  ", ""], ["Tom", "2"]]
    found = list(read([xlsx(place, {"People": rows})], NOW))
    assert [item.source for item in found] == ["people.xlsx row 5 (Mara)", "people.xlsx row 7 (Tom)"]


def test_a_heading_over_two_columns_is_each_ones(place):
    rows = [["Name", "Team", "Phone", None], ["Mara", "QA", "1", "2"]]
    (item,) = read([xlsx(place, {"People": rows}, merged="C1:D1")], NOW)
    assert points(item) == [("phone", "1", ""), ("phone", "2", "")]


def test_numbers_that_may_have_lost_a_zero_or_plus_are_flagged(place):
    rows = [["Name", "Mobile", "Role"], ["Mara", 46701740631, "Lead"], ["Tom", "070", 2], ["Kim", 701740632, "x"]]
    found = list(read([xlsx(place, {"People": rows})], NOW))
    assert [points(item) for item in found] == [
        [("mobile", "46701740631", "")], [("mobile", "070", "")], [("mobile", "701740632", "")],
    ]  # fmt: skip
    assert found[0].warnings == (
        "“Mobile” is kept as a number in row 2 and 1 more: a leading zero or plus may be lost. Look at them.",
    )
    assert found[1].record.role == "2"


def test_every_sheet_in_sight_is_read_and_hidden_ones_are_named(place):
    sheets = {"Team": PEOPLE, "Vendors": [["Name"], ["Tom"]], "Old": [["Name"], ["Eve"]], "Empty": []}
    found = list(read([xlsx(place, sheets, hidden=["Old"])], NOW))
    assert [item.source for item in found] == [
        "people.xlsx “Team” row 2 (Mara Lindqvist)",
        "people.xlsx “Vendors” row 2 (Tom)",
    ]
    assert [item.warnings for item in found] == [("Hidden sheets were not read: Old.",), ()]


def test_dates_and_truths_are_read_as_somebody_would_type_them(tmp_path):
    cells = (
        '<table:table-cell office:value-type="date" office:date-value="2026-11-24"><text:p>24.11.26</text:p>'
        '</table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE'
        "</text:p></table:table-cell>"
    )
    rows = f"<table:table-row>{ods_cell('Name')}{ods_cell('Notes')}{ods_cell('Tags')}</table:table-row>"
    path = ods(tmp_path / "a.ods", f"{rows}<table:table-row>{ods_cell('Mara')}{cells}</table:table-row>")
    (item,) = read([path], NOW)
    assert (item.record.notes, item.record.tags) == ("2026-11-24", ("yes",))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no spreadsheet that can be read"),
        (b"PK\x03\x04 and nothing else", "no spreadsheet that can be read"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password, or an old .xls"),
        (b"x" * 31_000_000, "larger than 30 MB"),
    ],
    ids=["empty", "cut off", "locked", "large"],
)
def test_what_is_no_spreadsheet_is_told_in_one_sentence(refused, data, told):
    assert told in refused(data)


def test_a_bomb_is_not_unpacked(place, refused):
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/worksheets/a.xml", "w") as file:
        for _ in range(300):
            file.write(bytes(1_000_000))
    tracemalloc.start()
    assert "unpacks to more than 100 MB" in refused()
    assert tracemalloc.get_traced_memory()[1] < 250_000_000
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_either(place, refused):
    xlsx(place, {"People": f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 9_000_000}</t></is></c></row>'})
    data = bytearray(place.read_bytes())
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46  # in the list at the end of the file
    struct.pack_into("<I", data, at + 24, 100)
    assert "no spreadsheet that can be read" in refused(bytes(data))


@pytest.mark.parametrize(
    ("last", "told"),
    [("XFD1048576", "more than 50,000 rows"), ("A1048576", "more than 50,000 rows"), ("ZZZ2", "more than 500 columns")],
)
def test_a_sheet_with_two_cells_at_its_ends_takes_neither_time_nor_memory(place, refused, last, told):
    """calamine itself would ask for 400 GB and end the program."""
    xlsx(place, {"People": f'<row><c r="A1"><v>1</v></c></row><row><c r="{last}"><v>1</v></c></row>'})
    assert told in refused()


def test_a_million_rows_are_refused_at_the_first_too_many(place, refused):
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>P</t></is></c></row>'
    xlsx(place, {"People": "".join(row.format(number) for number in range(1, 1_000_001))})
    assert "more than 50,000 rows" in refused()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<table:table-row table:number-rows-repeated="1000000">{}</table:table-row>', "more than 50,000 rows"),
        (
            '<table:table-row table:number-rows-repeated="1000000"/><table:table-row>{}</table:table-row>',
            "more than 50,000 rows",
        ),
    ],
)
def test_a_row_repeated_a_million_times_is_refused(tmp_path, rows, told):
    (item,) = read([ods(tmp_path / "a.ods", rows.format(ods_cell("Name")))], NOW)
    assert told in item.reason


def test_a_cell_repeated_thousands_of_times_is_refused(tmp_path):
    cell = ods_cell("Name", ' table:number-columns-repeated="16384"')
    (item,) = read([ods(tmp_path / "a.ods", f"<table:table-row>{cell}</table:table-row>")], NOW)
    assert "more than 500 columns" in item.reason


def test_entities_that_multiply_are_refused(place, refused):
    xlsx(place, {"People": PEOPLE})
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(place, "a") as packed:
        packed.writestr(
            "xl/worksheets/sheet9.xml", f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><worksheet>&a9;</worksheet>'
        )
    assert "damaged" in refused()


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_off_is_told(place, refused, cut):
    xlsx(place, {"People": PEOPLE})
    data = place.read_bytes()
    assert refused(data[: int(len(data) * cut)])
