"""Contacts go out as vCard 3.0 and read the same when they come back."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.origins import Origin
from escplaybook.exchange import vcard
from escplaybook.exchange.contact_items import Item
from escplaybook.store.blobs import described

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)

_WORDS = (
    st.text("abcdefgn ;,:\\\"()'=+-@<>\u00e4\u00df\u0141\u738b\u0639\u05d0\U0001f600", max_size=90)
    .map(str.strip)
    .filter(bool)
)
_LABELS = st.sampled_from(["", "work", "home", "Work", "Hotline; nights"]) | _WORDS
_HOURS = st.sampled_from(["", "Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00, Sat 22:00-06:00"])
_NUMBERS = st.sampled_from(["+46 70 174 06 31", "+1 206 555 0100", "+44 7700 900123", "0701740631"])
_POINTS = st.builds(
    ContactPoint,
    st.sampled_from(PointKind),
    _WORDS | _NUMBERS,
    _LABELS,
    hours=_HOURS,
    privacy=st.sampled_from(Privacy),
)
_PHOTOS = st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a"]).flatmap(
    lambda head: st.binary(max_size=300).map(lambda rest: head + rest)
)
_EXTRA = st.sampled_from(
    [
        ("CLASS", "PRIVATE"), ("ADR;TYPE=work", ";;Street 4\\nFloor 8;Town;;1;Sweden"), ("BDAY", "1980-03-22"),
        ("X-SOCIALPROFILE;TYPE=x", "https://n.example/mara"), ("TEL;TYPE=fax", "1"), ("NICKNAME", "Mo"),
        ("URL;X-LABEL=Wiki", "https://wiki.example"),
    ]
)  # fmt: skip


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    return Contact(
        id=draw(st.uuids()).hex,
        name=draw(_WORDS),
        created=NOW,
        updated=NOW,
        role=draw(_WORDS | st.just("")),
        organisation=draw(_WORDS | st.just("")),
        team=draw(_WORDS | st.just("")),
        points=tuple(draw(st.lists(_POINTS, max_size=6, unique=True))),
        zone=draw(st.sampled_from(["UTC", "Europe/Stockholm", "Asia/Kolkata"])),
        hours=draw(st.sampled_from(["", "Mon-Fri 09:00-17:00, Sat 10:00-14:00"])),
        languages=tuple(draw(st.lists(st.sampled_from(["sv", "en", "hi"]), max_size=2, unique=True))),
        notes="\n".join(draw(st.lists(_WORDS, max_size=3))),
        tags=tuple(draw(st.lists(_WORDS, max_size=3, unique=True))),
        country=draw(st.sampled_from(["", "SE", "US", "DE"])),
        photo=draw(st.none() | _PHOTOS.map(kept)),
        origin=Origin("", extra=tuple(draw(st.lists(_EXTRA, max_size=3, unique=True)))),
    )


_DATA: dict[str, bytes] = {}


def kept(data: bytes) -> Attachment:
    """A photo as the book keeps it."""
    name = {b"\xff": "photo.jpg", b"\x89": "photo.png"}.get(data[:1], "photo.gif")
    photo = described(name, data)
    _DATA[photo.hash] = data
    return photo


def data_of(photo: Attachment) -> bytes | None:
    return _DATA.get(photo.hash)


def read_back(text: str, folder: Path) -> list[Item]:
    path = folder / "out.vcf"
    path.write_text(text, newline="")
    return list(vcard.read([path], NOW))


@given(people=st.lists(contacts(), min_size=1, max_size=2, unique_by=lambda person: person.id))
def test_what_is_written_reads_the_same(people, tmp_path_factory):
    people = [replace(person, origin=replace(person.origin, uid=person.id)) for person in people]
    found = read_back(vcard.write(people, private=True, data_of=data_of), tmp_path_factory.mktemp("out"))
    assert not [told for item in found for told in item.warnings if "can be dialled" not in told]
    back = [replace(item.record, id=item.record.origin.uid) for item in found]
    assert [replace(one, origin=replace(one.origin, source="", extra=())) for one in back] == [
        replace(one, origin=replace(one.origin, extra=())) for one in people
    ]
    assert [sorted(one.origin.extra) for one in back] == [sorted(one.origin.extra) for one in people]
    assert [item.files for item in found] == [
        (_DATA[one.photo.hash],) if one.photo is not None else () for one in people
    ]


def test_a_photo_is_folded_and_lines_of_a_few_megabytes_take_no_time(contact, tmp_path):
    data = b"\xff\xd8\xff" + bytes(4_000_000)
    person = contact(photo=kept(data))
    text = vcard.write([person], data_of=data_of)
    assert max(map(len, text.split("\r\n"))) == 75
    (item,) = read_back(text, tmp_path)
    assert (item.record.photo, item.files) == (person.photo, (data,))


def test_the_country_is_known_by_address_or_numbers_where_they_are_clear(read_card):
    def country(*lines: str) -> str:
        return read_card("FN:Mara", *lines).record.country

    assert country("TEL:+46 70 174 06 31", "TEL:0701740632") == "SE"
    assert country("TEL:0046 70 174 06 31") == "SE"
    assert country("TEL:+46 70 174 06 31", "TEL:+1 206 555 0100") == ""
    assert country("TEL:+46 70 174 06 31", "ADR:;;;Köln;;;Deutschland") == "DE"
    assert country("ADR:;;;;;;Sweden", "ADR:;;;;;;Norway", "TEL:+46 70 174 06 31") == ""
    assert country("ADR:;;Box 4\\; north;;;;de") == "DE"
    assert country("ADR:;;;;;;Nowhere", "TEL:5550") == ""
    assert country("X-ESCPLAYBOOK-COUNTRY:none", "TEL:+46 70 174 06 31") == ""


def test_a_card_for_few_keeps_what_somebody_chose_for_a_number(read_card, tmp_path):
    item = read_card("FN:Mara", "CLASS:PRIVATE", "TEL:1", "TEL;X-PRIVACY=PRINT:2")
    assert [point.privacy for point in item.record.points] == [Privacy.TEAM, Privacy.PRINT]
    (again,) = read_back(vcard.write([item.record], private=True), tmp_path)
    assert again.record.points == item.record.points
    (again,) = read_back(vcard.write([item.record]), tmp_path)
    assert again.record.points == item.record.points


def test_lines_are_folded_and_private_points_stay_here(contact, tmp_path):
    person = contact(
        notes="ä" * 200,
        points=(
            ContactPoint(PointKind.MOBILE, "+46 70 174 06 31", "work"),
            ContactPoint(PointKind.MOBILE, "+46 70 174 06 32", privacy=Privacy.PRIVATE),
            ContactPoint(PointKind.BRIDGE, "https://bridge.example/42"),
        ),
        origin=Origin("4711", extra=(("BDAY", "1980-03-22"), ("unreadable line", "???"))),
    )
    text = vcard.write([person])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "06 32" not in text
    assert "BDAY" not in text
    assert "UID:4711\r\n" in text
    assert "TEL;TYPE=CELL;TYPE=WORK:+46 70 174 06 31\r\n" in text
    assert "N:Lindqvist;Mara;;;\r\n" in text
    whole = vcard.write([person], private=True)
    assert "BDAY:1980-03-22\r\n" in whole
    assert "X-ESCPLAYBOOK-UNREADABLE:???" in whole


def test_a_card_comes_back_with_all_it_said(read_card, tmp_path):
    item = read_card(
        "UID:4711", "FN:Simon Perreault", "N:Perreault;Simon;;;ing. jr,M.Sc.", "TZ:-0500", "item1.URL:http://n.example",
        "item1.X-ABLabel:Wiki; internal", "TEL;TYPE=FAX:1", "NICKNAME:Si",
        "ADR;TYPE=work:;;Street 4\\nFloor 8;Town;;1;X",
    )  # fmt: skip
    (again,) = read_back(vcard.write([item.record], private=True), tmp_path)
    assert again.record.origin.extra == item.record.origin.extra
    assert replace(again.record, id="", origin=None, created=NOW, updated=NOW) == replace(
        item.record, id="", origin=None
    )


def test_a_deputy_is_written_by_uid(contact, tmp_path):
    boss = contact(origin=Origin("u1"))
    deputy = contact("Tomás", origin=Origin("u2"))
    text = vcard.write([replace(boss, deputy=deputy.id), deputy])
    assert [item.deputy for item in read_back(text, tmp_path)] == ["u2", ""]
