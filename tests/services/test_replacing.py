"""Somebody leaves, and somebody else takes over in one stroke."""

from datetime import timedelta

import pytest

from escplaybook.domain.blockers import Blocker
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import InvalidRecord
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, DecisionRight
from escplaybook.domain.rotations import Rotation, Shift
from escplaybook.services import editing, replacing
from escplaybook.store import checking, records
from escplaybook.store.references import users_of
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}


@pytest.fixture
def programme(book, contact, now):
    """Deniz owns a cell, decides, takes turns and has an open blocker; Mara is backup."""
    deniz, mara, duty = contact("Deniz Aksoy"), contact("Mara Lindqvist"), contact("Integration on call")
    shift = Shift(NOW, timedelta(days=7), "FREQ=WEEKLY", (deniz.id, mara.id))
    made = (
        deniz,
        mara,
        duty,
        Cell(id=new_id(NOW), severity=Severity.S1, level=1, owner=deniz.id, backup=mara.id, **BORN),
        DecisionRight(id=new_id(NOW), decision="Roll back", decider=deniz.id, **BORN),
        Rotation(id=new_id(NOW), contact=duty.id, name="Integration", shifts=(shift,), **BORN),
        Blocker(id=new_id(NOW), title="Orders stop", severity=Severity.S1, observed=NOW, owner=deniz.id, **BORN),
    )
    return [edit.after for edit in editing.apply(book, "Put in", *(Edit(None, one) for one in made), now=now)]


def test_every_place_that_names_somebody_is_listed(book, programme):
    found = [(usage.record.key, usage.reference.role) for usage in users_of(book, programme[0])]
    assert found == [("CL-0001", "owner"), ("DR-0001", "decider"), ("RO-0001", "takes turns"), ("BL-0001", "owner")]


def test_one_stroke_puts_another_in_every_place_and_one_undo_takes_it_back(book, programme, now):
    deniz, mara = programme[:2]
    assert replacing.reassign(book, deniz, mara, now, retire=True) == 4
    cell = records.by_key(book, "CL-0001")
    assert (cell.owner, cell.backup) == (mara.id, None)
    assert records.by_key(book, "DR-0001").decider == mara.id
    assert records.by_key(book, "RO-0001").shifts[0].members == (mara.id,)
    assert records.by_key(book, "BL-0001").owner == deniz.id  # a log tells who had it
    assert records.get(book, Contact, deniz.id).retired == now

    editing.undo(book, now)
    assert [records.by_key(book, one.key) for one in programme] == programme
    assert list(checking.trouble(book)) == []


def test_a_deputy_of_a_cell_is_found_and_replaced_too(book, programme, contact, now):
    ruth, tom = (editing.add(book, contact(name), now) for name in ("Ruth Mensah", "Tom Herrera"))
    editing.change(book, records.by_key(book, "CL-0001"), now, deputies=(ruth.id,))
    assert [(usage.record.key, usage.reference.role) for usage in users_of(book, ruth)] == [
        ("CL-0001", "deputy in the matrix")
    ]
    replacing.reassign(book, ruth, tom, now)
    assert records.by_key(book, "CL-0001").deputies == (tom.id,)


def test_nobody_takes_over_from_themselves_or_after_leaving(book, programme, now):
    deniz, mara = programme[:2]
    for new in (deniz, editing.retire(book, mara, now), programme[3]):
        with pytest.raises(InvalidRecord):
            replacing.edits_for(book, deniz, new, now, retire=False)


def test_the_command_line_says_who_could_and_does_it(run, book, programme):
    assert run("reassign", "CO-0001")[1].split()[:3] == ["CO-0002", "Mara", "Lindqvist"]
    code, out, _ = run("reassign", "CO-0001", "--to", "CO-0002")
    assert (code, "3 records changed" in out) == (0, True)
    assert "CL-0001  owner" in run("where-used", "CO-0002")[1]
    code, _, told = run("contacts", "retire", "CO-0002")
    assert code == 0
    assert "3 records name it still" in told
