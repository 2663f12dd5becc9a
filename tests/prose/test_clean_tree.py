"""HTML of any origin becomes one tree, clean and as a reader sees it."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escplaybook.prose.html import Node, plain, to_html
from escplaybook.prose.sanitised import clean, parse
from tests.prose.harmless import assert_harmless, depth, elements

FRAGMENTS = [
    *("<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<ol start='7'>", "<ol start='x'>", "</ol>", "<blockquote>"),
    *("</blockquote>", "<pre>", "<pre>\n\n", "</pre>", "<code>", "</code>", "<em>", "</em>", "<strong>", "</strong>"),
    *("<a href='https://a.example'>", "<a href='javascript:x'>", "<a href='../x'>", "</a>", "<br>", "<hr>", "<h2>"),
    *("</h2>", "<table>", "<tr>", "<td align='right'>", "<td style='x'>", "<th align='no'>", "</td>", "</tr>"),
    *("</table>", "<input type='checkbox' checked>", "<input type='text'>", "<input>", "<span class='remark x'>"),
    *("<span class='x'>", "</span>", "<li class='checked'>", "<img src='https://a.example/b.png' alt=' b  c '>"),
    *("<img src='b.png'>", "<script>", "</script>", "<style>", "<svg>", "<math>", "<iframe src='x'>", "<!--", "-->"),
    *("<div onclick='x'>", "</div>", "<template>", "<dl>", "<dt>", "<dd>", "<kbd>", "<mark>", "&lt;", "&amp;", "&#0;"),
    *(
        "&#x1b;",
        "&nbsp;",
        "word",
        "two words",
        " ",
        "\n",
        "\t",
        "<",
        ">",
        "&",
        '"',
        "\0",
        "\ud800",
        "\ufdd0",
        "é",
        "שלום",
    ),
]


def only(html: str) -> Node:
    (node,) = parse(html)
    assert isinstance(node, Node)
    return node


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_any_html_becomes_a_harmless_tree_and_stays_one(html):
    nodes = parse(html)
    assert_harmless(nodes)
    assert_harmless(parse(to_html(nodes)))
    assert parse(html) == nodes


def test_a_link_in_a_link_is_no_link():
    nodes = parse("<a href='https://a.example'>a<table><tr><td><a href='https://b.example'>b</a></table></a>")
    assert [node.attribute("href") for node in elements(nodes) if node.tag == "a"] == ["https://a.example"]
    assert clean(to_html(nodes)) == to_html(nodes)


def test_white_space_is_what_a_reader_sees():
    nodes = parse("\n<p> one\n  <em> two</em> \n <br>\n three </p>\n\n<ul>\n <li>four\n<ul>\n<li>five</ul></ul>\n")
    assert to_html(nodes) == "<p>one <em>two</em><br/>three</p><ul><li>four<ul><li>five</li></ul></li></ul>"


def test_preformatted_text_keeps_its_spaces_and_lines_but_for_the_last_line_break():
    html = to_html(parse("<pre><code>\n  if  x:\n\tgo\n\n</code></pre>"))
    assert html == "<pre><code>\n  if  x:\n\tgo</code></pre>"
    assert only("<pre>\n\n a</pre>").text == "\n a"
    assert only(to_html(parse("<pre>\n\n a</pre>"))).text == "\n a"


def test_text_reads_line_by_line_and_table_cells_stand_a_tab_apart():
    html = "<h1>Cut-over</h1><p>a<br>b</p><table><tr><th>c</th><th></th><th>d</th></tr><tr><td>e<td>f</table><hr>z"
    assert plain(parse(html)) == "Cut-over\na\nb\nc\t\td\ne\tf\nz"


def test_a_node_tells_its_text_and_its_attributes():
    node = only('<p>see <a href="https://a.example/?b=1&amp;c">the <em>page</em></a></p>')
    (link,) = (each for each in elements((node,)) if each.tag == "a")
    assert (node.text, link.text) == ("see the page", "the page")
    assert link.attribute("href") == "https://a.example/?b=1&c"
    assert link.attribute("class") is None


def test_writing_escapes_text_and_attributes():
    node = Node("a", (("href", 'https://a.example/?"<b>&'),), ("1 < 2 & 3",))
    assert to_html((node,)) == '<a href="https://a.example/?&quot;&lt;b&gt;&amp;">1 &lt; 2 &amp; 3</a>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<img src="https://a.example/shots/log%20in.png" alt="The log-in">', "The log-in (picture: log in.png)"),
        ('<img src="https://a.example/token/x1/?name=image.png" alt="">', "picture: image.png"),
        ('<img src="shots/b.png" alt="b.png">', "picture: b.png"),
        ('<img src="shots/b.png" alt="B">', "B (picture: b.png)"),
        ('<img src="file:///etc/passwd" alt="B">', "B (picture)"),
        ('<img src="data:image/png;base64,AAAA">', "picture"),
        ('<img src="https://[broken" alt="B">', "B (picture)"),
        ("<img>", "picture"),
    ],
)
def test_a_picture_becomes_words(html, shown):
    nodes = parse(html)
    assert plain(nodes) == shown
    assert only(html).attribute("class") == "picture"


def test_a_picture_from_the_web_can_be_followed_unless_it_stands_in_a_link_already():
    picture = '<img src="https://a.example/b.png" alt="B">'
    alone = [node.attribute("href") for node in elements(parse(picture)) if node.tag == "a"]
    linked = [node.attribute("href") for node in elements(parse(f'<a href="https://c.example">{picture}</a>'))]
    assert alone == ["https://a.example/b.png"]
    assert [target for target in linked if target] == ["https://c.example"]


def test_ten_thousand_nested_quotes_are_flattened_and_keep_their_text():
    nodes = parse("<blockquote>" * 10_000 + "deep" + "</blockquote>" * 10_000 + "<p>after</p>")
    assert_harmless(nodes)
    assert plain(nodes) == "deep\nafter"
    assert depth(nodes) == 48


def test_words_of_flattened_blocks_do_not_run_together():
    nodes = parse("<blockquote>" * 60 + "<p>one</p><p>two</p>" + "</blockquote>" * 60)
    assert plain(nodes) == "one two"


def test_ten_thousand_paragraphs_side_by_side_are_not_taken_for_nested():
    assert len(parse("<p>a<br>b</p>" * 10_000)) == 10_000


def test_what_no_font_can_show_is_replaced():
    assert plain(parse("<p>a\0b\x1b[31mc\ud800d\ufdd0e&#1;f</p>")) == "a\ufffdb\ufffd[31mc\ufffdd\ufffde\ufffdf"


@pytest.mark.parametrize(
    "html", ["<p>{}</p>", "<pre>{}</pre>", "<table><tr><td>{}</table>", "<p>a<br><code>{}</code></p>"]
)
def test_a_word_too_long_to_lay_out_can_be_broken_and_nothing_else_is_touched(html):
    key = "k" * 5_000
    assert "\u200b" not in plain(parse(html.format(f"{key}\n{key}\t{key} {key}")))
    assert "\u200b".join(["x" * 5_000] * 40) in plain(parse(html.format("x" * 200_000)))


def test_a_long_word_made_of_many_elements_can_be_broken_too():
    parts = plain(parse(f"<p>{'<em>x</em>y' * 10_000}</p>")).split("\u200b")
    assert [len(part) for part in parts] == [5_000] * 4


def test_the_nodes_alone_cost_neither_the_sanitiser_nor_the_markdown_reader():
    ask = "import sys; from escplaybook.prose import entries, highlight, html; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    assert "escplaybook.prose.html" in loaded
    assert not {"nh3", "markdown_it", "html.parser"} & set(loaded)
