"""What people paste, type and import reads as its authors meant it, and whatever it is, it reads."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.prose.entries import DENSE, LONG, LONGEST_TEXT, first_words, plain_text, render
from escplaybook.prose.html import Node, plain, to_html
from escplaybook.prose.sanitised import parse
from tests.prose.harmless import assert_harmless, depth, elements

steady = settings(derandomize=True, deadline=None, max_examples=300)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)  # lone surrogates too
MARKS = st.text(st.sampled_from("*_`~[]()<>#>-+=|!\\ \n\tab1.&;:/@\"'{}^$%\0é"), max_size=200)
PIECES = [
    *("> ", "- ", "1. ", "    ", "```\n", "| a | b |\n|:-|-:|\n", "- [x] ", "[a](b)", "![a](b)", "**", "_", "`", "\n"),
    *("\n\n", "https://a.example/_b_", "www.a.example", "noc@a.example", "<br>", "> [!TIP]\n", "[a]: b\n", "word "),
]
SNIPPETS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)

RUNBOOK = """\
Sign-in **loops** after the cut-over:
- clear the `session` cookie
  - on [every node](https://a.example/nodes)
- restart

1. first
   ```sh
   systemctl restart portal
   ```
2. second

| Code | Meaning |
|:-----|--------:|
| `E_1` | ~~old~~ new<br>line |

> [!WARNING]
> Not on Fridays.

- [ ] take a backup
- [x] tell the customer
"""


@steady
@given(ANYTHING | MARKS | SNIPPETS)
def test_any_text_reads_the_same_each_time_and_is_harmless(text):
    nodes = render(text)
    assert_harmless(nodes)
    assert render(text) == nodes
    assert parse(to_html(nodes)) == nodes
    assert plain_text(text) == plain(nodes)


@steady
@given(st.lists(st.from_regex(r"[^\W_]{1,12}", fullmatch=True), min_size=1, max_size=40), st.sampled_from(" \n"))
def test_plain_text_loses_no_word(words, gap):
    assert plain_text(gap.join(words)).split() == words


@steady
@given(st.lists(st.from_regex(r"[a-zA-Z]{1,12}", fullmatch=True), min_size=1, max_size=20), st.data())
def test_plain_text_loses_no_word_to_marks(words, data):
    marks = ["{}", "*{}*", "**{}**", "`{}`", "~~{}~~", "[{}](https://a.example)", "> {}", "\n- {}", "\n\n## {}\n"]
    text = " ".join(data.draw(st.sampled_from(marks)).format(word) for word in words)
    read = plain_text(text)
    assert [word for word in words if word not in read] == []


@steady
@given(ANYTHING | SNIPPETS, st.integers(1, 60))
def test_first_words_are_one_line_and_never_longer_than_asked(text, length):
    words = first_words(text, length)
    assert len(words) <= length
    assert "\n" not in words


def test_blocks_are_what_their_author_meant():
    assert to_html(render(RUNBOOK)) == (
        "<p>Sign-in <strong>loops</strong> after the cut-over:</p>"
        '<ul><li>clear the <code>session</code> cookie<ul><li>on <a href="https://a.example/nodes">every node</a></li>'
        "</ul></li><li>restart</li></ul>"
        "<ol><li>first<pre><code>systemctl restart portal</code></pre></li><li>second</li></ol>"
        '<table><thead><tr><th align="left">Code</th><th align="right">Meaning</th></tr></thead>'
        '<tbody><tr><td align="left"><code>E_1</code></td><td align="right"><del>old</del> new<br/>line</td></tr>'
        "</tbody></table>"
        "<blockquote><p><strong>Warning</strong></p><p>Not on Fridays.</p></blockquote>"
        '<ul><li class="unchecked"><input disabled="" type="checkbox"/>take a backup</li>'
        '<li class="checked"><input checked="" disabled="" type="checkbox"/>tell the customer</li></ul>'
    )


def test_plain_text_is_what_a_reader_sees():
    assert plain_text(RUNBOOK).split("\n") == [
        "Sign-in loops after the cut-over:",
        *("clear the session cookie", "on every node", "restart", "first", "systemctl restart portal", "second"),
        *("Code\tMeaning", "E_1\told new", "line", "Warning", "Not on Fridays.", "take a backup", "tell the customer"),
    ]


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("see https://a.example/b.", "https://a.example/b", "https://a.example/b"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("https://a.example/app/__init__.py", "https://a.example/app/__init__.py", "https://a.example/app/__init__.py"),
        ('"https://a.example","x"', "https://a.example", "https://a.example"),
        ("**https://a.example**", "https://a.example", "https://a.example"),
        (r"https://a.example/a\_b?c&amp;d", "https://a.example/a_b?c&d", "https://a.example/a_b?c&d"),
        ("<https://a.example>", "https://a.example", "https://a.example"),
        ("www.a.example/b, please", "http://www.a.example/b", "www.a.example/b"),
        ("ask first_last@a.example.", "mailto:first_last@a.example", "first_last@a.example"),
        ("mailto:noc@a.example", "mailto:noc@a.example", "mailto:noc@a.example"),
    ],
)
def test_bare_addresses_become_links_without_the_marks_around_them(text, target, shown):
    (link,) = (node for node in elements(render(text)) if node.tag == "a")
    assert (link.attribute("href"), link.text) == (target, shown)
    assert plain_text(text).count(shown) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "config.py and README.md",
            "xhttps://a.example",
            r"https\://a.example",
            "https://{tenant}.a.example/b",
            "https://",
        ),
        *(
            "`https://a.example`",
            "git@github.example:team/repository",
            "a@b",
            "@team",
            "10.0.0.1:8080",
            "C:\\logs\\a.txt",
        ),
    ],
)
def test_what_only_looks_like_an_address_stays_text(text):
    assert [node for node in elements(render(text)) if node.tag == "a"] == []


def test_the_target_of_a_link_that_cannot_be_followed_is_told():
    assert plain_text("[guide](../setup%20me.md), [top](#top)") == "guide (../setup me.md), top"
    assert plain_text("[share](ftp://a.example/b)") == "share (ftp://a.example/b)"
    assert plain_text("[run](file:///srv/run.md)") == "[run](file:///srv/run.md)"


def test_what_is_nested_too_deep_is_shown_as_typed_and_what_follows_is_not():
    nodes = render("> " * 30 + "deep\n> shallow\n\nafter *all*")
    assert plain(nodes) == "> " * 10 + "deep\nshallow\nafter all"
    assert to_html(nodes).endswith("<p>after <em>all</em></p>")
    lists = render("- " * 15 + "deep\n\nafter *all*")
    assert plain(lists) == "- " * 5 + "deep\nafter all"


@pytest.mark.parametrize(
    "text", ["> " * 10_000 + "end", ">" * 10_000 + "end", "- " * 10_000 + "end", "1. " * 9_999 + "end"]
)
def test_ten_thousand_levels_lose_nothing(text):
    nodes = render(text)
    assert depth(nodes) < 48
    assert plain(nodes).endswith("end")


@pytest.mark.parametrize("mark", ["*", "**", "_", "~~"])
def test_thousands_of_nested_marks_lose_nothing(mark):
    nodes = render("a " + mark * 3_000 + "end" + mark * 3_000)
    assert_harmless(nodes)
    assert "end" in plain(nodes)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        *(("[", 40_000), ("![", 20_000), ("[a](", 20_000), ("[a](<b", 20_000), ("[a][b] ", 20_000), ("](", 40_000)),
        *(("`", 40_000), ("`a ", 40_000), ("*a ", 40_000), ("*a **b ", 20_000), ("_a*", 40_000), ("~~a ", 40_000)),
        *(("<", 40_000), ("<a ", 20_000), ("<!--", 20_000), ("&#", 40_000), ("\\", 40_000), ("[a]: b\n", 10_000)),
        *(("http://=/", 20_000), ("/http://a.b", 20_000), ("http://", 20_000), ("www.", 40_000), ("a@", 40_000)),
        *(("a@b.", 40_000), ("https://a.b/(", 20_000), ("https://a.b/))", 20_000), ("mailto:", 20_000)),
        *(("> a\nb\n", 10_000), ("- a\n", 10_000), ("# a\n", 10_000), ("a\n=\n", 10_000), ("    a\n\n", 10_000)),
    ],
)
def test_texts_made_to_be_slow_come_through(text, size):
    nodes = render("start\n\n" + text * (size // len(text)))
    assert_harmless(nodes)
    assert plain(nodes).startswith("start")


def test_backticks_that_never_match_come_through():
    assert plain_text(" ".join("`" * length for length in range(1, 300))).count("`") == 299 * 150


@pytest.mark.parametrize("text", ["![ " * 100_000, "a & b\n" * 300_000, '"a", ' * 350_000, "- a\n" * 60_000 + "end"])
def test_a_text_of_more_marks_than_can_be_laid_out_is_shown_as_typed_with_a_remark(text):
    remark, shown = render(text)
    assert remark == Node("p", (), (Node("span", (("class", "remark"),), (DENSE,)),))
    assert shown == Node("pre", (), (Node("code", (), (text.rstrip("\n"),)),))
    assert plain_text(text) == text.rstrip("\n")


def test_a_small_text_cannot_ask_for_a_huge_table_many_times():
    table = "|a" * 100 + "\n" + "|-" * 100 + "\n" + "a\n" * 600 + "\n"
    assert plain(render(table * 20)).startswith(DENSE)
    assert plain(render((table * 20).replace("\n", "\r"))).startswith(DENSE)
    assert not plain(render("|a|b|\n|-|-|\n" + "|c|d|\n" * 3_000)).startswith(DENSE)


def test_a_very_long_text_is_shown_as_typed_with_a_remark():
    text = "*word* " * (LONGEST_TEXT // 7 + 1) + "end"
    remark, shown = render(text + "\r\n\0\r\n")
    assert remark.text == LONG
    assert shown.text == text + "\n\ufffd"
    assert parse(to_html((shown,))) == (shown,)


def test_two_million_characters_of_plain_sentences_are_laid_out():
    text = ("The gateway refuses the token after the certificate was renewed. " * 8 + "\n\n") * 3_500
    assert len(text) > LONGEST_TEXT * 0.9
    assert len(render(text)) == 3_500


@pytest.mark.parametrize("text", ["x" * 200_000, "```\n" + "x" * 200_000 + "\n```", "x" * (LONGEST_TEXT + 1)])
def test_a_word_of_two_hundred_thousand_characters_can_be_broken(text):
    read = plain_text(text)
    assert read.count("x") == text.count("x")
    assert max(map(len, read.split("\u200b"))) == 5_000


def test_first_words_end_between_words():
    assert first_words("# A **bold** beginning\n\nof a text", 12) == "A bold…"
    assert first_words("a\nb", 12) == "a b"
    assert first_words("x" * 30, 12) == "x" * 11 + "…"
    assert first_words("word " * 100_000, 20) == "word word word word…"
    assert first_words("", 12) == ""


def test_what_no_font_can_show_does_not_stop_a_text():
    assert plain_text("a\0b \x1b[31mred\ud800") == "a\ufffdb \ufffd[31mred\ufffd"


@pytest.mark.skipif("ESCPLAYBOOK_DATA" not in os.environ, reason="ESCPLAYBOOK_DATA names no folder with known issues")
def test_every_published_known_issue_reads():
    files = sorted(Path(os.environ["ESCPLAYBOOK_DATA"], "known-issues").rglob("*.md"))
    assert len(files) == 300
    for file in files:
        text = file.read_text(encoding="utf-8").split("---", 2)[2]
        nodes = render(text)
        assert_harmless(nodes)
        assert parse(to_html(nodes)) == nodes
        assert plain_text(text) == plain(nodes) != ""
        assert not [node for node in elements(nodes) if node.attribute("class") == "remark"]
