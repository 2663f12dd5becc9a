"""The fields a form is made of. Each gives and takes one value and says `changed` when a person changes it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from escplaybook.ui.theme import Theme

Options = Sequence[tuple[str, Any]]


class LineField(QLineEdit):
    """One line of text."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.changed)

    def value(self) -> Any:
        """The text, without blanks at its ends."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.setText(value or "")
        self.setCursorPosition(0)


class TagsField(LineField):
    """Short words, separated by commas."""

    def value(self) -> Any:
        """The words, each once, in the order they were typed."""
        words = (" ".join(word.split()) for word in self.text().split(","))
        return tuple(dict.fromkeys(word for word in words if word))

    def set_value(self, value: Any) -> None:
        """Show the words."""
        self.setText(", ".join(value))
        self.setCursorPosition(0)


class SuggestField(LineField):
    """One line of text with what others have called the same thing offered below it."""

    def __init__(self, words: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QStringListModel(list(words), self)
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.changed)
        self.setCompleter(completer)

    def suggest(self, words: Sequence[str]) -> None:
        """Offer these words from now on."""
        self._words.setStringList(list(words))


class KeptField(QWidget):
    """A value that goes with a row without being seen: the id of the record that the row shows."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self.hide()

    def value(self) -> Any:
        """What it was given."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Keep a value."""
        self._value = value


class ChoiceField(QComboBox):
    """One of a few values, each with its word."""

    changed = Signal()

    def __init__(self, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for word, value in options:
            self.addItem(word, value)
        self.activated.connect(self.changed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(max((len(word) for word, _ in options), default=6) // 2 + 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> Any:
        """The value chosen."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a value; one that is not among them is added under its own name."""
        index = next((at for at in range(self.count()) if self.itemData(at) == value), -1)
        if index < 0:
            self.addItem(str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # scrolling a form must not change what it passes over


class MarkdownField(QPlainTextEdit):
    """Markdown of any length. It grows with its text; Tab leaves it, as from any other field."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        self._theme, self._lines, self._is_showing = theme, lines, False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._edited)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> Any:
        """The text, without blank lines at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._is_showing = True
        self.setPlainText(value or "")
        self._is_showing = False
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def _edited(self) -> None:
        if not self._is_showing:
            self.changed.emit()

    def _grow(self) -> None:
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = max(self._lines, self.document().size().height())  # a plain text's height is counted in lines
        self.setFixedHeight(round(lines * line) + self._theme.px(18))
