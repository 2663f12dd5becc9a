"""The rail at the left: one button a page, with a badge where action is due; settings at its foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

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
        self.stop, self._theme, self._badge = stop, theme, 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_badge(self, count: int) -> None:
        """How much is due there; nothing is shown for none."""
        self._badge = count
        self.setAccessibleDescription(self.tr("{0} due").format(count) if count else "")
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
        painter.setPen(theme.color(token))
        painter.setFont(theme.font(BODY, semibold=is_here))
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(word_box, aligned, self.text())
        if self._badge:
            painter.setPen(theme.color("bad"))
            painter.setFont(theme.font(BODY, semibold=True, tabular=True))
            painter.drawText(word_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, str(self._badge))


class Rail(QFrame):
    """Shows where one is and goes elsewhere: `chosen` carries the name of a page."""

    chosen = Signal(str)

    def __init__(
        self, stops: Sequence[Stop], foot: Sequence[Stop], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "right")
        self.setAccessibleName(self.tr("Pages"))
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 8)
        column.setSpacing(2)
        column.addWidget(self._brand())
        column.addSpacing(12)
        for stop in stops:
            column.addWidget(self._button(stop))
        column.addStretch(1)
        for stop in foot:
            column.addWidget(self._button(stop))
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_page(self, page: str) -> None:
        """Light up the button of that page."""
        if page in self.buttons:
            self.buttons[page].setChecked(True)

    def _button(self, stop: Stop) -> RailButton:
        button = RailButton(stop, self._theme, self)
        button.clicked.connect(self._clicked)
        self._group.addButton(button)
        self.buttons[stop.page] = button
        return button

    def _brand(self) -> QWidget:
        brand = QWidget(self)
        row = QHBoxLayout(brand)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(10)
        self._shield = QLabel(brand)
        name = QLabel("Escalation\nPlaybook", brand)
        name.setProperty("role", "heading")
        row.addWidget(self._shield)
        row.addWidget(name, 1)
        return brand

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.stop.page)

    def _follow_theme(self) -> None:
        ratio = self.devicePixelRatioF()
        self._shield.setPixmap(pixmap("shield-alert", self._theme.tokens.text, self._theme.px(18), ratio=ratio))
        self.setFixedWidth(self._theme.px(196))
        self.updateGeometry()
