"""Suggestions at the record they are about: what is open, what became of the others, and room for one more."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.edits import Edit
from escplaybook.domain.errors import PlaybookError
from escplaybook.domain.naming import named
from escplaybook.domain.suggestions import Outcome, Suggestion, settled, suggestible
from escplaybook.services.suggesting import drafted, settler_of
from escplaybook.store import records
from escplaybook.store.suggestions import suggestions_on
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.parts.suggestions_asking import AskSuggestion, AskVerdict, field_word, side_word
from escplaybook.ui.parts.wrapped import WrappedLabel, breakable
from escplaybook.ui.times import said


class SuggestionsPanel(QWidget):
    """Stands above the text of a record. `left` tells that what was asked is closed."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record: Any = None
        self._rows: list[QWidget] = []
        self._is_whole = False
        self.verdicts: list[tuple[QPushButton, QPushButton]] = []
        self.draft, self.verdict = AskSuggestion(desk, self), AskVerdict(desk, self)
        self.draft.done.connect(self._suggest)
        self.verdict.done.connect(self._settle)
        for bar in (self.draft, self.verdict):
            bar.left.connect(self._leave)
        self.settled = QPushButton(self)
        self.settled.setProperty("kind", "inline")
        self.settled.clicked.connect(self._show_settled)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for bar in (self.draft, self.verdict):
            column.addWidget(bar)
        column.addLayout(self._list)
        column.addWidget(self.settled, 0, Qt.AlignmentFlag.AlignLeading)
        desk.bridge.changed.connect(self._changed)

    def show_record(self, record: Any) -> None:
        """Show what was suggested about a record; None where there is nothing to suggest about."""
        if self._record is None or record is None or self._record.id != record.id:
            self._is_whole = False
            self.leave_asking()
        self._record = record
        self._refresh()

    def ask(self) -> None:
        """Ask for a suggestion."""
        if self._record is not None and not self._desk.book.read_only:
            self.leave_asking()
            self.show()
            self.draft.open(suggestible(type(self._record)))

    def give_keys(self) -> None:
        """Give the keys to the first suggestion that waits."""
        if self.verdicts:
            self.verdicts[0][0].setFocus()

    def leave_asking(self) -> bool:
        """Close what is asked; tells whether anything was."""
        return self.draft.leave() or self.verdict.leave()  # one at a time is open

    def _leave(self) -> None:
        self._show_if_used()
        self.left.emit()

    def _show_if_used(self) -> None:
        parts = (*self._rows, self.settled, self.draft, self.verdict)
        self.setVisible(any(not part.isHidden() for part in parts))

    def _changed(self, kinds: frozenset[type[Any]]) -> None:
        if Suggestion in kinds and self._record is not None:
            self._refresh()

    def _refresh(self) -> None:
        while self._rows:
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.verdicts = []
        made = suggestions_on(self._desk.book, self._record.id) if self._record is not None else []
        for one in made:
            if one.outcome is Outcome.OPEN:
                self._add(one)
        over = [one for one in made if one.outcome is not Outcome.OPEN]
        for one in reversed(over) if self._is_whole else ():
            self._add(one)
        self.settled.setVisible(bool(over))
        words = self.tr("1 settled suggestion") if len(over) == 1 else self.tr("{0} settled suggestions")
        self.settled.setText(self.tr("Hide settled suggestions") if self._is_whole else words.format(len(over)))
        self._show_if_used()

    def _add(self, one: Suggestion) -> None:
        """Who suggests what; of an open one whose it is to settle and the two ways to do so, else what became of it."""
        row = QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words(self._source(one), "small"))
        column.addWidget(self._words(one.text))
        column.addWidget(self._words(self._standing(one), "small"))
        if one.outcome is Outcome.OPEN:
            column.addLayout(self._ways(one))
        self._keep(row)

    def _ways(self, one: Suggestion) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        accept = self._button(one, self.tr("Accept …"), "check")
        decline = self._button(one, self.tr("Decline …"), "x")
        accept.clicked.connect(self._accept)
        decline.clicked.connect(self._decline)
        for button in (accept, decline):
            line.addWidget(button)
            button.setVisible(not self._desk.book.read_only)
        line.addStretch(1)
        self.verdicts.append((accept, decline))
        return line

    def _source(self, one: Suggestion) -> str:
        """“Suggested by Dana (operator), 2 days ago, on: Hours”."""
        when = said(one.created, self._desk.now())
        told = self.tr("Suggested by {0} ({1}), {2}").format(one.author, side_word(one.side).lower(), when)
        return self.tr("{0}, on: {1}").format(told, field_word(one.field)) if one.field else told

    def _standing(self, one: Suggestion) -> str:
        if one.settled is None:
            settler = settler_of(self._desk.book, self._record)
            return self.tr("{0} is to settle it").format(settler) if settler else ""
        words = self.tr("Accepted by {0}, {1}") if one.outcome is Outcome.ACCEPTED else self.tr("Declined by {0}, {1}")
        told = words.format(one.settled_by, said(one.settled, self._desk.now()))
        return f"{told}: {one.answer}" if one.answer else told

    def _words(self, text: str, role: str = "") -> QLabel:
        label = WrappedLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(breakable(text))
        label.setVisible(bool(text))
        if role:
            label.setProperty("role", role)
        return label

    def _button(self, one: Suggestion, word: str, icon: str) -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("kind", "chip")
        button.setProperty("suggestion", one.id)
        button.setAccessibleName(f"{word}: {one.text}")
        dress(button, icon, self._desk.theme, "muted")
        return button

    def _keep(self, row: QWidget) -> None:
        self._rows.append(row)
        self._list.addWidget(row)
        row.show()

    def _show_settled(self) -> None:
        self._is_whole = not self._is_whole
        self._refresh()

    def _accept(self) -> None:
        self._ask_verdict(Outcome.ACCEPTED)

    def _decline(self) -> None:
        self._ask_verdict(Outcome.DECLINED)

    def _ask_verdict(self, outcome: Outcome) -> None:
        button = self.sender()
        one = records.find(self._desk.book, Suggestion, str(button.property("suggestion"))) if button else None
        if one is not None:
            self.leave_asking()
            self.verdict.open(one, outcome)

    def _suggest(self) -> None:
        desk, bar = self._desk, self.draft
        try:
            made = drafted(
                self._record, bar.text.value(), desk.now(), desk.author, side=bar.side.value(), field=bar.field.value()
            )
        except PlaybookError as error:
            desk.trouble(error)
            return
        if desk.apply(self.tr("Suggest a change of {0}").format(named(self._record)), Edit(None, made)):
            bar.leave()

    def _settle(self) -> None:
        desk, bar = self._desk, self.verdict
        if bar.suggestion is None:
            return
        try:
            after = settled(bar.suggestion, bar.outcome, bar.answer.value(), desk.now(), desk.author)
        except PlaybookError as error:
            desk.trouble(error)
            return
        verb = self.tr("Accept {0}") if bar.outcome is Outcome.ACCEPTED else self.tr("Decline {0}")
        if desk.apply(verb.format(named(bar.suggestion)), Edit(bar.suggestion, after)):
            bar.leave()
