"""The line icons, tinted by token: drawn in `currentColor`, so that light and dark need no second file."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from escplaybook.shipped import resource
from escplaybook.ui.theme import Theme

SIZE, GAP = 16, 6
"""An icon in a button, and the room kept free between it and the word."""

_DRAWN, _THINNER = 'stroke-width="2"', 'stroke-width="1.75"'  # beside 13-pixel type two units look bold


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, gap: int = 0, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in a colour, `size` pixels high, with `gap` empty pixels to its right."""
    image = QPixmap(round((size + gap) * ratio), round(size * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    left = gap if QApplication.isRightToLeft() else 0
    QSvgRenderer(_tinted(name, colour)).render(painter, QRectF(left, 0, size, size))
    painter.end()
    return image


def icon(name: str, theme: Theme, token: str = "muted", *, size: int = SIZE, gap: int = 0) -> QIcon:
    """The icon as Qt's buttons and menus take it, sharp at one and two times."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, getattr(theme.tokens, token), theme.px(size), theme.px(gap), ratio))
    return made


def dress(button: QAbstractButton, name: str, theme: Theme, token: str = "text") -> None:
    """Give a button its icon, now and after every change of theme (`redress`)."""
    button.setProperty("iconName", name)
    button.setProperty("iconToken", token)
    _put_on(button, theme)


def redress(root: QWidget, theme: Theme) -> None:
    """Tint the icons of every button below `root` anew."""
    for button in root.findChildren(QAbstractButton):
        if button.property("iconName"):
            _put_on(button, theme)


def _put_on(button: QAbstractButton, theme: Theme) -> None:
    gap = GAP if button.text() else 0
    button.setIconSize(QSize(theme.px(SIZE + gap), theme.px(SIZE)))
    button.setIcon(icon(str(button.property("iconName")), theme, str(button.property("iconToken")), gap=gap))


@lru_cache(maxsize=512)
def _tinted(name: str, colour: str) -> QByteArray:
    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QByteArray(drawing.replace("currentColor", colour).replace(_DRAWN, _THINNER).encode())
