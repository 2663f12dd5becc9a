import json

import pytest

NOON = ("--at", "2026-11-24T12:00:00Z")
SYNC = ("triggers", "add", "Data sync", "--subject", "data sync blocked", "--for", "60 min", "--level", "2")
SYNC += ("--while", "downstream blocked", "--observer", "Integration monitoring, every minute")


@pytest.fixture
def stuck(run):
    """A blocker seen at nine whose data sync has been blocked since 08:40, and a trigger that both sides reviewed."""
    run("new")
    run("contacts", "add", "Mara Lindqvist", "--mobile", "+46 70 174 06 31")
    run("contacts", "add", "Ana Ferreira", "--mobile", "+44 7700 900 214")
    run("blockers", "add", "Orders stop", "--severity", "S2", "--stage", "testing", "--at", "2026-11-24T09:00:00Z")
    assert run(*SYNC)[1] == "Added TR-0001 “Data sync”.\n"
    for side, by in (("engineering", "CO-1"), ("business", "CO-2")):
        run("triggers", "review", "TR-1", "--side", side, "--by", by, "--at", "2026-11-01T09:00:00Z")
    run("blockers", "fact", "BL-1", "data sync blocked", "--since", "2026-11-24T08:40:00Z", *NOON)
    run("blockers", "fact", "BL-1", "downstream blocked", "--since", "2026-11-24T09:05:00Z", *NOON)
    return run


def test_what_was_slept_through_is_said_with_its_instant(stuck):
    what = "“Orders stop” should have been escalated to level 2 at 09:40 UTC by TR-0001 “Data sync”"
    told = json.loads(stuck("today", "--json", *NOON)[1])
    (due,) = (item for item in told if item["action"] == "escalate")
    assert (due["what"], due["due"], due["key"]) == (what, "2026-11-24T09:40:00+00:00", "BL-0001")
    (blocker,) = json.loads(stuck("blockers", "list", "--json", *NOON)[1])
    assert [(one["trigger"], one["due"], one["is_due"]) for one in blocker["set_off"]] == [
        ("TR-0001", "2026-11-24T09:40:00+00:00", True)
    ]


def test_it_is_told_ahead_and_on_past_dates(stuck):
    at = ("--at", "2026-11-24T09:30:00Z")
    assert "is to be escalated to level 2 at" in stuck("today", *at)[1]
    (told,) = json.loads(stuck("triggers", "test", "--json", *at)[1])
    assert (told["due"], told["is_due"], told["in_force"]) == ("2026-11-24T09:40:00+00:00", False, True)
    assert json.loads(stuck("triggers", "test", "--json", "--at", "2026-11-24T08:59:00Z")[1]) == []
    assert stuck("triggers", "test", "TR-1", "--blocker", "BL-1", *NOON)[1].startswith("BL-0001  should have been")


def test_an_escalation_settles_it_and_stays_known(stuck):
    assert stuck("blockers", "escalate", "BL-1", "--level", "2", *NOON)[1] == (
        "Escalated to level 2: BL-0001 “Orders stop”.\n"
    )
    assert "escalate" not in stuck("today", "--at", "2026-11-24T12:01:00Z")[1]
    (told,) = json.loads(stuck("triggers", "test", "--json", "--at", "2026-11-24T12:01:00Z")[1])
    assert (told["due"], told["escalated"]) == ("2026-11-24T09:40:00+00:00", "2026-11-24T12:00:00+00:00")


def test_a_trigger_that_one_side_has_not_seen_makes_nothing_due(run):
    run("new")
    run("contacts", "add", "Mara Lindqvist")
    run("blockers", "add", "Orders stop", "--severity", "S2", "--at", "2026-11-24T09:00:00Z")
    run(*SYNC[:7], "--subject", "open", *SYNC[9:])
    run("triggers", "review", "TR-1", "--side", "engineering", "--by", "CO-1")
    assert "not reviewed by business" in run("triggers", "list")[1]
    assert "Two sides review a trigger" in run("triggers", "review", "TR-1", "--side", "business", "--by", "CO-1")[2]
    run("triggers", "edit", "TR-1", "--subject", "open", "--while", "not acknowledged")
    assert "escalate" not in run("today", *NOON)[1]
    (told,) = json.loads(run("triggers", "test", "--json", *NOON)[1])
    assert (told["due"], told["in_force"]) == ("2026-11-24T10:00:00+00:00", False)


