"""A matrix is begun in one stroke, and nothing that somebody wrote before is written over."""

from escplaybook.domain.classification import Severity
from escplaybook.domain.edits import Edit
from escplaybook.domain.matrix import Level, SeverityDefinition
from escplaybook.services import editing
from escplaybook.services.starting import matrix_to_start_with
from escplaybook.store import records
from escplaybook.store.programme import programme
from tests.conftest import NOW

BORN = {"created": NOW, "updated": NOW}


def test_a_matrix_begins_with_four_severities_and_four_levels(book):
    editing.apply(book, "Start", *matrix_to_start_with(programme(book), NOW), now=NOW)
    defined = records.everything(book, SeverityDefinition, "severity")
    assert [one.severity for one in defined] == list(Severity)
    assert all(one.criteria and one.examples and one.cadence and len(one.intake) == 4 for one in defined)
    assert [one.cadence for one in defined] == sorted(one.cadence for one in defined)
    assert [level.rank for level in records.everything(book, Level, "rank")] == [1, 2, 3, 4]
    assert matrix_to_start_with(programme(book), NOW) == ()
    editing.undo(book, NOW)
    assert records.everything(book, Level) == []


def test_what_is_there_stays_as_it_is(book):
    desk = Level(id="l", rank=2, name="Operations desk", **BORN)
    worst = SeverityDefinition(id="s", severity=Severity.S1, name="The yard stands still", **BORN)
    editing.apply(book, "Add", Edit(None, desk), Edit(None, worst), now=NOW)
    editing.apply(book, "Start", *matrix_to_start_with(programme(book), NOW), now=NOW)
    names = [level.name for level in records.everything(book, Level, "rank")]
    assert names == ["Team lead", "Operations desk", "Director", "Executive sponsor"]
    assert records.everything(book, SeverityDefinition, "severity")[0].name == "The yard stands still"
