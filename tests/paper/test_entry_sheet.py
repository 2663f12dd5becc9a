"""A known blocker at 02:00: what it is, how to confirm it, what to do, step by step."""

from datetime import UTC, datetime

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.knowledge import Link, Section, Step
from escplaybook.domain.origins import Origin
from escplaybook.domain.uses import Outcome, Use, wording_of
from escplaybook.paper.entries import entry_sheet
from escplaybook.paper.page import SIZES

STEPS = (
    Step(
        "Set `same_site` to `None`",
        precondition="The portal is reached by HTTPS only",
        expected="`curl -sI https://portal.example` shows `SameSite=None; Secure`",
        rollback="Set the old value and restart",
    ),
    Step("Restart the portal nodes, **one after the other**", expected="Each is healthy within 90 seconds"),
)


@pytest.fixture
def whole(entry):
    return entry(
        key="KB-0142",
        summary="People are sent round between portal and provider.",
        symptoms="- “It keeps asking me to log in.”\n- Only **some** people are hit.",
        diagnosis="Ask one person to open a private window.",
        cause="The session cookie is set with `SameSite=Lax`.",
        remedy="Change the flags of the cookie.",
        steps=STEPS,
        workaround="Sign in through a private window.",
        verification="No warning for 30 minutes.",
        prevention="Add the flags to the cut-over list.",
        rest=(
            Section("Communication", "| Whom | When |\n|---|---|\n| Service desk | at once |"),
            Section("", "Loose end."),
        ),
        system="Harbour ERP",
        stage="go-live",
        severity=Severity.S1,
        cause_class=CauseClass.EXTERNAL,
        vendor="Keystone Identity",
        tags=("saml", "sso"),
        error_codes=("SAML-1007",),
        links=(Link("Change record", "https://tracker.example/CHG-4711"),),
        origin=Origin("4711", "identity/saml-loop.md", "Backlog"),
    )


def printed(entry, stamp, size="a4"):
    return entry_sheet(entry, stamp, SIZES[size])


def test_the_sheet_says_at_the_top_what_it_is_and_how_bad(whole, stamp, pages, find):
    pdf = printed(whole, stamp).pdf()
    top = pages(pdf)[0][:260]
    for said in (
        "KB-0142 · known blocker",
        "◆ S1",
        whole.title,
        "stage go-live",
        "cause external",
        "SAML-1007",
        "saml, sso",
    ):
        assert said in top
    assert find(pdf, "◆")[0].bottom > find(pdf, "Login loops")[0].bottom


@pytest.mark.parametrize(("severity", "mark"), list(zip(Severity, "◆▲●○", strict=True)))
def test_every_severity_has_its_own_shape(entry, stamp, pages, severity, mark):
    assert f"{mark} {severity}" in pages(printed(entry(severity=severity), stamp).pdf())[0]


def test_the_parts_follow_each_other_as_people_work(whole, stamp, pages):
    text = " ".join(pages(printed(whole, stamp).pdf()))
    order = ["Summary", "What people see", "How to confirm", "Cause", "Remedy", "Workaround", "Proof that it is gone"]
    order += ["Prevention", "Communication", "Loose end.", "References", "Source: identity/saml-loop.md (4711)"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "Impact" not in text


def test_steps_are_numbered_with_a_box_and_what_to_expect(whole, stamp, pages, find):
    pdf = printed(whole, stamp).pdf()
    text = " ".join(" ".join(pages(pdf)).split())
    assert "1 Set same_site to None Before: The portal is reached by HTTPS only Expect: curl" in text
    assert "Way back: Set the old value and restart 2 Restart the portal nodes, one after the other Expect:" in text
    assert find(pdf, "Before:")[0].left == pytest.approx(find(pdf, "Set same_site")[0].left, abs=1.5)


def test_a_blocker_without_a_workaround_says_so(entry, stamp, pages):
    assert "Workaround\nNone is known." in pages(printed(entry(), stamp).pdf())[0]


def test_a_retired_blocker_and_one_without_severity_say_so(entry, stamp, pages, now):
    top = pages(printed(entry(key="KB-0001", retired=now), stamp).pdf())[0]
    assert "KB-0001 · known blocker · retired" in top
    assert "severity not set" in top


def test_the_longest_title_still_leaves_the_rest_readable(entry, stamp, pages):
    title = "Sign-in loops between portal and provider " * 23
    texts = pages(printed(entry(title=title, key="KB-0001"), stamp, "a6").pdf())
    assert " ".join(" ".join(texts).split()).count("Sign-in loops") == 23 + len(texts) - 1


def test_every_size_of_paper_holds_the_whole_of_it(whole, stamp, pages):
    for size in SIZES:
        text = " ".join(" ".join(pages(printed(whole, stamp, size).pdf())).split())
        assert "Add the flags to the cut-over list." in text
        assert "Service desk" in text


def test_the_sheet_is_titled_with_its_key_and_written_in_its_language(whole, stamp):
    from dataclasses import replace
    from io import BytesIO

    from pypdf import PdfReader

    reader = PdfReader(BytesIO(printed(replace(whole, language="de"), stamp).pdf()))
    assert reader.metadata.title == "KB-0142 Login loops after SAML cut-over"
    assert reader.root_object["/Lang"] == "de"


def test_what_an_entry_writes_without_a_font_is_named_wherever_it_stands(entry, stamp, no_other_fonts):
    made = entry(
        cause="| a |\n|---|\n| &#128640; |",
        steps=(Step("go", rollback="漢"),),
        tags=("\ue000",),
    )
    told = " ".join(printed(made, stamp).unprintable())
    for lost in ("U+1F680", "U+6F22", "U+E000"):
        assert lost in told


def test_a_title_with_half_a_character_is_printed_all_the_same(entry, stamp, pages):
    assert "Login [U+D800] loops" in pages(printed(entry(title="Login \ud800 loops"), stamp).pdf())[0]


def test_the_sheet_says_how_far_the_remedy_could_be_trusted_with_days_as_dates(whole, stamp, pages):
    at = datetime(2026, 11, 12, 8, tzinfo=UTC)
    uses = [
        Use(f"u{n}", whole.id, Outcome.WORKED, by, at, at, at, wording=wording_of(whole))
        for n, by in enumerate(("Ines Okafor", "Tomás Reyes"))
    ]
    (first, *_) = pages(entry_sheet(whole, stamp, SIZES["a4"], uses=uses).pdf())
    assert "Validated: worked twice, last on 12 Nov 2026 for 2 people; no failure so far." in first
    assert "Not validated: nobody has recorded yet that it worked." in pages(printed(whole, stamp).pdf())[0]


def test_the_entry_sheet_looks_as_it_was_found_good(whole, stamp, matches_golden):
    matches_golden(printed(whole, stamp).pdf(), "entry-sheet")
