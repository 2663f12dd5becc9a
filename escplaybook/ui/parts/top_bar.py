"""The bar at the top: the one search box, and what must be known about the book."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from escplaybook.ui.icons import dress, pixmap
from escplaybook.ui.parts.offer_list import OfferList
from escplaybook.ui.theme import Theme


class SearchBox(QFrame):
    """A line to type in, with the shortcut shown inside.

    `typed` follows every key, `entered` the Return key, `left` Escape in an empty line, `moved` the arrow keys up
    and down (−1, +1), so that hits are walked through without leaving the line. `kept` asks to save the search.
    `offers`, while they are shown below the box, get the keys that are theirs.
    """

    typed = Signal(str)
    entered = Signal()
    left = Signal()
    moved = Signal(int)
    kept = Signal()
    offers: OfferList | None = None

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, can_keep: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._can_keep = theme, can_keep
        self.setProperty("part", "searchBox")
        self._glass = QLabel(self)
        self.line = QLineEdit(self)
        self.line.setProperty("bare", True)
        self.line.setAccessibleName(self.tr("Search"))
        self.line.textEdited.connect(self.typed)
        self.line.installEventFilter(self)
        self.keeper = QPushButton(self)
        self.keeper.setProperty("kind", "quiet")
        self.keeper.setAccessibleName(self.tr("Save this search"))
        self.keeper.setToolTip(self.tr("Save this search (Ctrl+D)"))
        self.keeper.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+D is its key
        self.keeper.clicked.connect(self.kept)
        self.keeper.hide()
        dress(self.keeper, "bookmark", theme, "muted")
        self.line.textChanged.connect(self._changed)
        self._shortcut = QLabel(self.tr("Ctrl K"), self)
        self._shortcut.setProperty("role", "key")
        self._shortcut.setToolTip(self.tr("Ctrl+K finds anything and does anything"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._glass)
        row.addWidget(self.line, 1)
        row.addWidget(self.keeper)
        row.addWidget(self._shortcut)
        self.setFocusProxy(self.line)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a search that was not typed here; `typed` does not follow."""
        if text != self.line.text():
            self.line.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._light(event.type() == QEvent.Type.FocusIn)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()  # else Escape would step out of the page, and Ctrl+D delete a letter on some systems
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return self._keeps(event) or (self.offers is not None and self.offers.wants(event))

    def _keeps(self, event: QKeyEvent) -> bool:
        is_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self._can_keep and is_ctrl and event.key() == Qt.Key.Key_D

    def _key(self, event: QKeyEvent) -> bool:
        if self.offers is not None and self.offers.key(event):
            return True
        if self._keeps(event):
            self.kept.emit()
            return True
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape:
                self._escape()
            case _:
                return False
        return True

    def _escape(self) -> None:
        if self.line.text():
            self.line.clear()
            self.typed.emit("")
        else:
            self.left.emit()

    def _changed(self, text: str) -> None:
        self.keeper.setVisible(self._can_keep and bool(text.strip()))

    def _light(self, lit: bool) -> None:
        self.setProperty("lit", lit)
        self.style().unpolish(self)
        self.style().polish(self)

    def _follow_theme(self) -> None:
        image = pixmap("search", self._theme.tokens.muted, self._theme.px(16), ratio=self.devicePixelRatioF())
        self._glass.setPixmap(image)
        self.setFixedHeight(self._theme.px(34))


class TopBar(QFrame):
    """Search box at the left, state of the book at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "below")
        self.box = SearchBox(theme, self, can_keep=True)
        self._state = QLabel(self)
        self._state.setProperty("role", "chip")
        self._state.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.box, 3)
        row.addStretch(1)
        row.addWidget(self._state)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_state(self, text: str, explanation: str = "") -> None:
        """Say what is out of the ordinary about the book: “For reading · changed 3 days ago”."""
        self._state.setText(text)
        self._state.setToolTip(explanation)
        self._state.setVisible(bool(text))

    def _follow_theme(self) -> None:
        self.box.setMaximumWidth(self._theme.px(640))
        self.setFixedHeight(self._theme.px(52))
