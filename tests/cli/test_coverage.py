"""A lead asks whether the matrix reaches somebody at every hour."""

import json

import pytest

from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import Contact
from escplaybook.domain.edits import Edit
from escplaybook.domain.identity import new_id
from escplaybook.domain.matrix import Cell, Level
from escplaybook.services import editing
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}


@pytest.fixture
def matrix(book, contact, now) -> Contact:
    mara = contact("Mara Lindqvist", hours="Mon-Fri 08:00-17:00")
    level = Level(id=new_id(NOW), rank=1, name="Team lead", **BORN)
    cell = Cell(id=new_id(NOW), severity=Severity.S1, level=1, owner=mara.id, **BORN)
    editing.apply(book, "Put in", *(Edit(None, one) for one in (mara, level, cell)), now=now)
    return mara


def test_the_share_and_every_hole_are_told(run, matrix):
    code, out, _ = run("coverage", "--days", "7", "--json", "--at", "2026-11-23T00:00:00+00:00")
    told = json.loads(out)
    assert code == 0
    assert list(told) == ["from", "days", "covered", "minutes_to_human", "minutes_to_right", "holes"]
    assert told["covered"] == 45 / 168
    assert (told["minutes_to_human"], told["minutes_to_right"]) == (
        63 * 60,
        None,
    )  # Friday 17:00 to Monday 08:00 in Stockholm
    first = told["holes"][0]
    assert (first["severity"], first["level"], first["from"]) == ("S1", 1, "2026-11-23T00:00:00+00:00")
    assert first["to"] == "2026-11-23T07:00:00+00:00"
    assert "Mara Lindqvist (owner): off duty" in first["why"]


def test_in_words_the_worst_waits_stand_first(run, matrix):
    _, out, _ = run("coverage", "--days", "1", "--at", "2026-11-24T02:41:00+00:00")
    assert out.startswith("37.5% of 240 cell-hours are covered; at worst ")
    assert "never to the right to decide" in out


def test_a_matrix_without_cells_is_said_to_be_one(run, book):
    code, _, told = run("coverage")
    assert (code, "no cells yet" in told) == (1, True)
