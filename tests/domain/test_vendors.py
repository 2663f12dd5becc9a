"""When a vendor's people are there on both clocks, and how its promises were kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.vendors import (
    Promise,
    SupportHours,
    Vendor,
    VendorLevel,
    hours_of,
    restored,
    who_answers_for,
)
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
NEW_YORK = SupportHours("Mon-Fri 09:00-18:00", "America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")


def vendor(**fields):
    return Vendor(
        id="v", name="Tidewater", **(BORN | {"zone": "Europe/Berlin", "hours": "Mon-Fri 08:00-20:00"} | fields)
    )


def berlin(*parts):
    return datetime(*parts, tzinfo=BERLIN)


def test_their_hours_stand_on_our_clock_by_the_difference_of_the_day():
    assert NEW_YORK.there() == "Mon–Fri\xa009:00–18:00"
    assert NEW_YORK.here(berlin(2026, 11, 24, 3)) == "15:00–24:00"
    assert NEW_YORK.here(berlin(2026, 10, 28, 3)) == "14:00–23:00"  # Europe's clocks go back a week before theirs
    assert SupportHours("Mon-Fri 08:00-20:00", "Europe/Paris").here(berlin(2026, 11, 24, 3)) == ""
    assert SupportHours("", "Asia/Tokyo").here(berlin(2026, 11, 24, 3)) == ""


def test_hours_that_reach_into_another_day_here_name_their_days():
    tokyo = SupportHours("Mon-Fri 09:00-17:00", "Asia/Tokyo")
    new_york = datetime(2026, 11, 24, 3, tzinfo=ZoneInfo("America/New_York"))
    assert tokyo.here(new_york) == "Sun–Thu\xa019:00–03:00"


def test_when_nobody_is_there_it_is_told_when_somebody_is():
    assert NEW_YORK.opens(berlin(2026, 11, 24, 16)) is None
    assert NEW_YORK.opens(berlin(2026, 11, 27, 23, 59)) is None
    assert NEW_YORK.opens(berlin(2026, 11, 28, 0)) == berlin(2026, 11, 30, 15)
    # over the night in which Europe's clocks go back, nine o'clock in New York comes an hour earlier here
    assert NEW_YORK.opens(berlin(2026, 10, 24, 12)) == berlin(2026, 10, 26, 14)


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda naive: naive.replace(tzinfo=UTC)),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    hours=st.sampled_from(
        ["Mon-Fri 09:00-18:00", "Sat 22:00-06:00", "Sun 02:15-03:00", "Mon 00:00-24:00, Wed 12:00-13:00"]
    ),
)
def test_they_are_there_when_they_open_and_not_a_minute_before(at, zone, hours):
    support = SupportHours(hours, zone)
    opens = support.opens(at)
    if support.is_open(at):
        assert opens is None
    else:
        assert opens > at
        assert support.is_open(opens)
        minutes = range(1, min(int((opens - at).total_seconds() // 60), 2_000))
        assert not any(support.is_open(opens - timedelta(minutes=minute)) for minute in minutes)


def test_a_level_without_hours_keeps_the_vendors():
    whole = vendor()
    assert (
        hours_of(whole, VendorLevel("Line")) == hours_of(whole) == SupportHours("Mon-Fri 08:00-20:00", "Europe/Berlin")
    )
    assert hours_of(whole, VendorLevel("Night desk", hours="Mon-Sun 20:00-08:00")).zone == "Europe/Berlin"
    assert hours_of(whole, VendorLevel("Follow the sun", zone="UTC")) == SupportHours("", "UTC")


def test_a_promise_is_measured_on_what_was_theirs_and_is_over():
    promise = Promise(Severity.S1, timedelta(hours=1), timedelta(hours=4))
    whole = vendor(systems=("webhooks",), promises=(promise, Promise(Severity.S2, timedelta(hours=2))))

    def blocker(hours, **fields):
        usual = {
            "observed": NOW - timedelta(hours=40),
            "notified": NOW - timedelta(hours=30),
            "resolved": NOW - timedelta(hours=30 - hours),
            "system": "Webhooks",
            "cause_class": CauseClass.EXTERNAL,
            "severity": Severity.S1,
        }
        return Blocker(id="b", title="Stops", **(BORN | usual | fields))

    log = [
        blocker(3),
        blocker(9),
        blocker(1, severity=Severity.S2),
        blocker(1, cause_class=CauseClass.INTERNAL),
        blocker(1, system="mail"),
        blocker(1, retired=NOW),
        replace(blocker(1), resolved=None),
    ]
    (measured,) = restored(whole, log)
    assert (measured.kept, measured.took) == (1, (timedelta(hours=3), timedelta(hours=9)))
    assert [one.took for one in restored(whole, [])] == [()]


def test_a_system_leads_to_the_vendor_in_use():
    gone, current = vendor(systems=("mail",), retired=NOW), vendor(systems=("Mail",))
    assert who_answers_for("MAIL", (gone, current)) is current
    assert who_answers_for("", (current,)) is None
    assert who_answers_for("identity", (current,)) is None


def test_nobody_promises_twice_at_one_severity():
    twice = (Promise(Severity.S1, timedelta(hours=1)), Promise(Severity.S1, timedelta(hours=2)))
    with pytest.raises(InvalidRecord, match="only once"):
        vendor(promises=twice)
