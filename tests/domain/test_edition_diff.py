"""Two matrices compared in the words in which people talk of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from escplaybook.domain.causes import SubClass
from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.definition import BlockerDefinition
from escplaybook.domain.deployments import Deployment
from escplaybook.domain.edition_diff import Change, differences
from escplaybook.domain.editions import MatrixContent, StandIn
from escplaybook.domain.matrix import Cell, DecisionRight, Level, SeverityDefinition
from escplaybook.domain.programme import Programme
from escplaybook.domain.triggers import Trigger
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
PEOPLE = {key: Contact(id=key, name=name, **BORN) for key, name in (("m", "Mara Lindqvist"), ("j", "Jun Park"))}
FOUND = Programme(
    contacts=PEOPLE,
    vendors=(),
    agreements=(),
    deployments=(Deployment(id="h", name="Harbour ERP", **BORN),),
    severities=(),
    levels=(),
    cells=(),
    rights=(),
    blockers=(),
)
MINUTES = timedelta(minutes=1)
CELL = Cell(
    id="c",
    severity=Severity.S1,
    level=1,
    stage="go-live",
    owner="m",
    backup="j",
    acknowledge=15 * MINUTES,
    outcome="It is known what stops.",
    **BORN,
)
RIGHT = DecisionRight(id="r", decision="roll back", decider="m", threshold="up to 4 h", **BORN)
TRIGGER = Trigger(
    id="t", name="Sync stands still", subject="data sync blocked", duration=60 * MINUTES, observer="Monitor", **BORN
)


VENDOR = SubClass("v", CauseClass.EXTERNAL, "vendor", counterpart="their duty manager", **BORN)


DEFINITION = BlockerDefinition("d", "An obstacle that\nstalls a milestone.", counts=("a failed load",), **BORN)


def words(before, after):
    return [one.words for one in differences(before, after, FOUND)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"acknowledge": 10 * MINUTES}, "S1 acknowledge at go-live, level 1: 15 → 10 min"),
        ({"acknowledge": 90 * MINUTES}, "S1 acknowledge at go-live, level 1: 15 min → 1 h 30 min"),
        ({"acknowledge": 120 * MINUTES}, "S1 acknowledge at go-live, level 1: 15 min → 2 h"),
        ({"acknowledge": None}, "S1 acknowledge at go-live, level 1: taken out"),
        ({"resolve": 60 * MINUTES}, "S1 resolve at go-live, level 1: now 1 h"),
        ({"backup": None}, "S1 backup at go-live, level 1 now vacant (was Jun Park)"),
        ({"owner": "j", "backup": None}, "S1 owner at go-live, level 1: Mara Lindqvist → Jun Park"),
        ({"backup": "gone"}, "S1 backup at go-live, level 1: Jun Park → somebody no longer in the book"),
        (
            {"outcome": "Somebody\nknows."},
            "S1 outcome at go-live, level 1: “It is known what stops.” → “Somebody knows.”",
        ),
        ({"deputies": ("gone",)}, "S1 deputies at go-live, level 1: now somebody no longer in the book"),
        ({"channel": "Bridge"}, "S1 channel at go-live, level 1: now “Bridge”"),
        ({"not_escalated": True}, "S1 at go-live, level 1 no longer escalated"),
    ],
)
def test_a_changed_cell_says_what_changed(fields, told):
    after = replace(CELL, **fields)
    assert told in words(MatrixContent(cells=(CELL,)), MatrixContent(cells=(after,)))


def test_what_came_and_what_went_is_said_whole():
    external = replace(CELL, id="x", deployment="h", cause_class=CauseClass.EXTERNAL, backup=None)
    after = MatrixContent(
        severities=(SeverityDefinition(id="s", severity=Severity.S1, name="Stops", **BORN),),
        levels=(Level(id="l", rank=2, name="Director", **BORN),),
        cells=(external,),
        rights=(RIGHT,),
        triggers=(TRIGGER,),
        sub_classes=(VENDOR,),
        definitions=(DEFINITION,),
    )
    assert words(MatrixContent(), after) == [
        "new: S1 at go-live in Harbour ERP for external causes, level 1, Mara Lindqvist, acknowledge 15 min",
        "new right “roll back”: Mara Lindqvist, up to 4 h",
        "new trigger “Sync stands still”: data sync blocked, for 1 h",
        "new: Level 2, Director",
        "new: S1, Stops",
        "new sub-class “vendor” of external causes: one deals with their duty manager",
        "new: what a blocker is: “An obstacle that stalls a milestone.”",
    ]
    assert words(after, MatrixContent()) == [
        "S1 at go-live in Harbour ERP for external causes, level 1 is set no longer: inherited again",
        "right “roll back” taken out",
        "trigger “Sync stands still” taken out",
        "level 2 taken out",
        "S1 is defined no longer",
        "sub-class “vendor” of external causes taken out",
        "what a blocker is stands nowhere any more",
    ]


def test_rights_triggers_and_deputies_are_compared_too():
    before = MatrixContent(rights=(RIGHT,), triggers=(TRIGGER,), deputies=(StandIn("m", "j"), StandIn("j", "m")))
    after = MatrixContent(
        rights=(replace(RIGHT, stage="", expires=date(2026, 12, 1)),),
        triggers=(replace(TRIGGER, duration=30 * MINUTES),),
        deputies=(StandIn("m", "x"),),
    )
    assert words(before, after) == [
        "Right “roll back”, expires: now 1 Dec 2026",
        "Trigger “Sync stands still”, duration: 1 h → 30 min",
        "deputy of Mara Lindqvist: Jun Park → somebody no longer in the book",
    ]


def test_another_definition_is_told_field_by_field():
    text = replace(DEFINITION, id="x", text="What stalls us.", counts=("a failed load", "a lost key"))
    assert words(MatrixContent(definitions=(DEFINITION,)), MatrixContent(definitions=(text,))) == [
        "What a blocker is, text: “An obstacle that stalls a milestone.” → “What stalls us.”",
        "What a blocker is, counts: “a failed load” → “a failed load; a lost key”",
    ]


def test_a_sub_class_is_the_same_one_however_its_name_is_written():
    before, after = (MatrixContent(sub_classes=(one,)) for one in (VENDOR, replace(VENDOR, id="x", name="Vendor")))
    assert words(before, after) == ["Sub-class “Vendor” of external causes, name: “vendor” → “Vendor”"]
    dealt = MatrixContent(sub_classes=(replace(VENDOR, counterpart="our vendor manager"),))
    assert words(before, dealt) == [
        "Sub-class “vendor” of external causes, counterpart: “their duty manager” → “our vendor manager”"
    ]


def test_only_what_a_matrix_says_is_compared_and_records_are_known_by_their_place():
    kept_anew = replace(CELL, id="other", key="CL-0009", updated=NOW + timedelta(days=1))
    assert differences(MatrixContent(cells=(CELL,)), MatrixContent(cells=(kept_anew,)), FOUND) == ()
    twins = (RIGHT, replace(RIGHT, id="r2", threshold="up to 8 h"))
    moved = (replace(twins[1], id="n1"), replace(twins[0], id="n2", threshold="up to 2 h"))
    (one,) = differences(MatrixContent(rights=twins), MatrixContent(rights=moved), FOUND)
    assert (one.change, one.field, one.before, one.after) == (Change.CHANGED, "threshold", "up to 4 h", "up to 2 h")
