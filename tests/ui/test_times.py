"""Dates are read as people say them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from escplaybook.ui.times import exact, said, said_day

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=25), "in 25 min"),
        (-timedelta(minutes=12), "12 min ago"),
        (-timedelta(hours=3, minutes=50), "3 h ago"),
        (timedelta(hours=5), "in 5 h"),
        (-timedelta(days=1), "yesterday"),
        (timedelta(days=1), "tomorrow"),
        (-timedelta(days=94), "94 days ago"),
        (timedelta(days=30), "in 30 days"),
    ],
)
def test_an_instant_is_said_by_how_far_away_it_is(away, words, qapp):
    assert said(NOW + away, NOW) == words


def test_what_is_long_ago_is_said_by_its_date(qapp):
    assert said_day(date(2024, 3, 14), NOW) == "14 Mar 2024"


def test_the_exact_instant_names_its_offset(qapp):
    assert re.fullmatch(r"[A-Z][a-z]{2} \d+ Nov 2026, \d\d:\d\d:00 UTC[+-]\d\d:\d\d", exact(NOW))
