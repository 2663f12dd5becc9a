"""Uses from the command line."""

import json

import pytest


@pytest.fixture
def known(book, run):
    run("entries", "add", "Login loops", "--remedy", "Mend the clock.", "--workaround", "Wait.", "--severity", "S1")
    return "KB-0001"


def told(run, *words):
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_newcomers_failure_reaches_the_leads_queue_and_the_next_success_settles_it(known, run):
    for day in ("01", "02"):
        made = told(run, "used", known, "--outcome", "worked", "--by", "Ines Okafor", "--at", f"2026-11-{day}T08:00Z")
    assert (made["kind"], made["confidence"], made["failed_use"]) == ("use", "validated", None)

    at = ("--at", "2026-11-20T02:41Z")
    code, out, _ = run("used", known, "--outcome", "failed", "--by", "Nia", "--note", "Still 4 min off", *at)
    assert code == 0
    assert out.startswith("Recorded US-0003: KB-0001 failed. Not validated: failed today for Nia after working twice;")

    (queued,) = told(run, "entries", "queue", *at)
    assert (queued["queue"], queued["key"], queued["severity"]) == ("failed", known, "S1")
    assert "Still 4 min off" in queued["why"]
    assert told(run, "entries", "queue", "--only", "needs review", *at) == []
    assert run("entries", "queue", *at)[1].startswith("failed  KB-0001  S1  Login loops – Not validated: failed today")

    run("used", known, "--outcome", "worked", "--at", "2026-11-21T09:00Z")
    assert told(run, "entries", "queue", *at) == []
    assert told(run, "entries", "list")[0]["confidence"] == "validated"


def test_show_tells_the_confidence_its_reason_and_the_uses(known, run):
    run(
        "used", known, "--outcome", "not applicable", "--by", "Nia", "--environment", "Harbour", "--note", "Other cause"
    )
    whole = told(run, "show", known)
    assert whole["confidence"] == "not validated"
    assert whole["confidence_why"].endswith("did not apply once.")
    assert [(use["key"], use["outcome"], use["environment"]) for use in whole["uses"]] == [
        ("US-0001", "not applicable", "Harbour")
    ]
    out = run("show", known)[1]
    assert "Not validated: nobody has recorded yet that it worked; did not apply once." in out
    assert "not applicable  Nia  Harbour – Other cause" in out


def test_steps_ticked_and_the_blocker_are_kept_with_the_use(known, run):
    run("blockers", "add", "Nobody signs in", "--severity", "S1")
    code, _, err = run("used", known, "--outcome", "worked", "--step", "1", "--blocker", "BL-0001")
    assert code == 1
    assert "KB-0001 has no steps, so step 1 cannot be ticked; nothing was recorded." in err
    assert told(run, "used", known, "--outcome", "worked", "--blocker", "BL-0001")["blocker"]


def test_a_use_recorded_by_mistake_is_taken_back(known, run):
    run("used", known, "--outcome", "failed", "--by", "Nia")
    assert [use["entry_key"] for use in told(run, "uses", "list", known)] == [known]
    code, out, _ = run("uses", "retire", "US-0001")
    assert (code, out) == (
        0,
        "Took back US-0001 of KB-0001. Not validated: nobody has recorded yet that it worked.\n",
    )
    assert told(run, "uses", "list") == []


def test_resolving_a_blocker_by_a_known_one_records_the_use(known, run):
    run("blockers", "add", "Nobody signs in", "--severity", "S1")
    assert (
        run("blockers", "resolve", "BL-0001", "--entry", known, "--outcome", "partly", "--resolution", "Half")[0] == 0
    )
    (use,) = told(run, "uses", "list")
    assert (use["outcome"], use["note"], use["entry_key"]) == ("partly", "Half", known)


def test_an_unknown_outcome_or_key_is_told_plainly(known, run):
    assert run("used", known, "--outcome", "fine")[0] == 2
    code, _, err = run("used", "KB-0099", "--outcome", "worked")
    assert (code, err) == (1, "Nothing in this book is called KB-0099.\n")
