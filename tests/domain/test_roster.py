"""Who is away and whose turn it is, across every change of the clocks."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from escplaybook.domain.absences import Absence
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.recurrence import local_instant
from escplaybook.domain.roster import Roster
from escplaybook.domain.rotations import Rotation, Shift
from tests.conftest import NOW

ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "America/Santiago", "UTC")
CHANGES = ("2026-03-20", "2026-03-29", "2026-04-03", "2026-09-04", "2026-10-02", "2026-10-24", "2026-10-31")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)


def absence(start: datetime, end: datetime, contact: str = "mara", **fields) -> Absence:
    return Absence(str(fields), contact, start, end, NOW, NOW, **fields)


def at(wall: str, zone: str = "Europe/Berlin") -> datetime:
    return local_instant(datetime.fromisoformat(wall), zone)


def rotation(*shifts: Shift, **fields) -> Rotation:
    return Rotation("r", "desk", "Integration on call", NOW, NOW, shifts=shifts, **fields)


def slow_instant(wall: datetime, zone: str) -> datetime:
    """The first quarter of an hour at which the clock shows that; in a gap a day after it showed it yesterday."""
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=15)
    for _ in range(30 * 4):
        if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            return moment
        moment += QUARTER
    return slow_instant(wall - DAY, zone) + DAY


def there(wall: datetime, zone: str) -> datetime:
    """A time that the clock of the zone does show: the one itself, or what it shows instead."""
    return slow_instant(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@given(
    zone=some.sampled_from(ZONES),
    day=some.sampled_from(CHANGES),
    quarter=some.integers(0, 95),
    length=some.integers(1, 3 * 96),
    weekdays=some.one_of(some.none(), some.sets(some.integers(0, 6), min_size=1)),
    interval=some.integers(1, 3),
    skipped=some.sets(some.integers(0, 20), max_size=3),
    count=some.one_of(some.none(), some.integers(1, 15)),
)
def test_every_hour_agrees_with_walking_the_days_one_by_one(
    zone, day, quarter, length, weekdays, interval, skipped, count
):
    first = there(datetime.fromisoformat(day) + quarter * QUARTER, zone)
    lasts = there(first + length * QUARTER, zone) - first
    if weekdays is None:
        rule = f"FREQ=DAILY;INTERVAL={interval}"
    else:
        weekdays |= {first.weekday()}
        rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(DAYS[one] for one in sorted(weekdays))}"
    rule += f";COUNT={count}" if count else ""
    monday = first.date() - timedelta(days=first.weekday())
    walls = []
    for step in range(60):
        one = first + step * DAY
        weeks = (one.date() - monday).days // 7
        happens = step % interval == 0 if weekdays is None else weeks % interval == 0 and one.weekday() in weekdays
        if happens and (count is None or len(walls) < count):
            walls.append(one)
    spans = []
    for wall in walls:
        start, end = slow_instant(wall, zone), slow_instant(wall + lasts, zone)
        spans.append((start, end if end > start else start + lasts))
    excluded = tuple(spans[number][0] for number in skipped if number < len(spans))
    roster = Roster([absence(*spans[0], zone=zone, rule=rule, excluded=excluded)])
    moment = spans[0][0] - 6 * HOUR
    for _ in range(40 * 24):
        moment += HOUR
        open_ones = [end for start, end in spans if start <= moment < end and start not in excluded]
        found = roster.absence_of("mara", moment)
        assert (found.end if found else None) == max(open_ones, default=None), moment


@given(
    zone=some.sampled_from(ZONES),
    day=some.sampled_from(CHANGES),
    hour=some.integers(0, 23),
    members=some.integers(1, 4),
    days=some.sampled_from((1, 7)),
)
def test_at_every_hour_exactly_one_has_the_turn_and_hands_over_at_the_same_time_of_day(zone, day, hour, members, days):
    first = there(datetime.combine(datetime.fromisoformat(day), time(hour)), zone)
    people = tuple(f"m{number}" for number in range(members))
    rule = "FREQ=DAILY" if days == 1 else "FREQ=WEEKLY"
    roster = Roster((), [rotation(Shift(slow_instant(first, zone), timedelta(days=days), rule, people, zone))])
    starts = [slow_instant(first + number * days * DAY, zone) for number in range(41 // days + 2)]
    moment = starts[0]
    assert roster.on_duty("desk", moment - QUARTER) is None
    for _ in range(40 * 24):
        number = max(number for number, start in enumerate(starts) if start <= moment)
        turn = roster.on_duty("desk", moment)
        assert (turn.member, turn.start, turn.end) == (people[number % members], starts[number], starts[number + 1])
        moment += HOUR


def test_a_weekend_away_ends_on_monday_at_eight_whatever_the_clocks_did():
    weekend = absence(at("2026-10-16 18:00"), at("2026-10-19 08:00"), zone="Europe/Berlin", rule="FREQ=WEEKLY")
    spans = Roster([weekend]).away_between("mara", at("2026-10-20 00:00"), at("2026-11-01 00:00"))
    assert [(one.start, one.end) for one in spans] == [
        (at("2026-10-23 18:00"), at("2026-10-26 08:00")),
        (at("2026-10-30 18:00"), at("2026-11-02 08:00")),
    ]
    assert spans[0].end - spans[0].start == timedelta(hours=63)


def test_a_day_off_is_a_whole_day_where_the_clocks_change_at_midnight():
    """In Santiago the 6th of September 2026 begins at one o'clock."""
    off = absence(
        at("2026-08-30", "America/Santiago"),
        at("2026-08-31", "America/Santiago"),
        zone="America/Santiago",
        all_day=True,
        rule="FREQ=WEEKLY;COUNT=3",
    )
    spans = Roster([off]).away_between("mara", NOW - timedelta(days=200), NOW)
    assert [one.end - one.start for one in spans] == [DAY, 23 * HOUR, DAY]


