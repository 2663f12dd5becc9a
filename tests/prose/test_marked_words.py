"""The words that were searched for are marked, and nothing else about the tree changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.prose.entries import render
from escplaybook.prose.highlight import mark
from escplaybook.prose.html import Node, plain, to_html
from tests.prose.harmless import assert_harmless, elements

WORDS = ["gateway", "api-gateway", "e_timeout", "HTTP/2", "10.4.1", "naïve", "проверка", "तुलना", "שלום", "数据", "x"]


def marked(markdown: str, *hits: str) -> list[str]:
    nodes = mark(render(markdown), lambda word: word.casefold() in hits)
    return [node.text for node in elements(nodes) if node.tag == "mark"]


def test_every_hit_is_marked_wherever_it_stands_and_no_target_is():
    nodes = mark(
        render(
            "The [identity](https://identity.example/identity) host, `identity`:\n\n| identity |\n|-|\n| *Identity* |"
        ),
        lambda word: word.lower() == "identity",
    )
    html = to_html(nodes)
    assert html.count("<mark>identity</mark>") == 3
    assert "<em><mark>Identity</mark></em>" in html
    assert 'href="https://identity.example/identity"' in html


@pytest.mark.parametrize(
    "word",
    [
        "api-gateway",
        "e_timeout",
        "http/2",
        "10.4.1",
        "com.example.app",
        "naïve",
        "cafe\u0301",
        "तुलना",
        "கணினி",
        "ภาษาไทย",
        "مُدير",
    ],
)
def test_a_word_is_asked_for_whole(word):
    assert marked(f"({word}), or", word) == [word]


def test_parts_of_an_identifier_are_hits_if_the_whole_is_none():
    assert marked("api-gateway/v2 E_GATEWAY_DOWN gateways", "gateway") == ["gateway", "GATEWAY"]


def test_the_marks_of_a_sentence_belong_to_no_word():
    assert marked("restart. _restart_ (restart), restart/ -restart", "restart") == ["restart"] * 5


def test_what_is_marked_already_stays_marked_once():
    nodes = (Node("p", (), (Node("mark", (), ("a b",)), " a")),)
    assert to_html(mark(nodes, lambda word: word == "a")) == "<p><mark>a b</mark> <mark>a</mark></p>"


def test_each_different_word_is_asked_for_once():
    asked: list[str] = []
    mark(render("one two one **two** three"), lambda word: bool(asked.append(word)))
    assert asked == ["one", "two", "three"]


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "*", "`", " ", "\n\n", "- ", "_", "https://x.example"])),
    st.sets(st.sampled_from(WORDS)),
)
def test_marking_changes_no_text(parts, hits):
    nodes = render(" ".join(parts))
    found = mark(nodes, hits.__contains__)
    assert_harmless(found)
    assert plain(found) == plain(nodes)
    assert mark(nodes, lambda _word: False) == nodes
    assert {node.text for node in elements(found) if node.tag == "mark"} <= hits
