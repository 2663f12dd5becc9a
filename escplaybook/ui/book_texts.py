"""What texts name that only the book knows: how the records behind links are called, and the pictures in it."""

import html
import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.naming import name_of
from escplaybook.store import blobs, records
from escplaybook.store.book import Book

LARGEST = 40_000_000
"""Pixels of a picture that is shown; a file of some kilobytes can ask for thousands of millions."""

TITLE = 80
"""Characters of a record's name behind a link to it."""

_LINK = re.compile(r'<a href="record:(?P<key>[A-Z]{2}-\d{1,9})">(?:<mark>)?(?P=key)(?:</mark>)?</a>')


def with_names(book: Book, text: str) -> str:
    """HTML made by `prose`, each link to a record followed by what it is called.

    The names carry a `title`, by which they are known for no words of the text (see `is_told`).
    """
    known: dict[str, str] = {}

    def told(link: re.Match[str]) -> str:
        key = link["key"]
        if key not in known:
            known[key] = _name(book, key)
        return link[0] + known[key]

    return _LINK.sub(told, text)


def _name(book: Book, key: str) -> str:
    try:
        record = records.by_key(book, key)
    except PlaybookError:
        return f" <a class='gone' href='record:{key}' title='{key}'>(is not in this book)</a>"
    name = " ".join(name_of(record).split())
    short = name if len(name) <= TITLE else f"{name[: TITLE - 1].rstrip()}…"
    told = f"{short} (retired)" if getattr(record, "retired", None) else short
    return f" <a href='record:{key}' title='{key}'>{html.escape(told)}</a>"


def picture(book: Book, file_hash: str, width: int) -> QImage | None:
    """The picture with that hash, at most `width` pixels wide; None if the book has it not or it is none."""
    try:
        data = blobs.data_of(book, Attachment("picture", file_hash, 0))
    except PlaybookError:
        return None
    return decoded(data, width)


def decoded(data: bytes, width: int) -> QImage | None:
    """The picture in those bytes, at most `width` pixels wide; None if there is none or it is far too large."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > LARGEST:
        return None
    if size.width() > width:
        reader.setScaledSize(QSize(width, max(1, round(size.height() * width / size.width()))))
    image = reader.read()
    return None if image.isNull() else image
