import json


def test_answers_give_the_severity_and_name_the_rule(run):
    run("new")
    code, told, _ = run("severity", "--data", "harmed", "--users", "12", "--stage", "testing")
    assert code == 0
    assert told.splitlines()[:2] == [
        "S1: Data is lost or made wrong.",
        "    also S2: 12 % of the users are hindered, and 10 % is where S2 begins.",
    ]
    assert "    not answered: What does a day of it cost?" in told.splitlines()


def test_json_has_the_rule_the_reason_and_what_is_open(run):
    run("new")
    told = json.loads(run("severity", "--milestone-lost", "this-week", "--stage", "go-live", "--json")[1])
    assert (told["severity"], told["rule"], told["stage"]) == ("S1", "milestone-week", "go-live")
    assert told["open"] == ["users", "data", "money", "duty", "workaround"]


def test_the_stage_is_that_of_the_deployment_on_the_day(run):
    run("new")
    run("deployments", "add", "Harbour ERP", "--stage-dates", "go-live 2026-11-20 2026-11-30")
    asked = ("severity", "--users", "12", "--json", "--at")
    assert json.loads(run(*asked, "2026-11-24T02:41:00Z")[1])["severity"] == "S1"
    assert json.loads(run(*asked, "2026-12-24T02:41:00Z")[1])["severity"] == "S2"


def test_nothing_answered_is_told_in_one_sentence(run):
    run("new")
    code, out, err = run("severity")
    assert (code, out) == (1, "")
    assert err.startswith("Answer at least one question")
    assert run("severity", "--users", "101")[0] == 2


def test_a_blocker_keeps_its_answers_and_why_they_were_overruled(run):
    run("new")
    add = ("blockers", "add", "Orders stop", "--stage", "testing", "--data", "harmed")
    raised = json.loads(run(*add, "--json")[1])
    assert (raised["severity"], raised["impact"]["data"]) == ("S1", "harmed")
    code, _, err = run(*add, "--severity", "S3")
    assert code == 1
    assert "By its impact this is S1 (Data is lost or made wrong.), not S3" in err
    told = json.loads(run(*add, "--severity", "S3", "--overrule", "Only the rehearsal’s copy.", "--json")[1])
    assert (told["severity"], told["impact"]["overruled"]) == ("S3", "Only the rehearsal’s copy.")
    assert run("blockers", "add", "Orders stop")[0] == 2, "neither severity nor impact"
