"""Which edition holds when, and what several of them say together."""

from dataclasses import replace
from datetime import timedelta

from escplaybook.domain.editions import (
    Edition,
    EditionStatus,
    MatrixContent,
    content_at,
    effective_at,
    part_of,
    status_of,
)
from escplaybook.domain.living_matrix import edits_towards, living, standing, waiting
from tests.conftest import NOW
from tests.domain.clean import BORN, cell, programme, with_one

HOUR = timedelta(hours=1)


def edition(number, hours=None, deployment=None, content=MatrixContent(), **fields):  # noqa: B008 — frozen
    effective = None if hours is None else NOW + hours * HOUR
    told = {"id": f"e{number}", "effective": effective, "deployment": deployment, "content": content}
    return Edition(number=number, **(told | BORN | fields))


def test_an_edition_goes_from_draft_to_retired():
    draft, signed = edition(1), edition(2, engineering="mara", business="ana")
    old, now, later = edition(3, -5), edition(4, -1), edition(5, 2)
    listed = (draft, signed, old, now, later)
    assert [status_of(one, listed, NOW) for one in listed] == [
        EditionStatus.DRAFT,
        EditionStatus.REVIEWED,
        EditionStatus.RETIRED,
        EditionStatus.EFFECTIVE,
        EditionStatus.SCHEDULED,
    ]
    assert status_of(replace(later, retired=NOW), listed, NOW) is EditionStatus.RETIRED


def test_the_latest_of_its_own_and_of_the_whole_matrix_holds_for_a_deployment():
    whole, own, newer = edition(1, -5), edition(2, -3, "harbour"), edition(3, -1)
    listed = (newer, whole, own)

    def number(hours, deployment):
        found = effective_at(listed, NOW + hours * HOUR, deployment)
        return found and found.number

    assert [number(-6, None), number(-5, None), number(-2, None), number(0, None)] == [None, 1, 1, 3]
    assert [number(-4, "harbour"), number(-2, "harbour"), number(0, "harbour")] == [1, 2, 3]
    assert number(-2, "castellan") == 1
    assert status_of(own, listed, NOW) is EditionStatus.RETIRED, "the whole matrix was published over it"


def test_a_deployments_edition_changes_nothing_but_its_own_part():
    default, own = cell("S1", 1), cell("S1", 2, id="own", deployment="harbour")
    other = replace(own, id="new", level=3)
    whole = edition(1, -5, content=MatrixContent(cells=(default, own)))
    part = edition(2, -3, "harbour", MatrixContent(cells=(other,)))
    assert content_at((whole, part), NOW, MatrixContent()).cells == (default, other)
    assert content_at((whole, part), NOW - 4 * HOUR, MatrixContent()).cells == (default, own)
    assert content_at((part,), NOW, MatrixContent(cells=(default,))).cells == (default, other)
    assert part_of(whole.content, "harbour").cells == (own,)


def test_until_it_is_put_in_force_a_due_edition_stands_in_the_living_matrix():
    found = programme()
    faster = with_one(found, "cells", "S1-1", acknowledge=timedelta(minutes=4))
    due = edition(1, 1, content=living(faster))
    found = replace(found, editions=(due,))
    assert waiting(found.editions, NOW) == []
    assert standing(found, NOW) is found
    then = standing(found, NOW + HOUR)
    assert next(one for one in then.cells if one.id == "S1-1").acknowledge == timedelta(minutes=4)
    assert waiting((replace(due, applied=NOW),), NOW + HOUR) == []


def test_a_record_comes_back_as_itself_and_what_an_edition_lacks_is_retired():
    found = programme()
    was = edition(1, -1, content=living(found))
    gone = with_one(found, "cells", "S4-4", retired=NOW)
    more = replace(gone, cells=(*gone.cells, cell("S1", 1, id="extra", stage="testing")))
    edits = {edit.record.id: edit for edit in edits_towards(more, was, NOW)}
    assert set(edits) == {"S4-4", "extra"}
    assert (edits["S4-4"].before.retired, edits["S4-4"].after.retired) == (NOW, None)
    assert edits["extra"].after.retired == NOW
    assert edits_towards(found, was, NOW) == ()


def test_a_deputy_follows_the_edition_only_where_it_names_one():
    found = with_one(programme(), "contacts", "mara", deputy="jun")
    was = edition(1, -1, content=living(found))
    other = with_one(with_one(found, "contacts", "mara", deputy="paul"), "contacts", "ana", deputy="jun")
    (edit,) = edits_towards(other, was, NOW)
    assert (edit.after.id, edit.after.deputy) == ("mara", "jun")
