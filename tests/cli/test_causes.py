"""Sub-classes of causes from the command line: listed, described, given to a blocker, refused and found."""

import json

NOON = ("--at", "2026-11-24T12:00:00Z")


def test_the_six_are_listed_described_and_added_to(run):
    run("new")
    listed = json.loads(run("matrix", "causes", "list", "--json")[1])
    assert [(one["cause_class"], one["name"], one["key"]) for one in listed][:4] == [
        ("internal", "priority", None),
        ("internal", "resource", None),
        ("internal", "approval", None),
        ("external", "vendor", None),
    ]
    add = ("matrix", "causes", "add", "external", "Vendor", "--counterpart", "Their duty manager")
    assert run(*add)[1] == "Described SC-0001 “Vendor”.\n"
    assert run(*add)[2] == "“Vendor” is described already, as SC-0001; nothing was saved. Change that one.\n"
    assert run("matrix", "causes", "add", "internal", "vendor")[0] == 1
    run("matrix", "causes", "add", "external", "port authority")
    run("matrix", "causes", "edit", "SC-1", "--meaning", "They have not delivered.")
    told = run("matrix", "causes", "list")[1].splitlines()
    assert told[3] == "external  vendor          SC-0001  Their duty manager"
    assert told[-1] == "external  port authority  SC-0002"
    assert run("matrix", "causes", "retire", "SC-2")[1] == "Retired SC-0002 “port authority”.\n"
    assert "port authority" not in run("matrix", "causes", "list")[1]


def test_a_blocker_takes_one_of_its_class_and_is_found_by_it(run):
    run("new")
    add = ("blockers", "add", "Gateway switched off", "--severity", "S2", "--cause-class", "external")
    code, _, errors = run(*add, "--sub-class", "approval", *NOON)
    assert (code, errors) == (
        1,
        "“approval” is no sub-class of external causes; there are vendor, API, regulator.\n",
    )
    assert run(*add, "--sub-class", "api", *NOON)[0] == 0
    (told,) = json.loads(run("blockers", "list", "--json", *NOON)[1])
    assert told["sub_class"] == "API"
    assert "  API  " in run("blockers", "list", *NOON)[1]
    (hit,) = json.loads(run("search", "api", "--json")[1])["hits"]
    assert hit["key"] == "BL-0001"


def test_a_trigger_holds_for_one_sub_class_only(run):
    run("new")
    for name, sub_class in (("Silent vendor", "vendor"), ("New rule", "regulator")):
        at = ("--at", "2026-11-24T09:00:00Z")
        run("blockers", "add", name, "--severity", "S2", "--cause-class", "external", "--sub-class", sub_class, *at)
    add = ("triggers", "add", "Vendor silent", "--subject", "open", "--for", "60 min", "--observer", "The book itself")
    assert run(*add, "--while", "sub-class vendor", "--level", "2")[0] == 0
    (trigger,) = json.loads(run("triggers", "list", "--json")[1])
    assert trigger["as_expression"] == 'held_for("open") >= t"PT60M" and sub_class == "vendor"'
    (fired,) = json.loads(run("triggers", "test", "--json", *NOON)[1])
    assert fired["title"] == "Silent vendor"
    run("triggers", "edit", "TR-1", "--expression", 'held_for("open") >= t"PT60M" and sub_class != "vendor"')
    (trigger,) = json.loads(run("triggers", "list", "--json")[1])
    assert (trigger["expression"], trigger["side_conditions"]) == ("", ["not sub-class vendor"])
    (fired,) = json.loads(run("triggers", "test", "--json", *NOON)[1])
    assert fired["title"] == "New rule"
