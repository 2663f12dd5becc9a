"""Severity by impact: the answers give it, a rule says why, and the stage weighs in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.classification import STAGES, Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.impact import (
    QUESTIONS,
    RULES,
    DataHarm,
    Duty,
    Impact,
    MilestoneAt,
    Thresholds,
    Workaround,
    answer_words,
    settled,
    thresholds_of,
    verdict,
)
from escplaybook.domain.matrix import SeverityDefinition
from tests.conftest import NOW

HARMLESS = Impact(MilestoneAt.NONE, 0, DataHarm.SAFE, 0, Duty.KEPT, Workaround.TRIED)
IMPACTS = st.builds(
    Impact,
    st.sampled_from(MilestoneAt),
    st.integers(0, 100),
    st.sampled_from(DataHarm),
    st.integers(0, 10**9),
    st.sampled_from(Duty),
    st.sampled_from(Workaround),
)


@pytest.mark.parametrize(
    ("answers", "stage", "severity", "rule"),
    [
        ({"data": DataHarm.HARMED}, "testing", "S1", "data-harmed"),
        ({"duty": Duty.BROKEN}, "initiation", "S1", "duty-broken"),
        (
            {"milestone": MilestoneAt.TODAY, "workaround": Workaround.UNTRIED},
            "testing",
            "S1",
            "milestone-today-unproven",
        ),
        ({"users": 50, "workaround": Workaround.NONE}, "testing", "S1", "users-most-unproven"),
        ({"money": 50_000}, "testing", "S1", "money-most"),
        ({"milestone": MilestoneAt.TODAY}, "testing", "S2", "milestone-today"),
        ({"users": 80}, "testing", "S2", "users-most"),
        ({"milestone": MilestoneAt.THIS_WEEK}, "testing", "S2", "milestone-week"),
        ({"data": DataHarm.DOUBTFUL}, "testing", "S2", "data-doubtful"),
        ({"duty": Duty.AT_RISK}, "testing", "S2", "duty-at-risk"),
        ({"users": 10}, "testing", "S2", "users-many"),
        ({"money": 5_000}, "testing", "S2", "money-much"),
        ({"milestone": MilestoneAt.LATER}, "testing", "S3", "milestone-later"),
        ({"users": 9}, "testing", "S3", "users-some"),
        ({"money": 500}, "testing", "S3", "money-some"),
        ({"workaround": Workaround.NONE}, "testing", "S3", "no-workaround"),
        ({}, "go-live", "S4", "nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_rule_fires_by_itself(answers, stage, severity, rule):
    found = verdict(replace(HARMLESS, **answers), stage)
    assert (found.severity, found.fired.rule) == (severity, rule)


def test_every_rule_has_its_case():
    cases = next(mark for mark in test_each_rule_fires_by_itself.pytestmark if mark.name == "parametrize").args[1]
    assert {case[3] for case in cases} == {rule.name for rule in RULES}


def test_the_same_defect_weighs_more_at_go_live_and_says_so():
    defect = replace(HARMLESS, users=12)
    assert verdict(defect, "testing").severity is Severity.S2
    live = verdict(defect, "go-live")
    assert live.severity is Severity.S1
    assert live.fired.sentence == (
        "12 % of the users are hindered, and 10 % is where S2 begins; that is S2 elsewhere and weighs more at go-live."
    )


def test_the_other_rules_that_hold_are_named_too():
    found = verdict(replace(HARMLESS, data=DataHarm.HARMED, users=12, workaround=Workaround.NONE), "testing")
    assert [(held.rule, held.severity) for held in found.others] == [
        ("users-many", "S2"),
        ("users-some", "S3"),
        ("no-workaround", "S3"),
    ]


def test_what_was_not_answered_is_said_not_guessed():
    found = verdict(Impact(users=60), "integration")
    assert (found.severity, found.fired.rule) == ("S2", "users-most"), "nobody said that there is no workaround"
    assert found.open == ("milestone", "data", "money", "duty", "workaround")


def test_a_book_draws_its_own_lines():
    def definition(severity, **fields):
        return SeverityDefinition("x", severity, "n", created=NOW, updated=NOW, **fields)

    own = thresholds_of(
        [
            definition(Severity.S1, users_from=5),
            definition(Severity.S2, money_from=100),
            definition(Severity.S3, users_from=2, retired=NOW),
        ]
    )
    assert (own.users[Severity.S1], own.users[Severity.S3], own.money[Severity.S2]) == (5, 1, 100)
    assert verdict(replace(HARMLESS, users=5, workaround=Workaround.NONE), thresholds=own).severity is Severity.S1
    assert verdict(replace(HARMLESS, money=100), thresholds=own).severity is Severity.S2


@pytest.mark.parametrize("fields", [{"users_from": 0}, {"users_from": 101}, {"money_from": 0}])
def test_a_line_that_nothing_can_cross_is_refused(fields):
    with pytest.raises(InvalidRecord, match="begins at"):
        SeverityDefinition("x", Severity.S1, "n", created=NOW, updated=NOW, **fields)


def test_another_severity_needs_a_reason():
    answers = replace(HARMLESS, data=DataHarm.HARMED)
    with pytest.raises(
        InvalidRecord, match=r"By its impact this is S1 \(Data is lost or made wrong\.\), not S3.*Say why"
    ):
        settled(answers, Severity.S3, "testing")
    overruled = replace(answers, overruled="  Only the rehearsal’s copy. ")
    assert settled(overruled, Severity.S3, "testing").overruled == "Only the rehearsal’s copy."
    assert settled(overruled, Severity.S1, "testing").overruled == "", "nothing is overruled, so no reason stays"


@pytest.mark.parametrize("fields", [{"users": 101}, {"users": -1}, {"money": -5}])
def test_impossible_numbers_are_refused(fields):
    with pytest.raises(InvalidRecord):
        Impact(**fields)


def test_answers_are_told_in_words():
    told = [(question.name, words) for question, words in answer_words(Impact(users=12, data=DataHarm.DOUBTFUL))]
    assert told == [("users", "12 %"), ("data", "it may be")]


@given(impact=IMPACTS, stage=st.sampled_from(("", *STAGES)), limits=st.just(Thresholds()))
def test_worse_answers_never_weigh_less(impact, stage, limits):
    before = verdict(impact, stage, limits).severity
    assert verdict(impact, "go-live", limits).severity <= before
    for question in QUESTIONS:
        value = getattr(impact, question.name)
        if question.answers:
            values = [answer for answer, _ in question.answers]
            worse = values[min(values.index(value) + 1, len(values) - 1)]
        else:
            worse = min(value + 7, 100)
            worse = max(worse, value)
        assert verdict(replace(impact, **{question.name: worse}), stage, limits).severity <= before, question.name
