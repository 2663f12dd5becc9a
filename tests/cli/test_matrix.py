import json

from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import Level
from escplaybook.services import editing


def test_a_matrix_is_set_shown_and_asked_from_the_command_line(run):
    run("new")
    run("contacts", "add", "Mara Lindqvist", "--mobile", "+46 70 174 06 31")
    run("contacts", "add", "Jun Park", "--mobile", "+44 7700 900 214")
    run(
        "deployments",
        "add",
        "Harbour ERP",
        "--stage-dates",
        "testing 2026-11-01 2026-12-15",
        "--point-of-contact",
        "CO-2",
    )
    at = ("--at", "2026-11-24T02:41:00Z")
    cell = ("matrix", "set", "--severity", "S1", "--level", "1", "--owner", "CO-1", "--acknowledge", "5 min")
    assert run(*cell)[1] == "Set CL-0001 “S1, level 1”.\n"
    assert run(*cell, "--backup", "CO-2")[1] == "Changed CL-0001 “S1, level 1”.\n"
    assert run(*cell[:6], "--stage", "testing", "--owner", "CO-2", "--acknowledge", "2 min")[0] == 0
    assert "matrix names nobody" in run("who", "--severity", "S1", *at)[2], "a rung needs its level"


def test_inherited_cells_are_told_from_those_of_the_place(run, book, now):
    level = Level(id="l", rank=1, name="Team lead", created=now, updated=now)
    editing.apply(book, "Add", Edit(None, level), now=now)
    run("contacts", "add", "Mara Lindqvist", "--mobile", "1")
    run("matrix", "set", "--severity", "S1", "--level", "1", "--owner", "CO-1", "--acknowledge", "5 min")
    run("matrix", "set", "--severity", "S2", "--level", "1", "--stage", "testing", "--not-escalated")
    told = json.loads(run("matrix", "show", "--stage", "testing", "--json")[1])
    assert [(c["severity"], c["inherited"], c["not_escalated"]) for c in told] == [
        ("S1", True, False),
        ("S2", False, True),
    ]
    assert told[0]["acknowledge"] == 300
    assert run("matrix", "show")[1] == "S1  1 Team lead  Mara Lindqvist  backup —  answer 5 min\n"


def test_deputies_are_named_in_their_order_and_taken_away(run, book, now):
    for name in ("Mara Lindqvist", "Jun Park", "Ruth Mensah"):
        run("contacts", "add", name, "--mobile", "+46 70 174 06 31")
    level = Level(id="l", rank=1, name="Team lead", created=now, updated=now)
    editing.apply(book, "Add", Edit(None, level), now=now)
    cell = ("matrix", "set", "--severity", "S1", "--level", "1")
    assert run(*cell, "--owner", "CO-1", "--deputy", "CO-3", "--deputy", "CO-2")[0] == 0
    (told,) = json.loads(run("matrix", "show", "--json")[1])
    people = {one["id"]: one["name"] for one in json.loads(run("contacts", "list", "--json")[1])}
    assert [people[one] for one in told["deputies"]] == ["Ruth Mensah", "Jun Park"]
    assert "Mara Lindqvist  backup —, then Ruth Mensah, Jun Park" in run("matrix", "show")[1]
    code, _, errors = run(*cell, "--backup", "CO-2")
    assert (code, errors) == (1, "A deputy must be another person than owner and backup.\n")
    run(*cell, "--deputy", "none")
    assert json.loads(run("matrix", "show", "--json")[1])[0]["deputies"] == []


def test_an_unreadable_span_is_refused_in_one_sentence(run):
    run("new")
    code, out, errors = run("matrix", "set", "--severity", "S1", "--level", "1", "--acknowledge", "soon")
    assert (code, out) == (1, "")
    assert errors == "“soon” is no span of time; write it like 15 min, 1 h or 2 d.\n"


def test_rights_are_given_listed_and_end(run):
    run("new")
    run("contacts", "add", "Ruth Mensah")
    run("rights", "add", "Roll back the release", "--decider", "CO-1", "--stage", "go-live", "--expires", "2026-12-01")
    held = ("rights", "list", "--severity", "S1", "--stage", "go-live", "--json")
    assert [right["key"] for right in json.loads(run(*held, "--at", "2026-12-01T12:00:00Z")[1])] == ["DR-0001"]
    assert json.loads(run(*held, "--at", "2026-12-02T00:00:00Z")[1]) == []
    assert run("rights", "retire", "DR-1")[1] == "Retired DR-0001 “Roll back the release”.\n"
    assert run("rights", "list")[1] == ""


def test_a_stage_without_days_is_refused(run):
    run("new")
    code, _, errors = run("deployments", "add", "Harbour ERP", "--stage-dates", "testing soon later")
    assert code == 1
    assert errors.startswith("“testing soon later” is no stage with its days")
    code, _, errors = run("deployments", "add", "Harbour ERP", "--stage-dates", "testing 2026-12-15 2026-11-01")
    assert errors == "The stage testing cannot end before it starts.\n"
