"""Ranges of the matrix: read as people write them, planned whole or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import ContactPoint, PointKind
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.matrix import Cell, Place
from escplaybook.domain.matrix_ranges import (
    Spot,
    block_of,
    fills,
    laid_out,
    planned,
    read_square,
    refuse_inverted,
    text_of,
    text_of_block,
)
from tests.conftest import NOW

MIN, HOUR = timedelta(minutes=1), timedelta(hours=1)
TESTING = Place(Severity.S1, "testing", None)


@pytest.fixture
def people(contact):
    made = {
        "mara": contact("Mara Lindqvist", key="CO-0001"),
        "jun": contact("Jun Park", key="CO-0002", points=(ContactPoint(PointKind.EMAIL, "jun@tidewater.example"),)),
        "ruth": contact("Ruth Mensah", key="CO-0003"),
        "first": contact("Ana Ferreira", key="CO-0004"),
        "second": contact("Ana Ferreira", key="CO-0005"),
        "gone": contact("Gone Away", key="CO-0006", retired=NOW),
    }
    return {name: replace(person, id=name) for name, person in made.items()}


def cell(severity: Severity = Severity.S1, level: int = 1, **fields) -> Cell:
    usual = {"owner": "mara", "backup": "jun", "acknowledge": 15 * MIN, "resolve": 4 * HOUR}
    return Cell(
        id=f"{severity}-{level}-{fields.get('stage', '')}",
        severity=severity,
        level=level,
        created=NOW,
        updated=NOW,
        **(usual | fields),
    )


def spot(severity: Severity = Severity.S1, level: int = 1, stage: str = "", cause: CauseClass | None = None) -> Spot:
    return Spot(Place(severity, stage, cause), level)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Mara Lindqvist", {"owner": "mara"}),
        ("  mara ", {"owner": "mara"}),
        ("CO-0003", {"owner": "ruth"}),
        ("jun@tidewater.example", {"owner": "jun"}),
        ("co-0005; ruth", {"owner": "second", "backup": "ruth"}),
        ("Mara Lindqvist; backup Jun Park; answer 15 min; resolve 4 h",
         {"owner": "mara", "backup": "jun", "acknowledge": 15 * MIN, "resolve": 4 * HOUR}),
        ("Mara Lindqvist\nbackup: jun park\nanswer in 5 min · act in 10 min, resolve 1,5 h",
         {"owner": "mara", "backup": "jun", "acknowledge": 5 * MIN, "act": 10 * MIN, "resolve": 90 * MIN}),
        ("15 min", {"acknowledge": 15 * MIN}),
        ("1 h, 30 min", {"acknowledge": 90 * MIN}),
        ("backup ru m", {"backup": "ruth"}),
        ("no backup", {"backup": None}),
        ("backup —", {"backup": None}),
        ("resolve —; owner nobody", {"resolve": None, "owner": None}),
    ],
)  # fmt: skip
def test_a_square_is_read_as_people_write_it(people, text, says):
    assert read_square(text, people) == says | {"not_escalated": False}


def test_a_square_that_is_not_escalated_says_so(people):
    assert read_square("Not escalated", people) == {"not_escalated": True}
    assert read_square("", people) == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Jon Park", "Nobody is called “Jon Park”"),
        ("Gone Away", "Nobody is called"),
        ("Ana Ferreira", r"could be Ana Ferreira \(CO-0004\), Ana Ferreira \(CO-0005\)"),
        ("answer soon", "no span of time"),
        ("15", "no span of time"),
        ("owner mara; owner jun", "the owner twice"),
        ("mara; jun; ruth", "the backup twice"),
        ("5 min; 10 min", "the target to answer twice"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(people, text, why):
    with pytest.raises(InvalidRecord, match=why):
        read_square(text, people)


def test_what_is_written_is_read_back_the_same(people):
    for one in (cell(), cell(backup=None, act=HOUR), cell(owner="second", backup="first"), cell(not_escalated=True)):
        after = read_square(text_of(one, people), people)
        named = {name: getattr(one, name) for name in after}
        assert named == after


def test_a_name_that_a_spreadsheet_would_run_is_written_by_its_key(people):
    people["trap"] = replace(people["mara"], id="trap", key="CO-0009", name="=HYPERLINK(1)")
    assert text_of(cell(owner="trap"), people).startswith("CO-0009; backup Jun Park")
    people["comma"] = replace(people["mara"], id="comma", key="CO-0010", name="Doe; Jane")
    assert text_of(cell(owner="comma"), people).startswith("CO-0010;")


def test_a_block_goes_to_a_spreadsheet_and_back(people):
    text = text_of_block([[cell(), None], [cell(not_escalated=True), cell(backup=None)]], people)
    assert text == (
        "Mara Lindqvist; backup Jun Park; answer 15 min; resolve 4 h\t\n"
        "not escalated\tMara Lindqvist; no backup; answer 15 min; resolve 4 h\n"
    )
    assert block_of(text) == [
        ["Mara Lindqvist; backup Jun Park; answer 15 min; resolve 4 h", ""],
        ["not escalated", "Mara Lindqvist; no backup; answer 15 min; resolve 4 h"],
    ]
    assert block_of('"Mara\nbackup Jun"\tRuth\r\n') == [["Mara\nbackup Jun", "Ruth"]]


def test_a_block_is_repeated_where_it_divides_the_selection():
    assert laid_out([["a"]], 2, 2) == dict.fromkeys([(0, 0), (0, 1), (1, 0), (1, 1)], "a")
    assert laid_out([["a", "b"]], 2, 2) == {(0, 0): "a", (0, 1): "b", (1, 0): "a", (1, 1): "b"}
    assert laid_out([["a", "b"]], 1, 3) == {(0, 0): "a", (0, 1): "b"}
    assert laid_out([["a", "b"], ["c"]], 1, 1) == {(0, 0): "a", (0, 1): "b", (1, 0): "c"}
    assert laid_out([], 2, 2) == {}


def test_a_name_over_an_inherited_square_sets_it_apart_and_keeps_the_rest(people):
    base = cell(outcome="Unblock the team", channel="Call")
    (edit,) = planned([base], [(spot(stage="testing"), "ruth")], people, NOW).edits
    assert edit.before is None
    assert (edit.after.stage, edit.after.owner, edit.after.backup) == ("testing", "ruth", "jun")
    assert (edit.after.acknowledge, edit.after.outcome, edit.after.channel) == (15 * MIN, "Unblock the team", "Call")


def test_a_square_for_one_cause_class_becomes_a_cell_for_it(people):
    (edit,) = planned([cell()], [(spot(cause=CauseClass.EXTERNAL), "ruth")], people, NOW).edits
    assert edit.after.cause_class is CauseClass.EXTERNAL


def test_what_stands_there_already_changes_nothing(people):
    plan = planned(
        [cell()], [(spot(stage="testing"), "Mara Lindqvist; backup Jun Park"), (spot(), cell())], people, NOW
    )
    assert plan.edits == plan.refused == ()


def test_clearing_takes_away_only_what_is_set_here(people):
    base, own = cell(), cell(stage="testing")
    plan = planned([base, own], [(spot(stage="testing"), ""), (spot(stage="go-live"), " ")], people, NOW)
    (edit,) = plan.edits
    assert edit.before == own
    assert edit.after.retired == NOW


def test_a_copied_cell_brings_everything_but_its_place(people):
    whole = cell(act=HOUR, outcome="Unblock", calendar="Mon-Fri 08:00-16:00 in Europe/Oslo", entry_criterion="Silence")
    own = cell(Severity.S2, 3, owner="ruth", backup=None, channel="Mail")
    (edit,) = planned([whole, own], [(spot(Severity.S2, 3), whole)], people, NOW).edits
    assert edit.before == own
    assert edit.after == replace(whole, id=own.id, severity=Severity.S2, level=3)


def test_one_bad_square_is_named_beside_those_that_could_be(people):
    writings = [
        (spot(), "ruth"),
        (spot(Severity.S2), "nobody we know"),
        (spot(Severity.S3), "mara; backup mara"),
        (spot(Severity.S4), "mara; answer 2 h; resolve 30 min"),
    ]
    plan = planned([cell()], writings, people, NOW)
    assert [one.spot.place.severity for one in plan.refused] == [Severity.S2, Severity.S3, Severity.S4]
    assert plan.refused[1].why == "The backup must be another person than the owner."
    assert plan.refused[2].why == "The targets are the wrong way round: answer in 2 h, but resolve in 30 min."


def test_a_target_is_weighed_against_those_that_stay(people):
    (refused,) = planned([cell()], [(spot(), "answer 5 h")], people, NOW).refused
    assert "answer in 5 h, but resolve in 4 h" in refused.why
    with pytest.raises(InvalidRecord, match="act in 2 h, but resolve in 1 h"):
        refuse_inverted(cell(acknowledge=None, act=2 * HOUR, resolve=HOUR))


def test_the_first_row_fills_those_below_and_the_first_column_those_beside(people):
    cells = [cell(), cell(level=2, owner="ruth")]
    spots = [[spot(severity, level) for level in (1, 2)] for severity in (Severity.S1, Severity.S2, Severity.S3)]
    down = fills(cells, spots)
    assert [one.place.severity for one, _ in down] == [Severity.S2, Severity.S2, Severity.S3, Severity.S3]
    assert [what.owner for _, what in down] == ["mara", "ruth", "mara", "ruth"]
    right = fills(cells, spots, right=True)
    assert [(one.place.severity, one.rank) for one, _ in right] == [(severity, 2) for severity in list(Severity)[:3]]
    assert right[0][1] == cells[0]
    assert right[1][1] == ""  # an empty square empties those it is filled into


def test_deputies_are_copied_and_written_in_their_order(people):
    held = cell(deputies=("ruth", "first"))
    text = text_of(held, people)
    assert text == "Mara Lindqvist; backup Jun Park; deputy Ruth Mensah; deputy CO-0004; answer 15 min; resolve 4 h"
    assert read_square(text, people)["deputies"] == ("ruth", "first")
    (edit,) = planned([held], [(spot(level=2), held)], people, NOW).edits
    assert edit.after.deputies == ("ruth", "first")
    assert read_square("deputy Ruth Mensah, deputy CO-0005", people)["deputies"] == ("ruth", "second")
    assert read_square("no deputies", people)["deputies"] == ()
    assert planned([held], [(spot(), "no deputy")], people, NOW).edits[0].after.deputies == ()
    (refusal,) = planned([held], [(spot(), "deputy Jun Park")], people, NOW).refused
    assert refusal.why == "A deputy must be another person than owner and backup."
