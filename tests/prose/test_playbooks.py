"""Chapters of playbooks become trees: what people meant by them, and nothing that runs."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.domain.playbooks import Chapter, Live, LiveRequest, Playbook
from escplaybook.prose.entries import render
from escplaybook.prose.html import to_html
from escplaybook.prose.playbooks import BLANK, CONTENTS, drafted, read, remark
from tests.prose.harmless import PLAYBOOK_VALUES, assert_harmless, elements


def playbook(*texts):
    chapters = (Chapter(f"{number:02}.md", f"Chapter {number}", text) for number, text in enumerate(texts, 1))
    return Playbook("night", "/nowhere", "The night", chapters=tuple(chapters))


ANSWER = remark("answered")


def chapters_of(*texts, facts=(), names=()):
    drafts = drafted(playbook(*texts))
    answers = [[(CONTENTS,) if asked == LiveRequest(Live.CONTENTS) else ANSWER for asked in d.requests] for d in drafts]
    chapters, doubts = read(drafts, answers, dict(facts), dict(names))
    for chapter in chapters:
        assert_harmless(chapter.nodes, PLAYBOOK_VALUES)
    return chapters, [doubt.what for doubt in doubts]


def html(text, **how):
    (chapter,), _ = chapters_of(f"# T\n\n{text}", **how)
    return to_html(chapter.nodes[1:])


def test_live_blocks_are_listed_as_data_in_their_order():
    (draft,) = drafted(playbook("# T\n\n::: ladder S1 go-live\n\ntext\n\n::: severities\n::: nonsense\n"))
    first, second, third = draft.requests
    assert (first, second) == (LiveRequest(Live.LADDER, "S1 go-live"), LiveRequest(Live.SEVERITIES))
    assert isinstance(third, str)
    assert "nonsense" in third


def test_an_answer_stands_where_it_was_asked_for_also_in_a_callout_and_an_item():
    assert html("before\n\n::: rights\n\nafter") == (
        '<p>before</p><p><span class="remark">answered</span></p><p>after</p>'
    )
    assert "answered" in html("!!! note\n    ::: rights")
    assert "answered" in html("- item\n\n    ::: rights")


@pytest.mark.parametrize("text", ["a line\n::: rights", "`::: rights`", "```\n::: rights\n```", "    ::: rights"])
def test_a_block_that_does_not_stand_alone_is_text(text):
    assert "::: rights" in html(text)


def test_html_is_shown_as_text():
    hostile = "<script>alert(1)</script> <b onclick=x>b</b>\n\n<div>\n<img src='/etc/passwd'>\n</div>\n\n<live>0</live>"
    shown = html(hostile)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;live&gt;" in shown
    assert "<b" not in shown.replace("<br", "").replace("<blockquote", "")
    assert "<img" not in shown


def test_attributes_that_a_text_asks_for_are_left_out_but_for_places():
    (chapter,), _ = chapters_of("# T {: onclick=x }\n\n## Two {#mine .x style=y}\n\npara\n{: .sign-off #p onclick=z }")
    assert to_html(chapter.nodes) == '<h1 id="c1">T</h1><h2 id="c1-mine">Two</h2><p>para</p>'


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("note", "note", "Note"),
        ('caution "Do not *reboot*"', "caution", "Caution: Do not <em>reboot</em>"),
        ("warning", "caution", "Caution"),
        ("tip", "shortcut", "Shortcut"),
        ('why ""', "why", "Why"),
        ("unheard", "note", "Note"),
    ],
)
def test_a_callout_says_its_kind_in_words(typed, kind, title):
    assert html(f"!!! {typed}\n    Ask first.") == (
        f'<blockquote class="{kind}"><p><strong>{title}</strong></p><p>Ask first.</p></blockquote>'
    )


def test_tick_lists_are_boxes_and_their_words_are_told_in_order():
    (chapter,), _ = chapters_of("# T\n\n- [ ] Read it\n- [x] **Slept**\n    - [ ] inner\n- plain")
    assert chapter.ticks == ("Read it", "Slept", "inner")
    boxes = [node for node in elements(chapter.nodes) if node.tag == "input"]
    assert [box.attribute("checked") for box in boxes] == [None, "", None]


def test_a_picture_alone_is_a_figure_with_a_number_through_the_whole_playbook():
    chapters, doubts = chapters_of("# A\n\n![The clock](clock.png)", "# B\n\n![A & B](b.png)\n\n![x](../c.png)")
    assert to_html(chapters[0].nodes[1:]) == (
        '<p class="figure"><img alt="The clock" src="playbook:clock.png"/></p>'
        '<p class="caption"><strong>Figure\xa01</strong> The clock</p>'
    )
    assert "<strong>Figure\xa02</strong> A &amp; B" in to_html(chapters[1].nodes)
    assert [what for what in doubts if "../c.png" in what]
    assert "playbook:.." not in to_html(chapters[1].nodes)


def test_links_lead_to_headings_here_and_in_other_chapters():
    chapters, doubts = chapters_of(
        "# A\n\n## The ladder\n\n[here](#the-ladder) [there](02.md#x) [chapter](02.md)", "# B\n\n## Y {#x}"
    )
    targets = [node.attribute("href") for node in elements(chapters[0].nodes) if node.tag == "a"]
    assert targets == ["#c1-the-ladder", "#c2-x", "#c2"]
    assert doubts == []
    assert [heading.id for heading in chapters[1].headings] == ["c2", "c2-x"]


def test_a_link_that_leads_nowhere_is_words_and_a_warning():
    (chapter,), doubts = chapters_of("# A\n\n[a](#none) [b](03.md) [c](javascript:x) [d](../01.md)")
    assert not [node for node in elements(chapter.nodes) if node.tag == "a"]
    assert len(doubts) == 4


def test_a_record_is_named_and_one_that_is_gone_is_said_to_be():
    shown = html("[[KB-0003]] and [[kb-9]] and [this](record:KB-0003)", names={"KB-0003": "Locked out"})
    assert '<a href="record:KB-0003">KB-0003 Locked out</a>' in shown
    assert 'KB-9 <span class="remark">(is not in this book)</span>' in shown
    assert '<a href="record:KB-0003">this</a>' in shown


def test_facts_of_the_deployment_stand_in_the_text_or_a_line_to_fill_in():
    text = "At {{deployment}} for {{ customer }}: {{go-live}}, {{nobody}}, `{{deployment}}`"
    shown = html(text, facts={"deployment": "Harbour <b>*ERP*</b>"})
    assert "At Harbour &lt;b&gt;*ERP*&lt;/b&gt; for " in shown
    assert shown.count(BLANK) == 2
    assert "{{nobody}}" in shown
    assert "<code>Harbour" in shown


def test_a_fact_at_the_end_of_a_heading_is_no_attribute():
    (chapter,), _ = chapters_of("# Go-live of {{deployment}}", facts={"deployment": "ERP"})
    assert chapter.title == "Go-live of ERP"


def test_footnotes_stand_at_the_end_of_their_chapter():
    shown = html("Text[^1] more[^b].\n\n[^1]: One.\n[^b]: Two.")
    assert '<sup id="c1-fnref:1"><a href="#c1-fn:1">1</a></sup>' in shown
    assert shown.endswith('<ol class="notes"><li id="c1-fn:1"><p>One.</p></li><li id="c1-fn:b"><p>Two.</p></li></ol>')


def test_contents_list_chapters_and_sections_with_their_places():
    chapters, _ = chapters_of("# A\n\n::: contents\n\n## One\n\n### deep", "# B")
    assert '<li><a href="#c1">A</a><ul class="contents"><li><a href="#c1-one">One</a></li></ul></li>' in to_html(
        chapters[0].nodes
    )
    assert '<a href="#c2">B</a>' in to_html(chapters[0].nodes)


def test_a_chapter_without_a_heading_gets_the_one_it_is_known_by():
    (chapter,), _ = chapters_of("just words")
    assert to_html(chapter.nodes) == '<h1 id="c1">Chapter 1</h1><p>just words</p>'


def test_tables_keep_their_columns_aligned():
    assert '<td align="right">1</td>' in html("| a | b |\n|:--|--:|\n| x | 1 |")


ITEMS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["-", "*", "1."])), min_size=1, max_size=9)


@given(ITEMS, st.sampled_from([2, 3, 4]))
def test_lists_nest_as_everywhere_else_however_they_are_indented(items, step):
    """Two spaces below a dash, three below a number, four anywhere: one list."""
    lines, depth, marks = [], -1, {}
    for wanted, mark in items:
        depth = min(wanted, depth + 1)
        marks = {level: own for level, own in marks.items() if level <= depth}
        mark = marks.setdefault(depth, mark)
        indent = sum(max(step, len(marks[level]) + 1) for level in range(depth))
        lines.append(f"{' ' * indent}{mark} word")
    assert html("\n".join(lines)) == to_html(render("\n".join(lines)))


@pytest.mark.parametrize(
    "text",
    [
        "Text:\n- a\n- b",
        "- a\n  goes on\n  - b\n    goes on",
        "1. > quoted\n\n    said\n2. > quoted",
        "1. a\n\n   para\n2. c",
        "text\n2. not a list",
        "- a\n\n  ```sh\n  ls - x\n    deep\n  ```\n- b",
        "para\n\n    code - x\n    - y\n\n- i",
    ],
)
def test_lists_are_read_as_people_type_them(text):
    assert html(text) == to_html(render(text))


def test_a_list_in_a_callout_is_read_the_same_way():
    assert "<p>Text:</p><ul><li>a<ul><li>b</li></ul></li></ul>" in html("!!! note\n    Text:\n    - a\n      - b")


HOSTILE = {
    "one word": "a" * 200_000,
    "many rows": "| a | b |\n|---|---|\n" + "| x **b** | y |\n" * 2_000,
    "quotes": "> " * 300 + "deep",
    "lists": "\n".join("  " * depth + "- a" for depth in range(300)),
    "callouts": "".join("    " * depth + "!!! note\n" for depth in range(120)),
    "brackets": "[" * 5_000,
    "pictures": "![" * 3_000,
    "footnotes": "[^1] " * 2_000 + "\n\n[^1]: x",
    "headings": "## a\n\n" * 5_000,
    "emphasis": "*a **b " * 8_000,
    "code": "`a " * 8_000,
    "half characters": "\ud83d \uf8d0 \x02 \x00",
    "placeholders": "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_moments_and_stays_harmless(name):
    began = time.process_time()
    chapters_of(f"# T\n\n{HOSTILE[name]}")
    assert time.process_time() - began < 20  # some of these took minutes; a second is usual


FRAGMENTS = [
    *("# T\n\n", "## H {#x}\n\n", "::: rights\n\n", ":::", "!!! note\n    ", "    ", "- ", "1. ", "- [ ] ", "> "),
    *("**", "_", "`", "```\n", "[a](#x)", "[a](02.md#y)", "[[KB-1]]", "![a](b.png)", "![a](../b.png)", "[^1]", "\n\n"),
    *("[^1]: note\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "{: #x onclick=y }", "{{deployment}}", "<script>", "</p>"),
    *("&lt;", "&#0;", "&amp;", "word", "\n", "term\n:   meaning\n", "\x02", "\uf8d0", "live", "<live>1</live>"),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join))
def test_any_chapter_becomes_a_harmless_tree(text):
    first, _ = chapters_of(text, facts={"deployment": "<ERP>"})
    again, _ = chapters_of(text, facts={"deployment": "<ERP>"})
    assert first == again
    places = [heading.id for chapter in first for heading in chapter.headings]
    assert len(places) == len(set(places))
    assert not any("<script" in to_html(chapter.nodes) for chapter in first)


def test_every_text_of_a_list_is_kept():
    words = [f"word{number}" for number in range(60)]
    text = "\n".join(f"- {words[at]}\n    {words[at + 1]}\n\n{words[at + 2]}" for at in range(0, 60, 3))
    assert re.findall(r"word\d+", html(text)) == words
