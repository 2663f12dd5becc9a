"""A note keeps hold of its passage: every rule against a slow and obvious version, and against no luck at all."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from escplaybook.domain.anchors import CONTEXT, SEARCHED, Anchor, anchor_at, followed, found, nearest

TEXTS = st.text("ab \n", max_size=40) | st.text(max_size=30)
PASSAGES = st.text("ab ", min_size=1, max_size=6).filter(str.strip).map(str.strip)


def slowly_found(anchor: Anchor, text: str) -> int | None:
    """Try every place in the text, counting characters of context one by one; of equals the nearest, then the first."""
    best = None
    for at in range(len(text)):
        if not text.startswith(anchor.quote, at):
            continue
        agreeing = 0
        for back in range(1, len(anchor.prefix) + 1):
            if at - back < 0 or text[at - back] != anchor.prefix[-back]:
                break
            agreeing += 1
        for on in range(len(anchor.suffix)):
            beyond = at + len(anchor.quote) + on
            if beyond >= len(text) or text[beyond] != anchor.suffix[on]:
                break
            agreeing += 1
        rank = (-agreeing, abs(at - anchor.position), at)
        if best is None or rank < best:
            best = rank
    return None if best is None else best[2]


@given(TEXTS, PASSAGES, TEXTS, TEXTS)
def test_a_passage_is_found_where_the_slow_way_finds_it(head, passage, tail, other):
    anchor = anchor_at(head + passage + tail, len(head), len(head) + len(passage))
    for text in (head + passage + tail, other, other + passage, passage + other + passage + tail):
        assert found(anchor, text) == slowly_found(anchor, text)


@given(TEXTS, PASSAGES, TEXTS, TEXTS)
def test_whatever_is_edited_before_or_behind_a_passage_it_keeps_its_very_place(head, passage, tail, other):
    before = head + passage + tail
    start, end = len(head), len(head) + len(passage)
    anchor = anchor_at(before, start, end)
    assume(found(anchor, before) == start)
    behind = followed(anchor, before, head + passage + other)
    ahead = followed(anchor, before, other + passage + tail)
    assert behind == anchor_at(head + passage + other, start, end)
    after = other + passage + tail
    if after.startswith(before[:end]):  # it may as well be the rest that was edited
        assert ahead == anchor_at(after, start, end)
    else:
        assert ahead == anchor_at(after, len(other), len(other) + len(passage))


@given(TEXTS, PASSAGES, TEXTS, TEXTS, TEXTS)
def test_a_passage_left_untouched_keeps_its_note_whatever_is_edited_around_it(head, passage, tail, other, another):
    before, after = head + passage + tail, other + passage + another
    moved = followed(anchor_at(before, len(head), len(head) + len(passage)), before, after)
    assert moved is not None
    assert moved.quote == passage
    assert after.startswith(passage, moved.position)


@given(TEXTS, st.text("xyz", min_size=4, max_size=12), TEXTS)
def test_a_deleted_passage_is_lost_and_comes_back_when_it_is_restored(head, passage, tail):
    assume(not set("xyz") & set(head + tail))
    before, without = head + passage + tail, head + tail
    anchor = anchor_at(before, len(head), len(head) + len(passage))
    assert followed(anchor, before, without) is None
    assert found(anchor, without) is None
    assert followed(anchor, without, before) == anchor


@given(TEXTS, TEXTS, st.data())
def test_the_same_edit_always_ends_in_the_same_place_and_inside_the_text(before, after, data):
    assume(before.strip())
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    assume(before[start:end].strip())
    anchor = anchor_at(before, start, end)
    first = followed(anchor, before, after)
    assert first == followed(anchor, before, after)
    if first is not None:
        assert after[first.position :].startswith(first.quote)
        assert first.prefix == after[max(0, first.position - CONTEXT) : first.position]


STEPS = "Open UDP 123 to the time source.\nUntil then, allow 300 s of skew at the service provider.\nRestart nothing."


def anchored(quote: str, text: str = STEPS) -> Anchor:
    return anchor_at(text, text.index(quote), text.index(quote) + len(quote))


@pytest.mark.parametrize(
    ("quote", "changed", "there"),
    [
        ("allow 300 s of skew", "allow 60 s of skew", "allow 60 s of skew"),
        ("Restart nothing.", "Restart nothing at all.", "Restart nothing"),
        ("the time source.", "both of the time sources.", "the time sources."),
        ("skew", "skeew", "skeew"),
    ],
)  # fmt: skip
def test_a_reworded_passage_takes_its_note_along(quote, changed, there):
    moved = followed(anchored(quote), STEPS, STEPS.replace(quote, changed))
    assert moved.quote == there


def test_a_passage_that_became_another_sentence_is_lost():
    sentence = "Until then, allow 300 s of skew at the service provider."
    assert followed(anchored(sentence), STEPS, STEPS.replace(sentence, "Ask the vendor for a new certificate.")) is None


def test_a_reworded_passage_is_looked_for_only_in_what_was_edited():
    """The sentence is deleted; that another one far away reads nearly the same does not make it the same."""
    text = "Restart the gateway at ten.\nWait.\nRestart the gateway at two."
    anchor = anchored("Restart the gateway at two.", text)
    assert followed(anchor, text, "Restart the gateway at ten.\nWait.\n") is None


def test_of_two_that_read_the_same_the_one_with_its_context_is_meant():
    text = "First: restart the pod. Second: restart the pod. Done."
    start = text.rindex("restart the pod")
    anchor = anchor_at(text, start, start + len("restart the pod"))
    moved = followed(anchor, text, "At once: restart the pod. Then, second: restart the pod. All done.")
    assert moved.prefix.endswith("second: ")


def test_no_white_space_is_taken_for_part_of_a_passage():
    assert anchor_at("a  b c", 1, 5).quote == "b"


def test_a_text_rewritten_at_length_is_a_new_text():
    """Looking for what is like it would keep the person waiting; the note asks where it belongs."""
    before = "one two three four five"
    after = "one two three for five " + "x " * SEARCHED
    assert followed(anchor_at(before, 0, len(before)), before, after) is None


def test_the_nearest_passage_is_the_one_that_was_meant():
    assert nearest("alow 300s of skew", STEPS) == "Until then, allow 300 s of skew at the service provider."
    assert nearest("anything", "") == ""
