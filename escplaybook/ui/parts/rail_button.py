"""A button of the rail: icon and word, and at the end what is due there, or how much is found."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from escplaybook.ui.icons import pixmap
from escplaybook.ui.theme import BODY, Theme


@dataclass(frozen=True, slots=True)
class Stop:
    """A page as the rail shows it: its name in the program, its word, its icon."""

    page: str
    word: str
    icon: str


class RailButton(QPushButton):
    """Icon and word, painted with room to breathe; the badge at the right in red."""

    def __init__(self, stop: Stop, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(stop.word, parent)
        self.stop, self._theme, self._badge, self._note = stop, theme, 0, ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_badge(self, count: int) -> None:
        """How much is due there; nothing is shown for none."""
        self._badge = count
        self.setAccessibleDescription(self.tr("{0} due").format(count) if count else "")
        self.update()

    def set_note(self, note: str) -> None:
        """What stands quietly at the end."""
        self._note = note
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self._theme, self.rect()
        if self.isChecked():
            self._fill(painter, box, theme.color("soft"))
        elif self.underMouse():
            self._fill(painter, box, theme.color("line"))
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(5), theme.px(5))
        self._write(painter, box)

    def _fill(self, painter: QPainter, box: QRect, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, self._theme.px(5), self._theme.px(5))

    def _write(self, painter: QPainter, box: QRect) -> None:
        theme, is_here = self._theme, self.isChecked()
        token = "accent" if is_here else "text"
        size, inset, gap = theme.px(18), theme.px(8), theme.px(10)
        drawn = pixmap(
            self.stop.icon,
            getattr(theme.tokens, "accent" if is_here else "muted"),
            size,
            ratio=self.devicePixelRatioF(),
        )
        icon_box = QRect(inset, (box.height() - size) // 2, size, size)
        word_box = box.adjusted(inset + size + gap, 0, -inset, 0)
        if self.isRightToLeft():
            icon_box.moveRight(box.right() - inset)
            word_box = box.adjusted(inset, 0, -(inset + size + gap), 0)
        painter.drawPixmap(icon_box.topLeft(), drawn)
        end = str(self._badge) if self._badge else self._note
        end_font = theme.font(BODY, semibold=bool(self._badge), tabular=True)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("bad" if self._badge else "muted"))
        painter.setFont(end_font)
        painter.drawText(word_box, middle | Qt.AlignmentFlag.AlignTrailing, end)
        taken = painter.fontMetrics().horizontalAdvance(end) + gap if end else 0
        word_box = word_box.adjusted(taken, 0, 0, 0) if self.isRightToLeft() else word_box.adjusted(0, 0, -taken, 0)
        painter.setPen(theme.color(token))
        painter.setFont(theme.font(BODY, semibold=is_here))
        word = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, word_box.width())
        painter.drawText(word_box, middle | Qt.AlignmentFlag.AlignLeading, word)