def test_a_changed_condition_is_to_be_reviewed_anew(stuck):
    told = stuck("triggers", "edit", "TR-1", "--for", "90 min")[1]
    assert told.splitlines()[1] == (
        "It has to be reviewed anew by business and engineering; nothing is due by it until then."
    )
    assert "escalate" not in stuck("today", *NOON)[1]
    assert "escalate" not in stuck("triggers", "edit", "TR-1", "--name", "Sync stands still")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--subject", "sync too slow", "--for", "5 min", "--observer", "ops desk"), "“too” cannot be measured: say"),
        (("--subject", "sync late", "--for", "5 min", "--observer", "ops desk"), "“late” cannot be measured: say by"),
        (("--subject", "sync blocked", "--observer", "ops desk"), "It does not say for how long"),
        (("--subject", "sync blocked", "--for", "5", "--observer", "ops desk"), "“5” is no span of time"),
        (("--subject", "sync blocked", "--for", "5 min"), "Nobody observes it"),
        (("--subject", "errors", "--at-least", "5", "--for", "5 min", "--observer", "ops desk"), "“5” lacks its unit"),
        (("--expression", "severity.__class__", "--observer", "ops desk"), "“.__class__” means nothing"),
        (("--expression", 'severity =~ "(a+)+"', "--observer", "ops desk"), "patterns are refused"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_a_sentence(run, words, said):
    run("new")
    code, out, err = run("triggers", "add", "T", "--level", "2", *words)
    assert (code, out) == (1, "")
    assert said in err
    assert json.loads(run("triggers", "list", "--json")[1]) == []


def test_a_measured_number_and_its_expression(run):
    run("new")
    run(
        "triggers",
        "add",
        "Errors",
        "--subject",
        "error rate",
        "--at-least",
        "5 %",
        "--for",
        "10 min",
        "--observer",
        "ops",
    )
    (told,) = json.loads(run("triggers", "list", "--json")[1])
    assert told["condition"] == "error rate ≥ 5 %, for 10 min"
    assert told["as_expression"] == 'held_for("error rate", ">=", "5 %") >= t"PT10M"'
    assert told["missing_reviews"] == ["engineering", "business"]
    run("triggers", "edit", "TR-1", "--expression", 'held_for("error rate", ">", "7 %") >= t"PT5M" or stage == "x"')
    (told,) = json.loads(run("triggers", "list", "--json")[1])
    assert told["condition"] == told["as_expression"]
    run("triggers", "edit", "TR-1", "--expression", 'held_for("error rate", ">", "7 %") >= t"PT5M"')
    assert "error rate > 7 %, for 5 min" in run("triggers", "list")[1], "the form can say it, so the form says it"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open",), "The book knows by itself"),
        (("money lost", "5000 a day"), "The book knows by itself"),
        (("sync", "perhaps"), "is neither yes, no nor a number"),
        (("sync", "5"), "lacks its unit"),
        (("a = b",), "cannot name a fact"),
        (("error rate", "5 ppm"), "“error rate” is measured in %, not in ppm; say it in %."),
        (("sync", "--since", "2026-11-24T12:01:00Z"), "Nobody has measured that yet"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(run, words, said):
    run("new")
    run("blockers", "add", "Orders stop", "--severity", "S2", "--at", "2026-11-24T09:00:00Z")
    run(
        "triggers",
        "add",
        "Errors",
        "--subject",
        "error rate",
        "--at-least",
        "5 %",
        "--for",
        "10 min",
        "--observer",
        "ops",
    )
    code, out, err = run("blockers", "fact", "BL-1", *words, *NOON)
    assert (code, out) == (1, "")
    assert said in err


def test_a_resolved_blocker_s_log_ends_there(run):
    run("new")
    run("blockers", "add", "Orders stop", "--severity", "S2", "--at", "2026-11-24T09:00:00Z")
    run("blockers", "resolve", "BL-1", "--at", "2026-11-24T10:00:00Z")
    assert "was resolved by then" in run("blockers", "fact", "BL-1", "sync", *NOON)[2]
    earlier = run("blockers", "fact", "BL-1", "sync", "--since", "2026-11-24T09:30:00Z", *NOON)
    assert earlier[:2] == (0, "Written down: sync yes.\n"), "what is learned in a debrief may still be told"
