from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import DAYS, is_open, moved, parse_hours

MONDAY = datetime(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_office_hours_end_on_the_minute():
    assert is_open("Mon-Fri 09:00-17:00", at(0, 9))
    assert is_open("Mon-Fri 09:00-17:00", at(4, 16, 59))
    assert not is_open("Mon-Fri 09:00-17:00", at(4, 17))
    assert not is_open("Mon-Fri 09:00-17:00", at(5, 12))


def test_a_night_shift_runs_into_the_next_morning():
    assert is_open("Fri 22:00-06:00", at(5, 5, 59))
    assert not is_open("Fri 22:00-06:00", at(4, 5))
    assert is_open("Sun 22:00-06:00", at(7, 1))


def test_no_hours_means_always():
    assert is_open("", at(6, 3))


def test_a_weekend_can_wrap_round():
    assert parse_hours("Sat-Mon 00:00-24:00")[0].days == (5, 6, 0)
    assert is_open("Sat-Mon 00:00-24:00", at(0, 23, 59))


@pytest.mark.parametrize("text", ["9-5", "Mon 25:00-26:00", "Mon 09:00", "Mon-Xyz 09:00-17:00", "always"])
def test_hours_nobody_can_read_are_refused_in_one_sentence(text):
    with pytest.raises(InvalidRecord):
        parse_hours(text)


@given(day=st.sampled_from(DAYS), start=st.integers(0, 1439), length=st.integers(1, 1439), minute=st.integers(0, 10079))
def test_a_span_is_open_exactly_for_its_length(day, start, length, minute):
    """Against the obvious: count minutes since the span began."""
    end = (start + length) % 1440
    text = f"{day} {start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
    began = DAYS.index(day) * 1440 + start
    assert is_open(text, MONDAY + timedelta(minutes=minute)) == ((minute - began) % 10080 < length)


def test_hours_moved_to_another_clock_read_as_people_write_them():
    assert moved("Mon-Fri 08:00-20:00", timedelta(hours=-1)) == "Mon-Fri 07:00-19:00"
    assert moved("Mon-Fri 09:00-18:00, Sat 10:00-14:00", timedelta(hours=6)) == "Mon-Fri 15:00-24:00, Sat 16:00-20:00"
    assert moved("Mon-Fri 09:00-17:00", timedelta(hours=9)) == "Mon-Fri 18:00-02:00"
    assert moved("Mon-Fri 20:00-22:00", timedelta(hours=9)) == "Tue-Sat 05:00-07:00"
    assert moved("Mon-Sun 01:00-24:00", timedelta(hours=-2)) == "Mon-Sun 23:00-22:00"
    assert moved("", timedelta(hours=5)) == ""


@given(
    st.sampled_from(
        ["Mon-Fri 09:00-17:00", "Sat 22:00-06:00, Mon 00:00-24:00", "Sun-Thu 08:30-24:00", "Fri-Mon 05:00-05:00"]
    ),
    st.integers(-26 * 4, 26 * 4),
    st.integers(0, 7 * 96 - 1),
)
def test_hours_moved_are_open_at_the_same_instants(text, ahead, quarter):
    by, instant = timedelta(minutes=15 * ahead), MONDAY + timedelta(minutes=15 * quarter)
    assert is_open(moved(text, by), instant + by) == is_open(text, instant)
