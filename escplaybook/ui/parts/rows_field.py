"""A list of small things as one field of a form: remedy steps, links, contact points; added, moved, removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.ui.icons import dress
from escplaybook.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Part:
    """One field of each row: its name, its label, how it is made.

    Where rows lie across: its share of the width, and on which of the row's lines it stands.
    """

    name: str
    label: str
    make: Callable[[QWidget], Any]
    share: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What the buttons say."""

    add: str
    up: str
    down: str
    remove: str


class RowEditor(QFrame):
    """One row: its parts below each other, or side by side if it lies `across`."""

    changed = Signal()
    up_wanted = Signal()
    down_wanted = Signal()
    removal_wanted = Signal()

    def __init__(
        self, parts: Sequence[Part], words: Words, theme: Theme, parent: QWidget | None = None, *, across: bool = False
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, Any] = {part.name: part.make(self) for part in parts}
        for field in self.fields.values():
            field.changed.connect(self.changed)
        self.number = QLabel(self)
        self.number.setProperty("role", "heading")
        self.up = self._button("chevron-up", words.up, self.up_wanted, theme)
        self.down = self._button("chevron-down", words.down, self.down_wanted, theme)
        self.remove = self._button("x", words.remove, self.removal_wanted, theme)
        if across:
            self._lie_across(parts)
        else:
            self._stand(parts)

    def value(self) -> dict[str, Any]:
        """What each part holds."""
        return {name: field.value() for name, field in self.fields.items()}

    def set_value(self, value: dict[str, Any]) -> None:
        """Show these parts."""
        for name, field in self.fields.items():
            if name in value:
                field.set_value(value[name])

    def widgets(self) -> list[QWidget]:
        """Everything that can be tabbed to, in order."""
        return [*self.fields.values(), self.up, self.down, self.remove]

    def _stand(self, parts: Sequence[Part]) -> None:
        self.setProperty("line", "around")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.number, 0, 0)
        for row, part in enumerate(parts):
            grid.addWidget(self._label(part), row, 1)
            grid.addWidget(self.fields[part.name], row, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self.up, self.down, self.remove):
            buttons.addWidget(button)
        grid.addLayout(buttons, 0, 3)

    def _lie_across(self, parts: Sequence[Part]) -> None:
        self.number.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        lines = [QHBoxLayout() for _ in range(1 + max(part.line for part in parts))]
        for line in lines:
            line.setSpacing(4)
            column.addLayout(line)
        for part in parts:
            label = self._label(part)
            label.hide()  # the hint inside the field says it; the label is there for screen readers
            lines[part.line].addWidget(self.fields[part.name], part.share)
        for button in (self.up, self.down, self.remove):
            lines[0].addWidget(button)

    def _label(self, part: Part) -> QLabel:
        field = self.fields[part.name]
        label = QLabel(part.label, self)
        label.setBuddy(field)
        label.setProperty("role", "small")
        field.setAccessibleName(part.label)
        if hasattr(field, "setPlaceholderText") and not field.placeholderText():
            field.setPlaceholderText(part.label)
        return label

    def _button(self, icon: str, said: str, wanted: Any, theme: Theme) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "quiet")
        button.setToolTip(said)
        button.setAccessibleName(said)
        dress(button, icon, theme, "muted")
        button.clicked.connect(wanted)
        return button


class RowsField(QWidget):
    """The rows. Its value is a list of dictionaries, part by part, without empty rows."""

    changed = Signal()

    def __init__(
        self,
        parts: Sequence[Part],
        words: Words,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        key: str = "",
        across: bool = False,
    ) -> None:
        """`key` names the part without which a row counts as empty; without one, a row with any text counts."""
        super().__init__(parent)
        self._parts, self._words, self._theme, self._across = parts, words, theme, across
        self._key = key
        self.editors: list[RowEditor] = []
        self.adder = QPushButton(words.add, self)
        dress(self.adder, "plus", theme)
        self.adder.clicked.connect(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        foot = QHBoxLayout()
        foot.addWidget(self.adder)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self.setFocusProxy(self.adder)

    def value(self) -> list[dict[str, Any]]:
        """The rows in order."""
        rows = (editor.value() for editor in self.editors)
        return [row for row in rows if (row[self._key] if self._key else any(row.values()))]

    def set_value(self, value: Sequence[dict[str, Any]]) -> None:
        """Show these rows."""
        for editor in self.editors:
            self._drop(editor)
        self.editors = []
        for row in value:
            self._append().set_value(row)
        self._settle()

    def add(self) -> None:
        """Append an empty row and go there."""
        next(iter(self._append().fields.values())).setFocus()
        self._settle()
        self.changed.emit()

    def _append(self) -> RowEditor:
        editor = RowEditor(self._parts, self._words, self._theme, self, across=self._across)
        editor.changed.connect(self.changed)
        editor.up_wanted.connect(self._up)
        editor.down_wanted.connect(self._down)
        editor.removal_wanted.connect(self._remove)
        self.editors.append(editor)
        self._column.insertWidget(len(self.editors) - 1, editor)
        editor.show()
        return editor

    def _up(self) -> None:
        self._shift(self.sender(), -1)

    def _down(self) -> None:
        self._shift(self.sender(), +1)

    def _shift(self, editor: object, by: int) -> None:
        if not isinstance(editor, RowEditor):
            return
        place = self.editors.index(editor) + by
        if 0 <= place < len(self.editors):
            self.editors.remove(editor)
            self.editors.insert(place, editor)
            self._column.removeWidget(editor)
            self._column.insertWidget(place, editor)
            self._settle()
            self.changed.emit()

    def _remove(self) -> None:
        editor = self.sender()
        if isinstance(editor, RowEditor):
            self.editors.remove(editor)
            self._drop(editor)
            self._settle()
            self.adder.setFocus()
            self.changed.emit()

    def _drop(self, editor: RowEditor) -> None:
        self._column.removeWidget(editor)
        editor.hide()
        editor.deleteLater()

    def _settle(self) -> None:
        before: QWidget | None = None
        for number, editor in enumerate(self.editors, start=1):
            editor.number.setText(f"{number}.")
            editor.up.setEnabled(number > 1)
            editor.down.setEnabled(number < len(self.editors))
            for widget in editor.widgets():
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        if before is not None:
            QWidget.setTabOrder(before, self.adder)
