"""The line in which one types what is to be found in the pages in view, with how often it is there."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from escplaybook.ui.icons import dress
from escplaybook.ui.theme import Theme


class FindBar(QFrame):
    """`typed` follows every key, `stepped` asks for the next (+1) or previous (−1) hit, `left` closes it."""

    typed = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "below")
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("Find in these pages"))
        self.line.setAccessibleName(self.tr("Find in these pages"))
        self.line.setMaximumWidth(theme.px(320))
        self.line.textEdited.connect(self.typed)
        self.line.installEventFilter(self)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.previous = self._button("chevron-up", self.tr("Previous (Shift+Return)"), self._up)
        self.next = self._button("chevron-down", self.tr("Next (Return)"), self._down)
        self.close_it = self._button("x", self.tr("Close (Esc)"), self.left.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.close_it)

    def begin(self) -> None:
        """Show it, what was typed before being selected."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def tell(self, place: int, total: int) -> None:
        """Say at which of how many hits one is; nothing while nothing is typed."""
        words = self.tr("{0} of {1}").format(place, total) if total else self.tr("Not on these pages")
        self.count.setText(words if self.line.text().strip() else "")
        for button in (self.previous, self.next):
            button.setEnabled(bool(total))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        is_escape, is_return = event.key() == Qt.Key.Key_Escape, event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and is_escape:
            event.accept()  # else the page would step out further than this line
            return True
        if event.type() != QEvent.Type.KeyPress or not (is_escape or is_return):
            return False
        if is_escape:
            self.left.emit()
        else:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        return True

    def _up(self) -> None:
        self.stepped.emit(-1)

    def _down(self) -> None:
        self.stepped.emit(1)

    def _button(self, icon: str, word: str, act: object) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "quiet")
        button.setToolTip(word)
        button.setAccessibleName(word)
        dress(button, icon, self._theme, "muted")
        button.clicked.connect(act)
        return button
