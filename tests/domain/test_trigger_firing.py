"""When escalation was due, to the instant: stories, and a slow, obvious recomputation minute by minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.domain.blockers import Blocker, reclassified
from escplaybook.domain.classification import Severity
from escplaybook.domain.facts import Fact
from escplaybook.domain.impact import Impact
from escplaybook.domain.triggers import Comparator, Trigger, in_force_since, missing_reviews, to_review_anew
from escplaybook.domain.triggers_expressions import expression_of
from escplaybook.domain.triggers_firing import TICK, Firing, asks_for, escalated_to, firing, set_off
from tests.conftest import NOW

STOCKHOLM = ZoneInfo("Europe/Stockholm")
REVIEWED = {
    "engineering": "e",
    "engineering_on": date(2026, 1, 1),
    "business": "b",
    "business_on": date(2026, 1, 2),
}


def trigger(**fields) -> Trigger:
    usual = {"id": "t", "name": "T", "created": NOW, "updated": NOW, "duration": timedelta(minutes=60), "level": 2}
    return Trigger(**(usual | {"subject": "data sync blocked"} | fields))


def blocker(*facts: Fact, **fields) -> Blocker:
    usual = {"id": "b", "title": "Orders stop", "severity": Severity.S2, "created": NOW, "updated": NOW}
    return Blocker(**(usual | {"observed": at(9)} | fields), facts=facts)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC)


def fact(hour: int, minute: int, name: str = "data sync blocked", value: str = "yes") -> Fact:
    return Fact(at(hour, minute), name, value)


# stories


def test_what_was_slept_through_is_told_to_the_minute():
    """Data sync is blocked since 08:40; nobody looks before noon."""
    stuck = blocker(fact(8, 40), fact(9, 30, "downstream blocked"))
    found = firing(trigger(side_conditions=("downstream blocked",)), stuck, at(12))
    assert found.due == at(9, 40)
    assert found.ended is None


def test_the_side_condition_that_came_late_makes_it_due_late():
    stuck = blocker(fact(8, 0), fact(9, 52, "Downstream  blocked".replace("  ", " ")))
    assert firing(trigger(side_conditions=("downstream blocked",)), stuck, at(12)).due == at(9, 52)


def test_it_was_due_even_if_it_has_ended_since():
    mended = blocker(fact(9, 0), fact(10, 30, value="no"))
    found = firing(trigger(), mended, at(12))
    assert (found.due, found.ended) == (at(10), at(10, 30))
    assert firing(trigger(), mended, at(10, 15)).ended is None, "nobody knew then that it would end"


def test_a_break_begins_the_count_anew():
    flapping = blocker(fact(9, 0), fact(9, 50, value="no"), fact(9, 51))
    assert firing(trigger(), flapping, at(12)).due == at(10, 51)
    assert firing(trigger(), flapping, at(10)).due == at(10, 51), "it lies ahead, if nothing changes"
    assert firing(trigger(), blocker(fact(9, 0), fact(9, 50, value="no")), at(10)) is None


def test_a_fact_written_down_twice_for_one_instant_was_corrected():
    assert firing(trigger(), blocker(fact(9, 0), fact(9, 0, value="no")), at(12)) is None
    assert firing(trigger(), blocker(fact(9, 0), fact(9, 30, value="no"), fact(9, 30)), at(12)).due == at(10)


def test_nothing_is_due_before_it_was_seen_nor_after_it_was_resolved():
    assert firing(trigger(), blocker(fact(7, 0)), at(12)).due == at(9), "escalating began to be possible at nine"
    assert firing(trigger(), blocker(fact(7, 0)), at(8, 59)) is None
    assert firing(trigger(), blocker(fact(9, 30), resolved=at(10, 30)), at(12)) is None
    assert firing(trigger(), blocker(fact(9, 29), resolved=at(10, 30)), at(12)).due == at(10, 29)


def test_what_the_book_knows_by_itself_needs_no_fact():
    quiet = trigger(subject="not acknowledged", duration=timedelta(minutes=15))
    assert firing(quiet, blocker(notified=at(9, 10)), at(12)).due == at(9, 25)
    assert firing(quiet, blocker(), at(12)).due == at(9, 15), "nobody was told, so it counts from when it was seen"
    assert firing(quiet, blocker(notified=at(9, 10), acknowledged=at(9, 20)), at(12)) is None
    untold = trigger(subject="not notified", duration=timedelta(minutes=5))
    assert firing(untold, blocker(notified=at(9, 10)), at(12)).due == at(9, 5)
    taken = trigger(subject="Acknowledged", duration=timedelta(hours=2))
    assert firing(taken, blocker(acknowledged=at(9, 20)), at(12)).due == at(11, 20)
    assert firing(trigger(subject="open"), blocker(), at(12)).due == at(10)


def test_numbers_are_compared_in_their_own_unit_only():
    errors = trigger(
        subject="error rate", comparator=Comparator.AT_LEAST, value="5", unit="%", duration=timedelta(minutes=10)
    )
    rising = (fact(9, 0, "error rate", "4.9 %"), fact(9, 20, "Error rate", "5 %"), fact(9, 40, "error rate", "7 %"))
    assert firing(errors, blocker(*rising), at(12)).due == at(9, 30)
    assert firing(errors, blocker(fact(9, 0, "error rate", "5000 ppm")), at(12)) is None
    assert firing(errors, blocker(fact(9, 0, "error rate", "yes")), at(12)) is None
    few = replace(errors, comparator=Comparator.BELOW)
    assert firing(few, blocker(), at(12)) is None, "never measured is not below"
    assert firing(few, blocker(*rising), at(12)).due == at(9, 10)


def test_the_answers_about_impact_are_measured_too():
    costly = trigger(subject="money lost", comparator=Comparator.AT_LEAST, value="5000", unit="a day")
    assert firing(costly, blocker(impact=Impact(money=5_000)), at(12)).due == at(10)
    assert firing(costly, blocker(impact=Impact(money=4_999)), at(12)) is None
    assert firing(costly, blocker(impact=Impact(users=50)), at(12)) is None, "nobody has said what it costs"


def test_scope_and_review_decide_whether_a_trigger_speaks():
    stuck = blocker(fact(9, 0), stage="go-live", deployment="d")
    assert firing(trigger(severity=Severity.S1), stuck, at(12)) is None
    assert firing(trigger(stage="testing"), stuck, at(12)) is None
    assert firing(trigger(deployment="other"), stuck, at(12)) is None
    assert firing(trigger(severity=Severity.S2, stage="Go-live", deployment="d"), stuck, at(12))
    half = trigger(**(REVIEWED | {"business": None}))
    assert missing_reviews(half) == ["business"]
    assert set_off([trigger(), half, trigger(**REVIEWED, retired=NOW)], stuck, at(12)) == []
    (found,) = set_off([trigger(**REVIEWED)], stuck, at(12))
    assert found.due == at(10)
    since = in_force_since(trigger(**(REVIEWED | {"business_on": date(2026, 11, 25)})))
    assert since == at(0) + timedelta(days=1)
    late = set_off([trigger(**(REVIEWED | {"business_on": date(2026, 11, 25)}))], stuck, at(12) + timedelta(days=1))
    assert late[0].due == since, "nobody can be blamed for a trigger that was not in force"


def test_a_changed_condition_has_to_be_reviewed_anew():
    before = trigger(**REVIEWED)
    longer = to_review_anew(before, replace(before, duration=timedelta(hours=2)))
    assert missing_reviews(longer) == ["engineering", "business"]
    assert to_review_anew(before, replace(before, name="Another name")) == replace(before, name="Another name")
    again = replace(before, duration=timedelta(hours=2), business_on=date(2026, 11, 24))
    assert missing_reviews(to_review_anew(before, again)) == ["engineering"]


def test_a_blocker_that_was_escalated_is_told_so():
    stuck = blocker(fact(9, 0), escalated_to(3, at(10, 12)))
    assert firing(trigger(), stuck, at(12)).escalated == at(10, 12)
    assert firing(trigger(), stuck, at(10, 11)).escalated is None
    assert firing(trigger(level=4), stuck, at(12)).escalated is None


def test_the_first_level_has_it_as_soon_as_it_was_told():
    first = trigger(subject="not notified", duration=timedelta(minutes=5), level=1)
    found = firing(first, blocker(notified=at(9, 30)), at(12))
    assert (found.due, found.escalated) == (at(9, 5), at(9, 30)), "25 minutes late, and done"


def test_an_escalation_taken_back_never_was():
    gone = escalated_to(2, at(10))
    stuck = blocker(fact(9, 0), gone, replace(gone, value="no"))
    assert firing(trigger(), stuck, at(12)).escalated is None


def test_what_was_milder_then_is_not_late_by_the_rule_for_the_worse():
    """An S3 is found to be an S1 at eleven: the S1's quarter of an hour is over at once, not at 09:15."""
    quiet = trigger(subject="not acknowledged", duration=timedelta(minutes=15), severity=Severity.S1)
    mild = blocker(severity=Severity.S3)
    grave = reclassified(mild, replace(mild, severity=Severity.S1), at(11))
    assert firing(quiet, mild, at(12)) is None
    assert firing(quiet, grave, at(12)).due == at(11)
    assert reclassified(mild, replace(mild, title="Another title"), at(11)).classified is None


