"""vCards come in as phones, mail programs and directories write them; a damaged one costs nobody else their card."""

import base64
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from escplaybook.domain.contacts import Privacy
from escplaybook.exchange import vcard
from tests.exchange.cards import extra, points


def test_a_card_becomes_a_contact(read_card):
    item = read_card(
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


def test_a_name_without_fn_is_put_together_as_it_is_spoken(read_card):
    assert read_card("N:Lindqvist;Mara;Ann,Eva;Dr.;jr").record.name == "Dr. Mara Ann Eva Lindqvist jr"
    assert read_card("N:王;小明;;;").record.name == "王小明"
    assert read_card("N:Lindqvist").record.name == "Lindqvist"


def test_a_card_without_a_name_goes_by_organisation_or_address(read_card):
    assert read_card("ORG:Nordvik Systems", "TEL:1").record.name == "Nordvik Systems"
    assert read_card("TEL:+46 70 174 06 31", "EMAIL:desk@nordvik.example").record.name == "desk@nordvik.example"
    assert read_card("FN:", "N:;;;;", "TEL:+46 70 174 06 31").record.name == "+46 70 174 06 31"


def test_a_card_that_leads_to_nobody_is_refused(read_card):
    assert "empty" in read_card("FN: ", "NOTE:somebody").reason


def test_the_phone_s_own_labels_say_the_kind_and_other_labels_stay(read_card):
    item = read_card(
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


def test_a_fax_reaches_nobody_at_night_and_is_kept_aside(read_card):
    item = read_card("FN:Mara", "TEL;WORK;FAX:+46 8 465 004 06", "TEL;PAGER:5550", version="2.1")
    assert points(item) == [("pager", "5550", "")]
    assert extra(item) == {"TEL;TYPE=work,fax": "+46 8 465 004 06"}


def test_preferred_points_are_tried_first_among_their_kind(read_card):
    item = read_card("FN:M", "TEL:1", "EMAIL:a@b.example", "TEL;PREF:2", "TEL;TYPE=pref:3", version="2.1")
    assert [value for _, value, _ in points(item)] == ["2", "a@b.example", "3", "1"]
    item = read_card("FN:M", "TEL;PREF=20:1", "TEL;PREF=1:2", "TEL:3", version="4.0")
    assert [value for _, value, _ in points(item)] == ["2", "1", "3"]


def test_version_4_addresses_lose_their_scheme_and_keep_their_extension(read_card):
    item = read_card(
        "FN:Mara",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+44-20-7946-0102;ext=12',
        "EMAIL:mailto:mara@nordvik.example",
        "IMPP;PREF=1:xmpp:mara@chat.example",
        "TEL:12 (not tel:34)",
        version="4.0",
    )
    assert points(item) == [
        ("phone", "+44-20-7946-0102 ext. 12", "work"),
        ("email", "mara@nordvik.example", ""),
        ("chat", "xmpp:mara@chat.example", ""),
        ("phone", "12 (not tel:34)", ""),
    ]


def test_chat_addresses_say_their_service(read_card):
    item = read_card(
        "FN:M", "X-JABBER:m@chat.example", "X-MS-IMADDRESS:m@im.example", "IMPP;X-SERVICE-TYPE=Slack:x-apple:mara"
    )
    assert points(item) == [
        ("chat", "m@chat.example", "Jabber"),
        ("chat", "m@im.example", ""),
        ("chat", "mara", "Slack"),
    ]


def test_an_offset_is_no_time_zone(read_card):
    item = read_card("FN:Mara", "TZ:-0500")
    assert item.record.zone == "UTC"
    assert "-0500" in item.warnings[0]
    assert extra(item) == {"TZ": "-0500"}


def test_what_has_no_field_is_kept_in_order_with_its_label(read_card):
    item = read_card(
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


def test_the_points_of_a_confidential_card_are_not_for_printing(read_card):
    assert read_card("FN:M", "CLASS:CONFIDENTIAL", "TEL:1").record.points[0].privacy is Privacy.TEAM
    assert read_card("FN:M", "CLASS:PRIVATE", "TEL;X-PRIVACY=PRIVATE:1").record.points[0].privacy is Privacy.PRIVATE
    assert read_card("FN:M", "CLASS:PUBLIC", "TEL:1").record.points[0].privacy is Privacy.PRINT


def test_a_person_is_known_by_uid_else_address_else_all_that_the_card_says(read_card):
    assert read_card("UID:urn:uuid:4711", "FN:M").record.origin.uid == "4711"
    assert read_card("FN:M", "EMAIL:Mara@Nordvik.Example").record.origin.uid == "mailto:mara@nordvik.example"
    first, again, other = (read_card("FN:Mara", "ORG:N", f"TEL:{n}").record.origin.uid for n in (1, 1, 2))
    assert first == again != other


def test_two_people_behind_one_address_stay_two_and_one_card_twice_is_one(read_cards):
    def card(name: str, number: str) -> str:
        return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:desk@n.example\nTEL:{number}\nEND:VCARD\n"

    found = read_cards(card("Ann", "1") + card("Bob", "2") + card("Bob", "3") + card("Ann", "1") + card("Bob", "3"))
    uids = [item.record.origin.uid for item in found]
    assert len(set(uids)) == 3
    assert (uids[3], uids[4]) == (uids[0], uids[2])


def test_quoted_printable_with_soft_line_breaks_is_read(read_card):
    item = read_card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;",
        "NOTE;CHARSET=UTF-8;encoding=quoted-printable:first line=0D=0A=",
        "second line, which goes on and =",
        "on",
        "ORG;CHARSET=UTF-8;ENCODING=8BIT;QUOTED-PRINTABLE:Stra=C3=9Fe=",
        "",
        "TEL;CELL:1",
        version="2.1",
    )
    assert item.record.name == "Zoë Müller"
    assert item.record.notes == "first line\nsecond line, which goes on and on"
    assert item.record.organisation == "Straße"
    assert points(item) == [("mobile", "1", "")]


def test_quoted_printable_without_a_charset_is_guessed_and_said(read_card):
    item = read_card("FN;ENCODING=QUOTED-PRINTABLE:M=FCller", version="2.1")
    assert item.record.name == "Müller"
    assert "Windows-1252" in item.warnings[0]
    assert read_card("FN;CHARSET=X-NONE;ENCODING=QUOTED-PRINTABLE:M=C3=BCller", version="2.1").record.name == "Müller"


def test_a_name_in_base64_is_read(read_card):
    name = base64.b64encode("Zoë Müller".encode()).decode()
    assert read_card(f"FN;CHARSET=UTF-8;ENCODING=BASE64:{name}", version="2.1").record.name == "Zoë Müller"


def test_folded_lines_are_joined_whatever_ends_them(read_cards):
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Mara Lind\n qvist\nNOTE:one \n two\n\tthree\nEND:VCARD\n"
    for end in ("\n", "\r\n", "\r", "\r\r\n"):
        (item,) = read_cards(text.replace("\n", end))
        assert (item.record.name, item.record.notes) == ("Mara Lindqvist", "one twothree")


def test_each_card_may_have_its_own_encoding(read_cards):
    def card(name: str, encoding: str, params: str = "") -> bytes:
        return f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN{params}:{name}\r\nEND:VCARD\r\n".encode(encoding)

    found = read_cards(
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
def test_a_file_with_a_byte_order_mark_is_read(read_cards, encoding):
    (item,) = read_cards("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë\r\nEND:VCARD\r\n".encode(encoding))
    assert item.record.name == "Zoë"


def test_text_after_a_comma_is_not_lost(read_card):
    item = read_card("FN:Lindqvist, Mara", "ORG:Nordvik, Sons;IT, Ops", "NOTE:first, second", version="2.1")
    assert (item.record.name, item.record.notes) == ("Lindqvist, Mara", "first, second")
    assert (item.record.organisation, item.record.team) == ("Nordvik, Sons", "IT, Ops")


def test_a_backslash_at_the_end_is_only_that(read_card):
    item = read_card("FN:Mara", "ORG:Nordvik\\", "NOTE:see C:\\new\\", "CATEGORIES:a\\", version="2.1")
    assert (item.record.organisation, item.record.notes, item.record.tags) == ("Nordvik", "see C:\\new\\", ("a",))


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder with real cards")
def test_cards_of_phones_and_mail_programs_come_in_whole(tmp_path, now):
    found = list(vcard.read([Path(os.environ["ESCPLAYBOOK_DATA"]) / "contacts"], now))
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
    (tmp_path / "out.vcf").write_text(vcard.write([item.record for item in found], private=True), newline="")
    for item, back in zip(found, vcard.read([tmp_path / "out.vcf"], now), strict=True):
        assert points(back) == points(item)
        assert (back.record.name, back.record.role, back.record.notes) == (
            item.record.name, item.record.role, item.record.notes,
        )  # fmt: skip
