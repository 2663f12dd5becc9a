"""The form builder: labels with buddies above their fields, in the order they are asked for."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from escplaybook.ui.parts.fields import ChoiceField, LineField, Options, SuggestField, TagsField
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.theme import Theme

F = TypeVar("F", bound=QWidget)
L = TypeVar("L", bound=LineField)


class Form(QFrame):
    """Named fields. `changed` follows every change a person makes; `values` and `show_values` go by name.

    `written` carries each field for Markdown as it is made.
    """

    changed = Signal()
    written = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("plane", "raised")
        self.fields: dict[str, Any] = {}
        self._titles: dict[str, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._grid: QGridLayout | None = None
        self._cell = 0

    def line(self, name: str, label: str, hint: str = "") -> LineField:
        """Ask for one line of text."""
        return self._text(name, label, LineField(self), hint)

    def suggested(self, name: str, label: str, words: Sequence[str] = (), hint: str = "") -> SuggestField:
        """Ask for one line of text, offering words that are in use."""
        return self._text(name, label, SuggestField(words, self), hint)

    def tags(self, name: str, label: str, hint: str = "") -> TagsField:
        """Ask for words separated by commas."""
        return self._text(name, label, TagsField(self), hint)

    def choice(self, name: str, label: str, options: Options) -> ChoiceField:
        """Ask for one of a few values."""
        return self.place(name, label, ChoiceField(options, self))

    def markdown(self, name: str, label: str, hint: str = "", *, lines: int = 2) -> MarkdownField:
        """Ask for a text of any length."""
        field = MarkdownField(self._theme, self, lines=lines)
        field.setPlaceholderText(hint)
        self.written.emit(field)
        return self.place(name, label, field)

    def place(self, name: str, label: str, field: F) -> F:
        """Ask for something with a field of its own kind."""
        self.fields[name] = field
        field.changed.connect(self.changed)  # type: ignore[attr-defined]
        title = QLabel(label, self)
        title.setBuddy(field)
        title.setProperty("role", "small")
        field.setAccessibleName(label)
        self._titles[name] = title
        self._add(title, field)
        return field

    def heading(self, text: str) -> QLabel:
        """Begin a group of fields."""
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        self._column.addSpacing(12)
        self._column.addWidget(label)
        return label

    def note(self, text: str = "") -> QLabel:
        """Say something quietly between the fields."""
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "small")
        label.setWordWrap(True)
        self._column.addWidget(label)
        self._column.addSpacing(4)
        return label

    def beside(self, columns: int) -> None:
        """Put the fields that follow side by side, so many in a row, until `below`."""
        self._grid, self._cell, self._columns = QGridLayout(), 0, columns
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._column.addLayout(self._grid)
        self._column.addSpacing(4)

    def below(self) -> None:
        """Put the fields that follow one below the other again."""
        self._grid = None

    def values(self) -> dict[str, Any]:
        """What every field holds."""
        return {name: field.value() for name, field in self.fields.items()}

    def show_values(self, values: dict[str, Any]) -> None:
        """Fill the fields that are named; the others stay."""
        for name, value in values.items():
            self.fields[name].set_value(value)

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show or hide a field with its label, as others of the form leave it open or not."""
        self.fields[name].setVisible(shown)
        self._titles[name].setVisible(shown)

    def complain(self, name: str = "") -> None:
        """Mark the field that holds something impossible and go there; without a name, mark none."""
        for field in self.fields.values():
            _set(field, "wrong", value=False)
        if name in self.fields:
            _set(self.fields[name], "wrong", value=True)
            self.fields[name].setFocus()

    def mark(self, names: Collection[str]) -> None:
        """Mark these fields while they are typed, without going there."""
        for name in names:
            _set(self.fields[name], "wrong", value=True)

    def _text(self, name: str, label: str, field: L, hint: str) -> L:
        field.setPlaceholderText(hint)
        return self.place(name, label, field)

    def _add(self, title: QLabel, field: QWidget) -> None:
        if self._grid is None:
            self._column.addWidget(title)
            self._column.addWidget(field)
            self._column.addSpacing(8)
            return
        row, column = divmod(self._cell, self._columns)
        title.setContentsMargins(0, 4 if row else 0, 0, 0)
        self._grid.addWidget(title, row * 2, column)
        self._grid.addWidget(field, row * 2 + 1, column)
        self._cell += 1


def _set(widget: QWidget, name: str, *, value: bool) -> None:
    if bool(widget.property(name)) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