def test_only_what_still_has_to_be_done_asks_for_it():
    def one(level, due, **fields):
        return Firing(trigger(level=level, **REVIEWED), due, **fields)

    done, over = one(2, at(9), escalated=at(10)), one(2, at(9), ended=at(10))
    first, second, ahead, low = one(3, at(9, 30)), one(3, at(9, 40)), one(4, at(13)), one(2, at(13))
    assert asks_for([done, over, first, second, low, ahead], at(12)) == [first, ahead]
    assert asks_for([low, ahead], at(12)) == [low, ahead]


def test_an_expression_without_a_form_is_due_a_tick_after_a_strict_bound():
    strict = trigger(expression='held_for("data sync blocked") > t"PT60M" or stage == "rollback"')
    assert firing(strict, blocker(fact(9, 0)), at(12)).due == at(10) + TICK
    assert firing(strict, blocker(stage="rollback"), at(12)).due == at(9)


@pytest.mark.parametrize(
    ("local", "due"),
    [
        (datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=STOCKHOLM), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 1, 30, tzinfo=STOCKHOLM), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
    ids=["first 02:30", "second 02:30", "before the leap"],
)
def test_an_hour_is_an_hour_when_the_clocks_change(local, due):
    stuck = blocker(Fact(local, "data sync blocked"), observed=local)
    assert firing(trigger(), stuck, due + timedelta(hours=3)).due == due


