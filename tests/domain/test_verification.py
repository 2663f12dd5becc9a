"""How far a number is believed, and whom a round asks about first."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.programme import Programme
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.vendors import Vendor, VendorLevel
from escplaybook.domain.verification import (
    CALLED,
    WRITTEN_TO,
    Importance,
    Reach,
    checks,
    corrected,
    failed,
    importances,
    is_failed,
    is_stale,
    next_check,
    proof_words,
    reachability,
    valid_until,
    verified,
)
from tests.conftest import NOW

TODAY = NOW.date()
BORN = {"created": NOW, "updated": NOW}
EMPTY = Programme({}, (), (), (), (), (), (), (), ())

days = st.none() | st.integers(-3, 800).map(lambda ago: TODAY - timedelta(days=ago))
points = st.builds(
    ContactPoint,
    kind=st.sampled_from(PointKind),
    value=st.just("+46 70 174 06 31"),
    verified=days,
    failed=days,
)
importance = st.sampled_from(Importance)


def point(kind=PointKind.MOBILE, ago=9, **fields):
    proved = None if ago is None else TODAY - timedelta(days=ago)
    return ContactPoint(kind, "+46 70 174 06 31", verified=proved, **fields)


@given(points, importance)
def test_a_point_is_believed_to_the_day_before_its_next_check_and_no_longer(one, weight):
    until = next_check(one, weight)
    if until is None:
        assert one.verified is None or is_failed(one)
        assert is_stale(one, weight, TODAY) == (one.kind in CALLED or is_failed(one))
    else:
        assert not is_stale(one, weight, until)
        assert is_stale(one, weight, until + timedelta(days=1)) == (one.kind in CALLED)


@given(points, importance, importance)
def test_the_more_hangs_on_a_number_the_sooner_it_is_checked(one, a, b):
    sooner, later = next_check(one, min(a, b)), next_check(one, max(a, b))
    assert (sooner is None) == (later is None)
    assert sooner is None or sooner <= later


@given(points, importance)
def test_a_number_that_was_just_proved_is_believed_and_one_that_failed_is_not(one, weight):
    assert not is_stale(verified(one, TODAY, "called", "Dana"), weight, TODAY)
    in_vain = failed(one, TODAY + timedelta(days=3), "engaged")  # not before the latest proof that is thought of here
    assert is_stale(in_vain, weight, TODAY)


@given(st.lists(st.tuples(points, importance)))
def test_paper_is_valid_until_the_first_of_its_numbers_is_to_be_checked(listed):
    until = valid_until(listed)
    checked = [next_check(one, weight) for one, weight in listed if one.kind in CALLED]
    assert until == min((day for day in checked if day is not None), default=None)


@given(st.lists(points), importance)
def test_reachability_says_ready_only_if_every_number_is_believed(listed, weight):
    reached = reachability(listed, weight, TODAY)
    called = [one for one in listed if one.kind in CALLED]
    stale = [one for one in called if is_stale(one, weight, TODAY)]
    assert (reached.reach is Reach.READY) == (bool(called) and not stale)
    assert reached.reason
    if called and len(stale) == len(called):
        assert reached.reach is Reach.NOT


def test_reachability_is_said_with_its_reason_and_its_age():
    def told(*listed):
        return str(reachability(listed, Importance.S2, TODAY))

    assert told(point(ago=12), point(PointKind.PHONE, 3)) == "Ready: two numbers verified, the older 12 days ago"
    assert told(point(ago=0)) == "Ready: one number verified today"
    gone = point(failed=TODAY - timedelta(days=3), failed_how="no longer in service")
    assert told(gone) == "Not: mobile failed 3 days ago (no longer in service)"
    assert told(point(), point(PointKind.PHONE, None)) == "Partly: mobile verified 9 days ago; phone never verified"
    assert told(point(ago=94)) == "Not: mobile verified 94 days ago, out of date"
    assert told(point(ago=None)) == "Not: no number was ever verified"
    assert told() == "Not: no number to call"
    assert told(point(PointKind.EMAIL)) == "Partly: no number to call; email verified 9 days ago"


def test_an_address_is_asked_for_slower_than_any_number():
    assert all(weight.interval < WRITTEN_TO for weight in Importance)
    assert next_check(point(PointKind.EMAIL, 0), Importance.S1) == TODAY + WRITTEN_TO


def test_a_corrected_number_has_to_be_proved_again():
    proved = verified(point(hours="Mon-Fri 08:00-17:00"), TODAY, "called", "Dana")
    other = corrected(proved, "+46 70 174 06 32")
    assert (other.verified, other.verified_how, other.verified_by, other.failed) == (None, "", "", None)
    assert other.hours == proved.hours
    assert corrected(proved, proved.value) is proved


def test_whoever_is_called_for_the_worst_weighs_most_and_so_do_those_who_stand_in(contact):
    lead, backup, deputy, turn = (contact(name) for name in ("Mara", "Jun", "Ruth", "Deniz"))
    voice, decider, nobody = (contact(name) for name in ("Ingrid", "Noa", "Paul"))
    duty = contact("Integration on call")
    lead = replace(lead, deputy=deputy.id)
    people = (lead, backup, deputy, turn, voice, decider, nobody, duty)
    cells = (
        Cell(id="1", severity=Severity.S1, level=1, owner=lead.id, backup=duty.id, **BORN),
        Cell(id="2", severity=Severity.S3, level=1, owner=lead.id, backup=backup.id, **BORN),
        Cell(id="3", severity=Severity.S1, level=2, owner=nobody.id, not_escalated=True, **BORN),
    )
    shift = Shift(NOW, timedelta(days=7), "FREQ=WEEKLY", (turn.id,))
    found = replace(
        EMPTY,
        contacts={person.id: person for person in people},
        cells=cells,
        rights=(DecisionRight(id="r", decision="roll back", decider=decider.id, alternate=lead.id, **BORN),),
        deployments=(Deployment(id="d", name="Harbour", point_of_contact=voice.id, **BORN),),
        rotations=(Rotation(id="o", contact=duty.id, name="On call", shifts=(shift,), **BORN),),
    )
    weights = importances(found)
    assert {name: weights.get(person.id) for name, person in (("Mara", lead), ("Ruth", deputy), ("Deniz", turn))} == {
        "Mara": Importance.S1,
        "Ruth": Importance.S1,
        "Deniz": Importance.S1,
    }
    assert weights[backup.id] is Importance.S3
    assert weights[voice.id] is Importance.VOICE
    assert weights[decider.id] is Importance.RIGHT
    assert nobody.id not in weights


def test_people_who_stand_in_for_each_other_end_no_search(contact):
    one, other = contact("Ricardo"), contact("Zeynep")
    one, other = replace(one, deputy=other.id), replace(other, deputy=one.id)
    cells = (Cell(id="1", severity=Severity.S2, level=1, owner=one.id, **BORN),)
    weights = importances(replace(EMPTY, contacts={one.id: one, other.id: other}, cells=cells))
    assert weights == {one.id: Importance.S2, other.id: Importance.S2}


def test_a_round_asks_about_the_riskiest_first_and_leaves_alone_what_is_believed(contact):
    lead = contact("Mara", points=(point(ago=9), point(PointKind.PHONE, 61), point(PointKind.EMAIL, None)))
    broken = contact("Jun", points=(point(failed=TODAY),))
    other = contact("Paul", points=(point(ago=None), point(PointKind.EMAIL, None)))
    gone = replace(contact("Henrik", points=(point(ago=None),)), retired=NOW)
    vendor = Vendor(
        id="v",
        name="Tidewater",
        levels=(VendorLevel("Desk", (point(ago=91),)), VendorLevel("Duty", (point(ago=91),))),
        **BORN,
    )
    cells = (
        Cell(id="1", severity=Severity.S1, level=1, owner=lead.id, **BORN),
        Cell(id="2", severity=Severity.S2, level=1, owner=broken.id, backup=gone.id, **BORN),
    )
    people = {person.id: person for person in (other, lead, broken, gone)}
    found = replace(EMPTY, contacts=people, cells=cells, vendors=(vendor,))
    asked = [(check.holder.name, check.point.kind, check.importance) for check in checks(found, TODAY)]
    assert asked == [
        ("Mara", PointKind.PHONE, Importance.S1),
        ("Jun", PointKind.MOBILE, Importance.S2),
        ("Tidewater", PointKind.MOBILE, Importance.VENDOR),
        ("Paul", PointKind.MOBILE, Importance.NOBODY),
        ("Mara", PointKind.EMAIL, Importance.S1),
    ]


def test_what_is_out_of_date_is_called_so_in_words():
    assert proof_words(point(ago=94), Importance.S2, TODAY) == "verified 94 days ago, out of date"
    assert proof_words(point(ago=94), Importance.S3, TODAY) == "verified 94 days ago"
    assert proof_words(point(ago=1), Importance.S1, TODAY) == "verified yesterday"
    assert proof_words(point(ago=None), Importance.S1, TODAY) == "never verified"
    assert proof_words(point(failed=date(2026, 11, 23)), Importance.S1, TODAY) == "failed yesterday"
