from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.durations import format_span, parse_span
from escplaybook.domain.errors import InvalidRecord

SPANS = st.integers(min_value=1, max_value=400 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@settings(derandomize=True, deadline=None)
@given(SPANS)
def test_what_is_shown_reads_back_as_the_same_span(span):
    assert parse_span(format_span(span)) == span


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_span_or_is_refused_in_one_sentence(text):
    assert said_of(text) == "a span" or "15 min, 1 h or 2 d" in said_of(text)


def said_of(text):
    """“a span” if it is one, else the sentence of the refusal."""
    try:
        return "a span" if parse_span(text) > timedelta(0) else "no span"
    except InvalidRecord as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("15 min", 15),
        ("15min", 15),
        ("15 m", 15),
        (" 15 Minutes ", 15),
        ("1 h", 60),
        ("1.5 h", 90),
        ("1,5 hours", 90),
        ("1 h 30 min", 90),
        ("1h30min", 90),
        ("1 hour and 30 mins", 90),
        ("1 day, 2 hours", 26 * 60),
        ("2 d", 2 * 24 * 60),
        ("1 w", 7 * 24 * 60),
        ("2 weeks", 14 * 24 * 60),
    ],
)
def test_people_write_spans_in_many_ways(written, minutes):
    assert parse_span(written) == timedelta(minutes=minutes)


@pytest.mark.parametrize("written", ["15", "soon", "min", "15 moons", "1 h 30", "-5 min", "5 min late", "٣ h"])
def test_what_says_no_span_is_refused_with_what_was_written(written):
    with pytest.raises(InvalidRecord, match=f"“{written}” is no span of time; write it like 15 min, 1 h or 2 d."):
        parse_span(written)


def test_no_time_at_all_is_refused():
    for written in ("", "0 min", "0.001 s"):
        with pytest.raises(InvalidRecord, match="longer than zero"):
            parse_span(written)


def test_a_span_beyond_the_calendar_is_refused():
    for written in ("1001 d", "999999 w", "999 d " * 400):
        with pytest.raises(InvalidRecord, match="longer than 1,000 days"):
            parse_span(written)


def test_spans_are_said_in_their_largest_units():
    said = [format_span(timedelta(minutes=minutes)) for minutes in (5, 60, 90, 24 * 60, 36 * 60, 10 * 24 * 60)]
    assert said == ["5 min", "1 h", "1 h 30 min", "1 d", "1 d 12 h", "10 d"]
    assert format_span(timedelta(seconds=90.7)) == "1 min 30 s"
