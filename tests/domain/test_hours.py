from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.hours import DAYS, is_open, parse_hours

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
