"""A damaged or hostile card costs nobody else theirs, and little of itself."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.exchange import vcard
from tests.exchange.cards import extra, points

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("photo", "why"),
    [
        ("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ!!not base64!!", "it is damaged"),
        ("PHOTO;ENCODING=BASE64;JPEG:AAAA4AAQ\r\n 4AAQSkZJ\r\n\r\n", "it is no JPEG, PNG or GIF picture"),
        ("PHOTO:data:image/svg+xml;base64,PHN2Zz4=", "it is no JPEG, PNG or GIF picture"),
        ("item1.PHOTO:data:image/jpeg,%FF%D8", "its address holds no base64"),
        ("PHOTO;ENCODING=b:/9j/" + "A" * 28_000_000, "it has 21.0 MB, and more than 5 MB is not kept"),
        ("PHOTO;ENCODING=b:/9j/" + "A" * 8_000_000, "it has 6.0 MB, and more than 5 MB is not kept"),
    ],
    ids=["damaged", "no picture", "drawing", "no base64", "huge", "large"],
)
def test_a_bad_photo_is_left_out_with_one_warning_and_the_card_stays(read_card, photo, why):
    item = read_card("FN:Mara", photo, "TEL:1")
    assert points(item) == [("phone", "1", "")]
    assert item.warnings == (f"The photo was left out: {why}.",)
    assert (extra(item), item.record.photo, item.files) == ({}, None, ())


@pytest.mark.parametrize(
    "photo",
    [
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ==",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRgABAQ==\r\n\r\n",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\nSkZJRgABAQ\r\n==",
        "item1.PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==",
        "PHOTO;ENCODING=b:AAAA\r\nPHOTO;ENCODING=b:/9j/4AAQSkZJRgABAQ==",
    ],
    ids=["3.0", "2.1", "not indented", "4.0", "the second is good"],
)
def test_a_photo_comes_in_however_it_is_written(read_card, photo):
    item = read_card("FN:Mara", photo, "TEL:1")
    assert points(item) == [("phone", "1", "")]
    assert item.files == (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01",)
    assert (item.record.photo.name, item.record.photo.media_type, item.record.photo.size) == (
        "photo.jpg", "image/jpeg", 13,
    )  # fmt: skip


def test_an_unreadable_line_is_kept_as_it_stands(read_card):
    item = read_card(
        "FN:Mara",
        "this is no property",
        "TEL;CELL:1",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=80",
        'TEL;TYPE="cut:2',
        "X" * 9_000,
        version="2.1",
    )
    assert points(item) == [("mobile", "1", "")]
    assert item.warnings == (
        "4 lines could not be read and are kept as they stand; the first is “this is no property”",
    )
    kept = [value for key, value in item.record.origin.extra if key == "unreadable line"]
    assert kept[:3] == [
        "this is no property",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=80",
        'TEL;TYPE="cut:2',
    ]
    assert len(kept[3]) == 2_000


def test_a_card_inside_a_card_follows_as_its_own(read_cards):
    found = read_cards(
        "BEGIN:VCARD\nVERSION:2.1\nFN:Mara\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Jane\nTEL:2\nEND:VCARD\nTEL:1\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nFN:Bob\nAGENT:BEGIN:VCARD\nFN:Kim\nEND:VCARD\nEND:VCARD\n"
    )
    assert [item.source for item in found] == [
        "team.vcf#1 (Mara)", "team.vcf#2 (Jane)", "team.vcf#3 (Bob)", "team.vcf#4 (Kim)",
    ]  # fmt: skip
    assert [points(item) for item in found[:2]] == [[("phone", "1", "")], [("phone", "2", "")]]
    assert [bool(item.warnings) for item in found] == [True, False, True, False]


def test_a_card_cut_off_costs_only_itself(read_cards):
    found = read_cards(
        "END:VCARD\nBEGIN:VCARD\nFN:Lost\nTEL:1\nBEGIN:VCARD\nVERSION:3.0\nFN:Mara\nEND:VCARD\nBEGIN:VCARD\nFN:Last"
    )
    assert [(item.record is None, item.reason[:29]) for item in found] == [
        (True, "The card has no BEGIN:VCARD; "),
        (True, "The card has no END:VCARD; th"),
        (False, ""),
        (True, "The card has no END:VCARD; th"),
    ]
    assert found[2].record.name == "Mara"


@pytest.mark.parametrize("kind", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group", "KIND:location"])
def test_a_list_or_a_room_is_no_person(read_card, kind):
    item = read_card("FN:All of integration", kind, "MEMBER:urn:uuid:1", version="4.0")
    assert item.record is None
    assert "not a person" in item.reason


@pytest.mark.parametrize(
    "content", [b"", b" \r\n", b"\x89PNG\r\n\x1a\n\0\0\0", b"name,phone\nMara,1\n", b"\xff\xfe\x41"]
)
def test_a_file_without_a_card_is_refused(read_cards, content):
    (item,) = read_cards(content)
    assert (item.source, item.record) == ("team.vcf", None)
    assert item.reason


def test_traps_are_taken_out_of_names_and_too_long_ones_are_cut(read_card):
    item = read_card("FN:Ma\x07ra \u202eTSIVQDNIL\u202c\u2066", "TITLE:a\x00b".replace("\x00", "\x1b"), "TEL:\u202d1")
    assert (item.record.name, item.record.role) == ("Mara TSIVQDNIL", "ab")
    assert points(item) == [("phone", "1", "")]
    assert item.warnings == ("Control characters, or signs that turn the direction of text, were taken out.",)
    item = read_card("FN:" + "x" * 10_000, "TEL:" + "1" * 10_000, "UID:" + "u" * 10_000)
    assert item.record.name == "x" * 200
    assert item.warnings == (
        "The name had 10,000 letters; it was cut after 200.",
        "TEL has 10,000 letters; its beginning was kept.",
    )
    assert item.record.points == ()
    assert len(item.record.origin.uid) < 30


def test_hostile_lines_take_no_time(read_card):
    """vobject's own expressions need exponential and quadratic time for these; the whole would never end."""
    item = read_card(
        "FN:Mara",
        "TEL;TYPE=" + ",".join("a" * 5000),
        'TEL;TYPE=a"' + ";a=" * 5000 + ":1",
        "NOTE:" + "\r\n ".join(["x" * 70] * 20_000),
        "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 74] * 100_000),
        "TEL:1",
    )
    assert points(item) == [("phone", "1", "")]
    assert len(item.record.notes) == 100_000


