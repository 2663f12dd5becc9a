"""Contacts go out as vCard 3.0 and read the same when they come back."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.origins import Origin
from escplaybook.exchange import vcard
from escplaybook.exchange.contact_items import Item

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)

_WORDS = (
    st.text("abcdefgn ;,:\\\"()'=+-@<>\u00e4\u00df\u0141\u738b\u0639\u05d0\U0001f600", max_size=90)
    .map(str.strip)
    .filter(bool)
)
_LABELS = st.sampled_from(["", "work", "home", "Work", "Hotline; nights"]) | _WORDS
_POINTS = st.builds(ContactPoint, st.sampled_from(PointKind), _WORDS, _LABELS, privacy=st.sampled_from(Privacy))


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
    )


def read_back(text: str, folder: Path) -> list[Item]:
    path = folder / "out.vcf"
    path.write_text(text, newline="")
    return list(vcard.read([path], NOW))


@given(people=st.lists(contacts(), min_size=1, max_size=2, unique_by=lambda person: person.id))
def test_what_is_written_reads_the_same(people, tmp_path_factory):
    found = read_back(vcard.write(people, private=True), tmp_path_factory.mktemp("out"))
    assert [item.warnings for item in found] == [()] * len(people)
    assert [replace(item.record, id=item.record.origin.uid, origin=None) for item in found] == people


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
    assert "???" not in whole


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
