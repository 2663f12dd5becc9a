"""The numbered boxes of a paper form as fields: the same numbers in the same order, each taking what was written."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from escplaybook.domain.forms import Asked, Box, Section
from escplaybook.domain.verification import Check
from escplaybook.ui.parts.fields import ChoiceField, LineField, SuggestField
from escplaybook.ui.parts.markdown_field import MarkdownField
from escplaybook.ui.theme import Theme

FEW = 6
"""Numbers of a call tree that need no second column."""

LABEL = 150
"""How wide the labels are, in points of the theme."""


class TicksField(QWidget):
    """Several answers to tick; its value is their letters."""

    changed = Signal()

    def __init__(self, box: Box, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {one.letter: QCheckBox(f"{one.letter}  {one.words}", self) for one in box.choices if one.letter}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for tick in self.boxes.values():
            tick.toggled.connect(self.changed)
            column.addWidget(tick)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> Any:
        """The letters that are ticked."""
        return " ".join(letter for letter, tick in self.boxes.items() if tick.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these letters and no others."""
        with QSignalBlocker(self):
            for letter, tick in self.boxes.items():
                tick.setChecked(letter in str(value or "").split())


class CallField(QWidget):
    """What came of one number of a call tree; its value is the words by which a result is keyed in."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = ChoiceField(
            (
                ("", ""),
                (_tr("reached, said back right"), "ok"),
                (_tr("reached, said back wrong"), "ok, message wrong"),
                (_tr("not reached, because"), "failed"),
                (_tr("new number"), "now"),
            ),
            self,
        )
        self.result.setMinimumContentsLength(10)
        self.more = LineField(self)
        self.more.setAccessibleName(_tr("Reason, or the new number"))
        self.result.changed.connect(self._chosen)
        self.more.changed.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.result)
        row.addWidget(self.more, 1)
        self.setFocusProxy(self.result)
        self._offer()

    def value(self) -> Any:
        """`ok`, `failed engaged`, `now +44 …`; empty where nothing was ticked."""
        return f"{self.result.value()} {self.more.value() if self._takes_more() else ''}".strip()

    def set_value(self, value: Any) -> None:
        """Show a result."""
        said = str(value or "")
        word, _, rest = said.partition(" ")
        is_open = word in ("failed", "now")
        self.result.set_value(word if is_open else said)
        self.more.set_value(rest if is_open else "")
        self._offer()

    def _takes_more(self) -> bool:
        return self.result.value() in ("failed", "now")

    def _offer(self) -> None:
        self.more.setVisible(self._takes_more())

    def _chosen(self) -> None:
        self._offer()
        self.changed.emit()


class BoxRows(QWidget):
    """Numbered fields below a heading. `changed` follows every change of a person; `fields` are by number."""

    changed = Signal()

    def __init__(self, heading: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._theme = theme
        self.fields: dict[int, Any] = {}
        self._wrong: dict[int, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 12)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        title = QLabel(heading, self)
        title.setProperty("role", "heading")
        self._grid.addWidget(title, 0, 0, 1, 3)

    def add(self, number: int, label: str, field: Any) -> None:
        """Put a field below the others."""
        row, top = self._grid.rowCount(), Qt.AlignmentFlag.AlignTop
        tab, name, wrong = QLabel(str(number), self), QLabel(label, self), QLabel(self)
        tab.setProperty("role", "muted")
        tab.setMinimumWidth(self._theme.px(22))
        tab.setAlignment(Qt.AlignmentFlag.AlignRight)
        name.setWordWrap(True)
        name.setFixedWidth(self._theme.px(LABEL))
        name.setBuddy(field)
        field.setAccessibleName(f"{number} {label}")
        wrong.setWordWrap(True)
        wrong.hide()
        for widget in (tab, name):
            widget.setContentsMargins(0, 6, 0, 0)
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(field)
        cell.addWidget(wrong)
        self._grid.addWidget(tab, row, 0, top)
        self._grid.addWidget(name, row, 1, top)
        self._grid.addLayout(cell, row, 2)
        field.changed.connect(self.changed)
        self.fields[number], self._wrong[number] = field, wrong

    def tell_wrong(self, wrong: Mapping[int, str]) -> None:
        """Say below each field what is wrong with it; nothing where nothing is."""
        for number in self._wrong:
            self.tell(number, wrong.get(number, ""), "warn")

    def tell(self, number: int, words: str, role: str = "muted") -> None:
        """Say something below a field; nothing if there are no words."""
        label = self._wrong[number]
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
        label.setText(words)
        label.setVisible(bool(words))


def rows_of(section: Section, words: Mapping[str, Sequence[str]], theme: Theme, parent: QWidget) -> BoxRows:
    """The boxes of one section; `words` are offered while a box is typed into, by the name of its field."""
    rows = BoxRows(section.heading, theme, parent)
    for box in section.boxes:
        rows.add(box.number, box.label, _field(box, words.get(box.name, ()), theme, rows))
    return rows


def called_rows(lines: Sequence[tuple[int, Check]], theme: Theme, parent: QWidget) -> list[BoxRows]:
    """The numbers of a call tree, in two parts if there are many."""
    half = (len(lines) + 1) // 2 if len(lines) > FEW else len(lines)
    made = []
    for heading, part in ((_tr("What came of each number"), lines[:half]), (_tr("And of these"), lines[half:])):
        if part:
            rows = BoxRows(heading, theme, parent)
            for number, check in part:
                rows.add(number, f"{check.holder.name}\n{check.point.value}", CallField(rows))
            made.append(rows)
    return made


def _field(box: Box, words: Sequence[str], theme: Theme, parent: QWidget) -> Any:
    match box.asked:
        case Asked.TEXT:
            written = MarkdownField(theme, parent, lines=2)
            written.setPlaceholderText(box.hint)
            return written
        case Asked.TICKS:
            return TicksField(box, parent)
        case Asked.CHOICE:
            ticked = [(f"{one.letter}  {one.words}", one.letter) for one in box.choices if one.letter]
            field = ChoiceField([("", ""), *ticked], parent)
            field.setMinimumContentsLength(8)
            return field
    line = SuggestField(words, parent) if words else LineField(parent)
    hints = {Asked.MOMENT: _tr("like 02:41 or 24 Nov 02:41"), Asked.PROMISE: _tr("like 03:11 or 24 Nov 03:11")}
    line.setPlaceholderText(hints.get(box.asked, box.hint))
    line.set_value(box.given)
    return line


def _tr(text: str) -> str:
    return QCoreApplication.translate("keying", text)
