"""Severity marks: ◆ S1, ▲ S2, ● S3, ○ S4, the same on screen and paper; shape first, colour second."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from escplaybook.domain.classification import Severity


def paint_mark(painter: QPainter, box: QRectF, severity: Severity, colour: QColor) -> None:
    """Draw the severity's shape into the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    middle, side = box.center(), box.width()
    match severity:
        case Severity.S1:
            reach = side / 2
            corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
            painter.drawPolygon(_polygon(middle, corners))
        case Severity.S2:
            half, up = side * 0.5, side * 0.46
            painter.drawPolygon(_polygon(middle, ((0, -up), (half, up * 0.88), (-half, up * 0.88))))
        case Severity.S3:
            painter.drawEllipse(middle, side * 0.42, side * 0.42)
        case Severity.S4:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, side * 0.15))
            painter.drawEllipse(middle, side * 0.36, side * 0.36)
    painter.restore()


@lru_cache(maxsize=64)
def mark_pixmap(severity: Severity, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The mark as a picture, for menus and labels."""
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_mark(painter, QRectF(0, 0, size, size), severity, QColor(colour))
    painter.end()
    return image


def _polygon(middle: QPointF, corners: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([middle + QPointF(x, y) for x, y in corners])
