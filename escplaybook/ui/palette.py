"""Ctrl+K: one line that finds every kind of record, and does anything after `>`; by keyboard alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from escplaybook.domain.classification import Severity
from escplaybook.services.saved_searches import SavedSearch, saved_searches
from escplaybook.store import records
from escplaybook.store.kinds import kind_named
from escplaybook.ui.commands import Command
from escplaybook.ui.desk import Desk
from escplaybook.ui.filters import words_in
from escplaybook.ui.finder import Finder, Found, Question
from escplaybook.ui.parts.record_table import RECORD, Column, RecordTable
from escplaybook.ui.parts.rows import Row, RowDelegate
from escplaybook.ui.parts.top_bar import SearchBox
from escplaybook.ui.recents import OF_A_PAGE, recent_searches, recent_visits

if TYPE_CHECKING:
    from escplaybook.ui.playbooks.finding import Title

ROOM = 12
"""Hits that are shown; who wants more searches on the page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette: a record of that kind to go to, or something to do."""

    id: str
    row: Row
    kind: str = ""
    act: Callable[[], Any] | None = None


class Palette(QFrame):
    """Lies over the search box while it is open. `chosen` carries kind and id of the record to go to, `searched` the
    search to be asked again, `write_wanted` kind and words of a record to be written down.
    """

    chosen = Signal(str, str)
    searched = Signal(object)
    write_wanted = Signal(str, str)

    def __init__(self, desk: Desk, commands: Sequence[Command], kinds: dict[str, str], parent: QWidget) -> None:
        """`kinds` are those that have a page to be shown on, with the word for one of them."""
        super().__init__(parent)
        self._desk, self._commands, self._kinds = desk, commands, kinds
        self._before: QWidget | None = None
        self._titles: list[Title] | None = None
        self.setProperty("part", "palette")
        self.finder = Finder(desk.book.path, self)
        self.finder.found.connect(self._found)
        self.box = SearchBox(desk.theme, self)
        self.box.line.setPlaceholderText(self.tr("Find anything, or type > to do something"))
        self.box.line.setAccessibleName(self.tr("Find anything, or type > to do something"))
        self.table: RecordTable[Choice] = RecordTable(Column(self.tr("Found"), _spoken), parent=self)
        self.view = QListView(self)
        self.view.setModel(self.table)
        self.view.setItemDelegate(RowDelegate(desk.theme, _row_of, self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._clicked)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "small")
        self._lay_out()
        self.box.typed.connect(self._typed)
        self.box.moved.connect(self._move)
        self.box.entered.connect(self._run)
        self.box.left.connect(self.leave)
        self.box.line.installEventFilter(self)
        self.hide()

    def open_at(self, corner: QPoint, width: int, text: str = "") -> None:
        """Open over the search box, whose upper left corner and width are given."""
        self._before = self.window().focusWidget()
        self._titles = None
        self.setGeometry(corner.x(), corner.y(), width, self._desk.theme.px(200))
        self.box.line.setText(text)
        self._typed(text)
        self.show()
        self.raise_()
        self.box.line.setFocus()

    def reopen(self, text: str) -> None:
        """Look for this instead, where it was opened."""
        self.open_at(self.pos(), self.width(), text)

    def leave(self) -> None:
        """Close, and give the keys back to where they were."""
        self.hide()
        self.finder.forget()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and self.window().isActiveWindow():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._move(5 if event.key() == Qt.Key.Key_PageDown else -5)
                return True
        return super().eventFilter(watched, event)

    def close_down(self) -> None:
        """End the search thread."""
        self.finder.close()

    def _typed(self, text: str) -> None:
        if text.startswith(">"):
            self.finder.forget()
            self._show(self._matching(text[1:]))
        elif not text.strip():
            self.finder.forget()
            self._show([*self._recent(), *self._searches(), *self._saved(""), *self._matching("")])
        else:
            self.finder.ask(Question(text, tuple(self._kinds), limit=ROOM, typing=True))

    def _found(self, found: Found) -> None:
        text = found.question.text
        others = [*self._saved(text), *self._matching(text)]
        hits = [self._of_hit(hit) for hit in found.answer.hits]
        titled = self._playbooks(text)
        if not any(all(word in hit.title.casefold() for word in text.casefold().split()) for hit in found.answer.hits):
            hits, titled = titled + hits, []  # nothing else is called so
        others = [*titled, *others]
        self._show([*hits, *others] if hits or others else self._instead(text, found.near), is_nothing=not hits)

    def _show(self, choices: Sequence[Choice], *, is_nothing: bool = False) -> None:
        self.table.show(choices)
        if choices:
            self.view.setCurrentIndex(self.table.index(0, 0))
        self._fit()
        said = self.tr("↑ ↓ choose · Enter opens · > lists everything that can be done · Esc closes")
        nothing = self.tr("Nothing answers to this.") + " "
        self.hint.setText(f"{nothing if is_nothing else ''}{said}")

    def _fit(self) -> None:
        """As tall as what it lists, no taller than the window leaves room for."""
        px, option = self._desk.theme.px, QStyleOptionViewItem()
        option.rect.setWidth(self.width())
        option.widget = self.view
        delegate = self.view.itemDelegate()
        rows = (delegate.sizeHint(option, self.table.index(row, 0)).height() for row in range(self.table.rowCount()))
        wanted = self.box.height() + sum(rows) + px(40)
        self.resize(self.width(), min(wanted, px(520), self.window().height() - self.y() - px(24)))

    def _matching(self, text: str) -> list[Choice]:
        words = text.casefold().split()
        found = [command for command in self._commands if all(word in command.words.casefold() for word in words)]
        return [self._of_command(command) for command in found if not command.is_key_only]

    def _of_command(self, command: Command) -> Choice:
        meta = ((command.shown_keys() or self.tr("command"), "muted"),)
        return Choice(command.id, Row(command.words, meta=meta), "", command.act)

    def _saved(self, text: str) -> list[Choice]:
        """The saved searches whose names hold the words."""
        words = text.casefold().split()
        found = [one for one in saved_searches(self._desk.memory) if all(word in one.name.casefold() for word in words)]
        return [self._of_search(one, self.tr("saved search")) for one in found]

    def _playbooks(self, text: str) -> list[Choice]:
        """The playbooks and chapters whose titles hold the words."""
        from escplaybook.ui.playbooks.finding import every_title, matching  # they are read when something is typed

        if self._titles is None:
            self._titles = every_title(self._desk)
        choices = []
        for one in matching(self._titles, text):
            word = self.tr("Chapter") if one.within else self.tr("Playbook")
            meta = tuple((part, "muted") for part in (word, one.within) if part)
            act = _Reading(self._desk, one.record).open
            choices.append(Choice(f"playbook:{one.record}", Row(one.words, meta=meta), "", act))
        return choices

    def _searches(self) -> list[Choice]:
        """What was searched for lately."""
        found = [SavedSearch(text, text, (kind,)) for kind, text in recent_searches(self._desk) if kind in self._kinds]
        return [self._of_search(one, self.tr("searched lately")) for one in found[:OF_A_PAGE]]

    def _of_search(self, search: SavedSearch, word: str) -> Choice:
        kinds = ", ".join(self._kinds.get(kind, kind) for kind in search.kinds)
        said = (word, kinds, search.text if search.text != search.name else "")
        meta = tuple((part, "muted") for part in said if part)
        return Choice(f"search:{word}:{kinds}:{search.name}", Row(search.name, meta=meta), "", _Again(self, search).ask)

    def _instead(self, text: str, near: Sequence[str]) -> list[Choice]:
        """What is like the words, and what can be written down with them."""
        meta = ((self.tr("a word like it that is in the book"), "muted"),)
        choices = [Choice(f"near:{word}", Row(word, meta=meta), "", _Instead(self, word).find) for word in near]
        words = words_in(text)
        if words and not self._desk.book.read_only:
            raised = ("blocker", self.tr("Raise it as a blocker at hand"))
            for kind, said in (raised, ("entry", self.tr("Write it down as a known blocker"))):
                row = Row(said, meta=((f"“{words}”", "muted"),))
                choices.append(Choice(f"new:{kind}", row, "", _New(self, kind, words).write))
        return choices

    def _recent(self) -> list[Choice]:
        choices = []
        for kind, record_id in recent_visits(self._desk):
            if kind not in self._kinds:
                continue
            record: Any = records.find(self._desk.book, kind_named(kind).type, record_id)
            if record is not None:
                title = getattr(record, "title", "") or getattr(record, "name", "") or record.key
                meta = ((self._kinds[kind], "muted"), (record.key, "muted"), (self.tr("opened lately"), "muted"))
                choices.append(Choice(record_id, Row(title, getattr(record, "severity", None), meta=meta), kind))
        return choices

    def _of_hit(self, hit: Any) -> Choice:
        meta = [(self._kinds.get(hit.kind, hit.kind), "muted"), (hit.key, "muted")]
        if hit.system:
            meta.append((hit.system, "muted"))
        severity = Severity(hit.severity) if hit.severity else None
        return Choice(hit.id, Row(hit.title, severity, hit.snippet, tuple(meta)), hit.kind)

    def _move(self, by: int) -> None:
        count = self.table.rowCount()
        if count:
            row = (self.view.currentIndex().row() + by) % count
            self.view.setCurrentIndex(self.table.index(row, 0))

    def _clicked(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self._run()

    def _run(self) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            return
        choice: Choice = index.data(RECORD)
        self.leave()
        if choice.act is not None:
            choice.act()
        else:
            self.chosen.emit(choice.kind, choice.id)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self.hint)
        column.addLayout(foot)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)


@dataclass(frozen=True, slots=True)
class _Again:
    """The act of asking a search again."""

    palette: Palette
    search: SavedSearch

    def ask(self) -> None:
        self.palette.searched.emit(self.search)


@dataclass(frozen=True, slots=True)
class _Instead:
    """The act of looking for another word."""

    palette: Palette
    word: str

    def find(self) -> None:
        self.palette.reopen(self.word)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The act of opening a playbook or a chapter."""

    desk: Desk
    record: str

    def open(self) -> None:
        self.desk.go("playbooks", self.record)


@dataclass(frozen=True, slots=True)
class _New:
    """The act of writing down what nothing answers to."""

    palette: Palette
    kind: str
    words: str

    def write(self) -> None:
        self.palette.write_wanted.emit(self.kind, self.words)


def _row_of(choice: Choice) -> Row:
    return choice.row


def _spoken(choice: Choice) -> str:
    return ", ".join((choice.row.title, *(words for words, _ in choice.row.meta)))
