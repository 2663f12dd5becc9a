"""Who calls whom: everybody once, and nobody waits for one who was not reached."""

from escplaybook.domain.call_tree import call_tree, numbers_of
from escplaybook.domain.classification import Severity
from escplaybook.domain.contacts import ContactPoint, PointKind, Privacy
from escplaybook.domain.hierarchy import Duty, Post, Rank, Role
from escplaybook.domain.matrix import Level
from tests.conftest import NOW


def rank(number, *people):
    level = Level(f"l{number}", number, f"Level {number}", NOW, NOW)
    posts = tuple(Post(person, (Duty(Role.OWNER, Severity.S1),)) for person in people)
    return Rank(level, posts, (), ())


def told(calls):
    return [(call.person.name, call.caller.name if call.caller else "") for call in calls]


def test_the_first_of_a_level_calls_the_others_and_the_next_level(contact):
    mara, jun, ruth, paul, ana = (contact(name) for name in ("Mara", "Jun", "Ruth", "Paul", "Ana"))
    calls = call_tree([rank(1, mara, jun), rank(2, ruth, jun), rank(3), rank(4, paul)], [ana, ruth])
    assert told(calls) == [("Mara", ""), ("Jun", "Mara"), ("Ruth", "Mara"), ("Paul", "Ruth"), ("Ana", "Mara")]
    assert [call.rank.level.rank if call.rank else None for call in calls] == [1, 1, 2, 4, None]


def test_a_level_without_anybody_of_its_own_is_stepped_over(contact):
    mara, paul = contact("Mara"), contact("Paul")
    assert told(call_tree([rank(1, mara), rank(2, mara), rank(3, paul)], [])) == [("Mara", ""), ("Paul", "Mara")]
    assert call_tree([], []) == ()


def test_only_numbers_that_ring_and_may_stand_on_paper_are_called(contact):
    points = (
        ContactPoint(PointKind.MOBILE, "+46 70 174 06 31"),
        ContactPoint(PointKind.EMAIL, "mara@harbour.example"),
        ContactPoint(PointKind.PHONE, "+46 70 174 06 32", privacy=Privacy.PRIVATE),
        ContactPoint(PointKind.BRIDGE, "+44 20 7946 0142"),
    )
    calls = call_tree([rank(1, contact("Mara", points=points))], [])
    assert [check.point.value for check in numbers_of(calls, {})] == ["+46 70 174 06 31", "+44 20 7946 0142"]
