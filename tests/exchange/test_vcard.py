"""vCards come in as phones, mail programs and directories write them; a damaged one costs nobody else their card."""

import base64
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.contacts import Contact, ContactPoint, PointKind, Privacy
from escplaybook.domain.origins import Origin
from escplaybook.exchange import vcard
from escplaybook.exchange.contact_items import Item

NOW = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
Read = Callable[..., list[Item]]


@pytest.fixture
def read(tmp_path: Path, now: datetime) -> Read:
    """Writes one file and reads its cards."""

    def write_and_read(content: str | bytes, name: str = "team.vcf") -> list[Item]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(vcard.read([path], now))

    return write_and_read


@pytest.fixture
def read_one(read: Read) -> Callable[..., Item]:
    """Reads the one card of which only the lines that matter are given."""

    def read_card(*lines: str, version: str = "3.0") -> Item:
        (item,) = read("\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")))
        return item

    return read_card


def points(item: Item) -> list[tuple[str, str, str]]:
    assert item.record is not None, item.reason
    return [(point.kind.value, point.value, point.label) for point in item.record.points]


def extra(item: Item) -> dict[str, str]:
    assert item.record is not None
    assert item.record.origin is not None
    return dict(item.record.origin.extra)


# ---- what a card says --------------------------------------------------------------------------------------------


def test_a_card_becomes_a_contact(read_one):
    item = read_one(
        "UID:4711",
        "FN:Mara Lindqvist",
        "N:Lindqvist;Mara;;;",
        "ORG:Nordvik Systems;Integration",
        "TITLE:Integration lead",
        "TEL;TYPE=CELL:+46 70 174 06 31",
        "TEL;TYPE=WORK,VOICE:+46 8 465 004 05",
        "EMAIL;TYPE=INTERNET:mara@nordvik.example",
        "TZ:Europe/Stockholm",
        "LANG:sv",
        "LANG:en",
        "CATEGORIES:go-live,on call\\, nights",
        "NOTE:Knows the\\nold gateway\\; ask her.",
        "REV:2026-11-01T08:00:00Z",
        "BDAY:1980-03-22",
    )
    person = item.record
    assert (person.name, person.role) == ("Mara Lindqvist", "Integration lead")
    assert (person.organisation, person.team) == ("Nordvik Systems", "Integration")
    assert points(item) == [
        ("mobile", "+46 70 174 06 31", ""),
        ("phone", "+46 8 465 004 05", "work"),
        ("email", "mara@nordvik.example", ""),
    ]
    assert (person.zone, person.languages) == ("Europe/Stockholm", ("sv", "en"))
    assert person.tags == ("go-live", "on call, nights")
    assert person.notes == "Knows the\nold gateway; ask her."
    assert person.updated == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert (person.origin.uid, person.origin.source) == ("4711", "team.vcf#1")
    assert extra(item) == {"BDAY": "1980-03-22"}
    assert (item.source, item.warnings) == ("team.vcf#1 (Mara Lindqvist)", ())


def test_a_name_without_fn_is_put_together_as_it_is_spoken(read_one):
    assert read_one("N:Lindqvist;Mara;Ann,Eva;Dr.;jr").record.name == "Dr. Mara Ann Eva Lindqvist jr"
    assert read_one("N:王;小明;;;").record.name == "王小明"
    assert read_one("N:Lindqvist").record.name == "Lindqvist"


def test_a_card_without_a_name_goes_by_organisation_or_address(read_one):
    assert read_one("ORG:Nordvik Systems", "TEL:1").record.name == "Nordvik Systems"
    assert read_one("TEL:+46 70 174 06 31", "EMAIL:desk@nordvik.example").record.name == "desk@nordvik.example"
    assert read_one("FN:", "N:;;;;", "TEL:+46 70 174 06 31").record.name == "+46 70 174 06 31"


def test_a_card_that_leads_to_nobody_is_refused(read_one):
    assert "empty" in read_one("FN: ", "NOTE:somebody").reason


def test_the_phone_s_own_labels_say_the_kind_and_other_labels_stay(read_one):
    item = read_one(
        "FN:Mara",
        "item1.TEL:+46 70 174 06 31",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        "item2.TEL:+46 70 174 06 32",
        "item2.X-ABLabel:Hotline nights",
        "item3.TEL:+46 70 174 06 33",
        "item3.X-ABLabel:_$!<AssistantPhone>!$_",
        "item4.TEL:+46 70 174 06 34",
        "item4.X-ABLabel:_$!<WorkFAX>!$_",
        "item5.TEL;TYPE=CELL:+46 70 174 06 35",
        "item5.X-ABLabel:Work",
    )
    assert points(item) == [
        ("mobile", "+46 70 174 06 31", ""),
        ("phone", "+46 70 174 06 32", "Hotline nights"),
        ("phone", "+46 70 174 06 33", "assistant phone"),
        ("mobile", "+46 70 174 06 35", "Work"),
    ]
    assert extra(item) == {"TEL;X-LABEL=_$!<WorkFAX>!$_": "+46 70 174 06 34"}


