"""Links between records say what they lead to, and pictures in a text come out of the book and from nowhere else."""

import hashlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QUrl
from PySide6.QtGui import QImage, QTextDocument

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.edits import Edit
from escplaybook.domain.mentions import picture
from escplaybook.services import editing
from escplaybook.store import blobs
from escplaybook.ui import book_texts
from escplaybook.ui.knowledge.passages import PassageMap
from escplaybook.ui.knowledge.reading import Reading
from escplaybook.ui.knowledge.text import html_of
from tests.ui.hands import follow, opened, stored

IMAGE = QTextDocument.ResourceType.ImageResource.value


def png(width: int = 1200, height: int = 300) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x2457C5)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def reading(desk, qtbot):
    made = Reading(desk)
    qtbot.addWidget(made)
    made.resize(700, 700)
    made.show()
    return made


def shown(reading, record) -> str:
    reading.show_record(record)
    return reading.text.toPlainText()


def test_a_link_says_what_the_record_is_called_and_leads_there(desk, known, book, entry, qtbot):
    (pointing,) = stored(book, entry("Sessions end early", cause="As in [[KB-0001]], but see [[kb-99]]."))
    window = opened(desk, qtbot, "knowledge")
    window.page.detail.open(pointing.id)
    text = window.page.reading.text
    assert "As in KB-0001 Login loops after SAML cut-over: assertion not yet valid, but see" in text.toPlainText()
    assert "KB-99 (is not in this book)" in text.toPlainText()
    follow(text, "record:KB-0001")
    assert window.page.detail.record.key == "KB-0001"
    window.close()


def test_what_is_said_of_a_link_moves_no_passage(desk, known, book, entry, reading):
    (pointing,) = stored(book, entry("Sessions end early", cause="As in [[KB-0001]], the clock runs ahead."))
    assert "Login loops" in shown(reading, pointing)
    places = PassageMap(reading.text.document(), pointing)
    text = places.texts("cause")
    at = text.index("the clock")
    assert places.cursor("cause", at, at + 9).selectedText() == "the clock"


def test_a_picture_out_of_the_book_is_shown_no_wider_than_the_column(desk, book, entry, reading):
    data = png()
    kept = blobs.described("screen.png", data)
    one = entry("Login fails", symptoms=f"Before {picture('Screen', kept.hash, 'screen.png')}\n\nafter it")
    edit = Edit(None, one)
    (done,) = editing.apply(book, "Add", edit, now=desk.now(), files=[data])
    shown(reading, done.after)
    url = QUrl(f"attachment:{kept.hash}/screen.png")
    image = reading.text.loadResource(IMAGE, url)
    assert image.deviceIndependentSize().width() == desk.theme.px(620)
    reading.resize(460, 700)
    assert reading.text.loadResource(IMAGE, url).deviceIndependentSize().width() < 420
    places = PassageMap(reading.text.document(), done.after)
    at = places.texts("symptoms").index("after")
    assert places.cursor("symptoms", at, at + 8).selectedText() == "after it"


def test_a_picture_that_is_not_in_the_book_is_an_empty_place(desk, entry, reading):
    gone = hashlib.sha256(b"gone").hexdigest()
    assert "after" in shown(reading, entry("x", symptoms=f"![x](attachment:{gone}/x.png) after"))
    assert reading.text.loadResource(IMAGE, QUrl(f"attachment:{gone}/x.png")).width() == 1


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, png()[:60]])
def test_bytes_that_are_no_picture_are_none(data):
    assert book_texts.decoded(data, 600) is None


def test_a_small_file_that_asks_for_thousands_of_millions_of_pixels_is_not_decoded():
    from struct import pack
    from zlib import crc32

    header = b"IHDR" + pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + header + pack(">I", crc32(header))
    assert book_texts.decoded(data, 600) is None


def test_files_stand_below_the_text_and_their_icon_says_what_they_are(desk, book, entry, reading):
    from escplaybook.ui.parts.attachments_field import icon_of

    files = tuple(
        Attachment(name, "0" * 64, 2_000_000, sort)
        for name, sort in (("a.png", "image/png"), ("b.csv", "text/csv"), ("c.zip", "application/zip"))
    )
    shown(reading, entry("x", attachments=files))
    assert len(reading.files.chips) == 3
    assert [icon_of(one) for one in files] == ["image", "table", "archive"]
    assert "Login" not in html_of(entry("x"))


def test_at_the_foot_stands_who_mentions_it(desk, known, book, entry, reading):
    (pointing,) = stored(book, entry("Sessions end early", cause="As in [[KB-0001]]."))
    told = shown(reading, known[0])
    assert told.index("Mentioned in") < told.index("Sessions end early KB-0004")
    assert "Mentioned in" not in shown(reading, pointing)


def test_a_text_with_a_picture_is_laid_out_once_though_the_scroll_bar_comes_meanwhile(desk, book, entry, reading):
    data = png()
    kept = blobs.described("screen.png", data)
    text = f"Before\n\n{picture('', kept.hash, 'screen.png')}\n\n" + "\n\n".join(f"Line {n}" for n in range(80))
    (done,) = editing.apply(book, "Add", Edit(None, entry("x", symptoms=text)), now=desk.now(), files=[data])
    for width in (500, 560, 480):
        reading.resize(width, 300)
        assert shown(reading, done.after).count("Before") == 1


def test_of_a_text_of_two_megabytes_the_beginning_is_read_and_notes_keep_their_place_in_it(desk, entry, reading):
    long = entry("x", symptoms="The clock runs ahead.\n" * 90_000, cause="Another text stands below.")
    told = shown(reading, long)
    assert len(told) < 200_000
    assert "of 1,980,000 characters are shown" in told
    assert told.endswith("Another text stands below.")
    places = PassageMap(reading.text.document(), long)
    assert places.cursor("symptoms", 4, 9).selectedText() == "clock"
    assert places.cursor("symptoms", 1_500_004, 1_500_009) is None
    assert places.cursor("cause", 0, 7).selectedText() == "Another"
