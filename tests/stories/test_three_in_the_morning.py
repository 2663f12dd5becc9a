"""Three in the morning on Christmas Day: a lead proves before go-live that an S1 then reaches somebody who may decide.

All of it happens at the command line, on one book, in the order in which she would do it.
"""

import json
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from escplaybook.store.book import Book

NIGHT = datetime.fromisoformat("2026-12-25T03:00:00+01:00")
"""A public holiday in Berlin, where the customer is; in New York it is still the evening before."""

NOW = "2026-12-01T09:00:00+01:00"

PEOPLE = {
    "Mara Lindqvist": ("Europe/Stockholm", "", "Jun Park"),
    "Jun Park": ("Asia/Seoul", "", ""),
    "Deniz Aydin": ("Europe/Berlin", "", "Ruth Mensah"),
    "Ruth Mensah": ("Europe/London", "", ""),
    "Ingrid Solberg": ("Europe/Berlin", "Mon-Fri 07:00-19:00", "Danielle Whitfield"),
    "Danielle Whitfield": ("America/New_York", "Mon-Fri 08:00-18:00", ""),
    "Paul Adeyemi": ("Europe/London", "", "Ana Ferreira"),
    "Ana Ferreira": ("Europe/Lisbon", "", ""),
}
"""Everybody with their zone, the hours in which they can be reached and who stands in for them."""

LADDER = (
    ("Team lead", "Mara Lindqvist", "Jun Park"),
    ("Project manager", "Deniz Aydin", "Ruth Mensah"),
    ("Director", "Ingrid Solberg", "Danielle Whitfield"),
    ("Executive sponsor", "Paul Adeyemi", "Ana Ferreira"),
)
ANSWER_IN = {
    "S1": (5, 15, 30, 60),
    "S2": (15, 30, 120, 240),
    "S3": (60, 240, 1440, 1440),
    "S4": (1440, 2880, 2880, 2880),
}
RIGHTS = (
    ("Approve a design change", "initiation", "Deniz Aydin", "Ruth Mensah"),
    ("Authorise a temporary workaround", "", "Mara Lindqvist", "Jun Park"),
    ("Decide on a breach of a security policy", "integration", "Deniz Aydin", "Ruth Mensah"),
    ("Roll back a test cycle", "testing", "Deniz Aydin", "Ruth Mensah"),
    ("Change the environment", "testing", "Deniz Aydin", "Ruth Mensah"),
    ("Roll back the release", "go-live", "Ingrid Solberg", "Danielle Whitfield"),
    ("Inform the executive sponsor", "go-live", "Deniz Aydin", "Ruth Mensah"),
    ("Reallocate people between teams", "", "Deniz Aydin", "Ruth Mensah"),
    ("Negotiate with third parties", "", "Paul Adeyemi", "Ana Ferreira"),
)


class Lead:
    """What she types, and what the program tells her."""

    def __init__(self, run: Any, now: str = NOW) -> None:
        self._run, self._at = run, ("--at", now)

    def does(self, *words: str) -> str:
        """A command that has to succeed; what it says."""
        code, out, errors = self._run(*words, *self._at)
        assert (code, errors) == (0, ""), f"{words}: {errors or out}"
        return str(out)

    def asks(self, *words: str, at: datetime | None = None) -> Any:
        """A question, and its answer as the program gives it to other programs."""
        clock = ("--at", at.isoformat()) if at else self._at
        code, out, errors = self._run(*words, "--json", *clock)
        assert code in (0, 3), f"{words}: {errors}"
        return json.loads(out)

    def adds(self, *words: str) -> str:
        """A new record; its key."""
        return str(self.asks(*words)["key"])


@pytest.fixture
def lead(run: Any, path: Any) -> Lead:
    with Book.create(path):
        pass
    return Lead(run)