def test_a_fax_reaches_nobody_at_night_and_is_kept_aside(read_one):
    item = read_one("FN:Mara", "TEL;WORK;FAX:+46 8 465 004 06", "TEL;PAGER:5550", version="2.1")
    assert points(item) == [("pager", "5550", "")]
    assert extra(item) == {"TEL;TYPE=work,fax": "+46 8 465 004 06"}


def test_preferred_points_are_tried_first_among_their_kind(read_one):
    item = read_one("FN:M", "TEL:1", "EMAIL:a@b.example", "TEL;PREF:2", "TEL;TYPE=pref:3", version="2.1")
    assert [value for _, value, _ in points(item)] == ["2", "a@b.example", "3", "1"]
    item = read_one("FN:M", "TEL;PREF=20:1", "TEL;PREF=1:2", "TEL:3", version="4.0")
    assert [value for _, value, _ in points(item)] == ["2", "1", "3"]


def test_version_4_addresses_lose_their_scheme_and_keep_their_extension(read_one):
    item = read_one(
        "FN:Mara",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+44-20-7946-0102;ext=12',
        "EMAIL:mailto:mara@nordvik.example",
        "IMPP;PREF=1:xmpp:mara@chat.example",
        version="4.0",
    )
    assert points(item) == [
        ("phone", "+44-20-7946-0102 ext. 12", "work"),
        ("email", "mara@nordvik.example", ""),
        ("chat", "xmpp:mara@chat.example", ""),
    ]


def test_chat_addresses_say_their_service(read_one):
    item = read_one(
        "FN:M", "X-JABBER:m@chat.example", "X-MS-IMADDRESS:m@im.example", "IMPP;X-SERVICE-TYPE=Slack:x-apple:mara"
    )
    assert points(item) == [
        ("chat", "m@chat.example", "Jabber"),
        ("chat", "m@im.example", ""),
        ("chat", "mara", "Slack"),
    ]


def test_an_offset_is_no_time_zone(read_one):
    item = read_one("FN:Mara", "TZ:-0500")
    assert item.record.zone == "UTC"
    assert "-0500" in item.warnings[0]
    assert extra(item) == {"TZ": "-0500"}


def test_what_has_no_field_is_kept_in_order_with_its_label(read_one):
    item = read_one(
        "FN:Mara",
        "NICKNAME:Mo",
        "item1.X-ABRELATEDNAMES:Jane",
        "item1.X-ABLabel:_$!<Assistant>!$_",
        "URL;type=WORK:https://nordvik.example",
        "ORG:First",
        "ORG:Second",
    )
    assert item.record.organisation == "First"
    assert item.record.origin.extra == (
        ("NICKNAME", "Mo"),
        ("X-ABRELATEDNAMES;X-LABEL=_$!<Assistant>!$_", "Jane"),
        ("URL;TYPE=work", "https://nordvik.example"),
        ("ORG", "Second"),
    )


def test_the_points_of_a_confidential_card_are_not_for_printing(read_one):
    assert read_one("FN:M", "CLASS:CONFIDENTIAL", "TEL:1").record.points[0].privacy is Privacy.TEAM
    assert read_one("FN:M", "CLASS:PRIVATE", "TEL;X-PRIVACY=PRIVATE:1").record.points[0].privacy is Privacy.PRIVATE
    assert read_one("FN:M", "CLASS:PUBLIC", "TEL:1").record.points[0].privacy is Privacy.PRINT


# ---- by what to know a person again -------------------------------------------------------------------------------


def test_a_person_is_known_by_uid_else_address_else_name_and_organisation(read_one):
    assert read_one("UID:urn:uuid:4711", "FN:M").record.origin.uid == "4711"
    assert read_one("FN:M", "EMAIL:Mara@Nordvik.Example").record.origin.uid == "mailto:mara@nordvik.example"
    first, again = (read_one("FN:Mara", "ORG:N", f"TEL:{n}").record.origin.uid for n in (1, 2))
    assert first == again
    assert first != read_one("FN:Mara", "ORG:O").record.origin.uid


