"""Whatever a text says, its tree loads nothing, runs nothing and leads nowhere but where a reader may go."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser

from escplaybook.prose.entries import render
from escplaybook.prose.html import plain, to_html
from escplaybook.prose.sanitised import parse
from tests.prose.harmless import assert_harmless, elements

BLOCKS = [
    "<script>fetch('http://t.example')</script>",
    "<SCRIPT SRC=http://t.example/x.js></SCRIPT>",
    "<style>@import url(http://t.example/x.css); p { background: url(file:///etc/passwd) }</style>",
    "<link rel=stylesheet href=http://t.example/x.css>",
    "<base href=http://t.example/><meta http-equiv=refresh content='0;url=http://t.example'>",
    "<p style='background-image:url(http://t.example/x.png)' class=x id=y onclick=z>p</p>",
    "<table background=http://t.example/x.png><tr><td background=x style=x bgcolor=x>c</td></tr></table>",
    "<body background=http://t.example/x.png>",
    "<iframe src=file:///etc/passwd></iframe><object data=x></object><embed src=x>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://t.example/x.png'/><script>x</script></svg>",
    "<svg><a xlink:href='javascript:x'><text>t</text></a></svg>",
    "<math><maction xlink:href='javascript:x'>m</maction></math>",
    "<video src=x poster=x><source src=x></video><audio src=x></audio><picture><source srcset=x></picture>",
    "<form action=http://t.example><input name=x type=text value=y><input type=image src=x><button>b</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=y>'></noscript>",
    "<textarea><img src=x></textarea><title><img src=x></title><xmp><img src=x></xmp><plaintext><img src=x>",
    "<!--><img src=x onerror=y>--><![CDATA[<img src=x>]]><?php x ?>",
    "<details open ontoggle=x><summary>s</summary></details><marquee onstart=x>m</marquee>",
]
SOURCES = [
    *("http://t.example/x.png", "https://t.example/x.png", "//t.example/x.png", "/etc/hostname", "x.png", "../x.png"),
    *("file:///etc/passwd", "file://host/share", "C:\\x.png", "\\\\host\\share\\x.png", "data:image/png;base64,AA=="),
    *("data:text/html,<script>x</script>", "qrc:/x.png", ":/x.png", "ftp://t.example/x.png", "cid:x", "blob:x"),
]
TARGETS = [
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:x",
    ),
    *(
        "\x01javascript:x",
        "java&#115;cript:alert(1)",
        "java&#x0a;script:alert(1)",
        "&#106;avascript:x",
        "javascript&colon;x",
    ),
    *("vbscript:x", "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "//host/path", "/etc/passwd", "x.html"),
    *("https:javascript:x", "record", "recordx:1", "http:/x", "feed:javascript:x", "view-source:http://x.example", "?"),
    *("jar:http://t.example!/x", "smb://host/x", "ms-settings:x", "search-ms:x", "%6aavascript:x", "javascript%3Ax"),
]
HTML = [
    *BLOCKS,
    *(f'<p>p<img src="{source}" srcset="{source}" onerror="x" style="x" alt="a"></p>' for source in SOURCES),
    *(f'<p>p<a href="{target}" target="_blank" ping="http://t.example" onclick="x">t</a></p>' for target in TARGETS),
]
MARKDOWN = [
    *BLOCKS,
    *(f"p <b>{block}</b>" for block in BLOCKS),
    *(f"![a]({source})" for source in SOURCES),
    *(f"![a](<{source}>)" for source in SOURCES),
    *(f"![a][r]\n\n[r]: <{source}> 'title'" for source in SOURCES),
    *(f"[t]({target})" for target in TARGETS),
    *(f"[t](<{target}> 'title\" onclick=\"x')" for target in TARGETS),
    *(f"[t][r]\n\n[r]: <{target}>" for target in TARGETS),
    *(f"<{target}>" for target in TARGETS),
    *(f"| [t]({target}) | x |\n|:-:|-|\n| x | x |" for target in TARGETS),
    *(f"| ![a]({source}) | x |\n|:-:|-|\n| x | <img src={source}> |" for source in SOURCES),
    "```<img src=x onerror=y>\n<script>x</script>\n```",
    '``` "onclick=x class=y style=z\nx\n```',
    "1. x\n999999999) y\n1234567890. z",
]


class Recorder(QTextBrowser):
    """A reading pane that writes down what it is asked to fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def loadResource(self, _kind: int, name) -> QImage:
        self.asked.append(name.toString())
        return QImage(1, 1, QImage.Format.Format_ARGB32)


@pytest.fixture
def pane(qtbot) -> Recorder:
    made = Recorder()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


@pytest.mark.parametrize("markdown", MARKDOWN)
def test_hostile_markdown_leaves_only_what_is_allowed(markdown):
    nodes = render(markdown)
    assert_harmless(nodes)
    assert parse(to_html(nodes)) == nodes


@pytest.mark.parametrize("html", HTML)
def test_hostile_html_leaves_only_what_is_allowed(html):
    nodes = parse(html)
    assert_harmless(nodes)
    assert parse(to_html(nodes)) == nodes


def test_no_hostile_target_is_left_to_follow():
    texts = [f"[t]({target})" for target in TARGETS] + [f"[t][r]\n\n[r]: <{target}>" for target in TARGETS]
    trees = [*map(render, texts), *(parse(f'<a href="{target}">t</a>') for target in TARGETS)]
    assert [node for tree in trees for node in elements(tree) if node.tag == "a"] == []


def test_a_reading_pane_is_asked_for_nothing_by_any_of_it(pane):
    for text in MARKDOWN:
        pane.setHtml(to_html(render(text)))
        pane.grab()
    for text in HTML:
        pane.setHtml(to_html(parse(text)))
        pane.grab()
    assert pane.asked == []


def test_the_recording_pane_would_have_noticed(pane):
    pane.setHtml('<p>x<img src="http://t.example/x.png"></p>')
    pane.grab()
    assert pane.asked == ["http://t.example/x.png"]


@pytest.mark.parametrize("block", BLOCKS)
def test_html_in_markdown_is_shown_as_it_was_typed(block):
    assert "".join(plain(render(block)).split()) == "".join(block.split())


@pytest.mark.parametrize(
    "target",
    ["https://a.example/b?c=1&d#e", "http://a.example", "mailto:noc@a.example", "tel:+12065550142", "record:KB-0142"],
)
def test_honest_targets_can_be_followed(target):
    for nodes in (render(f"[t]({target})"), parse(f'<a href="{target.replace("&", "&amp;")}">t</a>')):
        assert [node.attribute("href") for node in elements(nodes) if node.tag == "a"] == [target]
