"""Calendars come from many programs; what they say is understood, and what is damaged is refused by itself."""

import re
from datetime import UTC, datetime

import pytest

from escplaybook.domain.errors import Unreadable
from escplaybook.exchange.calendar_reading import read, read_text

OWN_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE"""


def calendar(*events: str, head: str = "") -> str:
    bodies = "\n".join(f"BEGIN:VEVENT\nUID:u{number}\n{event}\nEND:VEVENT" for number, event in enumerate(events, 1))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\n{bodies}\nEND:VCALENDAR\n"


def only(*events: str, head: str = ""):
    (item,) = read_text(calendar(*events, head=head), "a.ics")
    return item


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_whole_days_are_meant_by_the_clock_of_whom_they_concern():
    item = only("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270104\nSUMMARY:Christmas\\, at home")
    event = item.event
    assert (event.start, event.end, event.all_day, item.floating) == (utc(2026, 12, 24), utc(2027, 1, 4), True, True)
    assert (event.title, item.source) == ("Christmas, at home", "a.ics#1 (Christmas, at home)")
    assert only("DTSTART;VALUE=DATE:20261224").event.end == utc(2026, 12, 25), "a day is the whole day"


@pytest.mark.parametrize(
    ("zone", "known"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Newfoundland Standard Time", "America/St_Johns"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ('"Europe/Berlin"', "Europe/Berlin"),
    ],
)
def test_zones_are_known_by_the_names_that_programs_give_them(zone, known):
    item = only(f"DTSTART;TZID={zone}:20261124T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY")
    assert (item.reason, item.event.zone, item.floating) == ("", known, False)


def test_a_zone_described_in_the_file_holds_for_that_file_alone():
    event = "DTSTART;TZID=Our Zone:20260724T090000\nDTEND;TZID=Our Zone:20260724T170000"
    for winter, summer, hour in (("+0100", "+0200", 7), ("+0000", "+0100", 8), ("+0200", "+0300", 6)):
        head = OWN_ZONE.format(name="Our Zone", winter=winter, summer=summer)
        assert only(event, head=head).event.start == utc(2026, 7, 24, hour)
    assert "“Our Zone” is not known" in only(event).reason
    odd = OWN_ZONE.format(name="Our Zone", winter="+0107", summer="+0213")
    assert "“Our Zone” is not known" in only(event, head=odd).reason


def test_a_time_without_zone_floats_and_one_in_utc_does_not():
    assert only("DTSTART:20261124T090000\nDTEND:20261124T100000").floating
    item = only("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z")
    assert (item.floating, item.event.zone, item.event.start) == (False, "UTC", utc(2026, 11, 24, 9))


def test_a_series_keeps_its_rule_and_what_does_not_happen():
    berlin = "Europe/Berlin"
    item = only(
        f"DTSTART;TZID={berlin}:20261002T130000\nDTEND;TZID={berlin}:20261002T180000\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=FR\n"
        f"EXDATE;TZID={berlin}:20261009T130000,20261030T130000\nEXDATE;VALUE=DATE:20261106\n"
        "EXDATE:20261113T120000Z"
    )
    assert item.event.rule == "FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=FR"
    assert item.event.excluded == (
        utc(2026, 10, 9, 11),
        utc(2026, 10, 30, 12),
        utc(2026, 11, 6, 12),
        utc(2026, 11, 13, 12),
    )


def test_a_changed_time_of_a_series_is_left_out_of_it_and_stands_by_itself():
    series = "DTSTART:20261002T130000Z\nDTEND:20261002T180000Z\nRRULE:FREQ=WEEKLY;BYDAY=FR\nSUMMARY:Fridays"
    moved = "DTSTART:20261008T130000Z\nDTEND:20261008T180000Z\nRECURRENCE-ID:20261009T130000Z\nSUMMARY:Thursday"
    off = "DTSTART:20261016T130000Z\nDTEND:20261016T180000Z\nRECURRENCE-ID:20261016T130000Z\nSTATUS:CANCELLED"
    text = calendar(series, moved, off).replace("UID:u2", "UID:u1").replace("UID:u3", "UID:u1")
    whole, thursday, cancelled = read_text(text, "a.ics")
    assert whole.event.excluded == (utc(2026, 10, 9, 13), utc(2026, 10, 16, 13))
    assert (thursday.event.uid, thursday.event.start, thursday.event.rule) == (
        "u1#20261009T130000Z",
        utc(2026, 10, 8, 13),
        "",
    )
    assert cancelled.is_called_off


def test_whom_it_concerns_is_told_by_address():
    item = only(
        "DTSTART;VALUE=DATE:20261224\nORGANIZER;CN=HR:mailto:hr@firm.example\n"
        'ATTENDEE;CN="Mara L.";PARTSTAT=ACCEPTED:MAILTO:Mara@Firm.example\nATTENDEE:urn:uuid:x'
    )
    assert item.event.people == ("hr@firm.example", "mara@firm.example")


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("SUMMARY:no time", "does not say when it begins"),
        ("DTSTART:20261124T090000Z", "does not say when it ends"),
        ("DTSTART:20261124T090000Z\nDTEND:20261124T080000Z", "ends before or as it begins"),
        ("DTSTART:20261124T090000Z\nDURATION:-PT1H", "ends before or as it begins"),
        ("DTSTART:garbage\nDTEND:20261124T080000Z", "DTSTART cannot be read"),
        ("DTSTART:20261124T090000Z\nDTEND:x", "DTEND cannot be read"),
        ("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nRRULE:FREQ=FOO", "RRULE cannot be read"),
        ("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nRRULE:FREQ=SECONDLY", "every second or minute"),
        ("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nEXDATE:zz", "EXDATE cannot be read"),
        ("DTSTART:20261124T090000Z\nDTSTART:20261125T090000Z\nDURATION:PT1H", "says its DTSTART twice"),
        ("DTSTART:00010101T090000Z\nDURATION:PT1H", "too far away"),
        ("DTSTART;TZID=Nowhere/Land:20261124T090000\nDURATION:PT1H", "“Nowhere/Land” is not known"),
        ("no colon here\nDTSTART:20261124T090000Z\nDURATION:PT1H", "cannot be read"),
        (
            "BEGIN:VALARM\nDTSTART:20261124T090000Z\nDURATION:PT1H",
            "does not end|lines cannot be read",
        ),
        (
            "DTSTART:20261124T090000Z\nDURATION:PT1H\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261124T090000Z",
            "from one day on",
        ),
    ],
)
def test_a_damaged_event_is_refused_and_its_neighbours_are_not(event, said):
    fine = "DTSTART;VALUE=DATE:20261224"
    before, bad, after = read_text(calendar(fine, event, fine), "a.ics")
    assert re.search(said, bad.reason), bad.reason
    assert before.event
    assert after.event


def test_an_event_that_breaks_off_is_refused_alone(tmp_path):
    text = calendar("DTSTART;VALUE=DATE:20261224", "DTSTART;VALUE=DATE:20261225")
    broken = text.replace("END:VEVENT", "", 1)
    path = tmp_path / "a.ics"
    path.write_bytes(broken.replace("\n", "\r\n").encode())
    first, second = read([path])
    assert "breaks off" in first.reason
    assert second.event.start == utc(2026, 12, 25)


@pytest.mark.parametrize("data", [b"", b"hello", b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"\x00\xff\xfe\x80"])
def test_what_is_no_calendar_is_told_in_one_sentence(data, tmp_path):
    path = tmp_path / "a.ics"
    path.write_bytes(data)
    (item,) = read([path])
    assert item.event is None
    assert item.reason.endswith(".")
    with pytest.raises(Unreadable):
        list(read([tmp_path / "missing.ics"]))
