"""Two records side by side: where they differ, whose value each field gets, and what becomes of the two."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.double_entries import DoubleEntry
from escplaybook.domain.doubles import Double
from escplaybook.domain.field_words import words_of
from escplaybook.domain.merging import Choice, can_be_both, choices
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.fields import ChoiceField
from escplaybook.ui.parts.flow import FlowLayout

NameOf = Callable[[str], str]
LONGEST = 600
"""Characters that are shown of what one says."""


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """The question that is asked, and the answer that they are two, with its icon."""

    question: str
    two: str
    icon: str


class Comparison(QFrame):
    """`decided` carries what each field gets, `apart` that these are two, `later` that neither is said now."""

    decided = Signal(object)
    apart = Signal()
    later = Signal()

    def __init__(
        self, desk: Desk, words: ComparisonWords, word_of: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """`word_of` says how a field is called."""
        super().__init__(parent)
        self._desk, self._said, self._word = desk, words, word_of
        self.pair: tuple[Any, Any] | None = None
        self.fields: dict[str, ChoiceField] = {}
        self._cells: list[QLabel] = []
        self.setProperty("plane", "raised")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.heading.setWordWrap(True)
        self.why = QLabel(self)
        self.why.setProperty("role", "muted")
        self.why.setWordWrap(True)
        self.merge = self._button(self.tr("Merge"), "check", self._merge, self.tr("Ctrl+S"))
        self.merge.setProperty("kind", "primary")
        dress(self.merge, "check", desk.theme, "on_accent")
        self.swap = self._button(self.tr("Let the other one stay"), "", self._swap)
        self.two = self._button(words.two, words.icon, self.apart.emit)
        self.next = self._button(self.tr("Later"), "arrow-right", self.later.emit)
        self.grid_holder = QWidget(self)
        self.grid = QGridLayout(self.grid_holder)
        self._lay_out()

    def show_double(self, double: Double | DoubleEntry, name_of: NameOf) -> None:
        """Compare these two; the older one is to stay."""
        self._double, self._name_of = double, name_of
        self._show(double.first, double.second)

    def focus_target(self) -> QWidget:
        """The first choice, or the button if there is nothing to choose."""
        return next(iter(self.fields.values()), self.merge)

    def chosen(self) -> Mapping[str, Choice]:
        """What each field that differs gets."""
        return {name: Choice(field.value()) for name, field in self.fields.items()}

    def _show(self, ours: Any, theirs: Any) -> None:
        self.pair = (ours, theirs)
        self.heading.setText(self._said.question)
        self.why.setText("; ".join(self._double.reasons))
        proposed = choices(ours, theirs)
        self._clear()
        self._tell(0, ("", ours.key, theirs.key), role="lead")
        for row, (name, choice) in enumerate(proposed.items(), 1):
            self._tell(row, (self._word(name), self._text(ours, name), self._text(theirs, name)))
            field = ChoiceField(self._options(ours, theirs, name), self.grid_holder)
            field.setAccessibleName(self.tr("{0}: whose").format(self._word(name)))
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
            field.set_value(choice)
            field.changed.connect(self._mark)
            self.fields[name] = field
            self.grid.addWidget(field, 2 * row + 1, 2, Qt.AlignmentFlag.AlignTop)
        self.grid.setRowStretch(2 * len(proposed) + 2, 1)
        self.merge.setText(self.tr("Merge into {0}").format(ours.key))
        for button in (self.merge, self.two):
            button.setEnabled(not self._desk.book.read_only)
        self._mark()

    def _tell(self, row: int, texts: tuple[str, str, str], role: str = "") -> None:
        """The field's name, and below it what the two say side by side."""
        for part, text in enumerate(texts):
            label = QLabel(_breakable(text), self.grid_holder)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            label.setProperty("role", "small" if part == 0 else role)
            if part == 0:
                self.grid.addWidget(label, 2 * row, 0, 1, 2)
            else:
                label.setWordWrap(True)
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.grid.addWidget(label, 2 * row + 1, part - 1)
            self._cells.append(label)

    def _mark(self) -> None:
        """What is not taken recedes."""
        for row, field in enumerate(self.fields.values(), 1):
            taken = {Choice.OURS: (1,), Choice.THEIRS: (2,), Choice.BOTH: (1, 2)}[field.value()]
            for column in (1, 2):
                cell = self._cells[row * 3 + column]
                cell.setProperty("role", "" if column in taken else "muted")
                cell.style().unpolish(cell)
                cell.style().polish(cell)

    def _options(self, ours: Any, theirs: Any, name: str) -> list[tuple[str, Choice]]:
        options = [(self.tr("from {0}").format(ours.key), Choice.OURS)]
        options.append((self.tr("from {0}").format(theirs.key), Choice.THEIRS))
        return [*options, (self.tr("both"), Choice.BOTH)] if can_be_both(ours, name) else options

    def _text(self, record: Any, name: str) -> str:
        value = getattr(record, name)
        if name == "points":
            told = (f"{point.value} ({point.label})" if point.label else point.value for point in value)
            return "\n".join(told) or "–"
        if name == "deputy":
            return self._name_of(value) if value else "–"
        if name == "photo":
            return self.tr("a photo, {0} KB").format(max(1, value.size // 1000)) if value else "–"
        words = words_of(record, name)
        return (f"{words[:LONGEST]} …" if len(words) > LONGEST else words) or "–"

    def _merge(self) -> None:
        if self.pair is not None:
            self.decided.emit(self.chosen())

    def _swap(self) -> None:
        if self.pair is not None:
            ours, theirs = self.pair
            self._show(theirs, ours)
            self.focus_target().setFocus()

    def _clear(self) -> None:
        for widget in (*self._cells, *self.fields.values()):
            self.grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for row in range(self.grid.rowCount()):
            self.grid.setRowStretch(row, 0)
        self._cells, self.fields = [], {}

    def _button(self, word: str, icon: str, act: Any, keys: str = "") -> QPushButton:
        made = QPushButton(word, self)
        made.setToolTip(keys)
        if icon:
            dress(made, icon, self._desk.theme)
        made.clicked.connect(act)
        return made

    def _lay_out(self) -> None:
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(20)
        self.grid.setVerticalSpacing(4)
        for place, share in enumerate((1, 1, 0)):
            self.grid.setColumnStretch(place, share)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setProperty("plane", "raised")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.grid_holder)
        row = FlowLayout()
        for button in (self.merge, self.swap, self.two, self.next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 12)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.why)
        column.addWidget(area, 1)
        column.addLayout(row)


def _breakable(text: str) -> str:
    """The text with places at which a word too long for its column may go on in the next line."""
    return re.sub(r"(\S{18})(?=\S)", "\\1\u200b", text)
