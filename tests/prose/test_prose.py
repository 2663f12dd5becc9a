import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.prose.entries import LIMIT, first_words, plain_text, render
from escplaybook.prose.highlight import mark
from escplaybook.prose.html import ALLOWED, SCHEMES, Node, parse, to_html

HOSTILE = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](file:///etc/passwd)",
    "[a](//host/path)",
    "[a](/etc/passwd)",
    "![x](file:///etc/passwd)",
    "![x](http://tracker.example/x.png)",
    "![x](/etc/hostname)",
    '<img src="http://tracker.example/x.png" onerror="alert(1)">',
    "<style>@import url(http://tracker.example/x.css);</style>",
    '<p style="background:url(http://tracker.example)">x</p>',
    "<svg><script>alert(1)</script></svg>",
    '<iframe src="file:///etc/passwd"></iframe>',
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    "a\0b",
]


def every_node(nodes):
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from every_node(node.children)


def assert_harmless(nodes) -> None:
    for node in every_node(nodes):
        assert node.tag in ALLOWED
        for name, value in node.attributes:
            assert name in ALLOWED[node.tag]
            if name == "href":
                assert value.partition(":")[0].lower() in SCHEMES


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_harmless(text):
    nodes = render(text)
    assert_harmless(nodes)
    assert "img" not in {node.tag for node in every_node(nodes)}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_html_becomes_harmless_too(text):
    assert_harmless(parse(text))


@given(st.text(max_size=300))
def test_any_text_renders_and_is_harmless(text):
    assert_harmless(render(text))


@given(st.text(alphabet=st.sampled_from("*_`[]()<>#>-|~!\\ \n\tab1.&;:"), max_size=200))
def test_any_marks_render_and_come_back_from_html(text):
    nodes = render(text)
    assert_harmless(nodes)
    assert parse(to_html(nodes)) == nodes


@given(st.lists(st.from_regex(r"[a-zA-Z]{1,12}", fullmatch=True), min_size=1, max_size=30))
def test_plain_text_loses_no_word(words):
    assert plain_text(" ".join(words)).split() == words


def test_blocks_are_what_their_authors_meant():
    html = to_html(
        render("Do this:\n- one\n- two\n\n1. first\n   - Expect: ok\n\n| a | b |\n|:-|-:|\n| 1 | 2 |\n\n~~old~~ `x`")
    )
    assert "<ul>\n<li>one</li>" in html
    assert "<ol>\n<li>first\n<ul>\n<li>Expect: ok</li>" in html
    assert '<td align="right">2</td>' in html
    assert "<del>old</del> <code>x</code>" in html


def test_a_picture_is_its_words_and_never_loaded():
    html = to_html(render("![the dialog](https://docs.example/a.png) ![](local.png)"))
    assert '<a href="https://docs.example/a.png">picture: the dialog</a>' in html
    assert "picture: local.png" in html
    assert "<img" not in html


def test_a_link_to_a_record_stays_a_link():
    assert '<a href="record:KB-0142">' in to_html(render("[see](record:KB-0142)"))


def test_ten_thousand_nested_quotes_lose_nothing():
    nodes = render(">" * 10_000 + " deep")
    assert "deep" in "".join(node if isinstance(node, str) else node.text for node in nodes)
    nodes = parse("<blockquote>" * 10_000 + "deep" + "</blockquote>" * 10_000)
    assert "deep" in to_html(nodes)


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "*a " * 50_000, "[a](b" * 30_000, "`" * 3 + "x" * 100_000, "<" * 50_000]
)
def test_texts_made_to_be_slow_come_through(text):
    assert_harmless(render(text[:LIMIT]))


def test_a_text_over_the_limit_is_shown_as_typed_with_a_remark():
    remark, block = render("*" * (LIMIT + 1))
    assert "as it was typed" in remark.text
    assert block.text == "*" * (LIMIT + 1)


def test_searched_words_are_marked_and_targets_are_not():
    nodes = mark(
        render("The [identity](https://identity.example) provider, *identity* again"), lambda w: w == "identity"
    )
    html = to_html(nodes)
    assert html.count("<mark>identity</mark>") == 2
    assert 'href="https://identity.example"' in html


def test_first_words_end_between_words():
    assert first_words("# A **bold** beginning of a text", 12) == "A bold …"
    assert first_words("short") == "short"


def test_a_table_reads_row_by_row_in_plain_text():
    assert plain_text("| a | b |\n|-|-|\n| 1 | 2 |") == "a b\n1 2"


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder with known issues")
def test_every_published_known_issue_renders_harmless():
    files = sorted(Path(os.environ["ESCPLAYBOOK_DATA"], "known-issues").rglob("*.md"))
    assert len(files) == 300
    for file in files:
        assert_harmless(render(file.read_text(encoding="utf-8")))