@pytest.fixture
def keys(lead: Lead) -> dict[str, str]:
    """The people of the programme by name, every number proved, and the deployment."""
    keys: dict[str, str] = {}
    for number, (name, (zone, hours, _)) in enumerate(PEOPLE.items()):
        mobile = f"+46 70 174 06 {20 + number}"
        keys[name] = lead.adds("contacts", "add", name, "--mobile", mobile, "--zone", zone, "--hours", hours)
        lead.does("contacts", "verify", keys[name], "--how", "call", "--by", "Ana Ferreira")
    for name, (_, _, deputy) in PEOPLE.items():
        if deputy:
            lead.does("contacts", "edit", keys[name], "--deputy", keys[deputy])
    dates = (
        ("initiation", "2026-08-03", "2026-09-30"),
        ("integration", "2026-10-01", "2026-11-30"),
        ("testing", "2026-12-01", "2026-12-20"),
        ("go-live", "2026-12-21", "2027-01-05"),
        ("hypercare", "2027-01-06", "2027-02-05"),
    )
    stages = [word for stage in dates for word in ("--stage-dates", " ".join(stage))]
    people = ("--point-of-contact", keys["Ana Ferreira"], "--deputy", keys["Deniz Aydin"])
    lead.does(
        "deployments", "add", "Harbour ERP", "--zone", "Europe/Berlin", "--go-live", "2026-12-21", *people, *stages
    )
    return keys


def matrix(director: str = "Ingrid Solberg", instead: str = "Danielle Whitfield") -> str:
    """The text of the matrix, with whoever stands on the third level."""
    lines = [
        "definitions:",
        "  - text: What stalls a milestone, and those who met it cannot remove in time.",
        "    counts: [A connection that fails while a load waits]",
        "    does_not_count: [A wish]",
        "    kinds: [Integration gaps]",
        "severities:",
    ]
    for severity in ANSWER_IN:
        lines += [
            f"  - severity: {severity}",
            f"    name: How bad {severity} is",
            "    criteria: A milestone is at risk.",
            "    examples: [Orders stop.]",
            "    cadence: 30 min",
            "    channels: Bridge +44 20 7946 0142",
            "    intake: [Context, Dependencies, Possible workarounds, Risk]",
        ]
    lines.append("levels:")
    for rank, (name, _, _) in enumerate(LADDER, start=1):
        lines += [f"  - rank: {rank}", f"    name: {name}", "    purpose: Moves it on."]
    lines.append("cells:")
    for severity, (rank, (_, owner, backup)) in product(ANSWER_IN, enumerate(LADDER, start=1)):
        minutes = ANSWER_IN[severity][rank - 1]
        lines += [
            f"  - severity: {severity}",
            f"    level: {rank}",
            f"    owner: {director if rank == 3 else owner}",
            f"    backup: {instead if rank == 3 else backup}",
            "    entry_criterion: The level below has not answered.",
            "    outcome: There is a way forward.",
            f"    acknowledge: {minutes} min",
            f"    act: {2 * minutes} min",
            f"    resolve: {4 * minutes} min",
        ]
    lines.append("rights:")
    for decision, stage, decider, alternate in RIGHTS:
        lines += [f"  - decision: {decision}", *([f"    stage: {stage}"] if stage else [])]
        lines += [f"    decider: {director if decider == 'Ingrid Solberg' else decider}"]
        lines += [f"    alternate: {instead if alternate == 'Danielle Whitfield' else alternate}"]
    lines += [
        "triggers:",
        "  - name: Data sync blocks the next process",
        "    subject: data sync blocked",
        "    duration: 1 h",
        "    observer: Queue monitor, every minute",
        "    level: 2",
        "    engineering: Mara Lindqvist",
        "    engineering_on: 2026-11-24",
        "    business: Ana Ferreira",
        "    business_on: 2026-11-25",
    ]
    return "\n".join(lines) + "\n"


def publish(lead: Lead, path: Any, text: str) -> None:
    """Draft it, let both sides sign, and work by it from now on."""
    file = path.with_name("matrix.yaml")
    file.write_text(text, encoding="utf-8")
    key = lead.adds("matrix", "draft", str(file))
    lead.does("matrix", "review", key, "--as", "engineering", "--by", "Mara Lindqvist")
    lead.does("matrix", "review", key, "--as", "business", "--by", "Ana Ferreira")
    lead.does("matrix", "publish", key)
    lead.does("matrix", "adopt", key, "--by", "Paul Adeyemi")


