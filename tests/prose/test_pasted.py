"""What people paste becomes Markdown that says the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escplaybook.prose.entries import plain_text, render
from escplaybook.prose.markdown import from_cells, from_html, table
from tests.prose.harmless import assert_harmless, elements


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Users <b>bounce</b> between <i>app</i> and provider</p>", "Users **bounce** between *app* and provider"),
        ("<h1>Cause</h1><p>The clock</p>", "### Cause\n\nThe clock"),
        ("<ul><li>one<li>two<ul><li>inner</ul></ul>", "- one\n- two\n  - inner"),
        ("<ol start=3><li>three<li>four</ol>", "3. three\n4. four"),
        ("<pre>kubectl get pods\n  -n idp</pre>", "```\nkubectl get pods\n  -n idp\n```"),
        ("run <code>ntpq -p</code> now", "run `ntpq -p` now"),
        ('see <a href="https://status.example/1">the page</a>', "see [the page](https://status.example/1)"),
        ('<a href="https://a.example/x">https://a.example/x</a>', "<https://a.example/x>"),
        ("<blockquote>said<br>twice</blockquote>", "> said\\\n> twice"),
        ("<b> spaced </b>word", "**spaced** word"),
        ("2 * 3 and a_b and _x_", "2 \\* 3 and a_b and \\_x\\_"),
        ("<p># no heading</p><p>1. no list</p><p>- no item</p>", "\\# no heading\n\n1\\. no list\n\n\\- no item"),
        ("&amp;copy; &lt;b&gt; a &lt; b ~~x~~", "\\&copy; \\<b> a < b \\~~x\\~~"),
        ('<a href="record:KB-0142">KB-0142</a> <a href="record:KB-0142">Login loops</a>', "[[KB-0142]] Login loops"),
        ("<b style='font-weight:normal'><p>from a word processor</p></b>", "from a word processor"),
        ("<html><head><title>t</title></head><body>  <p>only the body</p></body></html>", "only the body"),
        ("<body>x<!--StartFragment--><p>the fragment</p><!--EndFragment-->y</body>", "the fragment"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert from_html(html) == markdown


def test_a_table_of_a_page_becomes_a_table():
    html = "<table><tr><th>Code</th><th>Means</th></tr><tr><td>429</td><td>too | many</td></tr></table>"
    assert from_html(html) == "| Code | Means |\n| --- | --- |\n| 429 | too \\| many |"
    assert [node.tag for node in elements(render(from_html(html)))].count("td") == 2


def test_cells_of_a_spreadsheet_become_a_table():
    assert from_cells("System\tState\nidentity\tdown | slow\n") == (
        "| System   | State        |\n| -------- | ------------ |\n| identity | down \\| slow |"
    )
    assert from_cells('a\tb\n"two\nlines"\tc') == "| a         | b   |\n| --------- | --- |\n| two lines | c   |"


@pytest.mark.parametrize("text", ["a\tb", "one\ntwo", "a\tb\nc", "\tif x:\n\t\treturn", "", "\t\n\t"])
def test_other_tabs_are_no_table(text):
    assert from_cells(text) == ""


def test_what_is_hostile_in_a_page_does_not_come_along():
    html = (
        "<script>alert(1)</script><style>@import url(http://t.example)</style>"
        "<a href='javascript:alert(1)'>click</a><img src='file:///etc/passwd'><iframe src='x'></iframe>"
    )
    pasted = from_html(html)
    assert "script" not in pasted
    assert "passwd" not in pasted
    assert_harmless(render(pasted))


@given(st.text(max_size=60))
def test_words_are_shown_as_they_were_copied(words):
    from html import escape

    assert plain_text(from_html(f"<p>{escape(words)}</p>")).split() == plain_text_of(words)


def plain_text_of(words: str) -> list[str]:
    from html import escape

    from escplaybook.prose.html import plain, showable
    from escplaybook.prose.sanitised import parse

    return plain(parse(f"<p>{escape(showable(words))}</p>")).split()


@given(st.lists(st.lists(st.text("ab|\\ `*\n", max_size=5), min_size=2, max_size=4), min_size=2, max_size=4))
def test_a_table_keeps_its_cells_apart(rows):
    columns = max(map(len, rows))
    cells = [node for node in elements(render(table(rows))) if node.tag in ("td", "th")]
    assert len(cells) == columns * len(rows)
