"""Tables of people come in as spreadsheets save them, and go out so that no spreadsheet runs what is in them."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.origins import Origin
from escplaybook.exchange.contact_columns import guessed
from escplaybook.exchange.contact_items import Item
from escplaybook.exchange.contact_table import COLUMNS, read, write_csv

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., list[Item]]:
    """Writes one table and reads its rows."""

    def write_and_read(content: str | bytes, name: str = "people.csv") -> list[Item]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read([path], NOW))

    return write_and_read


def points(item: Item) -> list[tuple[str, str, str]]:
    assert item.record is not None, item.reason
    return [(point.kind.value, point.value, point.label) for point in item.record.points]


def test_a_row_becomes_a_contact(table):
    (item,) = table(
        "Name,Role,Company,Department,Phone,Mobile,E-Mail,Chat,Pager,Bridge,"
        "Time zone,Hours,Deputy,Languages,Notes,Tags,UID\n"
        "Mara Lindqvist,Integration lead,Nordvik Systems,Integration,+46 8 465 004 05,"
        "+46 70 174 06 31; +46 70 174 06 32 (nights),mara@nordvik.example,@mara (Slack),5550,https://bridge.example/42,"
        'Europe/Stockholm,"Mon-Fri 09:00-17:00, Sat 10:00-14:00",Tomás Herrera,"sv, en",'
        '"Knows the\nold gateway, ask her.",go-live; on call,4711\n'
    )
    person = item.record
    assert (person.name, person.role) == ("Mara Lindqvist", "Integration lead")
    assert (person.organisation, person.team) == ("Nordvik Systems", "Integration")
    assert points(item) == [
        ("phone", "+46 8 465 004 05", ""),
        ("mobile", "+46 70 174 06 31", ""),
        ("mobile", "+46 70 174 06 32", "nights"),
        ("email", "mara@nordvik.example", ""),
        ("chat", "@mara", "Slack"),
        ("pager", "5550", ""),
        ("bridge", "https://bridge.example/42", ""),
    ]
    assert (person.zone, person.hours) == ("Europe/Stockholm", "Mon-Fri 09:00-17:00, Sat 10:00-14:00")
    assert (person.languages, person.tags) == (("sv", "en"), ("go-live", "on call"))
    assert person.notes == "Knows the\nold gateway, ask her."
    assert person.origin == Origin("4711", "people.csv row 2")
    assert (item.source, item.deputy, item.warnings) == ("people.csv row 2 (Mara Lindqvist)", "Tomás Herrera", ())
    assert set(item.says) == set(COLUMNS) - {"uid", "country"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found_out(table, separator, encoding):
    rows = [["NAME", "e-mail", "notes"], ["Zoë Müller", "zoe@nordvik.example", "a,b;c\td\r\ne"]]
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    (item,) = table(written.getvalue().encode(encoding))
    assert (item.record.name, item.record.notes) == ("Zoë Müller", "a,b;c\td\ne")
    assert points(item) == [("email", "zoe@nordvik.example", "")]
    assert bool(item.warnings) == (encoding == "cp1252")


def test_the_separator_that_a_spreadsheet_declares_is_believed(table):
    (item,) = table("sep=;\nname;phone\nMara;1\n")
    assert (item.source, points(item)) == ("people.csv row 3 (Mara)", [("phone", "1", "")])


def test_only_the_columns_that_are_there_are_spoken_of(table):
    (item,) = table("name,mobile\nMara,\n")
    assert item.says == ("name", "mobile")


def test_numbers_may_stand_in_several_columns_or_lines(table):
    (item,) = table('name,phone,Telephone\nMara,"1 (desk)\n2",3\n')
    assert points(item) == [("phone", "1", "desk"), ("phone", "2", ""), ("phone", "3", "")]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("phone,email", "“name” is missing"),
        ("name,role,Title", "“role” is there twice"),
        ("fone", "“name” is missing, and “fone” is not known"),
        (",".join(f"x{n}" for n in range(40)), "“x4” and 35 more are not known"),
    ],
)
def test_wrong_columns_are_told_in_one_sentence_and_nothing_is_read(table, header, told):
    (item,) = table(f"{header}\nMara,1\n")
    assert (item.source, item.record) == ("people.csv", None)
    assert told in item.reason
    assert "Nothing was read; known are name, given name, family name, role, organisation," in item.reason


def test_columns_that_are_not_known_are_left_out_and_told_once(table):
    found = table("name,fone,shoe size\nMara,1,38\nTom,2,44\n")
    assert [item.record.name for item in found] == ["Mara", "Tom"]
    told = "“fone”, “shoe size” are left out; say what they are with a mapping if they matter."
    assert [item.warnings for item in found] == [(told,), ()]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("Vorname;Nachname;Firma;Telefon;Handy;E-Mail", "given name;family name;organisation;phone;mobile;email"),
        ("Prénom;Nom;Société;Téléphone;Courriel", "given name;family name;organisation;phone;email"),
        ("Nom;Fonction;Portable", "name;role;mobile"),
        ("Nombre;Apellidos;Empresa;Correo electrónico", "given name;family name;organisation;email"),
        ("Namn;Titel;Företag;E-post", "name;role;organisation;email"),
        ("First Name;Last Name;E-mail 1 - Value;Phone 1 - Value", "given name;family name;email;phone"),
        ("Company Name;Name;Telefon privat;Telefon dienstlich", "organisation;name;phone;phone"),
        ("Name;Company phone;Shoe size;", "name;phone;;"),
        ("Name;Manager name", "name;"),
    ],
)
def test_usual_headings_of_several_languages_are_known(headings, columns):
    assert guessed(headings.split(";")) == columns.split(";")


def test_what_a_heading_says_of_a_number_becomes_its_label(table):
    (item,) = table("Vorname;Nachname;Telefon privat;E-Mail 2\nZoë;Müller;+49 30 23125 014;z@n.example\n")
    assert item.record.name == "Zoë Müller"
    assert points(item) == [("phone", "+49 30 23125 014", "privat"), ("email", "z@n.example", "2")]
    assert set(item.says) == {"name", "phone", "email"}


def test_a_row_that_cannot_be_used_is_refused_by_its_number(table):
    found = table(
        "name,phone,zone,hours\n"
        "Mara,1,Europe/Stockholm,Mon-Fri 09:00-17:00\n"
        "\n"
        ",2,,\n"
        "Tom,3,Europe/Atlantis,\n"
        "Kim,4,,Mon-Fri 25:00-26:00\n"
        "Ann,5,,,surplus\n"
        f"Bob,{'6' * 600},,\n"
        "Eve\n"
    )
    assert [item.source for item in found] == [
        "people.csv row 2 (Mara)", "people.csv row 4", "people.csv row 5", "people.csv row 6", "people.csv row 7",
        "people.csv row 8", "people.csv row 9 (Eve)",
    ]  # fmt: skip
    told = ["", "no name", "Europe/Atlantis", "25:00", "“surplus”", "too long", ""]
    assert all(words in item.reason for item, words in zip(found, told, strict=True))
    assert [item.record is None for item in found] == [bool(words) for words in told]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"sep=;\n", "empty"),
        (b"name,phone\n", "no rows"),
        (b'name,phone\n"Mara,1\nTom,2\n', "quotation marks"),
        (b'name,phone\n"Mara"x,1\n', "quotation marks"),
        (b"name,notes\nMara," + b"x" * 200_000, "damaged"),
        (b"name\0,phone\n", "not text"),
        (b"PK\x03\x04\x14\0\x08", "not text"),
        (b"name,phone\n" + b"x" * 6_000_000, "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(table, content, told):
    (item,) = table(content)
    assert (item.source, item.record) == ("people.csv", None)
    assert told in item.reason


def test_traps_are_taken_out_and_long_names_cut(table):
    (item,) = table("name,role\n" + "x" * 10_000 + ",le\u202ead\x07\n")
    assert (item.record.name, item.record.role) == ("x" * 200, "lead")
    assert "cut after 200" in item.warnings[0]


# ---- writing ---------------------------------------------------------------------------------------------------------


def test_no_cell_is_taken_for_a_formula(table, contact):
    person = contact(
        "=HYPERLINK(1)", phone="+46 70 174 06 31", role="@lead", team="-1", notes="'=2", tags=("+a", "b;c")
    )
    text = write_csv([person])
    cells = next(csv.DictReader(io.StringIO(text)))
    assert not [cell for cell in cells.values() if cell[:1] in set("=+-@\t\r")]
    assert cells["mobile"] == "'+46 70 174 06 31"
    assert cells["notes"] == "''=2"
    (item,) = table(text)
    assert same(item.record) == same(person)


def test_private_points_stay_here(contact):
    points = (
        ContactPoint(PointKind.PHONE, "+46 70 174 06 31"),
        ContactPoint(PointKind.PHONE, "2", privacy=Privacy.PRIVATE),
    )
    cells = next(csv.DictReader(io.StringIO(write_csv([contact(points=points)]))))
    assert cells["phone"] == "'+46 70 174 06 31"


def test_a_deputy_is_written_by_name_unless_two_have_it(contact):
    boss, deputy, other = contact("Boss"), contact("Kim"), contact("Kim", origin=Origin("u3"))
    rows = [replace(boss, deputy=deputy.id), replace(contact("Two"), deputy=other.id), deputy]
    assert [row["deputy"] for row in csv.DictReader(io.StringIO(write_csv(rows)))] == ["Kim", other.id, ""]
    assert [row["deputy"] for row in csv.DictReader(io.StringIO(write_csv([*rows, other])))] == [
        deputy.id,
        "u3",
        "",
        "",
    ]


_WORDS = st.text("abcdef ;,:\\\"'()=+-@\u00e4\u738b\u0639\U0001f600", max_size=40).map(str.strip).filter(bool)
_POINT = st.builds(ContactPoint, st.sampled_from(PointKind), _WORDS, st.just("") | _WORDS)
_PERSON = st.builds(
    Contact,
    id=st.uuids().map(str),
    name=_WORDS,
    created=st.just(NOW),
    updated=st.just(NOW),
    role=st.just("") | _WORDS,
    organisation=st.just("") | _WORDS,
    team=st.just("") | _WORDS,
    points=st.lists(_POINT, max_size=6, unique=True).map(tuple),
    country=st.sampled_from(["", "IN", "SE"]),
    zone=st.sampled_from(["UTC", "Asia/Kolkata"]),
    hours=st.sampled_from(["", "Mon-Fri 09:00-17:00, Sat 10:00-14:00"]),
    languages=st.lists(_WORDS, max_size=2, unique=True).map(tuple),
    notes=st.lists(_WORDS, max_size=3).map("\n".join),
    tags=st.lists(_WORDS, max_size=3, unique=True).map(tuple),
)


@given(people=st.lists(_PERSON, min_size=1, max_size=3, unique_by=lambda person: person.id))
def test_what_is_written_reads_the_same(people, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "people.csv"
    path.write_text(write_csv(people), encoding="utf-8-sig", newline="")
    found = list(read([path], NOW))
    assert not [told for item in found for told in item.warnings if "can be dialled" not in told]
    assert [same(item.record) for item in found] == [same(person) for person in people]


def same(person: Contact) -> Contact:
    """The contact as a table can tell it: points kind by kind, known by its uid."""
    kinds = list(PointKind)
    points = tuple(sorted(person.points, key=lambda point: kinds.index(point.kind)))
    known = person.origin.uid if person.origin else person.id
    return replace(person, id=known, origin=None, points=points)
