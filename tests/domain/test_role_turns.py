"""Who sits where, held against an obvious slow check: every way of seating people is tried."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.role_turns import turns

PAIRS = [(seats, people) for people in range(2, 8) for seats in range(1, people + 1)]


@pytest.mark.parametrize(("seats", "people"), PAIRS)
def test_everybody_has_had_every_seat_once_before_anybody_has_one_twice(seats, people):
    everybody = set(range(people))
    terms = turns(range(seats), [everybody] * seats, [everybody] * (3 * people))
    had = [[seat] for seat in range(seats)]  # who sits there now has had it
    for term in terms:
        assert len(set(term)) == seats, "nobody has two seats at once"
        for seat, person in enumerate(term):
            had[seat].append(person)
            counts = [had[seat].count(one) for one in everybody]
            assert max(counts) - min(counts) <= 1, (seat, had[seat])


@st.composite
def cases(draw):
    people = draw(st.integers(2, 5))
    seats = draw(st.integers(1, min(3, people)))
    some = st.sets(st.integers(0, people - 1))
    allowed = [draw(some) | {seat} for seat in range(seats)]
    there = draw(st.lists(some, min_size=1, max_size=6))
    return seats, people, allowed, there


@given(cases())
def test_each_term_fills_the_most_seats_with_the_fewest_repeats_and_the_most_change(case):
    seats, people, allowed, there = case
    had = [{one: int(one == seat) for one in range(people)} for seat in range(seats)]
    before = list(range(seats))
    terms = turns(before, allowed, there)
    assert len(terms) == len(there)
    for term, free in zip(terms, there, strict=True):
        sitting = [one for one in term if one is not None]
        assert len(sitting) == len(set(sitting))
        for seat, person in enumerate(term):
            assert person is None or (person in free and person in allowed[seat])
        assert _worth(term, had, allowed, before) == max(
            _worth(other, had, allowed, before) for other in _every_way(seats, allowed, free)
        )
        for seat, person in enumerate(term):
            if person is not None:
                had[seat][person] += 1
        before = term


def _every_way(seats, allowed, free):
    for chosen in permutations([*free, *[None] * seats], seats):
        if all(one is None or one in allowed[seat] for seat, one in enumerate(chosen)):
            yield chosen


def _worth(term, had, allowed, before):
    """Seats filled, how little anybody has one more often than whoever had it least, how few stay where they are."""
    filled = [(seat, one) for seat, one in enumerate(term) if one is not None]
    repeats = sum(had[seat][one] - min(had[seat][other] for other in allowed[seat]) for seat, one in filled)
    return len(filled), -repeats, -sum(one == before[seat] for seat, one in filled)


def test_who_will_be_away_later_goes_first():
    everybody = {0, 1, 2}
    terms = turns([0], [everybody], [everybody, {0, 1}])
    assert terms == [[2], [1]]
    terms = turns([0], [everybody], [everybody, {0, 2}])
    assert terms == [[1], [2]]


def test_a_seat_that_nobody_may_take_stays_empty():
    assert turns([0, 1], [{0}, {1}], [{1}]) == [[None, 1]]
    assert turns([0], [{0}], [set()]) == [[None]]