def test_two_people_behind_one_address_stay_two_and_one_card_twice_is_one(read):
    def card(name: str, number: str) -> str:
        return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:desk@n.example\nTEL:{number}\nEND:VCARD\n"

    found = read(card("Ann", "1") + card("Bob", "2") + card("Bob", "3") + card("Ann", "1") + card("Bob", "3"))
    uids = [item.record.origin.uid for item in found]
    assert len(set(uids)) == 3
    assert (uids[3], uids[4]) == (uids[0], uids[2])


# ---- how it is written ---------------------------------------------------------------------------------------------


def test_quoted_printable_with_soft_line_breaks_is_read(read_one):
    item = read_one(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;",
        "NOTE;CHARSET=UTF-8;encoding=quoted-printable:first line=0D=0A=",
        "second line, which goes on and =",
        "on",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Stra=C3=9Fe=",
        "",
        "TEL;CELL:1",
        version="2.1",
    )
    assert item.record.name == "Zoë Müller"
    assert item.record.notes == "first line\nsecond line, which goes on and on"
    assert item.record.organisation == "Straße"
    assert points(item) == [("mobile", "1", "")]


def test_quoted_printable_without_a_charset_is_guessed_and_said(read_one):
    item = read_one("FN;ENCODING=QUOTED-PRINTABLE:M=FCller", version="2.1")
    assert item.record.name == "Müller"
    assert "Windows-1252" in item.warnings[0]
    assert read_one("FN;CHARSET=X-NONE;ENCODING=QUOTED-PRINTABLE:M=C3=BCller", version="2.1").record.name == "Müller"


def test_a_name_in_base64_is_read(read_one):
    name = base64.b64encode("Zoë Müller".encode()).decode()
    assert read_one(f"FN;CHARSET=UTF-8;ENCODING=BASE64:{name}", version="2.1").record.name == "Zoë Müller"


def test_folded_lines_are_joined_whatever_ends_them(read):
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Mara Lind\n qvist\nNOTE:one \n two\n\tthree\nEND:VCARD\n"
    for end in ("\n", "\r\n", "\r", "\r\r\n"):
        (item,) = read(text.replace("\n", end))
        assert (item.record.name, item.record.notes) == ("Mara Lindqvist", "one twothree")


def test_each_card_may_have_its_own_encoding(read):
    def card(name: str, encoding: str, params: str = "") -> bytes:
        return f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN{params}:{name}\r\nEND:VCARD\r\n".encode(encoding)

    found = read(
        card("Zoë", "utf-8")
        + card("Müller", "cp1252")
        + card("Łódź", "iso8859-2", ";CHARSET=ISO-8859-2")
        + card("山田", "shift-jis", ";CHARSET=SHIFT_JIS")
        + b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:\x81\x8d\r\nEND:VCARD\r\n"
        + b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:\0\r\nEND:VCARD\r\n"
        + card("Ann", "ascii")
    )
    assert [item.record.name if item.record else None for item in found] == [
        "Zoë",
        "Müller",
        "Łódź",
        "山田",
        None,
        None,
        "Ann",
    ]
    assert [bool(item.warnings) for item in found] == [False, True, False, False, False, False, False]
    assert all("UTF-8" in item.reason for item in found[4:6])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_with_a_byte_order_mark_is_read(read, encoding):
    (item,) = read("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë\r\nEND:VCARD\r\n".encode(encoding))
    assert item.record.name == "Zoë"


def test_text_after_a_comma_is_not_lost(read_one):
    item = read_one("FN:Lindqvist, Mara", "ORG:Nordvik, Sons;IT, Ops", "NOTE:first, second", version="2.1")
    assert (item.record.name, item.record.notes) == ("Lindqvist, Mara", "first, second")
    assert (item.record.organisation, item.record.team) == ("Nordvik, Sons", "IT, Ops")


def test_a_backslash_at_the_end_is_only_that(read_one):
    item = read_one("FN:Mara", "ORG:Nordvik\\", "NOTE:see C:\\new\\", "CATEGORIES:a\\", version="2.1")
    assert (item.record.organisation, item.record.notes, item.record.tags) == ("Nordvik", "see C:\\new\\", ("a",))


# ---- what is damaged -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "photo",
    [
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ!!not base64!!",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n 4AAQSkZJ\r\n\r\n",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n4AAQSkZJnobody/indented=\r\nthis=",
        "item1.PHOTO:data:image/jpeg;base64,/9j",
    ],
)
def test_a_photo_broken_or_not_is_left_out_and_the_card_stays(read_one, photo):
    item = read_one("FN:Mara", photo, "TEL:1")
    assert points(item) == [("phone", "1", "")]
    assert item.warnings == ("The photo was left out.",)
    assert extra(item) == {}


