"""What stands at risk by a blocker is counted by one rule that can be said in a sentence."""

from datetime import timedelta

import pytest

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.stakes import stake_of
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
HARBOUR = Deployment(
    id="d", name="Harbour ERP", money_a_day=40_000, currency="EUR", reputation="Two references", **BORN
)


def stake(hours, deployment=HARBOUR, **fields):
    usual = {"severity": Severity.S1, "deployment": "d", "observed": NOW - timedelta(hours=hours)}
    return stake_of(Blocker(id="b", title="Stops", **(BORN | usual | fields)), (deployment,), NOW)


@pytest.mark.parametrize(
    ("hours", "so_far"),
    [(0, 0), (1 / 60, 27), (12, 20_000), (24, 40_000), (36, 60_000), (24 * 365, 14_600_000)],
)
def test_a_days_money_counts_pro_rata_around_the_clock(hours, so_far):
    assert stake(hours).so_far == so_far


def test_it_is_told_with_what_a_day_costs():
    assert stake(36).money() == "40,000 EUR a day, 60,000 EUR so far"


def test_an_s2_counts_whole_and_an_s3_not_at_all():
    assert stake(36, severity=Severity.S2).so_far == 60_000
    assert stake(36, severity=Severity.S3) is None
    assert stake(36, severity=Severity.S4) is None


def test_what_is_over_counts_no_further():
    assert stake(36, resolved=NOW - timedelta(hours=24)).so_far == 20_000


def test_only_what_the_deployment_says_is_counted():
    bare = Deployment(id="d", name="Harbour ERP", **BORN)
    assert stake(36, bare) is None
    named = Deployment(id="d", name="Harbour ERP", reputation="Two references", **BORN)
    told = stake(36, named)
    assert (told.money(), told.so_far, told.reputation) == ("", None, "Two references")
    elsewhere = Deployment(id="other", name="Castellan", money_a_day=1, currency="GBP", **BORN)
    assert stake(36, elsewhere) is None


def test_seen_ahead_of_the_clock_costs_nothing_yet():
    assert stake(-1).so_far == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"money_a_day": 40_000},
        {"money_a_day": -1, "currency": "EUR"},
        {"money_a_day": 10**15, "currency": "EUR"},
        {"currency": "euro"},
        {"currency": "€"},
    ],
)
def test_money_without_a_currency_that_is_one_is_refused(fields):
    with pytest.raises(InvalidRecord):
        Deployment(id="d", name="Harbour ERP", **BORN, **fields)
