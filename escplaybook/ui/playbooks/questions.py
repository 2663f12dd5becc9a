"""The margin beside a chapter: what the reader asks the mentor, and what the mentor answers."""

import html
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.readings import ReadingQuestion
from escplaybook.ui.icons import dress
from escplaybook.ui.playbooks.told import who_answers, who_asks
from escplaybook.ui.theme import Theme

LINES = 4
"""How many lines of a question are seen while it is typed."""


class QuestionCard(QFrame):
    """One question with its answer. `answer_wanted` and `found_wanted` carry its id."""

    answer_wanted = Signal(str)
    found_wanted = Signal(str)

    def __init__(
        self, question: ReadingQuestion, theme: Theme, now: datetime, parent: QWidget, *, can_answer: bool
    ) -> None:
        super().__init__(parent)
        self.question, self._theme = question, theme
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.label.linkActivated.connect(self._find)
        self.answer = QPushButton(self.tr("Answer"), self)
        self.answer.setAccessibleName(self.tr("Answer {0}").format(question.key))
        dress(self.answer, "message-square", theme)
        self.answer.setVisible(can_answer and question.answered is None)
        self.answer.clicked.connect(self._answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(2), 0, theme.px(2))
        column.setSpacing(theme.px(6))
        column.addWidget(self.label)
        column.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignLeading)
        self.setAccessibleName(f"{who_asks(question, now)}: {question.text}")
        self._tell(now)

    def _tell(self, now: datetime) -> None:
        tokens, question = self._theme.tokens, self.question
        edge = tokens.good if question.answered is not None else tokens.warn
        self.setStyleSheet(
            f"QuestionCard {{ border-left: {self._theme.px(3)}px solid {edge}; background: transparent; }}"
        )
        parts = [f"<span style='color: {tokens.muted}'>{html.escape(who_asks(question, now))}</span>"]
        if question.quote:
            quote = html.escape(question.quote)
            link = f"<a href='#' style='color: {tokens.muted}; text-decoration: none'>“{quote}”</a>"
            parts.append(f"<i>{link}</i>")
        parts.append(_lines(question.text))
        if question.answered is not None:
            parts.append(f"<span style='color: {tokens.good}'>{html.escape(who_answers(question, now))}</span>")
            parts.append(_lines(question.answer))
        else:
            parts.append(f"<span style='color: {tokens.warn}'>{self.tr('waits for the mentor')}</span>")
        self.label.setText("<br>".join(parts))

    def _answer(self) -> None:
        self.answer_wanted.emit(self.question.id)

    def _find(self) -> None:
        self.found_wanted.emit(self.question.id)


class WordsForm(QFrame):
    """One text with a heading and a passage. `save_wanted` follows Ctrl+Enter or the button, `left` Esc or Cancel."""

    save_wanted = Signal()
    left = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("line", "around")
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.passage = QLabel(self)
        self.passage.setProperty("role", "small")
        self.passage.setWordWrap(True)
        self.passage.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Esc"))
        self._lay_out()
        self.text.textChanged.connect(self.changed)
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.left)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            wanted = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            wanted.activated.connect(self.save_wanted)
        self.hide()

    def open(self, heading: str, passage: str, act: str, text: str = "") -> None:
        """Ask for a text, beginning with what was typed before."""
        self.heading.setText(heading)
        self.passage.setText(f"“{passage}”" if passage else "")
        self.passage.setVisible(bool(passage))
        self.save.setText(act)
        dress(self.save, "check", self._theme, "on_accent")
        self.text.setPlainText(text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setAccessibleName(heading)
        self.show()
        self.text.setFocus()

    def _lay_out(self) -> None:
        px = self._theme.px
        self.text.setFixedHeight(px(LINES * 19 + 16))
        acts = QHBoxLayout()
        acts.setSpacing(px(8))
        acts.addWidget(self.save)
        acts.addWidget(self.cancel)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(12))
        column.setSpacing(px(6))
        for part in (self.heading, self.passage, self.text):
            column.addWidget(part)
        column.addLayout(acts)


class QuestionsPanel(QFrame):
    """The questions of one chapter, the form above them. `answer_wanted` and `found_wanted` carry a question's id."""

    answer_wanted = Signal(str)
    found_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("plane", "raised")
        self.cards: list[QuestionCard] = []
        self.title = QLabel(self.tr("Questions to the mentor"), self)
        self.title.setProperty("role", "heading")
        self.form = WordsForm(theme, self)
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, theme.px(8), 0)
        self._column.setSpacing(theme.px(16))
        self._column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setProperty("plane", "raised")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cards have the keys
        self._lay_out()

    def show_questions(self, questions: Sequence[ReadingQuestion], now: datetime, *, can_answer: bool) -> None:
        """Show what was asked, what waits for an answer first."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        ordered = sorted(questions, key=lambda one: (one.answered is not None, one.asked))
        self.cards = [QuestionCard(one, self._theme, now, self._inner, can_answer=can_answer) for one in ordered]
        for at, card in enumerate(self.cards):
            card.answer_wanted.connect(self.answer_wanted)
            card.found_wanted.connect(self.found_wanted)
            self._column.insertWidget(at, card)

    def card_of(self, question_id: str) -> QuestionCard | None:
        """The card of that question, scrolled into view."""
        found = next((card for card in self.cards if card.question.id == question_id), None)
        if found is not None:
            self.area.ensureWidgetVisible(found)
        return found

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(8), px(8))
        column.setSpacing(px(10))
        column.addWidget(self.title)
        column.addWidget(self.form)
        column.addWidget(self.area, 1)


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