# the slow, obvious way

ZONES = ("Europe/Stockholm", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "America/Santiago")
TURNS = {
    "Europe/Stockholm": (datetime(2026, 3, 29, 0), datetime(2026, 10, 25, 0)),
    "Australia/Lord_Howe": (datetime(2026, 4, 5, 0), datetime(2026, 10, 4, 0)),
    "America/St_Johns": (datetime(2026, 3, 8, 0), datetime(2026, 11, 1, 0)),
    "Asia/Kathmandu": (datetime(2026, 3, 29, 0), datetime(2026, 10, 25, 0)),
    "America/Santiago": (datetime(2026, 4, 4, 22), datetime(2026, 9, 5, 22)),
}
MINUTE = timedelta(minutes=1)
SUBJECTS = ("sync", "rate", "open", "not acknowledged", "not notified", "acknowledged")


@st.composite
def cases(draw):
    """A blocker in the night in which the clocks change, its facts by the clock on the wall, and a trigger."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    night = draw(st.sampled_from(TURNS[zone.key]))

    def instant(earliest: int) -> datetime:
        wall = night + draw(st.integers(earliest, 300)) * MINUTE
        return wall.replace(tzinfo=zone, fold=draw(st.integers(0, 1)))

    yes_no, number = st.sampled_from(["yes", "no"]), st.sampled_from(["3 %", "5 %", "7 %", "5 s"])
    facts = [
        Fact(instant(-60), name, draw(number if name == "rate" else yes_no))
        for name in draw(st.lists(st.sampled_from(["sync", "rate", "down"]), max_size=9))
    ]
    observed = instant(0).astimezone(UTC)
    later = [draw(st.none() | st.just(instant(0).astimezone(UTC))) for _ in range(3)]
    notified, acknowledged, resolved = (when if when is not None and when >= observed else None for when in later)
    stuck = blocker(*facts, observed=observed, notified=notified, acknowledged=acknowledged, resolved=resolved)
    subject = draw(st.sampled_from(SUBJECTS))
    comparator = draw(st.sampled_from(list(Comparator)[1:])) if subject == "rate" else Comparator.IS_SO
    sides = ("down", "not down", "rate >= 5 %", "not sync")
    made = trigger(
        subject=subject,
        comparator=comparator,
        value="5" * (subject == "rate"),
        unit="%" * (subject == "rate"),
        duration=draw(st.integers(1, 120)) * MINUTE,
        side_conditions=tuple(draw(st.lists(st.sampled_from(sides), max_size=2, unique=True))),
    )
    return made, stuck, observed + draw(st.integers(-30, 500)) * MINUTE


def slowly(made: Trigger, stuck: Blocker, now: datetime) -> datetime | None:
    """Walk through every minute from the first fact on, counting for how many the subject has held."""

    def known(instant: datetime | None) -> datetime | None:
        return instant.astimezone(UTC) if instant is not None and instant.timestamp() <= now.timestamp() else None

    observed = stuck.observed.astimezone(UTC)
    notified, acknowledged, resolved = map(known, (stuck.notified, stuck.acknowledged, stuck.resolved))
    facts = [(one.at.timestamp(), place, one) for place, one in enumerate(stuck.facts) if known(one.at) is not None]

    def latest(name: str, minute: datetime, wants_number: bool) -> str | None:
        said = [
            one.value
            for when, _, one in sorted(facts, key=lambda item: item[:2])
            if one.name == name
            and when <= minute.timestamp()
            and (one.value.endswith(" %") == wants_number)
            and (wants_number or one.value in ("yes", "no"))
        ]
        return said[-1] if said else None

    def so(text: str, minute: datetime) -> bool:
        if text == "open":
            return observed <= minute
        if text == "not notified":
            return observed <= minute and (notified is None or minute < notified)
        if text == "not acknowledged":
            return (notified or observed) <= minute and (acknowledged is None or minute < acknowledged)
        if text == "acknowledged":
            return acknowledged is not None and acknowledged <= minute
        if text.startswith("not "):
            return not so(text.removeprefix("not "), minute)
        if text.startswith("rate"):
            value = latest("rate", minute, True)
            return value is not None and eval(f"{value.split()[0]} {text.split()[1]} 5")
        return latest(text, minute, False) == "yes"

    subject = made.subject if made.comparator is Comparator.IS_SO else f"rate {made.comparator}"
    if observed > now:
        return None
    minute, count = min([observed, *(one.at.astimezone(UTC) for _, _, one in facts)]), None
    while minute < observed + timedelta(hours=30) and (resolved is None or minute < resolved):
        count = (0 if count is None else count + 1) if so(subject, minute) else None
        long_enough = count is not None and count * MINUTE >= made.duration
        if minute >= observed and long_enough and all(so(side, minute) for side in made.side_conditions):
            return minute
        minute += MINUTE
    return None


@settings(max_examples=250)
@given(cases())
def test_the_exact_instant_is_the_one_found_minute_by_minute(case):
    made, stuck, now = case
    expected = slowly(made, stuck, now)
    found = firing(made, stuck, now)
    assert (found.due if found else None) == expected
    written = replace(trigger(), expression=expression_of(made))
    again = firing(written, stuck, now)
    assert (again.due if again else None) == expected, "form and expression are one condition"