def test_the_sun_hands_the_duty_round_the_world():
    def shift(zone: str, *members: str) -> Shift:
        return Shift(at("2026-03-01 08:00", zone), timedelta(hours=9), "FREQ=DAILY", members, zone)

    desk = rotation(shift("Asia/Tokyo", "ken"), shift("Europe/Lisbon", "rui"), shift("America/Los_Angeles", "dana"))
    roster = Roster((), [desk])
    told = [roster.on_duty("desk", datetime(2026, 7, 1, hour, tzinfo=UTC)) for hour in (0, 7, 9, 15, 23)]
    assert [turn.member if turn else None for turn in told] == ["ken", "ken", "rui", "rui", "ken"]
    assert roster.next_turn("desk", datetime(2026, 7, 1, 9, tzinfo=UTC)).member == "dana"
    assert roster.is_duty("desk")
    assert not roster.is_duty("ken")


def test_the_shift_listed_first_goes_before_and_what_is_retired_counts_for_nothing():
    def always(member: str, rule: str) -> Shift:
        return Shift(at("2026-11-02 00:00"), timedelta(days=1), rule, (member,), "Europe/Berlin")

    special = rotation(always("holiday", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"), always("usual", "FREQ=DAILY"))
    roster = Roster((), [special])
    days = (at("2026-12-24 12:00"), at("2026-12-25 12:00"), at("2026-12-26 12:00"))
    assert [roster.on_duty("desk", day).member for day in days] == ["usual", "holiday", "usual"]
    gone = Roster([absence(NOW, NOW + DAY, retired=NOW)], [rotation(always("x", "FREQ=DAILY"), retired=NOW)])
    assert gone.absence_of("mara", NOW) is None
    assert not gone.is_duty("desk")


def test_until_is_read_as_an_instant_as_a_day_or_by_the_clock_on_the_wall():
    for until, times in (("20261126T080000Z", 3), ("20261126T075959Z", 2), ("20261126", 3), ("20261126T090000", 3)):
        rule = f"FREQ=DAILY;UNTIL={until}"
        mornings = absence(at("2026-11-24 09:00"), at("2026-11-24 10:00"), zone="Europe/Berlin", rule=rule)
        assert len(Roster([mornings]).away_between("mara", NOW - DAY, NOW + 20 * DAY)) == times, until


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("every friday", "is no rule that can be read"),
        ("FREQ=WEEKLY;BYDAY=XX", "is no rule that can be read"),
        ("FREQ=WEEKLY;BYDAY", "is no rule that can be read"),
        ("FREQ=WEEKLY;FREQ=DAILY", "is no rule that can be read"),
        ("FREQ=DAILY;UNTIL=20261399", "is no rule that can be read"),
        ("FREQ=DAILY;BYMONTH=99", "goes beyond 12"),
        ("FREQ=DAILY;BYEASTER=1", "is no rule that can be read"),
        ("FREQ=SECONDLY", "every second or minute"),
        ("FREQ=MINUTELY;INTERVAL=90", "every second or minute"),
        ("FREQ=DAILY;BYMINUTE=1,2,3", "one minute of the hour"),
        ("FREQ=DAILY;INTERVAL=0", "is no number from 1"),
        ("FREQ=DAILY;COUNT=99999999999", "is no number from 1"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes round"),
        ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", "never comes round"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15;BYSETPOS=2", "never comes round"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "every year instead"),
        ("FREQ=HOURLY;INTERVAL=24;BYDAY=SU", "leaves out days twice"),
        ("FREQ=WEEKLY\nDTSTART:19700101", "is no rule that can be read"),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 500), "is no rule that can be read"),
    ],
)
def test_a_rule_that_cannot_be_read_or_runs_wild_is_refused_in_one_sentence(rule, said):
    with pytest.raises(InvalidRecord, match=said):
        absence(NOW, NOW + HOUR, rule=rule)
    with pytest.raises(InvalidRecord, match=said):
        Shift(NOW, HOUR, rule, ("a",))


def test_a_year_that_nobody_means_is_refused():
    with pytest.raises(InvalidRecord, match="too far away"):
        absence(datetime(9998, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC), rule="FREQ=YEARLY")
