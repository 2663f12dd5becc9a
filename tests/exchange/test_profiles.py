"""Runbooks, support articles and post-mortems are known by their headings, and what fits nowhere is kept."""

import re
from pathlib import Path

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.domain.knowledge import Section, Step
from escplaybook.exchange.markdown import read
from escplaybook.exchange.profiles import NAMES, Usual, profile_named, recognised

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def page(now):
    def read_page(name, profile=None):
        (item,) = read([PAGES / f"{name}.md"], now, Usual(profile_named(profile) if profile else None))
        assert item.warnings == ()
        return item.entry

    return read_page


def test_a_runbook_gives_meaning_impact_diagnosis_and_steps(page):
    entry = page("runbook-sync-lag")
    assert entry.title == "DataSyncLagging"
    assert entry.summary.startswith("The nightly sync is more than two hours behind")
    assert entry.impact.startswith("Planners see")
    assert "syncctl batches --unconfirmed --oldest" in entry.diagnosis
    assert entry.steps[0] == Step(
        "Set the stuck batch aside.",
        "its number, from the diagnosis",
        "the next batch is confirmed within a minute",
        "`syncctl batches --requeue NUMBER`",
    )
    assert entry.severity is Severity.S2
    assert entry.rest == (Section("Escalation", "After 30 minutes without a confirmed batch, the integration lead."),)
    assert entry.origin.extra == (("owner_team", "integration"),)


def test_a_support_article_gives_symptoms_cause_resolution_and_workaround(page):
    entry = page("support-blank-export")
    assert entry.symptoms.startswith("- The job says “done”")
    assert entry.environment == "Ledger connector 3.2 to 3.4"
    assert entry.cause.startswith("The export runs with the rights")
    assert entry.remedy.startswith("Give the export an account")
    assert entry.workaround.startswith("Run the export by hand")
    assert [section.heading for section in entry.rest] == ["More information"]
    assert page("support-mail").workaround == ""


def test_a_post_mortem_gives_what_is_known_and_keeps_its_timeline(page):
    entry = page("post-mortem-freeze")
    assert entry.summary.startswith("Order entry stood still")
    assert entry.symptoms == "The service desk had eleven calls before the first alert."
    assert entry.cause.startswith("The price rules")
    assert entry.workaround == "Price rules were switched to the nightly copy."
    assert entry.remedy == "Price rules are read once an order."
    assert entry.prevention.startswith("- Rehearse with the ten largest")
    assert [section.heading for section in entry.rest] == ["Timeline", "Lessons"]
    assert entry.rest[0].text.count("\n") == 4
    assert entry.created.isoformat() == "2026-03-02T00:00:00+00:00"


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_every_page_is_known_by_its_headings_and_loses_no_line(path, now):
    text = path.read_text(encoding="utf-8")
    headings = [line[3:] for line in text.split("\n") if line.startswith("## ")]
    assert path.stem.startswith(recognised(headings).name)
    (item,) = read([path], now)
    body = text.split("---\n")[-1] if text.startswith("---") else text.partition("\n")[2]
    said = {section.heading for section in item.entry.rest} | {repr(item.entry)}
    lines = [line for line in body.split("\n") if line and not line.startswith("#") and line != "None known."]
    words = {word for line in lines for word in re.findall(r"\w{4,}", line)} - {"Expect", "Needs", "Roll", "back"}
    assert words <= set(re.findall(r"\w+", " ".join(said).replace("\\n", " ")))


def test_one_heading_alone_makes_no_profile():
    assert recognised(["Summary", "Workaround", "Mitigation"]).name == "known-issues"
    assert recognised([]).name == "known-issues"


def test_a_profile_that_is_named_holds_whatever_the_headings(page):
    assert page("runbook-certificate").remedy.startswith("Ask the partner desk")
    assert page("runbook-certificate", "post-mortem").workaround.startswith("Ask the partner desk")
    assert NAMES == ("known-issues", "runbook", "support", "post-mortem")
