"""A form that was filled in by hand: what is meant by what stands in its boxes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.form_kinds import intake_form, update_form
from escplaybook.domain.forms import answers_in, chosen, form_named_in, moment_in, number_in
from escplaybook.domain.impact import Thresholds
from escplaybook.domain.matrix import SeverityDefinition
from tests.conftest import NOW

STOCKHOLM = "Europe/Stockholm"
S1 = SeverityDefinition(
    "s",
    Severity.S1,
    "Business stands still",
    NOW,
    NOW,
    intake=("Context: one exact error", "Risk: what is lost", "Who has a key to the server room"),
)


def box(form, name):
    return next(one for one in form.boxes if one.name == name)


def test_boxes_are_numbered_from_one_without_a_gap():
    for form in (intake_form(S1, Thresholds()), intake_form(None, Thresholds()), update_form(None, None)):
        assert [one.number for one in form.boxes] == list(range(1, len(form.boxes) + 1))


def test_a_severity_says_in_its_own_words_what_its_ticket_carries():
    form = intake_form(S1, Thresholds())
    assert box(form, "context").hint == "one exact error"
    assert box(form, "risk").hint == "what is lost"
    assert box(form, "dependencies").hint.startswith("What waits for it")  # every ticket carries it, said or not
    assert any(one.label == "Who has a key to the server room" for one in form.boxes)


def test_the_id_changes_when_a_box_comes_to_mean_something_else_and_not_else():
    form = intake_form(S1, Thresholds())
    harbour = Deployment("d", "Harbour ERP", NOW, NOW, key="DP-0001", zone=STOCKHOLM)
    assert form.id.startswith("IN-S1-")
    assert intake_form(S1, Thresholds(), harbour, "go-live").id == form.id
    assert intake_form(replace(S1, intake=S1.intake[:2]), Thresholds()).id != form.id
    assert intake_form(None, Thresholds()).id.startswith("IN-ANY-")


def test_each_answer_says_which_severity_it_gives_before_go_live_and_after():
    form = intake_form(None, Thresholds())
    assert [one.gives for one in box(form, "impact_data").choices] == [
        (Severity.S4, Severity.S4),
        (Severity.S2, Severity.S1),
        (Severity.S1, Severity.S1),
    ]
    own = intake_form(None, Thresholds(users={Severity.S1: 70, Severity.S2: 20, Severity.S3: 2}))
    assert [one.words for one in box(own, "impact_users").choices] == ["from 2 %", "from 20 %", "from 70 %"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("02:41", datetime(2026, 11, 24, 1, 41, tzinfo=UTC)),
        ("23:10", datetime(2026, 11, 23, 22, 10, tzinfo=UTC)),  # it is 03:41 there: 23:10 was yesterday
        ("24 Nov 02.41", datetime(2026, 11, 24, 1, 41, tzinfo=UTC)),
        ("24. November, 2:41", datetime(2026, 11, 24, 1, 41, tzinfo=UTC)),
        ("31 Dec 18:00", datetime(2025, 12, 31, 17, 0, tzinfo=UTC)),
        ("3 Jul 2026 12:00", datetime(2026, 7, 3, 10, 0, tzinfo=UTC)),
        ("2026-11-24 02:41", datetime(2026, 11, 24, 1, 41, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_last_such_on_the_clock_of_the_deployment(said, meant):
    assert moment_in(said, STOCKHOLM, NOW) == meant


def test_a_promise_lies_ahead():
    assert moment_in("03:30", STOCKHOLM, NOW, ahead=True) == datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
    assert moment_in("2 Jan 08:00", STOCKHOLM, NOW, ahead=True) == datetime(2027, 1, 2, 7, 0, tzinfo=UTC)
    with pytest.raises(InvalidRecord, match="over already"):
        moment_in("2026-11-23 08:00", STOCKHOLM, NOW, ahead=True)


@pytest.mark.parametrize(
    "said", ["soon", "25:00", "31 Feb 10:00", "2026-02-31 10:00", "2027-01-01 10:00", "5 Xyz 10:00"]
)
def test_what_is_no_time_that_has_been_is_refused(said):
    with pytest.raises(InvalidRecord, match="“"):
        moment_in(said, STOCKHOLM, NOW)


def test_ticks_are_letters_or_what_they_stand_for():
    data, audience = box(intake_form(None, Thresholds()), "impact_data"), box(update_form(None, None), "audience")
    assert [one.value for one in chosen(data, "C")] == ["harmed"]
    assert [one.value for one in chosen(data, "it may be")] == ["doubtful"]
    assert [one.value for one in chosen(audience, "a, c")] == ["the team", "the customer"]
    for said in ("z", "a b", ""):
        with pytest.raises(InvalidRecord, match="none of the answers a, b, c"):
            chosen(data, said)


@pytest.mark.parametrize(("said", "meant"), [("12 %", 12), ("5 000", 5000), ("40,000", 40000), ("7", 7)])
def test_numbers_are_read_as_they_are_written(said, meant):
    assert number_in(said) == meant


@pytest.mark.parametrize("said", ["many", "1.5", "-3", "", "9" * 40])
def test_what_is_no_whole_number_is_refused(said):
    with pytest.raises(InvalidRecord):
        number_in(said)


def test_a_file_says_a_box_a_line_and_goes_on_where_it_is_indented():
    form = intake_form(None, Thresholds())
    text = f"# from the pad of Mara\nform {form.id.lower()}\n\n3 Orders stop\n  since the certificate\n9b\n4) 02:41\n"
    answers, unread = answers_in(form, text)
    assert form_named_in(text) == form.id
    assert answers == {3: "Orders stop\nsince the certificate", 9: "b", 4: "02:41"}
    assert unread == []


def test_lines_that_belong_to_no_box_are_told_by_their_place():
    form = update_form(None, None)
    _, unread = answers_in(form, "form UP-AB12\n77 x\n1 BL-1\n1 BL-2\nand so on")
    assert [place for place, _ in unread] == [2, 4, 5]
    assert "no box 77" in unread[0][1]
    assert "further up" in unread[1][1]


def test_nothing_that_is_typed_makes_it_stumble():
    form = intake_form(S1, Thresholds())
    for text in ("", "form", "form ", "\x00", "9" * 200_000, " 1 x", "form IN-\n1", "1" * 3 + "\n" * 1000):
        answers_in(form, text)
        form_named_in(text)
    assert timedelta(0) <= NOW - moment_in("00:00", "UTC", NOW) < timedelta(days=1)
