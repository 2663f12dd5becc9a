"""A person's photo: taken from a file, scaled down before it is kept, and shown small."""

import base64
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from escplaybook.domain.attachments import SIZE_LIMIT, Attachment
from escplaybook.domain.errors import PlaybookError, Unreadable
from escplaybook.store.blobs import data_of, described
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress

KEPT, SHOWN = 320, 72
"""The longer side of a photo as it is kept and as it is shown, in pixels; more is of no use beside a number."""

_PIXELS = 80_000_000
"""Pixels of a picture that is opened at all, more than any telephone takes: some claim billions to fill the memory."""

_FORMATS = ("jpeg", "png", "webp", "gif", "bmp")


def scaled(data: bytes, side: int) -> QImage:
    """The picture in these bytes, no longer than `side` on either side. Raises Unreadable if there is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()).decode("ascii", "replace") not in _FORMATS or not size.isValid():
        raise Unreadable("This is no picture that can be shown; nothing was changed. Choose a JPEG or PNG file.")
    if size.width() * size.height() > _PIXELS:
        raise Unreadable("This picture is too large to be opened; nothing was changed. Choose a smaller copy.")
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise Unreadable("This picture is damaged; nothing was changed. Choose another one.")
    return image


def taken_from(path: Path) -> bytes:
    """The photo in a file as it will be kept: small, and without what the camera noted. Raises Unreadable."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            told = f"{path.name} is larger than {SIZE_LIMIT // 1024**2} MB; nothing was changed. Choose a smaller copy."
            raise Unreadable(told)
        image = scaled(path.read_bytes(), KEPT)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read ({error.strerror}); nothing was changed.") from error
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(buffer, "JPEG", 85)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def pixmap_of(desk: Desk, photo: Attachment, side: int) -> QPixmap | None:
    """The photo as it is shown; None if it is not in this copy of the book, is damaged or is no picture."""
    try:
        return QPixmap.fromImage(scaled(data_of(desk.book, photo), side))
    except PlaybookError:
        return None


class PhotoField(QWidget):
    """A photo as a field of a form. Its value is what the record keeps of it, with the bytes of one just chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._value: dict[str, Any] | None = None
        self.picture = QLabel(self)
        self.picture.setAccessibleName(self.tr("Photo"))
        self.choose = QPushButton(self.tr("Choose a picture …"), self)
        dress(self.choose, "user", desk.theme)
        self.choose.clicked.connect(self.ask)
        self.remove = QPushButton(self.tr("Remove"), self)
        dress(self.remove, "x", desk.theme)
        self.remove.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.picture, self.choose, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.choose)

    def value(self) -> dict[str, Any] | None:
        """What is kept of the photo; None if there is none."""
        return self._value

    def set_value(self, value: dict[str, Any] | None) -> None:
        """Show a photo."""
        self._value = value or None
        self.remove.setVisible(self._value is not None)
        self.choose.setText(self.tr("Choose another …") if self._value else self.tr("Choose a picture …"))
        pixmap = self._pixmap()
        self.picture.setVisible(self._value is not None)
        self.picture.setPixmap(pixmap or QPixmap())
        if self._value is not None and pixmap is None:
            self.picture.setText(self.tr("This photo cannot be shown."))

    def ask(self) -> None:
        """Ask for a file."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self, self.tr("Choose a photo"), folder, self.tr("Pictures (*.jpg *.jpeg *.png *.webp)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, name: str) -> None:
        """Take the photo in that file, or say in a sentence why not."""
        try:
            data = taken_from(Path(name))
        except PlaybookError as error:
            self._desk.trouble(error)
            return
        photo = described(f"{Path(name).stem[:80] or 'photo'}.jpg", data)
        self.set_value(values_of(photo) | {"data": base64.b64encode(data).decode()})
        self.changed.emit()

    def clear(self) -> None:
        """Have no photo."""
        self.set_value(None)
        self.choose.setFocus()
        self.changed.emit()

    def _pixmap(self) -> QPixmap | None:
        if self._value is None:
            return None
        data = files_in(self._value)
        if data:
            return QPixmap.fromImage(scaled(data[0], self._desk.theme.px(SHOWN)))
        return pixmap_of(self._desk, photo_of(self._value), self._desk.theme.px(SHOWN))


def values_of(photo: Attachment) -> dict[str, Any]:
    """What a form keeps of a photo that is in the book."""
    return {"name": photo.name, "hash": photo.hash, "size": photo.size, "media_type": photo.media_type}


def photo_of(value: dict[str, Any]) -> Attachment:
    """The photo that a form's value says."""
    return Attachment(value["name"], value["hash"], value["size"], value["media_type"])


def files_in(value: dict[str, Any] | None) -> tuple[bytes, ...]:
    """The bytes of a photo that is not in the book yet."""
    return (base64.b64decode(value["data"]),) if value and "data" in value else ()
