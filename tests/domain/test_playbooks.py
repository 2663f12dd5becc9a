"""What a live block asks for, read from the line that stands in a chapter."""

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.glossary import TERMS, explained
from escplaybook.domain.playbooks import (
    MOST_ENTRIES,
    Chapter,
    Live,
    Playbook,
    ladder_request,
    live_request,
    named,
    title_of,
)


def test_the_first_word_says_which_block_it_is_and_the_rest_what_of_it():
    request = live_request('::: contacts "Integration"')
    assert (request.live, request.names) == (Live.CONTACTS, ("Integration",))
    assert live_request("::: Severities").live is Live.SEVERITIES
    assert live_request("::: sign-off “Newcomer” “Mentor”").names == ("Newcomer", "Mentor")
    assert live_request("::: vendor Keystone Identity").names == ("Keystone Identity",)
    assert live_request("::: vendor").names == ()
    assert live_request("::: glossary blocker, escalation ,, level").terms == ("blocker", "escalation", "level")


@pytest.mark.parametrize("line", ["::: foo", ":::", "::: ", "::: <script>"])
def test_a_block_that_nobody_knows_is_said_by_name(line):
    with pytest.raises(InvalidRecord, match="No live block is called"):
        live_request(line)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("S1", ("S1", "", "internal")),
        ("S1 go-live external", ("S1", "go-live", "external")),
        ("external s2", ("S2", "", "external")),
        ('S3 "dress rehearsal"', ("S3", "dress rehearsal", "internal")),
    ],
)
def test_a_ladder_names_a_severity_and_perhaps_a_stage_and_whose_obstacle_it_is(words, place):
    asked = ladder_request(live_request(f"::: ladder {words}"))
    assert (asked.severity, asked.stage, asked.cause_class) == (Severity(place[0]), place[1], CauseClass(place[2]))


@pytest.mark.parametrize("words", ["", "go-live", "S1 S2", "S9", "S1 internal external"])
def test_a_ladder_without_one_severity_is_refused(words):
    with pytest.raises(InvalidRecord):
        ladder_request(live_request(f"::: ladder {words}"))


def test_a_limit_is_taken_out_of_the_question_and_kept_in_bounds():
    assert live_request("::: entries tag:sso limit:2 sev:S1").question == ("tag:sso   sev:S1", 2)
    assert live_request("::: entries tag:sso").question == ("tag:sso", 5)
    assert live_request("::: entries x limit:999999").question == ("x", MOST_ENTRIES)


def test_the_title_of_a_chapter_is_its_first_heading_as_plain_words():
    assert title_of("text\n\n# The **first** `hour` {#one}\n\n# Other") == "The first hour"
    assert title_of("```\n# a comment\n```\n\n# Real ##") == "Real"
    assert title_of("nothing") == ""


def test_a_playbook_is_found_by_folder_and_by_title_however_it_is_typed():
    one = Playbook("night", "/x", "The night", chapters=(Chapter("a.md", "A", "# A"),))
    assert named([one], "NIGHT") is one
    assert named([one], "the night ") is one
    assert named([one], "day") is None


def test_words_are_explained_one_or_many_and_what_nobody_explained_is_said():
    found, unknown = explained(["Blockers", "nonsense", " single  point of contact"])
    assert [term for term, _ in found] == ["blocker", "single point of contact"]
    assert unknown == ("nonsense",)
    assert len(explained([])[0]) == len(TERMS)


def test_the_words_stand_in_the_order_of_the_alphabet_and_end_as_sentences():
    assert list(TERMS) == sorted(TERMS)
    assert all(meaning.endswith(".") for meaning in TERMS.values())
