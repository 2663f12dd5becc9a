"""Calendars and tables of absences come in as often as wanted, each absence once and to whom it belongs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from escplaybook.domain.absences import Absence
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.edits import Edit
from escplaybook.services import editing
from escplaybook.services.exporting_absences import calendar
from escplaybook.services.importing_absences import import_absences
from escplaybook.services.importing_files import import_files
from escplaybook.store import records
from escplaybook.store.book import Book
from tests.conftest import NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
def people(book, contact):
    def with_mail(name, address, zone="Europe/Berlin"):
        return contact(name, points=(ContactPoint(PointKind.EMAIL, address),), zone=zone)

    made = [with_mail("Mara Lindqvist", "mara@firm.example"), with_mail("Ken Sato", "ken@firm.example", "Asia/Tokyo")]
    editing.apply(book, "Set up", *(Edit(None, one) for one in made), now=NOW)
    return {one.name: one for one in made}


@pytest.fixture(name="calendar")
def calendar_file(tmp_path):
    def write(*events: str, name: str = "team.ics") -> Path:
        body = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
        path = tmp_path / name
        path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}\nEND:VCALENDAR\n", encoding="utf-8")
        return path

    return write


def absences(book) -> list[Absence]:
    return records.everything(book, Absence, "start")


HOLIDAY = (
    "UID:h\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270104\nSUMMARY:Holiday\nATTENDEE:mailto:MARA@firm.example"
)


def test_a_calendar_comes_in_twice_and_is_there_once(book, people, calendar):
    fridays = (
        "UID:f\nDTSTART;TZID=Asia/Tokyo:20261127T130000\nDTEND;TZID=Asia/Tokyo:20261127T180000\n"
        "RRULE:FREQ=WEEKLY;BYDAY=FR\nORGANIZER:mailto:ken@firm.example"
    )
    path = calendar(HOLIDAY, fridays)
    assert import_files(book, [path], now=NOW).added == 2
    friday, holiday = absences(book)
    assert (holiday.contact, holiday.all_day, holiday.zone) == (people["Mara Lindqvist"].id, True, "Europe/Berlin")
    assert holiday.start == datetime(2026, 12, 23, 23, tzinfo=UTC), "midnight where she is"
    assert (friday.contact, friday.zone, friday.rule) == (people["Ken Sato"].id, "Asia/Tokyo", "FREQ=WEEKLY;BYDAY=FR")
    again = import_files(book, [path], now=LATER)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    assert absences(book) == [friday, holiday]
    editing.undo(book, LATER)
    assert absences(book) == [], "an import is one stroke"


def test_a_change_follows_and_one_on_both_sides_is_told(book, people, calendar):
    path = calendar(HOLIDAY)
    import_absences(book, [path], now=NOW)
    (ours,) = absences(book)
    editing.change(book, ours, NOW, deputy=people["Ken Sato"].id, reason="Christmas")
    path = calendar(HOLIDAY.replace("20270104", "20270111"))
    report = import_absences(book, [path], now=LATER)
    (after,) = absences(book)
    assert (report.changed, report.conflicts) == (1, ())
    assert (after.end, after.reason) == (datetime(2027, 1, 10, 23, tzinfo=UTC), "Christmas")
    assert after.deputy == people["Ken Sato"].id, "a calendar that says nothing of it leaves the deputy"
    path = calendar(HOLIDAY.replace("20270104", "20270111").replace(":Holiday", ":Leave"))
    report = import_absences(book, [path], now=LATER)
    assert [(one.field, one.ours, one.theirs) for one in report.conflicts] == [("reason", "Christmas", "Leave")]
    assert import_absences(book, [path], now=LATER, take="theirs").changed == 1
    assert absences(book)[0].reason == "Leave"


def test_what_is_called_off_is_retired_and_may_come_back(book, people, calendar):
    path = calendar(HOLIDAY)
    import_absences(book, [path], now=NOW)
    off = calendar(HOLIDAY + "\nSTATUS:CANCELLED", name="off.ics")
    assert import_absences(book, [off], now=LATER).changed == 1
    assert absences(book)[0].retired == LATER
    assert import_absences(book, [off], now=LATER + timedelta(days=1)).same == 1
    assert import_absences(book, [path], now=LATER).changed == 1
    (back,) = absences(book)
    assert back.retired is None
    editing.retire(book, back, LATER)
    assert import_absences(book, [path], now=LATER).same == 1, "who retired it here is not overruled"
    assert absences(book)[0].retired is not None
    never = import_absences(book, [calendar(HOLIDAY.replace("UID:h", "UID:x") + "\nSTATUS:CANCELLED")], now=NOW)
    assert (never.added, never.refused) == (0, ())


def test_whose_it_is_must_be_plain(book, people, calendar):
    both = HOLIDAY + "\nORGANIZER:mailto:ken@firm.example"
    stranger = HOLIDAY.replace("UID:h", "UID:s").replace("MARA", "nobody")
    bare = "UID:b\nDTSTART;VALUE=DATE:20261224"
    path = calendar(both, stranger, bare)
    report = import_absences(book, [path], now=NOW)
    said = [refused.reason for refused in report.refused]
    assert said[0].startswith("It may concern several people here (Ken Sato, Mara Lindqvist)")
    assert said[1].startswith("Nobody here answers to nobody@firm.example")
    assert said[2].startswith("It does not say whom it concerns")
    assert import_absences(book, [path], now=NOW, contact=people["Ken Sato"]).added == 3
    assert {one.zone for one in absences(book)} == {"Asia/Tokyo"}
    assert import_absences(book, [path], now=NOW, contact=people["Mara Lindqvist"]).added == 3, "a team's calendar"


def test_a_damaged_event_leaves_its_neighbours_alone(book, people, calendar):
    report = import_absences(book, [calendar("UID:d\nDTSTART:x\nDTEND:y", HOLIDAY)], now=NOW)
    assert (report.added, [one.source for one in report.refused]) == (1, ["team.ics#1"])


def test_a_table_names_days_people_and_who_stands_in(book, people, tmp_path):
    path = tmp_path / "away.csv"
    path.write_text(
        "Name;From;Until;Reason;Stand-in\n"
        "Mara Lindqvist;24.12.2026;03.01.2027;holiday;ken@firm.example\n"
        "ken@firm.example;2026-11-27 13:00;2026-11-27 18:00;;Nobody\n"
        "CO-0001;2026-02-30;2026-03-01;;\n"
        "Tom;2026-03-01;;;\n",
        encoding="utf-8",
    )
    report = import_absences(book, [path], now=NOW)
    assert report.added == 2
    assert [one.reason.partition(" is no day")[0] for one in report.refused] == [
        "“2026-02-30”",
        "Nobody here answers to Tom; say whose it is with the command “absences import FILE --contact KEY”.",
    ]
    assert [one.reason for one in report.warnings] == [
        "Nobody here is called “Nobody”, so nobody was made to stand in."
    ]
    short, long = absences(book)
    assert (short.start, short.all_day, short.deputy) == (datetime(2026, 11, 27, 4, tzinfo=UTC), False, None)
    assert (long.end, long.all_day) == (datetime(2027, 1, 3, 23, tzinfo=UTC), True)
    assert long.deputy == people["Ken Sato"].id
    assert import_absences(book, [path], now=LATER).same == 2
    path.write_text("Name,Until\nx,y\n", encoding="utf-8")
    (refused,) = import_absences(book, [path], now=NOW).refused
    assert refused.reason.startswith("The columns are wrong: “from” must be there once")


def test_what_goes_out_as_a_calendar_comes_back_without_a_change(book, people, tmp_path):
    ken, mara = people["Ken Sato"], people["Mara Lindqvist"]
    day = datetime(2026, 11, 29, 15, tzinfo=UTC)
    made = [
        Absence("a1", ken.id, day, day + timedelta(days=3), NOW, NOW, zone="Asia/Tokyo", all_day=True, reason="trip"),
        Absence(
            "a2",
            mara.id,
            NOW,
            NOW + timedelta(hours=4),
            NOW,
            NOW,
            zone="Europe/Berlin",
            deputy=ken.id,
            rule="FREQ=WEEKLY;UNTIL=20270331;BYDAY=TU",
            excluded=(NOW + timedelta(days=7),),
        ),
        Absence("a3", ken.id, NOW - timedelta(days=9), NOW - timedelta(days=8), NOW, NOW),
    ]
    editing.apply(book, "Away", *(Edit(None, one) for one in made), now=NOW)
    before = absences(book)
    data, count = calendar(book, NOW)
    assert count == 2, "what is over stays at home"
    path = tmp_path / "out.ics"
    path.write_bytes(data)
    report = import_absences(book, [path], now=LATER)
    assert (report.added, report.changed, report.same, report.refused) == (0, 0, 2, ())
    assert absences(book) == before
    assert calendar(book, NOW, mara.id)[1] == 1


def test_another_book_takes_the_same_calendar(book, people, tmp_path, contact):
    path = tmp_path / "out.ics"
    editing.apply(
        book,
        "Away",
        Edit(None, Absence("a1", people["Ken Sato"].id, NOW, LATER, NOW, NOW, zone="Asia/Kathmandu")),
        now=NOW,
    )
    path.write_bytes(calendar(book, NOW)[0])
    with Book.create(tmp_path / "other.db") as other:
        ken = contact("Someone", points=(ContactPoint(PointKind.EMAIL, "ken@firm.example"),))
        editing.apply(other, "Set up", Edit(None, ken), now=NOW)
        assert import_absences(other, [path], now=NOW).added == 1
        (came,) = absences(other)
        assert (came.contact, came.start, came.end, came.zone) == (ken.id, NOW, LATER, "Asia/Kathmandu")
