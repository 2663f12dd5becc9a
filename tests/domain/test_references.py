"""Whom a record names, and what becomes of it when somebody else takes over."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.absences import Absence
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.programme import Programme
from escplaybook.domain.references import REFERENCES, held_by, replaced
from escplaybook.domain.replacing import proposals
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.store.kinds import kind_of
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}


def test_every_foreign_key_of_the_book_is_a_known_reference(book):
    """A new table that names people cannot be forgotten by “where used”, replacing and merging."""
    tables = {kind_of(reference.target).table: kind_of(reference.target).table for reference in REFERENCES}
    keys = {
        (row["table_name"], row["from"], row["table"])
        for row in book.connection.execute(
            'SELECT m.name AS table_name, f."from", f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f '
            "WHERE m.type = 'table' AND m.name != 'history'"
        )
        if row["table"] != "strokes"
    }
    known = {(kind_of(r.holder).table, r.field, tables[kind_of(r.target).table]) for r in REFERENCES}
    lists = {("rotations", "shifts", "contacts"), ("cells", "deputies", "contacts")}  # several in one column
    assert known - keys == lists
    assert keys - known == set()


def cell(owner: str | None, backup: str | None) -> Cell:
    return Cell(id=new_id(NOW), severity=Severity.S1, level=1, owner=owner, backup=backup, **BORN)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("old", "other"), ("new", "other")),
        (("other", "old"), ("other", "new")),
        (("old", "new"), ("new", None)),  # nobody backs themselves up
        (("new", "old"), ("new", None)),
        (("other", None), ("other", None)),
    ],
)
def test_a_cell_keeps_two_different_people(before, after):
    found = replaced(cell(*before), "old", "new")
    assert (found.owner, found.backup) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("a", "b", ("old", "c")), ("a", "b", ("new", "c"))),
        (("a", "b", ("new", "old")), ("a", "b", ("new",))),
        (("old", "b", ("new",)), ("new", "b", ())),  # who answers first is not asked once more
        (("a", "old", ("c", "new")), ("a", "new", ("c",))),
        (("new", "b", ("old",)), ("new", "b", ())),
        (("old", "new", ("c",)), ("new", None, ("c",))),
    ],
)
def test_nobody_is_asked_twice_on_one_cell(before, after):
    owner, backup, deputies = before
    found = replaced(replace(cell(owner, backup), deputies=deputies), "old", "new")
    assert (found.owner, found.backup, found.deputies) == after


def test_nobody_becomes_their_own_deputy():
    mara = Contact(id="new", name="Mara", deputy="old", **BORN)
    assert replaced(mara, "old", "new").deputy is None
    away = Absence(id="a", contact="new", start=NOW, end=NOW + timedelta(days=1), deputy="old", **BORN)
    assert replaced(away, "old", "new").deputy is None


def test_what_somebody_did_stays_theirs():
    away = Absence(id="a", contact="old", start=NOW, end=NOW + timedelta(days=1), **BORN)
    assert replaced(away, "old", "new") == away
    assert replaced(away, "old", "new", facts=True).contact == "new"


def test_turns_are_taken_over_and_nobody_takes_two():
    def taken(*members: str) -> tuple[str, ...]:
        shift = Shift(NOW, timedelta(days=7), "FREQ=WEEKLY", members)
        found = replaced(Rotation(id="r", contact="duty", name="On call", shifts=(shift,), **BORN), "old", "new")
        return found.shifts[0].members

    assert taken("old", "other") == ("new", "other")
    assert taken("new", "old", "other") == ("new", "other")


@given(st.lists(st.sampled_from(["old", "new", "other", None]), min_size=4, max_size=4))
def test_the_one_who_goes_stands_nowhere_afterwards(people):
    owner, backup, decider, alternate = people
    if owner is not None and owner == backup:
        return
    right = DecisionRight(id="d", decision="Roll back", decider=decider, alternate=alternate, **BORN)
    for record in (cell(owner, backup), right):
        found = replaced(record, "old", "new")
        assert "old" not in [held for _, held in held_by(found)]
        assert replaced(found, "old", "new") == found
        others = {held for _, held in held_by(record)} - {"old", "new"}
        assert others <= {held for _, held in held_by(found)}


def test_who_could_take_over_is_proposed_with_the_reason():
    def person(id_: str, **fields: object) -> Contact:
        return Contact(id=id_, name=id_.capitalize(), **BORN, **fields)  # type: ignore[arg-type]

    deniz = person("deniz", deputy="ruth", team="Integration", role="Lead")
    people = [
        deniz,
        person("ruth"),
        person("paul"),
        person("ines", team="Integration"),
        person("gone", team="Integration"),
    ]
    people[-1] = replace(people[-1], retired=NOW)
    people.append(person("lead", team="Integration", role="Lead"))
    cells = tuple(cell(owner, backup) for owner, backup in product(["deniz"], ["paul", "paul", "ruth"]))
    programme = Programme({one.id: one for one in people}, (), (), (), (), (), cells, (), ())
    assert [(one.contact.id, one.why) for one in proposals(programme, deniz)] == [
        ("ruth", "deputy of Deniz"),
        ("paul", "stands beside Deniz in 2 cells"),
        ("lead", "the same team, Integration"),
        ("ines", "the same team, Integration"),
    ]
