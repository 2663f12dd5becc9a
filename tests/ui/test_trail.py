"""Back and forward, as in a browser."""

from escplaybook.ui.desk import Place
from escplaybook.ui.trail import Trail

ONE, TWO, THREE = (Place("knowledge", name) for name in ("one", "two", "three"))


def test_back_and_forward_walk_the_places_visited():
    trail = Trail()
    for place in (ONE, TWO, THREE):
        trail.visit(place)
    assert trail.back() == TWO
    assert trail.back() == ONE
    assert trail.back() is None
    assert trail.forward() == TWO


def test_a_new_visit_forgets_what_lay_ahead():
    trail = Trail()
    for place in (ONE, TWO):
        trail.visit(place)
    trail.back()
    trail.visit(THREE)
    assert trail.forward() is None
    assert trail.back() == ONE


def test_each_key_of_a_search_is_no_place_of_its_own():
    trail = Trail()
    trail.visit(ONE)
    for typed in ("s", "sa", "sam"):
        trail.visit(Place("knowledge", "two", typed))
    assert trail.back() == ONE
    assert trail.forward() == Place("knowledge", "two", "sam")
