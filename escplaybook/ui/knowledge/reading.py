"""The right half of the page: one known blocker, what can be done with it, and its text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from escplaybook.domain.knowledge import Entry
from escplaybook.ui.desk import Desk
from escplaybook.ui.icons import dress
from escplaybook.ui.knowledge.text import IsHit, html_of
from escplaybook.ui.parts.facts import FactsLine
from escplaybook.ui.prose_view import COLUMN, MARGIN, ProseView
from escplaybook.ui.times import exact, said


class Reading(QFrame):
    """Shows an entry. The signals say what a person wants done with it."""

    edit_wanted = Signal()
    print_wanted = Signal()
    history_wanted = Signal()
    retire_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words: tuple[str, ...] = ()
        self.record: Entry | None = None
        self.setProperty("plane", "raised")
        self.facts = FactsLine(desk.theme, self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source = QLabel(self)
        self.source.setProperty("role", "small")
        self.text = ProseView(desk.theme, self)
        self.text.setAccessibleName(self.tr("Text of the known blocker"))
        self.edit = self._button(self.tr("Edit"), "pencil", self.edit_wanted)
        self.print = self._button(self.tr("Print"), "printer", self.print_wanted)
        self.history = self._button(self.tr("History"), "history", self.history_wanted)
        self.retire = self._button(self.tr("Retire"), "archive", self.retire_wanted)
        for button in (self.edit, self.retire):
            button.setVisible(not desk.book.read_only)
        self._lay_out()
        desk.theme.changed.connect(self._follow_theme)
        desk.ticker.minute.connect(self._tell_source)
        self._follow_theme()

    def show_record(self, record: Entry, words: Sequence[str] = ()) -> None:
        """Show an entry with the searched words marked; the same entry again stays where it was read."""
        is_same = self.record is not None and self.record.id == record.id
        if is_same and self.record == record and self._words == tuple(words):
            return
        entry = self.record = record
        self._words = tuple(words)
        facts = (entry.stage.capitalize(), entry.system, entry.data_domain, entry.vendor, entry.cause_class or "")
        self.facts.tell(entry.severity, entry.key, *facts)
        self.title.setText(entry.title)
        self.retire.setText(self.tr("Take back into use") if entry.retired else self.tr("Retire"))
        self._tell_source()
        text = html_of(entry, self._matcher())
        if is_same:
            self.text.refresh_html(text)
        else:
            self.text.show_html(text)

    def focus_target(self) -> QWidget:
        """The text takes the keys."""
        return self.text

    def _matcher(self) -> IsHit | None:
        if not self._words:
            return None
        from escplaybook.search.highlight import matcher

        return matcher(self._words)

    def _tell_source(self) -> None:
        entry = self.record
        if entry is None:
            return
        said_facts = [self.tr("changed {0}").format(said(entry.updated, self._desk.now()))]
        if entry.origin and entry.origin.state:
            said_facts.insert(0, self.tr("{0} in its tracker").format(entry.origin.state))
        if entry.retired:
            said_facts.insert(0, self.tr("retired {0}").format(said(entry.retired, self._desk.now())))
        if entry.tags:
            said_facts.append(", ".join(entry.tags))
        if entry.error_codes:
            said_facts.append(", ".join(entry.error_codes))
        self.source.setText(" · ".join(said_facts))
        self.source.setToolTip(exact(entry.updated))

    def _button(self, word: str, icon: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(word, self)
        dress(button, icon, self._desk.theme)
        button.clicked.connect(wanted)
        return button

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.edit, self.print, self.history, self.retire):
            actions.addWidget(button)
        actions.addStretch(1)
        head = self.head = QWidget(self)
        column = QVBoxLayout(head)
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addWidget(self.title)
        column.addLayout(actions)
        column.addWidget(self.source)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.text, 1)

    def _follow_theme(self) -> None:
        px = self._desk.theme.px
        layout = self.head.layout()
        if layout is not None:
            layout.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(4))
        self.title.setMaximumWidth(px(COLUMN))
