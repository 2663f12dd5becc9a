"""Links between records, and pictures out of the book: the only ones that are ever shown."""

import pytest

from escplaybook.domain.mentions import picture, pictures_in
from escplaybook.prose.entries import plain_text, render
from escplaybook.prose.html import kept_hash, to_html
from tests.prose.harmless import assert_harmless, elements

HASH = "ab12" * 16


def test_double_brackets_around_a_key_lead_to_that_record():
    assert to_html(render("See [[KB-0142]] and [[ bl-7 ]].")) == (
        '<p>See <a href="record:KB-0142">KB-0142</a> and <a href="record:BL-7">BL-7</a>.</p>'
    )
    assert plain_text("See [[KB-0142]].") == "See KB-0142."


@pytest.mark.parametrize(
    "typed", ["[[KB-]]", "[[nobody]]", "`[[KB-0142]]`", r"\[[KB-0142]]", "[[KB-0142]", "[[KB-0142\n\n]]", "[[[[[["]
)
def test_other_brackets_stay_as_they_were_typed(typed):
    assert "record:" not in to_html(render(typed))


def test_a_link_to_a_record_stands_in_tables_lists_and_bold_text_and_in_no_other_link():
    for typed in ("| a |\n|-|\n| [[KB-1]] |", "- [[KB-1]]", "**[[KB-1]]**"):
        assert 'href="record:KB-1"' in to_html(render(typed))
    for link in elements(render("[see [[KB-1]]](https://a.example)")):
        assert link.tag != "a" or all(inner.tag != "a" for inner in elements(link.children))


def test_a_picture_of_the_book_stays_a_picture():
    nodes = render(f"Before {picture('Login [page]', HASH, 'log in.png')} after")
    assert to_html(nodes) == f'<p>Before <img alt="Login page" src="attachment:{HASH}/log-in.png"/> after</p>'
    assert plain_text(f"Before ![x](attachment:{HASH}/a.png) after") == "Before  after"
    assert_harmless(nodes)


@pytest.mark.parametrize(
    "source",
    [
        f"attachment:{HASH}",
        f"attachment:{HASH}/a/b.png",
        f"attachment:{HASH[:-1]}/a.png",
        f"attachment:{HASH}/../../etc/passwd",
        f"attachment://{HASH}/a.png",
        f"attachment:{HASH.upper()}/a.png",
        f"https://a.example/attachment:{HASH}/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
    ],
)
def test_whatever_else_calls_itself_a_picture_becomes_words(source):
    nodes = render(f"![b]({source})")
    assert [node.tag for node in elements(nodes)].count("img") == 0
    assert kept_hash(source) == ""
    assert_harmless(nodes)


def test_the_pictures_of_a_text_are_told_once_each():
    other = "cd34" * 16
    text = f"![a](attachment:{HASH}/a.png) ![b](attachment:{other}/b.png) ![a](attachment:{HASH}/a.png)"
    assert pictures_in(text) == [HASH, other]
