"""The audit from the command line: found, explained, waived and told again when the waiver is over."""

import json

import pytest

from escplaybook.domain.audit import RULES
from escplaybook.domain.contacts import Contact
from escplaybook.domain.waivers import Waiver
from escplaybook.services.sample import make_sample
from escplaybook.store import records
from tests.conftest import NOW

AT = NOW.isoformat()

LISTED = {
    "F1": ("M04", ["S1, level 3 has no backup", "S1, go-live, level 3 has no backup"]),
    "F2": ("M53", ["S1, level 3: nobody answers", "S1, go-live, level 3: nobody answers"]),
    "F3": ("M03", ["S2, testing, level 1 is owned by Henrik Voss"]),
    "F4": ("M50", ["Paul Adeyemi: mobile verified 140 days ago"]),
    "F6": ("M56", ["Data processing agreement with Northgate Mail has lapsed"]),
    "F7": ("M61", ["Hold-harmless agreement with Tidewater Middleware renews itself"]),
    "F8": ("M57", ["Hold-harmless agreement with Keystone Identity (draft 4) is not signed"]),
    "F9": ("M58", ["Standard support, Lantern Analytics ends on"]),
    "F10": ("M59", ["Hold-harmless agreement with Breakwater Cloud: insured until"]),
    "F11": ("M38", ["The right “Open a firewall rule before the change board has met” expired"]),
    "F12": ("M12", ["Zeynep Kaya → Ricardo Monteiro → Zeynep Kaya stand in for each other"]),
    "F12, S1 and S2": ("M10", ["S1, level 2 of Castellan Storefront", "S2, level 2 of Castellan Storefront"]),
    "F12, at night": ("M53", ["S1, level 2 of Castellan Storefront", "S2, level 2 of Castellan Storefront"]),
    "F13": ("M63", ["Nobody wrote down what Lantern Analytics calls our S1 and S2"]),
    "F14": ("M09", ["Ruth Mensah is named on S2, level 2", *["Ruth Mensah is named on S3, level 2"] * 2]),
    "F15": ("M05", ["S4, level 2 has no backup"]),
    "F16": ("M18", ["S2, level 1 of Castellan Storefront: 45 min to acknowledge, against 30 min at S3"]),
    "F16, at go-live": ("M20", ["S2, level 1 of Castellan Storefront holds at go-live"]),
    "F17": ("M37", ["“Accept a security risk for a limited time” has no alternate"]),
    "F23": ("M65", ["Lantern Analytics: the number LA-3320 runs out"]),
    "F24": ("M71", ["Castellan Storefront, Works council: nobody talks to them"]),
    "F27": ("M67", ["“The load test misses its figure” was not reviewed by business"]),
    "F28": ("M49", ["Nguyễn Thị Hạnh cannot be reached: mobile verified 97 days ago"]),
    "F29": ("M55", ["Caleb Whitmore is away from Wed"]),
    "F30": ("M74", ["“Stock in the shop is a day old"]),
}
"""The faults of FAULTS.md that the matrix and what stands around it have, and what the audit says of each."""


@pytest.fixture
def sample(path, book):
    make_sample(book, NOW)
    return book


def test_the_sample_has_its_listed_faults_and_no_others(sample, run):
    code, out, err = run("audit", "--json", "--at", AT)
    assert (code, err) == (3, "")
    found = sorted((one["rule"], one["what"]) for one in json.loads(out))
    listed = sorted((rule, begins) for rule, every in LISTED.values() for begins in every)
    assert [rule for rule, _ in found] == [rule for rule, _ in listed]
    for _, begins in listed:
        assert any(what.startswith(begins) for _, what in found), begins
    for _, what in found:
        assert any(what.startswith(begins) for _, begins in listed), what