def at_night(lead: Lead, at: datetime = NIGHT) -> list[dict[str, Any]]:
    """The ladder of an S1 in that night."""
    rungs: list[dict[str, Any]] = lead.asks("who", "--severity", "S1", "--stage", "go-live", at=at)["ladder"]
    return rungs


def names(rungs: list[dict[str, Any]]) -> list[str | None]:
    return [rung["answers"] and rung["answers"]["name"] for rung in rungs]


def test_the_hole_in_the_night_is_proved_mended_and_proved_closed(lead: Lead, keys: dict[str, str], path: Any) -> None:
    publish(lead, path, matrix())

    # What happens at three: the one who may roll back is asleep, and so is who stands in
    before = at_night(lead)
    assert names(before) == ["Mara Lindqvist", "Deniz Aydin", None, "Paul Adeyemi"]
    assert "off duty, Fri 03:20 in Berlin; reachable Mon-Fri 07:00-19:00" in before[2]["why"][0]
    assert "asked at once: nobody answers at level 3 (Director)" in before[3]["why"][-1]
    assert not any("Roll back the release" in right for rung in before for right in rung["decision_rights"])

    # Every hour of the month says the same, and the gate stays shut
    found = lead.asks("coverage", "--days", "30")
    assert 0.5 < found["covered"] < 1
    assert found["minutes_to_human"] == 0  # somebody answers at once, who may not decide
    assert any(
        hole["from"] <= "2026-12-25T02:00:00+00:00" < hole["to"] for hole in found["holes"] if hole["level"] == 3
    )
    shut = lead.asks("matrix", "gate", "--stage", "go-live")
    assert not shut["open"]
    assert {reason["check"] for reason in shut["reasons"]} == {"audit", "coverage"}

    # She mends it: the two directors take turns on call, day and night, and the matrix names the duty
    for name in ("Ingrid Solberg", "Danielle Whitfield"):
        lead.does("contacts", "edit", keys[name], "--hours", "")
    directors = ("--member", keys["Ingrid Solberg"], "--member", keys["Danielle Whitfield"])
    lead.does(
        "rotations", "add", "Director on call", *directors, "--handover", "2026-11-30 09:00", "--zone", "Europe/Berlin"
    )
    publish(lead, path, matrix(director="Director on call", instead="Danielle Whitfield"))

    # Ingrid has the turn at Christmas and is away; Danielle is asked in her place, and may decide
    lead.does(
        "absences", "add", keys["Ingrid Solberg"], "--from", "2026-12-24", "--to", "2026-12-26", "--reason", "holiday"
    )
    after = at_night(lead)
    assert names(after) == ["Mara Lindqvist", "Deniz Aydin", "Danielle Whitfield", "Paul Adeyemi"]
    (director,) = (rung for rung in after if rung["level"] == 3)
    assert any("Roll back the release" in right for right in director["decision_rights"])
    deadlines = [datetime.fromisoformat(rung["acknowledge_by"]) - NIGHT for rung in after]
    assert deadlines == [timedelta(minutes=minutes) for minutes in (5, 20, 50, 110)]
    assert all(rung["points"][0]["verified"] == "2026-12-01" for rung in after)

    # And it is proved for every hour to come, by the audit, and at the gate
    found = lead.asks("coverage", "--days", "30")
    assert (found["covered"], found["holes"]) == (1.0, [])
    assert found["minutes_to_right"] is not None
    assert lead.asks("audit") == []
    assert lead.asks("matrix", "gate", "--stage", "go-live")["open"]

    # Whoever goes on site carries it in print, and the print agrees with the book
    sheet = path.with_name("matrix.pdf")
    lead.does("print", "wall-matrix", "--stage", "go-live", "-o", str(sheet))
    assert "agrees with the book" in lead.does("print", "verify", str(sheet))

    # Danielle takes leave in the same days: the hole is back, the gate shut again
    lead.does("absences", "add", keys["Danielle Whitfield"], "--from", "2026-12-23", "--to", "2026-12-27")
    assert names(at_night(lead)) == ["Mara Lindqvist", "Deniz Aydin", None, "Paul Adeyemi"]
    assert not lead.asks("matrix", "gate", "--stage", "go-live")["open"]
