"""The frame around every record that is read: facts, title, what can be done with it, how it stands, its text."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.facts import FactsLine
from escplaybook.ui.parts.flow import FlowLayout
from escplaybook.ui.parts.low_head import LowHead
from escplaybook.ui.parts.suggestions import SuggestionsPanel
from escplaybook.ui.parts.where_used import where_used
from escplaybook.ui.parts.wrapped import WrappedLabel, breakable
from escplaybook.ui.prose_view import COLUMN, MARGIN, ProseView


class RecordReading(QFrame):
    """Shows one record. Each kind says what its facts, title, standing and text are.

    The signals say what a person wants done with it; `record_wanted` carries what a link names.
    """

    edit_wanted = Signal()
    history_wanted = Signal()
    retire_wanted = Signal()
    record_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.record: Any = None
        self.setProperty("plane", "raised")
        self.facts = FactsLine(desk.theme, self)
        self.title = WrappedLabel(self)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.standing = WrappedLabel(self)
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.text = ProseView(desk.theme, self)
        self.text.read_from(desk.book)
        self.text.record_wanted.connect(self.record_wanted)
        self.edit = self.button(self.tr("Edit"), "pencil")
        self.history = self.button(self.tr("History"), "history")
        self.retire = self.button(self.tr("Retire"), "archive")
        self.edit.clicked.connect(self.edit_wanted)
        self.history.clicked.connect(self.history_wanted)
        self.retire.clicked.connect(self.retire_wanted)
        self.suggest = self.button(self.tr("Suggest …"), "message-square")
        self.suggest.setToolTip(self.tr("Suggest a change of this record"))
        self.suggestions = SuggestionsPanel(desk, self)
        self.suggest.clicked.connect(self.suggestions.ask)
        self.suggestions.left.connect(self.text.setFocus)
        self._lay_out()
        desk.theme.changed.connect(self._follow_theme)
        desk.ticker.minute.connect(self.tell_standing)
        self._follow_theme()

    @abstractmethod
    def tell_facts(self, record: Any) -> None:
        """Fill the line of facts."""

    @abstractmethod
    def title_of(self, record: Any) -> str:
        """What stands as the title."""

    @abstractmethod
    def standing_of(self, record: Any) -> tuple[str, str]:
        """How it stands at this minute: the role of the words (good, warn, bad, small) and the words."""

    @abstractmethod
    def html_of(self, record: Any) -> str:
        """The text below, as HTML made by `prose` or escaped."""

    def whole_html(self, record: Any) -> str:
        """The text and, at its foot, where the record is used and mentioned."""
        return self.html_of(record) + where_used(self._desk.book, record)

    def buttons(self) -> list[QPushButton]:
        """The buttons, in their order."""
        return [self.edit, self.history, self.retire]

    def show_record(self, record: Any, words: Sequence[str] = ()) -> None:
        """Show a record; the same one again stays where it was read."""
        del words  # what is short enough to be read whole has no words marked
        is_same = self.record is not None and self.record.id == record.id
        self.record = record
        self.tell_facts(record)
        self.title.setText(breakable(self.title_of(record)))
        self.retire.setText(self.tr("Take back into use") if record.retired else self.tr("Retire"))
        self.suggestions.show_record(record)
        for button in (self.edit, self.retire, self.suggest):
            button.setVisible(not self._desk.book.read_only)
        self.tell_standing()
        text = self.whole_html(record)
        if is_same:
            self.text.refresh_html(text)
        else:
            self.text.show_html(text)

    def tell_standing(self) -> None:
        """Say how it stands at this minute."""
        if self.record is None:
            return
        role, told = self.standing_of(self.record)
        self.standing.setText(told)
        self.standing.setVisible(bool(told))
        self.standing.setProperty("role", role)
        self.standing.style().unpolish(self.standing)
        self.standing.style().polish(self.standing)

    def tell_text(self) -> None:
        """Tell the text again as of now, unless somebody is marking a part of it to copy."""
        if self.record is not None and self.isVisible() and not self.text.textCursor().hasSelection():
            self.text.refresh_html(self.whole_html(self.record))

    def focus_target(self) -> QWidget:
        """The text takes the keys."""
        return self.text

    def button(self, word: str, icon: str) -> QPushButton:
        """A button with its icon."""
        made = QPushButton(word, self)
        dress(made, icon, self._desk.theme)
        return made

    def below_actions(self) -> list[QWidget]:
        """What else stands between the buttons and the standing."""
        return []

    def _lay_out(self) -> None:
        actions = FlowLayout()
        for button in (*self.buttons(), self.suggest):
            actions.addWidget(button)
        self.head = QWidget(self)
        column = QVBoxLayout(self.head)
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addWidget(self.title)
        column.addLayout(actions)
        for widget in (*self.below_actions(), self.standing, self.suggestions):
            column.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._low_head = LowHead(self.head, self)
        whole.addWidget(self._low_head)
        whole.addWidget(self.text, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _follow_theme(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """The head as wide as the text below it: a label reckons its lines by the width it is given."""
        px, layout = self._desk.theme.px, self.head.layout()
        if layout is not None:
            right = max(px(MARGIN), self.width() - px(MARGIN) - px(COLUMN))
            layout.setContentsMargins(px(MARGIN), px(20), right, px(4))
            self._low_head.fit()