def test_every_finding_says_what_why_and_how_to_mend(sample, run):
    found = json.loads(run("audit", "--json", "--at", AT)[1])
    assert set(found[0]) == {"rule", "grade", "name", "object", "field", "what", "why", "fix", "waived_until"}
    assert found[0]["object"]["kind"] == "cell"
    assert found[0]["object"]["key"].startswith("CL-")
    grades = [one["grade"] for one in found]
    assert grades == sorted(grades, key=["error", "warning", "advice"].index)
    told = run("audit", "--at", AT)[1]
    assert "is owned by Henrik Voss" in told
    assert "8 errors, 20 warnings, 3 advice" in told


def test_an_empty_book_has_nothing_to_object_to(book, run):
    assert run("audit") == (0, "Nothing to object to.\n", "")
    assert run("audit", "--json")[1] == "[]\n"


def test_the_catalogue_needs_no_book(run, path):
    rules = json.loads(run_without_book("audit", "rules", "--json"))
    assert [one["rule"] for one in rules] == [rule.id for rule in RULES]
    assert rules[0] | {"why": "", "fix": ""} == {
        "rule": "M01",
        "grade": "error",
        "name": "Set twice",
        "why": "",
        "fix": "",
    }
    assert "M04  warning  No backup. " in run_without_book("audit", "rules")


def run_without_book(*words):
    from click.testing import CliRunner

    from escplaybook.cli.main import cli

    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == 0
    return result.stdout


def test_a_finding_is_waived_for_a_while_and_told_again_after(sample, run):
    (hanh,) = (one for one in records.everything(sample, Contact) if one.name.startswith("Nguy"))
    code, out, _ = run("audit", "waive", "m49", hanh.key, "--until", "2026-12-01", "--reason", "On leave", "--at", AT)
    assert (code, out) == (0, "Added WA-0001 “M49: On leave”.\n")

    def until(day):
        found = json.loads(run("audit", "--json", "--at", f"{day}T08:00:00+00:00")[1])
        return next(one["waived_until"] for one in found if one["rule"] == "M49")

    assert until("2026-11-25") == "2026-12-01"
    assert until("2026-12-02") is None
    assert "; 1 waived" in run("audit", "--at", AT)[1]
    (listed,) = json.loads(run("audit", "waivers", "--json", "--at", AT)[1])
    assert (listed["key"], listed["rule"], listed["object"]) == ("WA-0001", "M49", hanh.key)
    assert run("audit", "waivers", "--at", "2026-12-02T08:00:00+00:00")[1] == ""

    run("audit", "waive", "M49", hanh.key, "--until", "2026-12-24", "--reason", "Longer", "--at", AT)
    assert until("2026-12-02") == "2026-12-24"
    (later,) = json.loads(run("audit", "waivers", "--json", "--at", AT)[1])
    assert later["key"] == "WA-0002"
    assert run("audit", "retire", "WA-0002", "--at", AT)[0] == 0
    assert until("2026-11-25") is None


def test_with_every_error_waived_the_answer_is_yes(sample, run):
    for one in json.loads(run("audit", "--json", "--at", AT)[1]):
        if one["grade"] == "error":
            words = ("--until", "2026-12-01", "--reason", "Known", "--at", AT)
            assert run("audit", "waive", one["rule"], one["object"]["key"], *words)[0] == 0
    assert run("audit", "--at", AT)[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("M99", "CL-0001", "--until", "2026-12-01"), "No rule is called “M99”"),
        (("M02", "CL-0001", "--until", "2026-12-01"), "M02 (No owner) has nothing against CL-0001"),
        (("M04", "CL-0003", "--until", "2026-11-01"), "a waiver holds until a day to come"),
        (("M04", "CL-0003", "--until", "2028-11-01"), "for a year at most"),
        (("M04", "XX-1", "--until", "2026-12-01"), "is not a key of this book"),
    ],
)
def test_what_cannot_be_waived_is_refused_with_a_sentence(sample, run, words, sentence):
    code, _, err = run("audit", "waive", *words, "--reason", "Known", "--at", AT)
    assert code == 1
    assert sentence in err
    assert records.everything(sample, Waiver) == []
