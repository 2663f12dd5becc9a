"""Who stands where: owners and backups by level, and the places that nobody fills."""

from dataclasses import replace
from datetime import timedelta

from escplaybook.domain.classification import CauseClass, Severity
from escplaybook.domain.hierarchy import Duty, Role, hierarchy
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, Level
from escplaybook.domain.programme import Programme
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}
LEVELS = (Level("l1", 1, "Team lead", **BORN), Level("l2", 2, "Project manager", **BORN))


def cell(severity, level, owner, backup=None, **fields):
    people = {"owner": owner and owner.id, "backup": backup and backup.id}
    return Cell(
        id=new_id(NOW), severity=severity, level=level, acknowledge=timedelta(hours=1), **BORN, **people, **fields
    )


def programme(people, *cells):
    return Programme({person.id: person for person in people}, (), (), (), (), LEVELS, cells, (), ())


def told(found, deployment=None, stage=""):
    return [[(post.contact.name, post.duties) for post in rank.posts] for rank in hierarchy(found, deployment, stage)]


def test_owners_of_the_worst_stand_first_and_each_person_once_a_level(contact):
    mara, jun = contact("Mara"), contact("Jun")
    found = programme((mara, jun), cell(Severity.S2, 1, jun, mara), cell(Severity.S1, 1, mara, jun))
    assert told(found) == [
        [
            ("Mara", (Duty(Role.OWNER, Severity.S1), Duty(Role.BACKUP, Severity.S2))),
            ("Jun", (Duty(Role.OWNER, Severity.S2), Duty(Role.BACKUP, Severity.S1))),
        ],
        [],
    ]


def test_a_person_may_stand_on_several_levels(contact):
    ruth = contact("Ruth")
    found = programme((ruth,), cell(Severity.S1, 1, ruth), cell(Severity.S1, 2, ruth))
    assert [[name for name, _ in rank] for rank in told(found)] == [["Ruth"], ["Ruth"]]


def test_a_duty_for_one_class_of_causes_says_which(contact):
    mara, hanna = contact("Mara"), contact("Hanna")
    found = programme(
        (mara, hanna), cell(Severity.S1, 1, mara), cell(Severity.S1, 1, hanna, cause_class=CauseClass.EXTERNAL)
    )
    (first, _) = told(found)
    assert first == [
        ("Hanna", (Duty(Role.OWNER, Severity.S1, CauseClass.EXTERNAL),)),
        ("Mara", (Duty(Role.OWNER, Severity.S1, CauseClass.INTERNAL),)),
    ]


def test_the_cells_of_the_stage_and_the_deployment_count(contact):
    mara, ines, isla = contact("Mara"), contact("Ines"), contact("Isla")
    found = programme(
        (mara, ines, isla),
        cell(Severity.S1, 1, mara),
        cell(Severity.S1, 1, ines, stage="testing"),
        cell(Severity.S1, 1, isla, stage="testing", deployment="d1"),
    )
    names = [told(found, *where)[0][0][0] for where in ((None, ""), (None, "testing"), ("d1", "testing"), ("d1", ""))]
    assert names == ["Mara", "Ines", "Isla", "Mara"]


def test_what_nobody_in_use_does_is_vacant(contact):
    henrik, mara = contact("Henrik", retired=NOW), contact("Mara")
    found = programme((henrik, mara), cell(Severity.S1, 1, henrik, mara), cell(Severity.S2, 1, mara))
    (first, _) = hierarchy(found, None, "")
    assert first.vacant == (Duty(Role.OWNER, Severity.S1), Duty(Role.BACKUP, Severity.S2))
    assert [post.contact.name for post in first.posts] == ["Mara"]
    assert len(first.cells) == 2


def test_a_level_that_is_not_asked_has_no_vacancies(contact):
    found = programme((contact("Mara"),), cell(Severity.S3, 2, None, not_escalated=True))
    assert [(rank.posts, rank.vacant) for rank in hierarchy(found, None, "")] == [((), ()), ((), ())]


def test_a_retired_level_is_none(contact):
    found = replace(programme(()), levels=(replace(LEVELS[0], retired=NOW), LEVELS[1]))
    assert [rank.level.rank for rank in hierarchy(found, None, "")] == [2]


def test_deputies_stand_last_and_those_who_are_not_named_are_no_vacancy(contact):
    mara, jun, ruth = contact("Mara"), contact("Jun"), contact("Ruth")
    found = programme((mara, jun, ruth), cell(Severity.S1, 1, mara, jun, deputies=(ruth.id,)))
    assert told(found)[0][2] == ("Ruth", (Duty(Role.DEPUTY, Severity.S1),))
    assert hierarchy(found, None, "")[0].vacant == ()
