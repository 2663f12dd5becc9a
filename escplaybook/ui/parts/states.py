"""What stands in a pane that has nothing to list: empty, nothing found, trouble, still loading."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from escplaybook.ui.icons import dress, pixmap
from escplaybook.ui.theme import Theme

LOADING_AFTER = 150
"""Milliseconds before a wait is worth a word."""

Offer = tuple[str, str, Callable[[], None]]
"""A button: its word, its icon (empty for a link), what it does."""


class StateView(QFrame):
    """An icon, a headline, a sentence and what can be done about it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, ""
        self._picture = QLabel(self)
        self.headline = QLabel(self)
        self.headline.setProperty("role", "lead")
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "muted")
        self._offers = QWidget(self)
        self._rows = QVBoxLayout(self._offers)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.buttons: list[QPushButton] = []
        self._words: dict[QPushButton, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 48, 24, 24)
        column.setSpacing(8)
        for label in (self._picture, self.headline, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self._offers)
        column.addStretch(1)
        theme.changed.connect(self._follow_theme)

    def tell(self, icon: str, headline: str, sentence: str, *offers: Offer) -> None:
        """Say what is the case and offer what can be done."""
        self._icon = icon
        self.headline.setText(headline)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._clear()
        for offer in offers:
            self._offer(offer, is_first=not self.buttons)
        self._follow_theme()

    def _offer(self, offer: Offer, *, is_first: bool) -> None:
        word, icon, act = offer
        button = QPushButton(word, self)
        if icon:
            button.setProperty("kind", "primary" if is_first else "")
            dress(button, icon, self._theme, "on_accent" if is_first else "text")
        else:
            button.setProperty("kind", "link")
        button.clicked.connect(act)
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.buttons.append(button)
        self._words[button] = word
        self._fit(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in self.buttons:
            self._fit(button)

    def _fit(self, button: QPushButton) -> None:
        """No offer is cut off at both sides: one too long for the pane ends in dots, and says itself on hover."""
        room = max(self.width() - self._theme.px(64), self._theme.px(200))
        word = self._words[button]
        shown = QFontMetrics(button.font()).elidedText(word, Qt.TextElideMode.ElideRight, room)
        button.setText(shown)
        button.setToolTip(word if shown != word else "")

    def _clear(self) -> None:
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()
        self._words.clear()

    def _follow_theme(self) -> None:
        if self._icon:
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(pixmap(self._icon, self._theme.tokens.muted, self._theme.px(28), ratio=ratio))


class StatePane(QStackedWidget):
    """A list and, in its place, what there is to say when it has nothing to show."""

    def __init__(self, content: QWidget, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content, self.state = content, StateView(theme, self)
        self.addWidget(content)
        self.addWidget(self.state)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LOADING_AFTER)
        self._patience.timeout.connect(self._loading)

    def wait(self) -> None:
        """Something is being fetched; say so if it takes long enough to be noticed."""
        self._patience.start()

    def show_content(self) -> None:
        """There is something to list."""
        self._patience.stop()
        self.setCurrentWidget(self.content)

    def tell(self, icon: str, headline: str, sentence: str, *offers: Offer) -> None:
        """There is nothing to list; say why and what can be done."""
        self._patience.stop()
        self.state.tell(icon, headline, sentence, *offers)
        self.setCurrentWidget(self.state)

    def _loading(self) -> None:
        self.tell("clock", self.tr("Looking …"), "")
