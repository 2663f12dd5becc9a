"""The fields a form is made of. Each gives and takes one value and says `changed` when a person changes it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

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