_NAMES = ("FN", "N", "TEL", "ORG", "TZ", "REV", "NOTE", "item1.X-ABLabel")
_PARAMS = ("ENCODING=QUOTED-PRINTABLE", "ENCODING=8BIT", "ENCODING=b", "CHARSET=UTF-7", "CHARSET=idna", "TYPE=pref")
_VALUES = ("=ED=A0=80", "=C3", "..", "tel:", "_$!<>!$_", "Ü", "\u202e", "0001-01-01T00:00:00+23:59")
_LINES = ("BEGIN:VCARD\n", "END:VCARD\n", "AGENT:\n", "VERSION:2.1\n")
_SIGNS = ("=\n", "\n ", "\n", "\r", ":", ";", ",", "=", '"', "\\")
_SHREDS = st.sampled_from([*_NAMES, *(f"{name}:" for name in _NAMES), *_PARAMS, *_VALUES, *_LINES, *_SIGNS])


@given(shreds=st.lists(_SHREDS, max_size=30), encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_whatever_a_file_holds_is_read_or_refused_and_goes_out_again(shreds, encoding, tmp_path_factory):
    path = tmp_path_factory.mktemp("shreds") / "a.vcf"
    path.write_bytes(f"BEGIN:VCARD\n{''.join(shreds)}\nEND:VCARD\n".encode(encoding, "ignore"))
    found = list(vcard.read([path], NOW))
    assert found
    assert all(item.record or item.reason for item in found)
    people = [item.record for item in found if item.record]
    path.write_text(vcard.write(people, private=True), newline="")
    again = [item.record for item in vcard.read([path], NOW) if item.record]
    assert [(person.name, person.points) for person in again] == [(person.name, person.points) for person in people]


def test_a_number_that_nobody_can_dial_is_kept_as_written_and_flagged(read_card):
    item = read_card("FN:Mara", "TEL:ask the desk", "TEL:+46 70 174 06 31", "EMAIL:mara at nordvik")
    assert [value for _, value, _ in points(item)] == ["ask the desk", "+46 70 174 06 31", "mara at nordvik"]
    assert item.warnings == ("“ask the desk” is no number that can be dialled; it is kept as it is written.",)


def test_a_pager_that_is_written_to_is_no_damaged_number(tmp_path):
    path = tmp_path / "a.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Mara\nTEL;TYPE=PAGER:mara@page.harbour.example\nEND:VCARD\n")
    (item,) = vcard.read([path], datetime(2026, 11, 24, tzinfo=UTC))
    assert item.warnings == ()