def test_an_unreadable_line_is_kept_as_it_stands(read_one):
    item = read_one(
        "FN:Mara",
        "this is no property",
        "TEL;CELL:1",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=80",
        'TEL;TYPE="cut:2',
        "X" * 900,
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
    assert len(kept[3]) == 500


def test_a_card_inside_a_card_follows_as_its_own(read):
    found = read(
        "BEGIN:VCARD\nVERSION:2.1\nFN:Mara\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Jane\nTEL:2\nEND:VCARD\nTEL:1\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nFN:Bob\nAGENT:BEGIN:VCARD\nFN:Kim\nEND:VCARD\nEND:VCARD\n"
    )
    assert [item.source for item in found] == [
        "team.vcf#1 (Mara)", "team.vcf#2 (Jane)", "team.vcf#3 (Bob)", "team.vcf#4 (Kim)",
    ]  # fmt: skip
    assert [points(item) for item in found[:2]] == [[("phone", "1", "")], [("phone", "2", "")]]
    assert [bool(item.warnings) for item in found] == [True, False, True, False]


def test_a_card_cut_off_costs_only_itself(read):
    found = read(
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
def test_a_list_or_a_room_is_no_person(read_one, kind):
    item = read_one("FN:All of integration", kind, "MEMBER:urn:uuid:1", version="4.0")
    assert item.record is None
    assert "not a person" in item.reason


@pytest.mark.parametrize(
    "content", [b"", b" \r\n", b"\x89PNG\r\n\x1a\n\0\0\0", b"name,phone\nMara,1\n", b"\xff\xfe\x41"]
)
def test_a_file_without_a_card_is_refused(read, content):
    (item,) = read(content)
    assert (item.source, item.record) == ("team.vcf", None)
    assert item.reason


def test_traps_are_taken_out_of_names_and_too_long_ones_are_cut(read_one):
    item = read_one("FN:Ma\x07ra \u202eTSIVQDNIL\u202c\u2066", "TITLE:a\x00b".replace("\x00", "\x1b"), "TEL:\u202d1")
    assert (item.record.name, item.record.role) == ("Mara TSIVQDNIL", "ab")
    assert points(item) == [("phone", "1", "")]
    item = read_one("FN:" + "x" * 10_000, "TEL:" + "1" * 10_000, "UID:" + "u" * 10_000)
    assert item.record.name == "x" * 200
    assert item.warnings == ("The name had 10,000 letters; it was cut after 200.",)
    assert item.record.points == ()
    assert len(item.record.origin.uid) < 30


def test_hostile_lines_take_no_time(read_one):
    """vobject's own expressions need exponential and quadratic time for these; the whole would never end."""
    item = read_one(
        "FN:Mara",
        "TEL;TYPE=" + ",".join("a" * 5000),
        'TEL;TYPE=a"' + ";a=" * 5000 + ":1",
        "NOTE:" + "\r\n ".join(["x" * 70] * 20_000),
        "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 74] * 100_000),
        "TEL:1",
    )
    assert points(item) == [("phone", "1", "")]
    assert len(item.record.notes) == 100_000


# ---- writing ---------------------------------------------------------------------------------------------------------

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


def test_a_card_comes_back_with_all_it_said(read_one, tmp_path):
    item = read_one(
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


# ---- cards of real programs -----------------------------------------------------------------------------------------


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder with real cards")
def test_cards_of_phones_and_mail_programs_come_in_whole(tmp_path):
    found = list(vcard.read([Path(os.environ["ESCPLAYBOOK_DATA"]) / "contacts"], NOW))
    assert [item.source.partition("#")[0] for item in found if item.record] == [
        *["John_Doe_ANDROID.vcf"] * 6, "John_Doe_IPHONE.vcf", "John_Doe_MS_OUTLOOK.vcf", *["gmail-list.vcf"] * 3,
        "outlook-2007.vcf", "rfc6350-example.vcf",
    ]  # fmt: skip
    assert len(found) == 13
    unread = [
        (item.source, value) for item in found for key, value in item.record.origin.extra if key == "unreadable line"
    ]
    assert [source for source, _ in unread] == ["John_Doe_ANDROID.vcf#6 (ÑÑÑÑ)"]
    assert unread[0][1].endswith("=80")  # half a letter
    (iphone,) = (item for item in found if "IPHONE" in item.source)
    assert [value for _, value, _ in points(iphone)] == [
        "john.doe@ibm.com", "905-555-1234", "905-666-1234", "905-777-1234", "905-111-1234", "905-222-1234",
    ]  # fmt: skip
    written = vcard.write([item.record for item in found], private=True)
    again = read_back(written, tmp_path)
    for item, back in zip(found, again, strict=True):
        assert points(back) == points(item)
        assert (back.record.name, back.record.role, back.record.notes) == (
            item.record.name, item.record.role, item.record.notes,
        )  # fmt: skip
