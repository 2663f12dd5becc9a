"""A vendor is kept from the command line as well as from the desktop."""

import json

MONDAY = ("--at", "2026-11-23T10:00:00+01:00")
LADDER = (
    "--level",
    "Support line; ask for P1 | within 1 h | phone +49 30 23125 014 | email desk@tidewater.example",
    "--level",
    "Duty manager | hours Mon-Sun 08:00-22:00 | zone Europe/London",
)


def test_a_vendor_is_written_whole_and_told_whole(run, book):
    code, _, _ = run(
        *("vendors", "add", "Tidewater", "--zone", "Europe/Berlin", "--hours", "Mon-Fri 08:00-20:00"),
        *("--system", "webhooks", "--portal", "https://support.tidewater.example"),
        *LADDER,
        *("--entitlement", "TM-4471 | covers Enterprise support | until 2026-12-10", "--entitlement", "TM-S"),
        *("--severity-name", "S1=P1 (portal: Severity 1)", "--promise", "s1 | respond 1 h | restore 8 h"),
        *MONDAY,
    )
    assert code == 0
    (told,) = json.loads(run("vendors", "list", "--json", "--at", "2026-11-23T22:00:00+01:00")[1])
    line, manager = told["levels"]
    assert [(point["kind"], point["value"]) for point in line["points"]] == [
        ("phone", "+49 30 23125 014"),
        ("email", "desk@tidewater.example"),
    ]
    assert (line["name"], manager["hours"], manager["zone"]) == (
        "Support line; ask for P1",
        "Mon-Sun 08:00-22:00",
        "Europe/London",
    )
    assert told["entitlements"] == [
        {"number": "TM-4471", "covers": "Enterprise support", "until": "2026-12-10"},
        {"number": "TM-S", "covers": "", "until": None},
    ]
    assert told["severity_names"] == [{"ours": "S1", "theirs": "P1 (portal: Severity 1)"}]
    assert [(one["severity"], one["respond"], one["restore"]) for one in told["promises"]] == [("S1", 3600, 28800)]
    assert told["support"] == [
        {"level": None, "open": False, "opens": "2026-11-24T07:00:00+00:00"},
        {"level": "Support line; ask for P1", "open": False, "opens": "2026-11-24T07:00:00+00:00"},
        {"level": "Duty manager", "open": True, "opens": None},
    ]
    assert told["restored"] == [{"severity": "S1", "kept": 0, "of": 0}]
    due = json.loads(run("today", "--json", *MONDAY)[1])
    assert ("Tidewater: the number TM-4471 runs out", "VE-0001") in [(item["what"], item["key"]) for item in due]


def test_a_number_written_again_keeps_its_proof(run, book, now):
    from dataclasses import replace

    from escplaybook.domain.vendors import Vendor
    from escplaybook.services import editing
    from escplaybook.store import records

    run("vendors", "add", "Tidewater", *LADDER, *MONDAY)
    vendor = records.everything(book, Vendor)[0]
    proved = tuple(replace(point, verified=now.date()) for point in vendor.levels[0].points)
    editing.change(book, vendor, now, levels=(replace(vendor.levels[0], points=proved),))
    run(
        "vendors", "edit", "VE-0001", "--level", "First line | phone +49 30 23125 014 | phone +49 30 23125 099", *MONDAY
    )
    (level,) = records.everything(book, Vendor)[0].levels
    assert [point.verified for point in level.points] == [now.date(), None]


def test_what_cannot_be_read_is_quoted_and_nothing_is_kept(run, book):
    for words, told in (
        (("--level", "Line | whenever"), "“whenever” is not understood"),
        (("--entitlement", "X | until soon"), "“soon” is no day"),
        (("--promise", "S9 | respond 1 h"), "“S9” is no severity"),
        (("--promise", "S1 | respond quickly"), "“quickly” is no span of time"),
        (("--promise", "S1"), "promises nothing"),
        (("--severity-name", "S1"), "S1=Severity A"),
        (("--level", "| phone 1"), "nothing before its first bar"),
    ):
        code, _, errors = run("vendors", "add", "Tidewater", *words)
        assert code == 1
        assert told in errors
    assert json.loads(run("vendors", "list", "--json")[1]) == []
