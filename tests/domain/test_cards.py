"""What goes into a pocket: whom to call first and by when, what to decide, and nothing that is not in the matrix."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.absences import Absence
from escplaybook.domain.cards import (
    NEWCOMER,
    Card,
    common_of,
    everyone,
    of_level,
    of_person,
    of_speaker,
    roles,
)
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import PointKind, Privacy
from escplaybook.domain.matrix import Place
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.domain.routing import ladder
from tests.pockets import BORN, CELLS, HARBOUR, LEVELS, NOW, OWNERS, PEOPLE, cell, number, person, programme, right

S1, S2 = Severity.S1, Severity.S2
MINUTES = timedelta(minutes=1)


def common(found=None, stage="go-live", deployment=HARBOUR):
    return common_of(found or programme(), deployment, stage, NOW)


def called(made):
    """The names on each ladder, level by level, in the order of calling."""
    return [[[call.person.id for call in step.calls] for step in one.steps] for one in made.ladders]


def test_one_ladder_does_where_both_classes_of_causes_and_both_severities_name_the_same_people():
    made = common()
    assert called(made) == [[["mara", "jun"], ["deniz", "jun"], ["ingrid"], ["paul", "ana"]]]
    assert made.ladders[0].cause_class is None
    assert {call.severities for step in made.ladders[0].steps for call in step.calls} == {(S1, S2)}


def test_external_causes_have_a_ladder_of_their_own_where_somebody_else_is_called():
    hanna = person("hanna", "Hanna Brandt")
    people = [*programme().contacts.values(), hanna]
    cells = (*CELLS, cell(S1, 2, "hanna", "deniz", cause_class=CauseClass.EXTERNAL))
    made = common(programme(people=people, cells=cells))
    assert [one.cause_class for one in made.ladders] == [CauseClass.INTERNAL, CauseClass.EXTERNAL]
    second = made.ladders[1].steps[1]
    assert [(call.person.id, call.severities) for call in second.calls] == [
        ("hanna", (S1,)),
        ("deniz", (S1,)),
        ("deniz", (S2,)),
        ("jun", (S2,)),
    ]


def test_a_backup_for_one_severity_only_is_marked_so():
    cells = tuple(replace(one, backup="jun") if (one.severity, one.level) == (S2, 3) else one for one in CELLS)
    director = common(programme(cells=cells)).ladders[0].steps[2]
    assert [(call.person.id, call.severities, call.is_backup) for call in director.calls] == [
        ("ingrid", (S1, S2), False),
        ("jun", (S2,), True),
    ]
    assert director.alone == (S1,)


def test_times_count_from_the_start_of_the_blocker():
    steps = common().ladders[0].steps
    assert [[(due.calls, due.answers) for due in step.dues] for step in steps[:3]] == [
        [(0 * MINUTES, 5 * MINUTES), (0 * MINUTES, 15 * MINUTES)],
        [(5 * MINUTES, 10 * MINUTES), (15 * MINUTES, 30 * MINUTES)],
        [(10 * MINUTES, 15 * MINUTES), (30 * MINUTES, 45 * MINUTES)],
    ]


def test_no_sum_is_told_of_a_clock_that_stops_at_night():
    cells = tuple(replace(one, calendar="Mon-Fri 08:00-17:00 in UTC") if one.level == 2 else one for one in CELLS)
    _, second, third, _ = (step.dues[0] for step in common(programme(cells=cells)).ladders[0].steps)
    assert (second.calls, second.answers, second.within) == (5 * MINUTES, None, 5 * MINUTES)
    assert (third.calls, third.answers, third.within) == (None, None, 5 * MINUTES)


def test_a_level_where_nobody_is_left_passes_the_blocker_on_at_once():
    people = [replace(one, retired=NOW) if one.id == "ingrid" else one for one in programme().contacts.values()]
    _, _, third, fourth = common(programme(people=people)).ladders[0].steps
    assert (third.calls, third.dues[0].answers) == ((), None)
    assert third.dues[0].calls == fourth.dues[0].calls == 10 * MINUTES


def test_who_has_no_backup_is_followed_by_their_deputy():
    people = [replace(one, deputy="ana") if one.id == "ingrid" else one for one in programme().contacts.values()]
    director = common(programme(people=people)).ladders[0].steps[2]
    assert [call.person.id for call in director.calls] == ["ingrid", "ana"]
    assert director.alone == ()


def test_what_is_not_escalated_is_no_step():
    cells = (*(one for one in CELLS if one.level < 3), cell(S1, 3, not_escalated=True))
    assert called(common(programme(cells=cells))) == [[["mara", "jun"], ["deniz", "jun"]]]


def test_rights_are_the_holders_or_somebody_elses():
    made = common()
    card = Card(made, of_person(made.contacts["ingrid"]))
    assert [one.id for one in card.decides] == ["Roll back the release", "Spendup to 20 000"]
    assert [one.id for one in card.asks] == ["Pause the load", "Spendover 20 000"]
    alternate = Card(made, of_person(made.contacts["jun"]))
    assert [one.id for one in alternate.decides] == ["Pause the load"]
    assert Card(made, NEWCOMER).decides == ()
    assert len(Card(made, NEWCOMER).asks) == 4


def test_a_right_that_ran_out_or_holds_elsewhere_is_on_no_card():
    rights = (
        right("Old", "mara", expires=NOW.date() - timedelta(days=1)),
        right("Elsewhere", "mara", stage="testing"),
        right("Other", "mara", deployment="d2"),
        right("Here", "mara", stage="go-live", deployment="d1", severity=Severity.S3),
    )
    assert [one.decision for one in common(programme(rights=rights)).rights] == ["Here"]


def test_there_is_a_card_for_every_role():
    made = common()
    assert [one.title for one in roles(programme(), made)] == [*LEVELS, "Single point of contact", "New in the team"]
    level = of_level(made, 1)
    assert level is not None
    assert [one.id for one in level.people] == ["mara"]
    speaker = of_speaker(made)
    assert speaker is not None
    assert [one.id for one in speaker.people] == ["ana"]


def test_nobody_has_a_role_that_the_matrix_gives_to_nobody():
    made = common(deployment=None)
    assert of_level(made, 9) is None
    assert of_speaker(made) is None
    assert "Single point of contact" not in [one.title for one in roles(programme(), made)]


def test_everybody_the_matrix_names_gets_a_card_those_called_first_before_the_others():
    made = common(
        programme(rights=(right("Sign", "zoe"),), people=[*programme().contacts.values(), person("zoe", "Zoë")])
    )
    assert [one.person.id for one in everyone(made)] == ["mara", "jun", "deniz", "ingrid", "paul", "ana", "zoe"]


def test_who_is_first_to_be_called_is_never_the_holder():
    made = common()
    assert Card(made, NEWCOMER).first == made.contacts["mara"]
    assert Card(made, of_person(made.contacts["mara"])).first == made.contacts["jun"]


def test_who_stands_in_for_an_absence_and_who_has_the_turns_are_on_the_card():
    duty = person("duty", "On call", points=())
    hana = person("hana", "Hana Sato")
    people = [*programme().contacts.values(), duty, hana, person("leo", "Leo Brandt")]
    shift = Shift(NOW - timedelta(days=30), timedelta(days=7), "FREQ=WEEKLY", ("hana",))
    cells = (cell(S1, 1, "duty", "mara"),)
    found = programme(
        people=people,
        cells=cells,
        rotations=(Rotation("r1", "duty", "On call", shifts=(shift,), **BORN),),
        absences=(Absence("a1", "mara", NOW + timedelta(days=3), NOW + timedelta(days=5), deputy="leo", **BORN),),
    )
    made = common(found)
    assert called(made) == [[["duty", "mara"]]]
    assert {one.id for one in made.duty.others} == {"hana", "leo"}
    assert "leo" in {one.id for one in Card(made, NEWCOMER).records() if hasattr(one, "points")}


def test_bridges_are_told_once_and_never_a_private_one():
    shared = number("+44 20 7946 0142", kind=PointKind.BRIDGE)
    secret = number("+44 20 7946 0199", kind=PointKind.BRIDGE, privacy=Privacy.TEAM)
    people = [replace(one, points=(*one.points, shared, secret)) for one in programme().contacts.values()]
    assert [point.value for point, _ in common(programme(people=people)).bridges] == ["+44 20 7946 0142"]


KEYS = (*PEOPLE, None)


@st.composite
def programmes(draw):
    people = []
    for key, (name, value, days) in PEOPLE.items():
        points = [number(value, days, privacy=draw(st.sampled_from(Privacy))) for _ in range(draw(st.integers(0, 2)))]
        retired = NOW if draw(st.integers(0, 5)) == 0 else None
        people.append(person(key, name, points=tuple(points), retired=retired, deputy=None))
    cells = []
    for severity in (S1, S2):
        for level in range(1, 5):
            for cause in (None, CauseClass.EXTERNAL):
                if draw(st.booleans()):
                    owner, backup = draw(st.sampled_from(KEYS)), draw(st.sampled_from(KEYS))
                    minutes = draw(st.sampled_from((None, 5, 45, 600)))
                    cells.append(
                        cell(
                            severity,
                            level,
                            owner,
                            backup if backup != owner else None,
                            cause_class=cause,
                            acknowledge=minutes and minutes * MINUTES,
                            not_escalated=draw(st.integers(0, 7)) == 0,
                        )
                    )
    return programme(people=people, cells=tuple(cells))


@given(programmes())
def test_a_card_calls_whom_routing_calls_and_when_it_does(found):
    made = common(found, stage="", deployment=None)
    for cause in CauseClass:
        mine = next((one for one in made.ladders if one.cause_class in (None, cause)), None)
        for severity in (S1, S2):
            rungs = ladder(
                Place(severity, "", cause),
                NOW,
                levels=found.levels,
                cells=found.cells,
                rights=(),
                contacts=found.contacts,
            )
            told = []
            for step in mine.steps if mine is not None else ():
                for due in step.dues:
                    if due.severity == severity:
                        calls = [call.person for call in step.calls if severity in call.severities]
                        told.append((step.level.rank, calls[0] if calls else None, due.calls, due.answers))
            routed = [
                (
                    rung.level.rank,
                    rung.answers,
                    rung.starts - NOW,
                    rung.acknowledge_by - NOW if rung.acknowledge_by and rung.answers else None,
                )
                for rung in rungs
            ]
            assert told == routed


@given(programmes())
def test_whatever_is_on_a_card_is_in_the_matrix_and_for_paper(found):
    made = common(found)
    named = {one for each in found.cells for one in (each.owner, each.backup)} | {"ana", "jun"}
    assert {one.id for one in made.called} <= named
    assert all(one.retired is None for one in made.called)
    assert all(point.privacy is Privacy.PRINT for point, _ in made.numbers)
    known = {*found.contacts.values(), *found.cells, *found.levels, *found.rights, *found.severities, HARBOUR}
    assert set(Card(made, NEWCOMER).records()) <= known


def test_owners_come_before_backups_level_by_level():
    assert [one.id for one in common().called if one.id in OWNERS] == list(OWNERS)
