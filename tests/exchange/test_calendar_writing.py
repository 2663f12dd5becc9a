"""Events go out as a calendar file that other programs read back, byte for byte the same each time."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from escplaybook.exchange.calendar_events import Event
from escplaybook.exchange.calendar_writing import write_calendar

MIDNIGHT = datetime(2026, 12, 31, tzinfo=UTC)


def event(**fields) -> Event:
    usual = {
        "uid": "a@escplaybook",
        "title": "Last day for notice",
        "start": MIDNIGHT,
        "end": MIDNIGHT + timedelta(days=1),
        "all_day": True,
        "updated": datetime(2026, 11, 24, 2, 41, tzinfo=UTC),
    }
    return Event(**(usual | fields))


def read(*events: Event) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(write_calendar(events, "Agreements")).walk("VEVENT")


def test_a_deadline_is_a_whole_day_with_its_alarms():
    (made,) = read(event(reminders=(timedelta(days=90), timedelta(days=7) - timedelta(hours=9), -timedelta(hours=9))))
    assert (made.decoded("dtstart"), made.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert [alarm.decoded("trigger") for alarm in made.walk("VALARM")] == [
        -timedelta(days=90),
        timedelta(hours=9) - timedelta(days=7),
        timedelta(hours=9),
    ]
    assert made.decoded("dtstamp") == datetime(2026, 11, 24, 2, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Fees, fines; 50% \\ more",
        "two\nlines",
        "Ａ very long title " + "Überprüfung der Haftungsfreistellung 合意書 " * 8,
        "BEGIN:VEVENT\nEND:VCALENDAR",
        "مراجعة الاتفاقية",
    ],
)
def test_any_text_comes_back_as_it_went_out(text):
    (made,) = read(event(title=text, text=text))
    assert str(made["summary"]) == text
    assert str(made["description"]) == text


def test_control_characters_break_no_line():
    data = write_calendar([event(title="a\x00b\x0bc\u2028d\re")], "Agreements")
    (made,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(made["summary"]) == "a b c d\ne"


def test_no_line_is_longer_than_other_programs_take():
    data = write_calendar([event(title="合意書 " * 60, text="x" * 3000)], "Ä" * 200)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_same_events_give_the_same_bytes_in_any_order():
    first, second = event(), event(uid="b@escplaybook", start=MIDNIGHT - timedelta(days=9))
    assert write_calendar([first, second], "A") == write_calendar([second, first], "A")
    assert b"19700101T000000Z" in write_calendar([event(updated=None)], "A")


def test_a_repeated_time_on_a_wall_clock_keeps_its_clock_and_brings_the_zone():
    start = datetime(2026, 11, 27, 7, tzinfo=UTC)  # 08:00 in Stockholm
    away = event(
        start=start,
        end=start + timedelta(hours=4),
        zone="Europe/Stockholm",
        all_day=False,
        rule="FREQ=WEEKLY;BYDAY=FR",
        excluded=(start + timedelta(days=7),),
        people=("mara@harbourlight.example",),
        categories=("absence",),
    )
    data = write_calendar([away], "Absences")
    calendar = icalendar.Calendar.from_ical(data)
    (made,) = calendar.walk("VEVENT")
    assert b"DTSTART;TZID=Europe/Stockholm:20261127T080000" in data
    assert b"EXDATE;TZID=Europe/Stockholm:20261204T080000" in data
    assert made["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=FR"
    assert str(made["attendee"]) == "mailto:mara@harbourlight.example"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]
    assert write_calendar([away], "Absences") == data
