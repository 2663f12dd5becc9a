"""The gate before a stage: open for a programme that nothing is wrong with, shut by exactly what is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from escplaybook.domain.agreements import Agreement, AgreementKind
from escplaybook.domain.classification import Severity
from escplaybook.domain.dues import dues
from escplaybook.domain.editions import Edition, MatrixReview
from escplaybook.domain.gate import Check, gate, gates
from escplaybook.domain.living_matrix import living
from escplaybook.domain.programme import Programme
from tests.conftest import NOW
from tests.domain.clean import BORN, cell, day, person, point, programme, with_more, with_one


def published(found: Programme, **fields) -> Programme:
    """The programme, its matrix as it stands signed by both sides and effective since nine days ago."""
    since = NOW - timedelta(days=2)
    signed = {"engineering": "mara", "engineering_at": since, "business": "ana", "business_at": since}
    usual = {"id": "edition", "number": 3, "content": living(found), "effective": since, "applied": since}
    return replace(found, editions=(Edition(**(usual | signed | BORN | fields)),))


CLEAN = published(programme())


def reasons(found, stage="testing"):
    answer = gate(found, found.deployments[0], stage, NOW)
    assert answer.is_open is (not answer.reasons)
    return [(one.check, one.what) for one in answer.reasons]


@pytest.mark.parametrize("stage", ["integration", "testing", "go-live", "hypercare"])
def test_a_programme_that_nothing_is_wrong_with_may_enter(stage):
    assert reasons(CLEAN, stage) == []
    assert gate(CLEAN, CLEAN.deployments[0], "testing", NOW).through == day(39)


def test_every_check_says_what_was_looked_at_and_whether_it_is_fine():
    unsigned = with_one(CLEAN, "agreements", "support", signed=None)
    answer = gate(unsigned, unsigned.deployments[0], "testing", NOW)
    told = {one.check: (one.looked_at, one.is_fine) for one in answer.checks}
    assert list(told) == list(Check)
    assert told[Check.EDITION] == ("“Edition 3”", True)
    assert told[Check.REACHABLE] == ("8 people named for S1 and S2 at testing", True)
    assert told[Check.COVERAGE] == (f"S1 and S2 at testing, every hour of 30 days from {day(10):%-d %b %Y}", True)
    assert told[Check.AGREEMENTS] == (f"1 agreement with vendors, through {day(39):%-d %b %Y}", False)
    (reason,) = answer.reasons
    assert (reason.due.record, reason.due.action, reason.due.field) == (reason.record, "have it signed", "signed")


def test_all_stages_at_once_say_what_each_says_alone():
    shut = with_one(with_one(CLEAN, "contacts", "ruth", points=()), "agreements", "support", end=day(45))
    harbour = shut.deployments[0]
    together = gates(shut, harbour, NOW)
    assert together == tuple(gate(shut, harbour, one.stage, NOW) for one in together)
    assert [one.stage for one in together] == ["initiation", "integration", "testing", "go-live", "hypercare"]
    assert [one.is_over(NOW.date()) for one in together] == [True, False, False, False, False]


def test_whoever_has_no_number_is_to_be_given_one_and_whoever_has_an_old_one_is_called():
    bare = with_one(CLEAN, "contacts", "ruth", points=())
    old = with_one(CLEAN, "contacts", "ruth", points=(point(days=100),))
    told = []
    for found in (bare, old):
        reached = gate(found, found.deployments[0], "testing", NOW).checks[2]
        told += [(one.due.action, one.due.field) for one in reached.reasons]
    assert told == [("add a number", "points"), ("verify", "")]


def test_without_a_reviewed_edition_the_gate_is_shut():
    assert reasons(replace(CLEAN, editions=())) == [(Check.EDITION, "no edition of the matrix is effective")]
    assert reasons(published(programme(), effective=NOW + timedelta(hours=1))) == [
        (Check.EDITION, "no edition of the matrix is effective")
    ]
    (told,) = reasons(published(programme(), business=None))
    assert told == (Check.EDITION, "“Edition 3” is effective, and not both sides have reviewed it")


def test_what_was_changed_by_hand_since_the_edition_must_be_reviewed_first():
    changed = with_one(CLEAN, "cells", "S1-1", acknowledge=timedelta(minutes=4))
    assert reasons(changed) == [(Check.EDITION, "1 change by hand since edition 3 that nobody has reviewed")]
    elsewhere = with_one(CLEAN, "rights", "r1", deployment="other")
    other = replace(CLEAN.deployments[0], id="other", name="Castellan")
    assert not any("by hand" in what and "2" in what for _, what in reasons(with_more(elsewhere, "deployments", other)))


def test_whoever_is_called_for_s1_or_s2_must_be_reachable():
    found = with_one(CLEAN, "contacts", "ruth", points=(point(days=100),))
    told = [what for check, what in reasons(found) if check is Check.REACHABLE]
    assert told == ["Ruth (S1) cannot be reached: mobile verified 100 days ago, out of date"]
    found = with_one(CLEAN, "contacts", "ruth", points=(point(days=80),))
    assert [check for check, _ in reasons(found) if check is Check.REACHABLE] == [Check.REACHABLE], (
        "S1 asks every 60 days"
    )
    found = with_more(CLEAN, "contacts", person("zeynep", points=()))
    assert [check for check, _ in reasons(found) if check is Check.REACHABLE] == [], "she is called for nothing"


def test_a_hole_in_the_coverage_of_the_stage_keeps_it_shut():
    found = CLEAN
    for name in ("deniz", "ruth"):
        found = with_one(found, "contacts", name, zone="Europe/Istanbul", hours="Mon-Fri 08:00-20:00")
    told = [what for check, what in reasons(found) if check is Check.COVERAGE]
    assert [what.partition(":")[0] for what in told] == ["S1, level 2", "S2, level 2"]
    assert "the first from 04 Dec 00:00 UTC" in told[0], "the stage begins ten days from now"


def test_agreements_must_last_as_long_as_the_stage():
    ending = with_one(CLEAN, "agreements", "support", end=day(45))
    told = [one for one in reasons(ending, "testing") if one[0] is Check.AGREEMENTS]
    assert told == [], "testing is over by then"
    ((_, what),) = [one for one in reasons(ending, "go-live") if one[0] is Check.AGREEMENTS]
    assert (
        what == f"Tidewater, support agreement: ends {day(45):%d %b %Y}, and the stage lasts until {day(46):%d %b %Y}"
    )
    unsigned = Agreement(
        "nda", "tidewater", AgreementKind.NDA, title="NDA", end=date(2030, 1, 1), owner="deniz", **BORN
    )
    told = [one for one in reasons(with_more(CLEAN, "agreements", unsigned)) if one[0] is Check.AGREEMENTS]
    assert told == [(Check.AGREEMENTS, "Tidewater, NDA: not signed")]
    lapsed = with_one(CLEAN, "agreements", "support", end=day(45), retired=NOW)
    assert [one for one in reasons(lapsed, "go-live") if one[0] is Check.AGREEMENTS] == []


def test_an_error_of_the_audit_keeps_it_shut_unless_it_is_of_another_deployment():
    nobody = {"owner": None, "backup": None}
    audited = [what for check, what in reasons(with_one(CLEAN, "cells", "S3-1", **nobody)) if check is Check.AUDIT]
    assert audited[0].startswith("M02: S3, level 1")
    other = replace(CLEAN.deployments[0], id="other", name="Castellan")
    elsewhere = cell(Severity.S3, 1, id="elsewhere", deployment="other", **nobody)
    found = with_more(with_more(CLEAN, "deployments", other), "cells", elsewhere)
    assert not [what for check, what in reasons(found) if check is Check.AUDIT and "Castellan" in what]
    assert [what for _, what in reasons(published(found)) if "Castellan" in what] == []
    assert any(one.check is Check.AUDIT for one in gate(found, other, "testing", NOW).reasons)


def review(days):
    at = NOW - timedelta(days=days)
    return MatrixReview(id=f"review {days}", by="mara", at=at, created=at, updated=at)


def asked(found):
    return [item.what for item in dues(found, NOW) if item.action == "review the week"]


def test_the_weekly_review_is_asked_for_while_a_deployment_is_planned():
    def since(days, *reviews):
        found = published(programme(), effective=NOW - timedelta(days=days))
        return replace(found, matrix_reviews=reviews)

    assert asked(CLEAN) == [], "the edition is two days old"
    assert asked(since(8)) == ["The matrix was not reviewed since edition 3 came into force 8 days ago"]
    assert asked(since(30, review(3))) == []
    assert asked(since(30, review(20), review(9))) == ["The matrix was last reviewed 9 days ago"]
    assert asked(replace(since(30), editions=())) == [], "a book without editions is not asked"
    live = replace(since(30).deployments[0], stages=(), go_live=day(-1))
    assert asked(replace(since(30), deployments=(live,))) == [], "nothing is planned any more"
