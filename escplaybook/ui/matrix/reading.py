"""The square one is on, to read: whose it is, where that is set, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from escplaybook.domain.programme import Programme
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.matrix.sheets import Square, below
from escplaybook.ui.matrix.told import Section, sections_of
from escplaybook.ui.matrix.words import cause_word, sheet_name, sheet_of, sheet_words, stage_word
from escplaybook.ui.parts.facts import FactsLine
from escplaybook.ui.parts.suggestions import SuggestionsPanel
from escplaybook.ui.parts.wrapped import WrappedLabel

Act = tuple[str, str, str]
"""What can be done: its name, its word, its icon (empty for a link)."""


class SquareReading(QFrame):
    """Shows one square. `wanted` carries the name of what a person wants done: see `acts_of`, and a section's act."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.square: Square | None = None
        self._found: Programme | None = None
        self.setProperty("plane", "raised")
        self.facts = FactsLine(desk.theme, self)
        self.title = _label(self, "title")
        self.facts.facts.setWordWrap(True)
        self.source = _label(self, "small")
        self.buttons: dict[str, QPushButton] = {}
        self.suggestions = SuggestionsPanel(desk, self)
        self.suggestions.left.connect(self._give_keys)
        self._acts = QWidget(self)
        self._act_rows = QVBoxLayout(self._acts)
        self._act_rows.setContentsMargins(0, 0, 0, 0)
        self._act_rows.setSpacing(4)
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._lay_out()
        desk.ticker.minute.connect(self._tick)

    def show_square(self, square: Square, found: Programme) -> None:
        """Show a square as the programme has it."""
        self.square, self._found = square, found
        sheet = square.sheet
        stage = stage_word(sheet.stage) if sheet.stage else ""
        cause = cause_word(sheet.cause_class) if sheet.cause_class else ""
        rank = self.tr("level {0}").format(square.level.rank).replace(" ", "\N{NO-BREAK SPACE}")
        names = [one.name for one in found.deployments if one.id == sheet.deployment]
        self.facts.tell(square.severity, square.cell.key if square.cell else "", *names, stage, cause, rank)
        self.title.setText(square.level.name)
        self.source.setText(self._told_source(square, found))
        self.suggestions.show_record(square.cell)
        self._redraw()

    def acts_of(self, square: Square, found: Programme) -> list[Act]:
        """What can be done about a square, the likeliest first."""
        if square.cell is None:
            return [("edit", self.tr("Fill it in"), "pencil")]
        suggest = ("suggest", self.tr("Suggest a change …"), "")
        if not square.is_own:
            source = ("source", self.tr("Go to where it is set"), "")
            return [("edit", self._set_here(square), "pencil"), source, suggest]
        inherited = below(found, square)
        away = self.tr("Use the inherited one again") if inherited else self.tr("Empty this cell")
        acts = [("edit", self.tr("Edit"), "pencil"), ("history", self.tr("History"), "history")]
        return [*acts, ("retire", away, ""), suggest]

    def focus_target(self) -> QWidget:
        """The first thing that can be done; the text itself if nothing can."""
        return next(iter(self.buttons.values()), self.area)

    def _give_keys(self) -> None:
        self.focus_target().setFocus()

    def _redraw(self) -> None:
        """Build acts and sections anew; the button that has the keys keeps them."""
        square, found = self.square, self._found
        if square is None or found is None:
            return
        focused = next((name for name, button in self.buttons.items() if button.hasFocus()), "")
        self.buttons = {}
        self._show_acts([] if self._desk.book.read_only else self.acts_of(square, found))
        self._show_sections(list(sections_of(square, found, self._desk.now())))
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _told_source(self, square: Square, found: Programme) -> str:
        if square.cell is None:
            return self.tr("Nothing is set here: nobody is asked at this level.")
        if not square.is_own:
            return self.tr("Inherited from {0}").format(sheet_name(sheet_of(square.cell), found))
        inherited = below(found, square)
        if inherited is None:
            return self.tr("Set for {0}").format(self._here(square, found))
        source = sheet_name(sheet_of(inherited), found)
        return self.tr("Set for {0}, in place of {1}").format(self._here(square, found), source)

    def _set_here(self, square: Square) -> str:
        if square.sheet.stage:
            return self.tr("Set it for this stage")
        return self.tr("Set it for this deployment") if square.sheet.deployment else self.tr("Set it for these causes")

    def _here(self, square: Square, found: Programme) -> str:
        return ", ".join(sheet_words(square.sheet, found)) or self.tr("every stage and deployment")

    def _show_acts(self, acts: Sequence[Act]) -> None:
        while (item := self._act_rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        lines = [[act for act in acts if act[2]], *([act] for act in acts if not act[2])]
        for line in lines:
            row = QWidget(self._acts)
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            for name, word, icon in line:
                across.addWidget(self._button(name, word, icon, row))
            across.addStretch(1)
            self._act_rows.addWidget(row)
        self._acts.setVisible(bool(acts))

    def _show_sections(self, sections: Sequence[Section]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for section in sections:
            heading = _label(self._body, "heading")
            heading.setText(section.heading)
            heading.setContentsMargins(0, self._desk.theme.px(12), 0, 0)
            self._column.addWidget(heading)
            for line in section.lines:
                label = _label(self._body, line.role)
                label.setText(line.text)
                self._column.addWidget(label)
            for name, word in section.acts:
                is_missing = name in ("owner", "backup", "deputies")
                if is_missing and self._desk.book.read_only:
                    continue
                button = self._button(name, word, "", self._body)
                button.setProperty("kind", "missing" if is_missing else "inline")
                button.setMinimumWidth(1)  # a long name is cut, not the text beside it
                button.setToolTip(word)
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def _button(self, name: str, word: str, icon: str, parent: QWidget) -> QPushButton:
        button = QPushButton(word, parent)
        button.setProperty("act", name)
        if icon:
            dress(button, icon, self._desk.theme)
        else:
            button.setProperty("kind", "inline")
        button.clicked.connect(self._clicked)
        self.buttons[name] = button
        return button

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.wanted.emit(str(button.property("act")))

    def _tick(self) -> None:
        if self.isVisible():
            self._redraw()

    def _lay_out(self) -> None:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(20, 20, 20, 20)
        inner.setSpacing(6)
        for widget in (self.facts, self.title, self.source, self._acts, self.suggestions, self._body):
            inner.addWidget(widget)
        inner.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setProperty("plane", "raised")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("The cell"))
        self.area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)


def _label(parent: QWidget, role: str) -> QLabel:
    label = WrappedLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
