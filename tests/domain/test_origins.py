from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.origins import base_of, merge

VALUES = st.fixed_dictionaries({"title": st.sampled_from("abc"), "cause": st.sampled_from("abc")})


def test_what_only_the_source_changed_follows():
    base = base_of({"title": "a", "cause": "b"})
    decided = merge({"title": "a", "cause": "ours"}, {"title": "new", "cause": "b"}, base)
    assert decided.take == ("title",)
    assert not decided.conflicts


def test_what_both_changed_is_a_conflict():
    decided = merge({"title": "ours"}, {"title": "theirs"}, base_of({"title": "a"}))
    assert [(c.field, c.ours, c.theirs) for c in decided.conflicts] == [("title", "ours", "theirs")]


@given(ours=VALUES, theirs=VALUES, base=VALUES)
def test_the_three_way_rule_holds_for_every_field(ours, theirs, base):
    decided = merge(ours, theirs, base_of(base))
    for name in base:
        moved_here, moved_there = ours[name] != base[name], theirs[name] != base[name]
        agree = ours[name] == theirs[name]
        assert (name in decided.take) == (moved_there and not moved_here)
        assert (name in [c.field for c in decided.conflicts]) == (moved_here and moved_there and not agree)
