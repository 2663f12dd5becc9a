"""Passages marked in the tree that is read, whatever the tree is made of."""

from hypothesis import given
from hypothesis import strategies as st

from escplaybook.prose.entries import plain_text, render
from escplaybook.prose.html import Node, plain
from escplaybook.prose.passages import Marking, Passage, solid

MARKDOWN = st.lists(
    st.sampled_from(
        ["# Head", "a **bold** word", "- one\n- two", "1. x", "> said", "| A | B |\n|---|---|\n| 1 | 2 |", "`code`",
         "line\nbreak  \nhard", "😀 wide", "[link](https://a.example)", "- [x] done", "***"]
    ),
    max_size=6,
).map("\n\n".join)  # fmt: skip


def marked_text(nodes) -> str:
    return "".join(_marked(nodes, False))


def _marked(nodes, is_inside):
    for node in nodes:
        if isinstance(node, str):
            yield node if is_inside else ""
        else:
            yield from _marked(node.children, is_inside or node.tag == "mark")


def whole(marking: Marking, markdown: str):
    parts = list(marking.blocks(render(markdown)))
    return tuple(node for nodes, _ in parts for node in nodes), [label for _, labels in parts for label in labels]


@given(MARKDOWN, st.data())
def test_what_is_marked_is_the_passage_and_nothing_else(markdown, data):
    text = plain_text(markdown)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = Passage(solid(text[:start]), solid(text[:end]), "7")
    nodes, labels = whole(Marking([passage]), markdown)
    said = "".join(text[start:end].split())
    assert "".join(marked_text(nodes).split()) == said
    assert labels == (["7"] if said else [])
    without = [node for node in _flat(nodes) if node.tag == "sup"]
    assert len(without) == len(labels)


def _flat(nodes):
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from _flat(node.children)


def test_code_is_left_to_be_copied():
    marking = Marking([Passage(0, 4, "1")])
    nodes, labels = whole(marking, "```\nls -l\n```")
    assert plain(nodes) == "ls -l\n" or plain(nodes) == "ls -l"
    assert (labels, marking.unseen) == (["1"], {"1"})


def test_passages_of_one_field_go_on_from_part_to_part():
    marking = Marking([Passage(2, 6, "1")])
    first, none = marking.line(render("Open"))
    second, labels = marking.line(render("it up"))
    assert (marked_text(first), none) == ("en", ())
    assert (marked_text(second), labels) == ("it", ("1",))


def test_overlapping_passages_are_marked_together_and_numbered_each():
    nodes, labels = whole(Marking([Passage(0, 3, "1"), Passage(2, 5, "2"), Passage(1, 5, "3")]), "abcdef")
    assert marked_text(nodes) == "abcde"
    assert labels == ["1", "2", "3"]
    assert plain(nodes) == "abc1de2,3f"
