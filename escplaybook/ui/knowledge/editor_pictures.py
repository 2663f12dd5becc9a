"""Pictures that were pasted and are not in the book yet: kept beside it at once, so that no crash eats them."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from escplaybook.domain.attachments import Attachment
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.mentions import picture, pictures_in
from escplaybook.ui.desk import Desk

LARGEST = 4_000_000
"""Bytes of a pasted picture as PNG. A full screen is under one million; a larger one is made smaller until it fits."""

WIDEST = 2_400
"""Pixels; twice the width in which it is read, for sharp screens."""

SMALLEST = 200
"""Pixels of width below which nothing is read any more."""

_NAME = "picture:"
_DRAFTS = "draft:"


class Pictures:
    """The pasted pictures by their hash, in memory and in the small file beside the book."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, bytes] = {}

    def keep(self, image: QImage) -> str:
        """Keep a picture; returns the Markdown that shows it, or nothing, and told why, if it is none."""
        data = _png(image)
        if data is None:
            told = "The picture could not be read or made small enough; nothing was put in. Attach it as a file."
            self._desk.trouble(PlaybookError(told))
            return ""
        return self.keep_file(data)

    def keep_file(self, data: bytes) -> str:
        """Keep the bytes of a picture; returns the Markdown that shows it."""
        self._forget_unnamed()
        known = hashlib.sha256(data).hexdigest()
        self._known[known] = data
        self._desk.memory.remember(f"{_NAME}{known}", b64encode(data).decode())
        return picture("", known, _name(known))

    def data(self, file_hash: str) -> bytes | None:
        """The bytes of a pasted picture, also of one that was pasted before the program last ended."""
        if file_hash not in self._known and (kept := self._desk.memory.recall(f"{_NAME}{file_hash}")):
            self._known[file_hash] = b64decode(kept)
        return self._known.get(file_hash)

    def new_in(self, texts: Iterable[str], attached: Iterable[Attachment]) -> list[tuple[Attachment, bytes]]:
        """The pasted pictures that these texts show and that are not attached yet."""
        there = {one.hash for one in attached}
        hashes = dict.fromkeys(found for text in texts if "attachment:" in text for found in pictures_in(text))
        pasted = ((known, self.data(known)) for known in hashes if known not in there)
        return [(Attachment(_name(known), known, len(data), "image/png"), data) for known, data in pasted if data]

    def _forget_unnamed(self) -> None:
        """Drop what is kept of pictures that no draft shows any more: they were saved or given up."""
        memory = self._desk.memory
        kept = memory.names(_NAME)
        drafts = " ".join(str(memory.recall(name)) for name in memory.names(_DRAFTS)) if kept else ""
        for name in kept:
            known = name.removeprefix(_NAME)
            if known not in drafts and known not in self._known:
                memory.forget(name)


def _name(known: str) -> str:
    return f"picture-{known[:8]}.png"


def _png(image: QImage) -> bytes | None:
    if image.isNull():
        return None
    if image.width() > WIDEST:
        image = image.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
    while len(data := _encoded(image)) > LARGEST:
        if image.width() < SMALLEST:
            return None
        image = image.scaledToWidth(image.width() * 2 // 3, Qt.TransformationMode.SmoothTransformation)
    return data or None


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
