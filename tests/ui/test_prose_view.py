"""Whatever a text says, reading it reaches neither the network nor the disk."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument

from escplaybook.ui.prose_view import ProseView

HOSTILE = """
<p>before</p>
<img src="{0}"><img src="http://tracker.example/pixel.png"><img src="//tracker.example/pixel.png">
<table background="{0}"><tr><td>cell</td></tr></table>
<p>after</p>
<link rel="stylesheet" href="{1}"><style>@import url("http://tracker.example/a.css");</style>
"""


@pytest.fixture
def view(desk, qtbot):
    made = ProseView(desk.theme)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@pytest.fixture
def opened(monkeypatch):
    links: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: links.append(url.toString()))
    return links


def test_pictures_and_style_sheets_are_never_fetched(view, tmp_path):
    picture = tmp_path / "secret.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(picture))
    link = QUrl.fromLocalFile(str(picture))
    (tmp_path / "secret.css").write_text("p { color: red }")
    sheet = QUrl.fromLocalFile(str(tmp_path / "secret.css"))
    view.show_html(HOSTILE.format(link.toString(), sheet.toString()))
    view.grab()
    for url in (link, QUrl("http://tracker.example/pixel.png"), QUrl("//tracker.example/pixel.png")):
        assert view.document().resource(QTextDocument.ResourceType.ImageResource.value, url).width() == 1
    assert not view.document().resource(QTextDocument.ResourceType.StyleSheetResource.value, sheet)
    assert "before" in view.toPlainText()
    assert "after" in view.toPlainText()


def test_links_to_pages_and_mail_open_outside(view, opened):
    for link in ("https://status.example/1", "http://intranet.example", "mailto:noc@vendor.example"):
        view.anchorClicked.emit(QUrl(link))
    assert opened == ["https://status.example/1", "http://intranet.example", "mailto:noc@vendor.example"]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://x.example", "smb://x.example/y"]
)
def test_other_links_open_nothing(view, opened, link):
    view.anchorClicked.emit(QUrl(link))
    assert opened == []


def test_a_link_to_a_record_stays_inside(view, opened, qtbot):
    with qtbot.waitSignal(view.record_wanted) as wanted:
        view.anchorClicked.emit(QUrl("record:KB-0142"))
    assert wanted.args == ["KB-0142"]
    assert opened == []


def test_the_column_stays_narrow_enough_to_read(view, desk):
    view.resize(1600, 500)
    view.show_html("<p>" + "word " * 400 + "</p>")
    block = view.document().begin()
    assert block.layout().lineAt(0).naturalTextWidth() <= desk.theme.px(620)


def test_the_same_text_refreshed_stays_where_it_was_read(view):
    view.show_html("<p>line</p>" * 300)
    view.verticalScrollBar().setValue(500)
    view.refresh_html("<p>line</p>" * 301)
    assert view.verticalScrollBar().value() == 500


def test_a_long_text_with_headings_is_laid_out_whole(view):
    """Dressing its headings one by one made Qt forget the lines between them: they took no room and were not seen."""
    part = "<h2>Part {0}</h2><table><tr><td>cell</td></tr></table><ol><li>first</li><li>second</li></ol><p>end</p>"
    view.show_html("<h1>Whole</h1>" + "".join(part.format(number) for number in range(80)))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.grab()
    block = view.document().begin()
    while block.isValid():
        assert not block.text() or block.layout().boundingRect().height() > 0, block.text()
        block = block.next()


def test_headings_have_the_sizes_that_were_asked_for(desk, qtbot):
    made = ProseView(desk.theme, headings={1: 20, 2: 15})
    qtbot.addWidget(made)
    made.show_html("<h1>One</h1><h2>Two</h2><h3>Three</h3>")
    sizes, block = [], made.document().begin()
    while block.isValid():
        sizes.append(block.begin().fragment().charFormat().font().pixelSize())
        block = block.next()
    assert sizes == [20, 15, 13]


def test_a_link_to_a_place_in_the_text_stays_inside(view, opened, qtbot):
    with qtbot.waitSignal(view.inner_wanted) as wanted:
        view.anchorClicked.emit(QUrl("#c2-the-ladder"))
    assert wanted.args == ["#c2-the-ladder"]
    assert opened == []
