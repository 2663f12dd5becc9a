"""Targets counted in business hours: the same as counting the open minutes one by one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.business_time import checked_calendar, due_after, parse_calendar, why_due
from escplaybook.domain.classification import Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.matrix import Cell
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)
OSLO = "Mon-Fri 08:00-16:00 in Europe/Oslo, holidays of NO"


def walked(start: datetime, minutes: int, text: str) -> datetime:
    """The slow, obvious way: wait minute by minute, and count those in which it is open."""
    calendar, at = parse_calendar(text), start
    while minutes:
        minutes -= calendar is None or calendar.is_open(at)
        at += MINUTE
    return at


@pytest.mark.parametrize(
    "text",
    [
        "",
        OSLO,
        "Mon-Sun 01:30-04:15 in Europe/London",
        "Mon-Fri 22:00-06:00, Sun 00:00-24:00 in Australia/Lord_Howe, holidays of AU-NSW",
        "Mon-Sat 09:15-12:00, Mon-Fri 13:00-17:45 in Asia/Kathmandu",
        "Sun 00:00-02:30 in America/New_York",
    ],
)
@settings(max_examples=12)
@given(
    st.datetimes(datetime(2026, 10, 3), datetime(2026, 11, 2))
    | st.datetimes(datetime(2026, 12, 23), datetime(2027, 1, 4))
    | st.datetimes(datetime(2027, 3, 12), datetime(2027, 4, 5)),
    st.integers(1, 1_200),
)
def test_counting_agrees_with_a_walk_minute_by_minute(text, start, minutes):
    start = start.replace(second=0, microsecond=0, tzinfo=UTC)
    assert due_after(start, minutes * MINUTE, text) == walked(start, minutes, text)


def test_the_clock_put_back_gives_the_night_shift_its_hour_once_more():
    night = "Sun 01:00-03:00 in Europe/London"  # the clock goes from 01:59 back to 01:00 on 25 October
    start = datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert due_after(start, timedelta(hours=3), night) == datetime(2026, 10, 25, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begin", "days", "due"),
    [
        ("2026-11-24 10:20", 2, "2026-11-26 10:20"),
        ("2026-11-27 15:00", 1, "2026-11-30 15:00"),  # over the weekend
        ("2026-11-28 12:00", 1, "2026-12-01 08:00"),  # comes in on a Saturday: begins on Monday morning
        ("2026-12-23 09:00", 2, "2026-12-28 09:00"),  # Christmas Day is a Friday
    ],
)
def test_a_day_is_a_working_day(begin, days, due):
    oslo = timezone(timedelta(hours=1))
    start, due = (datetime.fromisoformat(at).replace(tzinfo=oslo) for at in (begin, due))
    assert due_after(start.astimezone(UTC), timedelta(days=days), OSLO) == due
    hour_more = due_after(start.astimezone(UTC), timedelta(days=days, hours=1), OSLO)
    assert hour_more == walked(due.astimezone(UTC), 60, OSLO)


def test_a_holiday_is_passed_over_and_said():
    start = datetime(2026, 12, 24, 14, 30, tzinfo=UTC)  # half an hour before they close, and Friday is Christmas Day
    due = due_after(start, timedelta(hours=2), OSLO)
    assert due == datetime(2026, 12, 28, 8, 30, tzinfo=UTC)
    assert (
        why_due(start, due, OSLO) == "counted Mon–Fri\N{NO-BREAK SPACE}08:00–16:00 in Oslo, Fri 25 Dec is Christmas Day"
    )


def test_what_comes_in_at_night_begins_to_count_in_the_morning():
    due = due_after(NOW, timedelta(minutes=140), OSLO)  # Tuesday 03:41 there
    assert due == datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
    assert why_due(NOW, due, OSLO).endswith("in Oslo, from Tue 08:00")


def test_round_the_clock_needs_no_reason():
    assert due_after(NOW, timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert why_due(NOW, NOW, "") == ""


def test_a_calendar_that_hardly_ever_opens_has_no_deadline():
    assert due_after(NOW, timedelta(hours=20), "Mon 09:00-09:01 in Europe/Oslo") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("24×7", ""),
        (" 24x7 ", ""),
        ("", ""),
        (
            "Mon-Fri 08:00-17:00 in Europe/Berlin, holidays DE-BY",
            "Mon-Fri 08:00-17:00 in Europe/Berlin, holidays of DE-BY",
        ),
        ("Mon-Fri 08:00-17:00, Sat 10:00-12:00 in Asia/Tokyo", "Mon-Fri 08:00-17:00, Sat 10:00-12:00 in Asia/Tokyo"),
    ],
)
def test_a_calendar_is_kept_in_one_way(typed, kept):
    assert checked_calendar(typed) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("office hours", "is no calendar"),
        ("Mon-Fri 8-17 in Europe/Berlin", "Hours read like"),
        ("Mon-Fri 08:00-17:00 in Europe/Atlantis", "Atlantis"),
        ("Mon-Fri 08:00-17:00 in Europe/Berlin, holidays of ZZ", "No holidays are known for “ZZ”"),
        ("Mon-Fri 08:00-17:00 in Europe/Berlin, holidays of DE-QQ", "No holidays are known for “DE-QQ”"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_in_a_sentence(typed, told):
    with pytest.raises(InvalidRecord, match=told):
        checked_calendar(typed)


def test_a_cell_cannot_hold_a_calendar_nobody_can_read():
    with pytest.raises(InvalidRecord, match="is no calendar"):
        Cell(id="c", severity=Severity.S1, level=1, created=NOW, updated=NOW, calendar="soon")


def test_the_day_a_zone_skipped_is_no_stumbling_block():
    """Samoa had no 30 December 2011."""
    start = datetime(2011, 12, 29, 12, tzinfo=UTC)
    text = "Mon-Sun 08:00-16:00 in Pacific/Apia"
    assert due_after(start, timedelta(hours=20), text) == walked(start, 20 * 60, text)
